"""Where bodies stand in the sky, against SPICE, Skyfield and what is plain from geometry."""

import math
from datetime import datetime

import numpy as np
import pytest

from moonwright.errors import EpochError, InternalError
from moonwright.orbit.apparent import FIGURES, Site, angular_radius_rad, directions, seen_from, sky
from moonwright.orbit.clock import tdb_s
from moonwright.orbit.ephemeris import LAST_ET_S, positions_m, states

ARCSEC = math.pi / 648000.0


def site(body: str, latitude_deg: float, longitude_deg: float, height_m: float = 0.0) -> Site:
    return Site(body, math.radians(latitude_deg), math.radians(longitude_deg), height_m)


@pytest.mark.parametrize(
    ("place", "moment", "sun", "earth"),
    [  # azlcpo of CSPICE N67, CN+S: azimuth (deg), elevation (deg), distance (m); DE440, MOON_ME
        (
            (-89.9, 222.0, 1900.0),
            "2030-06-01T00:00:00",
            (320.241181, -0.100702, 151281420463),
            (137.386352, 0.731929, 406253640),
        ),
        (
            (-88.74, 124.5, 0.0),
            "2041-11-20T07:00:00",
            (92.667773, 0.546429, 147516353048),
            (232.949695, 1.02514, 400051203),
        ),
        (
            (0.674, 23.473, -1900.0),
            "2030-06-01T00:00:00",
            (87.777856, -68.751617, 151283034996),
            (265.924608, 65.751005, 404696644),
        ),
        (
            (-45.5, -176.0, -5000.0),
            "2041-11-20T07:00:00",
            (42.842928, 36.46238, 147515340127),
            (171.198622, -42.299608, 401249990),
        ),
    ],
)
def test_the_sky_of_the_moon_is_that_of_spice(
    place: tuple[float, float, float],
    moment: str,
    sun: tuple[float, float, float],
    earth: tuple[float, float, float],
) -> None:
    et_s = tdb_s(datetime.fromisoformat(moment))
    for expected, view in zip((sun, earth), sky(site("moon", *place), ("sun", "earth"), et_s), strict=True):
        assert np.degrees(view.azimuth_rad[0]) == pytest.approx(expected[0], abs=1e-6)
        assert np.degrees(view.elevation_rad[0]) == pytest.approx(expected[1], abs=1e-6)
        assert view.distance_m[0] == pytest.approx(expected[2], abs=1.0)


@pytest.mark.parametrize(
    ("place", "moment", "body", "expected"),
    [  # Skyfield 1.55 with DE440 and UT1 = UTC: azimuth (deg), altitude (deg), distance (m)
        ((45.96, 63.305, 90.0), "2030-03-20T04:00", "sun", (113.819287, 21.119742, 148954670274)),
        ((45.96, 63.305, 90.0), "2031-12-01T15:30", "moon", (73.986835, 10.237859, 401556938)),
        ((5.236, -52.768, 10.0), "2030-03-20T04:00", "moon", (189.775551, 77.835536, 358996679)),
        ((5.236, -52.768, 10.0), "2031-12-01T15:30", "sun", (185.065579, 62.824275, 147504815784)),
        ((19.614, 110.951, 0.0), "2030-03-20T04:00", "sun", (150.280147, 67.505124, 148951077379)),
        ((19.614, 110.951, 0.0), "2031-12-01T15:30", "moon", (82.656336, 46.086279, 398115677)),
    ],
)
def test_the_sky_of_the_earth_is_that_of_skyfield(
    place: tuple[float, float, float], moment: str, body: str, expected: tuple[float, float, float]
) -> None:
    """Within 0.1 arcsec across the sky: Skyfield also bends light by gravity."""
    view = seen_from(site("earth", *place), body, tdb_s(datetime.fromisoformat(moment)))
    across = (view.azimuth_rad[0] - math.radians(expected[0])) * math.cos(view.elevation_rad[0])
    assert across == pytest.approx(0.0, abs=0.1 * ARCSEC)
    assert view.elevation_rad[0] == pytest.approx(math.radians(expected[1]), abs=0.1 * ARCSEC)
    assert view.distance_m[0] == pytest.approx(expected[2], abs=30.0)


def test_the_earth_hangs_overhead_at_the_middle_of_the_near_side_and_never_rises_on_the_far_side() -> None:
    et_s = np.linspace(0.0, 1e9, 5001)
    overhead = seen_from(site("moon", 0.0, 0.0), "earth", et_s).elevation_rad
    assert np.degrees(overhead).min() > 90.0 - 11.0  # both librations and the parallax of the site
    below = seen_from(site("moon", 0.0, 180.0), "earth", et_s).elevation_rad
    assert np.degrees(below).max() < -90.0 + 11.0


def test_the_sun_rises_in_the_east_and_culminates_in_the_north_south_of_the_equator() -> None:
    """Sydney, 21 June 2030: the Sun is at declination 23.44, so its greatest altitude is 90 - 33.87 - 23.44 degrees."""
    day = tdb_s(datetime(2030, 6, 20, 14)) + np.arange(0.0, 86400.0, 30.0)  # from midnight there
    view = seen_from(site("earth", -33.87, 151.21), "sun", day)
    up = np.flatnonzero(view.elevation_rad > 0.0)
    assert 45.0 < np.degrees(view.azimuth_rad[up[0]]) < 90.0
    assert 270.0 < np.degrees(view.azimuth_rad[up[-1]]) < 315.0
    highest = view.elevation_rad.argmax()
    assert np.degrees(view.elevation_rad[highest]) == pytest.approx(32.69, abs=0.02)
    assert math.sin(view.azimuth_rad[highest]) == pytest.approx(0.0, abs=0.01)
    assert math.cos(view.azimuth_rad[highest]) > 0.0


def test_light_from_the_sun_to_the_earth_is_aberrated_by_the_earth_s_speed() -> None:
    """The constant of aberration, 20.4955 arcsec (IAU), is that of the mean speed; the orbit's ellipse adds 1.7 %."""
    et_s = np.linspace(0.0, 365.25 * 86400.0, 367)
    apparent, _ = directions("sun", "earth", et_s)
    geometric, _ = directions("sun", "earth", et_s, apparent=False)
    apart = np.arccos(np.clip((apparent * geometric).sum(axis=1), -1.0, 1.0)) / ARCSEC
    assert apart.mean() == pytest.approx(20.4955, abs=0.03)
    assert apart.min() == pytest.approx(20.4955 * (1 - 0.0167), abs=0.05)
    assert apart.max() == pytest.approx(20.4955 * (1 + 0.0167), abs=0.05)


def test_the_light_of_a_body_left_it_when_it_was_where_it_is_seen() -> None:
    """Without aberration: a distance d seen at t is that to where the body was at t - d/c, from where we are at t."""
    et_s = 7.0e8
    for body, origin in (("sun", "moon"), ("earth", "moon"), ("moon", "earth"), ("earth", "sun")):
        _, distance_m = directions(body, origin, et_s)
        place, _ = states(origin, "solar-system barycentre", et_s)
        then = positions_m(body, "solar-system barycentre", et_s - distance_m / 299792458.0)
        assert distance_m[0] == pytest.approx(np.linalg.norm(then - place), abs=0.3)


def test_one_body_at_a_time_gives_what_all_together_give() -> None:
    et_s = np.linspace(0.0, 1e8, 50)
    place = site("moon", -89.0, 10.0)
    for body, view in zip(("sun", "earth"), sky(place, ("sun", "earth"), et_s), strict=True):
        alone = seen_from(place, body, et_s)
        assert all((one == other).all() for one, other in zip(view, alone, strict=True))


def test_heights_are_counted_from_the_figure_of_the_body() -> None:
    """WGS 84: equatorial radius 6378137 m, polar radius 6356752.3142 m; the Moon's sphere 1737.4 km."""
    assert site("earth", 0.0, 90.0, 5.0).fixed_m == pytest.approx([0.0, 6378142.0, 0.0], abs=1e-6)
    assert site("earth", 90.0, 0.0, 10.0).fixed_m == pytest.approx([0.0, 0.0, 6356762.3142], abs=1e-3)
    assert np.linalg.norm(site("moon", -30.0, 70.0, 100.0).fixed_m) == pytest.approx(1737500.0, abs=1e-6)
    # Greenwich: 51.4779 N, 0 E, 46 m above the ellipsoid (WGS 84), from NGA's formula worked by hand.
    latitude = math.radians(51.4779)
    normal_m = 6378137.0 / math.sqrt(1 - 6.69437999014e-3 * math.sin(latitude) ** 2)
    expected = [
        (normal_m + 46) * math.cos(latitude),
        0.0,
        (normal_m * (1 - 6.69437999014e-3) + 46) * math.sin(latitude),
    ]
    assert site("earth", 51.4779, 0.0, 46.0).fixed_m == pytest.approx(expected, abs=1e-3)


def test_a_horizon_is_north_east_and_up() -> None:
    place = site("moon", 20.0, 60.0)
    north, east, up = place.horizon_axes
    assert up == pytest.approx(place.up)
    assert np.cross(east, north) == pytest.approx(up)
    assert north[2] > 0.9
    assert east == pytest.approx([-math.sin(math.radians(60.0)), 0.5, 0.0])


def test_discs_are_as_large_as_almanacs_say() -> None:
    """The Sun's semidiameter at 1 AU is 959.23 arcsec (nominal radius); the Earth's from the Moon about 57 arcmin."""
    assert angular_radius_rad("sun", 149597870700.0) / ARCSEC == pytest.approx(959.23, abs=0.01)
    assert np.degrees(angular_radius_rad("earth", 384400e3)) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize(
    ("body", "latitude_rad", "told"),
    [("mars", 0.0, "no places on 'mars'; allowed: earth, moon"), ("moon", -89.9, "no latitude: -89.9 rad")],
)
def test_no_site_is_where_none_can_be(body: str, latitude_rad: float, told: str) -> None:
    with pytest.raises(InternalError, match=told):
        Site(body, latitude_rad, 0.0)
    assert set(FIGURES) == {"earth", "moon"}


def test_dates_outside_and_a_body_from_itself_are_refused() -> None:
    with pytest.raises(EpochError):
        seen_from(site("moon", 0.0, 0.0), "sun", LAST_ET_S + 1.0)
    with pytest.raises(InternalError, match="from the centre of 'moon' to itself"):
        directions("moon", "moon", 0.0)
