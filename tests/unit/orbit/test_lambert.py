"""Lambert's problem against an example in print and closed forms; laws/test_twobody_laws has the round trip."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.lambert import between

MU = 3.986004418e14


def test_curtis_example_5_2() -> None:
    """Orbital Mechanics for Engineering Students (2005): velocities printed in km/s, with mu = 398600 km3/s2."""
    leaving, arriving = between(
        np.array([5e6, 1e7, 2.1e6]), np.array([-1.46e7, 2.5e6, 7e6]), 3600.0, 3.986e14
    )
    assert leaving == pytest.approx([-5992.5, 1925.4, 3245.6], abs=0.1)
    assert arriving == pytest.approx([-3312.5, -4196.6, -385.29], abs=0.1)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.75, 0.9])
def test_part_of_a_circle(share: float) -> None:
    """By less and by more than half a turn."""
    speed, angle = math.sqrt(MU / 7e6), 2.0 * math.pi * share
    place = 7e6 * np.array([math.cos(angle), math.sin(angle), 0.0])
    leaving, _ = between(np.array([7e6, 0.0, 0.0]), place, share * 2.0 * math.pi * 7e6 / speed, MU)
    assert leaving == pytest.approx([0.0, speed, 0.0], abs=1e-5)


def test_all_but_a_whole_turn_of_a_long_ellipse() -> None:
    """From just after its nearest point to just before it, out to 4 Gm: the time is that of a turn, less the rest."""
    nearest, axis, near_angle = 7e6, 2e9, 0.5
    p = nearest * (2.0 - nearest / axis)
    e = 1.0 - nearest / axis
    radius = p / (1.0 + e * math.cos(near_angle))
    first = radius * np.array([math.cos(near_angle), math.sin(near_angle), 0.0])
    half = 2.0 * math.atan(math.sqrt((1.0 - e) / (1.0 + e)) * math.tan(0.5 * near_angle))
    rest_s = 2.0 * (half - e * math.sin(half)) * math.sqrt(axis**3 / MU)
    leaving, _ = between(
        first, first * [1.0, -1.0, 1.0], 2.0 * math.pi * math.sqrt(axis**3 / MU) - rest_s, MU
    )
    assert np.linalg.norm(leaving) == pytest.approx(math.sqrt(MU * (2.0 / radius - 1.0 / axis)), rel=1e-9)
    assert (first[0] * leaving[1] - first[1] * leaving[0]) == pytest.approx(math.sqrt(MU * p), rel=1e-6)


def test_the_other_way_round() -> None:
    """Mirrored in time: going round the opposite normal, the conic is that from the end to the start."""
    first, last = np.array([7e6, 0.0, 1e6]), np.array([-3e6, 2e7, 2e6])
    leaving, arriving = between(first, last, 5000.0, MU)
    back_leaving, back_arriving = between(last, first, 5000.0, MU, normal=np.array([0.0, 0.0, -1.0]))
    assert back_leaving == pytest.approx(-arriving, abs=1e-6)
    assert back_arriving == pytest.approx(-leaving, abs=1e-6)


def test_places_on_one_line_are_refused() -> None:
    with pytest.raises(OrbitError, match="one line"):
        between(np.array([7e6, 0.0, 0.0]), np.array([-8e6, 0.0, 0.0]), 3000.0, MU)


def test_no_time_is_refused() -> None:
    with pytest.raises(OrbitError, match="takes time"):
        between(np.array([7e6, 0.0, 0.0]), np.array([0.0, 8e6, 0.0]), 0.0, MU)
