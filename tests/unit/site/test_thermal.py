"""Temperatures of equilibrium by the law of Stefan and Boltzmann, worked out by hand."""

import math

import pytest

from moonwright.errors import InternalError
from moonwright.site.thermal import Skin, ground_k, heat_lost_kw, sink_k

BLACK = Skin(1.0, 1.0)


def test_a_black_plate_across_sunlight_settles_at_394_k() -> None:
    # (1361 / 5.670374419e-8)^(1/4): 393.6 K
    assert float(sink_k(BLACK, 1361.0, 0.0, ground_view=0.0)) == pytest.approx(393.6, abs=0.1)


def test_the_sky_alone_is_as_cold_as_can_be() -> None:
    assert float(sink_k(BLACK, 0.0, 300.0, ground_view=0.0)) == 0.0


def test_a_wall_over_dark_ground_gets_half_its_glow() -> None:
    # Of what it sees half is ground at 95 K and emissivity 0.95: 95 (0.475)^(1/4) = 78.9 K
    assert float(sink_k(Skin(0.3, 0.8), 0.0, 95.0, ground_view=0.5)) == pytest.approx(78.87, abs=0.01)


def test_sunlight_thrown_back_by_the_ground_counts() -> None:
    # A black plate that looks down on cold lit ground: 0.12 * 1000 W/m2, (120 / 5.67e-8)^(1/4) = 214.5 K
    found = float(sink_k(BLACK, 0.0, 0.0, ground_view=1.0, lit_ground_w_m2=1000.0))
    assert found == pytest.approx(214.5, abs=0.1)


def test_ground_under_a_low_sun() -> None:
    # sin 1.5 degrees of 1361 W/m2 less the albedo: 31.35 W/m2, and what the night's 95 K give: 4.39 W/m2. T = 160.5 K
    assert float(ground_k(1361.0, math.radians(1.5))) == pytest.approx(160.5, abs=0.1)
    assert float(ground_k(1361.0, -0.1)) == pytest.approx(95.0)


def test_heat_lost_by_night() -> None:
    # 100 m2 of effective emittance 0.03 at 290 K against 79 K: 3 * 5.670374419e-8 * (290^4 - 79^4) = 1196.6 W
    assert float(heat_lost_kw(100.0, 0.03, 290.0, 79.0)) == pytest.approx(1.1965, abs=2e-4)
    assert float(heat_lost_kw(100.0, 0.03, 79.0, 290.0)) < 0


def test_what_is_no_skin() -> None:
    with pytest.raises(InternalError):
        Skin(0.5, 0.0)
    with pytest.raises(InternalError):
        sink_k(BLACK, 0.0, 0.0, ground_view=1.5)
