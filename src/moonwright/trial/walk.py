"""One trial from the first day to the last: a single agenda of moments, and the books between them."""

from __future__ import annotations

import math

import numpy as np

from moonwright.compiled import compiled
from moonwright.trial.agenda import (
    COME,
    COMMISSION,
    ENTER,
    EXPIRE,
    FAIL,
    GO,
    MEND,
    REACH,
    REPAIR,
    STAND,
    book,
    take,
)
from moonwright.trial.day import CALM, opening_day, run_days
from moonwright.trial.draw import draw, exponential, lognormal, normal
from moonwright.trial.fly import enter, reach
from moonwright.trial.go import go
from moonwright.trial.hinder import MOMENT_D
from moonwright.trial.note import chance
from moonwright.trial.react import react
from moonwright.trial.state import (
    CONSUMPTION,
    ELEMENT_READY,
    GROUNDED,
    PENDING,
    READINESS,
    SUN,
    WAITING,
    State,
)
from moonwright.trial.stir import count_towards, wake
from moonwright.trial.tables import DELIVER, NONE, Tables
from moonwright.trial.work import NEVER_D, begin_work, commission, expire, fail, mend, repair, stand


@compiled
def walk(t: Tables, s: State, seed: int, trial: int) -> None:
    """Carry out one trial; `s` then holds how it ended."""
    s.luck[0] = seed
    s.luck[1] = trial
    _begin(t, s)
    while True:
        until = t.horizon_d if s.size[0] == 0 else min(t.horizon_d, opening_day(s.agenda[0].day_d))
        if s.totals[0].day < until and run_days(t, s, until):
            react(t, s, float(s.totals[0].day))
            continue
        if s.size[0] == 0 or s.agenda[0].day_d > t.horizon_d + MOMENT_D:
            return
        now_d, kind, subject = take(s.agenda, s.size)
        _happen(t, s, now_d, kind, subject)


@compiled
def _happen(t: Tables, s: State, now_d: float, kind: int, subject: int) -> None:
    if kind == GO:
        go(t, s, subject, now_d)
    elif kind == REACH:
        reach(t, s, subject, now_d)
    elif kind == ENTER:
        enter(t, s, subject, now_d)
    elif kind == COMMISSION:
        commission(t, s, subject, now_d)
    elif kind == STAND:
        stand(t, s, subject, now_d)
    elif kind == FAIL:
        fail(t, s, subject, now_d)
    elif kind == MEND:
        mend(t, s, subject, now_d)
    elif kind == REPAIR:
        repair(t, s, subject, now_d)
    elif kind == EXPIRE:
        expire(t, s, subject, now_d)
    elif kind == COME:
        _come(t, s, subject, now_d)


@compiled
def _come(t: Tables, s: State, row: int, now_d: float) -> None:
    """What was under way at the start comes."""
    coming = t.coming[row]
    if coming.stock != NONE:
        s.stocks[coming.stock].level_kg += coming.mass_kg
        s.stocks[coming.stock].came_kg += coming.mass_kg
        count_towards(t, s, DELIVER, coming.stock, now_d, coming.mass_kg, NONE, 0.0)
    if coming.kind != NONE:
        s.present[coming.node, coming.kind] += coming.count
        s.totals[0].stale = 1
    wake(t, s, now_d)


@compiled
def _begin(t: Tables, s: State) -> None:
    """Put everything where it is on the first day, and on the agenda what is to come."""
    _clear(t, s)
    s.totals[0].future = int(draw(s.luck[0] ^ s.turns[SUN], s.luck[1], SUN, np.uint64(1), 0) * t.sun.shape[0])
    for row in range(len(t.stocks)):
        plan, state = t.stocks[row], s.stocks[row]
        state.level_kg = plan.opening_kg
        state.came_kg = max(0.0, plan.opening_kg)
        state.warned = CALM
        state.least_cover_d = math.inf
        state.lasting = 0.0
        if s.on[CONSUMPTION]:
            state.lasting = s.levels[plan.lasting_level] * normal(chance(s, CONSUMPTION, plan.key, 0))
    for row in range(len(t.crafts)):
        craft, state = t.crafts[row], s.crafts[row]
        state.status = WAITING if craft.at_start else GROUNDED
        state.node = craft.node if craft.at_start else NONE
        state.since_d = craft.since_d if craft.at_start else -math.inf
        state.held_kg = craft.held_kg
        state.promised = NONE
    for row in range(len(t.units)):
        s.plays[row] = t.units[row].craft
    for row in range(len(t.coming)):
        book(s.agenda, s.size, t.coming[row].day_d, COME, row)
    _ready_types(t, s)
    for row in range(len(t.copies)):
        _place_copy(t, s, row)
    for row in range(len(t.flights)):
        _schedule(t, s, row)


@compiled
def _clear(t: Tables, s: State) -> None:
    s.size[:] = 0
    s.recorded[:] = 0
    s.late_d[:] = 0.0
    s.damage_d[:] = 0.0
    s.present[:] = 0
    s.people[:] = 0
    s.aboard[:] = 0
    s.cargo_kg[:] = 0.0
    s.person_d[:] = 0.0
    s.first_lost_d[:] = math.inf
    s.short_d[:] = 0.0
    s.left_for[:] = NONE
    s.serving[:] = 0.0
    s.grounded_until_d[:] = -math.inf
    s.delivered[:] = 0.0
    totals = s.totals[0]
    totals.day = 0
    totals.last_cause = NONE
    totals.month = -1
    totals.alarm = CALM
    totals.expired = NONE
    totals.stale = 1
    totals.launches = 0
    totals.failures = 0
    totals.future = 0
    totals.cost_musd = 0.0
    totals.imleo_kg = 0.0
    totals.up_kg = 0.0
    totals.down_kg = 0.0
    totals.surface_person_d = 0.0
    totals.exploration_kg = 0.0
    for row in range(len(t.launchers)):
        s.launchers[row].year = -1
        s.launchers[row].in_year = 0
        s.launchers[row].flown = 0
        s.launchers[row].last_flight = NONE
        s.launchers[row].last_d = -math.inf
    for row in range(len(t.milestones)):
        s.milestones[row].filled = 0
        s.milestones[row].last_flight = NONE
        s.milestones[row].met_d = math.inf
        s.milestones[row].full_d = math.inf
        s.milestones[row].worst_d = math.inf
        s.milestones[row].short_d = 0.0
        s.milestones[row].hands_d = 0.0


@compiled
def _ready_types(t: Tables, s: State) -> None:
    """When each type flies first: as said, and later the longer it still takes to make it."""
    for row in range(len(t.types)):
        kind = t.types[row]
        s.ready_d[row] = kind.first_d
        if s.on[READINESS] and kind.first_d > 0.0:
            median_d = kind.first_d * s.levels[kind.growth_level]
            s.ready_d[row] += lognormal(
                median_d, s.levels[kind.spread_level], chance(s, READINESS, kind.key, 0)
            )


@compiled
def _place_copy(t: Tables, s: State, row: int) -> None:
    """A copy that stands at the start works or waits; another is made ready on the ground."""
    copy, state = t.copies[row], s.copies[row]
    element = t.elements[copy.element]
    state.node = element.node if copy.at_start else NONE
    state.failures = 0
    state.brought_by = NONE
    state.blocked = 0
    state.culprit = NONE
    state.hands_d = -1.0
    state.came_d = copy.came_d if copy.at_start else math.inf
    state.commissioned_d = math.inf
    state.ends_d = math.inf
    state.works = False
    state.failed = False
    s.copy_ready_d[row] = -math.inf
    if copy.works_at_start:
        begin_work(t, s, row, copy.day_d)
    elif copy.at_start:
        book(s.agenda, s.size, max(0.0, copy.came_d), STAND, row)


@compiled
def _schedule(t: Tables, s: State, flight: int) -> None:
    """When a flight is due: as planned, or later for its launcher, its vehicles, what it carries, or its own lateness."""
    plan, state = t.flights[flight], s.flights[flight]
    state.status = PENDING
    state.losses = 0
    state.culprit = NONE
    state.approaches = 0
    state.carries = plan.people
    state.goes_d = plan.departure_d
    state.gone_d = plan.departure_d
    state.lag_d = 0.0
    state.blocked_d = -1.0
    state.reached_d = math.inf
    state.weathered = False
    if plan.launcher != NONE:
        if s.on[READINESS]:
            _put_off(s, flight, s.ready_d[t.launchers[plan.launcher].type], READINESS)
            for row in range(plan.first_unit, plan.first_unit + plan.units):
                if t.units[row].lifted:
                    _put_off(s, flight, s.ready_d[len(t.launchers) + t.units[row].vehicle], READINESS)
        if s.on[ELEMENT_READY]:
            for row in range(plan.first_item, plan.first_item + plan.items):
                if t.items[row].goes_up and t.items[row].copy_row != NONE:
                    _put_off(
                        s,
                        flight,
                        _element_ready_d(t, s, t.items[row].copy_row, plan.departure_d),
                        ELEMENT_READY,
                    )
        if s.on[READINESS] and plan.late_level != NONE:
            late_d = exponential(s.levels[plan.late_level], chance(s, READINESS, plan.key, 0))
            _put_off(s, flight, state.goes_d + late_d, READINESS)
    book(s.agenda, s.size, state.goes_d, GO, flight)


@compiled
def _put_off(s: State, flight: int, until_d: float, cause: int) -> None:
    state = s.flights[flight]
    if until_d > state.goes_d:
        s.late_d[flight, cause] += until_d - state.goes_d
        state.goes_d = until_d


@compiled
def _element_ready_d(t: Tables, s: State, row: int, departure_d: float) -> float:
    """When an element's first copy is ready to fly: later than said the longer it still takes to make it."""
    copy = t.copies[row]
    element = t.elements[copy.element]
    if not copy.first:
        return -math.inf
    said_d = element.ready_d if element.ready_d > -NEVER_D else departure_d - s.levels[element.ahead_level]
    if said_d <= 0.0:
        return float(said_d)
    drawn = chance(s, ELEMENT_READY, element.key, 0)
    return float(
        said_d + lognormal(said_d * s.levels[element.growth_level], s.levels[element.spread_level], drawn)
    )
