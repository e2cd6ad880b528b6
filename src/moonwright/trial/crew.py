"""What keeps people from going out, or home: no bed, no stock, no relief; and ships from going ahead of them."""

from __future__ import annotations

import math

from moonwright.compiled import compiled
from moonwright.trial.awaited import bringing, bringing_beds, bringing_people, to_come
from moonwright.trial.day import MILLIONTH, slack_kg
from moonwright.trial.hinder import FREE, MOMENT_D, Answer
from moonwright.trial.state import FLYING, PENDING, State
from moonwright.trial.tables import NONE, RESERVE, Tables


@compiled
def relief(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """A crew goes home once it has come and stayed, and when its relief is there; but no later than it or its ship may."""
    plan = t.flights[flight]
    came_d = -math.inf
    for row in range(len(t.stays)):
        if t.stays[row].down == flight and s.flights[t.stays[row].up].reached_d < math.inf:
            came_d = max(came_d, s.flights[t.stays[row].up].reached_d + t.stays[row].length_d)
    coming = _not_yet_there(t, s, flight)
    if coming != NONE:
        return (math.inf, NONE, coming)
    deadline_d = max(plan.departure_d, came_d) + plan.patience_d
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
    reliever = bringing_people(t, s, plan.people_from)
    return FREE if reliever == NONE else (deadline_d, NONE, reliever)


@compiled
def _not_yet_there(t: Tables, s: State, flight: int) -> int:
    """A flight that is to bring those whom this one takes home, where none of them is there yet; NONE: some are."""
    seats, stays, coming, came = 0, 0, NONE, 0
    for row in range(t.flights[flight].first_seat, t.flights[flight].first_seat + t.flights[flight].seats):
        seats += t.seats[row].from_node != NONE
    for row in range(len(t.stays)):
        if t.stays[row].down == flight:
            stays += 1
            if to_come(s, t.stays[row].up):
                coming = t.stays[row].up
            else:
                came += 1
    nobody = s.present[t.flights[flight].people_from].sum() == 0
    return coming if stays >= seats and (came == 0 or nobody) else NONE


@compiled
def welcome(t: Tables, s: State, flight: int) -> Answer:
    """Nobody is sent where there is no bed, or where stocks would not carry them; and no more than they carry."""
    plan, node = t.flights[flight], t.flights[flight].people_to
    beds = 0.0
    for element in range(len(t.elements)):
        if t.elements[element].node == node:
            beds += t.elements[element].berths * s.serving[element]
    if beds < min(plan.people, int(t.planned_people[node, min(t.horizon_d - 1, int(plan.arrival_d))])):
        return (math.inf, NONE, bringing_beds(t, s, node))
    carries = plan.people
    for row in range(t.nodes[node].first_stock, t.nodes[node].first_stock + t.nodes[node].stocks):
        if t.stocks[row].critical:
            carries = min(carries, _carried(t, s, flight, row))
            if carries < max(1, plan.least_crew):
                return (math.inf, NONE, bringing(t, s, row))
    s.flights[flight].carries = carries
    return FREE


@compiled
def _carried(t: Tables, s: State, flight: int, row: int) -> int:
    """How many of those aboard a stock can carry: all, as many as last until the next cargo, or nobody."""
    plan, stock, state, today = t.flights[flight], t.stocks[row], s.stocks[row], s.totals[0].day
    planned_kg = min(t.planned_kg[row, today], t.planned_kg[row, max(0, today - 1)])
    each_kg = _each_kg(t, flight, row)
    use_kg = max(state.gross_kg, each_kg * plan.people)
    if use_kg <= 0.0 or state.level_kg >= planned_kg - slack_kg(state.came_kg):
        return int(plan.people)  # the plan itself has no more
    level_kg = state.level_kg + _under_way_kg(t, s, flight, row)
    place = t.nodes[stock.node]
    if level_kg < (_held_d(t, row) if place.holds_crew else place.down_to_d) * use_kg:
        return 0
    if level_kg >= stock.cut_d * use_kg or each_kg <= 0.0:
        return int(plan.people)
    cargo, until_d = bringing(t, s, row), float(t.horizon_d - today)
    if cargo != NONE:
        way_d = t.flights[cargo].arrival_d - t.flights[cargo].departure_d
        until_d = max(1.0, max(0.0, s.flights[cargo].goes_d - today) + way_d)
    return int(min(float(plan.people), level_kg / (each_kg * until_d)))


@compiled
def taker_goes(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """A ship that goes ahead leaves as long before the flight that will take it up as planned, if that can go at all."""
    taker = t.flights[flight].taker
    if s.flights[taker].status != PENDING:
        return FREE
    ahead_d = t.flights[taker].departure_d - t.flights[flight].departure_d
    if s.flights[taker].goes_d - ahead_d > now_d + MOMENT_D:
        return (s.flights[taker].goes_d - ahead_d, NONE, taker)
    return welcome(t, s, taker) if t.flights[taker].people_to != NONE else FREE


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
