"""Ships, landers, stages and tugs: whatever flies under its own name."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import (
    Count,
    Duration,
    Fraction,
    Impulse,
    Isp,
    Mass,
    Money,
    SharePerDay,
    Volume,
    datum,
)
from moonwright.scenario.noun import Day, Noun


class Tank(Noun):
    """What a vehicle burns: which resource, how much it holds, how well it burns, how fast it boils off."""

    resource: str
    capacity: Mass
    isp: Isp
    boil_off: SharePerDay = datum(0.0)


class Room(Noun):
    """What a vehicle can carry. `total` bounds pressurised and unpressurised cargo together."""

    total: Mass
    pressurised: Mass | None = Field(None, description="left out: all of `total`")
    unpressurised: Mass | None = Field(None, description="left out: all of `total`")
    volume: Volume | None = None
    down: Mass | None = Field(None, description="most it can bring to a recovery node; left out: `total`")


class Reuse(Noun):
    """How often a vehicle flies, and what it needs in between."""

    flights: Count
    turnaround: Duration = datum(0.0)
    refurbishment: Money = datum(0.0)


class Vehicle(Noun):
    """A vehicle type. `stay` is how long it may wait docked or dormant; `port` the kind of its dock."""

    name: str | None = None
    owner: str
    crewed: bool = False
    dry_mass: Mass
    tank: Tank | None = None
    room: Room | None = None
    seats: Count = datum(0)
    port: str | None = None
    stay: Duration | None = Field(None, description="longest docked or dormant stay; left out: no limit")
    reboost: Impulse | None = Field(
        None, description="impulse it can give a station in one visit, from its own propellant"
    )
    reuse: Reuse | None = Field(None, description="left out: expended")
    refuels: bool = Field(False, description="able to give propellant to others")
    refuelled: bool = Field(False, description="able to take propellant at a node")
    pushes: bool = Field(False, description="able to push another vehicle")
    price: Money = Field(datum(0.0), description="of one new vehicle")
    ready: Day | None = None
    retired: Day | None = None
    reliability: Fraction = datum(1.0)
