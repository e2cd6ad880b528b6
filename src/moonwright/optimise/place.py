"""Items and people onto flights that are alike, by placing them one after the other: quick, and often enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from moonwright.optimise.hold import Hold, Ints
from moonwright.optimise.model import Floats

# Which of the flights that have room for an item takes it.
Rule = Literal["emptiest", "first", "fullest"]
RULES: tuple[Rule, ...] = ("emptiest", "first", "fullest")


def placings(hold: Hold, flights: int, totals: Floats, reserved: Floats) -> Iterator[Floats]:
    """Ways to place all whole loads, as tables (loads, flights) with noughts for what is poured.

    `reserved` is what every flight keeps room for besides. The largest come first, as in first-fit decreasing
    (D. S. Johnson 1973), with one size made of all limits. What is yielded keeps every limit; there may be none.
    """
    rows = hold.limits
    weights, capacity = hold.weights[rows, : hold.loads], hold.granted[rows]
    free = np.tile(capacity - weights @ reserved, (flights, 1))
    seated = _people(hold, flights, totals)
    free -= (weights @ seated).T
    need, scarce = _relative(weights, capacity, flights, totals)
    orders = [need.max(axis=0, initial=0.0), scarce @ need]
    for rule in RULES:
        for size in orders:
            order = hold.items[np.argsort(-size[hold.items], kind="stable")]
            table = _placed(
                weights, free, totals, order, rule, scarce / np.where(capacity > 0, capacity, 1.0)
            )
            if table is not None and hold.within(table + seated + reserved[:, None]):
                yield table + seated


def _relative(weights: Floats, capacity: Floats, flights: int, totals: Floats) -> tuple[Floats, Floats]:
    """Each load's share of each capacity, and how scarce each capacity is: the share of it that is asked for."""
    useful = capacity > 0
    need = np.where(useful[:, None], np.maximum(weights, 0.0) / np.where(useful, capacity, 1.0)[:, None], 0.0)
    return need, (need @ totals) / flights


def _people(hold: Hold, flights: int, totals: Floats) -> Floats:
    """People as evenly as can be, dealt out like cards, those who ride the same way one after the other."""
    table = np.zeros((hold.loads, flights))
    turn = 0
    for load in hold.people:
        for _ in range(round(float(totals[load]))):
            table[load, turn % flights] += 1.0
            turn += 1
    return table


def _placed(
    weights: Floats, free: Floats, totals: Floats, order: Ints | Sequence[int], rule: Rule, worth: Floats
) -> Floats | None:
    """The items of `order` on flights with `free` room; `worth` makes one number of what is free. None: one is left."""
    free = free.copy()
    table = np.zeros((weights.shape[1], len(free)))
    for load in order:
        need = weights[:, load]
        asked = need > 0.0
        for _ in range(round(float(totals[load]))):
            fitting = np.flatnonzero((free[:, asked] >= need[asked]).all(axis=1))
            if not fitting.size:
                return None
            if rule == "first":
                flight = fitting[0]
            else:
                left = free[fitting] @ worth
                flight = fitting[left.argmax() if rule == "emptiest" else left.argmin()]
            free[flight] -= need
            table[load, flight] += 1.0
    return table
