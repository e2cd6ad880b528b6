"""What a horizon refuses to be, two of them together, and where a terrain ends."""

import math

import numpy as np
import pytest

from moonwright.errors import InternalError, SiteError
from moonwright.site.horizon import Horizon, flat_horizon, nested_horizon, terrain_horizon
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import Place, Terrain

R_M = 1_737_400.0
POLE = Place(math.radians(-90), 0.0)


def level(height_m: float, pixels: int, pixel_m: float) -> Terrain:
    middle = (pixels - 1) / 2
    heights = np.full((pixels, pixels), height_m, dtype=np.float32)
    return Terrain(heights, PolarMap(R_M, True, pixel_m, middle, middle), f"level at {height_m:g} m")


@pytest.mark.parametrize(
    ("azimuth_deg", "elevation_deg"),
    [
        ([], []),
        ([0.0, 1.0], [0.0]),
        ([10.0, 5.0], [0, 0]),
        ([0.0, 360.0], [0, 0]),
        ([0.0], [np.nan]),
        ([0.0], [95.0]),
    ],
)
def test_what_is_no_horizon(azimuth_deg: list[float], elevation_deg: list[float]) -> None:
    with pytest.raises(InternalError):
        Horizon(np.radians(np.array(azimuth_deg)), np.radians(np.array(elevation_deg)), "none")


def test_the_higher_of_two_at_every_direction_of_either() -> None:
    hill = Horizon(np.radians([0.0, 90.0, 180.0, 270.0]), np.radians([0.0, 8.0, 0.0, 0.0]), "hill")
    plain = Horizon(np.radians([45.0]), np.radians([2.0]), "plain")
    both = hill.over(plain)
    assert np.degrees(both.azimuth_rad) == pytest.approx([0, 45, 90, 180, 270])
    assert np.degrees(both.elevation_rad) == pytest.approx([2, 4, 8, 2, 2])
    assert both.source == "hill; plain"


def test_a_flat_horizon_says_that_it_is_one() -> None:
    assert flat_horizon(10.0, R_M).source == "no terrain: a flat ground seen from 10 m"
    with pytest.raises(InternalError):
        flat_horizon(-1.0, R_M)


def test_a_coarse_map_counts_where_the_fine_one_ends() -> None:
    """Level ground that is 100 m higher beyond the fine map: a step seen from 3 km, and 5 km of it from 2 m above."""
    fine, coarse = level(0.0, 601, 10.0), level(100.0, 201, 100.0)
    seen = nested_horizon([fine, coarse], POLE, 2.0)
    away = fine.reach_m(POLE) / R_M
    step = math.atan2((R_M + 100.0) * math.cos(away) - (R_M + 2.0), (R_M + 100.0) * math.sin(away))
    assert seen.elevation_rad == pytest.approx(step, abs=1e-6)
    assert "level at 0 m" in seen.source
    assert "level at 100 m" in seen.source


def test_coarse_before_fine_is_refused() -> None:
    with pytest.raises(SiteError, match="fine and near before coarse and far"):
        nested_horizon([level(0.0, 201, 100.0), level(0.0, 601, 10.0)], POLE, 2.0)


def test_no_farther_than_the_terrain_reaches() -> None:
    ground = level(0.0, 101, 100.0)
    assert ground.reach_m(POLE) == pytest.approx(5_000.0, rel=1e-5)
    with pytest.raises(SiteError, match="allowed: up to 5,000 m"):
        terrain_horizon(ground, POLE, 2.0, reach_m=6_000.0)
    with pytest.raises(SiteError, match="lies outside the map"):
        terrain_horizon(ground, Place(math.radians(-85), 0.0), 2.0)


def test_where_the_highest_ground_stands_is_told() -> None:
    ground = level(0.0, 201, 50.0)
    ground.heights_m[40:45, :] = 300.0  # a wall straight up on the map: north of the pole's longitude 0
    seen = terrain_horizon(ground, POLE, 2.0)
    assert seen.distance_m is not None
    assert seen.distance_m[0] == pytest.approx((100 - 44) * 50.0, abs=51.0)
