"""The plane that holds a direction and has a tilt: by geometry, and where there is none."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from moonwright.orbit.vectors import cross, dot, minus, mix, norm, tilted, unit

POLE = (0.0, 0.0, 1.0)
angles_rad = st.floats(-1.5, 1.5)


@given(angles_rad, st.floats(0.0, math.pi), st.sampled_from([1.0, -1.0]))
def test_a_tilted_plane_holds_the_direction_and_has_the_tilt(
    latitude: float, tilt: float, side: float
) -> None:
    within = (math.cos(latitude), 0.0, math.sin(latitude))
    reached, normal = tilted(within, POLE, math.cos(tilt), side)
    assert dot(normal, within) == pytest.approx(0.0, abs=1e-9)
    assert norm(normal) == pytest.approx(1.0, abs=1e-9)
    highest = min(tilt, math.pi - tilt)  # no orbit comes farther from the equator than its tilt
    if abs(abs(latitude) - highest) > 1e-6:
        assert reached == (abs(latitude) <= highest)
    if reached:
        assert dot(normal, POLE) == pytest.approx(math.cos(tilt), abs=1e-7)


def test_the_two_planes_mirror_each_other() -> None:
    within = (math.cos(0.3), 0.0, math.sin(0.3))
    _, one = tilted(within, POLE, math.cos(1.0), 1.0)
    _, other = tilted(within, POLE, math.cos(1.0), -1.0)
    assert one == pytest.approx((other[0], -other[1], other[2]))
    assert one[1] != pytest.approx(0.0)


def test_over_the_pole_only_polar_planes_pass() -> None:
    assert tilted(POLE, POLE, 0.0, 1.0)[0]
    assert not tilted(POLE, POLE, 0.5, 1.0)[0]


def test_arithmetic_is_that_of_numpy() -> None:
    a, b = (1.0, -2.0, 3.0), (0.5, 4.0, -1.0)
    assert cross(a, b) == pytest.approx(tuple(np.cross(a, b)))
    assert dot(a, b) == pytest.approx(float(np.dot(a, b)))
    assert mix(2.0, a, -3.0, b) == pytest.approx(tuple(2.0 * np.array(a) - 3.0 * np.array(b)))
    assert unit(a) == pytest.approx(tuple(np.array(a) / np.linalg.norm(a)))


def test_a_difference_leads_from_the_second_to_the_first() -> None:
    assert minus((3.0, 5.0, -1.0), (1.0, 2.0, 4.0)) == (2.0, 3.0, -5.0)
