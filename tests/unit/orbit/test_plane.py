"""Departures in a station's plane, and launches into a plane."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit import frames
from moonwright.orbit.apparent import Site
from moonwright.orbit.bodies import EARTH, MOON, Orbit
from moonwright.orbit.plane import Station, departures_in_plane, launches
from moonwright.orbit.transfer import node_rad

START_ET_S = 978264000.0
STATION = Station(Orbit(EARTH, 415e3, math.radians(51.6)), 1.0, START_ET_S)
POLAR = Orbit(MOON, 100e3, math.pi / 2)


def test_the_node_of_a_space_station_turns_by_five_degrees_a_day() -> None:
    """As published for the ISS, westward; a polar orbit stands still, and a steep enough one follows the Sun."""
    assert math.degrees(STATION.node_rate_rad_s) * 86400.0 == pytest.approx(-5.0, abs=0.05)
    still = Station(Orbit(EARTH, 415e3, math.pi / 2), 0.0, START_ET_S)
    assert still.node_rate_rad_s == pytest.approx(0.0, abs=1e-20)
    sunny = Station(Orbit(EARTH, 800e3, math.radians(98.6)), 0.0, START_ET_S)
    assert math.degrees(sunny.node_rate_rad_s) * 365.2422 * 86400.0 == pytest.approx(360.0, abs=2.0)


def test_departures_leave_in_the_stations_plane() -> None:
    """About every ten days: node and Moon part by 18 degrees a day, and the plane holds two directions."""
    end_et_s = START_ET_S + 60 * 86400.0
    found = departures_in_plane(STATION, POLAR, START_ET_S, end_et_s, 4 * 86400.0)
    assert len(found) >= 8
    for one in found:
        assert START_ET_S <= one.et_s <= end_et_s
        assert one.transfer.near_et_s == one.et_s
        normal = np.cross(one.transfer.near_state[:3], one.transfer.near_state[3:])
        node = float(node_rad("earth", np.array([one.et_s]), normal[None])[0])
        apart = math.remainder(node - float(STATION.node_at(np.array([one.et_s]))[0]), 2.0 * math.pi)
        assert apart == pytest.approx(0.0, abs=2e-5)
        assert one.transfer.near_dv_m_s == pytest.approx(3085.0, abs=15.0)
    days = np.array([one.et_s for one in found]) / 86400.0
    clusters = days[np.concatenate([[True], np.diff(days) > 2.0])]
    assert np.diff(clusters) == pytest.approx(10.0, abs=2.5)


def test_a_plane_too_flat_for_the_moon_has_no_days_to_count() -> None:
    flat = Station(Orbit(EARTH, 415e3, math.radians(5.0)), 1.0, START_ET_S)
    with pytest.raises(OrbitError, match="does not pass under"):
        departures_in_plane(flat, POLAR, START_ET_S, START_ET_S + 30 * 86400.0, 4 * 86400.0)
    with pytest.raises(OrbitError, match="before it ends"):
        departures_in_plane(STATION, POLAR, START_ET_S, START_ET_S, 4 * 86400.0)


@pytest.mark.parametrize("tilt_deg", [30.0, 51.6])
def test_a_site_passes_through_a_plane_twice_a_day(tilt_deg: float) -> None:
    """The azimuth is that of spherical trigonometry: sin A = cos i / cos latitude, to how far the ground's up leans
    from the Earth's centre."""
    tilt, site = math.radians(tilt_deg), Site("earth", math.radians(28.5), math.radians(-80.6))
    axes = frames.earth_fixed(START_ET_S)[0]
    normal = axes.T @ np.array([math.sin(tilt), 0.0, math.cos(tilt)])
    day_s = 86164.0
    found = launches(site, normal, START_ET_S, START_ET_S + day_s)
    assert len(found) == 2
    wanted = math.asin(math.cos(tilt) / math.cos(site.latitude_rad))
    north, south = sorted(one.azimuth_rad for one in found)
    assert north == pytest.approx(wanted, abs=0.02)
    assert south == pytest.approx(math.pi - wanted, abs=0.02)
    for one in found:
        place = frames.earth_fixed(one.et_s)[0].T @ site.fixed_m
        assert place @ normal == pytest.approx(0.0, abs=100.0)


def test_a_site_beyond_the_orbits_reach_has_no_launch() -> None:
    site = Site("earth", math.radians(62.9), math.radians(40.6))
    normal = frames.earth_fixed(START_ET_S)[0].T @ np.array([0.0, math.sin(0.9), math.cos(0.9)])
    assert launches(site, normal, START_ET_S, START_ET_S + 86400.0) == ()
