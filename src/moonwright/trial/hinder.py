"""What keeps a flight from leaving: not ready, nothing to fly with, nobody to relieve, no launcher, no window.

Each question answers with (when, cause, culprit): the moment from which it no longer stands in the way, the cause, or
the flight that is waited for. An infinite moment: until something changes.
"""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.day import MILLIONTH, slack_kg
from moonwright.trial.note import EXPIRED, note
from moonwright.trial.state import ALOFT, FLYING, GONE, GROUNDED, GROUNDING, PENDING, WAITING, WEATHER, State
from moonwright.trial.tables import NONE, RESERVE, Tables
from moonwright.units import DAYS_PER_YEAR

MOMENT_D: Final = 1e-6
FREE: Final = (-math.inf, NONE, NONE)

Answer = tuple[float, int, int]


@compiled
def hindrance(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """What keeps a flight that is due from leaving now."""
    answer = _units(t, s, flight, now_d)
    if answer[0] <= now_d:
        answer = _goods(t, s, flight)
    if answer[0] <= now_d and t.flights[flight].people_from != NONE:
        answer = _relief(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].people_to != NONE:
        answer = _welcome(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].launcher != NONE:
        answer = _launcher(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].window != NONE:
        answer = _window(t, flight, now_d)
    return answer


@compiled
def _units(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """Vehicles that are to be lifted are on the ground, and the others wait where they are taken up, able to go on."""
    plan = t.flights[flight]
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        unit = t.units[row]
        craft = s.crafts[s.plays[row]]
        if unit.lifted:
            if craft.status == WAITING or craft.status == ALOFT:
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
        return s.plays[row]
    if own.status == ALOFT and own.due_d <= enter_d + MOMENT_D and own.due_node == unit.taken_at:
        return s.plays[row]
    if unit.brought_by != NONE and s.flights[unit.brought_by].status in (PENDING, FLYING):
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
def _goods(t: Tables, s: State, flight: int) -> Answer:
    """What boards where it starts is there, propellant too."""
    plan = t.flights[flight]
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        unit = t.units[row]
        if unit.refuels and unit.fuel_stock != NONE:
            if s.stocks[unit.fuel_stock].level_kg < unit.tanked_kg - slack_kg(
                s.stocks[unit.fuel_stock].came_kg
            ):
                return (math.inf, NONE, bringing(t, s, unit.fuel_stock))
    for row in range(plan.first_cargo, plan.first_cargo + plan.cargo):
        cargo = t.cargo[row]
        if cargo.board == 0 and cargo.from_stock != NONE:
            if s.stocks[cargo.from_stock].level_kg < cargo.mass_kg - slack_kg(
                s.stocks[cargo.from_stock].came_kg
            ):
                return (math.inf, NONE, bringing(t, s, cargo.from_stock))
    origin = t.hops[plan.first_hop].origin
    for row in range(plan.first_item, plan.first_item + plan.items):
        item = t.items[row]
        if item.board == 0 and not item.goes_up and s.copies[item.copy_row].node != origin:
            return (math.inf, NONE, s.copies[item.copy_row].brought_by)
    return FREE


@compiled
def bringing(t: Tables, s: State, stock: int) -> int:
    """The flight that should have brought, or is next to bring, something to a stock; NONE where there is none."""
    found = NONE
    for row in range(len(t.cargo)):
        cargo = t.cargo[row]
        if cargo.to_stock == stock and s.flights[cargo.flight].status in (PENDING, FLYING):
            if found == NONE or t.flights[cargo.flight].departure_d < t.flights[found].departure_d:
                found = cargo.flight
    return found


@compiled
def _relief(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """A crew goes home once it has come and stayed, and when its relief is there; but no later than it or its ship may."""
    plan = t.flights[flight]
    coming, came_d, arrived = NONE, -math.inf, 0
    for row in range(len(t.stays)):
        stay = t.stays[row]
        if stay.down == flight:
            if s.flights[stay.up].status in (PENDING, FLYING):
                coming = stay.up
            elif s.flights[stay.up].reached_d < math.inf:
                arrived += 1
                came_d = max(came_d, s.flights[stay.up].reached_d + stay.length_d)
    if coming != NONE and (arrived == 0 or s.present[plan.people_from].sum() == 0) and _only(t, flight):
        return (math.inf, NONE, coming)
    deadline_d = plan.departure_d + plan.patience_d
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        if not t.units[row].lifted:
            craft = s.crafts[s.plays[row]]
            deadline_d = min(deadline_d, craft.since_d + t.vehicles[t.units[row].vehicle].stay_d)
    if now_d >= deadline_d - MOMENT_D:
        return FREE
    if plan.keep == 0:
        return (min(came_d, deadline_d), NONE, NONE) if came_d > now_d + MOMENT_D else FREE
    leaving = 0
    for row in range(plan.first_seat, plan.first_seat + plan.seats):
        if t.seats[row].from_node == plan.people_from:
            leaving += t.seats[row].count
    if s.present[plan.people_from].sum() - leaving >= plan.keep:
        return FREE
    relief = NONE
    for other in range(len(t.flights)):
        if t.flights[other].people_to == plan.people_from and s.flights[other].status in (PENDING, FLYING):
            if relief == NONE or t.flights[other].departure_d < t.flights[relief].departure_d:
                relief = other
    return FREE if relief == NONE else (deadline_d, NONE, relief)


@compiled
def _only(t: Tables, flight: int) -> bool:
    """Whether all whom a flight takes home came up by a flight of the plan."""
    seats, stays = 0, 0
    for row in range(t.flights[flight].first_seat, t.flights[flight].first_seat + t.flights[flight].seats):
        seats += t.seats[row].from_node != NONE
    for row in range(len(t.stays)):
        stays += t.stays[row].down == flight
    return stays >= seats


@compiled
def _welcome(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """Nobody is sent where the stocks would not carry them; and no more than they carry until the next cargo."""
    plan, node = t.flights[flight], t.flights[flight].people_to
    carries = plan.people
    for row in range(t.nodes[node].first_stock, t.nodes[node].first_stock + t.nodes[node].stocks):
        stock = t.stocks[row]
        if not stock.critical:
            continue
        day = min(t.planned_kg.shape[1] - 1, max(0, int(now_d)))
        if s.stocks[row].level_kg >= t.planned_kg[row, day] - slack_kg(s.stocks[row].came_kg):
            continue  # the plan itself has no more
        each_kg = _each_kg(t, flight, row)
        level_kg = s.stocks[row].level_kg + _under_way_kg(t, s, flight, row)
        use_kg = max(s.stocks[row].gross_kg, each_kg * plan.people)
        if use_kg <= 0.0:
            continue
        needed_d = _held_d(t, row) if t.nodes[node].holds_crew else t.nodes[node].down_to_d
        if level_kg < needed_d * use_kg:
            return (math.inf, NONE, bringing(t, s, row))
        if level_kg < stock.cut_d * use_kg and each_kg > 0.0:
            cargo = bringing(t, s, row)
            until_d = t.horizon_d - now_d
            if cargo != NONE:
                until_d = max(1.0, max(s.flights[cargo].goes_d, now_d) + t.flights[cargo].arrival_d
                              - t.flights[cargo].departure_d - now_d)  # fmt: skip
            carries = min(carries, int(level_kg / (each_kg * until_d)))
    if carries < max(1, plan.least_crew):
        return (math.inf, NONE, NONE)
    s.flights[flight].carries = carries
    return FREE


@compiled
def _held_d(t: Tables, stock: int) -> float:
    """The most that any reserve asks of a stock, days of gross use."""
    most = 0.0
    for row in range(len(t.milestones)):
        if t.milestones[row].kind == RESERVE and t.reserve_stocks[row, stock]:
            most = max(most, t.milestones[row].amount)
    return most * (1.0 - MILLIONTH)


@compiled
def _each_kg(t: Tables, flight: int, stock: int) -> float:
    """What one of those aboard uses in a day, in the mean."""
    people, used_kg = 0, 0.0
    for row in range(t.flights[flight].first_seat, t.flights[flight].first_seat + t.flights[flight].seats):
        people += t.seats[row].count
        used_kg += t.seats[row].count * t.people_kg[t.seats[row].kind, stock]
    return used_kg / max(1, people)


@compiled
def _under_way_kg(t: Tables, s: State, flight: int, stock: int) -> float:
    """What comes to a stock with a flight itself and with all that fly now."""
    coming_kg = 0.0
    for row in range(len(t.cargo)):
        cargo = t.cargo[row]
        if cargo.to_stock == stock and (cargo.flight == flight or s.flights[cargo.flight].status == FLYING):
            coming_kg += cargo.mass_kg
    return coming_kg


@compiled
def _launcher(t: Tables, s: State, flight: int, now_d: float) -> Answer:
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
def _window(t: Tables, flight: int, now_d: float) -> Answer:
    """All its routes are open when it comes to them."""
    plan = t.flights[flight]
    part_d = plan.departure_d - math.floor(plan.departure_d)
    day = max(0, int(math.floor(now_d - part_d + MOMENT_D)))
    if day >= t.open_at_d.shape[1]:
        return (math.inf, NONE, NONE)
    opens_d = t.open_at_d[plan.window, day]
    return FREE if opens_d == day else (opens_d + part_d, WEATHER, NONE)
