"""The Shapley value: what each adds to those who came before, over all orders in which they may come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial, sqrt

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import GameError
from moonwright.stress.game.game import Floats, Game, members


def shapley(game: Game) -> Floats:
    """Shares, shape (n,). Source: Shapley, A value for n-person games, 1953.

    x_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S with i) - v(S))
    """
    return _weighed(game.size, game.worth, game.worth)


def shapley_between(low: Game, high: Game) -> tuple[Floats, Floats]:
    """The least and the greatest shares where each coalition's worth is only known to lie between two games'.

    Both are reached: what i adds is least where coalitions with i are worth least and those without it most.
    The whole is then not one number either, so neither adds up to it.
    """
    return _weighed(low.size, low.worth, high.worth), _weighed(low.size, high.worth, low.worth)


def _weighed(size: int, with_it: Floats, without: Floats) -> Floats:
    """The value's sum, with the worth of coalitions that have i and those that lack it taken from two tables."""
    belongs = members(size)
    others = belongs.sum(axis=1)
    weights = np.array([factorial(s) * factorial(size - s - 1) / factorial(size) for s in range(size)])
    shares = np.empty(size)
    for player in range(size):
        lacking = np.flatnonzero(~belongs[:, player])
        added = with_it[lacking | (1 << player)] - without[lacking]
        shares[player] = weights[others[lacking]] @ added
    return shares


@dataclass(frozen=True)
class Sampled:
    """Estimated shares, shape (n,), and the standard error of each, from so many orders of coming."""

    shares: Floats
    standard_error: Floats
    orders: int


def sampled_shapley(
    size: int, worth: Callable[[int], float], orders: int, rng: np.random.Generator
) -> Sampled:
    """The Shapley value from random orders, for games too large to tell every coalition's worth.

    Orders come in pairs, one the other's reverse, so that who comes early in one comes late in the other; a pair is one
    draw. `worth` is asked of coalitions by number, and never twice of the same. The shares add up to the whole.
    Source: Castro, Gomez and Tejada, Computers & Operations Research 36, 2009.
    """
    if orders < 4:
        raise GameError(f"a standard error needs four orders or more, not {orders}")
    known: dict[int, float] = {0: 0.0}
    pairs = -(-orders // 2)
    draws = np.empty((pairs, size))
    for row in range(pairs):
        order = rng.permutation(size)
        draws[row] = (_added(order, worth, known) + _added(order[::-1], worth, known)) / 2.0
    return Sampled(draws.mean(axis=0), draws.std(axis=0, ddof=1) / sqrt(pairs), 2 * pairs)


def _added(order: NDArray[np.int64], worth: Callable[[int], float], known: dict[int, float]) -> Floats:
    """What each adds in an order of coming."""
    added, coalition = np.empty(len(order)), 0
    for player in order.tolist():
        grown = coalition | (1 << player)
        if grown not in known:
            known[grown] = worth(grown)
        added[player] = known[grown] - known[coalition]
        coalition = grown
    return added
