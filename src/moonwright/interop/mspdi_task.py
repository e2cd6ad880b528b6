"""The tasks of a plan: what is done from when to when, and what each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from moonwright.plan import Build, Flight, Plan, Stay
from moonwright.scenario.demand import BuildDemand
from moonwright.scenario.scenario import Scenario


class Kind(Enum):
    """How a task rests on another: its end or start must not come before the other's end or start (MSPDI's numbers)."""

    FINISH_FINISH = 0
    FINISH_START = 1
    START_FINISH = 2
    START_START = 3


@dataclass(frozen=True)
class Link:
    """A task rests on that of `key`: "finish-start" is from the other's end to this one's start."""

    key: str
    kind: Kind


@dataclass(frozen=True)
class Task:
    """Something done between two days of the horizon. `key` names it for links; `deadline_d` is the latest end asked."""

    key: str
    name: str
    start_d: float
    end_d: float
    links: tuple[Link, ...] = ()
    notes: str = ""
    deadline_d: float | None = None


def flights(scenario: Scenario, plan: Plan) -> tuple[Task, ...]:
    """Every flight, from departure to last arrival, after the flights that brought its ships and the stays it ends."""
    by_departure = sorted(plan.flights, key=lambda flight: (flight.departure_d, flight.name))
    last: dict[str, Flight] = {}
    tasks = []
    for flight in by_departure:
        before = {last[unit.serial].name: last[unit.serial] for unit in flight.units if unit.serial in last}
        links = [_after(_flight(name), other.arrival_d, flight.departure_d) for name, other in before.items()]
        for number, stay in enumerate(plan.stays):
            if stay.down == flight.name and stay.up != flight.name:
                links.append(_ending(number, stay, flight))
        ends = flight.departure_d, flight.arrival_d
        tasks.append(Task(_flight(flight.name), flight.name, *ends, tuple(links), _aboard(scenario, flight)))
        last |= {unit.serial: flight for unit in flight.units}
    return tuple(tasks)


def works(scenario: Scenario, plan: Plan) -> tuple[Task, ...]:
    """Every element put to work, from the day on which work may begin; after its flight and what must stand first."""
    brought = {(i.element, i.copy_no): flight for flight in plan.flights for i in flight.items}
    tasks = []
    for build in sorted(plan.builds, key=lambda build: (build.begun_d, build.element, build.copy_no)):
        flight = brought.get((build.element, build.copy_no))
        links = [_after(_flight(flight.name), flight.arrival_d, build.begun_d)] if flight else []
        for first in scenario.elements[build.element].after:
            stood = [other for other in plan.builds if other.element == first and other.day_d <= build.day_d]
            links += (
                [Link(_work(min(stood, key=lambda other: other.day_d)), Kind.FINISH_FINISH)] if stood else []
            )
        name = f"{scenario.elements[build.element].name or build.element} no. {build.copy_no}"
        tasks.append(Task(_work(build), name, build.begun_d, build.day_d, tuple(links)))
    return tuple(tasks)


def stays(scenario: Scenario, plan: Plan) -> tuple[Task, ...]:
    """Every stay of people at a place, after the flight that brought them; one that does not end lasts to the horizon's."""
    arrivals = {flight.name: flight for flight in plan.flights}
    tasks = []
    for number, stay in enumerate(plan.stays):
        flight = arrivals.get(stay.up or "")
        links = (_after(_flight(flight.name), flight.arrival_d, stay.arrived_d),) if flight else ()
        who = scenario.crew[stay.kind].name or stay.kind
        where = scenario.nodes[stay.node].name or stay.node
        end_d = plan.horizon_d if stay.leaves_d is None else stay.leaves_d
        start_d = max(0.0, stay.arrived_d)
        tasks.append(Task(_stay(number), f"{stay.count} x {who} at {where}", start_d, end_d, links))
    return tuple(tasks)


def milestones(scenario: Scenario, plan: Plan) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """The days on which demands for elements are met, with their deadlines; and in a sentence each those never met."""
    tasks, missed = [], []
    for name, demand in scenario.demands.items():
        if not isinstance(demand, BuildDemand):
            continue
        built = sorted((b for b in plan.builds if b.element == demand.element), key=lambda build: build.day_d)
        count = int(demand.count)
        standing = sum(
            int(e.count) for e in scenario.initial.elements if e.element == demand.element and e.commissioned
        )
        needed = built[: max(0, count - standing)]
        if len(needed) + standing < count:
            missed.append(f"demands.{name}: not met by the plan, so there is no milestone of it")
            continue
        day_d = max((build.day_d for build in needed), default=0.0)
        links = tuple(Link(_work(build), Kind.FINISH_START) for build in needed)
        deadline_d = float((demand.by - scenario.horizon.start).days)
        tasks.append(Task(f"demand {name}", name, day_d, day_d, links, "", deadline_d))
    return tuple(tasks), tuple(missed)


def _after(key: str, end_d: float, start_d: float) -> Link:
    """This starts once the other has ended; where it starts before (on a flight that goes on), once it has started."""
    return Link(key, Kind.FINISH_START if end_d <= start_d else Kind.START_START)


def _ending(number: int, stay: Stay, flight: Flight) -> Link:
    """A flight home leaves once the stay has ended; one that was under way already ends after it."""
    leaves_d = flight.departure_d if stay.leaves_d is None else stay.leaves_d
    return Link(_stay(number), Kind.FINISH_START if leaves_d <= flight.departure_d else Kind.FINISH_FINISH)


def _flight(name: str) -> str:
    return f"flight {name}"


def _work(build: Build) -> str:
    return f"work {build.element} {build.copy_no}"


def _stay(number: int) -> str:
    return f"stay {number}"


def _aboard(scenario: Scenario, flight: Flight) -> str:
    """What is aboard, a line each."""
    lines = [f"mission {flight.mission}" + (f", launched by {flight.launcher}" if flight.launcher else "")]
    lines += [f"{unit.serial}, {unit.tanked_kg:,.0f} kg of propellant" for unit in flight.units]
    lines += [f"{seat.count} x {scenario.crew[seat.kind].name or seat.kind}" for seat in flight.crew]
    lines += [f"{scenario.elements[i.element].name or i.element} no. {i.copy_no}" for i in flight.items]
    lines += [
        f"{scenario.resources[c.resource].name or c.resource}, {c.mass_kg:,.1f} kg" for c in flight.cargo
    ]
    return "\n".join(lines)
