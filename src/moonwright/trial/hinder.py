"""What keeps a flight from leaving: nothing to fly with, nothing to carry, no launcher, no window.

Each question answers with (when, cause, culprit): the moment from which it no longer stands in the way, the cause, or
the flight that is waited for. An infinite moment: until something changes.
"""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.awaited import bringing, to_come
from moonwright.trial.day import slack_kg
from moonwright.trial.note import EXPIRED, note
from moonwright.trial.state import ALOFT, GONE, GROUNDED, GROUNDING, WAITING, WEATHER, State
from moonwright.trial.tables import NONE, Tables
from moonwright.units import DAYS_PER_YEAR

MOMENT_D: Final = 1e-6
FREE: Final = (-math.inf, NONE, NONE)

Answer = tuple[float, int, int]


@compiled
def units(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """Vehicles that are to be lifted are on the ground, and the others wait where they are taken up, able to go on."""
    plan = t.flights[flight]
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        unit = t.units[row]
        craft = s.crafts[s.plays[row]]
        if unit.lifted:
            if craft.status in (WAITING, ALOFT):
                return (math.inf, NONE, NONE)
            turnaround_d = t.vehicles[unit.vehicle].turnaround_d
            if craft.status == GROUNDED and craft.since_d + turnaround_d > now_d + MOMENT_D:
                return (craft.since_d + turnaround_d, NONE, NONE)
            continue
        enter_d = now_d + t.hops[unit.first_hop].enter_after_d
        found = _craft(t, s, row, enter_d)
        if found == NONE:
            return (math.inf, NONE, unit.brought_by)
        s.plays[row] = found
        craft = s.crafts[found]
        if craft.status == WAITING and enter_d > craft.since_d + t.vehicles[unit.vehicle].stay_d + MOMENT_D:
            craft.status = GONE
            note(s, now_d, EXPIRED, found, craft.node, 0.0, NONE)
            s.totals[0].expired = row
            return (math.inf, NONE, unit.brought_by)
    return FREE


@compiled
def _craft(t: Tables, s: State, row: int, enter_d: float) -> int:
    """The craft that plays a unit's part: its own, or if that will never come another of its type that waits there."""
    unit = t.units[row]
    own = s.crafts[s.plays[row]]
    if own.status == WAITING and own.node == unit.taken_at and own.since_d <= enter_d + MOMENT_D:
        return int(s.plays[row])
    if own.status == ALOFT and own.due_d <= enter_d + MOMENT_D and own.due_node == unit.taken_at:
        return int(s.plays[row])
    if unit.brought_by != NONE and to_come(s, unit.brought_by):
        return NONE
    for other in range(len(t.crafts)):
        craft = s.crafts[other]
        if (
            craft.status == WAITING
            and craft.node == unit.taken_at
            and t.crafts[other].vehicle == unit.vehicle
        ):
            return other
    return NONE


@compiled
def _lacks(s: State, stock: int, mass_kg: float) -> bool:
    """Whether a stock has less than is to be taken from it."""
    if stock == NONE:
        return False
    return bool(s.stocks[stock].level_kg < mass_kg - slack_kg(s.stocks[stock].came_kg))


@compiled
def goods(t: Tables, s: State, flight: int) -> Answer:
    """What boards where it starts is there, propellant too."""
    plan = t.flights[flight]
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        unit = t.units[row]
        if unit.refuels and _lacks(s, unit.fuel_stock, unit.tanked_kg):
            return (math.inf, NONE, bringing(t, s, unit.fuel_stock))
    for row in range(plan.first_cargo, plan.first_cargo + plan.cargo):
        cargo = t.cargo[row]
        if cargo.board == 0 and _lacks(s, cargo.from_stock, cargo.mass_kg):
            return (math.inf, NONE, bringing(t, s, cargo.from_stock))
    origin = t.hops[plan.first_hop].origin
    for row in range(plan.first_item, plan.first_item + plan.items):
        item = t.items[row]
        if item.board == 0 and not item.goes_up and s.copies[item.copy_row].node != origin:
            return (math.inf, NONE, s.copies[item.copy_row].brought_by)
    return FREE


@compiled
def launcher_free(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """Its family flies, its pad is free, the year has a launch left, and it is in service."""
    launcher, state = t.launchers[t.flights[flight].launcher], s.launchers[t.flights[flight].launcher]
    grounded_d = s.grounded_until_d[launcher.family]
    if grounded_d > now_d + MOMENT_D:
        return (grounded_d, GROUNDING, NONE)
    if state.last_d + launcher.turnaround_d > now_d + MOMENT_D:
        return (state.last_d + launcher.turnaround_d, NONE, state.last_flight)
    if launcher.cadence < 1.0:
        rested_d = (
            state.last_d + (DAYS_PER_YEAR / launcher.cadence if launcher.cadence > 0.0 else math.inf) - 1.0
        )
        if rested_d > now_d + MOMENT_D:
            return (rested_d, NONE, state.last_flight)
    elif year_of(t, now_d) == state.year and state.in_year >= math.floor(launcher.cadence):
        return (t.year_edges_d[state.year + 1] + 2 * MOMENT_D, NONE, state.last_flight)
    for row in range(launcher.first_outage, launcher.first_outage + launcher.outages):
        out = t.outages[row]
        if out.from_d + MOMENT_D < now_d < out.until_d - MOMENT_D:
            return (out.until_d, NONE, NONE)
    return FREE


@compiled
def year_of(t: Tables, moment_d: float) -> int:
    """Which year of the horizon a moment lies in; one on a border belongs to the year that it ends."""
    year = 0
    while year + 1 < len(t.year_edges_d) and t.year_edges_d[year + 1] < moment_d - MOMENT_D:
        year += 1
    return year


@compiled
def window(t: Tables, flight: int, now_d: float) -> Answer:
    """All its routes are open when it comes to them."""
    plan = t.flights[flight]
    part_d = plan.departure_d - math.floor(plan.departure_d)
    day = max(0, math.floor(now_d - part_d + MOMENT_D))
    if day >= t.open_at_d.shape[1]:
        return (math.inf, NONE, NONE)
    opens_d = t.open_at_d[plan.window, day]
    return FREE if opens_d == day else (opens_d + part_d, WEATHER, NONE)
