"""What a change sets going: whoever waited looks again, and what was done counts towards what is asked."""

from __future__ import annotations

import math

from moonwright.compiled import compiled
from moonwright.trial.agenda import COMMISSION, GO, MEND, book
from moonwright.trial.day import MILLIONTH
from moonwright.trial.hinder import MOMENT_D
from moonwright.trial.state import (
    PENDING,
    State,
)
from moonwright.trial.tables import BUILD, Tables


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
def count_towards(  # noqa: PLR0913, PLR0917  # who did what, when, and whom to blame if it is late
    t: Tables, s: State, kind: int, what: int, now_d: float, amount: float, flight: int, hands_d: float
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
                state.hands_d = hands_d
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
