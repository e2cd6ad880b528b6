"""A game in coalitional form: what each coalition is worth alone.

A coalition is a number whose bit i says whether player i belongs to it: 0 is nobody, 2^n - 1 everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.errors import GameError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_PLAYERS = 16  # 65,536 coalitions: what fits on a page has far fewer, and memory ends soon after


@dataclass(frozen=True)
class Game:
    """`worth[S]`: what coalition S has by itself, shape (2^n,); that of nobody is 0."""

    players: tuple[str, ...]
    worth: Floats

    @property
    def size(self) -> int:
        """How many play."""
        return len(self.players)

    @property
    def everybody(self) -> int:
        """The coalition of all."""
        return len(self.worth) - 1

    @property
    def whole(self) -> float:
        """What all are worth together."""
        return float(self.worth[-1])

    @property
    def alone(self) -> Floats:
        """What each is worth alone, shape (n,)."""
        return np.asarray(self.worth[1 << np.arange(self.size)])

    @property
    def without(self) -> Floats:
        """What the others are worth without each, shape (n,)."""
        return np.asarray(self.worth[self.everybody ^ (1 << np.arange(self.size))])

    def named(self, coalition: int) -> tuple[str, ...]:
        """Who belongs to a coalition."""
        return tuple(name for bit, name in enumerate(self.players) if coalition >> bit & 1)

    def excess(self, shares: ArrayLike) -> Floats:
        """excess[S] = worth(S) - x(S): what each coalition would gain by going, shape (2^n,)."""
        return np.asarray(self.worth - members(self.size) @ np.asarray(shares, dtype=float))


def game(players: Iterable[str], worth: Callable[[tuple[str, ...]], float]) -> Game:
    """The game in which `worth` tells what a coalition, given by name, has; it is not asked about nobody."""
    names = tuple(players)
    _check_players(names)
    values = [0.0] + [worth(tuple(_chosen(names, coalition))) for coalition in range(1, 1 << len(names))]
    return from_table(names, values)


def from_table(players: Iterable[str], worth: ArrayLike) -> Game:
    """The game of a table by coalition. Raises GameError for a table of the wrong size, nobody's worth, or no number."""
    names = tuple(players)
    _check_players(names)
    table = np.array(worth, dtype=float)
    if table.shape != (1 << len(names),):
        raise GameError(f"{len(names)} players have {1 << len(names)} coalitions, not {table.size}")
    if table[0] != 0.0:
        raise GameError(f"nobody is worth 0, not {table[0]:g}")
    if not np.isfinite(table).all():
        lacking = " with ".join(_chosen(names, int(np.flatnonzero(~np.isfinite(table))[0])))
        raise GameError(f"the worth of {lacking} is not a number; give coalitions that can do nothing 0")
    table.flags.writeable = False
    return Game(names, table)


def of_costs(players: Iterable[str], cost: ArrayLike) -> Game:
    """The game of savings: worth(S) = sum of what its members cost alone - what they cost together."""
    names = tuple(players)
    costs = np.asarray(cost, dtype=float)
    _check_players(names)
    return from_table(names, members(len(names)) @ costs[1 << np.arange(len(names))] - costs)


@cache
def members(size: int) -> Bools:
    """Who belongs to which coalition, shape (2^n, n)."""
    table: Bools = (np.arange(1 << size)[:, None] >> np.arange(size) & 1).astype(np.bool_)
    table.flags.writeable = False
    return table


def _chosen(names: tuple[str, ...], coalition: int) -> Iterator[str]:
    return (name for bit, name in enumerate(names) if coalition >> bit & 1)


def _check_players(names: tuple[str, ...]) -> None:
    if not 1 <= len(names) <= MOST_PLAYERS:
        raise GameError(f"a table of coalitions is for 1 to {MOST_PLAYERS} players, not {len(names)}")
    if len(set(names)) < len(names):
        raise GameError("two players have the same name")
