"""Who comes before whom, said only where what is known of both allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Ahead(NamedTuple):
    """`first` surely has more than `second`."""

    first: str
    second: str


def surely_ahead(players: Sequence[str], low: ArrayLike, high: ArrayLike) -> tuple[Ahead, ...]:
    """Every pair whose intervals do not meet, in the players' order."""
    least, most = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    return tuple(
        Ahead(players[a], players[b])
        for a in range(len(players))
        for b in range(len(players))
        if least[a] > most[b]
    )


def tiers(players: Sequence[str], low: ArrayLike, high: ArrayLike) -> tuple[tuple[str, ...], ...]:
    """Players in groups, the highest first: whoever is in one is surely ahead of all in the next.

    Within a group the order is not known; players of one group need not overlap pair by pair, but hang together.
    """
    least, most = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    groups: list[list[str]] = []
    floor = np.inf
    for at in np.argsort(-most, kind="stable"):
        if not groups or most[at] < floor:
            groups.append([])
            floor = np.inf
        groups[-1].append(players[at])
        floor = min(floor, float(least[at]))
    return tuple(tuple(sorted(group, key=list(players).index)) for group in groups)
