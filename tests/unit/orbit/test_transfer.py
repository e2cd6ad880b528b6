"""A refined transfer, flown: from its first state to its last, there and back."""

import math

import numpy as np
import pytest

from moonwright.orbit import ephemeris, frames
from moonwright.orbit.bodies import EARTH, MOON, Orbit
from moonwright.orbit.conics import BACK, OUT, scan
from moonwright.orbit.nbody import flown
from moonwright.orbit.transfer import refined

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
ENTRY = Orbit(EARTH, 45e3, math.radians(40.0))
POLAR = Orbit(MOON, 100e3, math.pi / 2)
LEVEL = Orbit(MOON, 100e3, math.radians(20.0))
DAY_ET_S = np.array([978264000.0])
FLIGHT_S = np.array([4.25 * 86400.0])


@pytest.mark.parametrize(
    ("near", "far", "sense"), [(PARKING, POLAR, OUT), (PARKING, LEVEL, OUT), (ENTRY, POLAR, BACK)]
)
def test_flown_from_the_moon_it_comes_to_the_earth_as_it_says(near: Orbit, far: Orbit, sense: float) -> None:
    """From the Moon to the Earth, with or against time, errors shrink: so in one go it must come within 2 km."""
    conics = scan(near, far, DAY_ET_S, FLIGHT_S, sense=sense)
    branches = [refined(near, far, conics, (0, 0, branch)) for branch in range(4)]
    assert any(branches)
    for transfer in branches:
        if transfer is None:
            continue
        moon, drift = ephemeris.states("moon", "earth", transfer.far_et_s)
        start = np.array(transfer.far_state) + np.concatenate([moon[0], drift[0]])
        end = flown(start, transfer.far_et_s, transfer.near_et_s - transfer.far_et_s)
        assert end[:3] == pytest.approx(transfer.near_state[:3], abs=2e3)
        assert np.linalg.norm(end[3:]) == pytest.approx(math.hypot(*transfer.near_state[3:]), abs=2.0)
        assert transfer.flight_s == pytest.approx(FLIGHT_S[0])
        assert transfer.total_m_s == transfer.near_dv_m_s + transfer.far_dv_m_s
        for orbit, et_s, state in (
            (near, transfer.near_et_s, np.array(transfer.near_state)),
            (far, transfer.far_et_s, np.array(transfer.far_state)),
        ):
            momentum = np.cross(state[:3], state[3:])
            pole = frames.fixed_axes(orbit.body.name, et_s)[0, 2]
            tilt = math.acos(float(momentum @ pole) / float(np.linalg.norm(momentum)))
            assert tilt == pytest.approx(orbit.inclination_rad, abs=1e-9)
            assert np.linalg.norm(state[:3]) == pytest.approx(orbit.radius_m)
            assert state[:3] @ state[3:] == pytest.approx(0.0, abs=1.0)


def test_where_conics_found_nothing_there_is_nothing() -> None:
    near = Orbit(EARTH, 185e3, 0.01)
    conics = scan(near, POLAR, DAY_ET_S + 86400.0 * np.arange(14), FLIGHT_S)
    none = int(np.argwhere(np.isnan(conics.total_m_s[:, 0, 0]))[0, 0])
    assert refined(near, POLAR, conics, (none, 0, 0)) is None
