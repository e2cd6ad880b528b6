"""The bodies that transfers go between, as numbers: how hard each pulls, how large it is, how flat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from moonwright.errors import OrbitError


@dataclass(frozen=True)
class Body:
    """A body of the ephemeris. `j2` belongs to `j2_radius_m`; heights count from `radius_m`."""

    name: str  # as `ephemeris.CODES` and `frames.fixed_axes` have it
    mu_m3_s2: float
    radius_m: float
    j2: float = 0.0
    j2_radius_m: float = 0.0
    sphere_m: float = 0.0  # within this distance the patched conics count only its own pull


# Pulls: DE440 (Park et al., The Astronomical Journal 161:105, 2021, table 2). Earth: equatorial radius of WGS84; J2
# of EGM96 for a radius of 6378136.3 m (Lemoine et al., NASA/TP-1998-206861). Moon: mean radius of the IAU (Archinal
# et al., Celestial Mechanics 130:22, 2018); Laplace's sphere of influence, a (m/M)^(2/5) with a = 384,400 km.
EARTH: Final = Body("earth", 3.98600435507e14, 6378137.0, 1.08262668e-3, 6378136.3)
MOON: Final = Body("moon", 4.902800118e12, 1737400.0, sphere_m=66.18e6)
SUN: Final = Body("sun", 1.32712440041279419e20, 6.957e8)  # radius: IAU 2015, Resolution B3


@dataclass(frozen=True)
class Orbit:
    """A circular orbit where a transfer begins or ends: its height above a body and its tilt to the body's equator.

    Its node is free: the transfer chooses it.
    """

    body: Body
    altitude_m: float
    inclination_rad: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.inclination_rad <= math.pi:
            raise OrbitError(f"an inclination is between 0 and pi rad, not {self.inclination_rad:g}")
        if not 0.0 <= self.altitude_m < 1e9:
            raise OrbitError(
                f"an orbit about the {self.body.name} cannot be {self.altitude_m / 1e3:g} km high"
            )

    @property
    def radius_m(self) -> float:
        """Distance from the body's centre."""
        return self.body.radius_m + self.altitude_m

    @property
    def speed_m_s(self) -> float:
        """Circular speed, sqrt(mu / r)."""
        return math.sqrt(self.body.mu_m3_s2 / self.radius_m)
