"""The Problem: a Network together with a column for every decision and every state.

Keys: a = number of an arc, k = number of an opening (a period, or the closing state), other keys are names.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from moonwright.network.demand import requirements
from moonwright.network.network import Arc, Network
from moonwright.optimise.row import Columns, Terms
from moonwright.scenario.node import Habitable
from moonwright.scenario.scenario import Scenario

Keyed = Mapping[tuple[str, str, int], int]
AtStart = -1  # a stay of crew that is there at the start


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
    stock: Keyed
    built: Mapping[tuple[str, int], int]
    active: Mapping[tuple[str, int], int]
    stays: Mapping[tuple[str, str, int, int], int]
    present: Keyed
    made: Keyed
    recovered: Keyed
    thrust: Mapping[tuple[str, int], int]
    pushed: Keyed
    impulse: Keyed
    boats: Mapping[tuple[str, str, int], int]
    short: Mapping[tuple[str, int], int]
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

    def load_column(self, arc: int, load: int) -> list[int]:
        """The column of a load on an arc: none where it may not ride then."""
        column = self.loads.get((arc, load))
        return [] if column is None else [column]


@dataclass(frozen=True)
class Exchanges:
    """Terms of what reaches and leaves nodes, by (name, node, period). Goods are resources and elements."""

    goods_in: Mapping[tuple[str, str, int], Terms]
    goods_out: Mapping[tuple[str, str, int], Terms]
    vehicles_in: Mapping[tuple[str, str, int], Terms]
    vehicles_out: Mapping[tuple[str, str, int], Terms]
    crew_in: Mapping[tuple[str, str, int], Terms]
    crew_out: Mapping[tuple[str, str, int], Terms]


def exchanges(problem: Problem) -> Exchanges:
    """Sort what every arc brings and takes by node and period."""
    tables: tuple[dict[tuple[str, str, int], Terms], ...] = tuple(defaultdict(list) for _ in range(6))
    goods_in, goods_out, vehicles_in, vehicles_out, crew_in, crew_out = tables
    for number, arc in enumerate(problem.network.arcs):
        course, flight = arc.itinerary.course, problem.flights[number]
        for part in course.parts:
            if not part.launched:
                vehicles_out[part.vehicle, course.stops[part.starts], arc.left[part.starts]].append(
                    (flight, 1.0)
                )
            if part.end == "waits":
                vehicles_in[part.vehicle, course.stops[part.ends], arc.reached[part.ends]].append(
                    (flight, 1.0)
                )
        for index in arc.loads:
            load, column = arc.itinerary.loads[index], problem.loads[number, index]
            came, went = (crew_in, crew_out) if load.kind == "crew" else (goods_in, goods_out)
            origin, left = course.stops[load.board], arc.left[load.board]
            came[load.name, course.stops[load.alight], arc.reached[load.alight]].append((column, 1.0))
            if load.kind != "tank":
                went[load.name, origin, left].append((column, 1.0))
            for resource, kg in load.draws:
                goods_out[resource, origin, left].append((column, kg))
        for take in arc.itinerary.refuels:
            table = goods_out[take.resource, course.stops[take.stop], arc.left[take.stop]]
            table.append((flight, take.fixed_kg))
            table += [(problem.loads[number, i], take.weights[i]) for i in arc.loads if take.weights[i]]
    return Exchanges(*tables)


def pose(network: Network) -> Problem:
    """A column for every decision and state of a network."""
    columns = Columns([], [], [], [])
    periods, last = network.periods, len(network.periods)
    scenario = network.world.scenario
    flights = {
        a: columns.add("flights", arc_key(arc), 1.0 if arc.single else math.inf, whole=True)
        for a, arc in enumerate(network.arcs)
    }
    loads = {
        (a, i): columns.add("load", (*arc_key(arc), load_key(arc, i)), whole=arc.itinerary.loads[i].whole)
        for a, arc in enumerate(network.arcs)
        for i in arc.loads
    }
    openings = range(last + 1)
    waits = dict.fromkeys(
        [
            (p.vehicle, i.course.stops[p.ends])
            for i in network.itineraries
            for p in i.course.parts
            if p.end == "waits"
        ]
        + [(there.vehicle, there.node) for there in scenario.initial.vehicles]
        + [(vehicle, arrival.node) for arrival in scenario.initial.under_way for vehicle in arrival.vehicles]
    )
    reusable = [name for name, vehicle in scenario.vehicles.items() if vehicle.reuse]
    pairs = _stock_pairs(network)
    kinds = [(kind, node) for kind in scenario.crew for node in network.homes]
    made = [(e, r) for e, element in scenario.elements.items() for r in element.provides.produces]
    recovered = [(e, r) for e, element in scenario.elements.items() for r in element.provides.closure]
    thrusters = [name for name, element in scenario.elements.items() if element.provides.thruster]
    kept = [keeping.node for keeping in scenario.station_keeping]
    pushers = [(v, n) for v, n in waits if n in kept and scenario.vehicles[v].reboost]
    return Problem(
        network=network,
        columns=columns,
        flights=flights,
        loads=loads,
        waiting={
            (v, n, k): columns.add("waiting", (v, n, _when(network, k))) for v, n in waits for k in openings
        },
        fleet={(v, k): columns.add("fleet", (v, _when(network, k))) for v in reusable for k in openings},
        bought={
            (v, p.index): columns.add("bought", (v, p.label), whole=True) for v in reusable for p in periods
        },
        stock={
            (g, n, k): columns.add("stock", (g, n, _when(network, k))) for g, n in pairs for k in openings
        },
        built={
            (e, p.index): columns.add("built", (e, p.label), float(x.quantity), whole=True)
            for e, x in scenario.elements.items()
            for p in periods
        },
        active={
            (e, k): columns.add("active", (e, _when(network, k)), float(x.quantity))
            for e, x in scenario.elements.items()
            for k in openings
        },
        stays=_stays(network, columns),
        present={
            (c, n, k): columns.add("present", (c, n, _when(network, k))) for c, n in kinds for k in openings
        },
        made={(e, r, k): columns.add("made", (e, r, _when(network, k))) for e, r in made for k in openings},
        recovered={
            (e, r, k): columns.add("recovered", (e, r, _when(network, k)))
            for e, r in recovered
            for k in openings
        },
        thrust={(e, p.index): columns.add("thrust", (e, p.label)) for e in thrusters for p in periods},
        pushed={(v, n, p.index): columns.add("pushed", (v, n, p.label)) for v, n in pushers for p in periods},
        impulse={
            (v, n, k): columns.add("impulse", (v, n, _when(network, k))) for v, n in pushers for k in openings
        },
        boats=_boats(network, columns),
        short=_short(network, columns),
        finish=columns.add("finish", (), float(network.periods[-1].end_d)),
    )


def _when(network: Network, opening: int) -> str:
    return network.openings[opening].label


def arc_key(arc: Arc) -> tuple[object, ...]:
    """What names an arc: its itinerary and its day."""
    day = f"{arc.departure_d:g}d"
    return arc.itinerary.name, f"{day}#{arc.single}" if arc.single else day


def load_key(arc: Arc, index: int) -> str:
    load, stops = arc.itinerary.loads[index], arc.itinerary.course.stops
    return f"{load.name}:{stops[load.board]}>{stops[load.alight]}"


def _stock_pairs(network: Network) -> list[tuple[str, str]]:
    """(good, node) pairs that a stock is kept of: what flights bring or take, what is there, made or used."""
    scenario = network.world.scenario
    found = [
        (load.name, itinerary.course.stops[stop])
        for itinerary in network.itineraries
        for load in itinerary.loads
        if load.kind != "crew"
        for stop in (load.board, load.alight)
    ]
    found += [(r, i.course.stops[0]) for i in network.itineraries for load in i.loads for r, _ in load.draws]
    found += [(take.resource, i.course.stops[take.stop]) for i in network.itineraries for take in i.refuels]
    found += [(resource, node) for node, stocks in scenario.initial.stocks.items() for resource in stocks]
    found += [
        (resource, node)
        for node in network.homes
        for kind in scenario.crew.values()
        for resource in kind.uses
    ]
    found += [(r, a.node) for a in scenario.activities.values() for r in (*a.uses, *a.spacewalk_uses)]
    for name, element in scenario.elements.items():
        used = (*element.uses.resources, *element.uses.spares, *element.provides.produces)
        inputs = [r for production in element.provides.produces.values() for r in production.inputs]
        thruster = [element.provides.thruster.resource] if element.provides.thruster else []
        found += [(name, element.node), *((r, element.node) for r in (*used, *inputs, *thruster))]
    found += [
        (r, arrival.node)
        for arrival in scenario.initial.under_way
        for r in (*arrival.resources, *arrival.elements)
    ]
    return [pair for pair in dict.fromkeys(found) if isinstance(scenario.nodes[pair[1]], Habitable)]


def _stays(network: Network, columns: Columns) -> dict[tuple[str, str, int, int], int]:
    """A column for each (kind, node, arrival period, departure period) whose length a rotation allows.

    Arrival AtStart - i: the i-th group aboard at the start. Departure `len(periods)`: still there at the end.
    """
    scenario, last = network.world.scenario, len(network.periods)
    arrivals = {
        (kind, node, p.index): float(p.end_d)
        for kind in scenario.crew
        for node in network.homes
        for p in network.periods
    }
    arrivals |= {
        (group.kind, group.node, AtStart - i): float(network.world.day_of(group.arrived))
        for i, group in enumerate(scenario.initial.crew)
    }
    stays = {}
    for (kind, node, j), arrived_d in arrivals.items():
        rotation = scenario.crew[kind].rotation
        for p in network.periods[max(j + 1, 0) :]:
            if rotation.shortest <= p.end_d - arrived_d <= rotation.longest:
                stays[kind, node, j, p.index] = columns.add("stay", (kind, node, j, p.label), whole=True)
        if network.periods[-1].end_d - arrived_d < rotation.longest:
            stays[kind, node, j, last] = columns.add("stay", (kind, node, j, "on"), whole=True)
    return stays


def _boats(network: Network, columns: Columns) -> dict[tuple[str, str, int], int]:
    """A column for each way home from each home node at each opening."""
    return {
        (itinerary.name, node, opening.index): columns.add(
            "boats", (itinerary.name, node, opening.label), whole=True
        )
        for itinerary in network.itineraries
        for node in network.homes
        if itinerary.course.launcher is None and rides_home(itinerary, node)
        for opening in network.openings
    }


def rides_home(itinerary, node: str) -> list[int]:  # type: ignore[no-untyped-def]
    """Loads of an itinerary that bring people home from a node."""
    course = itinerary.course
    return [
        i
        for i, load in enumerate(itinerary.loads)
        if load.kind == "crew" and course.stops[load.board] == node
    ]


def _short(network: Network, columns: Columns) -> dict[tuple[str, int], int]:
    """A shortfall column for each requirement of a ranked demand."""
    return {
        (name, n): columns.add("short", (name, asked.label), math.inf if asked.most is None else asked.most)
        for name, demand in network.world.scenario.demands.items()
        if demand.rank != "hard"
        for n, asked in enumerate(requirements(network, demand))
    }
