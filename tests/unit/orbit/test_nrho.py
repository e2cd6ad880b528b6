"""Halo orbits: other periods, north and south, and how they lie over the real sky."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris
from moonwright.orbit.nrho import Halo, halo

ET_S = 978264000.0


@pytest.fixture(scope="module")
def gateway() -> Halo:
    return halo(perilune_et_s=ET_S)


def test_longer_turns_keep_farther_from_the_moon() -> None:
    radii = [halo(days * 86400.0).perilune_radius_m for days in (6.3, 7.0, 8.0)]
    assert radii == sorted(radii)


def test_jacobis_constant_is_the_same_all_along(gateway: Halo) -> None:
    share = gateway.share

    def jacobi(state: np.ndarray) -> float:
        large = np.linalg.norm(state[:3] + np.array([share, 0.0, 0.0]))
        small = np.linalg.norm(state[:3] - np.array([1.0 - share, 0.0, 0.0]))
        drawn = 2.0 * (1.0 - share) / large + 2.0 * share / small
        return float(state[0] ** 2 + state[1] ** 2 + drawn - state[3:] @ state[3:])

    found = [jacobi(gateway.rotating_state(turn * gateway.period_s)) for turn in (0.0, 0.2, 0.5, 0.9)]
    assert found == pytest.approx([found[0]] * 4, abs=1e-8)


def test_the_northern_orbit_mirrors_the_southern(gateway: Halo) -> None:
    other = halo(northern=True)
    assert gateway.apolune[1] < 0.0 < other.apolune[1]
    assert other.rotating_state(1e5) == pytest.approx(
        gateway.rotating_state(1e5) * np.array([1.0, 1.0, -1.0, 1.0, 1.0, -1.0]), abs=1e-9
    )


@pytest.mark.parametrize("turn", [0.0, 0.2, 0.5])
def test_over_the_real_sky_its_velocity_is_how_its_place_changes(gateway: Halo, turn: float) -> None:
    et_s, step_s = ET_S + turn * gateway.period_s, 20.0
    place, velocity = gateway.state_about_moon(et_s)
    after, before = gateway.state_about_moon(et_s + step_s)[0], gateway.state_about_moon(et_s - step_s)[0]
    assert velocity == pytest.approx((after - before) / (2.0 * step_s), abs=0.2)
    radius = gateway.perilune_radius_m if turn == 0.0 else gateway.apolune_radius_m
    if turn != 0.2:
        assert np.linalg.norm(place) == pytest.approx(radius, abs=1e3)


def test_its_apolune_is_south_of_the_moons_orbit(gateway: Halo) -> None:
    at = ET_S + 0.5 * gateway.period_s
    place, velocity = ephemeris.states("moon", "earth", at)
    north = np.cross(place[0], velocity[0])
    apolune = gateway.state_about_moon(at)[0]
    below = float(apolune @ north) / float(np.linalg.norm(apolune) * np.linalg.norm(north))
    assert math.degrees(math.asin(below)) < -70.0


@pytest.mark.parametrize("days", [3.0, -1.0, math.nan, 40.0])
def test_a_period_without_an_orbit_is_refused(days: float) -> None:
    with pytest.raises(OrbitError, match="halo orbit"):
        halo(days * 86400.0)
