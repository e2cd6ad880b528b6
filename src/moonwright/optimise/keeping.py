"""Constraints on station keeping: the impulse that drag asks for, period by period."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, at_least, at_most, equal, scaled


def orbit_kept(problem: Problem) -> Iterator[Row]:
    """impulse of thrusters and of waiting vehicles >= mass * delta-v of the period."""
    elements = problem.scenario.elements
    for keeping in problem.scenario.station_keeping:
        for period in problem.network.periods:
            given = [
                (problem.thrust[e, i], 1.0)
                for e, i in problem.thrust
                if i == period.index and elements[e].node == keeping.node
            ]
            given += [
                (column, 1.0)
                for (_, node, i), column in problem.pushed.items()
                if i == period.index and node == keeping.node
            ]
            yield at_least(
                (keeping.node, period.label), given, _need_n_s(problem, keeping.node, period.index)
            )


def thruster_at_work(problem: Problem) -> Iterator[Row]:
    """impulse of a thruster <= need of the period * thrusters at work."""
    for (element, k), column in problem.thrust.items():
        need = _need_n_s(problem, problem.scenario.elements[element].node, k)
        label = problem.network.periods[k].label
        yield at_most((element, label), [(column, 1.0), (problem.active[element, k], -need)], 0.0)


def visitors_push(problem: Problem) -> Iterator[Row]:
    """impulse left in those that wait: left[k+1] <= left[k] - pushed[k] + what arrivals bring; left <= full * waiting."""
    moves, scenario = problem.exchanges, problem.scenario
    for (vehicle, node, k), left in problem.impulse.items():
        full = float(scenario.vehicles[vehicle].reboost or 0.0)
        label = problem.network.openings[k].label
        yield at_most(
            (vehicle, node, label, "full"), [(left, 1.0), (problem.waiting[vehicle, node, k], -full)], 0.0
        )
        if k < problem.last:
            pushed, after = problem.pushed[vehicle, node, k], problem.impulse[vehicle, node, k + 1]
            brought = scaled(moves.vehicles_in[vehicle, node, k], -full)
            yield at_most(
                (vehicle, node, label, "left"), [(after, 1.0), (pushed, 1.0), (left, -1.0), *brought], 0.0
            )
            yield at_most((vehicle, node, label, "there"), [(pushed, 1.0), (left, -1.0)], 0.0)
        if k == 0:
            there = [x for x in scenario.initial.vehicles if (x.vehicle, x.node) == (vehicle, node)]
            yield equal(
                (vehicle, node, label, "start"), [(left, 1.0)], full * sum(float(x.count) for x in there)
            )


def _need_n_s(problem: Problem, node: str, k: int) -> float:
    """sum of mass * daily delta-v over a period, N s."""
    period, world = problem.network.periods[k], problem.network.world
    keeping = next(x for x in problem.scenario.station_keeping if x.node == node)
    days = range(period.start_d, period.end_d)
    daily_m_s = world.keeping_dv_m_s[node][period.start_d : period.end_d]
    mass_kg = np.array([keeping.mass_on(world.date_of(day)) for day in days])
    return float(sum(heavy * daily_m_s[mass_kg == heavy].sum() for heavy in np.unique(mass_kg)))
