"""Constraints on stocks: what comes, goes, is used, made, recovered, lost and kept in reserve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from moonwright.network.demand import requirements
from moonwright.network.network import Arc, Period
from moonwright.network.period import period_of
from moonwright.optimise.crew import there_by_end, there_to_end
from moonwright.optimise.element import at_work
from moonwright.optimise.problem import Problem, kept_to_end
from moonwright.optimise.row import Row, Terms, at_least, at_most, equal, scaled
from moonwright.orbit.rocket import reboost_propellant_kg
from moonwright.scenario.demand import ReserveDemand
from moonwright.scenario.initial import Arrival
from moonwright.units import DAYS_PER_YEAR


def stock_balance(problem: Problem) -> Iterator[Row]:
    """stock[k+1] = kept stock[k] + brought[k] - taken[k] + spread (made - used)[k], for each good and node.

    kept = (1 - b)^L, spread = (1 - (1 - b)^L) / (b L), b = boil-off a day, L = days in the period.
    """
    moves = problem.exchanges
    for (good, node, k), column in problem.stock.items():
        label = problem.network.openings[k].label
        if k == 0:
            yield equal((good, node, label), [(column, 1.0)], _at_start(problem, good, node))
            continue
        period = problem.network.openings[k - 1]
        kept, spread = _decay(problem, good, period)
        terms = [(column, 1.0), (problem.stock[good, node, k - 1], -kept)]
        terms += scaled(moves.goods_in[good, node, k - 1], -1.0)
        terms += moves.goods_out[good, node, k - 1]
        used, always = _used(problem, good, node, period)
        terms += [*scaled(used, spread), *scaled(_made(problem, good, node, k - 1), -spread)]
        if (good, k - 1) in problem.built and problem.scenario.elements[good].node == node:
            terms.append((problem.built[good, k - 1], 1.0))
        coming = sum(_coming(problem, good, arrival, period) for arrival in problem.under_way(node, k - 1))
        yield equal((good, node, label), terms, coming - spread * always)


def _coming(problem: Problem, good: str, arrival: Arrival, period: Period) -> float:
    """What is left at a period's end of what a flight under way at the start brings in it."""
    days = period.end_d - problem.network.world.day_of(arrival.on)
    brought_kg = float(arrival.resources.get(good, 0.0)) * (1.0 - _boil_off(problem, good)) ** days
    return brought_kg + float(arrival.elements.get(good, 0.0))


def stock_surplus(problem: Problem) -> Iterator[Row]:
    """surplus[k+1] = kept surplus[k] + brought[k] (less boil-off later) + taken[k] (less boil-off earlier).

    What may be there beyond the stock, where it must find room: stocks count launches as early as they may be set apart,
    and what leaves before a period ends as if it had waited for the end.
    """
    more = _boiled_less(problem)
    for (good, node, k), column in problem.surplus.items():
        label = problem.network.openings[k].label
        if k == 0:
            yield equal((good, node, label), [(column, 1.0)], 0.0)
            continue
        kept, _ = _decay(problem, good, problem.network.openings[k - 1])
        before = problem.surplus[good, node, k - 1]
        terms = [(column, 1.0), (before, -kept), *scaled(more[good, node, k - 1], -1.0)]
        yield equal((good, node, label), terms, 0.0)


def _boiled_less(problem: Problem) -> dict[tuple[str, str, int], Terms]:
    """By how much what flights bring and take may boil off less than is counted on, by good, node and period."""
    found: dict[tuple[str, str, int], Terms] = defaultdict(list)
    stored = {(good, node) for good, node, _ in problem.surplus}
    for a, arc in enumerate(problem.network.arcs):
        course, earliest_d = arc.itinerary.course, problem.slots.earliest[a]
        taken: list[tuple[str, int, Terms]] = []
        for i in arc.loads:
            load, column = arc.itinerary.loads[i], problem.loads[a, i]
            node, reached_d = course.stops[load.alight], course.reached_d(load.alight)
            if load.kind in ("resource", "tank") and (load.name, node) in stored:
                own = kept_to_end(problem, load.name, arc.departure_d + reached_d)
                earliest = kept_to_end(problem, load.name, earliest_d + reached_d)
                found[load.name, node, arc.reached[load.alight]].append((column, own - earliest))
            if load.kind == "resource":
                taken.append((load.name, load.board, [(column, 1.0)]))
            taken += [(resource, load.board, [(column, kg)]) for resource, kg in load.draws]
        for take in arc.itinerary.refuels:
            weights = [(problem.loads[a, i], take.weights[i]) for i in arc.loads if take.weights[i]]
            taken.append((take.resource, take.stop, [(problem.flights[a], take.fixed_kg), *weights]))
        for good, stop, terms in taken:
            if (good, course.stops[stop]) in stored:
                lost = 1.0 - kept_to_end(problem, good, earliest_d + course.left_d(stop))
                found[good, course.stops[stop], arc.left[stop]] += scaled(terms, lost)
    return found


def stock_covers(problem: Problem) -> Iterator[Row]:
    """kept stock[k] - taken[k] + spread (made - used)[k] >= reserve: what opens a period lasts, reserve untouched.

    What is made counts only up to the first moment at which a flight takes some. The closing state must do
    the same for one more period.
    """
    moves = problem.exchanges
    asked = _reserves(problem)
    for (good, node, k), column in problem.stock.items():
        if good not in problem.scenario.resources:
            continue
        period = problem.network.openings[k]
        kept, spread = _decay(problem, good, period)
        used, always = _used(problem, good, node, period)
        taken = moves.goods_out[good, node, k]
        early = _early_share(problem, good, node, period) if taken else 1.0
        terms = [(column, kept), *scaled(taken, -1.0), *scaled(used, -spread)]
        terms += scaled(_made(problem, good, node, k), spread * early)
        if all(reserve.ranked for reserve in asked[good, node, k]):  # a hard one asks for more than that
            yield at_least((good, node, period.label), terms, spread * always)
        for name, reserve, _ in asked[good, node, k]:
            yield at_least((good, node, period.label, name), [*terms, *reserve], spread * always)
        if asked[good, node, k] and (made := _made(problem, good, node, k)):
            yield from _first_day(problem, (good, node, k), used, made, asked[good, node, k], always)


class _Reserve(NamedTuple):
    """A reserve demand and what it asks: -(cover * gross use of those present - shortfall)."""

    demand: str
    terms: Terms
    ranked: bool


def _first_day(
    problem: Problem,
    key: tuple[str, str, int],
    used: Terms,
    made: Terms,
    asked: list[_Reserve],
    always: float,
) -> Iterator[Row]:
    """A stock that may rise over a period must keep the reserve on the period's first day already."""
    good, node, k = key
    period = problem.network.openings[k]
    kept = 1.0 - float(problem.scenario.resources[good].boil_off)
    a_day = [*scaled(made, 1.0 / period.length_d), *scaled(used, -1.0 / period.length_d)]
    for name, reserve, _ in asked:
        terms = [(problem.stock[key], kept), *a_day, *reserve]
        yield at_least((good, node, period.label, name, "first day"), terms, always / period.length_d)


def _reserves(problem: Problem) -> dict[tuple[str, str, int], list[_Reserve]]:
    """What each reserve demand asks, by good, node and opening. Each must hold, but a ranked one may fall short."""
    found: dict[tuple[str, str, int], list[_Reserve]] = defaultdict(list)
    for name, demand in problem.scenario.demands.items():
        if not isinstance(demand, ReserveDemand):
            continue
        for n, asked in enumerate(requirements(problem.network, demand)):
            assert asked.opening is not None
            terms = [
                term
                for kind, x in problem.scenario.crew.items()
                if (kind, demand.node, asked.opening) in problem.present and asked.resource in x.uses
                for term in scaled(
                    there_by_end(problem, kind, demand.node, asked.opening),
                    -asked.amount * float(x.uses[asked.resource]),
                )
            ]
            if (name, n) in problem.short:
                terms.append((problem.short[name, n], 1.0))
            found[asked.resource, demand.node, asked.opening].append(
                _Reserve(name, terms, demand.rank != "hard")
            )
    return found


def storage(problem: Problem) -> Iterator[Row]:
    """stock[k] <= storage of commissioned elements, for resources that anybody there stores.

    Where some may come before a period ends, what was there on that day counts too: what is used and taken later on top.
    Where some is made, so does what is there at the end before any is taken.
    """
    elements, first = problem.scenario.elements, problem.network.openings[0]
    early = _early_arrivals(problem)
    for (good, node, k), column in problem.stock.items():
        stores = [
            (e, float(x.provides.storage[good]))
            for e, x in elements.items()
            if x.node == node and good in x.provides.storage
        ]
        if stores and k == 0 and any(at_work(problem, e, first.end_d) for e, _ in stores):
            given = [(problem.active[e, k], -kg) for e, kg in stores]
            yield at_most((good, node, "start"), [(column, 1.0), *given], 0.0)
        if not stores or k == 0:
            continue
        over = problem.surplus.get((good, node, k))
        there = [(column, 1.0), *([] if over is None else [(over, 1.0)])]
        given = [(problem.active[e, k], -kg) for e, kg in stores]
        yield at_most((good, node, problem.network.openings[k].label), [*there, *given], 0.0)
        period = problem.network.openings[k - 1]
        if (came_d := early.get((good, node, k - 1), period.end_d)) < period.end_d - 1e-9:
            used, always = _used(problem, good, node, period)
            later = (period.end_d - came_d) / period.length_d
            then = [*there, *problem.exchanges.goods_out[good, node, k - 1], *scaled(used, later)]
            then += scaled(_made(problem, good, node, k - 1), -later)
            kept = (1.0 - _boil_off(problem, good)) ** (period.end_d - came_d)
            given = [(problem.active[e, k - 1], -kg * kept) for e, kg in stores]
            yield at_most((good, node, period.label, f"{came_d:g}d"), [*then, *given], -later * always)
        taken = problem.exchanges.goods_out[good, node, k - 1]
        if taken and _made(problem, good, node, k - 1):
            given = [(problem.active[e, k - 1], -kg) for e, kg in stores]
            yield at_most((good, node, period.label, "before any is taken"), [*there, *taken, *given], 0.0)


def _early_arrivals(problem: Problem) -> dict[tuple[str, str, int], float]:
    """(good, node, period) -> the earliest day in the period on which a flight may bring some."""
    found: dict[tuple[str, str, int], float] = {}
    for a, arc in enumerate(problem.network.arcs):
        for i in arc.loads:
            load, course = arc.itinerary.loads[i], arc.itinerary.course
            key = load.name, course.stops[load.alight], arc.reached[load.alight]
            day_d = problem.slots.earliest[a] + course.reached_d(load.alight)
            found[key] = min(found.get(key, day_d), day_d)
    for arrival in problem.scenario.initial.under_way:
        day_d = float(problem.network.world.day_of(arrival.on))
        for good in arrival.resources:
            key = good, arrival.node, period_of(problem.network.periods, day_d)
            found[key] = min(found.get(key, day_d), day_d)
    return found


def _boil_off(problem: Problem, good: str) -> float:
    resource = problem.scenario.resources.get(good)
    return float(resource.boil_off) if resource else 0.0


def recovery(problem: Problem) -> Iterator[Row]:
    """sum of recovered / share <= r crew + sum over kinds that use more than r of (use - r) present, for each use r a day.

    Together these say: at most the use of as many of those present as the life support at work is built for, taking
    those who use most. They hold for each element, and for all of a node.
    """
    scenario = problem.scenario
    groups: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for (element, resource, k), column in problem.recovered.items():
        if scenario.elements[element].provides.closure[resource].share > 0:
            groups[resource, scenario.elements[element].node, k].append(element)
        else:
            yield at_most((element, resource, k), [(column, 1.0)], 0.0)
    for (resource, node, k), elements in groups.items():
        days = problem.network.openings[k].length_d
        uses = {
            kind: float(x.uses[resource])
            for kind, x in scenario.crew.items()
            if resource in x.uses and (kind, node, k) in problem.present
        }
        for together in [*([e] for e in elements), *([elements] if len(elements) > 1 else [])]:
            closures = [(e, scenario.elements[e].provides.closure[resource]) for e in together]
            served = [(problem.recovered[e, resource, k], 1.0 / float(x.share)) for e, x in closures]
            for rate in sorted({0.0, *uses.values()}):
                built_for = [(problem.active[e, k], -rate * float(x.crew) * days) for e, x in closures]
                more = [
                    term
                    for kind, use in uses.items()
                    if use > rate
                    for term in scaled(there_to_end(problem, kind, node, k), -(use - rate) * days)
                ]
                key = (*together, resource, k, f"{rate:g}")
                yield at_most(key, [*served, *built_for, *more], 0.0)


def production(problem: Problem) -> Iterator[Row]:
    """made <= rate * days * plants at work."""
    for (element, resource, k), column in problem.made.items():
        rate = problem.scenario.elements[element].provides.produces[resource].rate
        limit = float(rate) * problem.network.openings[k].length_d
        yield at_most((element, resource, k), [(column, 1.0), (problem.active[element, k], -limit)], 0.0)


def _decay(problem: Problem, good: str, period: Period) -> tuple[float, float]:
    """(kept, spread): what is left of a kg that opens the period, and of one that comes or goes evenly over it."""
    lost = _boil_off(problem, good)
    if lost == 0.0:
        return 1.0, 1.0
    kept = (1.0 - lost) ** period.length_d
    return kept, (1.0 - kept) / (lost * period.length_d)


def _used(problem: Problem, good: str, node: str, period: Period) -> tuple[Terms, float]:
    """(terms, constant): gross use over a period by crew, elements, plants, thrusters and activities, kg."""
    scenario, k, days = problem.scenario, period.index, period.length_d
    terms: Terms = [
        (problem.present[kind, node, k], float(x.uses[good]) * days)
        for kind, x in scenario.crew.items()
        if good in x.uses and (kind, node, k) in problem.present
    ]
    for name, element in scenario.elements.items():
        if element.node != node:
            continue
        a_day = float(element.uses.resources.get(good, 0.0))
        a_day += float(element.uses.spares.get(good, 0.0)) * element.mass / DAYS_PER_YEAR
        if a_day:
            terms.append((problem.active[name, k], a_day * days))
        for product, plant in element.provides.produces.items():
            if good in plant.inputs:
                terms.append((problem.made[name, product, k], float(plant.inputs[good])))
        thruster = element.provides.thruster
        if thruster and thruster.resource == good and (name, k) in problem.thrust:
            terms.append((problem.thrust[name, k], reboost_propellant_kg(1.0, thruster.isp)))
    return terms, _activities(problem, good, node, period)


def _activities(problem: Problem, good: str, node: str, period: Period) -> float:
    world = problem.network.world
    total = 0.0
    for activity in problem.scenario.activities.values():
        if activity.node == node:
            days = sum(activity.holds(world.date_of(day)) for day in range(period.start_d, period.end_d))
            a_day = float(activity.uses.get(good, 0.0))
            a_day += float(activity.spacewalk_uses.get(good, 0.0)) * float(activity.spacewalks)
            total += days * a_day
    return total


def _made(problem: Problem, good: str, node: str, k: int) -> Terms:
    elements = problem.scenario.elements
    made = [
        (column, 1.0)
        for (e, r, i), column in problem.made.items()
        if r == good and i == k and elements[e].node == node
    ]
    return made + [
        (column, 1.0)
        for (e, r, i), column in problem.recovered.items()
        if r == good and i == k and elements[e].node == node
    ]


def _early_share(problem: Problem, good: str, node: str, period: Period) -> float:
    """Share of a period that has passed when the first flight may take some of a good from a node."""
    first = float(period.end_d)
    for arc in problem.network.arcs:
        for stop in _takes(arc, good, node):
            if arc.left[stop] == period.index:
                first = min(first, arc.departure_d + arc.itinerary.course.left_d(stop))
    return max(0.0, (first // 1 - period.start_d) / period.length_d)


def _takes(arc: Arc, good: str, node: str) -> Iterator[int]:
    """The stops at which a flight may take some of a good from a node: as a load, for people's use, as propellant."""
    stops = arc.itinerary.course.stops
    for load in (arc.itinerary.loads[i] for i in arc.loads):
        drawn = good in (name for name, _ in load.draws)
        if stops[load.board] == node and (drawn or (load.kind == "resource" and load.name == good)):
            yield load.board
    for take in arc.itinerary.refuels:
        if stops[take.stop] == node and take.resource == good:
            yield take.stop


def _at_start(problem: Problem, good: str, node: str) -> float:
    initial = problem.scenario.initial
    stored = float(initial.stocks.get(node, {}).get(good, 0.0))
    waiting = sum(
        float(x.count)
        for x in initial.elements
        if x.element == good and not x.commissioned and problem.scenario.elements[good].node == node
    )
    return stored + waiting
