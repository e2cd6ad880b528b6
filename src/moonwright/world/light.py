"""Darkness and light of nodes: as the scenario states them, else from the sky above a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import Fault, OrbitError, SiteError
from moonwright.scenario.horizon import Horizon
from moonwright.scenario.node import Surface
from moonwright.scenario.scenario import Scenario

if TYPE_CHECKING:
    from moonwright.orbit.apparent import Site
    from moonwright.site import horizon as ground

STEPS_A_DAY = 24  # the Sun moves by half a degree an hour in a lunar sky: less than its own disc
Days = NDArray[np.float64]

BODIES = ("earth", "moon")  # whose axes and place are known


@dataclass(frozen=True)
class Light:
    """The light of a node on each day of the horizon, and where that is known from (`told`).

    `darkness_d`: the longest time without any of the Sun that touches the day's month, shape (horizon_d,).
    `sun`: the mean over the day's month of how much of the Sun's disc is seen, shape (horizon_d,); None where that is not
    computed: then a plan counts on the whole Sun outside darkness. `lit`: share of the horizon with any of it in sight.
    """

    darkness_d: Days
    sun: Days | None
    lit: float
    told: str

    @property
    def longest_d(self) -> float:
        """The longest darkness of all."""
        return float(self.darkness_d.max())

    def darkest_d(self, start_d: int, end_d: int) -> float:
        """The longest darkness of some days; those after the horizon are as its last."""
        return float(self.darkness_d[_within(start_d, end_d, len(self.darkness_d))].max())

    def dimmest(self, start_d: int, end_d: int) -> float | None:
        """The least of the mean Sun of some days; those after the horizon are as its last. None where none is computed."""
        return None if self.sun is None else float(self.sun[_within(start_d, end_d, len(self.sun))].min())


def _within(start_d: int, end_d: int, horizon_d: int) -> slice:
    return slice(min(start_d, horizon_d - 1), max(1, min(end_d, horizon_d)))


def lights(scenario: Scenario, horizon_d: int) -> Mapping[str, Light]:
    """Light of every node of which something is stated, or whose sky is given; others have no night.

    What is stated holds on every day. Raises OrbitError for a sky on a body whose motion is not known, EpochError for
    years that no ephemeris covers.
    """
    found = {}
    for name, node in scenario.nodes.items():
        stated = getattr(node, "darkness", None), getattr(node, "light", None)
        skyline = node.skyline if isinstance(node, Surface) else None
        if None not in stated or skyline is None:
            if stated != (None, None):
                found[name] = _stated(stated, horizon_d)
            continue
        assert isinstance(node, Surface)
        if node.body not in BODIES:
            allowed = " and ".join(BODIES)
            raise OrbitError(
                f"nodes.{name}: light is computed on {allowed}, not on {node.body!r}; state darkness and light"
            )
        found[name] = _corrected(_under(node, scenario.horizon), stated)
    return found


def _stated(stated: tuple[float | None, float | None], horizon_d: int) -> Light:
    darkness, light = stated
    return Light(
        np.full(horizon_d, float(darkness or 0.0)), None, 1.0 if light is None else float(light), "stated"
    )


def _corrected(computed: Light, stated: tuple[float | None, float | None]) -> Light:
    """What is computed, but for what is stated."""
    darkness, light = stated
    if darkness is not None:
        computed = replace(computed, darkness_d=np.full_like(computed.darkness_d, float(darkness)))
    return computed if light is None else replace(computed, sun=None, lit=float(light))


@lru_cache(maxsize=64)  # whoever asks what if observes the same sky hundreds of times
def _under(node: Surface, horizon: Horizon) -> Light:
    """The Sun over a site, hour by hour through whole months: how much of its disc is above the skyline."""
    from moonwright.site.light import lit_share, mean_by_period, spells  # noqa: PLC0415  # compiled code

    edges_d = whole_months_d(horizon)
    time_d = np.arange(edges_d[0] * STEPS_A_DAY, edges_d[-1] * STEPS_A_DAY + 1) / STEPS_A_DAY
    share, ground = sun_seen(node, horizon.start, time_d)
    dark = spells(time_d, share <= 0.0)
    darkness_d = [
        max((spell.duration_d for spell in dark if spell.start_d < end and spell.end_d > start), default=0.0)
        for start, end in pairwise(edges_d)
    ]
    asked = (time_d >= 0.0) & (time_d <= (horizon.end - horizon.start).days)
    return Light(
        _by_day(darkness_d, edges_d, horizon),
        _by_day(mean_by_period(time_d, share, edges_d), edges_d, horizon),
        lit_share(time_d[asked], share[asked]),
        ground,
    )


def whole_months_d(horizon: Horizon) -> list[int]:
    """The days on which the calendar months of a horizon begin, from the one that holds its start, and its last one ends.

    Months are not cut at the horizon's ends: two days left of one may well be two days of night.
    """
    first = horizon.start.replace(day=1)
    edges = [first]
    while edges[-1] < horizon.end:
        edges.append((edges[-1] + timedelta(days=31)).replace(day=1))
    return [(edge - horizon.start).days for edge in edges]


def _by_day(monthly: Sequence[float] | Days, edges_d: list[int], horizon: Horizon) -> Days:
    """A value of whole months on each day of the horizon."""
    daily = np.repeat(np.asarray(monthly, dtype=np.float64), np.diff(edges_d))
    asked = daily[-edges_d[0] :][: (horizon.end - horizon.start).days]
    asked.flags.writeable = False  # many worlds may share it
    return asked


def sun_seen(node: Surface, start: date, time_d: Days) -> tuple[Days, str]:
    """How much of the Sun's disc is seen from a surface node at times after a date, and by which horizon."""
    # Compiled code is loaded only where a sky is looked at: it takes half a second.
    from moonwright.orbit.apparent import angular_radius_rad, seen_from  # noqa: PLC0415
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415
    from moonwright.site.light import disc, share_seen  # noqa: PLC0415

    site, ground = standing(node)
    sun = seen_from(site, "sun", tdb_s_after(start, time_d))
    seen = disc(sun.azimuth_rad, sun.elevation_rad, angular_radius_rad("sun", sun.distance_m))
    return share_seen(ground, seen), ground.source


def standing(node: Surface) -> tuple[Site, ground.Horizon]:
    """Where one stands at a surface node, and the ground around: flat and seen from no mast where no skyline is given."""
    from moonwright.orbit.apparent import FIGURES, Site  # noqa: PLC0415
    from moonwright.site import horizon as ground  # noqa: PLC0415

    skyline = node.skyline
    mast_m = 0.0 if skyline is None else float(skyline.mast)
    site = Site(node.body, radians(node.latitude), radians(node.longitude), mast_m)
    if skyline is not None and skyline.files:
        named = ", ".join(skyline.files)
        raise SiteError((Fault(named, 0, "", "was not read", "", "load the scenario from its file"),))
    if skyline is not None and skyline.directions is not None:
        from moonwright.site.stored import parsed_horizon  # noqa: PLC0415

        return site, parsed_horizon(skyline.directions, "directions")
    profile = () if skyline is None else skyline.profile
    if not profile:
        return site, ground.flat_horizon(mast_m, FIGURES[node.body].equatorial_m)
    azimuths = np.arange(len(profile)) * 2 * np.pi / len(profile)
    return site, ground.Horizon(
        azimuths, np.radians(np.array(profile, dtype=float)), "the skyline of the scenario"
    )
