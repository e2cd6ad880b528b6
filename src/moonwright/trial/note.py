"""What happened, row after row, and on which cause lateness is laid."""

from __future__ import annotations

from typing import Final

from moonwright.compiled import compiled
from moonwright.trial.draw import draw
from moonwright.trial.state import COUNT, State
from moonwright.trial.tables import NONE

# Kinds of records, and of what the subject is a row.
KINDS: Final = (
    ("leaves", "flight"), ("launch fails", "flight"), ("scrubbed", "flight"), ("waits", "flight"),
    ("arrives", "flight"), ("lost in landing", "flight"), ("approach broken off", "flight"),
    ("lost in docking", "flight"), ("stopped without propellant", "flight"), ("dropped", "flight"),
    ("flown again", "flight"), ("stands down", "launcher"), ("burns", "craft"), ("waited too long", "craft"),
    ("goes to work", "copy"), ("fails", "copy"), ("is repaired", "copy"), ("has served its life", "copy"),
    ("people come", "kind"), ("people leave", "kind"), ("people are brought home", "node"),
    ("delivered", "stock"), ("taken", "stock"), ("is short", "stock"), ("brought forward", "flight"),
)  # fmt: skip
(LEAVES, LAUNCH_FAILS, SCRUBBED, WAITS, ARRIVES, LOST_LANDING, BROKEN_OFF, LOST_DOCKING, STOPPED, DROPPED, AGAIN,
 STANDS_DOWN, BURNS, EXPIRED, WORKS, FAILS, REPAIRED, ENDS, COME_IN, LEAVE, BROUGHT_HOME, DELIVERED, TAKEN, SHORT,
 FORWARD) = range(len(KINDS))  # fmt: skip

ON_FLIGHTS: Final = (WAITS,)  # their `where` is the flight that is waited for


@compiled
def note(s: State, day_d: float, kind: int, subject: int, where: int, amount: float, cause: int) -> None:
    """Record something, where records are asked for; what finds no room is counted."""
    if len(s.records) == 0:
        return
    row = s.recorded[0]
    if row >= len(s.records):
        s.recorded[1] += 1
        return
    record = s.records[row]
    record.day_d = day_d
    record.kind = kind
    record.subject = subject
    record.where = where
    record.amount = amount
    record.cause = cause
    s.recorded[0] = row + 1


@compiled
def chance(s: State, cause: int, subject: int, count: int) -> float:
    """The number that this trial draws for a cause's subject."""
    return draw(s.luck[0] ^ s.turns[cause], s.luck[1], cause, subject, count)


@compiled
def lay(s: State, flight: int, days: float, culprit: int, cause: int) -> None:
    """Lay a flight's lateness on a cause, or on those that made another flight late (neither: on the last that acted)."""
    if days <= 0.0:
        return
    if cause != NONE:
        s.late_d[flight, cause] += days
        s.totals[0].last_cause = cause
        return
    whole = 0.0
    if culprit != NONE:
        for each in range(COUNT):
            whole += s.late_d[culprit, each]
    if whole > 0.0:
        for each in range(COUNT):
            s.late_d[flight, each] += days * s.late_d[culprit, each] / whole
    elif s.totals[0].last_cause != NONE:
        s.late_d[flight, s.totals[0].last_cause] += days


@compiled
def damage(s: State, days: float, flight: int, cause: int) -> None:
    """Count days of harm: as a flight's lateness came about, or by a cause (neither: by the last that acted)."""
    whole = 0.0
    if flight != NONE:
        for each in range(COUNT):
            whole += s.late_d[flight, each]
    if whole > 0.0:
        for each in range(COUNT):
            s.damage_d[each] += days * s.late_d[flight, each] / whole
    elif cause != NONE:
        s.damage_d[cause] += days
    elif s.totals[0].last_cause != NONE:
        s.damage_d[s.totals[0].last_cause] += days
