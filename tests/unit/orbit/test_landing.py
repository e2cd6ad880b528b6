"""Landing and ascent: ideal impulses against closed forms, and the sum against published budgets."""

import math

import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.bodies import MOON, Orbit
from moonwright.orbit.landing import APOLLO_DESCENT, Losses, ascent, descent, plane_change_dv_m_s

POLAR = Orbit(MOON, 100e3, math.pi / 2)
NONE = Losses(0.0, 0.0, "none, to see the ideal")


def test_apollo_11s_descent_by_its_flight_plan() -> None:
    """From 60 nautical miles 6728.6 ft/s in all; its coast took 57 min."""
    leg = descent(Orbit(MOON, 60 * 1852.0, 0.0))
    assert leg.total_m_s == pytest.approx(6728.6 * 0.3048, abs=1.0)
    assert leg.coast_s / 60.0 == pytest.approx(57.0, abs=1.0)


def test_published_planning_budgets() -> None:
    """Case T4: orbit to ground 2,180 and ground to orbit 1,968 m/s, with 5 % of reserve. Case C2: 1.87 km/s up."""
    assert descent(POLAR).total_m_s * 1.05 == pytest.approx(2180.0, rel=0.02)
    assert ascent(POLAR).total_m_s * 1.05 == pytest.approx(1968.0, rel=0.002)
    assert ascent(POLAR).total_m_s == pytest.approx(1870.0, rel=0.005)


def test_without_losses_energy_and_momentum_say_what_is_spent() -> None:
    leg = descent(POLAR, NONE)
    slow, low = POLAR.speed_m_s - leg.orbit_dv_m_s, MOON.radius_m + 50_000 * 0.3048
    assert slow * POLAR.radius_m == pytest.approx(leg.ground_dv_m_s * low, rel=1e-12)
    energies = [
        0.5 * speed**2 - MOON.mu_m3_s2 / radius
        for speed, radius in ((slow, POLAR.radius_m), (leg.ground_dv_m_s, low))
    ]
    assert energies[0] == pytest.approx(energies[1], rel=1e-12)
    assert leg.total_m_s == leg.orbit_dv_m_s + leg.ground_dv_m_s


def test_from_the_low_point_itself_nothing_lowers_the_orbit() -> None:
    leg = ascent(Orbit(MOON, 20e3, 1.0), NONE, low_point_m=20e3)
    assert leg.orbit_dv_m_s == pytest.approx(0.0, abs=1e-9)
    assert leg.ground_dv_m_s == pytest.approx(math.sqrt(MOON.mu_m3_s2 / (MOON.radius_m + 20e3)), rel=1e-12)


def test_turning_a_plane_by_two_and_a_half_degrees() -> None:
    """71 m/s at 100 km, in the table of case T4's source."""
    assert plane_change_dv_m_s(POLAR, math.radians(2.5)) == pytest.approx(71.0, abs=0.5)
    assert plane_change_dv_m_s(POLAR, math.radians(-2.5)) == plane_change_dv_m_s(POLAR, math.radians(2.5))


def test_losses_say_where_they_come_from() -> None:
    assert "Apollo 11" in APOLLO_DESCENT.source
    with pytest.raises(OrbitError, match="not below zero"):
        Losses(-1.0, 0.0, "nobody")


@pytest.mark.parametrize("low_point_m", [0.0, -10.0, 200e3])
def test_a_low_point_beyond_orbit_or_ground_is_refused(low_point_m: float) -> None:
    with pytest.raises(OrbitError, match="low point"):
        descent(POLAR, low_point_m=low_point_m)
