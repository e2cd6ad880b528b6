"""Spells, means and periods of light, counted by hand."""

import numpy as np
import pytest

from moonwright.errors import InternalError
from moonwright.site import light
from moonwright.site.horizon import Horizon

TIME_D = np.arange(10.0)
SHARE = np.array([1.0, 0.5, 0.0, 0.0, 0.2, 0.0, 0.0, 0.0, 1.0, 1.0])


def test_spells_of_darkness_end_half_way_to_the_light() -> None:
    assert light.spells(TIME_D, SHARE == 0.0) == [(1.5, 3.5), (4.5, 7.5)]
    assert light.longest_darkness(TIME_D, SHARE) == (4.5, 7.5)
    assert light.longest_darkness(TIME_D, SHARE, at_most=0.3).duration_d == 6.0


def test_spells_are_cut_by_the_ends() -> None:
    assert light.spells(TIME_D, SHARE > 0.0) == [(0.0, 1.5), (3.5, 4.5), (7.5, 9.0)]
    assert light.spells(TIME_D, SHARE >= 0.0) == [(0.0, 9.0)]
    assert light.spells(TIME_D, SHARE < 0.0) == []
    assert light.longest_darkness(TIME_D, np.ones(10)).duration_d == 0.0


def test_shares_of_the_time() -> None:
    # The first and last value stand for half a day each.
    assert light.mean_share(TIME_D, SHARE) == pytest.approx((0.5 + 0.5 + 0.2 + 1.0 + 0.5) / 9.0)
    assert light.lit_share(TIME_D, SHARE) == pytest.approx((0.5 + 1.0 + 1.0 + 1.0 + 0.5) / 9.0)
    assert light.lit_share(TIME_D, SHARE, above=0.5) == pytest.approx((0.5 + 1.0 + 0.5) / 9.0)


def test_two_sites_together() -> None:
    assert light.together(SHARE, SHARE[::-1]) == pytest.approx([1, 1, 0, 0, 0.2, 0.2, 0, 0, 1, 1])


def test_means_by_period() -> None:
    assert light.mean_by_period(TIME_D, SHARE, [0.0, 2.0, 10.0]) == pytest.approx([0.75, 2.2 / 8])
    with pytest.raises(InternalError):
        light.mean_by_period(TIME_D, SHARE, [0.0, 0.5, 0.6])


def test_the_centre_decides_whether_a_beam_is_free() -> None:
    horizon = Horizon(np.zeros(1), np.radians([3.0]), "level")
    earth = light.disc([0.0, 1.0], np.radians([2.9, 3.1]), np.radians(0.95))
    assert light.seen(horizon, earth).tolist() == [False, True]
    assert (light.share_seen(horizon, earth) > 0.4).all()


@pytest.mark.parametrize("only_deg", [0.0, 0.1, 180.0, 359.9])
def test_one_direction_stands_for_all(only_deg: float) -> None:
    level = Horizon(np.radians([only_deg]), np.zeros(1), "level")
    everywhere = light.disc(np.radians(np.arange(-10.0, 370.0, 0.25)), 0.0, np.radians(1.0))
    assert light.share_seen(level, everywhere) == pytest.approx(0.5, abs=1e-9)
    overhead = light.disc(np.radians([0.1, 359.9]), np.radians(89.9), np.radians(1.0))
    assert light.share_seen(Horizon(level.azimuth_rad, np.radians([89.9]), ""), overhead).shape == (2,)


def test_times_that_do_not_rise() -> None:
    with pytest.raises(InternalError):
        light.mean_share(np.array([0.0, 0.0]), np.ones(2))


def test_the_disc_is_whole_on_both_sides_of_north() -> None:
    """A wall that begins at north hides the half of the disc that is east of it."""
    wall = Horizon(np.radians([0.0, 0.001, 180.0, 180.001]), np.radians([-5.0, 5.0, 5.0, -5.0]), "wall")
    sun = light.disc(np.radians([0.0, 180.0, 359.0, 1.0]), 0.0, np.radians(0.25))
    assert light.share_seen(wall, sun) == pytest.approx([0.5, 0.5, 1.0, 0.0], abs=0.02)
