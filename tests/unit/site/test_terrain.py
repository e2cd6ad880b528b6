"""Heights between pixels, and places as people say them."""

import math

import numpy as np
import pytest

from moonwright.errors import SiteError
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import BLOCK, Place, Terrain

R_M = 1_737_400.0


def test_heights_lie_straight_between_four_pixels() -> None:
    corner = PolarMap(R_M, True, 100.0, 0.0, 0.0)
    ground = Terrain(np.array([[0.0, 10.0], [20.0, 50.0]], dtype=np.float32), corner, "four")
    for line, sample, height_m in ((0.5, 0.5, 20.0), (0.25, 0.5, 12.5), (0.5, 0.25, 15.0)):
        place = Place(*(float(angle) for angle in corner.place(line, sample)))
        assert ground.height_m(place) == pytest.approx(height_m, abs=1e-6)
    with pytest.raises(SiteError, match="lies outside the map"):
        ground.height_m(Place(*(float(angle) for angle in corner.place(1.01, 0.5))))


def test_the_top_of_a_block_is_the_highest_of_it_and_its_neighbours() -> None:
    heights_m = np.zeros((3 * BLOCK + 5, 5 * BLOCK), dtype=np.float32)
    heights_m[10, 10], heights_m[3 * BLOCK + 1, 5 * BLOCK - 1] = 7.0, 9.0
    tops_m = Terrain(heights_m, PolarMap(R_M, True, 100.0, 0.0, 0.0), "two peaks").tops_m
    expected = np.zeros((4, 5))
    expected[:2, :2], expected[2:, 3:] = 7.0, 9.0
    assert tops_m.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("latitude_deg", "longitude_deg", "said"),
    [
        (-89.45, 222.69, "89.4500 S 222.6900 E"),
        (12.5, -10.0, "12.5000 N 350.0000 E"),
        (0.0, 0.0, "0.0000 N 0.0000 E"),
    ],
)
def test_a_place_as_it_is_said(latitude_deg: float, longitude_deg: float, said: str) -> None:
    assert str(Place(math.radians(latitude_deg), math.radians(longitude_deg))) == said
