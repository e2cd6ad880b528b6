"""The core: shares under which no coalition gains by going; and who would, where there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import InternalError
from moonwright.stress.game.game import Floats, Game, members
from moonwright.stress.game.linear import least

_SAME = 1e-9  # relative to the largest worth: a gain below this is rounding


@dataclass(frozen=True)
class LeastCore:
    """`excess`: the least that the best-off coalition can be made to gain by going; `shares` that reach it, shape (n,)."""

    excess: float
    shares: Floats


@dataclass(frozen=True)
class Blocking:
    """Players who together have more by themselves than their shares give them, by `gain`."""

    players: tuple[str, ...]
    gain: float


def least_core(game: Game) -> LeastCore:
    """Minimise e subject to x(S) + e >= worth(S) for all S but nobody and everybody, and x(N) = worth(N).

    Source: Maschler, Peleg and Shapley, Mathematics of Operations Research 4, 1979. One player has all, and an excess of
    minus infinity: nobody else can go.
    """
    if game.size == 1:
        return LeastCore(-np.inf, np.array([game.whole]))
    scale = scale_of(game)
    rows = np.hstack([members(game.size)[1:].astype(float), np.ones((game.everybody, 1))])
    rows[-1, -1] = 0.0
    lower = game.worth[1:] / scale
    upper = np.append(np.full(game.everybody - 1, np.inf), lower[-1])
    costs = np.append(np.zeros(game.size), 1.0)
    found = least(costs, rows, lower, upper, np.full(game.size + 1, -np.inf))
    if found is None:
        raise InternalError("the least core of a game cannot be empty")
    return LeastCore(found.value * scale, found.at[:-1] * scale)


def has_core(game: Game) -> bool:
    """True where some shares leave no coalition a gain by going."""
    return least_core(game).excess <= _SAME * scale_of(game)


def blocking(game: Game, shares: ArrayLike) -> tuple[Blocking, ...]:
    """The coalitions that would gain by going, the greatest gain first; none where the shares are in the core."""
    gains = game.excess(shares)[1:-1]
    able = np.flatnonzero(gains > _SAME * scale_of(game))
    return tuple(
        Blocking(game.named(int(at) + 1), float(gains[at]))
        for at in able[np.argsort(-gains[able], kind="stable")]
    )


def scale_of(game: Game) -> float:
    """The largest worth by size, or 1 where all are 0."""
    return float(np.abs(game.worth).max()) or 1.0
