"""When does f(t) change sign? One finder of events for every part of the house; it knows no physics.

A function takes an array of times and returns as many numbers. It is looked at every `step` first, so two events
within one step may be missed: the step is the caller's knowledge of how fast things happen. Then all events are refined
together, a call of the function for each round. Times may be in any unit; `start`, `end`, `step` and `tolerance` share it.

    sunrise = lambda et_s: seen_from(site, "sun", et_s).elevation_rad
    found = crossings(sunrise, start_s, end_s, step=3600.0, tolerance=1.0)
    found.times[found.rising]
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import InternalError

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

ROUNDS: Final = 200  # nothing is left of a bracket of doubles long before
GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0


class Crossings(NamedTuple):
    """Times at which a function changes sign, in order; `rising` where from below zero to zero or more."""

    times: Floats
    rising: NDArray[np.bool_]


class Extrema(NamedTuple):
    """Times at which a function is greatest or least among its neighbours, in order, and its values there."""

    times: Floats
    values: Floats


def crossings(function: Function, start: float, end: float, *, step: float, tolerance: float) -> Crossings:
    """Where `function` changes sign between `start` and `end`, to `tolerance`.

    Zero counts as positive. At the time that is given the function has its new sign; its old one it had at most
    `tolerance` before. So a function that only is 1 or -1 may be given as well as a smooth one.
    """
    times = _grid(start, end, step, tolerance)
    values = _values(function, times)
    above = values >= 0.0
    at = np.flatnonzero(above[1:] != above[:-1])
    found = _refined(function, (times[at], times[at + 1]), (values[at], values[at + 1]), tolerance)
    return Crossings(found, above[at + 1])


def maxima(function: Function, start: float, end: float, *, step: float, tolerance: float) -> Extrema:
    """Where `function` is greater than on either side, between `start` and `end` but not at them.

    Near a maximum a function changes so little that its time is known to 1e-8 of a step at best.
    """
    times = _grid(start, end, step, tolerance)
    values = _values(function, times)
    at = 1 + np.flatnonzero((values[1:-1] > values[:-2]) & (values[1:-1] >= values[2:]))
    low, high = times[at - 1], times[at + 1]
    for _ in range(ROUNDS):
        if not np.any(high - low > 2.0 * tolerance):
            break
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        rises = _values(function, left) < _values(function, right)
        low, high = np.where(rises, left, low), np.where(rises, high, right)
    middle = 0.5 * (low + high)
    return Extrema(middle, _values(function, middle))


def minima(function: Function, start: float, end: float, *, step: float, tolerance: float) -> Extrema:
    """Where `function` is less than on either side, between `start` and `end` but not at them."""
    found = maxima(lambda times: -function(times), start, end, step=step, tolerance=tolerance)
    return Extrema(found.times, -found.values)


def spans(function: Function, start: float, end: float, *, step: float, tolerance: float) -> Floats:
    """The spans (n, 2) within which `function` is zero or more; the first and last may be cut by `start` and `end`."""
    found = crossings(function, start, end, step=step, tolerance=tolerance)
    begins, ends = found.times[found.rising], found.times[~found.rising]
    first, last = _values(function, np.array([start, end], dtype=np.float64)) >= 0.0
    begins = np.concatenate([[start], begins]) if first else begins
    ends = np.concatenate([ends, [end]]) if last else ends
    return np.column_stack([begins, ends])


def _refined(
    function: Function, times: tuple[Floats, Floats], values: tuple[Floats, Floats], tolerance: float
) -> Floats:
    """The crossing within each bracket: Chandrupatla's method, for all brackets at once.

    It goes by a parabola through three points where that is safe, else by halves (Advances in Engineering Software
    28, 145, 1997). `now` is the newest point, `other` the end of the bracket across from it, `old` the one before.
    """
    now, other = times[1].copy(), times[0].copy()
    f_now, f_other = values[1].copy(), values[0].copy()
    share = np.full_like(now, 0.5)
    for _ in range(ROUNDS):
        wide = np.abs(other - now) > tolerance
        if not wide.any():
            break
        tried = np.where(wide, now + share * (other - now), now)
        f_tried = np.where(wide, _values(function, tried), f_now)
        same = (f_tried >= 0.0) == (f_now >= 0.0)
        old, f_old = np.where(same, now, other), np.where(same, f_now, f_other)
        other, f_other = np.where(same, other, now), np.where(same, f_other, f_now)
        now, f_now = tried, f_tried
        share = _share(now, other, old, f_now, f_other, f_old)
        least = np.minimum(0.5, 0.5 * tolerance / np.maximum(np.abs(other - now), tolerance))
        share = np.clip(share, least, 1.0 - least)
    return np.where(
        f_now >= 0.0, np.where(values[1] >= 0.0, now, other), np.where(values[1] >= 0.0, other, now)
    )


def _share(now: Floats, other: Floats, old: Floats, f_now: Floats, f_other: Floats, f_old: Floats) -> Floats:
    """How far towards `other` to go next: where the inverse parabola has its zero if that can be trusted, else half."""
    with np.errstate(divide="ignore", invalid="ignore"):
        xi = (now - other) / (old - other)
        phi = (f_now - f_other) / (f_old - f_other)
        safe = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi)
        share = f_now / (f_other - f_now) * f_old / (f_other - f_old) + (old - now) / (
            other - now
        ) * f_now / (f_old - f_now) * f_other / (f_old - f_other)
    return np.where(safe & np.isfinite(share), share, 0.5)


def _grid(start: float, end: float, step: float, tolerance: float) -> Floats:
    if not (math.isfinite(start) and math.isfinite(end) and start < end):
        raise InternalError(f"no time to search between {start} and {end}")
    if not (step > 0.0 and tolerance > 0.0):
        raise InternalError(f"a step and a tolerance are above zero, not {step} and {tolerance}")
    return np.linspace(start, end, max(2, math.ceil((end - start) / step)) + 1)


def _values(function: Function, times: Floats) -> Floats:
    values = np.asarray(function(times), dtype=np.float64)
    if values.shape != times.shape:
        raise InternalError(
            f"a function to search returns one number a time, not {values.shape} for {times.shape}"
        )
    if not np.isfinite(values).all():
        raise InternalError(f"a function to search is not finite at {times[~np.isfinite(values)][0]}")
    return values
