"""Horizons that are known in closed form, light above them, and the published light of the lunar south pole."""

import math
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from moonwright.orbit import clock
from moonwright.orbit.apparent import Site, angular_radius_rad, seen_from
from moonwright.site import light
from moonwright.site.horizon import Horizon, flat_horizon, nested_horizon, terrain_horizon
from moonwright.site.pds import read_pds
from moonwright.site.power import battery_kg, darkness_kwh
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import Place, Terrain
from moonwright.site.thermal import NIGHT_K, ground_k

Floats = NDArray[np.float64]
R_M = 1_737_400.0
CENTRE = Place(math.radians(-89.0), math.radians(40.0))


def shaped(height: Callable[[Floats, Floats], Floats], size_m: float, pixel_m: float) -> Terrain:
    """A ground about CENTRE whose height is a function of the angle from it (rad) and of the bearing (rad)."""
    at_pole = PolarMap(R_M, True, pixel_m, 0.0, 0.0)
    line, sample = at_pole.pixel(CENTRE.latitude_rad, CENTRE.longitude_rad)
    half = int(size_m / pixel_m)
    grid = at_pole.moved(int(line) - half, int(sample) - half)
    latitude, longitude = grid.place(*np.indices((2 * half + 1, 2 * half + 1)))
    return Terrain(height(*_from_centre(latitude, longitude)).astype(np.float32), grid, "made up")


def _from_centre(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    sin_0, cos_0 = math.sin(CENTRE.latitude_rad), math.cos(CENTRE.latitude_rad)
    east = np.cos(latitude) * np.sin(longitude - CENTRE.longitude_rad)
    north = cos_0 * np.sin(latitude) - sin_0 * np.cos(latitude) * np.cos(longitude - CENTRE.longitude_rad)
    up = sin_0 * np.sin(latitude) + cos_0 * np.cos(latitude) * np.cos(longitude - CENTRE.longitude_rad)
    return np.arctan2(np.hypot(east, north), up), np.arctan2(east, north)


def elevation(away_rad: Floats | float, height_m: Floats | float, eye_m: float) -> Floats:
    """Of a point at that angle from the eye, seen from the body's centre, and so high above its sphere."""
    up = (R_M + height_m) * np.cos(away_rad) - (R_M + eye_m)
    return np.asarray(np.arctan2(up, (R_M + height_m) * np.sin(away_rad)))


def test_a_smooth_sphere_dips_by_the_square_root_law() -> None:
    """Cos of the dip = R / (R + h): 0.0869 degrees from a mast of 2 m, whose horizon is 2.6 km away."""
    smooth = shaped(lambda away, bearing: 0.0 * away, 9_000.0, 10.0)
    seen = terrain_horizon(smooth, CENTRE, 2.0)
    dip = math.acos(R_M / (R_M + 2.0))
    assert math.degrees(dip) == pytest.approx(0.0869, abs=1e-4)
    # A step of 10 m may miss the grazing point by 5 m: 3e-9 rad.
    assert seen.elevation_rad == pytest.approx(-dip, abs=1e-8)
    assert seen.distance_m == pytest.approx(np.full(1440, math.sqrt(2 * R_M * 2.0)), abs=40.0)
    assert flat_horizon(2.0, R_M).at(1.0) == pytest.approx(-dip, abs=1e-12)


def test_a_crater_rim_stands_all_around() -> None:
    """A ring of 1 km at 10 km: tan e = ((R + h) cos a - (R + eye)) / ((R + h) sin a)."""
    rim_rad = 10_000.0 / R_M

    def ring(away: Floats, bearing: Floats) -> Floats:
        # 4 km broad, its top level for 40 m: the pixels that carry the crest are at its height.
        return np.clip(1000.0 * (1.0 - (np.abs(away - rim_rad) * R_M - 20.0) / 2000.0), 0.0, 1000.0)

    seen = terrain_horizon(shaped(ring, 15_000.0, 20.0), CENTRE, 5.0)
    # The near edge of the level top, 20 m before the middle, is what is seen; pixels know it to 20 m.
    least, most = elevation(rim_rad + 20.0 / R_M, 1000.0, 5.0), elevation(rim_rad - 40.0 / R_M, 1000.0, 5.0)
    assert seen.elevation_rad.min() >= least
    assert seen.elevation_rad.max() <= most
    assert math.degrees(float(most)) == pytest.approx(math.degrees(math.atan(0.0995)), abs=0.2)


def test_from_the_top_of_a_cone_the_ground_falls_away_by_its_slope() -> None:
    """A cone of slope 1/5: tan e = -1/5 along it, but for the curve of the ground; beyond its foot, the dip of the plain."""
    steep, foot_m = 0.2, 5_000.0

    def cone(away: Floats, bearing: Floats) -> Floats:
        return np.maximum(0.0, steep * (foot_m - away * R_M))

    seen = terrain_horizon(shaped(cone, 70_000.0, 100.0), CENTRE, 0.0)
    height_m = steep * foot_m
    # The plain's horizon is at sqrt(2 R h), 59 km: cos dip = R / (R + h). Between pixels the top is cut off.
    lost_m = steep * 100.0
    high, low = (math.acos(R_M / (R_M + h)) for h in (height_m, height_m - lost_m))
    assert (-seen.elevation_rad <= high + 1e-7).all()
    assert (-seen.elevation_rad >= low - 1e-7).all()


def test_a_ridge_hides_one_side() -> None:
    """A wall of 500 m at 5 km between bearings of 60 and 120 degrees, as a step in the horizon there."""
    wall_rad = 5_000.0 / R_M

    def wall(away: Floats, bearing: Floats) -> Floats:
        within = (np.abs(away - wall_rad) * R_M < 60.0) & (np.abs(np.degrees(bearing) - 90.0) < 30.0)
        return np.where(within, 500.0, 0.0)

    seen = terrain_horizon(shaped(wall, 8_000.0, 10.0), CENTRE, 2.0)
    degree = np.degrees(seen.azimuth_rad)
    behind = (degree > 61) & (degree < 119)
    beside = (degree < 59) | (degree > 121)
    near, far = elevation(wall_rad - 70.0 / R_M, 500.0, 2.0), elevation(wall_rad - 40.0 / R_M, 500.0, 2.0)
    # Between a pixel on the wall and one before it heights are drawn out, which a step may meet half-way.
    assert (seen.elevation_rad[behind] <= near).all()
    assert (seen.elevation_rad[behind] >= far).all()
    assert seen.elevation_rad[beside] == pytest.approx(-math.acos(R_M / (R_M + 2.0)), abs=1e-8)


def test_leaps_over_low_ground_miss_nothing() -> None:
    """The march against every pixel-wide step of every bearing, in plain numpy, on a rough ground."""
    rng = np.random.default_rng(4)
    rough = shaped(lambda away, bearing: 0.0 * away, 9_000.0, 30.0)
    size = len(rough.heights_m)
    waves = np.cumsum(np.cumsum(rng.normal(0.0, 3.0, (size, size)), axis=0), axis=1)
    rough = Terrain((waves - waves.mean()).astype(np.float32) * 10, rough.map, "rough")
    seen = terrain_horizon(rough, CENTRE, 4.0, azimuths=90)
    eye_m = rough.height_m(CENTRE) + 4.0
    way_rad = (30.0 + 30.0 * np.arange(int(rough.reach_m(CENTRE) / 30.0))) / R_M
    for bearing, found in zip(seen.azimuth_rad, seen.elevation_rad, strict=True):
        ahead = np.arcsin(
            math.sin(CENTRE.latitude_rad) * np.cos(way_rad)
            + math.cos(CENTRE.latitude_rad) * np.sin(way_rad) * math.cos(bearing)
        )
        turned = np.arctan2(
            math.sin(bearing) * np.sin(way_rad) * math.cos(CENTRE.latitude_rad),
            np.cos(way_rad) - math.sin(CENTRE.latitude_rad) * np.sin(ahead),
        )
        heights_m = np.array(
            [
                rough.height_m(Place(latitude, CENTRE.longitude_rad + longitude))
                for latitude, longitude in zip(ahead, turned, strict=True)
            ]
        )
        assert found == pytest.approx(elevation(way_rad, heights_m, eye_m).max(), abs=1e-9)


def test_half_the_disc_is_seen_where_a_level_horizon_cuts_it_through() -> None:
    """A segment of a circle: share = 1 - (acos x - x sqrt(1 - x2)) / pi, x the centre's height in radii."""
    level = Horizon(np.zeros(1), np.array([0.05]), "level")
    x = np.linspace(-1.2, 1.2, 481)
    within = np.clip(x, -1.0, 1.0)
    share = 1.0 - (np.arccos(within) - within * np.sqrt(1.0 - within**2)) / math.pi
    radius = math.radians(0.2666)
    assert light.share_seen(level, light.disc(3.0, 0.05 + x * radius, radius)) == pytest.approx(
        share, abs=1e-3
    )


def test_a_slope_through_the_centre_hides_half_of_the_disc() -> None:
    """A straight line through the centre of a disc parts it in halves, however steep; and so does a cliff."""
    radius = math.radians(0.25)
    steep = Horizon(np.radians([100.0, 102.0]), np.radians([-1.0, 1.0]), "slope")
    cliff = Horizon(np.radians([100.999, 101.001]), np.radians([-5.0, 5.0]), "cliff")
    for horizon in (steep, cliff):
        share = light.share_seen(horizon, light.disc(math.radians(101.0), 0.0, radius))
        assert share == pytest.approx(0.5, abs=2e-3)


@pytest.mark.parametrize("latitude_deg", [-90.0, -89.0, 12.0, 90.0])
def test_horizon_and_sky_of_a_place_have_the_same_north(latitude_deg: float) -> None:
    """Azimuths of the Sun and of the ground are counted from the same direction, at the poles, too."""
    angles = math.radians(latitude_deg), math.radians(77.0)
    assert Place(*angles).axes == pytest.approx(Site("moon", *angles).horizon_axes, abs=1e-15)


def test_without_tilt_and_hills_it_is_light_half_of_the_time() -> None:
    """A Sun that circles in the plane of the equator, seen from 60 degrees south: 14.75 d of light, 14.75 d of dark."""
    time_d = np.arange(0.0, 295.0, 1 / 24)
    hour = 2 * math.pi * time_d / 29.5
    elevation_rad = np.arcsin(math.cos(math.radians(60.0)) * np.cos(hour))
    sun = light.disc(hour % (2 * math.pi), elevation_rad, math.radians(0.2666))
    share = light.share_seen(Horizon(np.zeros(1), np.zeros(1), "level"), sun)
    assert light.mean_share(time_d, share) == pytest.approx(0.5, abs=1e-3)
    # The disc shows until its centre is a radius below, which shortens the dark by sin(radius) / cos(60 deg) at either end.
    shorter_d = 2 * math.sin(math.radians(0.2666)) / 0.5 * 29.5 / (2 * math.pi)
    assert light.longest_darkness(time_d, share).duration_d == pytest.approx(14.75 - shorter_d, abs=1 / 24)


def test_h4_a_darkness_of_five_days_takes_fifteen_tonnes_of_batteries() -> None:
    """Case H4: 20 kW through 5 d is 2,400 kWh; at 200 Wh/kg and 80 % depth of discharge 15 t."""
    stored_kwh = darkness_kwh(20.0, 5.0)
    assert stored_kwh == pytest.approx(2400.0)
    assert battery_kg(stored_kwh, specific_wh_kg=200.0, depth=0.8) == pytest.approx(15_000.0)


def test_the_equators_noon_is_as_hot_as_diviner_saw_it() -> None:
    """Williams et al. 2017, Icarus 283, 300: daily maxima of 387 to 397 K at the equator, 95 K before sunrise."""
    noon = float(ground_k(1361.0, math.pi / 2))
    assert 387.0 - 3.0 < noon < 397.0 + 3.0
    assert float(ground_k(0.0, -0.3)) == pytest.approx(NIGHT_K) == pytest.approx(95.0)


# ---- L1 and L2: a folder of LOLA's polar maps is needed ---------------------------------------------------------

CONNECTING_RIDGE = Place(math.radians(-89.46), math.radians(222.6))  # about its middle
SHACKLETON_RIM = Place(math.radians(-88.74), math.radians(124.5))
# By what the label is called, from fine to coarse, and how far it is used, m.
MAPS = (("LDEM_875S_5M", 15_000.0), ("LDEM_80S_20M", 60_000.0), ("LDEM_75S_120M", 200_000.0))


def lola(place: Place) -> list[Terrain]:
    """Those of LOLA's maps that are given, around a place; skipped without any."""
    folder = os.environ.get("MOONWRIGHT_LOLA")
    if not folder:
        pytest.skip("MOONWRIGHT_LOLA names no folder with LOLA's LDEM_*.LBL and .IMG (75S_120M at least)")
    labels = {file.stem.upper(): file for file in Path(folder).glob("*.[lL][bB][lL]")}
    if MAPS[-1][0] not in labels:
        pytest.skip(f"{MAPS[-1][0]}.LBL is not among {sorted(labels)}: far ground is missing")
    return [read_pds(labels[name], place, reach_m) for name, reach_m in MAPS if name in labels]


def lit(horizon: Horizon, place: Place, first: date, time_d: Floats) -> Floats:
    """The share of the Sun that is seen from a place, at days after a date."""
    et_s = clock.tdb_s_after(first, time_d)
    sun = seen_from(Site("moon", place.latitude_rad, place.longitude_rad), "sun", et_s)
    disc = light.disc(sun.azimuth_rad, sun.elevation_rad, angular_radius_rad("sun", sun.distance_m))
    return light.share_seen(horizon, disc)


@pytest.mark.parametrize(("mast_m", "published"), [(2.0, 0.9227), (10.0, 0.9565)])
def test_l1_light_on_the_connecting_ridge(mast_m: float, published: float) -> None:
    """Case L1 (Glaeser et al. 2014) is about the ridge's best spot: that of a net of 100 m over 3 km, by a year's light."""
    terrains = lola(CONNECTING_RIDGE)
    line, sample = terrains[0].map.pixel(CONNECTING_RIDGE.latitude_rad, CONNECTING_RIDGE.longitude_rad)
    net = np.arange(-1500.0, 1501.0, 100.0) / terrains[0].map.scale_m
    year_d = np.arange(0.0, 365.0, 0.25)

    def place(down: float, right: float) -> Place:
        return Place(*(float(angle) for angle in terrains[0].map.place(line + down, sample + right)))

    def years_light(down: float, right: float) -> float:
        spot = place(down, right)
        seen = nested_horizon(terrains, spot, mast_m)
        return light.mean_share(year_d, lit(seen, spot, date(2020, 1, 1), year_d))

    best = place(*max(((down, right) for down in net for right in net), key=lambda at: years_light(*at)))
    time_d = np.arange(0.0, 18.6 * 365.25, 1 / 24)
    share = lit(nested_horizon(terrains, best, mast_m), best, date(2010, 1, 1), time_d)
    assert light.mean_share(time_d, share) == pytest.approx(published, abs=0.02)
    assert light.longest_darkness(time_d, share).duration_d < 8.0  # "typically 3-5 d"


def test_l2_light_on_the_rim_of_shackleton() -> None:
    """Case L2 (Bussey et al. 2010): 86 % in 2020."""
    time_d = np.arange(0.0, 366.0, 1 / 24)
    horizon = nested_horizon(lola(SHACKLETON_RIM), SHACKLETON_RIM, 0.0)
    share = lit(horizon, SHACKLETON_RIM, date(2020, 1, 1), time_d)
    assert light.mean_share(time_d, share) == pytest.approx(0.86, abs=0.04)
