"""Constraints on crews: rotations, berths, working hours."""

from __future__ import annotations

import math
from collections.abc import Iterator

from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_least, at_most, equal, scaled
from moonwright.scenario.initial import CrewAboard


def crew_balance(problem: Problem) -> Iterator[Row]:
    """present[k+1] = present[k] + arrivals[k] - departures[k]; who departs was there when k opened."""
    moves = problem.exchanges
    for (kind, node, k), present in problem.present.items():
        label = problem.network.openings[k].label
        if k == 0:
            yield equal((kind, node, label), [(present, 1.0)], _aboard(problem, kind, node, math.inf))
            continue
        before = problem.present[kind, node, k - 1]
        came, went = moves.crew_in[kind, node, k - 1], moves.crew_out[kind, node, k - 1]
        terms = [(present, 1.0), (before, -1.0), *scaled(came, -1.0), *went]
        yield equal(
            (kind, node, label),
            terms,
            sum(float(x.crew.get(kind, 0.0)) for x in problem.under_way(node, k - 1)),
        )
        if went and (came or problem.under_way(node, k - 1)):
            yield at_most((kind, node, label, "there"), [*went, (before, -1.0)], 0.0)


def longest_rotation(problem: Problem) -> Iterator[Row]:
    """departures from k to the last period that a stay may end in >= present[k]: first come, first gone.

    People of one kind are alike, so that whoever came first leaves first loses nothing; nobody's stay can start anew.
    """
    periods = problem.network.periods
    for (kind, node, k), present in problem.present.items():
        longest = problem.scenario.crew[kind].rotation.longest
        early = problem.exchanges.early_crew_in[kind, node, k - 1]
        came_d = periods[k - 1].end_d - max((days for _, days in early), default=0.0) if k else 0
        known: list[tuple[float, Terms, float]] = [
            (day, [], count) for day, count in problem.come_by(_groups(problem, kind, node))
        ]
        for arrived_d, terms, count in known if k == 0 else [(came_d, [(present, 1.0)], 0.0)]:
            window = [p.index for p in periods[k:] if p.end_d <= arrived_d + longest]
            if len(window) < len(periods[k:]):
                gone = [term for i in window for term in problem.exchanges.crew_out[kind, node, i]]
                yield at_least((kind, node, f"{arrived_d:g}d"), [*gone, *scaled(terms, -1.0)], count)


def shortest_rotation(problem: Problem) -> Iterator[Row]:
    """departures[k] <= present[k] - arrivals too recent to leave at the end of k."""
    moves, periods = problem.exchanges, problem.network.periods
    for (kind, node, k), present in problem.present.items():
        went = moves.crew_out[kind, node, k]
        shortest = problem.scenario.crew[kind].rotation.shortest
        if went and shortest > 0 and k < problem.last:
            early = moves.early_crew_out[kind, node, k]
            latest_d = periods[k].end_d - max((days for _, days in early), default=0.0) - shortest
            recent = [
                t for p in periods[:k] if p.end_d > latest_d for t in moves.crew_in[kind, node, p.index]
            ]
            fresh = _aboard(problem, kind, node, math.inf) - _aboard(problem, kind, node, latest_d)
            yield at_most((kind, node, periods[k].label), [*went, *recent, (present, -1.0)], -fresh)


def _groups(problem: Problem, kind: str, node: str) -> list[CrewAboard]:
    return [x for x in problem.scenario.initial.crew if (x.kind, x.node) == (kind, node)]


def _aboard(problem: Problem, kind: str, node: str, latest_d: float) -> float:
    """People there at the start who came on `latest_d` or before."""
    world = problem.network.world
    groups = _groups(problem, kind, node)
    return float(sum(x.count for x in groups if world.day_of(x.arrived) <= latest_d))


def there_by_end(problem: Problem, kind: str, node: str, k: int) -> Terms:
    """People who are there all through a period, or come before it ends."""
    early = problem.exchanges.early_crew_in[kind, node, k]
    return [(problem.present[kind, node, k], 1.0), *((column, 1.0) for column, _ in early)]


def there_to_end(problem: Problem, kind: str, node: str, k: int) -> Terms:
    """People who are there when a period opens and do not leave before it ends."""
    early = problem.exchanges.early_crew_out[kind, node, k]
    return [(problem.present[kind, node, k], 1.0), *((column, -1.0) for column, _ in early)]


def berths(problem: Problem) -> Iterator[Row]:
    """people present, and those who come before the period ends <= berths of commissioned elements."""
    elements = problem.scenario.elements
    for node in problem.network.homes:
        for opening in problem.network.openings:
            k = opening.index
            people = [term for kind in problem.scenario.crew for term in there_by_end(problem, kind, node, k)]
            given = [
                (problem.active[e, k], -float(x.provides.berths))
                for e, x in elements.items()
                if x.node == node and x.provides.berths
            ]
            yield at_most((node, opening.label), [*people, *given], 0.0)


def crew_hours(problem: Problem) -> Iterator[Row]:
    """work on what is built in a period + activities <= working hours of those present."""
    scenario, world = problem.scenario, problem.network.world
    busy = [a.node for a in scenario.activities.values() if a.crew_time + a.spacewalks > 0]
    for node in dict.fromkeys([*busy, *(e.node for e in scenario.elements.values() if e.crew_work > 0)]):
        for period in problem.network.periods:
            k = period.index
            work = [
                (problem.built[e, k], float(x.crew_work))
                for e, x in scenario.elements.items()
                if x.node == node and x.crew_work
            ]
            hours = [
                term
                for kind, x in scenario.crew.items()
                if (kind, node, k) in problem.present
                for term in scaled(there_to_end(problem, kind, node, k), -float(x.work) * period.length_d)
            ]
            always = sum(
                float(activity.crew_time + activity.spacewalks) * activity.holds(world.date_of(day))
                for activity in scenario.activities.values()
                if activity.node == node
                for day in range(period.start_d, period.end_d)
            )
            yield at_most((node, period.label), [*work, *hours], -always)
