"""Station keeping: the impulse that drag asks for, given in time by thrusters and visiting vehicles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from moonwright.orbit.rocket import reboost_propellant_kg
from moonwright.plan import Reboost
from moonwright.simulate.element import Elements
from moonwright.simulate.production import span
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.stock import Flows
from moonwright.simulate.tolerance import IMPULSE_N_S, TIME_D, over
from moonwright.simulate.vehicle import Wait


def book_reboosts(setting: Setting, gathered: Flows) -> float:
    """Take the propellant of thrusters from their node's stock, evenly over the days of each stretch.

    Returns what they burn up to the horizon's end, kg.
    """
    total_kg = 0.0
    for reboost in setting.plan.reboosts:
        element = setting.scenario.elements.get(reboost.provider)
        first, after = span(setting, reboost.from_d, reboost.until_d)
        if element is None or element.provides.thruster is None or after <= first:
            continue
        thruster = element.provides.thruster
        burned_kg = reboost_propellant_kg(reboost.impulse_n_s, thruster.isp)
        gathered.at(element.node, thruster.resource).used[first:after] += burned_kg / (after - first)
        within = max(0, min(after, setting.horizon_d) - first)
        total_kg += burned_kg * within / (after - first)
    return total_kg


@rule
def keeping(setting: Setting) -> Iterator[Broken]:
    """When a stretch of reboosts or the horizon ends, all impulse given covers all impulse needed so far."""
    for station in setting.scenario.station_keeping:
        daily = setting.world.keeping_dv_m_s.get(station.node)
        if daily is None:
            continue
        mass_kg = [station.mass_on(setting.world.date_of(day)) for day in range(len(daily))]
        need = np.concatenate(([0.0], np.cumsum(daily * mass_kg)))
        given = [r for r in setting.plan.reboosts if r.node == station.node]
        for day in sorted(
            {*(min(span(setting, r.from_d, r.until_d)[1], len(daily)) for r in given), len(daily)}
        ):
            so_far = sum(_given_by(reboost, day) for reboost in given)
            if over(float(need[day]), so_far, IMPULSE_N_S):
                told = f"needs {need[day]:,.0f} N s by day {day}, and is given {so_far:,.0f} N s"
                yield Broken(day, f"nodes.{station.node}", told)


def _given_by(reboost: Reboost, day: float) -> float:
    """Impulse of an even reboost up to a day."""
    length_d = reboost.until_d - reboost.from_d
    share = (day - reboost.from_d) / length_d if length_d > 0 else float(day >= reboost.until_d)
    return reboost.impulse_n_s * min(1.0, max(0.0, share))


@rule
def thrusters(setting: Setting, found: Elements) -> Iterator[Broken]:
    """An element that reboosts has a thruster, stands at that node, and serves all through the stretch."""
    for reboost in setting.plan.reboosts:
        element, where = setting.scenario.elements.get(reboost.provider), f"elements.{reboost.provider}"
        if element is None:
            continue
        if element.provides.thruster is None or element.node != reboost.node:
            yield Broken(reboost.from_d, where, f"has no thruster at {reboost.node}")
        first, after = span(setting, reboost.from_d, reboost.until_d)
        if after <= first or (found.serving[reboost.provider][first:after] < 1).any():
            told = f"does not serve all the time from day {reboost.from_d:g} to day {reboost.until_d:g}"
            yield Broken(reboost.from_d, where, told)


@rule
def visiting_reboost(setting: Setting, waits: Sequence[Wait]) -> Iterator[Broken]:
    """A vehicle reboosts while it waits there, and gives no more in one visit than its type can."""
    given: dict[Wait, float] = defaultdict(float)
    for reboost in setting.plan.reboosts:
        if reboost.provider in setting.scenario.elements:
            continue
        visit = _visit(waits, reboost)
        if visit is None:
            told = f"{reboost.provider} is not there from day {reboost.from_d:g} to day {reboost.until_d:g}"
            yield Broken(reboost.from_d, f"nodes.{reboost.node}", told)
        else:
            given[visit] += reboost.impulse_n_s
    for visit, impulse in given.items():
        limit = setting.scenario.vehicles[visit.vehicle].reboost or 0.0
        if over(impulse, limit, IMPULSE_N_S):
            told = f"{visit.serial} gives {impulse:,.0f} N s in a visit; its type can give {limit:,.0f} N s"
            yield Broken(visit.from_d, f"nodes.{visit.node}", told)


def _visit(waits: Sequence[Wait], reboost: Reboost) -> Wait | None:
    """The visit of the named vehicle during which a reboost takes place."""
    for wait in waits:
        there = wait.from_d <= reboost.from_d + TIME_D and reboost.until_d <= wait.until_d + TIME_D
        if (wait.serial, wait.node) == (reboost.provider, reboost.node) and there:
            return wait
    return None
