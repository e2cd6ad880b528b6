"""Rockets that lift vehicles from a launch site."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Duration, Fraction, Mass, Money, PerYear, datum
from moonwright.scenario.noun import Day, Interval, Noun


class Launcher(Noun):
    """A launcher type. `payload` gives what one launch brings to each node it can reach."""

    name: str | None = None
    owner: str
    site: str
    payload: dict[str, Mass]
    cadence: PerYear = Field(
        description="most launches in a calendar year (below 1: one launch in 1/cadence years)"
    )
    turnaround: Duration = Field(datum(0.0), description="least time between two launches")
    first_flight: Day | None = None
    last_flight: Day | None = None
    outages: tuple[Interval, ...] = Field((), description="times when the pad or the type is out of service")
    price: Money = datum(0.0)
    reliability: Fraction = datum(1.0)
