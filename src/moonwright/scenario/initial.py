"""Where the programme stands on the first day: planners begin in the middle."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Count, Mass, Money, datum
from moonwright.scenario.noun import Day, Noun


class CrewAboard(Noun):
    """`count` people of `kind` at `node`, there since `arrived`."""

    kind: str
    node: str
    count: Count
    arrived: Day


class ElementInPlace(Noun):
    """`count` of `element` commissioned at its node."""

    element: str
    count: Count = datum(1)
    since: Day | None = None
    commissioned: bool = Field(True, description="false: delivered, but not yet at work")


class VehicleThere(Noun):
    """`count` of `vehicle` waiting at `node` since `arrived`, fuelled for their next mission."""

    vehicle: str
    node: str
    count: Count = datum(1)
    arrived: Day


class Fleet(Noun):
    """Reusable vehicles on the ground, and the flights that each has left."""

    vehicle: str
    count: Count
    flights_left: Count


class Arrival(Noun):
    """A flight under way: what reaches `node` on a date, whatever is decided now."""

    node: str
    on: Day
    vehicles: dict[str, Count] = {}
    resources: dict[str, Mass] = {}
    elements: dict[str, Count] = {}
    crew: dict[str, Count] = {}


class Contract(Noun):
    """A contracted flight: `count` flights of `mission` leave between `from` and `until`, whatever else."""

    mission: str
    starts: Day = Field(alias="from")
    until: Day
    count: Count = datum(1)


class Initial(Noun):
    """The state on the first day of the horizon."""

    crew: tuple[CrewAboard, ...] = ()
    stocks: dict[str, dict[str, Mass]] = Field({}, description="by node and resource")
    elements: tuple[ElementInPlace, ...] = ()
    vehicles: tuple[VehicleThere, ...] = ()
    fleet: tuple[Fleet, ...] = ()
    under_way: tuple[Arrival, ...] = ()
    contracts: tuple[Contract, ...] = ()
    spent: dict[str, Money] = Field({}, description="by partner, before the first day; reported, not planned")
