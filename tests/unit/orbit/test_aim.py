"""A flight aimed at a place comes there, or is given up."""

import numpy as np
import pytest

from moonwright.orbit import ephemeris
from moonwright.orbit.aim import ARRIVED_M, aimed
from moonwright.orbit.bodies import EARTH, MOON
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import flown

ET_S, SPAN_S = 978264000.0, 86400.0
PLACE, VELOCITY = np.array([2.2e6, 0.0, 0.0]), np.array([0.0, 500.0, 1950.0])
SCALES = (np.full(3, 1e-2), np.full(3, 50.0))


def start(velocity: Floats) -> Floats:
    return np.concatenate([PLACE, velocity])


def ended() -> Floats:
    """Where the flight with the true velocity is after the span, about the Moon."""
    moons = np.concatenate(ephemeris.states("moon", "earth", [ET_S, ET_S + SPAN_S]), axis=1)
    return flown(start(VELOCITY) + moons[0], ET_S, SPAN_S) - moons[1]


def test_the_velocity_that_was_flown_is_found_again() -> None:
    found = aimed(
        (EARTH, MOON), (ET_S, SPAN_S), start, VELOCITY + np.array([20.0, -15.0, 10.0]), SCALES, ended()[:3]
    )
    assert found is not None
    first, last = found
    assert first[3:] == pytest.approx(VELOCITY, abs=0.05)
    assert first[:3] == pytest.approx(PLACE)
    assert np.linalg.norm(last[:3] - ended()[:3]) < ARRIVED_M


def test_what_no_velocity_does_is_given_up() -> None:
    """A start that does not listen to its unknowns but for a hair: no step of 50 m/s gets it anywhere."""

    def deaf(velocity: Floats) -> Floats:
        return start(VELOCITY + 1e-3 * velocity)

    far = ended()[:3] + np.array([1e8, 0.0, 0.0])
    assert aimed((EARTH, MOON), (ET_S, SPAN_S), deaf, np.zeros(3), SCALES, far) is None
