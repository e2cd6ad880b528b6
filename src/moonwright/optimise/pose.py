"""Network -> Problem: a column for every decision and every state."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from moonwright.network.demand import requirements
from moonwright.network.element import standing
from moonwright.network.network import Arc, Network
from moonwright.optimise.problem import Problem, arc_key, flies_on, rides_home
from moonwright.optimise.row import Columns
from moonwright.scenario.demand import BuildDemand
from moonwright.scenario.node import Habitable
from moonwright.scenario.scenario import Scenario


def pose(network: Network) -> Problem:
    """A column for every decision and state of a network."""
    columns = Columns()
    scenario = network.world.scenario
    periods, openings = range(len(network.periods)), range(len(network.periods) + 1)
    elements = scenario.elements

    def single(
        family: str,
        names: Iterable[str],
        when: Sequence[int] = openings,
        *,
        whole: bool = False,
        copies: bool = False,
    ) -> dict[tuple[str, int], int]:
        """A column for each name and opening; `copies`: at most as many as there are of an element."""
        most = {name: float(elements[name].quantity) if copies else math.inf for name in names}
        return {
            (name, k): columns.add(family, (name, network.openings[k].label), k, most[name], whole=whole)
            for name in most
            for k in when
        }

    def paired(
        family: str, names: Iterable[tuple[str, str]], when: Sequence[int] = openings, *, whole: bool = False
    ) -> dict[tuple[str, str, int], int]:
        """A column for each pair of names and opening."""
        return {
            (*pair, k): columns.add(family, (*pair, network.openings[k].label), k, whole=whole)
            for pair in names
            for k in when
        }

    waits = _waits(network)
    reusable = [name for name, vehicle in scenario.vehicles.items() if vehicle.reuse]
    kept = [keeping.node for keeping in scenario.station_keeping]
    thrusters = [e for e, x in elements.items() if x.provides.thruster and x.node in kept]
    pushers = [(v, n) for v, n in waits if n in kept and scenario.vehicles[v].reboost]
    flights, loads = _flights(network, columns)
    return Problem(
        network=network,
        columns=columns,
        flights=flights,
        loads=loads,
        waiting=paired("waiting", waits),
        fleet=single("fleet", reusable),
        bought=single("bought", reusable, periods, whole=True),
        worn=single("worn", dict.fromkeys(v for v in network.worn if not flies_on(network, v)), whole=True),
        stock=paired("stock", _stock_pairs(network)),
        surplus=paired("surplus", _may_exceed(network)),
        built=_built(network, columns),
        active=single("active", elements, copies=True),
        present=paired("present", [(kind, node) for kind in scenario.crew for node in network.homes]),
        made=paired("made", [(e, r) for e, x in elements.items() for r in x.provides.produces]),
        recovered=paired("recovered", [(e, r) for e, x in elements.items() for r in x.provides.closure]),
        thrust=single("thrust", thrusters, periods),
        pushed=paired("pushed", pushers, periods),
        impulse=paired("impulse", pushers),
        boats=paired("boats", _ways_home(network), whole=_ways_compete(network)),
        short=_short(network, columns),
        done=single("done", _timed(scenario), periods, whole=True),
        finish=columns.add("finish", (), 0, float(network.periods[-1].end_d)),
    )


def _flights(network: Network, columns: Columns) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
    flights, loads = {}, {}
    for a, arc in enumerate(network.arcs):
        most = 1.0 if arc.single else math.inf
        flights[a] = columns.add("flights", arc_key(arc), arc.depart, most, whole=True)
        for i in arc.loads:
            whole = arc.itinerary.loads[i].whole
            loads[a, i] = columns.add("load", (*arc_key(arc), _load_key(arc, i)), arc.depart, whole=whole)
    return flights, loads


def _built(network: Network, columns: Columns) -> dict[tuple[str, int], int]:
    """A column for each element and period: at most as many as there are, and none of what is lost by then."""
    return {
        (name, p.index): columns.add(
            "built",
            (name, network.openings[p.index].label),
            p.index,
            float(element.quantity) if standing(network.world, element, p.end_d) else 0.0,
            whole=True,
        )
        for name, element in network.world.scenario.elements.items()
        for p in network.periods
    }


def _load_key(arc: Arc, index: int) -> str:
    load, stops = arc.itinerary.loads[index], arc.itinerary.course.stops
    kind = "tank:" if load.kind == "tank" else ""
    ends = [f"{stops[s]}#{s}" if stops.count(stops[s]) > 1 else stops[s] for s in (load.board, load.alight)]
    return f"{kind}{load.name}:{ends[0]}>{ends[1]}"


def _waits(network: Network) -> list[tuple[str, str]]:
    """(vehicle, node) pairs where some may wait."""
    initial = network.world.scenario.initial
    found = [
        (part.vehicle, itinerary.course.stops[part.ends])
        for itinerary in network.itineraries
        for part in itinerary.course.parts
        if part.end == "waits"
    ]
    found += [(there.vehicle, there.node) for there in initial.vehicles]
    found += [(vehicle, arrival.node) for arrival in initial.under_way for vehicle in arrival.vehicles]
    return list(dict.fromkeys(found))


def _timed(scenario: Scenario) -> list[str]:
    """Build demands whose day of completion is made least; none where the finish is no aim."""
    aimed = "finish" in scenario.objective.minimise
    return [name for name, demand in scenario.demands.items() if aimed and isinstance(demand, BuildDemand)]


def _ways_home(network: Network) -> list[tuple[str, str]]:
    """(itinerary, home node) pairs: missions that could bring people home with vehicles that wait."""
    return [
        (itinerary.name, node)
        for itinerary in network.itineraries
        for node in network.homes
        if itinerary.way_home and rides_home(itinerary, node)
    ]


def _ways_compete(network: Network) -> bool:
    """True where two ways home would use one type of vehicle: else as many as wait, and whole by itself."""
    ways = {name for name, _ in _ways_home(network)}
    used = [p.vehicle for i in network.itineraries if i.name in ways for p in i.course.parts]
    return len(used) > len(set(used)) or len(network.homes) > 1


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


def _may_exceed(network: Network) -> list[tuple[str, str]]:
    """(good, node) pairs that boil off, and must find room: more may be left of them than is counted on."""
    scenario = network.world.scenario
    stored = {(r, x.node) for x in scenario.elements.values() for r in x.provides.storage}
    return [pair for pair in _stock_pairs(network) if pair in stored and scenario.resources[pair[0]].boil_off]


def _short(network: Network, columns: Columns) -> dict[tuple[str, int], int]:
    """A shortfall column for each requirement of a ranked demand."""
    return {
        (name, n): columns.add(
            "short", (name, asked.label), asked.opening or 0, math.inf if asked.most is None else asked.most
        )
        for name, demand in network.world.scenario.demands.items()
        if demand.rank != "hard"
        for n, asked in enumerate(requirements(network, demand))
    }
