"""What exists in an exported campaign: vehicles, people, elements and cargo of a plan of ours."""

from __future__ import annotations

from collections import Counter
from typing import Any

from moonwright.interop.spacenet.element import (
    AnyElement,
    Element,
    ElementCarrier,
    HumanAgent,
    PropulsiveVehicle,
    ResourceContainer,
)
from moonwright.interop.spacenet.from_plan_network import identity
from moonwright.interop.spacenet.supply import Measured
from moonwright.scenario.scenario import Scenario

USED_UP = "what its crew uses up"  # the description of provisions
_HOURS_A_DAY = 24.0


class Things:
    """Makes things of a scenario when they are first needed; `elements` has all of them by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.elements: dict[str, AnyElement] = {}
        self.people: Counter[str] = Counter()

    def vehicle(self, vehicle: str, name: str, held_kg: float) -> str:
        """A vehicle with so much in its tank."""
        kind = self.scenario.vehicles[vehicle]
        told: dict[str, Any] = {
            "id": identity("vehicle", name), "name": name, "description": vehicle, "class_of_supply": 9,
            "mass_kg": kind.dry_mass, "max_crew": int(kind.seats), "max_cargo_kg": kind.room.total if kind.room else 0.0,
        }  # fmt: skip
        if kind.tank is None:
            made: AnyElement = ElementCarrier(**told)
        else:
            fuel = Measured(resource=identity("resource", kind.tank.resource), amount=held_kg)
            made = PropulsiveVehicle(isp_s=kind.tank.isp, max_fuel=kind.tank.capacity, fuel=fuel, **told)
        self.elements[made.id] = made
        return made.id

    def capacity_kg(self, vehicle: str) -> float:
        """What a vehicle's tank holds."""
        tank = self.scenario.vehicles[vehicle].tank
        return tank.capacity if tank else 0.0

    def person(self, kind: str) -> str:
        """One more of a kind of crew."""
        self.people[kind] += 1
        name, share = f"{kind} {self.people[kind]}", min(1.0, self.scenario.crew[kind].work / _HOURS_A_DAY)
        made = HumanAgent(
            id=identity("person", name), name=name, description=kind, mass_kg=self.scenario.crew[kind].mass,
            active_share=share,
        )  # fmt: skip
        self.elements[made.id] = made
        return made.id

    def item(self, element: str, copy_no: int) -> str:
        """A copy of an element of the scenario."""
        return self.thing(f"{element} {copy_no}", self.scenario.elements[element].mass, 8, element)

    def thing(self, name: str, mass_kg: float, supply: int, told: str) -> str:
        """Something with a mass, of a class of supply."""
        key = identity("thing", name)
        self.elements.setdefault(
            key, Element(id=key, name=name, description=told, mass_kg=mass_kg, class_of_supply=supply)
        )
        return key

    def box(self, name: str, resource: str, mass_kg: float, packing_kg: float) -> str:
        """Cargo in its packing."""
        key, what = identity("cargo", name), identity("resource", resource)
        self.elements[key] = ResourceContainer(
            id=key, name=name, description="cargo", class_of_supply=5, mass_kg=packing_kg, max_cargo_kg=mass_kg,
            contents=(Measured(resource=what, amount=mass_kg),),
        )  # fmt: skip
        return key
