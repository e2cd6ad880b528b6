"""Flights that are lost or dropped, and what is then provided once more."""

from __future__ import annotations

import math

import numpy as np

from moonwright.compiled import compiled
from moonwright.trial.agenda import GO, book
from moonwright.trial.note import (
    AGAIN,
    DROPPED,
    lay,
    note,
)
from moonwright.trial.state import (
    ALOFT,
    FLYING,
    GONE,
    OVER,
    PENDING,
    WAITING,
    State,
)
from moonwright.trial.state import DROPPED as GIVEN_UP
from moonwright.trial.stir import wake
from moonwright.trial.tables import NONE, Tables


@compiled
def drop(t: Tables, s: State, flight: int, now_d: float) -> None:
    """A flight will not be flown, nor those home that would fly what it leaves."""
    s.flights[flight].status = GIVEN_UP
    note(s, now_d, DROPPED, flight, NONE, 0.0, NONE)
    for row in range(len(t.units)):
        if t.units[row].brought_by == flight:
            other = t.units[row].flight
            if s.flights[other].status == PENDING and t.flights[other].launcher == NONE:
                s.flights[other].status = GIVEN_UP
                note(s, now_d, DROPPED, other, NONE, 0.0, NONE)
    wake(t, s, now_d)


@compiled
def lose(t: Tables, s: State, flight: int, now_d: float, cause: int) -> None:
    """A flight is lost with all aboard that is not alive; what rules and stocks allow is flown again."""
    plan, totals = t.flights[flight], s.totals[0]
    totals.failures += 1
    if cause != NONE:
        totals.last_cause = cause
    again = plan.launcher != NONE and s.flights[flight].losses < plan.most
    for row in range(plan.first_item, plan.first_item + plan.items):
        copy_row = t.items[row].copy_row
        if copy_row != NONE and s.copies[copy_row].came_d == math.inf:
            s.copies[copy_row].node = NONE
            if again:
                totals.cost_musd += t.elements[t.copies[copy_row].element].price_musd
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        craft = s.crafts[s.plays[row]]
        if craft.status != ALOFT and not (craft.status == WAITING and craft.promised == flight):
            continue
        if craft.status == WAITING:
            craft.promised = NONE
            continue
        if t.units[row].lifted:
            totals.cost_musd += t.crafts[s.plays[row]].lost_musd
        craft.status = GONE
        craft.node = NONE
        if again and not t.units[row].lifted:
            fly_again(t, s, t.units[row].brought_by, now_d, cause)
    s.flights[flight].status = OVER
    fly_again(t, s, flight, now_d, cause)
    wake(t, s, now_d)


@compiled
def fly_again(t: Tables, s: State, flight: int, now_d: float, cause: int) -> None:
    """Provide once more what a flight brought, and whatever had brought the units that it took up; else give it up."""
    waiting = np.empty(8, dtype=np.int64)
    waiting[0], count = flight, 1
    while count > 0:
        count -= 1
        row = waiting[count]
        if row == NONE or s.flights[row].status in (PENDING, FLYING):
            continue
        plan, state = t.flights[row], s.flights[row]
        state.losses += 1
        if state.losses > plan.most or (plan.launcher == NONE and plan.people_from != NONE):
            state.status = GIVEN_UP
            note(s, now_d, DROPPED, row, NONE, 0.0, cause)
            continue
        state.status = PENDING
        state.weathered = False
        state.blocked_d = -1.0
        state.reached_d = math.inf
        lay(s, row, now_d + plan.lead_d - max(state.gone_d, plan.departure_d), NONE, cause)
        state.goes_d = now_d + plan.lead_d
        note(s, now_d, AGAIN, row, NONE, plan.lead_d, cause)
        book(s.agenda, s.size, state.goes_d, GO, row)
        for unit in range(plan.first_unit, plan.first_unit + plan.units):
            s.plays[unit] = t.units[unit].craft
            craft = s.crafts[s.plays[unit]]
            if not t.units[unit].lifted and craft.status != WAITING and count < 8:
                waiting[count] = t.units[unit].brought_by
                count += 1
