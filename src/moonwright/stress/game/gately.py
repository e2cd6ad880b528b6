"""What each could break by going: Gately's propensity to disrupt, and the shares that make it equal for all.

These shares are also those of "separable costs, remaining benefits" (the Tennessee Valley Authority's rule for dams):
written as savings, either is `alone + part of what is left by what each adds` (Straffin and Heaney, International Journal
of Game Theory 10, 1981).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import GameError
from moonwright.stress.game.core import scale_of
from moonwright.stress.game.game import Floats, Game

_NOTHING = 1e-12  # of the largest worth


def contributions(game: Game) -> Floats:
    """What all lose if one goes: worth(N) - worth(N without i), shape (n,)."""
    return np.asarray(game.whole - game.without)


def propensity_to_disrupt(game: Game, shares: ArrayLike) -> Floats:
    """What i's going costs the others for each unit that it costs i, shape (n,).

    d_i = (x(N without i) - worth(N without i)) / (x_i - worth(i))

    Above about 1 somebody holds a threat; infinite where i has nothing to lose and the others have, nan where neither has.
    Source: Gately, International Economic Review 15, 1974.
    """
    given = np.asarray(shares, dtype=float)
    others_lose = given.sum() - given - game.without
    it_loses = given - game.alone
    none = _NOTHING * scale_of(game)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = others_lose / it_loses
    nothing = np.abs(it_loses) <= none
    lost = np.where(np.abs(others_lose) <= none, np.nan, np.copysign(np.inf, others_lose))
    return np.asarray(np.where(nothing, lost, ratio))


def gately_point(game: Game) -> Floats:
    """The shares under which all have the same propensity to disrupt, shape (n,).

    x_i = worth(i) + b_i / sum of b_j * (worth(N) - sum of worth(j)), with b_i the contribution of i less worth(i)

    Raises GameError where that sum is 0 but something is left to share: no shares then make it equal.
    """
    apart = contributions(game) - game.alone
    left = game.whole - float(game.alone.sum())
    if abs(left) <= _NOTHING * scale_of(game):
        return game.alone
    if abs(float(apart.sum())) <= _NOTHING * scale_of(game):
        raise GameError("no player adds anything to the others: there is no Gately point")
    return np.asarray(game.alone + apart / apart.sum() * left)


def separable_cost_remaining_benefit(alone: ArrayLike, without: ArrayLike, together: float) -> Floats:
    """What each pays of a joint cost: what it adds, and of the rest by what it saves, shape (n,).

    pay_i = s_i + b_i / sum of b_j * (C(N) - sum of s_j), with s_i = C(N) - C(N without i), b_i = C(i) - s_i

    `alone` has C(i) and `without` has C(N without i). Source: Federal Inter-Agency River Basin Committee, 1950.
    Raises GameError where nobody saves anything but something is left to pay.
    """
    separable = together - np.asarray(without, dtype=float)
    benefit = np.asarray(alone, dtype=float) - separable
    left = together - float(separable.sum())
    if abs(left) <= _NOTHING * (abs(together) or 1.0):
        return np.asarray(separable)
    if abs(float(benefit.sum())) <= _NOTHING * (abs(together) or 1.0):
        raise GameError("nobody saves anything by joining: what is left cannot be shared by benefit")
    return np.asarray(separable + benefit / benefit.sum() * left)
