"""Values -> Plan: the decisions in the words of a plan."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from moonwright.network.demand import UNITS, requirements
from moonwright.network.network import Load
from moonwright.optimise.model import Floats
from moonwright.optimise.problem import Problem
from moonwright.optimise.serials import Wait, assign
from moonwright.optimise.timetable import Departure, timetable
from moonwright.plan import (
    Build,
    Cargo,
    Flight,
    Item,
    Made,
    Outcome,
    Plan,
    Purchase,
    Reboost,
    Seat,
    Shortfall,
    Stay,
    Unit,
    digest,
)

_DUST = 1e-6  # amounts below this (kg, N s, persons) are the solver's rounding


def extract(problem: Problem, values: Floats, outcome: Outcome, *, anyhow: bool = False) -> Plan:
    """The plan that the values mean.

    Raises UnpackableError where flights cannot be packed one by one, WornOutError where they cannot be manned so.
    `anyhow`: such flights are packed and manned against the rules instead, for the replay to find.
    """
    departures = timetable(problem, values, anyhow=anyhow)
    bought = tuple(_purchases(problem, values))
    serials, waits = assign(problem, departures, bought, anyhow=anyhow)
    flights = tuple(_flights(problem, departures, serials))
    return Plan(
        scenario=problem.scenario.name,
        scenario_digest=digest(problem.scenario),
        horizon_d=float(problem.network.world.horizon_d),
        flights=flights,
        builds=tuple(_builds(problem, values, _came_to_stand(problem, departures, flights))),
        stays=tuple(_stays(problem, departures)),
        made=tuple(_made(problem, values)),
        reboosts=tuple(_reboosts(problem, values, waits)),
        purchases=bought,
        shortfalls=tuple(_shortfalls(problem, values)),
        outcome=outcome,
    )


def _flights(
    problem: Problem, departures: Sequence[Departure], serials: Mapping[tuple[str, str], str]
) -> Iterator[Flight]:
    copies: dict[tuple[str, str], list[int]] = _copies_at_start(problem)
    launched: dict[str, int] = defaultdict(
        int, {e: sum(map(len, (n for (x, _), n in copies.items() if x == e))) for e, _ in copies}
    )
    for departure in sorted(departures, key=lambda d: d.day_d):
        course = departure.arc.itinerary.course
        tanked = _tanked(departure)
        aboard = [
            (load, float(x))
            for load, x in zip(departure.arc.itinerary.loads, departure.loads, strict=True)
            if x > _DUST
        ]
        items = tuple(_items(departure, copies, launched))
        yield Flight(
            name=departure.name,
            mission=course.mission,
            launcher=course.launcher,
            departure_d=departure.day_d,
            arrival_d=departure.day_d + course.duration_d,
            units=tuple(
                Unit(
                    part=x.name,
                    vehicle=x.vehicle,
                    serial=serials[departure.name, x.name],
                    tanked_kg=tanked.get(x.name, 0.0),
                )
                for x in course.parts
            ),
            cargo=tuple(
                Cargo(resource=load.name, mass_kg=kg, board=load.board, alight=load.alight, tank=load.tank)
                for load, kg in aboard
                if load.kind in ("resource", "tank")
            ),
            items=items,
            crew=tuple(
                Seat(kind=load.name, count=int(n), board=load.board, alight=load.alight)
                for load, n in aboard
                if load.kind == "crew"
            ),
        )


def _tanked(departure: Departure) -> dict[str, float]:
    """What each part tanks for itself where it starts, kg; what it carries for others in its tank is cargo."""
    itinerary = departure.arc.itinerary
    riding = list(zip(itinerary.loads, departure.loads, strict=True))
    return {
        take.part: take.fixed_kg
        + float(sum(w * x for w, x in zip(take.weights, departure.loads, strict=True)))
        - sum(float(x) * load.mass_kg for load, x in riding if load.tank == take.part)
        for take in (*itinerary.refuels, *itinerary.tanked)
    }


def _items(
    departure: Departure, copies: dict[tuple[str, str], list[int]], launched: dict[str, int]
) -> Iterator[Item]:
    stops = departure.arc.itinerary.course.stops
    for load, amount in zip(departure.arc.itinerary.loads, departure.loads, strict=True):
        if load.kind == "element":
            for _ in range(int(amount)):
                number = _copy(copies, launched, load.name, stops[load.board], stops[load.alight])
                yield Item(element=load.name, copy_no=number, board=load.board, alight=load.alight)


def _copies_at_start(problem: Problem) -> dict[tuple[str, str], list[int]]:
    copies: dict[tuple[str, str], list[int]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for there in problem.scenario.initial.elements:
        for _ in range(int(there.count)):
            numbers[there.element] += 1
            copies[there.element, problem.scenario.elements[there.element].node].append(
                numbers[there.element]
            )
    for arrival in problem.scenario.initial.under_way:
        for element, count in arrival.elements.items():
            for _ in range(int(count)):
                numbers[element] += 1
                copies[element, arrival.node].append(numbers[element])
    return copies


def _copy(
    copies: dict[tuple[str, str], list[int]], launched: dict[str, int], element: str, origin: str, node: str
) -> int:
    """The number of the copy that goes: one that waits at the origin, else the next one made."""
    there = copies[element, origin]
    if there:
        number = there.pop(0)
    else:
        launched[element] += 1
        number = launched[element]
    copies[element, node].append(number)
    return number


def _came_to_stand(
    problem: Problem, departures: Sequence[Departure], flights: Sequence[Flight]
) -> dict[str, list[tuple[float, int]]]:
    """(day, number) of each copy that comes to where it stands and is not at work yet, by element, first one first."""
    scenario, world = problem.scenario, problem.network.world
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for there in scenario.initial.elements:
        for _ in range(int(there.count)):
            numbers[there.element] += 1
            if not there.commissioned:
                found[there.element].append((0.0, numbers[there.element]))
    for arrival in scenario.initial.under_way:
        for element, count in arrival.elements.items():
            for _ in range(int(count)):
                numbers[element] += 1
                if arrival.node == scenario.elements[element].node:
                    found[element].append((float(world.day_of(arrival.on)), numbers[element]))
    courses = {departure.name: departure.arc.itinerary.course for departure in departures}
    for flight in flights:
        course = courses[flight.name]
        for item in flight.items:
            if course.stops[item.alight] == scenario.elements[item.element].node:
                day_d = flight.departure_d + course.reached_d(item.alight)
                found[item.element].append((day_d, item.copy_no))
    return {element: sorted(copies) for element, copies in found.items()}


def _builds(
    problem: Problem, values: Floats, came: Mapping[str, Sequence[tuple[float, int]]]
) -> Iterator[Build]:
    """Copies go to work in the order in which they came."""
    next_one: dict[str, int] = defaultdict(int)
    for (element, k), column in sorted(problem.built.items(), key=lambda item: item[0][1]):
        x, period = problem.scenario.elements[element], problem.network.periods[k]
        begun_d = float(period.start_d if x.crew_work or x.robot_work else period.end_d)
        for _ in range(round(values[column])):
            _, copy_no = came[element][next_one[element]]
            next_one[element] += 1
            yield Build(element=element, copy_no=copy_no, begun_d=begun_d, day_d=float(period.end_d))


def _stays(problem: Problem, departures: Sequence[Departure]) -> Iterator[Stay]:
    """Rotations: of each kind at each node, who came first leaves first."""
    for kind in problem.scenario.crew:
        for node in problem.network.homes:
            came = deque(_came(problem, departures, kind, node))
            for leaves_d, down, leaving in _went(departures, kind, node):
                left = leaving
                while left > 0:
                    arrived_d, up, there = came.popleft()
                    count = min(left, there)
                    left -= count
                    if there > count:
                        came.appendleft((arrived_d, up, there - count))
                    yield Stay(
                        kind=kind,
                        node=node,
                        count=count,
                        arrived_d=arrived_d,
                        leaves_d=leaves_d,
                        up=up,
                        down=down,
                    )
            for arrived_d, up, there in came:
                yield Stay(
                    kind=kind, node=node, count=there, arrived_d=arrived_d, leaves_d=None, up=up, down=None
                )


_Group = tuple[float, str | None, int]  # day, flight (None: there at the start, or under way then), people


def _came(problem: Problem, departures: Sequence[Departure], kind: str, node: str) -> list[_Group]:
    initial, world = problem.scenario.initial, problem.network.world
    groups: list[_Group] = [
        (float(world.day_of(x.arrived)), None, int(x.count))
        for x in initial.crew
        if (x.kind, x.node) == (kind, node)
    ]
    groups += [
        (float(world.day_of(x.on)), None, int(x.crew[kind]))
        for x in initial.under_way
        if x.node == node and kind in x.crew
    ]
    for departure, load, count in _people(departures, kind):
        course = departure.arc.itinerary.course
        if course.stops[load.alight] == node:
            groups.append((departure.day_d + course.reached_d(load.alight), departure.name, count))
    return sorted(groups, key=lambda group: group[0])


def _went(departures: Sequence[Departure], kind: str, node: str) -> list[_Group]:
    groups: list[_Group] = [
        (departure.day_d + departure.arc.itinerary.course.left_d(load.board), departure.name, count)
        for departure, load, count in _people(departures, kind)
        if departure.arc.itinerary.course.stops[load.board] == node
    ]
    return sorted(groups, key=lambda group: group[0])


def _people(departures: Sequence[Departure], kind: str) -> Iterator[tuple[Departure, Load, int]]:
    for departure in departures:
        for load, count in zip(departure.arc.itinerary.loads, departure.loads, strict=True):
            if load.kind == "crew" and load.name == kind and count > 0.5:
                yield departure, load, round(count)


def _made(problem: Problem, values: Floats) -> Iterator[Made]:
    for how, table in (("produced", problem.made), ("recovered", problem.recovered)):
        for (element, resource, k), column in table.items():
            if values[column] > _DUST:
                period = problem.network.openings[k]
                yield Made(
                    element=element,
                    node=problem.scenario.elements[element].node,
                    resource=resource,
                    how="produced" if how == "produced" else "recovered",
                    from_d=float(period.start_d),
                    until_d=float(period.end_d),
                    mass_kg=float(values[column]),
                )


def _reboosts(problem: Problem, values: Floats, waits: Sequence[Wait]) -> Iterator[Reboost]:
    for (element, k), column in problem.thrust.items():
        if values[column] > _DUST:
            yield _reboost(
                problem, element, problem.scenario.elements[element].node, k, float(values[column])
            )
    left = {(w.serial, w.from_d): float(problem.scenario.vehicles[w.vehicle].reboost or 0.0) for w in waits}
    for (vehicle, node, k), column in sorted(problem.pushed.items(), key=lambda item: item[0][2]):
        wanted, period = float(values[column]), problem.network.periods[k]
        there = [
            w
            for w in waits
            if (w.vehicle, w.node) == (vehicle, node)
            and w.from_d <= period.start_d + 1e-6
            and (w.until_d is None or w.until_d >= period.end_d - 1e-6)
        ]
        for wait in sorted(there, key=lambda w: (w.until_d is None, w.until_d or 0.0)):
            given = min(wanted, left[wait.serial, wait.from_d])
            if given > _DUST:
                left[wait.serial, wait.from_d] -= given
                wanted -= given
                yield _reboost(problem, wait.serial, node, k, given)


def _reboost(problem: Problem, provider: str, node: str, k: int, impulse_n_s: float) -> Reboost:
    period = problem.network.periods[k]
    return Reboost(
        provider=provider,
        node=node,
        from_d=float(period.start_d),
        until_d=float(period.end_d),
        impulse_n_s=impulse_n_s,
    )


def _purchases(problem: Problem, values: Floats) -> Iterator[Purchase]:
    for (vehicle, k), column in problem.bought.items():
        if count := round(values[column]):
            yield Purchase(vehicle=vehicle, count=count, day_d=problem.purchase_d(k))


def _shortfalls(problem: Problem, values: Floats) -> Iterator[Shortfall]:
    for name, demand in problem.scenario.demands.items():
        if demand.rank == "hard":
            continue
        for n, asked in enumerate(requirements(problem.network, demand)):
            amount = float(values[problem.short[name, n]]) * asked.weight
            if amount > _DUST:
                yield Shortfall(
                    demand=name,
                    rank=demand.rank,
                    amount=amount,
                    unit=UNITS[demand.kind],
                    from_d=asked.from_d,
                    until_d=asked.until_d,
                )
