"""The 9:2 synodic near-rectilinear halo orbit (case T3), and that it closes."""

import numpy as np
import pytest

from moonwright.orbit.nrho import halo


def test_t3_the_orbit_of_the_planned_gateway() -> None:
    """Case T3: period 6.5624 d, perilune radius 3,249 km, apolune radius 71,222 km."""
    orbit = halo()
    assert orbit.period_s / 86400.0 == pytest.approx(6.5624, abs=5e-5)
    assert orbit.perilune_radius_m == pytest.approx(3249e3, abs=1e3)
    assert orbit.apolune_radius_m == pytest.approx(71222e3, abs=1e3)


def test_the_other_half_mirrors_the_first() -> None:
    """Only half a turn was corrected; the problem's symmetry in y closes the orbit."""
    orbit = halo()
    mirror = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    for share in (0.1, 0.3, 0.45):
        after, before = (
            orbit.rotating_state(share * orbit.period_s),
            orbit.rotating_state(-share * orbit.period_s),
        )
        assert after == pytest.approx(mirror * before, abs=1e-6)
