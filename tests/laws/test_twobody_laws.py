"""Motion about one body keeps energy and angular momentum, runs backwards, and does not care how axes are laid."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given

from moonwright.orbit.kernel import Floats
from moonwright.orbit.lambert import between
from moonwright.orbit.twobody import propagated

MU = 3.986e14
NEAR_M = 7e6

directions = (
    st.tuples(*[st.floats(-1.0, 1.0)] * 3).map(np.array).filter(lambda vector: np.linalg.norm(vector) > 0.1)
)
angles_rad = st.floats(0.0, 2.0 * math.pi)
spans_s = st.floats(-4e5, 4e5)


@st.composite
def states(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Anything from a sixth of circular speed to twice escape, not straight up or down."""
    place, velocity = draw(directions), draw(directions)
    place, velocity = place / np.linalg.norm(place), velocity / np.linalg.norm(velocity)
    assume(np.linalg.norm(np.cross(place, velocity)) > 0.05)
    distance = NEAR_M * draw(st.floats(0.5, 20.0))
    return distance * place, draw(st.floats(0.15, 3.0)) * math.sqrt(MU / distance) * velocity


def later(state: tuple[Floats, Floats], span_s: float) -> tuple[Floats, Floats]:
    places, velocities = propagated(state[0][None], state[1][None], np.array([span_s]), MU)
    return places[0], velocities[0]


def energy(state: tuple[Floats, Floats]) -> float:
    return float(0.5 * state[1] @ state[1] - MU / np.linalg.norm(state[0]))


def turned(vector: Floats, axis: Floats, angle_rad: float) -> Floats:
    """Rodrigues' formula."""
    axis = axis / np.linalg.norm(axis)
    along = axis * (axis @ vector)
    return along + math.cos(angle_rad) * (vector - along) + math.sin(angle_rad) * np.cross(axis, vector)


@given(states(), spans_s)
def test_energy_and_angular_momentum_are_kept(state: tuple[Floats, Floats], span_s: float) -> None:
    end = later(state, span_s)
    scale = MU / np.linalg.norm(state[0]) + MU / np.linalg.norm(end[0])
    assert energy(end) == pytest.approx(energy(state), abs=1e-9 * scale)
    before, after = np.cross(*state), np.cross(*end)
    assert after == pytest.approx(before, abs=1e-9 * float(np.linalg.norm(before)) * 20.0)


@given(states(), spans_s)
def test_time_reversed_returns(state: tuple[Floats, Floats], span_s: float) -> None:
    """A close passage multiplies what rounding has lost, so the place is asked for to a millionth only."""
    back = later(later(state, span_s), -span_s)
    assert back[0] == pytest.approx(state[0], abs=1e-6 * float(np.linalg.norm(state[0])))
    assert back[1] == pytest.approx(state[1], abs=1e-6 * float(np.linalg.norm(state[1])))


@given(states())
def test_after_a_turn_an_ellipse_is_closed(state: tuple[Floats, Floats]) -> None:
    """Kepler's third law says when."""
    axis_m = -0.5 * MU / energy(state)
    assume(0.0 < axis_m < 30.0 * NEAR_M)
    half = later(later(state, math.pi * math.sqrt(axis_m**3 / MU)), math.pi * math.sqrt(axis_m**3 / MU))
    assert half[0] == pytest.approx(state[0], abs=1e-6 * float(np.linalg.norm(state[0])))


@given(states(), spans_s, directions, angles_rad)
def test_axes_may_be_laid_anyhow(
    state: tuple[Floats, Floats], span_s: float, axis: Floats, angle_rad: float
) -> None:
    end = later(state, span_s)
    other = later((turned(state[0], axis, angle_rad), turned(state[1], axis, angle_rad)), span_s)
    assert other[0] == pytest.approx(
        turned(end[0], axis, angle_rad), abs=1e-6 * float(np.linalg.norm(end[0]))
    )


@given(states(), st.floats(1e3, 2e5))
def test_the_conic_between_two_places_is_the_one_flown(state: tuple[Floats, Floats], span_s: float) -> None:
    """Lambert's problem gives back the velocities of a motion that has those places and takes that time."""
    energetic = energy(state)
    if energetic < 0.0:
        span_s = min(span_s, 0.95 * 2.0 * math.pi * math.sqrt((-0.5 * MU / energetic) ** 3 / MU))
    end = later(state, span_s)
    toward, away = state[0] / np.linalg.norm(state[0]), end[0] / np.linalg.norm(end[0])
    assume(np.linalg.norm(np.cross(toward, away)) > 0.02)
    leaving, arriving = between(state[0], end[0], span_s, MU, normal=np.cross(*state))
    assert leaving == pytest.approx(state[1], abs=1e-6 * float(np.linalg.norm(state[1])))
    assert arriving == pytest.approx(end[1], abs=1e-6 * float(np.linalg.norm(end[1])))
