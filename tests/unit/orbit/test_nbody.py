"""Flights under all pulls: what pulls, what is kept, and what is refused."""

import numpy as np
import pytest

from moonwright.errors import EpochError, OrbitError
from moonwright.orbit import ephemeris, frames
from moonwright.orbit.bodies import EARTH, MOON, SUN, Body
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import flown, fly, rotating

ET_S = 978264000.0
LOW = np.array([7e6, 1e5, -2e5, 100.0, 7500.0, 1000.0])
HIGH = np.array([2.1e8, -1.2e8, 4e7, 300.0, 900.0, -100.0])


def potential(place: Floats) -> float:
    """m2/s2 at ET_S, from the textbook: points, the Earth's J2, and what its own fall towards Moon and Sun takes off."""
    pole = frames.earth_fixed(ET_S)[0, 2]
    r = float(np.linalg.norm(place))
    legendre = 0.5 * (3.0 * (place @ pole / r) ** 2 - 1.0)
    of_earth = EARTH.mu_m3_s2 / r * (1.0 - EARTH.j2 * (EARTH.j2_radius_m / r) ** 2 * legendre)
    total = float(of_earth)
    for body in (MOON, SUN):
        at = ephemeris.positions_m(body.name, "earth", ET_S)[0]
        away = float(np.linalg.norm(at))
        apart = float(np.linalg.norm(at - place))
        # mu/apart - mu/away, without losing the digits to their size
        total += body.mu_m3_s2 * ((2.0 * at - place) @ place) / (apart * away * (apart + away))
        total -= body.mu_m3_s2 * float(at @ place) / away**3
    return total


@pytest.mark.parametrize("state", [LOW, HIGH], ids=["low", "high"])
def test_a_moments_fall_is_the_slope_of_the_potential(state: Floats) -> None:
    span_s, step_m = 1.0, 1e3
    steps = step_m * np.eye(3)
    slope = np.array([potential(state[:3] + step) - potential(state[:3] - step) for step in steps]) / (
        2.0 * step_m
    )
    after, before = flown(state, ET_S, span_s), flown(state, ET_S, -span_s)
    fall = (after[3:] - before[3:]) / (2.0 * span_s)
    assert fall == pytest.approx(slope, abs=2e-6 * float(np.linalg.norm(slope)))


@pytest.mark.parametrize("state", [LOW, HIGH], ids=["low", "high"])
def test_flown_back_it_is_where_it_was(state: Floats) -> None:
    """Three hours low, ten days high."""
    span_s = 1e4 if state is LOW else 864000.0
    there = flown(state, ET_S, span_s)
    back = flown(there, ET_S + span_s, -span_s)
    assert np.linalg.norm(there[:3] - state[:3]) > 1e6
    assert back[:3] == pytest.approx(state[:3], abs=1.0)
    assert back[3:] == pytest.approx(state[3:], abs=1e-3)


def test_a_bare_body_alone_is_kepler() -> None:
    """Without a moon, flatness or distance from the Sun to speak of, a circular orbit closes after 2 pi sqrt(a^3 / mu)."""
    bare, none = Body("earth", EARTH.mu_m3_s2, 6.4e6), Body("moon", 0.0, 1.0)
    speed = float(np.sqrt(bare.mu_m3_s2 / 7e6))
    state = np.array([7e6, 0.0, 0.0, 0.0, speed, 0.0])
    end = flown(state, ET_S, 2.0 * np.pi * 7e6 / speed, planet=bare, moon=none)
    assert end[:3] == pytest.approx(state[:3], abs=10.0)  # the Sun's tide on a low orbit


def test_the_rotating_problem_keeps_jacobis_constant() -> None:
    share = 0.0121505
    state = np.array([0.8, 0.0, 0.1, 0.0, 0.2, 0.0])

    def jacobi(at: Floats) -> float:
        large = np.linalg.norm(at[:3] + np.array([share, 0.0, 0.0]))
        small = np.linalg.norm(at[:3] - np.array([1.0 - share, 0.0, 0.0]))
        return float(
            at[0] ** 2 + at[1] ** 2 + 2.0 * (1.0 - share) / large + 2.0 * share / small - at[3:] @ at[3:]
        )

    end = state.copy()
    assert fly(rotating(share), 0.0, 3.0, end, (1e-12, 1e-12))
    assert np.linalg.norm(end - state) > 0.1
    assert jacobi(end) == pytest.approx(jacobi(state), abs=1e-9)


def test_what_cannot_be_flown_is_refused() -> None:
    with pytest.raises(EpochError, match="covers"):
        flown(LOW, ET_S, 1e11)
    with pytest.raises(OrbitError, match="cannot be followed"):
        flown(np.full(6, np.nan), ET_S, 100.0)
