"""Random numbers by address: what is drawn depends on who draws it and for what, never on what was drawn before.

So a trial is the same in whatever process it runs, muting a cause leaves all others their luck, and a baseline and its
shock meet the same failures. The address is mixed with the finaliser of SplitMix64 (Steele, Lea and Flood 2014),
once for each of its parts.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from moonwright.compiled import compiled, inlined

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, SplitMix64's step
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT: Final = 2.0**-53

# Wichura (1988), algorithm AS 241, PPND16: relative error about 1e-16. Numerator and denominator, highest power first.
_MIDDLE: Final = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_OUTER: Final = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR: Final = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip


@inlined
def _mixed(word: np.uint64) -> np.uint64:
    word = (word ^ (word >> _30)) * _FIRST
    word = (word ^ (word >> _27)) * _SECOND
    return word ^ (word >> _31)


@compiled
def draw(seed: int, trial: int, cause: int, subject: int | np.uint64, count: int) -> float:
    """A number between 0 and 1, both excluded: the `count`-th of a subject for a cause in a trial."""
    word = _mixed(np.uint64(seed) + _GOLDEN)
    word = _mixed((word ^ np.uint64(trial)) + _GOLDEN)
    word = _mixed((word ^ np.uint64(subject)) + _GOLDEN)
    word = _mixed((word ^ (np.uint64(cause) << _31 ^ np.uint64(count))) + _GOLDEN)
    return (float(word >> _11) + 0.5) * _UNIT


@compiled
def normal(u: float) -> float:
    """The standard normal deviate below which a share `u` lies."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_MIDDLE, 0.180625 - q * q)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    far = _ratio(_OUTER, r - 1.6) if r <= 5.0 else _ratio(_FAR, r - 5.0)
    return far if q > 0 else -far


@compiled
def _ratio(of: tuple[tuple[float, ...], tuple[float, ...]], x: float) -> float:
    upper, lower = 0.0, 0.0
    for term in of[0]:
        upper = upper * x + term
    for term in of[1]:
        lower = lower * x + term
    return upper / lower


@compiled
def exponential(mean: float, u: float) -> float:
    """The exponential deviate of a mean below which a share 1 - `u` lies."""
    return -mean * math.log(u)


@compiled
def lognormal(median: float, spread: float, u: float) -> float:
    """The lognormal deviate; two of three lie within a factor `spread` of the median."""
    return median * math.exp(math.log(max(spread, 1.0)) * normal(u))
