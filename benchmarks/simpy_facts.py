"""What the model on SimPy asks of plan and scenario, once for all trials, in plain numbers and dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from moonwright.plan import Flight, Plan
from moonwright.scenario.chance import Chances, chances
from moonwright.scenario.demand import BuildDemand, DeliverDemand, FlyDemand
from moonwright.scenario.node import Habitable, Surface
from moonwright.scenario.scenario import Scenario

Copy = tuple[str, int]
Amounts = dict[str, float]


@dataclass(frozen=True)
class Leg:
    """One leg of a flight. `flyer` is the vehicle that flies it (None: a launcher); `number` counts from 1."""

    number: int
    destination: str
    duration_d: float
    stay_d: float
    flyer: str | None
    lands: bool
    docks: bool


@dataclass(frozen=True)
class Machine:
    """An element as the processes need it."""

    node: str
    mass_kg: float
    work_h: float
    robot_h: float
    berths: float
    life_d: float | None
    after: tuple[str, ...]
    uses: Amounts
    mtbf_d: float
    repair_h: float
    common: float
    spares: str | None
    spare_kg: float


class Facts:
    """Plan and scenario, looked up once."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self.plan, self.scenario = plan, scenario
        self.chance: Chances = chances(scenario)
        self.horizon_d = self.day(scenario.horizon.end)
        self.places = [name for name, node in scenario.nodes.items() if isinstance(node, Habitable)]
        self.legs = {flight.name: self._legs(flight) for flight in plan.flights}
        self.eats = {kind: _plain(crew.uses) for kind, crew in scenario.crew.items()}
        self.works = {kind: float(crew.work) for kind, crew in scenario.crew.items()}
        self.critical = [name for name, resource in scenario.resources.items() if resource.life_critical]
        self.turnaround_d = {name: float(kind.turnaround) for name, kind in scenario.launchers.items()}
        self.cadence = {name: float(kind.cadence) for name, kind in scenario.launchers.items()}
        self.expends = {name: set(mission.expends) for name, mission in scenario.missions.items()}

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str, str], float]:
        """The noise: a number for cause, subject and field."""
        return {place: self.chance.levels[row].value for place, row in self.chance.places.items()}

    @cached_property
    def machines(self) -> Mapping[str, Machine]:
        """Elements by name."""
        return {name: self._machine(name) for name in self.scenario.elements}

    @cached_property
    def made(self) -> Mapping[tuple[str, int], list[tuple[str, str, float]]]:
        """By node and day: element, resource and mass that the plan has a plant make, kg."""
        found: dict[tuple[str, int], list[tuple[str, str, float]]] = {}
        for made in self.plan.made:
            if made.how != "produced":
                continue  # life support recovers whatever it can, whoever is there
            daily_kg = made.mass_kg / (made.until_d - made.from_d)
            for day in range(int(made.from_d) + 1, int(made.until_d) + 1):
                found.setdefault((made.node, day), []).append((made.element, made.resource, daily_kg))
        return found

    @cached_property
    def wanted(self) -> Mapping[tuple[str, str], list[tuple[str, float]]]:
        """Milestones that are met once: (kind, what) -> names and amounts."""
        found: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for name, demand in self.scenario.demands.items():
            if isinstance(demand, BuildDemand):
                found.setdefault(("build", demand.element), []).append((name, float(demand.count)))
            elif isinstance(demand, FlyDemand) and demand.every is None:
                found.setdefault(("fly", demand.mission), []).append((name, float(demand.count)))
            elif isinstance(demand, DeliverDemand) and demand.every is None:
                found.setdefault((demand.node, demand.resource), []).append((name, float(demand.amount)))
        return found

    def day(self, when: date) -> float:
        """Days since the horizon opens."""
        return float((when - self.scenario.horizon.start).days)

    def said_d(self, name: str) -> float:
        """When a launcher or vehicle is said to be ready; at once where nothing is said."""
        kind = self.scenario.launchers.get(name)
        said = kind.first_flight if kind else self.scenario.vehicles[name].ready
        return self.day(said) if said else 0.0

    def lifted(self, flight: Flight, part: str) -> bool:
        """True for a unit that the launcher carries."""
        first = self.scenario.missions[flight.mission].legs[0]
        return flight.launcher is not None and part in first.carrying

    def stop(self, flight: Flight, number: int) -> str:
        """The node of a stop."""
        first = self.scenario.missions[flight.mission].legs[0]
        if number == 0:
            return self.scenario.routes[first.route].origin
        return self.legs[flight.name][number - 1].destination

    def bringer(self, serial: str) -> Flight:
        """The flight that launches a unit."""
        return next(
            flight
            for flight in self.plan.flights
            for unit in flight.units
            if unit.serial == serial and self.lifted(flight, unit.part)
        )

    def _legs(self, flight: Flight) -> list[Leg]:
        mission, found = self.scenario.missions[flight.mission], []
        parts = [{*((leg.by,) if isinstance(leg.by, str) else leg.by), *leg.carrying} for leg in mission.legs]
        vehicles = {unit.part: unit.vehicle for unit in flight.units}
        for number, leg in enumerate(mission.legs, 1):
            route = self.scenario.routes[leg.route]
            ground = isinstance(self.scenario.nodes[route.destination], Surface)
            flyer = vehicles.get(leg.by) if isinstance(leg.by, str) else None
            meets = number < len(parts) and bool(parts[number] - parts[number - 1])
            ends = any(ride.alight == number for ride in (*flight.cargo, *flight.items, *flight.crew))
            waits = route.destination in self.places and not ground
            found.append(
                Leg(
                    number=number,
                    destination=route.destination,
                    duration_d=float(route.duration),
                    stay_d=float(leg.stay),
                    flyer=flyer,
                    lands=ground and flyer is not None,
                    docks=waits and (meets or ends) and flyer is not None,
                )
            )
        return found

    @cached_property
    def closures(self) -> Mapping[str, list[tuple[str, str, float, int]]]:
        """Life support by node: element, resource, share that is recovered, and for how many."""
        found: dict[str, list[tuple[str, str, float, int]]] = {place: [] for place in self.places}
        for name, element in self.scenario.elements.items():
            for resource, closure in element.provides.closure.items():
                found[element.node].append((name, resource, float(closure.share), int(closure.crew)))
        return found

    def _machine(self, name: str) -> Machine:
        element, numbers = self.scenario.elements[name], self.numbers
        upkeep = {resource: share * element.mass / 365.25 for resource, share in element.uses.spares.items()}
        return Machine(
            node=element.node,
            mass_kg=float(element.mass),
            work_h=float(element.robot_work),
            robot_h=float(element.provides.robot_hours),
            berths=float(element.provides.berths),
            life_d=float(element.life) if element.life else None,
            after=element.after,
            uses=_plain(element.uses.resources) | _plain(upkeep),
            mtbf_d=numbers["equipment", name, "mtbf"],
            repair_h=numbers["equipment", name, "repair"],
            common=numbers["equipment", name, "common"],
            spares=self.chance.spares[name],
            spare_kg=numbers["equipment", name, "spare"] * float(element.mass),
        )


def _plain(amounts: Mapping[str, float]) -> Amounts:
    return {name: float(amount) for name, amount in amounts.items()}
