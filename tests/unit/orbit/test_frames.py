"""Rotations are rotations, and stand the way that the words for them say."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from moonwright.errors import EpochError, InternalError
from moonwright.orbit.ephemeris import FIRST_ET_S, LAST_ET_S, positions_m
from moonwright.orbit.frames import SPIN_RAD_S, earth_fixed, fixed_axes, moon_me, moon_pa
from moonwright.orbit.kernel import Floats

INSTANTS = st.floats(min_value=FIRST_ET_S, max_value=LAST_ET_S - 1000.0)
ARCSEC = np.pi / 648000.0


def spin_rad_s(axes: Floats, seconds: float) -> Floats:
    """The turn a second between two rotations, a vector in the first's axes."""
    turned = axes[1] @ axes[0].T
    return np.array(
        [turned[1, 2] - turned[2, 1], turned[2, 0] - turned[0, 2], turned[0, 1] - turned[1, 0]]
    ) / (2.0 * seconds)


@given(et_s=INSTANTS)
@pytest.mark.parametrize("frame", [moon_pa, moon_me, earth_fixed])
def test_a_frame_is_a_right_handed_rotation(frame: object, et_s: float) -> None:
    axes = frame(et_s)[0]  # type: ignore[operator]
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-14)
    assert np.linalg.det(axes) == pytest.approx(1.0, abs=1e-14)


@given(et_s=INSTANTS)
@pytest.mark.parametrize("body", ["earth", "moon"])
def test_a_body_turns_eastward_at_its_rate(body: str, et_s: float) -> None:
    """Within the Moon's physical librations: 3e-4 of its rate, and twice that across its axis."""
    spin = spin_rad_s(fixed_axes(body, [et_s, et_s + 100.0]), 100.0)
    assert spin[2] == pytest.approx(SPIN_RAD_S[body], rel=3e-4)
    assert np.hypot(spin[0], spin[1]) < 1e-3 * SPIN_RAD_S[body]


def test_the_earth_stays_over_the_near_side_within_the_librations() -> None:
    """The Earth's mean place is longitude 0, latitude 0 to some tens of arcsec: that is what mean-Earth axes are.

    Optical librations reach 8.2 degrees in longitude and 6.9 in latitude, the physical ones add little.
    """
    et_s = np.linspace(0.0, 18.6 * 365.25 * 86400.0, 40_001)  # the nodes of the Moon's orbit go round once
    earth = (moon_me(et_s) @ positions_m("earth", "moon", et_s)[:, :, None])[:, :, 0]
    longitude = np.degrees(np.arctan2(earth[:, 1], earth[:, 0]))
    latitude = np.degrees(np.arcsin(earth[:, 2] / np.linalg.norm(earth, axis=1)))
    assert np.abs(longitude).max() == pytest.approx(8.2, abs=0.3)
    assert np.abs(latitude).max() == pytest.approx(6.9, abs=0.2)
    assert abs(longitude.mean()) < 0.05
    assert abs(latitude.mean()) < 0.05


def test_the_earth_s_pole_and_equinox_at_j2000() -> None:
    """At J2000 the pole of date is the celestial pole to 10 arcsec, and Greenwich's meridian at 280.46 degrees.

    Greenwich mean sidereal time at J2000 UT1: 18 h 41 min 50.548 s (IAU 1982).
    """
    axes = earth_fixed(64.184)[0]
    assert np.arccos(axes[2, 2]) < 20.0 * ARCSEC
    assert np.degrees(np.arctan2(axes[0, 1], axes[0, 0])) % 360.0 == pytest.approx(
        (18 + 41 / 60 + 50.548 / 3600) * 15.0, abs=0.006
    )


def test_only_earth_and_moon_have_places() -> None:
    with pytest.raises(InternalError, match="places on 'sun' are not known; allowed: earth, moon"):
        fixed_axes("sun", 0.0)


@pytest.mark.parametrize("frame", [moon_pa, moon_me, earth_fixed])
def test_dates_outside_are_refused(frame: object) -> None:
    with pytest.raises(EpochError):
        frame(LAST_ET_S + 1.0)  # type: ignore[operator]
