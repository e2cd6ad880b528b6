"""Constraints on elements: delivered once, built in order, at work until their life ends."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.network.element import ends_d, lasts
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_least, at_most, equal
from moonwright.scenario.node import LaunchSite


def element_active(problem: Problem) -> Iterator[Row]:
    """active[k+1] = active[k] + built[k] - those whose life does not last through k+1."""
    for (element, k), column in problem.active.items():
        if k == 0:
            there = at_work(problem, element, problem.network.openings[0].end_d)
            yield equal((element, "start"), [(column, 1.0)], there)
            continue
        before, built = problem.active[element, k - 1], problem.built[element, k - 1]
        ended = [(problem.built[element, b], 1.0) for b in _expired(problem, element, k)]
        lost = at_work(problem, element, problem.network.openings[k - 1].end_d) - at_work(
            problem, element, problem.network.openings[k].end_d
        )
        terms = [(column, 1.0), (before, -1.0), (built, -1.0), *ended]
        yield equal((element, problem.network.openings[k].label), terms, -lost)


def _expired(problem: Problem, element: str, k: int) -> list[int]:
    """Periods b whose copies serve through period k-1, or are new then, but do not last through period k."""
    world, one = problem.network.world, problem.scenario.elements[element]
    if lasts(one):
        return []
    before, now = problem.network.openings[k - 1].end_d, problem.network.openings[k].end_d
    return [p.index for p in problem.network.periods[:k] if before <= ends_d(world, one, p.end_d) < now]


def at_work(problem: Problem, element: str, until_d: float) -> float:
    """Copies commissioned before the start whose life lasts until a day; it is counted from the start if unknown."""
    world, one = problem.network.world, problem.scenario.elements[element]
    return sum(
        float(x.count)
        for x in problem.scenario.initial.elements
        if x.element == element
        and x.commissioned
        and ends_d(world, one, float(world.day_of(x.since) if x.since else 0)) >= until_d
    )


def commissioned(problem: Problem, element: str, k: int) -> tuple[Terms, float]:
    """(terms, constant): copies commissioned before opening k, whether or not their life has ended."""
    if lasts(problem.scenario.elements[element]):
        return [(problem.active[element, k], 1.0)], 0.0
    terms = [(problem.built[element, b], 1.0) for b in range(min(k, problem.last))]
    return terms, at_work(problem, element, -1e9)


def element_quantity(problem: Problem) -> Iterator[Row]:
    """copies launched <= quantity - copies there or under way at the start."""
    for name, element in problem.scenario.elements.items():
        launched = [
            (problem.loads[a, i], 1.0)
            for a, arc in enumerate(problem.network.arcs)
            for i in arc.loads
            if arc.itinerary.loads[i].name == name
            and arc.itinerary.loads[i].kind == "element"
            and isinstance(
                problem.scenario.nodes[arc.itinerary.course.stops[arc.itinerary.loads[i].board]], LaunchSite
            )
        ]
        known = sum(float(x.count) for x in problem.scenario.initial.elements if x.element == name)
        known += sum(float(x.elements.get(name, 0.0)) for x in problem.scenario.initial.under_way)
        if launched:
            yield at_most((name,), launched, float(element.quantity) - known)


def prerequisites(problem: Problem) -> Iterator[Row]:
    """quantity(e) * copies of each prerequisite commissioned by k >= copies of e commissioned by k."""
    for name, element in problem.scenario.elements.items():
        for first in element.after:
            for period in problem.network.periods:
                early, known = commissioned(problem, first, period.index + 1)
                late, _ = commissioned(problem, name, period.index + 1)
                terms = [*((c, float(element.quantity)) for c, _ in early), *((c, -1.0) for c, _ in late)]
                yield at_least((name, first, period.label), terms, -known * float(element.quantity))


def commissioning_work(problem: Problem) -> Iterator[Row]:
    """What needs work is built from what was there when the period opened."""
    for name, element in problem.scenario.elements.items():
        if element.crew_work > 0 or element.robot_work > 0:
            for period in problem.network.periods:
                there = problem.stock[name, element.node, period.index]
                built = problem.built[name, period.index]
                yield at_most((name, period.label), [(built, 1.0), (there, -1.0)], 0.0)


def robot_hours(problem: Problem) -> Iterator[Row]:
    """robot work on what is built in a period <= hours of the robots at work there."""
    elements = problem.scenario.elements
    for node in dict.fromkeys(e.node for e in elements.values() if e.robot_work > 0):
        for period in problem.network.periods:
            k, days = period.index, period.length_d
            asked = [
                (problem.built[e, k], float(x.robot_work))
                for e, x in elements.items()
                if x.node == node and x.robot_work
            ]
            given = [
                (problem.active[e, k], -float(x.provides.robot_hours) * days)
                for e, x in elements.items()
                if x.node == node and x.provides.robot_hours
            ]
            yield at_most((node, period.label), [*asked, *given], 0.0)
