"""What the campaign must achieve: demands and milestones, hard or ranked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.scenario.datum import Count, Duration, Mass, Money, datum
from moonwright.scenario.horizon import Span
from moonwright.scenario.noun import Day, Interval, Noun


class _Wanted(Noun):
    rank: Literal["hard"] | Annotated[int, Field(ge=1, le=9)] = Field(
        "hard", description="`hard`: no plan without it; 1, 2, ...: its shortfall is made least in this order"
    )
    price: Money = Field(datum(1.0), description="weighs one unit of shortfall against others of its rank")
    worth: dict[str, Money] = Field({}, description="what it is worth to each partner")


class CrewDemand(_Wanted, Interval):
    """At least `count` people (of kind or partner `of`) at `node`, all the time. Shortfall in person-days."""

    kind: Literal["crew"]
    node: str
    count: Count
    of: str | None = Field(None, description="a crew kind or a partner; left out: anybody")


class BuildDemand(_Wanted):
    """`count` of `element` commissioned by a date. Shortfall in days late, each, up to the horizon's end."""

    kind: Literal["build"]
    element: str
    count: Count = datum(1)
    by: Day


class DeliverDemand(_Wanted, Interval):
    """`amount` of `resource` brought to `node` between two dates, or in each span of `every`.

    Shortfall in tonnes.
    """

    kind: Literal["deliver"]
    resource: str
    node: str
    amount: Mass
    every: Span | None = None


class FlyDemand(_Wanted, Interval):
    """At least `count` flights of `mission` between two dates, or in each span of `every`.

    Shortfall in flights.
    """

    kind: Literal["fly"]
    mission: str
    count: Count = datum(1)
    every: Span | None = None


class ReserveDemand(_Wanted, Interval):
    """Stock at `node` for `cover` of gross use by those present, of `resources` (none: all life-critical).

    Shortfall in kg-days.
    """

    kind: Literal["reserve"]
    node: str
    cover: Duration
    resources: tuple[str, ...] = ()


Demand = Annotated[
    CrewDemand | BuildDemand | DeliverDemand | FlyDemand | ReserveDemand, Field(discriminator="kind")
]
