"""What is said of the bodies agrees with what others say of them."""

import math

import pytest

from moonwright.orbit.bodies import EARTH, MOON, SUN, Orbit
from moonwright.orbit.kernel import EARTH_MOON_MASS_RATIO


def test_the_ratio_of_masses_is_the_ephemeris_own() -> None:
    """DE440's header gives the ratio apart from the two pulls."""
    assert EARTH.mu_m3_s2 / MOON.mu_m3_s2 == pytest.approx(EARTH_MOON_MASS_RATIO, rel=1e-8)
    assert SUN.mu_m3_s2 / EARTH.mu_m3_s2 == pytest.approx(
        332946.0487, rel=1e-8
    )  # IERS Conventions 2010, table 1.1


def test_the_moons_sphere_is_laplaces() -> None:
    share = (MOON.mu_m3_s2 / EARTH.mu_m3_s2) ** 0.4
    assert MOON.sphere_m == pytest.approx(384400e3 * share, rel=1e-3)


def test_a_month_is_keplers() -> None:
    """The sidereal month of 27.32 d at the mean distance, to what the Sun does to it."""
    month_s = 2.0 * math.pi * math.sqrt(384400e3**3 / (EARTH.mu_m3_s2 + MOON.mu_m3_s2))
    assert month_s / 86400.0 == pytest.approx(27.3217, rel=3e-3)


def test_a_low_orbit() -> None:
    """The tables of Apollo: 1.63 km/s at 60 nautical miles."""
    low = Orbit(MOON, 60 * 1852.0, 0.0)
    assert low.radius_m == MOON.radius_m + 111120.0
    assert low.speed_m_s == pytest.approx(1628.0, abs=2.0)
