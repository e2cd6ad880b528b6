"""What people do when a stock is short: the next cargo goes first, and at the red line they come home."""

from __future__ import annotations

from moonwright.compiled import compiled
from moonwright.trial.agenda import GO, book
from moonwright.trial.awaited import bringing
from moonwright.trial.day import CALM, GRAM_KG, MILLIONTH, URGENT
from moonwright.trial.note import BROUGHT_HOME, FORWARD, note
from moonwright.trial.state import GROUNDED, PENDING, WAITING, State
from moonwright.trial.stir import wake
from moonwright.trial.tables import NONE, Tables


@compiled
def react(t: Tables, s: State, now_d: float) -> None:
    """Do what the rules say of the stock that has just grown short."""
    node, degree = s.totals[0].alarm_node, s.totals[0].alarm
    s.totals[0].alarm = CALM
    if degree == URGENT:
        _bring_home(t, s, node, now_d)
    else:
        _cargo_first(t, s, node, now_d)
    wake(t, s, now_d)


@compiled
def _cargo_first(t: Tables, s: State, node: int, now_d: float) -> None:
    """The next flight with goods for a place takes the turn of the next one of its launcher."""
    cargo, turn = NONE, NONE
    for flight in range(len(t.flights)):
        if s.flights[flight].status != PENDING or t.flights[flight].launcher == NONE:
            continue
        bound = t.flights[flight].goods_to == node and t.flights[flight].people == 0
        if bound and (cargo == NONE or s.flights[flight].goes_d < s.flights[cargo].goes_d):
            cargo = flight
    if cargo == NONE:
        return
    for flight in range(len(t.flights)):
        same = t.flights[flight].launcher == t.flights[cargo].launcher and flight != cargo
        if not same or s.flights[flight].status != PENDING or s.flights[flight].goes_d <= now_d:
            continue
        if turn == NONE or s.flights[flight].goes_d < s.flights[turn].goes_d:
            turn = flight
    if turn != NONE and s.flights[turn].goes_d < s.flights[cargo].goes_d:
        s.flights[cargo].goes_d = s.flights[turn].goes_d
        note(s, now_d, FORWARD, cargo, node, s.flights[turn].goes_d, NONE)
        book(s.agenda, s.size, s.flights[cargo].goes_d, GO, cargo)


@compiled
def _bring_home(t: Tables, s: State, node: int, now_d: float) -> None:
    """Whoever is at a place leaves with the ships that wait there and can go home, mission after mission."""
    for row in range(len(t.returns)):
        while t.returns[row].node == node and s.present[node].sum() > 0 and _taken(t, s, row, now_d, False):
            _taken(t, s, row, now_d, True)
            seats, left = t.returns[row].seats, 0
            for kind in range(len(t.kinds)):
                boarding = min(seats, s.present[node, kind])
                s.present[node, kind] -= boarding
                seats -= boarding
                left += boarding
            note(s, now_d, BROUGHT_HOME, node, node, left, NONE)
            s.totals[0].stale = 1
            s.left_for[node] = bringing(t, s, s.totals[0].alarm_stock)


@compiled
def _taken(t: Tables, s: State, row: int, now_d: float, takes: bool) -> bool:
    """Whether all vehicles of a mission home wait with what they need; if it `takes` them, they go."""
    mission = t.returns[row]
    for number in range(mission.first_take, mission.first_take + mission.takes):
        take, found = t.takes[number], NONE
        for other in range(len(t.crafts)):
            craft = s.crafts[other]
            if (
                craft.status == WAITING
                and craft.node == take.node
                and t.crafts[other].vehicle == take.vehicle
            ):
                waited_d = max(0.0, now_d - max(0.0, craft.since_d))
                held_kg = craft.held_kg * (1.0 - t.vehicles[take.vehicle].boil_off) ** waited_d
                if held_kg >= take.need_kg * (1.0 - MILLIONTH) - GRAM_KG and craft.promised == NONE:
                    found = other
                    break
        if found == NONE:
            return False
        if takes:
            s.crafts[found].status = GROUNDED
            s.crafts[found].since_d = now_d
            s.crafts[found].node = NONE
    return True
