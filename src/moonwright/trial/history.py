"""All that happened in one trial, event by event and day by day: the same code as `trials`, with its notes kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moonwright.errors import InternalError
from moonwright.trial.note import KINDS, ON_FLIGHTS
from moonwright.trial.programme import Programme
from moonwright.trial.state import State, blank, packed_state, packed_tables
from moonwright.trial.tables import NONE, Floats
from moonwright.trial.walk import walk

_ROOM = 20_000  # records; an example's trial has some hundreds


@dataclass(frozen=True)
class Record:
    """Something that happened: when, what, to what, where (a place, or the flight that is waited for), how much, and why.

    `amount` is in kg for burns, deliveries and what is launched; in days for waits, stand-downs, cover and repairs; else a
    count. `cause` is one of the programme's; None where nothing went wrong.
    """

    day_d: float
    kind: str
    subject: str
    where: str | None
    amount: float
    cause: str | None


Records = tuple[Record, ...]


def history(programme: Programme, seed: int, trial: int, *, on: tuple[bool, ...] | None = None) -> Records:
    """Everything that happened in a trial, in order."""
    state = _walked(programme, seed, trial, on)
    return tuple(_told(programme, row) for row in state.records[: state.recorded[0]].tolist())


def as_days(
    programme: Programme, seed: int, trial: int, *, on: tuple[bool, ...] | None = None
) -> Mapping[tuple[str, str], Floats]:
    """Each stock (node, resource) at each day's end, kg, before the arrivals of that moment: as the replay tells it."""
    state = _walked(programme, seed, trial, on)
    return dict(zip(programme.stocks, state.daily_kg, strict=True))


def _walked(programme: Programme, seed: int, trial: int, on: tuple[bool, ...] | None) -> State:
    state = blank(programme.tables, programme.levels, programme.on if on is None else on, _ROOM)
    walk(packed_tables(programme.tables), packed_state(state), seed, trial)
    if state.recorded[1]:
        raise InternalError(f"{state.recorded[1]} records of a trial found no room")
    return state


def _told(programme: Programme, row: tuple[int, int, int, int, float, float]) -> Record:
    kind, subject, where, cause, day_d, amount = row
    told, of = KINDS[kind]
    named = {
        "flight": programme.flights,
        "launcher": programme.launchers,
        "craft": programme.crafts,
        "copy": tuple(f"{element} {number}" for element, number in programme.copies),
        "kind": programme.kinds,
        "node": programme.nodes,
        "stock": tuple(resource for _, resource in programme.stocks),
    }
    places = programme.flights if kind in ON_FLIGHTS else programme.nodes
    return Record(
        day_d=day_d,
        kind=told,
        subject=named[of][subject],
        where=None if where == NONE else places[where],
        amount=amount,
        cause=None if cause == NONE else programme.causes[cause],
    )
