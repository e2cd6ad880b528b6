"""Delta-v by departure day between a scenario's orbits of the Earth and its places at the Moon.

It is shown beside the routes that a scenario states; a plan takes its delta-v from these. The planes of both orbits are
free, as `orbit.windows` has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import EpochError, OrbitError
from moonwright.scenario.node import Orbit, Surface
from moonwright.scenario.scenario import Scenario
from moonwright.world.world import World

if TYPE_CHECKING:
    from moonwright.orbit import bodies

Floats = NDArray[np.float64]

# Tried on each day. Assumed: from what a crew bears to what saves no more.
FLIGHTS_D: Final = (3.5, 4.0, 4.5, 5.0)
# Assumed: the altitude (m) and inclination (deg) of the library's low lunar orbit, which passes over every place in time.
LANDING_FROM: Final = (100e3, 90.0)
DAY_S: Final = 86400.0


@dataclass(frozen=True)
class Way:
    """From an orbit of the Earth (m, deg) to an orbit of the Moon, and to the ground if `lands`."""

    origin: str
    destination: str
    near: tuple[float, float]
    far: tuple[float, float]
    lands: bool

    @property
    def name(self) -> str:
        """Both ends."""
        return f"{self.origin} to {self.destination}"


@dataclass(frozen=True)
class ByDay:
    """The cheapest flight of each day of the horizon: how long it takes (d), and impulses in m/s; nan where there is none.

    `landing_m_s` is the same on all days: 0 where the way ends in orbit.
    """

    way: Way
    flight_d: Floats
    injection_m_s: Floats
    capture_m_s: Floats
    landing_m_s: float

    @property
    def total_m_s(self) -> Floats:
        """All impulses."""
        return self.injection_m_s + self.capture_m_s + self.landing_m_s


def ways(scenario: Scenario) -> tuple[Way, ...]:
    """All pairs of a circular orbit of the Earth with a circular orbit of the Moon or a place on it."""
    near = {name: orbit for name, node in scenario.nodes.items() if (orbit := _circular(node, "earth"))}
    far = {
        name: (orbit, False) for name, node in scenario.nodes.items() if (orbit := _circular(node, "moon"))
    }
    far |= {
        name: (LANDING_FROM, True)
        for name, node in scenario.nodes.items()
        if isinstance(node, Surface) and node.body == "moon"
    }
    return tuple(
        Way(origin, destination, start, end, lands)
        for origin, start in near.items()
        for destination, (end, lands) in far.items()
    )


def by_departure(world: World, *, flown: bool) -> tuple[tuple[ByDay, ...], Mapping[str, str]]:
    """A table of each way, and for those that have none the reason. `flown`: under all pulls, else conics alone."""
    tables, without = [], {}
    known: dict[tuple[tuple[float, float], tuple[float, float]], tuple[Floats, Floats, Floats]] = {}
    for way in ways(world.scenario):
        ends = way.near, way.far
        try:
            if ends not in known:
                known[ends] = _scanned(world, way, flown)
            tables.append(ByDay(way, *known[ends], _landing_m_s(way)))
        except (EpochError, OrbitError) as error:
            without[way.name] = str(error)
    return tuple(tables), without


def _circular(node: object, body: str) -> tuple[float, float] | None:
    """Altitude (m) and inclination (deg) of a node that is a circular orbit of a body, else None."""
    if not isinstance(node, Orbit) or node.body != body or node.inclination is None:
        return None
    if node.altitude is None and node.periapsis != node.apoapsis:
        return None
    height_m = node.mean_altitude
    return None if height_m is None else (height_m, float(node.inclination))


def _scanned(world: World, way: Way, flown: bool) -> tuple[Floats, Floats, Floats]:
    """Flight time (d), impulse at the Earth and at the Moon (m/s), by day."""
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415  # compiled code takes its time to load
    from moonwright.orbit.windows import departures  # noqa: PLC0415

    near, far = _orbits(way)
    days = tdb_s_after(world.scenario.horizon.start, np.arange(float(world.horizon_d)))
    table = departures(near, far, days, np.array(FLIGHTS_D) * DAY_S, flown=flown)
    return table.flight_s / DAY_S, table.near_dv_m_s, table.far_dv_m_s


def _orbits(way: Way) -> tuple[bodies.Orbit, bodies.Orbit]:
    from moonwright.orbit import bodies  # noqa: PLC0415

    (near_m, near_deg), (far_m, far_deg) = way.near, way.far
    return (
        bodies.Orbit(bodies.EARTH, near_m, radians(near_deg)),
        bodies.Orbit(bodies.MOON, far_m, radians(far_deg)),
    )


def _landing_m_s(way: Way) -> float:
    from moonwright.orbit.landing import descent  # noqa: PLC0415

    return descent(_orbits(way)[1]).total_m_s if way.lands else 0.0
