"""The nucleolus: the most dissatisfied coalition is made as content as can be, then the next, and so on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import GameError, InternalError
from moonwright.stress.game.core import scale_of
from moonwright.stress.game.game import Bools, Floats, Game, members
from moonwright.stress.game.linear import least

_PRICED = 1e-7  # a row with a price binds in every best solution
_TIED = 1e-8  # excesses closer than this, of a game scaled to one, are equal


def nucleolus(game: Game) -> Floats:
    """Shares, shape (n,), none of them below what its owner has alone.

    Linear programs one after the other: minimise the largest excess of what is not settled; coalitions that bind in
    every best solution keep it, and so do all that follow from them; at most n rounds. The result is checked.
    Sources: Schmeidler, SIAM Journal on Applied Mathematics 17, 1969; Kopelowitz 1967.

    Raises GameError where all together have less than each alone: no shares could then content everybody.
    """
    scale = scale_of(game)
    worth, alone = game.worth / scale, game.alone / scale
    spare = float(worth[-1] - alone.sum())
    if spare < -_TIED:
        raise GameError("all together are worth less than each alone: nobody would share")
    if game.size == 1 or spare <= _TIED:
        return np.asarray(game.alone + max(0.0, game.whole - game.alone.sum()) / game.size)
    shares = np.asarray(_descended(game.size, worth, alone) * scale)
    if not contents(game, shares):
        raise InternalError("shares found for a nucleolus fail Kohlberg's condition")
    return shares


def _descended(size: int, worth: Floats, alone: Floats) -> Floats:
    """The shares, by round after round of settling; worths are scaled to one."""
    belongs = members(size)[1:].astype(float)
    wanted = worth[1:].copy()
    settled = np.zeros(len(wanted), dtype=np.bool_)
    settled[-1] = True
    shares = alone
    for _ in range(size):
        found = least(
            np.append(np.zeros(size), 1.0),
            np.hstack([belongs, np.where(settled, 0.0, 1.0)[:, None]]),
            wanted,
            np.where(settled, wanted, np.inf),
            np.append(alone, -np.inf),
        )
        if found is None:
            raise InternalError("a round of the nucleolus has no solution")
        shares = found.at[:-1]
        bound = ~settled & (found.prices > _PRICED)
        if not bound.any():
            raise InternalError("a round of the nucleolus settled no coalition")
        # what follows from settled shares is settled too, at whatever it is
        settled = _spanned(belongs, settled | bound)
        wanted = np.where(settled, belongs @ shares, wanted)
        if settled.all():
            break
    return np.asarray(shares + 0.0)  # no share is -0


def _spanned(belongs: Floats, chosen: Bools) -> Bools:
    """The coalitions whose shares follow from those of the chosen ones: they lie in the span of their rows."""
    _, sizes, axes = np.linalg.svd(belongs[chosen], full_matrices=False)
    axes = axes[sizes > _TIED]
    apart = belongs - (belongs @ axes.T) @ axes
    return np.asarray(np.abs(apart).max(axis=1) < _TIED)


def contents(game: Game, shares: ArrayLike) -> bool:
    """True where shares are the nucleolus, by Kohlberg's condition.

    For every level, no transfer y with y(N) = 0 that hurts none of the coalitions of at least that excess, nor takes from
    anybody who has no more than alone, helps any of them. Source: Kohlberg, SIAM Journal on Applied Mathematics 20, 1971.
    """
    scale = scale_of(game)
    given = np.asarray(shares, dtype=float) / scale
    alone = game.alone / scale
    if abs(float(given.sum()) - game.whole / scale) > _TIED * game.size or (given < alone - _TIED).any():
        return False
    excess = game.excess(shares)[1:-1] / scale
    belongs = members(game.size)[1:-1].astype(float)
    order = np.argsort(-excess, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(excess[order]) < -_TIED, True))
    # transfers are at most one: who may lose nothing has a lower bound of nought
    lower = np.where(given <= alone + _TIED, 0.0, -1.0)
    for end in ends:
        level = belongs[order[: end + 1]]
        if _helped(level, lower):
            return False
        if np.linalg.matrix_rank(np.vstack([level, np.ones(game.size)])) == game.size:
            return True
    return True


def _helped(level: Floats, lower: Floats) -> bool:
    """Whether some transfer within bounds hurts none of the coalitions and helps one."""
    rows = np.vstack([level, np.ones(len(lower))])
    at_most = np.append(np.full(len(level), np.inf), 0.0)
    found = least(-level.sum(axis=0), rows, np.zeros(len(rows)), at_most, lower)
    return found is None or found.value < -1e-6
