"""What could be changed to mend a conflict: for each given, the data behind it and the way in which they ease it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moonwright.explain.change import at, below
from moonwright.explain.given import Given
from moonwright.scenario.datum import Quantity
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, ReserveDemand
from moonwright.scenario.document import Path
from moonwright.scenario.element import Element
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import Shape, keys


@dataclass(frozen=True)
class Lever:
    """A datum, and whether more of it (`up`: a larger number, a later date) eases what it takes part in."""

    path: Path
    up: bool


def levers(scenario: Scenario, givens: Iterable[Given]) -> tuple[Lever, ...]:
    """Every lever of some givens that conflict, once."""
    known = tuple(givens)
    found = [lever for given in known for lever in _of(scenario, given)]
    if any(
        given.kind == "capacity" and given.path[0] in ("vehicles", "launchers", "missions") for given in known
    ):
        wanted = [at(scenario, g.path) for g in known if g.path[0] == "demands"]
        found += [Lever(("elements", d.element, "mass"), False) for d in wanted if isinstance(d, BuildDemand)]
    return tuple(dict.fromkeys(lever for lever in found if _is_there(scenario, lever)))


def paths(scenario: Scenario, given: Given) -> tuple[Path, ...]:
    """Where the data stand that a given is made of, what says most about it first."""
    behind = tuple(lever.path for lever in _of(scenario, given) if _is_there(scenario, lever))
    of_place = given.path[0] == "nodes"  # what stands behind says more than the place
    return tuple(dict.fromkeys((*behind, given.path) if of_place else (given.path, *behind)))


def quantity_of(scenario: Scenario, path: Path) -> Quantity | None:
    """The dimension and bounds of the number at a path; None where no number stands there."""
    here: object = scenario
    found: Shape | None = None
    for step in path:
        if isinstance(here, Noun):
            found = keys(type(here)).get(str(step))
        elif found is not None:
            found = found.below(step, here)
        here = below(here, step)
    return found.quantity if found else None


def _is_there(scenario: Scenario, lever: Lever) -> bool:
    try:
        return at(scenario, lever.path) is not None
    except (KeyError, IndexError):
        return False


def _of(scenario: Scenario, given: Given) -> Iterator[Lever]:
    if given.kind == "demand":
        yield from _of_demand(scenario, given)
    elif given.kind == "date":
        yield from _of_date(given)
    elif given.kind == "rule":
        yield Lever(given.path, False)
    elif given.kind == "budget":
        yield Lever(given.path, True)
    elif given.path[0] == "nodes":
        yield from _of_place(scenario, str(given.path[1]), given.what)
    elif given.path[0] == "missions" and len(given.path) == 2:
        yield from _of_ships(scenario, str(given.path[1]), given.what)
    else:
        yield from _of_number(scenario, given.path)


def _of_demand(scenario: Scenario, given: Given) -> Iterator[Lever]:
    entry, path = at(scenario, given.path), given.path
    if path[0] == "station_keeping":
        yield from (Lever((*path, "needs", n, "need"), False) for n in range(len(entry.needs)))
        yield from (Lever((*path, "drag", n, "area"), False) for n in range(len(entry.drag)))
        yield Lever((*path, "mass"), False)
    elif isinstance(entry, BuildDemand):
        yield Lever((*path, "by"), True)
        yield Lever((*path, "count"), False)
    elif isinstance(entry, CrewDemand):
        yield Lever((*path, "from"), True)
        yield Lever((*path, "count"), False)
        yield Lever((*path, "until"), False)
    elif isinstance(entry, ReserveDemand):
        yield Lever((*path, "cover"), False)
        yield Lever((*path, "from"), True)
    elif isinstance(entry, DeliverDemand):
        yield Lever((*path, "until"), True)
        yield Lever((*path, "amount"), False)
    else:  # flights asked for, or contracted
        yield Lever((*path, "until"), True)
        yield Lever((*path, "count"), False)


def _of_date(given: Given) -> Iterator[Lever]:
    path = given.path
    if "outages" in path:
        yield Lever((*path, "until"), False)
        yield Lever((*path, "from"), True)
    elif path[-1] != "windows":
        yield Lever(path, path[-1] in ("until", "retired", "last_flight"))


def _of_number(scenario: Scenario, path: Path) -> Iterator[Lever]:
    """A number of an entry: where a part of a room is left out, the whole room."""
    if path[-1] == "after":
        return
    if path[-2:-1] == ("room",) and at(scenario, path) is None:
        path = (*path[:-1], "total")
    yield Lever(path, path[-1] not in ("least_crew", "shortest", "turnaround"))


def _of_place(scenario: Scenario, node: str, what: str) -> Iterator[Lever]:
    """What the elements at a node give, and what is asked of it there."""
    for name, element in scenario.elements.items():
        if element.node == node:
            yield from _of_element(name, element, what)
    if what == "power by night" and getattr(scenario.nodes[node], "darkness", None) is not None:
        yield Lever(("nodes", node, "darkness"), False)
    if what == "crew hours":
        yield from (Lever(("crew", kind, "work"), True) for kind in scenario.crew)
        for name, activity in scenario.activities.items():
            if activity.node == node:
                yield Lever(("activities", name, "crew_time"), False)
                yield Lever(("activities", name, "spacewalks"), False)
    if what == "a ride home":
        for name, vehicle in scenario.vehicles.items():
            if vehicle.seats:
                yield Lever(("vehicles", name, "seats"), True)
                yield Lever(("vehicles", name, "stay"), True)


def _of_element(name: str, element: Element, what: str) -> Iterator[Lever]:
    """What one element gives of a thing, and what it asks of it."""
    first, _, last = what.rpartition(" ")
    entry: Path = ("elements", name)
    gives: Path = (*entry, "provides")
    if what.startswith("power"):
        yield from _of_power(name, element, by_night=what.endswith("night"))
    elif what == "robot hours":
        yield from _given_and_asked(element, (*gives, "robot_hours"), (*entry, "robot_work"))
    elif first == "recovery of":
        yield Lever((*gives, "closure", last, "share"), True)
        yield Lever((*gives, "closure", last, "crew"), True)
    elif what == "crew hours":
        yield Lever((*entry, "crew_work"), False)
    elif what == "berths" and element.provides.berths:
        yield Lever((*gives, "berths"), True)
    elif first == "ports of kind":
        yield Lever((*gives, "ports", last), True)
    elif first == "storage of":
        yield Lever((*gives, "storage", last), True)


def _given_and_asked(element: Element, gives: Path, asks: Path) -> Iterator[Lever]:
    if element.provides.robot_hours:
        yield Lever(gives, True)
    if element.robot_work:
        yield Lever(asks, False)


def _of_power(name: str, element: Element, *, by_night: bool) -> Iterator[Lever]:
    gives: Path = ("elements", name, "provides")
    if by_night and element.provides.power_night:
        yield Lever((*gives, "power_night"), True)
    if by_night and element.provides.energy_storage:
        yield Lever((*gives, "energy_storage"), True)
    if not by_night and element.provides.power_day:
        yield Lever((*gives, "power_day"), True)
    if by_night and element.uses.power_night is not None:
        yield Lever(("elements", name, "uses", "power_night"), False)
    elif element.uses.power:
        yield Lever(("elements", name, "uses", "power"), False)


def _of_ships(scenario: Scenario, mission: str, what: str) -> Iterator[Lever]:
    """Rooms or seats of the vehicles that fly one mission together."""
    legs = scenario.missions[mission]
    units = {
        legs.units.get(unit, unit)
        for leg in legs.legs
        for unit in (leg.by, *leg.carrying)
        if isinstance(unit, str)
    }
    for name in sorted(units & scenario.vehicles.keys()):
        yield Lever(("vehicles", name, *(("seats",) if what == "seats" else ("room", "total"))), True)
