"""Missions: how an expedition is flown, leg by leg, and by what.

A mission says which vehicles fly which routes in which order. One decided use of it is a flight. A unit
that a launcher lifts is new (or comes from the reusable fleet); every other unit is taken from those of
its type that wait where its first leg starts. At the end a unit waits where it is, unless it has reached
a recovery node or is listed in `expends`.
"""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Count, Duration, Money, datum
from moonwright.scenario.noun import Interval, Noun


class Leg(Noun):
    """One route flown `by` a launcher or a unit, `carrying` other units; then a `stay` before the next leg.

    Several launchers in `by` are alternatives.
    """

    by: str | tuple[str, ...]
    carrying: tuple[str, ...] = ()
    route: str
    stay: Duration = Field(datum(0.0), description="time spent at the leg's destination before going on")

    @property
    def flyers(self) -> tuple[str, ...]:
        """Who may fly it: one unit, or launchers of which each would do."""
        return (self.by,) if isinstance(self.by, str) else self.by


class Mission(Interval):
    """A kind of expedition, flown between `from` and `until`.

    `units` names vehicles by the part they play where one type appears more than once
    (`units: {down: lander, up: lander}`); a vehicle that appears once needs no entry.
    """

    name: str | None = None
    legs: tuple[Leg, ...] = Field(min_length=1)
    units: dict[str, str] = {}
    expends: tuple[str, ...] = Field((), description="units thrown away at the end")
    refuels: tuple[str, ...] = Field(
        (), description="units that fill up from the node's stock before their first leg"
    )
    uncrewed: bool = Field(False, description="nobody rides, whatever seats its vehicles have")
    least_crew: Count = Field(datum(0), description="fewest people aboard (0: may fly uncrewed)")
    price: Money = Field(datum(0.0), description="operations of one flight, besides launchers and vehicles")
    payer: str | None = Field(None, description="who pays `price`; left out: the owner of the first vehicle")
