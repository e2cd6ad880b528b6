"""Flights under way: leg by leg they take up goods, people and ships, burn, land or dock, and leave what they bring."""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.orbit.rocket import G0_M_S2
from moonwright.trial.agenda import ENTER, REACH, STAND, book
from moonwright.trial.day import GRAM_KG, MILLIONTH, slack_kg
from moonwright.trial.lose import lose
from moonwright.trial.note import (
    ARRIVES,
    BROKEN_OFF,
    BURNS,
    COME_IN,
    DELIVERED,
    LEAVE,
    LOST_DOCKING,
    LOST_LANDING,
    STOPPED,
    TAKEN,
    chance,
    lay,
    note,
)
from moonwright.trial.state import (
    ALOFT,
    DOCKING,
    FLYING,
    GONE,
    GROUNDED,
    LANDING,
    OVER,
    WAITING,
    State,
)
from moonwright.trial.stir import count_towards, wake
from moonwright.trial.tables import DELIVER, NONE, Tables

_APPROACHES: Final = 30  # broken off in a row; after so many one holds


@compiled
def enter(t: Tables, s: State, hop: int, now_d: float) -> None:
    """A leg begins: goods and people board, waiting units join, and its flyer burns."""
    leg = t.hops[hop]
    flight = leg.flight
    _board(t, s, hop, now_d)
    for number in range(leg.first_part, leg.first_part + leg.parts):
        row = t.parts[number]
        if not t.units[row].lifted and t.units[row].first_hop == hop:
            _take_up(t, s, row, now_d)
    if leg.flyer != NONE and leg.burns > 0:
        craft, needed_kg = s.crafts[s.plays[leg.flyer]], _burn_kg(t, s, hop)
        if needed_kg > craft.held_kg + max(GRAM_KG, MILLIONTH * needed_kg):
            note(s, now_d, STOPPED, flight, leg.origin, needed_kg - craft.held_kg, NONE)
            lose(t, s, flight, now_d, NONE)
            return
        burned_kg = min(needed_kg, craft.held_kg)
        craft.held_kg -= burned_kg
        note(s, now_d, BURNS, s.plays[leg.flyer], leg.origin, burned_kg, NONE)
    book(s.agenda, s.size, s.flights[flight].gone_d + leg.leave_after_d + s.flights[flight].lag_d, REACH, hop)


@compiled
def _burn_kg(t: Tables, s: State, hop: int) -> float:
    """What the burns of a leg take of the stack's mass, one after the other (Tsiolkovsky)."""
    leg = t.hops[hop]
    mass_kg = leg.load_kg
    for number in range(leg.first_part, leg.first_part + leg.parts):
        row = t.parts[number]
        mass_kg += t.vehicles[t.units[row].vehicle].dry_kg + s.crafts[s.plays[row]].held_kg
    exhaust_m_s, burned_kg = t.vehicles[t.units[leg.flyer].vehicle].isp_s * G0_M_S2, 0.0
    for number in range(leg.first_burn, leg.first_burn + leg.burns):
        burned_kg += (mass_kg - burned_kg) * -math.expm1(-t.burns_m_s[number] / exhaust_m_s)
    return burned_kg


@compiled
def _take_up(t: Tables, s: State, row: int, now_d: float) -> None:
    """A unit that waited joins, with what has not boiled off, and is refuelled where the mission says so."""
    unit, craft = t.units[row], s.crafts[s.plays[row]]
    vehicle = t.vehicles[unit.vehicle]
    waited_d = max(0.0, now_d - max(craft.since_d, 0.0))
    if vehicle.boil_off > 0.0 and waited_d > 0.0:
        craft.held_kg *= (1.0 - vehicle.boil_off) ** waited_d
    craft.status = ALOFT
    craft.node = NONE
    craft.promised = NONE  # the promise is kept: where it waits next it may take others home
    if unit.refuels:
        tanked_kg = unit.tanked_kg + max(0.0, unit.held_kg - craft.held_kg)
        if unit.fuel_stock != NONE:
            stock = s.stocks[unit.fuel_stock]
            tanked_kg = max(unit.tanked_kg, min(tanked_kg, stock.level_kg))
            stock.level_kg -= tanked_kg
            note(s, now_d, TAKEN, unit.fuel_stock, unit.taken_at, tanked_kg, NONE)
        room_kg = vehicle.capacity_kg - craft.held_kg - unit.loaded_kg
        craft.held_kg += min(tanked_kg, max(0.0, room_kg))


@compiled
def _board(t: Tables, s: State, hop: int, now_d: float) -> None:
    """What boards at a stop leaves it."""
    leg = t.hops[hop]
    plan, stop = t.flights[leg.flight], leg.number - 1
    left = s.flights[leg.flight].carries
    for row in range(plan.first_seat, plan.first_seat + plan.seats):
        seat = t.seats[row]
        if seat.board != stop:
            continue
        boarding = min(seat.count, left) if plan.people_to != NONE else seat.count
        if seat.from_node != NONE:
            boarding = min(boarding, s.present[seat.from_node, seat.kind])
            s.present[seat.from_node, seat.kind] -= boarding
            s.totals[0].stale = 1
            note(s, now_d, LEAVE, seat.kind, seat.from_node, boarding, NONE)
        s.aboard[row] = boarding
        left -= boarding
    for row in range(plan.first_cargo, plan.first_cargo + plan.cargo):
        cargo = t.cargo[row]
        if cargo.board == stop:
            s.cargo_kg[row] = cargo.mass_kg
            if cargo.from_stock != NONE:
                stock = s.stocks[cargo.from_stock]
                if stock.level_kg < cargo.mass_kg - slack_kg(stock.came_kg):
                    s.cargo_kg[row] = max(0.0, stock.level_kg)
                stock.level_kg -= s.cargo_kg[row]
                note(s, now_d, TAKEN, cargo.from_stock, leg.origin, s.cargo_kg[row], NONE)
    for row in range(len(t.provisions)):
        entry = t.provisions[row]
        seat = t.seats[entry.seat]
        if seat.flight == leg.flight and seat.board == stop:
            s.stocks[entry.stock].level_kg -= entry.kg_each * s.aboard[entry.seat]


@compiled
def reach(t: Tables, s: State, hop: int, now_d: float) -> None:
    """A leg ends: if it lands or docks, that succeeds or not; then whoever is to alight does."""
    leg = t.hops[hop]
    flight = leg.flight
    if s.flights[flight].status != FLYING:
        return
    if leg.lands and s.on[LANDING] and not _landed(t, s, hop):
        note(s, now_d, LOST_LANDING, flight, leg.destination, 0.0, LANDING)
        lose(t, s, flight, now_d, LANDING)
        return
    if leg.docks and s.on[DOCKING]:
        again_d = _broken_off_d(t, s, hop)
        if again_d > 0.0:
            s.flights[flight].lag_d += again_d
            lay(s, flight, again_d, NONE, DOCKING)
            note(s, now_d, BROKEN_OFF, flight, leg.destination, again_d, DOCKING)
            book(s.agenda, s.size, now_d + again_d, REACH, hop)
            return
        if not _docked(t, s, hop):
            note(s, now_d, LOST_DOCKING, flight, leg.destination, 0.0, DOCKING)
            lose(t, s, flight, now_d, DOCKING)
            return
    note(s, now_d, ARRIVES, flight, leg.destination, 0.0, NONE)
    s.totals[0].surface_person_d += leg.surface_person_d
    _alight(t, s, hop, now_d)
    _part(t, s, hop, now_d)
    following = hop + 1
    if following < t.flights[flight].first_hop + t.flights[flight].hops:
        enter_d = s.flights[flight].gone_d + t.hops[following].enter_after_d + s.flights[flight].lag_d
        book(s.agenda, s.size, max(now_d, enter_d), ENTER, following)
    else:
        s.flights[flight].status = OVER
        s.flights[flight].reached_d = min(s.flights[flight].reached_d, now_d)
    wake(t, s, now_d)


@compiled
def _address(t: Tables, s: State, hop: int) -> int:
    return int(s.flights[t.hops[hop].flight].losses * 4096 + t.hops[hop].number * 64)


@compiled
def _landed(t: Tables, s: State, hop: int) -> bool:
    level = t.vehicles[t.units[t.hops[hop].flyer].vehicle].landing_level
    drawn = chance(s, LANDING, t.flights[t.hops[hop].flight].key, _address(t, s, hop))
    return bool(level == NONE or drawn < s.levels[level])


@compiled
def _broken_off_d(t: Tables, s: State, hop: int) -> float:
    """How long until the next approach; 0 where this one holds."""
    state, vehicle = s.flights[t.hops[hop].flight], t.vehicles[t.units[t.hops[hop].leader].vehicle]
    state.approaches += 1
    if state.approaches > _APPROACHES:
        return 0.0
    drawn = chance(s, DOCKING, t.flights[t.hops[hop].flight].key, _address(t, s, hop) + state.approaches)
    return s.levels[vehicle.again_level] if drawn < s.levels[vehicle.abort_level] else 0.0


@compiled
def _docked(t: Tables, s: State, hop: int) -> bool:
    s.flights[t.hops[hop].flight].approaches = 0
    level = t.vehicles[t.units[t.hops[hop].leader].vehicle].docking_level
    return bool(chance(s, DOCKING, t.flights[t.hops[hop].flight].key, _address(t, s, hop)) < s.levels[level])


@compiled
def _alight(t: Tables, s: State, hop: int, now_d: float) -> None:
    """Goods come into stock, people to where they live, elements to where they stand."""
    leg, totals = t.hops[hop], s.totals[0]
    plan, stop, flight = t.flights[leg.flight], leg.number, leg.flight
    for row in range(plan.first_cargo, plan.first_cargo + plan.cargo):
        cargo = t.cargo[row]
        if cargo.alight != stop:
            continue
        if cargo.to_stock != NONE:
            s.stocks[cargo.to_stock].level_kg += s.cargo_kg[row]
            s.stocks[cargo.to_stock].came_kg += s.cargo_kg[row]
            count_towards(t, s, DELIVER, cargo.to_stock, now_d, s.cargo_kg[row], flight, 0.0)
            note(s, now_d, DELIVERED, cargo.to_stock, leg.destination, s.cargo_kg[row], NONE)
        totals.up_kg += s.cargo_kg[row] * cargo.goes_up
        totals.down_kg += s.cargo_kg[row] * cargo.comes_down
        totals.exploration_kg += s.cargo_kg[row] * (
            cargo.explores and cargo.to_stock != NONE and cargo.goes_up
        )
    for row in range(plan.first_item, plan.first_item + plan.items):
        item = t.items[row]
        if item.alight == stop and item.copy_row != NONE and not s.copies[item.copy_row].works:
            copy = s.copies[item.copy_row]
            copy.node = leg.destination
            copy.brought_by = flight
            totals.up_kg += item.mass_kg * item.goes_up
            totals.down_kg += item.mass_kg * item.comes_down
            if item.arrives and copy.came_d == math.inf:
                copy.came_d = now_d
                book(s.agenda, s.size, now_d, STAND, item.copy_row)
    for row in range(plan.first_seat, plan.first_seat + plan.seats):
        seat = t.seats[row]
        if seat.alight == stop and seat.to_node != NONE:
            s.present[seat.to_node, seat.kind] += s.aboard[row]
            totals.stale = 1
            s.flights[flight].reached_d = now_d
            note(s, now_d, COME_IN, seat.kind, seat.to_node, s.aboard[row], NONE)


@compiled
def _part(t: Tables, s: State, hop: int, now_d: float) -> None:
    """Units that have flown their last leg come home, are thrown away, or wait."""
    leg = t.hops[hop]
    for number in range(leg.first_part, leg.first_part + leg.parts):
        row = t.parts[number]
        if t.units[row].last_hop != hop:
            continue
        craft = s.crafts[s.plays[row]]
        craft.since_d = now_d
        craft.node = NONE
        if leg.home:
            craft.status = GROUNDED
            craft.held_kg = 0.0
        elif t.units[row].expended or leg.destination == NONE:
            craft.status = GONE
        else:
            craft.status = WAITING
            craft.node = leg.destination
