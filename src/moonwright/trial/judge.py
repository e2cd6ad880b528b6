"""How a trial ended: what was met when, what it cost, and on which causes its harm is laid."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np

from moonwright.compiled import compiled
from moonwright.trial.note import damage
from moonwright.trial.state import COUNT, EQUIPMENT, FLYING, PENDING, State
from moonwright.trial.tables import BUILD, CREW, DELIVER, FLY, NONE, RESERVE, Floats, Integers, Tables
from moonwright.units import DAYS_PER_YEAR


class Rows(NamedTuple):
    """One row a trial of everything that is told of it; as in `Summaries`."""

    milestone_d: Floats
    margin_d: Floats
    crew_present_d: Floats
    lost_presence_d: Floats
    least_cover_d: Floats
    cost_musd: Floats
    imleo_kg: Floats
    up_kg: Floats
    down_kg: Floats
    crew_surface_d: Floats
    exploration_kg: Floats
    launches: Integers
    failures: Integers
    damage_d: Floats


_INTEGERS: Final = ("launches", "failures")


def blank_rows(count: int, tables: Tables) -> Rows:
    """Room for so many trials."""
    wide = {
        "milestone_d": len(tables.milestones), "margin_d": len(tables.milestones), "crew_present_d": len(tables.nodes),
        "lost_presence_d": len(tables.nodes), "least_cover_d": len(tables.stocks), "damage_d": COUNT,
    }  # fmt: skip
    made: dict[str, Any] = {}
    for name in Rows._fields:
        shape = (count, wide[name]) if name in wide else (count,)
        made[name] = np.zeros(shape, dtype=np.int64 if name in _INTEGERS else np.float64)
    return Rows(**made)


@compiled
def judge(t: Tables, s: State, out: Rows, row: int, paid_musd: float) -> None:
    """Write how a trial ended into a row."""
    totals = s.totals[0]
    for milestone in range(len(t.milestones)):
        met_d, margin_d = _met(t, s, milestone)
        out.milestone_d[row, milestone] = met_d
        out.margin_d[row, milestone] = margin_d
    for node in range(len(t.nodes)):
        out.crew_present_d[row, node] = s.person_d[node]
        out.lost_presence_d[row, node] = s.first_lost_d[node]
    for stock in range(len(t.stocks)):
        out.least_cover_d[row, stock] = s.stocks[stock].least_cover_d
    out.cost_musd[row] = paid_musd + totals.cost_musd + _operations_musd(t, s)
    out.imleo_kg[row] = totals.imleo_kg
    out.up_kg[row] = totals.up_kg
    out.down_kg[row] = totals.down_kg
    out.crew_surface_d[row] = totals.surface_person_d
    out.exploration_kg[row] = totals.exploration_kg
    out.launches[row] = totals.launches
    out.failures[row] = totals.failures
    _lay_damage(t, s)
    for cause in range(COUNT):
        out.damage_d[row, cause] = s.damage_d[cause]


@compiled
def _met(t: Tables, s: State, row: int) -> tuple[float, float]:
    """When a milestone was met, and the days between that and when it was due; infinite, and minus that, if never."""
    asked, state = t.milestones[row], s.milestones[row]
    if asked.kind == CREW:
        return state.full_d, asked.due_d - state.full_d
    if asked.kind == RESERVE:
        return (asked.due_d if state.short_d == 0.0 else math.inf), -state.short_d
    if asked.kind != BUILD and asked.spans == 0:
        return asked.due_d, 0.0
    met = state.met_d < math.inf
    return state.met_d, (state.worst_d if met else -math.inf)


@compiled
def _operations_musd(t: Tables, s: State) -> float:
    """Operations of elements from when they went to work to the end of their life, by days."""
    total_musd = 0.0
    for row in range(len(t.copies)):
        state, element = s.copies[row], t.elements[t.copies[row].element]
        if state.commissioned_d < math.inf:
            served_d = min(state.ends_d, float(t.horizon_d)) - max(0.0, state.commissioned_d)
            total_musd += element.operations_musd * max(0.0, served_d) / DAYS_PER_YEAR
    return total_musd


@compiled
def late_beyond_plan_d(t: Tables, s: State, row: int) -> float:
    """Days by which a milestone was later than due, and later than the plan itself had it; at most to the horizon."""
    asked = t.milestones[row]
    margin_d = _met(t, s, row)[1]
    if asked.kind == RESERVE:
        return 0.0
    left_d = max(0.0, t.horizon_d - asked.due_d)
    late_d = min(-margin_d, left_d) if margin_d > -math.inf else max(left_d, 1.0)
    return float(max(0.0, late_d - asked.planned_late_d))


@compiled
def _lay_damage(t: Tables, s: State) -> None:
    """Lay days of delay of milestones, and days on which people were missing, on the causes of what was late."""
    for row in range(len(t.milestones)):
        asked, state = t.milestones[row], s.milestones[row]
        if asked.kind >= CREW:
            continue
        days = late_beyond_plan_d(t, s, row)
        for_hands_d = min(days, state.hands_d)
        if for_hands_d > 0.0:
            damage(s, for_hands_d, NONE, EQUIPMENT)
            days -= for_hands_d
        if days > 0.0:
            damage(s, days, state.last_flight if state.met_d < math.inf else _owing(t, s, row), NONE)
    for node in range(len(t.nodes)):
        if s.short_d[node] > t.planned_short_d[node]:
            damage(s, s.short_d[node] - t.planned_short_d[node], _missed(t, s, node), NONE)


@compiled
def _owing(t: Tables, s: State, row: int) -> int:
    """The flight on which a milestone that was never met waited: the latest of those that would have served it."""
    asked, found = t.milestones[row], NONE
    for flight in range(len(t.flights)):
        if _serves(t, flight, asked.kind, asked.what) and (
            found == NONE or s.late_d[flight].sum() > s.late_d[found].sum()
        ):
            found = flight
    return found


@compiled
def _serves(t: Tables, flight: int, kind: int, what: int) -> bool:
    plan = t.flights[flight]
    if kind == FLY:
        return bool(plan.mission == what)
    if kind == DELIVER:
        for row in range(plan.first_cargo, plan.first_cargo + plan.cargo):
            if t.cargo[row].to_stock == what:
                return True
    if kind == BUILD:
        for row in range(plan.first_item, plan.first_item + plan.items):
            if t.items[row].copy_row != NONE and t.copies[t.items[row].copy_row].element == what:
                return True
    return False


@compiled
def _missed(t: Tables, s: State, node: int) -> int:
    """The flight for want of which people were missing: what they went home for, or the latest that was to bring people."""
    if s.left_for[node] != NONE and s.late_d[s.left_for[node]].sum() > 0.0:
        return int(s.left_for[node])
    found = NONE
    for flight in range(len(t.flights)):
        if t.flights[flight].people_to == node and (
            found == NONE or s.late_d[flight].sum() > s.late_d[found].sum()
        ):
            found = flight
    if found != NONE and s.late_d[found].sum() <= 0.0 and s.flights[found].status not in (PENDING, FLYING):
        return NONE
    return found
