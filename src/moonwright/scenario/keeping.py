"""Station keeping: the impulse that holds an orbit against drag."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from moonwright.scenario.datum import Area, Fraction, Mass, Number, SpeedPerYear, datum
from moonwright.scenario.noun import Interval, Noun


class KeepingNeed(Interval):
    """Delta-v a year between two dates."""

    need: SpeedPerYear


class Drag(Interval):
    """What the air meets between two dates: the need then follows from the node's orbit and the Sun's activity."""

    area: Area = Field(description="that faces the air, in the mean")
    coefficient: Number | None = Field(
        None, description="of drag; left out: that usual in free molecular flow"
    )
    sun: Fraction = Field(
        datum(0.5), description="quantile of the Sun's activity where it is forecast; 95 % is an active Sun"
    )


class Growth(Interval):
    """The station between two dates, where it is not as heavy as `mass` says."""

    mass: Mass


class StationKeeping(Noun):
    """The station at `node` has `mass`, or what `growth` says, and needs what `needs` and `drag` say, in this order.

    Thrusters and visiting vehicles provide it.
    """

    node: str
    mass: Mass
    growth: tuple[Growth, ...] = Field((), description="its mass by date, the first that holds; else `mass`")
    needs: tuple[KeepingNeed, ...] = Field(
        (), description="stated by hand; where none holds, `drag` is asked"
    )
    drag: tuple[Drag, ...] = Field((), description="computed from the air of an Earth orbit")

    def mass_on(self, day: date) -> float:
        """What the station weighs on a day, kg."""
        return float(next((grown.mass for grown in self.growth if grown.holds(day)), self.mass))
