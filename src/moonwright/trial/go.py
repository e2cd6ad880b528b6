"""Flights that are due: they leave, or wait for what stands in their way."""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.agenda import GO, book
from moonwright.trial.crew import relief, taker_goes, welcome
from moonwright.trial.draw import lognormal
from moonwright.trial.fly import enter
from moonwright.trial.hinder import MOMENT_D, Answer, goods, launcher_free, units, window, year_of
from moonwright.trial.lose import drop, fly_again, lose
from moonwright.trial.note import (
    LAUNCH_FAILS,
    LEAVES,
    SCRUBBED,
    STANDS_DOWN,
    WAITS,
    chance,
    lay,
    note,
)
from moonwright.trial.state import (
    ALOFT,
    FLYING,
    GROUNDING,
    LAUNCH,
    PENDING,
    WAITING,
    WEATHER,
    State,
)
from moonwright.trial.stir import count_towards
from moonwright.trial.tables import FLY, NONE, Tables

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
    when_d, cause, culprit = _hindrance(t, s, flight, now_d)
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
def _hindrance(t: Tables, s: State, flight: int, now_d: float) -> Answer:
    """What keeps a flight that is due from leaving now."""
    answer = units(t, s, flight, now_d)
    if answer[0] <= now_d:
        answer = goods(t, s, flight)
    if answer[0] <= now_d and t.flights[flight].people_from != NONE:
        answer = relief(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].people_to != NONE:
        answer = welcome(t, s, flight)
    if answer[0] <= now_d and t.flights[flight].taker != NONE:
        answer = taker_goes(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].launcher != NONE:
        answer = launcher_free(t, s, flight, now_d)
    if answer[0] <= now_d and t.flights[flight].window != NONE:
        answer = window(t, flight, now_d)
    return answer


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
    return float(scrubs * s.levels[launcher.again_level])


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
    if plan.awaited or min(plan.launcher, following) == NONE:
        return False
    return bool(s.flights[following].status == PENDING)


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
    count_towards(t, s, FLY, plan.mission, now_d, 1.0, flight, 0.0)
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
