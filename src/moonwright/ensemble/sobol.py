"""Sobol indices: what share of the spread of an outcome each input makes, alone and together with others.

Two independent draws of all inputs, A and B, and for each input i one more, AB_i, which is A with input i from B:

    first order  S_i = 1 - mean((f(B) - f(AB_i))^2) / (2 V)    what fixing input i would take away from the variance
    total        T_i = mean((f(A) - f(AB_i))^2) / (2 V)        what would stay if all others were fixed

(Jansen, Comput. Phys. Commun. 117 (1999) 35; Saltelli et al., ibid. 181 (2010) 259, table 2, equations (b) and (f).)
V is the variance over A and B. Errors are those of the jackknife over rows, of A, B and all AB_i at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Indices(NamedTuple):
    """The indices of one input with their standard errors; all nan where the outcome never changes."""

    first: float
    first_error: float
    total: float
    total_error: float


def indices(a: Floats, b: Floats, mixed: Sequence[Floats]) -> tuple[Indices, ...]:
    """The indices of each input, from outcomes at A, at B, and at each AB_i."""
    left_out = _variance_without_each(a, b)
    variance = float(np.concatenate([a, b]).var(ddof=1))
    if not variance > 0.0 or not (left_out > 0.0).all():
        return (Indices(*[math.nan] * 4),) * len(mixed)
    told = []
    for ab in mixed:
        first, first_error = _ratio((b - ab) ** 2, variance, left_out)
        total, total_error = _ratio((a - ab) ** 2, variance, left_out)
        told.append(Indices(1.0 - first, first_error, total, total_error))
    return tuple(told)


def _ratio(squares: Floats, variance: float, variance_left_out: Floats) -> tuple[float, float]:
    """mean(squares) / (2 V) and its jackknife error."""
    n = len(squares)
    ratio = float(squares.mean()) / (2 * variance)
    without = (squares.sum() - squares) / (n - 1) / (2 * variance_left_out)
    error = math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()))
    return ratio, error


def _variance_without_each(a: Floats, b: Floats) -> Floats:
    """The variance over A and B without row j, for every j."""
    centre = float(
        np.concatenate([a, b]).mean()
    )  # keeps the sums of squares small beside the numbers themselves
    a, b = a - centre, b - centre
    rest = 2 * len(a) - 2
    total = float(a.sum() + b.sum()) - a - b
    squares = float((a**2).sum() + (b**2).sum()) - a**2 - b**2
    return (squares - total**2 / rest) / (rest - 1)
