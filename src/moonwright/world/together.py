"""Light of places that feed one another, over a whole turn of the Moon's node: the poles' winters differ within it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import EpochError
from moonwright.scenario.node import Surface
from moonwright.world.light import BODIES, STEPS_A_DAY, sun_seen
from moonwright.world.world import World

Floats = NDArray[np.float64]

TURN_D: Final = (
    6798  # 18.6 years: 360 deg at 1934.1363 deg a century; Meeus, Astronomical Algorithms, 1998, ch. 47
)
LAST: Final = date(2070, 12, 31)  # up to which the ephemeris knows every hour


@dataclass(frozen=True)
class Together:
    """What one place sees of the Sun, or two that feed one another: of each moment, what the better of them sees.

    `sun` is the mean of the disc's share, `lit` the share of the time with any of it, `darkness_d` the longest without.
    """

    nodes: tuple[str, ...]
    start: date
    end: date
    sun: float
    lit: float
    darkness_d: float


def together(world: World) -> tuple[Together, ...]:
    """Each place and each pair of places on one body's ground, over 18.6 years from the start of the horizon.

    Where the ephemeris ends before, they are its last ones; empty where there are no two places, or it does not reach.
    """
    start = min(world.scenario.horizon.start, LAST - timedelta(days=TURN_D))
    time_d = np.arange(TURN_D * STEPS_A_DAY + 1) / STEPS_A_DAY
    found: list[Together] = []
    for body in BODIES:
        sites = {
            name: node
            for name, node in world.scenario.nodes.items()
            if isinstance(node, Surface) and node.body == body
        }
        if len(sites) > 1:
            try:
                seen = {name: sun_seen(node, start, time_d)[0] for name, node in sites.items()}
            except EpochError:  # the calendars tell why
                return ()
            found += _each(seen, start, time_d)
    return tuple(found)


def _each(seen: Mapping[str, Floats], start: date, time_d: Floats) -> Iterator[Together]:
    from moonwright.site import light  # noqa: PLC0415  # compiled code is loaded only where a sky is looked at

    for names in (*((name,) for name in seen), *combinations(seen, 2)):
        share = light.together(*(seen[name] for name in names))
        yield Together(
            names,
            start,
            start + timedelta(days=TURN_D),
            light.mean_share(time_d, share),
            light.lit_share(time_d, share),
            light.longest_darkness(time_d, share).duration_d,
        )
