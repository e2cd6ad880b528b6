"""What a scenario gives and a plan must respect: demands, dates, budgets, rules and capacities, which may conflict.

A row of the model, or an arc that may not be flown, stands for one Given. Rows that keep the books (balances of
stocks, vehicles and people) stand for none: they hold whatever a scenario says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from moonwright.network.network import Arc, Itinerary, Limit
from moonwright.scenario.document import Path, spelt
from moonwright.scenario.launcher import Launcher
from moonwright.scenario.noun import Interval
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle
from moonwright.world.world import World

Kind = Literal["demand", "date", "budget", "rule", "capacity"]
Key = tuple[object, ...]


@dataclass(frozen=True)
class Given:
    """One thing given, as its author sees it. `path`: where it stands; `what`: which of the things that a place gives."""

    kind: Kind
    path: Path
    what: str = ""

    def __str__(self) -> str:
        """The path as a person writes it, and what is meant there."""
        return f"{spelt(self.path)}: {self.what}" if self.what else spelt(self.path)


_KINDS: tuple[Kind, ...] = ("demand", "date", "budget", "rule", "capacity")
_FIRST = ("cadence", "seats", "total", "berths")


def told_before(given: Given) -> tuple[int, bool, bool]:
    """Sorts givens by what one would rather be told: demands first, then dates; a room rather than a payload."""
    return _KINDS.index(given.kind), given.path[-1] not in _FIRST and not given.what, "payload" in given.path


Owner = Callable[[Scenario, Key], Given | None]


def _nobody(scenario: Scenario, key: Key) -> None:
    return None


def _entry(kind: Kind, noun: str, *key_within: str) -> Owner:
    """Rows whose key begins with the name of an entry, and which one number or word of the entry rules."""
    return lambda scenario, key: Given(kind, (noun, str(key[0]), *key_within))


def _place(what: str, at: int = 0) -> Owner:
    """Rows of a node, to which several elements or vehicles give the same thing; `{}` is what comes first in the key."""
    return lambda scenario, key: Given("capacity", ("nodes", str(key[at])), what.format(key[0]))


def _flights_left(scenario: Scenario, key: Key) -> Given | None:
    return Given("capacity", ("vehicles", str(key[0]), "reuse", "flights")) if key[-1] == "flights" else None


def _recovery(scenario: Scenario, key: Key) -> Given:
    node = scenario.elements[str(key[0])].node if key[0] in scenario.elements else str(key[0])
    return Given("capacity", ("nodes", node), f"recovery of {key[1]}")


def _rate(scenario: Scenario, key: Key) -> Given:
    return Given("capacity", ("elements", str(key[0]), "provides", "produces", str(key[1]), "rate"))


def _keeping(scenario: Scenario, key: Key) -> Given:
    number = next(n for n, keeping in enumerate(scenario.station_keeping) if keeping.node == key[0])
    return Given("demand", ("station_keeping", number))


def _budget(scenario: Scenario, key: Key) -> Given:
    partner, year = str(key[0]), key[1]
    own = year in scenario.partners[partner].budgets
    return Given(
        "budget", ("partners", partner, "budgets", str(year)) if own else ("partners", partner, "budget")
    )


def _contract(scenario: Scenario, key: Key) -> Given:
    return Given("demand", ("initial", "contracts", int(str(key[1]))))


# What the rows of each family stand for, by their keys. Families that only strengthen the relaxation, and those
# of the solver's aims, are not here and are left out: cuts follow from what they would be blamed for.
OWNERS: Mapping[str, Owner] = {
    "cadence": _entry("capacity", "launchers", "cadence"),
    "turnaround": _entry("capacity", "launchers", "turnaround"),
    "vehicle_balance": _nobody,
    "longest_stay": _entry("capacity", "vehicles", "stay"),
    "ports": _place("ports of kind {}", at=1),
    "fleet": _flights_left,
    "worn_out": _entry("capacity", "vehicles", "reuse", "flights"),
    "element_active": _nobody,
    "element_quantity": _entry("capacity", "elements", "quantity"),
    "prerequisites": _entry("capacity", "elements", "after"),
    "commissioning_work": _nobody,
    "robot_hours": _place("robot hours"),
    "stock_balance": _nobody,
    "stock_surplus": _nobody,
    "storage": _place("storage of {}", at=1),
    "recovery": _recovery,
    "production": _rate,
    "crew_balance": _nobody,
    "longest_rotation": _entry("capacity", "crew", "rotation", "longest"),
    "shortest_rotation": _entry("capacity", "crew", "rotation", "shortest"),
    "berths": _place("berths"),
    "ride_home": _place("a ride home"),
    "boats_wait": _nobody,
    "crew_hours": _place("crew hours"),
    "power_by_day": _place("power by day"),
    "power_by_night": _place("power by night"),
    "power_by_light": _place("power by light"),
    "orbit_kept": _keeping,
    "thruster_at_work": _nobody,
    "visitors_push": _nobody,
    "budgets": _budget,
    "crew_demand": _entry("demand", "demands"),
    "build_demand": _entry("demand", "demands"),
    "deliver_demand": _entry("demand", "demands"),
    "fly_demand": _entry("demand", "demands"),
    "contracts": _contract,
}
_ROOMS = {
    "room": "total",
    "pressurised room": "pressurised",
    "unpressurised room": "unpressurised",
    "volume": "volume",
}


def of_limit(scenario: Scenario, itinerary: Itinerary, limit: Limit) -> Given:
    """What a limit of one flight stands for: the payload of its launcher, the tank, room or seats of a vehicle."""
    course = itinerary.course
    vehicles = {part.vehicle: scenario.vehicles[part.vehicle] for part in course.parts}
    if limit.name == "least crew":
        return Given("capacity", ("missions", course.mission, "least_crew"))
    if limit.name.startswith("launch mass") and course.launcher:
        return Given("capacity", ("launchers", course.launcher, "payload", course.stops[1]))
    if limit.name.startswith("tank of "):
        part = next(p for p in course.parts if p.name == limit.name.removeprefix("tank of "))
        return Given("capacity", ("vehicles", part.vehicle, "tank", "capacity"))
    if limit.name == "seats":
        return _vehicles_own(vehicles, course.mission, limit, "seats", lambda v: float(v.seats), ("seats",))
    room = _ROOMS.get(limit.name, "down")
    return _vehicles_own(
        vehicles, course.mission, limit, limit.name, lambda v: room_of(v, room), ("room", room)
    )


def _vehicles_own(
    vehicles: Mapping[str, Vehicle],
    mission: str,
    limit: Limit,
    what: str,
    own: Callable[[Vehicle], float],
    within: Path,
) -> Given:
    """The vehicle whose own number the limit is; where it is the sum of several, the mission that joins them."""
    alike = [name for name, vehicle in vehicles.items() if own(vehicle) == limit.capacity]
    able = [name for name, vehicle in vehicles.items() if own(vehicle) > 0]
    chosen = alike or able
    if len(chosen) == 1 or alike:
        return Given("capacity", ("vehicles", chosen[0], *within))
    return Given("capacity", ("missions", mission), what)


def room_of(vehicle: Vehicle, key: str) -> float:
    """What a vehicle's room holds: `key` is a key of its entry; what is left out is all of `total`."""
    if vehicle.room is None:
        return 0.0
    own = getattr(vehicle.room, key)
    return float(vehicle.room.total if own is None and key != "volume" else own or 0.0)


# --- dates, and rules of partners: why an arc, or a load aboard, may not be


def against_arc(world: World, arc: Arc) -> Iterator[Given]:
    """Every date and rule that forbids an arc of a scenario without any; `world` is that of the scenario with them."""
    scenario, course = world.scenario, arc.itinerary.course
    when = world.date_of(arc.departure_d)
    if not scenario.missions[course.mission].holds(when):
        yield from _outside(scenario.missions[course.mission], ("missions", course.mission), when)
    for owner in course.owners:
        if owner in scenario.partners:
            yield from _outside(scenario.partners[owner], ("partners", owner), when)
    for part in course.parts:
        vehicle = scenario.vehicles[part.vehicle]
        if vehicle.ready and when < vehicle.ready:
            yield Given("date", ("vehicles", part.vehicle, "ready"))
        if part.launched and vehicle.retired and when >= vehicle.retired:
            yield Given("date", ("vehicles", part.vehicle, "retired"))
    for ride in course.rides:
        days, entered = world.open_days.get(ride.route), int((arc.departure_d + ride.starts_d) // 1)
        if days is not None and (entered >= len(days) or not days[entered]):
            yield Given("date", ("routes", ride.route, "windows"))
    for owner in course.owners:
        if owner in scenario.partners and not _apart(scenario, owner).isdisjoint(course.owners):
            yield Given("rule", ("partners", owner, "may_not_fly_with"))
    if course.launcher is not None:
        yield from _grounded(scenario.launchers[course.launcher], ("launchers", course.launcher), when)


def _apart(scenario: Scenario, owner: str) -> frozenset[str]:
    return frozenset(scenario.partners[owner].may_not_fly_with)


def _grounded(launcher: Launcher, path: Path, when: date) -> Iterator[Given]:
    if launcher.first_flight and when < launcher.first_flight:
        yield Given("date", (*path, "first_flight"))
    if launcher.last_flight and when > launcher.last_flight:
        yield Given("date", (*path, "last_flight"))
    for number, outage in enumerate(launcher.outages):
        if outage.holds(when):
            yield Given("date", (*path, "outages", number))


def against_load(world: World, arc: Arc, index: int) -> Iterator[Given]:
    """Every date and rule that keeps a load off an arc: an element not ready, a partner that takes no part."""
    scenario, load = world.scenario, arc.itinerary.loads[index]
    when = world.date_of(arc.departure_d)
    if load.kind in ("element", "crew"):
        belongs = (scenario.elements if load.kind == "element" else scenario.crew)[load.name].owner
        for owner in arc.itinerary.course.owners:
            if owner in scenario.partners and belongs in scenario.partners[owner].may_not_carry:
                yield Given("rule", ("partners", owner, "may_not_carry"))
    if load.kind == "element":
        element = scenario.elements[load.name]
        if element.ready and when < element.ready:
            yield Given("date", ("elements", load.name, "ready"))
        if element.retired and when >= element.retired and load.board == 0:
            yield Given("date", ("elements", load.name, "retired"))
        if element.owner in scenario.partners:
            yield from _outside(scenario.partners[element.owner], ("partners", element.owner), when)
    elif load.kind == "crew" and load.board == 0 and not arc.itinerary.homeward:
        owner = scenario.crew[load.name].owner
        yield from _outside(scenario.partners[owner], ("partners", owner), when)


def _outside(interval: Interval, path: Path, when: date) -> Iterator[Given]:
    if interval.starts is not None and when < interval.starts:
        yield Given("date", (*path, "from"))
    if interval.until is not None and when >= interval.until:
        yield Given("date", (*path, "until"))
