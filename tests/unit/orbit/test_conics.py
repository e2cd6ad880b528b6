"""Patched conics: each end is as it was asked for, there and back."""

import math

import numpy as np
import pytest

from moonwright.errors import EpochError, OrbitError
from moonwright.orbit import ephemeris, frames
from moonwright.orbit.bodies import EARTH, MOON, Body, Orbit
from moonwright.orbit.conics import BACK, BRANCHES, OUT, ends, scan
from moonwright.orbit.twobody import propagated

DAYS = 978264000.0 + 86400.0 * np.arange(0.0, 30.0, 7.0)
FLIGHTS_S = np.array([3.0, 4.0, 5.5]) * 86400.0
PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
TILTED = Orbit(MOON, 100e3, math.radians(70.0))


@pytest.mark.parametrize("sense", [OUT, BACK])
def test_both_ends_lie_in_planes_of_the_wanted_tilt(sense: float) -> None:
    conics = scan(PARKING, TILTED, DAYS, FLIGHTS_S, sense=sense)
    assert conics.total_m_s.shape == (len(DAYS), len(FLIGHTS_S), BRANCHES)
    assert np.isfinite(conics.total_m_s).mean() > 0.9
    for at in np.ndindex(*conics.total_m_s.shape):
        found = ends(conics, at, PARKING.radius_m, TILTED.radius_m)
        if found is None:
            continue
        assert (found.far_et_s - found.near_et_s) * sense == pytest.approx(conics.flight_s[at[1]])
        for orbit, et_s, place, velocity in (
            (PARKING, found.near_et_s, found.near_place, found.near_velocity),
            (TILTED, found.far_et_s, found.far_place, found.far_velocity),
        ):
            momentum = np.cross(place, velocity)
            pole = frames.fixed_axes(orbit.body.name, et_s)[0, 2]
            tilt = math.acos(float(momentum @ pole) / float(np.linalg.norm(momentum)))
            assert tilt == pytest.approx(orbit.inclination_rad, abs=5e-4)  # poles are taken at departure
            assert place @ velocity == pytest.approx(0.0, abs=1e-3 * orbit.radius_m)
            assert np.linalg.norm(place) == pytest.approx(orbit.radius_m)


@pytest.mark.parametrize("sense", [OUT, BACK])
def test_the_conics_meet_where_the_sphere_begins(sense: float) -> None:
    """From each end by Kepler alone: the same place and velocity, at the sphere's radius from the Moon."""
    conics = scan(PARKING, TILTED, DAYS[:2], FLIGHTS_S, sense=sense)
    for at in np.ndindex(*conics.total_m_s.shape):
        found = ends(conics, at, PARKING.radius_m, TILTED.radius_m)
        assert found is not None
        places, velocities = [], []
        for body, et_s, place, velocity in (
            (EARTH, found.near_et_s, found.near_place, found.near_velocity),
            (MOON, found.far_et_s, found.far_place, found.far_velocity),
        ):
            there = propagated(place[None], velocity[None], np.array([found.meet_et_s - et_s]), body.mu_m3_s2)
            places.append(there[0][0])
            velocities.append(there[1][0])
        moon, drift = ephemeris.states("moon", "earth", found.meet_et_s)
        assert np.linalg.norm(places[1]) == pytest.approx(MOON.sphere_m, abs=20e3)
        assert places[0] == pytest.approx(places[1] + moon[0], abs=20e3)
        assert velocities[0] == pytest.approx(velocities[1] + drift[0], abs=1.0)


def test_no_plane_reaches_a_moon_that_stands_too_far_north() -> None:
    """The Moon's declination exceeds 18 degrees every month, so an equatorial orbit never lies in a plane with it."""
    conics = scan(Orbit(EARTH, 185e3, math.radians(2.0)), TILTED, DAYS, FLIGHTS_S)
    assert np.isnan(conics.total_m_s).any()
    at = tuple(int(index) for index in np.argwhere(np.isnan(conics.total_m_s))[0])
    assert ends(conics, (at[0], at[1], at[2]), 1.0, 1.0) is None


def test_what_is_out_of_range_is_refused() -> None:
    for flights_s in ([-1.0], [math.nan], [], [31.0 * 86400.0]):
        with pytest.raises(OrbitError, match="below 30"):
            scan(PARKING, TILTED, DAYS, np.array(flights_s))
    with pytest.raises(OrbitError, match="earth was given for the moon"):
        scan(PARKING, PARKING, DAYS, FLIGHTS_S)
    with pytest.raises(EpochError):
        scan(PARKING, TILTED, np.array([ephemeris.LAST_ET_S]), FLIGHTS_S)


@pytest.mark.parametrize(
    ("altitude_m", "tilt_rad"),
    [(-1.0, 0.5), (2e9, 0.5), (math.nan, 0.5), (1e5, math.nan), (1e5, -0.1), (1e5, 3.2)],
)
def test_an_impossible_orbit_is_refused(altitude_m: float, tilt_rad: float) -> None:
    with pytest.raises(OrbitError):
        Orbit(Body("earth", 4e14, 6.4e6), altitude_m, tilt_rad)
