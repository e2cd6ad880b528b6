"""Who is waited for: the flight that brings a stock, an element, a bed or a relief."""

from __future__ import annotations

import math

from moonwright.compiled import compiled
from moonwright.trial.state import FLYING, PENDING, State
from moonwright.trial.tables import NONE, Tables


@compiled
def to_come(s: State, flight: int) -> bool:
    """Whether a flight is still to be flown, or under way."""
    return bool(s.flights[flight].status in (PENDING, FLYING))


@compiled
def bringing(t: Tables, s: State, stock: int) -> int:
    """The flight that should have brought, or is next to bring, something to a stock, or what makes it; NONE: none."""
    found = NONE
    for row in range(len(t.cargo)):
        flight = t.cargo[row].flight
        if t.cargo[row].to_stock == stock and to_come(s, flight):
            found = _earlier(t, found, flight)
    for row in range(len(t.makers)):
        if found == NONE and t.makers[row].stock == stock:
            found = building(t, s, t.makers[row].element)
    return found


@compiled
def bringing_people(t: Tables, s: State, node: int) -> int:
    """The flight that should have brought, or is next to bring, people to a place; NONE where there is none."""
    found = NONE
    for flight in range(len(t.flights)):
        if t.flights[flight].people_to == node and to_come(s, flight):
            found = _earlier(t, found, flight)
    return found


@compiled
def bringing_beds(t: Tables, s: State, node: int) -> int:
    """The flight that carries an element in which people at a place would sleep, where none stands yet; NONE: none."""
    for element in range(len(t.elements)):
        if t.elements[element].node == node and t.elements[element].berths > 0.0:
            flight = building(t, s, element)
            if flight != NONE:
                return flight
    return NONE


@compiled
def building(t: Tables, s: State, element: int) -> int:
    """The flight that carries an element of which no copy has stood yet, or first what that builds upon; NONE: none."""
    if stands(t, s, element):
        return NONE
    for number in range(
        t.elements[element].first_before, t.elements[element].first_before + t.elements[element].befores
    ):
        if not stands(t, s, t.befores[number]):
            return _carrying(t, t.befores[number])
    return _carrying(t, element)


@compiled
def stands(t: Tables, s: State, element: int) -> bool:
    """Whether a copy of an element has gone to work."""
    found = False
    for row in range(
        t.elements[element].first_copy, t.elements[element].first_copy + t.elements[element].copies
    ):
        found = found or s.copies[row].commissioned_d < math.inf
    return found


@compiled
def _carrying(t: Tables, element: int) -> int:
    kind = t.elements[element]
    for row in range(len(t.items)):
        if kind.first_copy <= t.items[row].copy_row < kind.first_copy + kind.copies:
            return int(t.items[row].flight)
    return NONE


@compiled
def _earlier(t: Tables, one: int, other: int) -> int:
    return other if one == NONE or t.flights[other].departure_d < t.flights[one].departure_d else one
