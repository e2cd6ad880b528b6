"""Darkness and light of nodes: as the scenario states them, else from the sky above a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING

import numpy as np

from moonwright.errors import OrbitError
from moonwright.scenario.node import Surface
from moonwright.scenario.scenario import Scenario

if TYPE_CHECKING:
    from moonwright.orbit.apparent import Site
    from moonwright.site.horizon import Horizon

STEPS_A_DAY = 24  # the Sun moves by half a degree an hour in a lunar sky: less than its own disc
BODIES = ("earth", "moon")  # whose axes and place are known


@dataclass(frozen=True)
class Light:
    """`darkness_d`: the longest time without any of the Sun; `share` of the time with some of it; `told`: where from."""

    darkness_d: float
    share: float
    told: str


def lights(scenario: Scenario, horizon_d: int) -> Mapping[str, Light]:
    """Light of every node of which something is stated, or whose sky is given; others have no night.

    Raises OrbitError for a sky on a body whose motion is not known, EpochError for years that no ephemeris covers.
    """
    found = {}
    for name, node in scenario.nodes.items():
        stated = getattr(node, "darkness", None), getattr(node, "light", None)
        skyline = node.skyline if isinstance(node, Surface) else None
        if None not in stated or skyline is None:
            if stated != (None, None):
                found[name] = Light(float(stated[0] or 0.0), float(_or(stated[1], 1.0)), "stated")
            continue
        assert isinstance(node, Surface)
        computed = _under(name, node, scenario, horizon_d)
        found[name] = Light(
            float(_or(stated[0], computed.darkness_d)), float(_or(stated[1], computed.share)), computed.told
        )
    return found


def _or(stated: float | None, computed: float) -> float:
    return computed if stated is None else stated


def _under(name: str, node: Surface, scenario: Scenario, horizon_d: int) -> Light:
    """The Sun over a site, hour by hour: how long none of its disc is above the skyline."""
    # Compiled code is loaded only where a sky is looked at: it takes half a second.
    from moonwright.orbit.apparent import angular_radius_rad, seen_from  # noqa: PLC0415
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415
    from moonwright.site.light import disc, lit_share, longest_darkness, share_seen  # noqa: PLC0415

    if node.body not in BODIES:
        allowed = " and ".join(BODIES)
        raise OrbitError(
            f"nodes.{name}: light is computed on {allowed}, not on {node.body!r}; state darkness and light"
        )
    time_d = np.arange(horizon_d * STEPS_A_DAY + 1) / STEPS_A_DAY
    site, horizon = standing(node)
    sun = seen_from(site, "sun", tdb_s_after(scenario.horizon.start, time_d))
    share = share_seen(
        horizon, disc(sun.azimuth_rad, sun.elevation_rad, angular_radius_rad("sun", sun.distance_m))
    )
    return Light(longest_darkness(time_d, share).duration_d, lit_share(time_d, share), horizon.source)


def standing(node: Surface) -> tuple[Site, Horizon]:
    """Where one stands at a surface node, and the ground around: flat and seen from no mast where no skyline is given."""
    from moonwright.orbit.apparent import FIGURES, Site  # noqa: PLC0415
    from moonwright.site.horizon import Horizon, flat_horizon  # noqa: PLC0415

    mast_m = 0.0 if node.skyline is None else float(node.skyline.mast)
    site = Site(node.body, radians(node.latitude), radians(node.longitude), mast_m)
    profile = () if node.skyline is None else node.skyline.profile
    if not profile:
        return site, flat_horizon(mast_m, FIGURES[node.body].equatorial_m)
    azimuths = np.arange(len(profile)) * 2 * np.pi / len(profile)
    return site, Horizon(azimuths, np.radians(np.array(profile, dtype=float)), "the skyline of the scenario")
