"""Elements at work: they stand and are commissioned, fail and are repaired, and serve out their life."""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.agenda import COMMISSION, EXPIRE, FAIL, REPAIR, book
from moonwright.trial.awaited import building, stands
from moonwright.trial.draw import exponential
from moonwright.trial.hinder import MOMENT_D
from moonwright.trial.note import ENDS, FAILS, REPAIRED, WORKS, chance, note
from moonwright.trial.state import EQUIPMENT, State
from moonwright.trial.stir import count_towards, wake
from moonwright.trial.tables import BUILD, NONE, Tables

NEVER_D: Final = 1e17
_LONGEST_REPAIR_D: Final = 365.0
_WORKDAY_H: Final = 6.5  # what one pair of hands gives a repair where nobody's hours of work are stated


@compiled
def stand(t: Tables, s: State, row: int, now_d: float) -> None:
    """A copy has come: it goes to work on its day, or when as much work has been done as it needs."""
    copy = t.copies[row]
    if copy.day_d > NEVER_D:
        return
    element, due_d = t.elements[copy.element], max(copy.day_d, now_d)
    if (element.crew_work_h > 0.0 or element.robot_work_h > 0.0) and now_d > copy.begun_d + MOMENT_D:
        due_d = max(copy.day_d, now_d + _work_d(t, s, row))
    book(s.agenda, s.size, due_d, COMMISSION, row)


@compiled
def _work_d(t: Tables, s: State, row: int) -> float:
    """How long a copy's work takes from now: at the hours that there are, but no longer than it was given in the plan."""
    copy = t.copies[row]
    element, longest_d, most_d = t.elements[copy.element], copy.day_d - copy.begun_d, 0.0
    crew_h, robots_h = hours(t, s, element.node)
    if element.crew_work_h > 0.0:
        most_d = element.crew_work_h / crew_h if crew_h > 0.0 else longest_d
    if element.robot_work_h > 0.0:
        most_d = max(most_d, element.robot_work_h / robots_h if robots_h > 0.0 else longest_d)
    return float(min(most_d, longest_d))


@compiled
def hours(t: Tables, s: State, node: int) -> tuple[float, float]:
    """Hours of work a day that crew and robots have at a place."""
    crew_h, robots_h = 0.0, 0.0
    for kind in range(len(t.kinds)):
        crew_h += s.present[node, kind] * t.kinds[kind].work_h
    for element in range(len(t.elements)):
        if t.elements[element].node == node:
            robots_h += s.serving[element] * t.elements[element].robot_hours
    return crew_h, robots_h


@compiled
def commission(t: Tables, s: State, row: int, now_d: float) -> None:
    """A copy goes to work, if what it builds upon stands and, where it is late, somebody is there to do its work."""
    copy, state = t.copies[row], s.copies[row]
    element = t.elements[copy.element]
    if state.works or state.commissioned_d < math.inf or now_d < copy.day_d - MOMENT_D:
        return
    if _must_wait(t, s, row, now_d):
        state.blocked = 1
        return
    note(s, now_d, WORKS, row, element.node, 0.0, NONE)
    if copy.paid:
        s.totals[0].cost_musd += element.price_musd
    begin_work(t, s, row, now_d)
    wake(t, s, now_d)


@compiled
def _must_wait(t: Tables, s: State, row: int, now_d: float) -> bool:
    """Whether what a copy builds upon does not stand, or a late one finds nobody to do its work; and who is to blame."""
    copy, state = t.copies[row], s.copies[row]
    element = t.elements[copy.element]
    for number in range(element.first_before, element.first_before + element.befores):
        if not stands(t, s, t.befores[number]):
            state.culprit = building(t, s, t.befores[number])
            return True
    if now_d > copy.day_d + MOMENT_D:
        crew_h, robots_h = hours(t, s, element.node)
        if (element.crew_work_h > 0.0 and crew_h <= 0.0) or (element.robot_work_h > 0.0 and robots_h <= 0.0):
            state.hands_d = now_d if state.hands_d < 0.0 else state.hands_d
            return True
    return False


@compiled
def begin_work(t: Tables, s: State, row: int, now_d: float) -> None:
    """From now on a copy serves, until the last border of periods within its life."""
    copy, state = t.copies[row], s.copies[row]
    element = t.elements[copy.element]
    state.works = True
    state.commissioned_d = now_d
    state.ends_d = min(now_d + element.life_d, element.lost_d)
    s.serving[copy.element] += 1.0
    s.totals[0].stale = 1
    blamed = state.brought_by
    if state.culprit != NONE and (blamed == NONE or s.late_d[state.culprit].sum() > s.late_d[blamed].sum()):
        blamed = state.culprit
    waited_d = now_d - state.hands_d if state.hands_d >= 0.0 else 0.0
    count_towards(t, s, BUILD, copy.element, now_d, 1.0, blamed, waited_d)
    if state.ends_d < t.borders_d[-1] + 1.0:
        last_d = 0.0
        for border in range(len(t.borders_d)):
            if t.borders_d[border] <= state.ends_d + MOMENT_D:
                last_d = t.borders_d[border]
        book(s.agenda, s.size, max(last_d, 0.0), EXPIRE, row)
    next_failure(t, s, row, max(0.0, now_d))


@compiled
def expire(t: Tables, s: State, row: int, now_d: float) -> None:
    """A copy has served its life."""
    state = s.copies[row]
    if state.works:
        state.works = False
        if not state.failed:
            s.serving[t.copies[row].element] -= 1.0
        s.totals[0].stale = 1
        note(s, now_d, ENDS, row, t.elements[t.copies[row].element].node, 0.0, NONE)


@compiled
def next_failure(t: Tables, s: State, row: int, now_d: float) -> None:
    """Book the next failure of a copy that works."""
    if not s.on[EQUIPMENT]:
        return
    mtbf_d = s.levels[t.elements[t.copies[row].element].mtbf_level]
    at_d = now_d + exponential(mtbf_d, chance(s, EQUIPMENT, t.copies[row].key, 2 * s.copies[row].failures))
    if at_d < t.horizon_d:
        book(s.agenda, s.size, at_d, FAIL, row)


@compiled
def fail(t: Tables, s: State, row: int, now_d: float) -> None:
    """A copy fails, and now and then all of its kind with it."""
    if not s.copies[row].works or s.copies[row].failed:
        return
    element = t.elements[t.copies[row].element]
    together = (
        chance(s, EQUIPMENT, t.copies[row].key, 2 * s.copies[row].failures + 1)
        < s.levels[element.common_level]
    )
    for other in range(element.first_copy, element.first_copy + element.copies):
        state = s.copies[other]
        if (other == row or together) and state.works and not state.failed:
            state.failed = True
            state.failed_d = now_d
            state.failures += 1
            s.serving[t.copies[other].element] -= 1.0
            note(s, now_d, FAILS, other, element.node, 0.0, EQUIPMENT)
            mend(t, s, other, now_d)
    s.totals[0].stale = 1
    s.totals[0].last_cause = EQUIPMENT


@compiled
def mend(t: Tables, s: State, row: int, now_d: float) -> None:
    """Begin a repair, if there are hands and spares for it; else it waits for them."""
    state = s.copies[row]
    if not state.failed:
        return
    element = t.elements[t.copies[row].element]
    crew_h, robots_h = hours(t, s, element.node)
    robots_h += element.robot_hours  # one that is broken mends itself
    hands_h = crew_h + robots_h if crew_h + robots_h > 0.0 else _WORKDAY_H * s.present[element.node].sum()
    spares_kg = s.levels[element.spare_level] * element.mass_kg
    short = element.spares_stock != NONE and s.stocks[element.spares_stock].level_kg < spares_kg
    if short or hands_h <= 0.0:
        state.blocked = 1
        return
    if element.spares_stock != NONE:
        s.stocks[element.spares_stock].level_kg -= spares_kg
    book(
        s.agenda,
        s.size,
        now_d + min(_LONGEST_REPAIR_D, s.levels[element.repair_level] / hands_h),
        REPAIR,
        row,
    )


@compiled
def repair(t: Tables, s: State, row: int, now_d: float) -> None:
    """A copy that had failed works again."""
    state = s.copies[row]
    if not (state.works and state.failed):
        return
    state.failed = False
    s.serving[t.copies[row].element] += 1.0
    s.totals[0].stale = 1
    note(s, now_d, REPAIRED, row, t.elements[t.copies[row].element].node, now_d - state.failed_d, EQUIPMENT)
    next_failure(t, s, row, now_d)
    wake(t, s, now_d)
