"""The books of stocks and people, day by day: boil-off on what a day opens with, then use and production."""

from __future__ import annotations

import math
from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.draw import normal
from moonwright.trial.note import SHORT, chance, note
from moonwright.trial.state import CONSUMPTION, SUN, WAITING, State
from moonwright.trial.tables import CREW, NONE, Tables

# As the replay's tolerances: a gram, and a millionth of all that came.
GRAM_KG: Final = 1e-3
MILLIONTH: Final = 1e-6
CALM, LOW, URGENT = 0, 1, 2


@compiled
def slack_kg(came_kg: float) -> float:
    """What rounding may have taken from a stock."""
    return GRAM_KG + MILLIONTH * came_kg


@compiled
def run_days(t: Tables, s: State, until: int) -> bool:  # noqa: PLR0912  # the innermost loop, in one piece for speed
    """Carry the books on to the opening of a day. True where a stock grew short: they stop there, for people to react."""
    totals, stocks, plan = s.totals, s.stocks, t.stocks
    activity, planned, daily = t.activity_kg, t.planned_kg, s.daily_kg
    thrust, visiting = t.thrust_kg, t.visit_kg
    while totals[0].day < until:
        day = totals[0].day
        if t.month_of_day[day] != totals[0].month:
            _new_month(t, s, t.month_of_day[day])
        if totals[0].stale:
            _new_rates(t, s)
        for row in range(len(plan)):
            stock, node = stocks[row], plan[row].node
            used = stock.people_kg + stock.machine_kg
            if activity[row, day] != 0.0:
                used += activity[row, day] * _crewed(t, s, node, day)
            used *= stock.factor
            if thrust[row, day] != 0.0 or visiting[row, day] != 0.0:
                used += _thrust_kg(t, s, row, day)
            level = stock.level_kg
            if plan[row].boil_off > 0.0 and level > 0.0:
                level -= level * plan[row].boil_off
            stock.level_kg = level - used
        _make(t, s, day)
        alarmed = False
        for row in range(len(plan)):
            stock = stocks[row]
            slack = slack_kg(stock.came_kg)
            if stock.level_kg < -slack:
                if stock.warned < URGENT + 1:
                    note(s, day + 1.0, SHORT, row, plan[row].node, -stock.level_kg, NONE)
                stock.level_kg = 0.0
            if stock.gross_kg > 0.0:
                cover_d = stock.level_kg / stock.gross_kg
                stock.least_cover_d = min(stock.least_cover_d, cover_d)
                if stock.level_kg < planned[row, day] - slack:
                    alarmed = _warn(t, s, row, cover_d) or alarmed
            if daily.shape[1] > 0:
                daily[row, day] = stock.level_kg
        _count_people(t, s, day)
        totals[0].day = day + 1
        if alarmed:
            return True
    return False


@compiled
def _warn(t: Tables, s: State, row: int, cover_d: float) -> bool:
    """Whether a stock that is below what was planned asks for more than has been done about it."""
    plan, stock = t.stocks[row], s.stocks[row]
    degree = URGENT if cover_d < plan.home_d else LOW if cover_d < plan.cargo_d else CALM
    worse = degree > stock.warned
    stock.warned = degree if degree == CALM else max(degree, stock.warned)
    if worse:
        note(s, s.totals[0].day + 1.0, SHORT, row, plan.node, cover_d, NONE)
        if degree > s.totals[0].alarm:
            s.totals[0].alarm = degree
            s.totals[0].alarm_node = plan.node
            s.totals[0].alarm_stock = row
    return bool(worse)


@compiled
def _new_month(t: Tables, s: State, month: int) -> None:
    """People and machines use more or less from month to month."""
    s.totals[0].month = month
    for row in range(len(t.stocks)):
        plan, stock = t.stocks[row], s.stocks[row]
        if s.on[CONSUMPTION]:
            passing = s.levels[plan.passing_level] * normal(chance(s, CONSUMPTION, plan.key, 1 + month))
            stock.factor = max(0.0, 1.0 + stock.lasting + passing)
        else:
            stock.factor = 1.0


@compiled
def _new_rates(t: Tables, s: State) -> None:
    """What those who are there and the elements that serve use in a day, and what life support can recover of it."""
    s.totals[0].stale = 0
    for node in range(len(t.nodes)):
        s.people[node] = s.present[node].sum()
    for row in range(len(t.stocks)):
        node, people_kg, machine_kg = t.stocks[row].node, 0.0, 0.0
        for kind in range(len(t.kinds)):
            people_kg += t.people_kg[kind, row] * s.present[node, kind]
        for element in range(len(t.elements)):
            machine_kg += t.machine_kg[element, row] * s.serving[element]
        stock = s.stocks[row]
        stock.people_kg = people_kg
        stock.gross_kg = people_kg
        stock.machine_kg = machine_kg
    for row in range(len(t.recoveries)):
        s.recovered_kg[row] = _most_recovered(t, s, row)


@compiled
def _most_recovered(t: Tables, s: State, row: int) -> float:
    """The best closures serve the people who use most."""
    recovery = t.recoveries[row]
    node, total = t.stocks[recovery.stock].node, 0.0
    place, left = 0, 0
    kind = NONE
    for number in range(recovery.first_closure, recovery.first_closure + recovery.closures):
        closure = t.closures[number]
        able = int(closure.crew * s.serving[closure.element])
        while able > 0:
            while left == 0 and place < len(t.kinds):
                kind = t.eaters[row, place]
                left = s.present[node, kind]
                place += 1
            if left == 0:
                return total
            served = min(able, left)
            total += served * closure.share * t.people_kg[kind, recovery.stock]
            able -= served
            left -= served
    return total


@compiled
def _crewed(t: Tables, s: State, node: int, day: int) -> float:
    """The share of its activities that a crew carries on: all, or as many as there are of those planned."""
    planned = t.planned_people[node, day]
    return 1.0 if planned <= 0.0 else min(1.0, s.people[node] / planned)


@compiled
def _thrust_kg(t: Tables, s: State, row: int, day: int) -> float:
    """Propellant that thrusters take: the Sun decides the need, and what visiting ships do not give falls to them."""
    asked, given = t.thrust_kg[row, day] + t.visit_kg[row, day], t.visit_kg[row, day]
    if s.on[SUN]:
        drawn = t.sun[s.totals[0].future, t.month_of_day[day]]
        asked *= drawn ** s.levels[t.sun_level]
    for number in range(len(t.visits)):
        visit = t.visits[number]
        if visit.stock == row and visit.first_day <= day < visit.end_day:
            craft = s.crafts[visit.craft]
            if craft.status != WAITING or craft.node != visit.node:
                given -= visit.daily_kg
    if asked == t.thrust_kg[row, day] + t.visit_kg[row, day] and given == t.visit_kg[row, day]:
        return float(t.thrust_kg[row, day])
    return float(max(0.0, asked - given))


@compiled
def _make(t: Tables, s: State, day: int) -> None:
    """Plants make what the plan has them make, so far as they stand and their inputs last; life support recovers."""
    for row in range(len(t.makers)):
        maker = t.makers[row]
        made = t.running[row, day] * maker.rate_kg * s.serving[maker.element]
        if made <= 0.0:
            continue
        for number in range(maker.first_input, maker.first_input + maker.inputs):
            fed = t.inputs[number]
            if fed.stock != NONE:
                there = s.stocks[fed.stock].level_kg + slack_kg(s.stocks[fed.stock].came_kg)
                if made * fed.share > there:
                    made = max(0.0, there) / fed.share
        for number in range(maker.first_input, maker.first_input + maker.inputs):
            if t.inputs[number].stock != NONE:
                s.stocks[t.inputs[number].stock].level_kg -= made * t.inputs[number].share
        s.stocks[maker.stock].level_kg += made
        s.stocks[maker.stock].came_kg += made
    for row in range(len(t.recoveries)):
        if s.recovered_kg[row] > 0.0:
            stock = s.stocks[t.recoveries[row].stock]
            made = t.recovering[row, day] * s.recovered_kg[row] * stock.factor
            stock.level_kg += made
            stock.came_kg += made


@compiled
def _count_people(t: Tables, s: State, day: int) -> None:
    """Days lived, and on which people or reserves are missing."""
    for node in range(len(t.nodes)):
        s.person_d[node] += s.people[node]
        if t.nodes[node].surface:
            s.totals[0].surface_person_d += s.people[node]
    for row in range(len(t.milestones)):
        asked = t.milestones[row]
        if asked.kind < CREW or day < asked.from_d:
            continue
        if asked.kind == CREW:
            there = 0
            for kind in range(len(t.kinds)):
                if t.crew_kinds[row, kind]:
                    there += s.present[asked.what, kind]
            if there >= asked.amount:
                s.milestones[row].full_d = min(s.milestones[row].full_d, float(day))
            elif day < asked.until_d:
                s.milestones[row].short_d += 1.0
                s.short_d[asked.what] += (asked.amount - there) / asked.amount
            if s.people[asked.what] == 0 and day < asked.until_d:
                s.first_lost_d[asked.what] = min(s.first_lost_d[asked.what], float(day))
        elif day < asked.until_d and not _reserve_holds(t, s, row):
            s.milestones[row].short_d += 1.0


@compiled
def _reserve_holds(t: Tables, s: State, row: int) -> bool:
    """Whether every stock covers what a reserve asks of it."""
    for number in range(len(t.stocks)):
        stock = s.stocks[number]
        if t.reserve_stocks[row, number] and stock.gross_kg > 0.0:
            need = t.milestones[row].amount * stock.gross_kg
            if stock.level_kg < need * (1.0 - MILLIONTH) - slack_kg(stock.came_kg):
                return False
    return True


@compiled
def opening_day(moment_d: float) -> int:
    """The day from which a moment's effect counts: what happens during a day is booked at its end."""
    return math.ceil(moment_d - 1e-6)
