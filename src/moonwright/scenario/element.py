"""Tracked physical things that are delivered once and put to work: modules, reactors, rovers, plants."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.datum import (
    Count,
    Duration,
    Energy,
    EnergyPerMass,
    Fraction,
    Hours,
    HoursPerDay,
    Isp,
    Mass,
    MassPerDay,
    MassPerMass,
    Money,
    MoneyPerYear,
    Power,
    SharePerYear,
    Volume,
    datum,
)
from moonwright.scenario.habitat import LifeSupport, Part, PlantKind
from moonwright.scenario.noun import Day, Noun


class Closure(Noun):
    """Life support that recovers a `share` of what up to `crew` people use of a resource."""

    share: Fraction
    crew: Count


class Production(Noun):
    """A plant makes at most `rate` of a resource; each kg takes `energy`, and `inputs` from the stock."""

    rate: MassPerDay
    energy: EnergyPerMass = datum(0.0)
    inputs: dict[str, MassPerMass] = {}


class Thruster(Noun):
    """Keeps a station in orbit with propellant from the node's stock."""

    resource: str
    isp: Isp


class Provides(Noun):
    """What a commissioned element gives to its node."""

    berths: Count = datum(0)
    power_day: Power = Field(datum(0.0), description="while the site is lit")
    power_night: Power = Field(datum(0.0), description="while it is dark")
    energy_storage: Energy = Field(datum(0.0), description="usable, depth of discharge allowed for")
    closure: dict[str, Closure] = Field({}, description="by resource")
    life_support: LifeSupport | None = Field(
        None, description="from which closure, power and leakage follow, where they are not stated"
    )
    produces: dict[str, Production] = Field({}, description="by resource")
    plants: dict[str, PlantKind] = Field(
        {},
        description="by resource: rate and energy follow from the element's mass, where `produces` has none",
    )
    ports: dict[str, Count] = Field({}, description="docking ports by kind")
    storage: dict[str, Mass] = Field(
        {}, description="by resource; a resource that nobody stores is not limited"
    )
    robot_hours: HoursPerDay = datum(0.0)
    thruster: Thruster | None = None


class Uses(Noun):
    """What a commissioned element takes from its node."""

    power: Power = datum(0.0)
    power_night: Power | None = Field(None, description="left out: as by day")
    resources: dict[str, MassPerDay] = {}
    spares: dict[str, SharePerYear] = Field({}, description="share of its own mass a year, by resource")
    parts: dict[str, Part] = Field(
        {}, description="from which spares follow, where neither `spares` nor `resources` has them"
    )


class Element(Noun):
    """An element type, of which at most `quantity` are built, all at `node`."""

    name: str | None = None
    owner: str
    node: str
    quantity: Count = datum(1)
    mass: Mass
    volume: Volume | None = None
    room: Literal["pressurised", "unpressurised"] = "unpressurised"
    ready: Day | None = Field(None, description="earliest launch")
    after: tuple[str, ...] = Field((), description="elements that must be commissioned first")
    crew_work: Hours = Field(datum(0.0), description="crew time to commission one")
    robot_work: Hours = Field(datum(0.0), description="robot time to commission one")
    provides: Provides = Provides()
    uses: Uses = Uses()
    life: Duration | None = None
    retired: Day | None = Field(None, description="day from which none is launched any more")
    lost: Day | None = Field(None, description="day from which it serves no longer, whatever its life")
    price: Money = datum(0.0)
    operations: MoneyPerYear = datum(0.0)
