"""The sky over surface nodes by month: light, darkness, and whether the Earth is in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import EpochError
from moonwright.scenario.node import Surface
from moonwright.world.forecast import month_edges_d
from moonwright.world.light import BODIES, STEPS_A_DAY, standing
from moonwright.world.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spans:
    """By span of time: the mean of how much of the Sun's disc is seen, the share of it with any of the Sun in sight, the
    longest darkness within it (d), and the share of it with the Earth's centre in sight (None on the Earth)."""

    sun: Floats
    lit: Floats
    darkness_d: Floats
    earth: Floats | None


@dataclass(frozen=True)
class Calendar:
    """The sky over one node: by month, by calendar year, and over the whole horizon (one span)."""

    node: str
    months: Spans
    years: Spans
    whole: Spans
    horizon: str  # where the horizon comes from
    assumed: bool  # no skyline is given: the ground is taken to be flat


def calendars(world: World) -> tuple[tuple[Calendar, ...], Mapping[str, str]]:
    """A calendar of each surface node, and for nodes that have none the reason."""
    found, without = [], {}
    for name, node in world.scenario.nodes.items():
        if not isinstance(node, Surface):
            continue
        if node.body not in BODIES:
            without[name] = f"the sky is computed on {' and '.join(BODIES)}, not on {node.body}"
            continue
        try:
            found.append(_calendar(world, name, node))
        except EpochError as error:
            without[name] = str(error)
    return tuple(found), without


def year_edges_d(world: World) -> list[float]:
    """The days on which the years of the horizon begin, and its end."""
    start, end = world.scenario.horizon.start, world.scenario.horizon.end
    inner = [float(world.day_of(date(year, 1, 1))) for year in range(start.year + 1, end.year + 1)]
    return [0.0, *(day for day in inner if day < world.horizon_d), float(world.horizon_d)]


def _calendar(world: World, name: str, node: Surface) -> Calendar:
    # Compiled code is loaded only where a sky is looked at: it takes half a second.
    from moonwright.orbit.apparent import angular_radius_rad, sky  # noqa: PLC0415
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415
    from moonwright.site.light import disc, seen, share_seen  # noqa: PLC0415

    time_d = np.arange(world.horizon_d * STEPS_A_DAY + 1) / STEPS_A_DAY
    site, horizon = standing(node)
    bodies = ("sun",) if node.body == "earth" else ("sun", "earth")
    views = sky(site, bodies, tdb_s_after(world.scenario.horizon.start, time_d))
    discs = [
        disc(view.azimuth_rad, view.elevation_rad, angular_radius_rad(body, view.distance_m))
        for body, view in zip(bodies, views, strict=True)
    ]
    share = share_seen(horizon, discs[0])
    earth = seen(horizon, discs[1]) if len(discs) > 1 else None

    def spans(edges_d: Sequence[float]) -> Spans:
        return _spans(time_d, share, earth, edges_d)

    return Calendar(
        name,
        spans(month_edges_d(world)),
        spans(year_edges_d(world)),
        spans([0.0, float(world.horizon_d)]),
        horizon.source,
        node.skyline is None,
    )


def _spans(time_d: Floats, share: Floats, earth: NDArray[np.bool_] | None, edges_d: Sequence[float]) -> Spans:
    from moonwright.site.light import longest_darkness, mean_by_period  # noqa: PLC0415

    dark = []  # both edges of a span belong to it: a spell may last from one to the other
    for start_d, end_d in pairwise(edges_d):
        within = (time_d >= start_d) & (time_d <= end_d)
        dark.append(longest_darkness(time_d[within], share[within]).duration_d)
    return Spans(
        mean_by_period(time_d, share, edges_d),
        mean_by_period(time_d, (share > 0.0).astype(np.float64), edges_d),
        np.array(dark),
        None if earth is None else mean_by_period(time_d, earth.astype(np.float64), edges_d),
    )
