"""Where a place stands on a polar map: closed forms, and the label of a LOLA product."""

import math

import numpy as np
import pytest

from moonwright.compiled import compiled
from moonwright.site.stereographic import Drawn, PolarMap, drawn_at

R_M = 1_737_400.0
# LDEM_875S_5M: 30336 x 30336 pixels of 5 m; the pole is between the middle four, at 15167.5 counted from 0.
SOUTH = PolarMap(R_M, True, 5.0, 15167.5, 15167.5)
NORTH = PolarMap(R_M, False, 5.0, 15167.5, 15167.5)


def degrees(latitude: float, longitude: float) -> tuple[float, float]:
    return math.radians(latitude), math.radians(longitude)


def test_the_pole_is_in_the_middle_of_the_map() -> None:
    assert SOUTH.pixel(*degrees(-90, 77)) == pytest.approx((15167.5, 15167.5))
    assert NORTH.pixel(*degrees(90, -20)) == pytest.approx((15167.5, 15167.5))


@pytest.mark.parametrize(
    ("grid", "longitude", "down", "right"),
    [
        (SOUTH, 0, -1, 0),  # DSMAP_POLAR.CAT: in the south longitude 0 extends straight up,
        (SOUTH, 90, 0, 1),  # and 90 east to the right;
        (NORTH, 0, 1, 0),  # in the north longitude 0 extends straight down,
        (NORTH, 90, 0, 1),  # and 90 east to the right
    ],
)
def test_directions_are_those_of_lola(grid: PolarMap, longitude: float, down: int, right: int) -> None:
    line, sample = grid.pixel(*degrees(-88 if grid.south else 88, longitude))
    from_pole = 2 * R_M * math.tan(math.radians(2) / 2) / 5.0
    assert (line - 15167.5, sample - 15167.5) == pytest.approx(
        (down * from_pole, right * from_pole), abs=1e-6
    )


def test_the_edge_of_lolas_five_metre_map_is_at_87_5_south() -> None:
    # Its label: MAXIMUM_LATITUDE = -87.5, rounded; the map is cut at a whole number of 64 pixels beyond.
    latitude, _ = SOUTH.place(15167.5, 30335.5)
    assert math.degrees(float(latitude)) == pytest.approx(-87.5, abs=2e-3)


def test_a_place_comes_back_from_its_pixel() -> None:
    rng = np.random.default_rng(7)
    line, sample = rng.uniform(0, 30335, (2, 1000))
    for grid in (SOUTH, NORTH, PolarMap(R_M, True, 20.0, -40.0, 12000.0, math.radians(45.0))):
        again = np.array(grid.pixel(*grid.place(line, sample)))
        assert again == pytest.approx(np.array([line, sample]), abs=1e-6)


def test_the_map_is_conformal_and_magnifies_as_it_says() -> None:
    latitude, longitude, small = *degrees(-60, 30), 1e-6
    line, sample = SOUTH.pixel(
        latitude + small * np.array([0, 1, 0]), longitude + small * np.array([0, 0, 1])
    )
    north = math.hypot(line[1] - line[0], sample[1] - sample[0]) * 5.0 / (R_M * small)
    east = math.hypot(line[2] - line[0], sample[2] - sample[0]) * 5.0 / (R_M * small * math.cos(latitude))
    assert north == pytest.approx(east, rel=1e-5)
    assert SOUTH.magnified(latitude) == pytest.approx(north, rel=1e-5)
    assert SOUTH.magnified(0.0) == pytest.approx(2.0)


def test_a_window_shows_the_same_places() -> None:
    window = SOUTH.moved(1000, 2000)
    assert window.place(10, 20) == pytest.approx(SOUTH.place(1010, 2020))


@compiled
def drawn_pixels(
    drawn: Drawn, places: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> tuple[float, float]:
    return drawn_at(drawn, places[0], places[1], places[2])


@pytest.mark.parametrize("south", [True, False])
def test_compiled_code_finds_the_same_pixel(south: bool) -> None:
    grid = PolarMap(R_M, south, 20.0, 321.5, 123.5, math.radians(33.0))
    latitude, longitude = degrees(-71 if south else 71, 200)
    unit = np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )
    assert drawn_pixels(grid.drawn, unit) == pytest.approx(grid.pixel(latitude, longitude), abs=1e-6)
