"""Flights as they are flown: they leave or wait, go leg by leg, come to where they are bound, or are lost."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from moonwright.compiled import compiled
from moonwright.orbit.rocket import G0_M_S2
from moonwright.trial.agenda import COMMISSION, ENTER, GO, MEND, REACH, STAND, book
from moonwright.trial.day import GRAM_KG, MILLIONTH, slack_kg
from moonwright.trial.draw import lognormal
from moonwright.trial.hinder import MOMENT_D, hindrance, year_of
from moonwright.trial.note import (
    AGAIN,
    ARRIVES,
    BROKEN_OFF,
    BURNS,
    COME_IN,
    DELIVERED,
    DROPPED,
    LAUNCH_FAILS,
    LEAVE,
    LEAVES,
    LOST_DOCKING,
    LOST_LANDING,
    SCRUBBED,
    STANDS_DOWN,
    STOPPED,
    TAKEN,
    WAITS,
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
    GROUNDING,
    LANDING,
    LAUNCH,
    OVER,
    PENDING,
    WAITING,
    WEATHER,
    State,
)
from moonwright.trial.state import DROPPED as GIVEN_UP
from moonwright.trial.tables import BUILD, DELIVER, FLY, NONE, Tables

_SCRUBS: Final = 30  # in a row; after so many it flies
_HOUR_D: Final = 1.0 / 24.0


@compiled
def go(t: Tables, s: State, flight: int, now_d: float) -> None:
    """A flight is due: it leaves, or waits for what stands in its way."""
    plan, state = t.flights[flight], s.flights[flight]
    if state.status != PENDING or now_d < state.goes_d - MOMENT_D:
        return
    if plan.people_from != NONE and _pointless(t, s, flight):
        drop(t, s, flight, now_d)
        return
    s.totals[0].expired = NONE
    when_d, cause, culprit = hindrance(t, s, flight, now_d)
    if s.totals[0].expired != NONE:
        fly_again(t, s, t.units[s.totals[0].expired].brought_by, now_d, NONE)
    if max(when_d, now_d) - plan.departure_d > plan.skip_d and when_d > now_d and _may_skip(t, s, flight):
        drop(t, s, flight, now_d)
        return
    if when_d == math.inf or (when_d > now_d + MOMENT_D and cause == NONE):
        if state.blocked_d < 0.0:
            state.blocked_d = now_d
            note(s, now_d, WAITS, flight, culprit, 0.0, NONE)
            if plan.skip_d < math.inf:
                book(s.agenda, s.size, max(now_d, plan.departure_d + plan.skip_d + _HOUR_D), GO, flight)
        state.culprit = culprit
        if when_d < math.inf:
            book(s.agenda, s.size, when_d, GO, flight)
        return
    if state.blocked_d >= 0.0:
        lay(s, flight, now_d - state.blocked_d, state.culprit, NONE)
        state.blocked_d = -1.0
    if when_d > now_d + MOMENT_D:
        _wait(s, flight, now_d, when_d, cause)
        return
    if not state.weathered and plan.launcher != NONE:
        state.weathered = True
        delay_d = _weather_d(t, s, flight)
        if delay_d > 0.0:
            note(s, now_d, SCRUBBED, flight, NONE, delay_d, WEATHER)
            _wait(s, flight, now_d, now_d + delay_d, WEATHER)
            return
    _leave(t, s, flight, now_d)


@compiled
def _wait(s: State, flight: int, now_d: float, until_d: float, cause: int) -> None:
    lay(s, flight, until_d - now_d, NONE, cause)
    s.flights[flight].goes_d = until_d
    note(s, now_d, WAITS, flight, NONE, until_d - now_d, cause)
    book(s.agenda, s.size, until_d, GO, flight)


@compiled
def _weather_d(t: Tables, s: State, flight: int) -> float:
    """How long a launch is put off on the day."""
    if not s.on[WEATHER]:
        return 0.0
    launcher, scrubs = t.launchers[t.flights[flight].launcher], 0
    first = s.flights[flight].losses * (_SCRUBS + 1)
    while scrubs < _SCRUBS:
        if chance(s, WEATHER, t.flights[flight].key, first + scrubs) >= s.levels[launcher.scrub_level]:
            break
        scrubs += 1
    return scrubs * s.levels[launcher.again_level]


@compiled
def _pointless(t: Tables, s: State, flight: int) -> bool:
    """Whether nobody is there, or will be, for a flight to take home."""
    if s.present[t.flights[flight].people_from].sum() > 0 or t.flights[flight].launcher != NONE:
        return False
    for row in range(len(t.stays)):
        if t.stays[row].down == flight and s.flights[t.stays[row].up].status in (PENDING, FLYING):
            return False
    return True


@compiled
def _may_skip(t: Tables, s: State, flight: int) -> bool:
    """Whether the next flight of its mission can take its turn: there is one, and nobody counts on what this one brings."""
    plan = t.flights[flight]
    following = plan.next_of_mission
    return (
        not plan.awaited
        and plan.launcher != NONE
        and following != NONE
        and s.flights[following].status == PENDING
    )


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
def wake(t: Tables, s: State, now_d: float) -> None:
    """Something has changed: whoever waited for something looks again."""
    for flight in range(len(t.flights)):
        if s.flights[flight].status == PENDING and s.flights[flight].blocked_d >= 0.0:
            book(s.agenda, s.size, now_d, GO, flight)
    for row in range(len(t.copies)):
        if s.copies[row].blocked != 0:
            book(s.agenda, s.size, now_d, MEND if s.copies[row].failed else COMMISSION, row)
            s.copies[row].blocked = 0


@compiled
def _leave(t: Tables, s: State, flight: int, now_d: float) -> None:
    """A flight leaves; if a launcher lifts it, that succeeds or not."""
    plan, state, totals = t.flights[flight], s.flights[flight], s.totals[0]
    state.status = FLYING
    state.gone_d = now_d
    state.lag_d = 0.0
    state.approaches = 0
    totals.cost_musd += plan.price_musd
    note(s, now_d, LEAVES, flight, t.hops[plan.first_hop].origin, plan.launched_kg, NONE)
    for row in range(plan.first_unit, plan.first_unit + plan.units):
        if t.units[row].lifted:
            craft = s.crafts[s.plays[row]]
            craft.status = ALOFT
            craft.held_kg = t.units[row].tanked_kg
        elif s.crafts[s.plays[row]].status == WAITING:
            s.crafts[s.plays[row]].promised = flight
        s.crafts[s.plays[row]].due_d = now_d + t.hops[t.units[row].last_hop].leave_after_d
        s.crafts[s.plays[row]].due_node = t.units[row].left_at
    if plan.launcher != NONE and not _lifted(t, s, flight, now_d):
        lose(t, s, flight, now_d, LAUNCH)
        return
    count_towards(t, s, FLY, plan.mission, now_d, 1.0, flight)
    enter(t, s, plan.first_hop, now_d)


@compiled
def _lifted(t: Tables, s: State, flight: int, now_d: float) -> bool:
    """The launch: whether it succeeds; the pad is taken, and a failure grounds the family."""
    plan, totals = t.flights[flight], s.totals[0]
    launcher, state = t.launchers[plan.launcher], s.launchers[plan.launcher]
    year = year_of(t, now_d)
    state.in_year = state.in_year + 1 if state.year == year else 1
    state.year = year
    state.last_d = now_d
    state.last_flight = flight
    state.flown += 1
    totals.launches += 1
    totals.imleo_kg += plan.launched_kg
    if not s.on[LAUNCH]:
        return True
    level = launcher.debut_level if launcher.debuts and state.flown <= 2 else launcher.success_level
    if chance(s, LAUNCH, plan.key, s.flights[flight].losses) < s.levels[level]:
        return True
    note(s, now_d, LAUNCH_FAILS, flight, NONE, 0.0, LAUNCH)
    if s.on[GROUNDING]:
        family = t.families[launcher.family]
        drawn = chance(s, GROUNDING, plan.key, s.flights[flight].losses)
        down_d = lognormal(s.levels[family.median_level], s.levels[family.spread_level], drawn)
        s.grounded_until_d[launcher.family] = max(s.grounded_until_d[launcher.family], now_d + down_d)
        note(s, now_d, STANDS_DOWN, plan.launcher, NONE, down_d, GROUNDING)
    return False


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
    return s.flights[t.hops[hop].flight].losses * 4096 + t.hops[hop].number * 64


@compiled
def _landed(t: Tables, s: State, hop: int) -> bool:
    level = t.vehicles[t.units[t.hops[hop].flyer].vehicle].landing_level
    drawn = chance(s, LANDING, t.flights[t.hops[hop].flight].key, _address(t, s, hop))
    return level == NONE or drawn < s.levels[level]


@compiled
def _broken_off_d(t: Tables, s: State, hop: int) -> float:
    """How long until the next approach; 0 where this one holds."""
    state, vehicle = s.flights[t.hops[hop].flight], t.vehicles[t.units[t.hops[hop].leader].vehicle]
    state.approaches += 1
    if state.approaches > _SCRUBS:
        return 0.0
    drawn = chance(s, DOCKING, t.flights[t.hops[hop].flight].key, _address(t, s, hop) + state.approaches)
    return s.levels[vehicle.again_level] if drawn < s.levels[vehicle.abort_level] else 0.0


@compiled
def _docked(t: Tables, s: State, hop: int) -> bool:
    s.flights[t.hops[hop].flight].approaches = 0
    level = t.vehicles[t.units[t.hops[hop].leader].vehicle].docking_level
    return chance(s, DOCKING, t.flights[t.hops[hop].flight].key, _address(t, s, hop)) < s.levels[level]


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
            count_towards(t, s, DELIVER, cargo.to_stock, now_d, s.cargo_kg[row], flight)
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


@compiled
def count_towards(
    t: Tables, s: State, kind: int, what: int, now_d: float, amount: float, flight: int
) -> None:
    """Something that is asked for was done: it fills the earliest span that has begun and is not full."""
    for row in range(len(t.milestones)):
        asked, state = t.milestones[row], s.milestones[row]
        if asked.kind != kind or asked.what != what:
            continue
        if kind == BUILD:
            state.filled += 1
            if state.filled == int(asked.amount):
                state.met_d = now_d
                state.worst_d = asked.due_d - now_d
                state.last_flight = flight
            continue
        left = amount
        for number in range(asked.first_span, asked.first_span + asked.spans):
            if left <= 0.0 or t.spans[number].begins_d + MOMENT_D >= now_d:
                break
            lacking = asked.amount - s.delivered[number]
            if lacking <= MILLIONTH * asked.amount:
                continue
            given = min(left, lacking)
            s.delivered[number] += given
            left -= given
            if asked.amount - s.delivered[number] <= MILLIONTH * asked.amount:
                state.filled += 1
                state.met_d = now_d if state.filled == asked.spans else math.inf
                if t.spans[number].ends_d - now_d < state.worst_d:
                    state.worst_d = t.spans[number].ends_d - now_d
                    state.last_flight = flight
