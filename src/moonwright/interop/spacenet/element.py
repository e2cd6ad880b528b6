"""SpaceNet's elements: whatever exists as a thing, from a sample bag to a launch stage, people included."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.interop.spacenet.supply import ElementModel, Measured
from moonwright.interop.spacenet.value import (
    Amount,
    Count,
    Duration,
    Environment,
    Id,
    Index,
    Share,
    Supply,
    Text,
    Told,
)

StateType = Literal["Active", "Quiescent", "Dormant", "Decommissioned", "Special"]


class State(Told):
    """A way in which an element works, and what it asks for meanwhile."""

    id: Id | None = None
    name: Text
    description: Text = ""
    type: StateType
    demand_models: tuple[ElementModel, ...] = Field((), alias="demandModels")


class Part(Told):
    """A part of which an element has `quantity`. No rule of SpaceNet's lets it fail."""

    resource: Id
    quantity: Amount = 1.0
    duty_cycle: Share = Field(1.0, alias="dutyCycle")
    time_to_failure_d: Duration | None = Field(None, alias="meanTimeToFailure")
    time_to_repair_d: Duration | None = Field(None, alias="meanTimeToRepair")
    mass_to_repair_kg: Amount = Field(0.0, alias="massToRepair")


class Thing(Told):
    """What all elements have. `state` is the number of the state it starts in; None or -1: none."""

    id: Id
    template_id: Id | None = Field(None, alias="templateId")
    name: Text
    description: Text = ""
    class_of_supply: Supply = Field(0, alias="classOfSupply")
    environment: Environment = "Unpressurized"
    accommodation_kg: Amount = Field(0.0, alias="accommodationMass")
    mass_kg: Amount = Field(0.0, alias="mass")
    volume_m3: Amount = Field(0.0, alias="volume")
    states: tuple[State, ...] = ()
    state: Index | None = Field(None, alias="currentStateIndex")
    parts: tuple[Part, ...] = ()
    icon: Text | None = None


class Element(Thing):
    """A thing with a mass, and nothing more."""

    type: Literal["Element"] = "Element"


class HumanAgent(Thing):
    """A member of a crew, with the share of the time that is for work."""

    type: Literal["Human Agent"] = "Human Agent"
    active_share: Share = Field(1.0, alias="activeTimeFraction")


class RoboticAgent(Thing):
    """A robot, with the share of the time that is for work."""

    type: Literal["Robotic Agent"] = "Robotic Agent"
    active_share: Share = Field(1.0, alias="activeTimeFraction")


class _Holder(Thing):
    max_cargo_kg: Amount = Field(0.0, alias="maxCargoMass")
    max_cargo_m3: Amount = Field(0.0, alias="maxCargoVolume")
    cargo_environment: Environment = Field("Unpressurized", alias="cargoEnvironment")


class ResourceContainer(_Holder):
    """A box, bag or tank of resources."""

    type: Literal["Resource Container"] = "Resource Container"
    contents: tuple[Measured, ...] = ()


class ResourceTank(Thing):
    """A tank of one resource: in the Java tool only."""

    type: Literal["Resource Tank"] = "Resource Tank"
    resource: Id
    amount: Amount = 0.0
    max_amount: Amount = Field(0.0, alias="maxAmount")


class _Carrier(_Holder):
    max_crew: Count = Field(0, alias="maxCrew")
    contents: tuple[Id, ...] = ()


class ElementCarrier(_Carrier):
    """What carries other elements: a lander, a capsule, a habitat."""

    type: Literal["Element Carrier"] = "Element Carrier"


class Attitude(Told):
    """Engines for attitude control, told apart in XML files only; without a tank they burn what the main ones burn."""

    isp_s: Amount
    fuel: Measured | None = None
    max_fuel: Amount = 0.0


class PropulsiveVehicle(_Carrier):
    """A carrier with an engine, its specific impulse in s, and a tank."""

    type: Literal["Propulsive Vehicle"] = "Propulsive Vehicle"
    isp_s: Amount = Field(alias="isp")
    max_fuel: Amount = Field(0.0, alias="maxFuel")
    fuel: Measured
    attitude: Attitude | None = None


class SurfaceVehicle(_Carrier):
    """A carrier that drives."""

    type: Literal["Surface Vehicle"] = "Surface Vehicle"
    max_speed_km_h: Amount = Field(0.0, alias="maxSpeed")
    max_fuel: Amount = Field(0.0, alias="maxFuel")
    fuel: Measured | None = None


AnyElement = Annotated[
    Element
    | HumanAgent
    | RoboticAgent
    | ResourceContainer
    | ResourceTank
    | ElementCarrier
    | PropulsiveVehicle
    | SurfaceVehicle,
    Field(discriminator="type"),
]

Carrier = ElementCarrier | PropulsiveVehicle | SurfaceVehicle
