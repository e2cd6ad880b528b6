"""Constraints on power: in full light, through the longest night, and on the mean of a month's light."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.network.network import Period
from moonwright.optimise.crew import there_by_end
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_most, scaled

_HOURS_PER_DAY = 24.0


def power_by_day(problem: Problem) -> Iterator[Row]:
    """load of elements, crew, plants and activities <= what elements supply in light, kW."""
    for node in _powered(problem):
        for opening in problem.network.openings:
            supply = _supply(problem, node, opening, night=False)
            load, always = _load(problem, node, opening, night=False)
            yield at_most((node, opening.label), [*load, *scaled(supply, -1.0)], -always)


def power_by_night(problem: Problem) -> Iterator[Row]:
    """darkness (load - what elements supply in the dark) <= energy stored, kWh, where the node has nights."""
    for node in _powered(problem):
        light = problem.network.world.lights.get(node)
        if light is None or not light.longest_d:
            continue
        for opening in problem.network.openings:
            hours = light.darkest_d(opening.start_d, opening.end_d) * _HOURS_PER_DAY
            if not hours:
                continue
            supply = _supply(problem, node, opening, night=True)
            load, always = _load(problem, node, opening, night=True)
            store = [
                (problem.active[e, opening.index], -float(x.provides.energy_storage))
                for e, x in problem.scenario.elements.items()
                if x.node == node and x.provides.energy_storage
            ]
            terms = [*scaled(load, hours), *scaled(supply, -hours), *store]
            yield at_most((node, opening.label), terms, -always * hours)


def power_by_light(problem: Problem) -> Iterator[Row]:
    """sun * (load - supply) in light + (1 - sun) * (load - supply) in the dark <= 0, kW, where light is computed.

    `sun` is the least of the period's months' means of the disc that is seen. With the rows in full light, what holds for
    that month holds for those with more light.
    """
    for node in _powered(problem):
        light = problem.network.world.lights.get(node)
        if light is None:
            continue
        for opening in problem.network.openings:
            sun = light.dimmest(opening.start_d, opening.end_d)
            if sun is None or sun == 1.0:  # in full light nothing is left to say
                continue
            terms: Terms = []
            for share, night in ((sun, False), (1.0 - sun, True)):
                load, always = _load(problem, node, opening, night=night)
                terms += scaled(load, share)
                terms += scaled(_supply(problem, node, opening, night=night), -share)
            yield at_most((node, opening.label), terms, -always)  # activities use the same in light and dark


def _powered(problem: Problem) -> list[str]:
    """Nodes where anything uses power."""
    nodes = [
        x.node
        for x in problem.scenario.elements.values()
        if x.uses.power or x.uses.power_night or x.provides.produces
    ]
    nodes += [a.node for a in problem.scenario.activities.values() if a.power]
    if any(kind.power for kind in problem.scenario.crew.values()):
        nodes += problem.network.homes
    return list(dict.fromkeys(nodes))


def _supply(problem: Problem, node: str, opening: Period, *, night: bool) -> Terms:
    return [
        (problem.active[e, opening.index], kw)
        for e, x in problem.scenario.elements.items()
        if x.node == node and (kw := float(x.provides.power_night if night else x.provides.power_day))
    ]


def _load(problem: Problem, node: str, opening: Period, *, night: bool) -> tuple[Terms, float]:
    """(terms, constant) in kW: elements at work, people, plants by what they make, activities."""
    scenario, k = problem.scenario, opening.index
    terms: Terms = []
    for name, element in scenario.elements.items():
        if element.node != node:
            continue
        by_night = element.uses.power if element.uses.power_night is None else element.uses.power_night
        if kw := float(by_night if night else element.uses.power):
            terms.append((problem.active[name, k], kw))
        for product, plant in element.provides.produces.items():
            if plant.energy:
                terms.append(
                    (
                        problem.made[name, product, k],
                        float(plant.energy) / (_HOURS_PER_DAY * opening.length_d),
                    )
                )
    terms += [
        term
        for kind, x in scenario.crew.items()
        if x.power and (kind, node, k) in problem.present
        for term in scaled(there_by_end(problem, kind, node, k), float(x.power))
    ]
    world = problem.network.world
    always = max(
        sum(
            float(a.power)
            for a in scenario.activities.values()
            if a.node == node and a.holds(world.date_of(day))
        )
        for day in (opening.start_d, opening.end_d - 1)
    )
    return terms, always
