"""Down to an airless body and up again: impulses of the ideal flight, and what real ones lose besides, each by name.

A lander leaves a circular orbit for one whose nearest point is low, brakes there and comes down; going up, it does the same
backwards. The ideal impulses follow from the body. What thrust spends on holding the lander up (gravity loss), on
turning (steering loss) and on hovering over the ground does not: it is stated, with its source, and may be given otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from moonwright.errors import OrbitError
from moonwright.orbit.bodies import Orbit

FOOT_M: Final = 0.3048
LOW_POINT_M: Final = 50_000.0 * FOOT_M  # where Apollo began to brake (Apollo 11 Flight Plan, 1969)


@dataclass(frozen=True)
class Losses:
    """What a landing or an ascent spends beside its ideal impulses, m/s, and who says so."""

    gravity_and_steering_m_s: float
    hover_m_s: float
    source: str

    def __post_init__(self) -> None:
        if not (self.gravity_and_steering_m_s >= 0.0 and self.hover_m_s >= 0.0):
            raise OrbitError(
                f"losses are not below zero: {self.gravity_and_steering_m_s:g} and {self.hover_m_s:g} m/s were given"
            )


# Apollo 11 Flight Plan (final, July 1969), table 5-8: 6728.6 ft/s for the descent from 60 nautical miles, of which 477
# for 90 s of manual flight from 500 ft. Less the 21.8 m/s that lower the orbit and 1694.7 m/s at its low point.
APOLLO_DESCENT: Final = Losses(
    6728.6 * FOOT_M - 477.0 * FOOT_M - 21.8 - 1694.7,
    477.0 * FOOT_M,
    "Apollo 11 Flight Plan (1969), table 5-8",
)

# 1,968 m/s from the surface to 100 km, with 5 % of reserve, in the planning budgets of Acta Astronautica 177 (2020), 351,
# table 4. Less 1692.2 m/s at the low point of the way up and 19.4 m/s to make the orbit round.
PLANNED_ASCENT: Final = Losses(
    1968.0 / 1.05 - 1692.2 - 19.4, 0.0, "Acta Astronautica 177 (2020), 351, table 4, less its 5 % of reserve"
)


@dataclass(frozen=True)
class SurfaceLeg:
    """A flight between an orbit and the ground: what is spent on what, m/s, and how long it coasts."""

    orbit_dv_m_s: float  # at the circular orbit
    ground_dv_m_s: float  # at the low point: the whole speed there
    losses: Losses
    coast_s: float

    @property
    def total_m_s(self) -> float:
        """All of it."""
        return (
            self.orbit_dv_m_s
            + self.ground_dv_m_s
            + self.losses.gravity_and_steering_m_s
            + self.losses.hover_m_s
        )


def descent(orbit: Orbit, losses: Losses = APOLLO_DESCENT, *, low_point_m: float = LOW_POINT_M) -> SurfaceLeg:
    """From a circular orbit to the ground, in the orbit's plane.

    The default losses are those of the Moon; for another body they must be given. The ground's own speed (4.6 m/s at
    most on the Moon) is left out, since an orbit over a pole has no use of it.
    """
    return _leg(orbit, losses, low_point_m)


def ascent(orbit: Orbit, losses: Losses = PLANNED_ASCENT, *, low_point_m: float = LOW_POINT_M) -> SurfaceLeg:
    """From the ground to a circular orbit, in a plane that holds the site."""
    return _leg(orbit, losses, low_point_m)


def _leg(orbit: Orbit, losses: Losses, low_point_m: float) -> SurfaceLeg:
    body = orbit.body
    if not 0.0 < low_point_m <= orbit.altitude_m:
        raise OrbitError(
            f"the low point of a landing, {low_point_m / 1e3:g} km, lies between the ground and the orbit at "
            f"{orbit.altitude_m / 1e3:g} km"
        )
    low = body.radius_m + low_point_m
    axis = 0.5 * (low + orbit.radius_m)
    fast, slow = (math.sqrt(body.mu_m3_s2 * (2.0 / radius - 1.0 / axis)) for radius in (low, orbit.radius_m))
    return SurfaceLeg(orbit.speed_m_s - slow, fast, losses, math.pi * math.sqrt(axis**3 / body.mu_m3_s2))


def plane_change_dv_m_s(orbit: Orbit, angle_rad: float) -> float:
    """Turning a circular orbit's plane by an impulse: 2 v sin(angle / 2)."""
    return 2.0 * orbit.speed_m_s * math.sin(0.5 * abs(angle_rad))
