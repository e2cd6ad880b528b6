"""Station keeping: the impulse that holds an orbit against drag."""

from __future__ import annotations

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


class StationKeeping(Noun):
    """The station at `node` has `mass` and needs what `needs` and `drag` say, in that order, by date.

    Thrusters and visiting vehicles provide it.
    """

    node: str
    mass: Mass
    needs: tuple[KeepingNeed, ...] = Field(
        (), description="stated by hand; where none holds, `drag` is asked"
    )
    drag: tuple[Drag, ...] = Field((), description="computed from the air of an Earth orbit")
