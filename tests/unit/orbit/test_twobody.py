"""Motion about one body against closed forms."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.twobody import outward_s, propagated, reaching, stumpff

MU = 4e14
RADIUS_M = 7e6


def test_a_quarter_of_a_circle() -> None:
    speed = math.sqrt(MU / RADIUS_M)
    quarter_s = 0.5 * math.pi * RADIUS_M / speed
    places, velocities = propagated(
        np.array([[RADIUS_M, 0.0, 0.0]]), np.array([[0.0, speed, 0.0]]), np.array([quarter_s]), MU
    )
    assert places[0] == pytest.approx([0.0, RADIUS_M, 0.0], abs=1e-3)
    assert velocities[0] == pytest.approx([-speed, 0.0, 0.0], abs=1e-6)


def test_a_parabola_by_barkers_equation() -> None:
    """From the nearest point q to a right angle of it: t = (4/3) sqrt(2 q^3 / mu), r = 2 q."""
    speed = math.sqrt(2.0 * MU / RADIUS_M)
    span_s = 4.0 / 3.0 * math.sqrt(2.0 * RADIUS_M**3 / MU)
    places, _ = propagated(
        np.array([[RADIUS_M, 0.0, 0.0]]), np.array([[0.0, speed, 0.0]]), np.array([span_s]), MU
    )
    assert places[0] == pytest.approx([0.0, 2.0 * RADIUS_M, 0.0], abs=1.0)
    assert outward_s(RADIUS_M, 2.0 * RADIUS_M, 0.0, False, MU) == pytest.approx(span_s, rel=1e-12)


def test_the_way_up_to_apogee_takes_half_a_turn() -> None:
    away = 6e7
    half_s = math.pi * math.sqrt((0.5 * (RADIUS_M + away)) ** 3 / MU)
    assert outward_s(RADIUS_M, away, 2.0 / (RADIUS_M + away), False, MU) == pytest.approx(half_s, rel=1e-6)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99, 1.01, 3.0])
def test_a_conic_that_gets_there_in_time(share: float) -> None:
    """Faster and slower than the ellipse whose apogee is there, hyperbolas among them."""
    away = 3e8
    span_s = share * math.pi * math.sqrt((0.5 * (RADIUS_M + away)) ** 3 / MU)
    found, alpha, past = reaching(RADIUS_M, away, span_s, MU)
    assert found
    assert past == (share > 1.0)
    assert outward_s(RADIUS_M, away, alpha, past, MU) == pytest.approx(span_s, abs=1e-3)


def test_nothing_gets_there_at_once() -> None:
    assert not reaching(RADIUS_M, 3e8, 1000.0, MU)[0]


@pytest.mark.parametrize("z", [-30.0, -0.1001, -0.0999, 0.0, 0.0999, 0.1001, 30.0])
def test_stumpffs_functions(z: float) -> None:
    """Against their series, sum (-z)^k / (2k + 2)! and / (2k + 3)!."""
    c, s = stumpff(z)
    assert c == pytest.approx(sum((-z) ** k / math.factorial(2 * k + 2) for k in range(40)), rel=1e-12)
    assert s == pytest.approx(sum((-z) ** k / math.factorial(2 * k + 3) for k in range(40)), rel=1e-12)


def test_a_body_that_does_not_pull_is_refused() -> None:
    with pytest.raises(OrbitError, match="above zero"):
        propagated(np.ones((1, 3)), np.ones((1, 3)), np.ones(1), 0.0)
