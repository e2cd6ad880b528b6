"""How much of the Sun, or of the Earth, stands above a horizon; how long it is dark; what two sites see together.

The share seen is that of the disc's area. The horizon runs through the disc as it is, not as a level line. The Sun's disc
counts as evenly bright (its limb gives less, so that light near first and last contact is overstated), and there is no
air. Times are days since any epoch, `_d`, rising; a value stands for the time from half-way to the one before to half-way
to the next, so that spells of darkness are known to a step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.compiled import compiled, inlined
from moonwright.errors import InternalError
from moonwright.site.horizon import Horizon
from moonwright.site.stereographic import Floats

# The disc is cut into upright strips. With 32 the share is within 0.002 of the closed form for a level horizon.
STRIPS: Final = 32
_ANGLES: Final = (np.arange(STRIPS) + 0.5) * (math.pi / STRIPS)
_RIGHT: Final = -np.cos(_ANGLES)  # of the centre, in radii; rising
_HALF: Final = np.sin(_ANGLES)  # half a strip's height, in radii
_WEIGHT: Final = 2.0 / STRIPS * np.sin(_ANGLES) ** 2  # its share of the disc


class Disc(NamedTuple):
    """A disc in the sky over time: azimuth (from north over east) and elevation of its centre, and its radius, rad."""

    azimuth_rad: Floats
    elevation_rad: Floats
    radius_rad: Floats


class Spell(NamedTuple):
    """A span of time, d."""

    start_d: float
    end_d: float

    @property
    def duration_d(self) -> float:
        """Its length."""
        return self.end_d - self.start_d


def share_seen(horizon: Horizon, disc: Disc) -> Floats:
    """The share of the disc's area that stands above the horizon, 0 to 1, at each time."""
    azimuth, elevation = _unrolled(horizon)
    return _shares(azimuth, elevation, Disc(*(np.ascontiguousarray(part) for part in disc)))


def seen(horizon: Horizon, disc: Disc) -> NDArray[np.bool_]:
    """Whether the centre stands above the horizon: when a beam to the Earth is free, say."""
    return np.asarray(disc.elevation_rad > horizon.at(disc.azimuth_rad))


def together(*shares: Floats) -> Floats:
    """What sites that feed one another see together: of each moment, the most that one of them sees."""
    return np.asarray(np.maximum.reduce(shares), dtype=np.float64)


def mean_share(time_d: Floats, share: Floats) -> float:
    """The share of full light over the whole time: 1 where nothing is ever hidden."""
    widths = _widths(time_d)
    return float(widths @ share / widths.sum())


def lit_share(time_d: Floats, share: Floats, *, above: float = 0.0) -> float:
    """The share of the time in which more than `above` of the disc is seen."""
    return mean_share(time_d, (share > above).astype(np.float64))


def mean_by_period(time_d: Floats, value: Floats, edges_d: Sequence[float]) -> Floats:
    """The mean of a value within each span from one edge to the next, each holding one time or more."""
    found = []
    for start_d, end_d in pairwise(edges_d):
        within = (time_d >= start_d) & (time_d < end_d)
        if not within.any():
            raise InternalError(f"no time is given between days {start_d} and {end_d}")
        found.append(float(value[within].mean()))
    return np.array(found)


def spells(time_d: Floats, holds: NDArray[np.bool_]) -> list[Spell]:
    """The spans of time in which something holds; the first and last may be cut by the ends of what is looked at."""
    change = np.flatnonzero(np.diff(holds.astype(np.int8))) + 1
    edges_d = np.concatenate([time_d[:1], 0.5 * (time_d[change - 1] + time_d[change]), time_d[-1:]])
    first = 0 if holds[0] else 1
    return [
        Spell(float(start_d), float(end_d))
        for start_d, end_d in zip(edges_d[first:-1:2], edges_d[first + 1 :: 2], strict=True)
    ]


def longest_darkness(time_d: Floats, share: Floats, *, at_most: float = 0.0) -> Spell:
    """The longest span with at most `at_most` of the disc in sight; of no length at the start where it is never dark."""
    dark = spells(time_d, share <= at_most)
    return max(dark, key=lambda spell: spell.duration_d, default=Spell(float(time_d[0]), float(time_d[0])))


def disc(azimuth_rad: ArrayLike, elevation_rad: ArrayLike, radius_rad: ArrayLike) -> Disc:
    """A disc over time; single numbers stand for all times."""
    parts = np.broadcast_arrays(azimuth_rad, elevation_rad, radius_rad)
    return Disc(*(np.array(part, dtype=np.float64, ndmin=1) for part in parts))


def _widths(time_d: Floats) -> Floats:
    """The time that each of the times stands for."""
    if len(time_d) < 2 or not (np.diff(time_d) > 0.0).all():
        raise InternalError("two rising times or more")
    return np.diff(np.concatenate([time_d[:1], 0.5 * (time_d[1:] + time_d[:-1]), time_d[-1:]]))


def _unrolled(horizon: Horizon) -> tuple[Floats, Floats]:
    """The horizon five times around, so that one with a single direction, too, covers all from -pi to 3 pi."""
    turns = 2 * math.pi * np.arange(-2.0, 3.0)
    return np.add.outer(turns, horizon.azimuth_rad).ravel(), np.tile(horizon.elevation_rad, 5)


@compiled
def _shares(azimuth: Floats, elevation: Floats, disc: Disc) -> Floats:
    share = np.empty(disc.azimuth_rad.shape[0])
    lowest, highest = elevation.min(), elevation.max()
    for i in range(share.shape[0]):
        middle, radius = disc.elevation_rad[i], disc.radius_rad[i]
        if middle - radius >= highest:
            share[i] = 1.0
        elif middle + radius <= lowest:
            share[i] = 0.0
        else:
            share[i] = _share(azimuth, elevation, disc.azimuth_rad[i] % (2 * math.pi), middle, radius)
    return share


@compiled
def _share(azimuth: Floats, elevation: Floats, at: float, middle: float, radius: float) -> float:
    """Strip by strip, what of its height stands above the horizon there; none is looked at where the answer is plain."""
    # Azimuths crowd towards the zenith.
    across = min(radius / max(math.cos(middle), 1e-3), 0.5 * math.pi)
    first = _before(azimuth, at - across)
    k, lowest, highest = first, elevation[first], elevation[first]
    while azimuth[k] < at + across:
        k += 1
        lowest, highest = min(lowest, elevation[k]), max(highest, elevation[k])
    if middle - radius >= highest:
        return 1.0
    if middle + radius <= lowest:
        return 0.0
    share, k = 0.0, first
    for strip in range(STRIPS):
        direction = at + across * _RIGHT[strip]
        while direction > azimuth[k + 1]:
            k += 1
        part = (direction - azimuth[k]) / (azimuth[k + 1] - azimuth[k])
        ground = elevation[k] + part * (elevation[k + 1] - elevation[k])
        half = radius * _HALF[strip]
        share += _WEIGHT[strip] * min(1.0, max(0.0, (middle + half - ground) / (2.0 * half)))
    return min(1.0, share)


@inlined
def _before(azimuth: Floats, direction: float) -> int:
    """The last azimuth that is not beyond a direction; there is always one, and one after it."""
    low, high = 0, azimuth.shape[0] - 1
    while high - low > 1:
        middle = (low + high) // 2
        if azimuth[middle] <= direction:
            low = middle
        else:
            high = middle
    return low
