"""Near-circular orbits of the Earth: speed, impulses between them, mean altitude.

`altitude_m` is the mean semi-major axis less the equatorial radius, never the height above ground (at 51.6 degrees
that is 6 km more in the mean). The mean axis is the average over one turn of the osculating one.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import OrbitError

Floats = NDArray[np.float64]

EARTH_MU_M3_S2: Final = 3.986004418e14  # WGS84
EARTH_RADIUS_M: Final = 6378137.0  # WGS84, equatorial
EARTH_SPIN_RAD_S: Final = 7.292115e-5  # WGS84
EARTH_J2: Final = 1.08262668e-3  # EGM96


def speed_m_s(altitude_m: float) -> float:
    """Circular speed at a mean altitude, sqrt(mu / a)."""
    return math.sqrt(EARTH_MU_M3_S2 / axis_m(altitude_m))


def axis_m(altitude_m: float) -> float:
    """Semi-major axis at a mean altitude."""
    if not (math.isfinite(altitude_m) and altitude_m > -EARTH_RADIUS_M):
        raise OrbitError(f"an orbit cannot have a mean altitude of {altitude_m / 1e3:g} km")
    return EARTH_RADIUS_M + altitude_m


def period_s(altitude_m: float) -> float:
    """Time of one turn, 2 pi sqrt(a^3 / mu)."""
    return 2 * math.pi * math.sqrt(axis_m(altitude_m) ** 3 / EARTH_MU_M3_S2)


def transfer_dv_m_s(from_m: float, to_m: float) -> tuple[float, float]:
    """The two impulses, both positive, of a Hohmann transfer between circular orbits at two altitudes (Hohmann 1925)."""
    first, last = axis_m(from_m), axis_m(to_m)
    half = (first + last) / 2
    away = math.sqrt(EARTH_MU_M3_S2 * (2 / first - 1 / half))
    arriving = math.sqrt(EARTH_MU_M3_S2 * (2 / last - 1 / half))
    return abs(away - speed_m_s(from_m)), abs(speed_m_s(to_m) - arriving)


def perigee_dv_m_s(circular_m: float, perigee_m: float) -> float:
    """The impulse that brings the perigee of a circular orbit down to an altitude."""
    return transfer_dv_m_s(circular_m, perigee_m)[0]


def raise_m(altitude_m: float, dv_m_s: float) -> float:
    """What a small impulse along the orbit adds to the mean altitude: da = 2 a dv / v.

    Negative impulses lower it. Off by less than 0.2 % up to 10 m/s.
    """
    return 2 * axis_m(altitude_m) * dv_m_s / speed_m_s(altitude_m)


def loss_dv_m_s(altitude_m: float, loss_m: float) -> float:
    """The impulse that makes good a small loss of mean altitude: dv = v da / (2 a)."""
    return speed_m_s(altitude_m) * loss_m / (2 * axis_m(altitude_m))


def mean_altitude_m(osculating_altitude_m: float, argument_rad: float, inclination_rad: float) -> float:
    """Mean altitude of a near-circular orbit from the osculating semi-major axis (less the radius) at one point.

    a_mean = a - (3/2) (J2 Re^2 / a) sin^2 i cos 2u: energy is kept while the J2 potential rises and falls
    along the orbit (Kozai 1959, to first order, without eccentricity). `argument_rad` is u, from the node.
    """
    axis = axis_m(osculating_altitude_m)
    swing = 1.5 * EARTH_J2 * EARTH_RADIUS_M**2 / axis * math.sin(inclination_rad) ** 2
    return osculating_altitude_m - swing * math.cos(2 * argument_rad)
