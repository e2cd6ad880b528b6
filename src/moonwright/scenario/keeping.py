"""Station keeping: the impulse that holds an orbit against drag."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Mass, SpeedPerYear
from moonwright.scenario.noun import Interval, Noun


class KeepingNeed(Interval):
    """Delta-v a year between two dates."""

    need: SpeedPerYear


class StationKeeping(Noun):
    """The station at `node` has `mass` and needs `needs`, which thrusters and visiting vehicles provide."""

    node: str
    mass: Mass
    needs: tuple[KeepingNeed, ...] = Field(min_length=1)
