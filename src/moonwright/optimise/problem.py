"""The Problem: a Network together with a column for every decision and every state.

Keys: a = number of an arc, k = number of an opening (a period, or the closing state), other keys are names.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from moonwright.network.network import Arc, Itinerary, Load, Network
from moonwright.network.period import period_of
from moonwright.optimise.row import Columns, Terms
from moonwright.optimise.slots import Slots
from moonwright.scenario.initial import Arrival, CrewAboard, VehicleThere
from moonwright.scenario.scenario import Scenario

_SAME_D = 1e-6  # moments closer than this are one

Keyed = Mapping[tuple[str, str, int], int]


@dataclass(frozen=True)
class Problem:
    """Columns by what they mean."""

    network: Network
    columns: Columns
    flights: Mapping[int, int]
    loads: Mapping[tuple[int, int], int]
    waiting: Keyed
    fleet: Mapping[tuple[str, int], int]
    bought: Mapping[tuple[str, int], int]
    worn: Mapping[tuple[str, int], int]
    stock: Keyed
    surplus: Keyed
    built: Mapping[tuple[str, int], int]
    active: Mapping[tuple[str, int], int]
    present: Keyed
    made: Keyed
    recovered: Keyed
    thrust: Mapping[tuple[str, int], int]
    pushed: Keyed
    impulse: Keyed
    boats: Mapping[tuple[str, str, int], int]
    short: Mapping[tuple[str, int], int]
    done: Mapping[tuple[str, int], int]
    finish: int

    @property
    def scenario(self) -> Scenario:
        """The scenario behind the network."""
        return self.network.world.scenario

    @property
    def last(self) -> int:
        """Number of the closing state."""
        return len(self.network.periods)

    @cached_property
    def exchanges(self) -> Exchanges:
        """What flights bring to and take from each node in each period."""
        return exchanges(self)

    @cached_property
    def slots(self) -> Slots:
        """The days on which flights may leave instead of their own."""
        return Slots(self.network)

    def purchase_d(self, k: int) -> float:
        """When what is bought for period k joins the fleet: as it opens, but in the year in which it ends."""
        world, period = self.network.world, self.network.periods[k]
        return float(max(period.start_d, world.day_of(date(world.year_of(period.end_d), 1, 1))))

    def under_way(self, node: str, k: int) -> list[Arrival]:
        """Flights under way at the start that reach a node in period k."""
        network = self.network
        return [
            arrival
            for arrival in self.scenario.initial.under_way
            if arrival.node == node and period_of(network.periods, network.world.day_of(arrival.on)) == k
        ]

    def come_by(self, groups: Sequence[CrewAboard] | Sequence[VehicleThere]) -> list[tuple[float, float]]:
        """(day, number that had come by then) of groups there at the start, by day of arrival."""
        days = [(self.network.world.day_of(group.arrived), float(group.count)) for group in groups]
        return [
            (float(day), sum(count for d, count in days if d <= day)) for day in sorted({d for d, _ in days})
        ]


@dataclass(frozen=True)
class Exchanges:
    """Terms of what reaches and leaves nodes, by (name, node, period). Goods are resources and elements.

    `early_crew_in`, `early_crew_out`: (column, days) of people who come or leave so many days before the period ends,
    since a window is open only then; `early_vehicles_out`: flights that take vehicles from where they wait before
    it ends.
    """

    goods_in: Mapping[tuple[str, str, int], Terms]
    goods_out: Mapping[tuple[str, str, int], Terms]
    vehicles_in: Mapping[tuple[str, str, int], Terms]
    vehicles_out: Mapping[tuple[str, str, int], Terms]
    crew_in: Mapping[tuple[str, str, int], Terms]
    crew_out: Mapping[tuple[str, str, int], Terms]
    early_crew_in: Mapping[tuple[str, str, int], Terms]
    early_crew_out: Mapping[tuple[str, str, int], Terms]
    early_vehicles_out: Mapping[tuple[str, str, int], Terms]


def exchanges(problem: Problem) -> Exchanges:
    """Sort what every arc brings and takes by node and period."""
    tables: tuple[dict[tuple[str, str, int], Terms], ...] = tuple(defaultdict(list) for _ in range(9))
    goods_in, goods_out, vehicles_in, vehicles_out, crew_in, crew_out, *early = tables
    early_crew_in, early_crew_out, early_vehicles_out = early
    for number, arc in enumerate(problem.network.arcs):
        course, flight = arc.itinerary.course, problem.flights[number]
        for part in course.parts:
            if not part.launched:
                key = part.vehicle, course.stops[part.starts], arc.left[part.starts]
                vehicles_out[key].append((flight, 1.0))
                if early_d(problem, arc, course.left_d(part.starts)) > 0.0:
                    early_vehicles_out[key].append((flight, 1.0))
            if part.end == "waits":
                vehicles_in[part.vehicle, course.stops[part.ends], arc.reached[part.ends]].append(
                    (flight, 1.0)
                )
        for index in arc.loads:
            load, column = arc.itinerary.loads[index], problem.loads[number, index]
            came, went = (crew_in, crew_out) if load.kind == "crew" else (goods_in, goods_out)
            origin, left = course.stops[load.board], arc.left[load.board]
            kept = _kept(problem, number, load)
            destination, reached = course.stops[load.alight], arc.reached[load.alight]
            came[load.name, destination, reached].append((column, kept))
            if load.kind != "tank":
                went[load.name, origin, left].append((column, 1.0))
            if load.kind == "crew" and (days := early_d(problem, arc, course.reached_d(load.alight))) > 0.0:
                early_crew_in[load.name, destination, reached].append((column, days))
                for resource, a_day_kg in problem.scenario.crew[load.name].uses.items():
                    goods_out[resource, destination, reached].append((column, float(a_day_kg) * days))
            if load.kind == "crew" and (days := early_d(problem, arc, course.left_d(load.board))) > 0.0:
                early_crew_out[load.name, origin, left].append((column, days))
            for resource, kg in load.draws:
                goods_out[resource, origin, left].append((column, kg))
        for take in arc.itinerary.refuels:
            table = goods_out[take.resource, course.stops[take.stop], arc.left[take.stop]]
            table.append((flight, take.fixed_kg))
            table += [(problem.loads[number, i], take.weights[i]) for i in arc.loads if take.weights[i]]
    return Exchanges(*tables)


def early_d(problem: Problem, arc: Arc, after_d: float) -> float:
    """Days from the moment `after_d` after an arc's departure to the end of its period; 0 where that is the moment."""
    moment_d = arc.departure_d + after_d
    rest_d = problem.network.openings[period_of(problem.network.periods, moment_d)].end_d - moment_d
    return rest_d if rest_d > _SAME_D else 0.0


def _kept(problem: Problem, number: int, load: Load) -> float:
    """What is left when the period ends of a kg that may come as early as its launcher's turnaround can set the flight."""
    if load.kind == "crew":
        return 1.0
    course = problem.network.arcs[number].itinerary.course
    return kept_to_end(problem, load.name, problem.slots.earliest[number] + course.reached_d(load.alight))


def kept_to_end(problem: Problem, good: str, moment_d: float) -> float:
    """What boil-off leaves, when its period ends, of a kg that is at a node from a moment on: booked when its day ends."""
    resource = problem.scenario.resources.get(good)
    if resource is None or not resource.boil_off:
        return 1.0
    period = problem.network.openings[period_of(problem.network.periods, moment_d)]
    return float((1.0 - float(resource.boil_off)) ** max(0, math.floor(period.end_d - moment_d + _SAME_D)))


def arc_key(arc: Arc) -> tuple[object, ...]:
    """What names an arc: its itinerary and its day."""
    day = f"{arc.departure_d:g}d"
    return arc.itinerary.name, f"{day}#{arc.single}" if arc.single else day


def flies_on(network: Network, vehicle: str) -> bool:
    """True where a vehicle that waits may use up one of its flights: a mission leaves it waiting again."""
    parts = [part for itinerary in network.itineraries for part in itinerary.course.parts]
    return any(p.vehicle == vehicle and not p.launched and p.end == "waits" for p in parts)


def rides_home(itinerary: Itinerary, node: str) -> list[int]:
    """Loads of an itinerary that bring people home from a node."""
    course = itinerary.course
    return [
        i
        for i, load in enumerate(itinerary.loads)
        if load.kind == "crew" and course.stops[load.board] == node
    ]
