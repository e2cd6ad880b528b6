"""Arrays and stores against figures worked out by hand."""

import math

import numpy as np
import pytest

from moonwright.errors import InternalError
from moonwright.site.light import disc
from moonwright.site.power import SUN_RADIUS_1AU_RAD, Array, array_kw, storage_needed


@pytest.mark.parametrize(
    ("mount", "azimuth_deg", "elevation_deg", "kw"),
    [
        ("tracking", 0, 0, 10.0),
        ("turning", 0, 0, 10.0 * math.cos(math.radians(30))),
        ("fixed", 90, 30, 10.0),  # faces the Sun
        ("fixed", 0, 90, 5.0),  # flat on the ground: sin 30
        ("fixed", 270, 0, 0.0),  # from behind
        ("fixed", 30, 0, 10.0 * math.cos(math.radians(30)) * 0.5),  # 60 degrees aside
    ],
)
def test_an_array_gives_the_cosine(mount: str, azimuth_deg: float, elevation_deg: float, kw: float) -> None:
    array = Array(10.0, mount, math.radians(azimuth_deg), math.radians(elevation_deg))  # type: ignore[arg-type]
    sun = disc(math.radians(90), math.radians(30), SUN_RADIUS_1AU_RAD)
    assert array_kw(array, sun, np.ones(1)) == pytest.approx([kw], abs=1e-12)


def test_half_a_disc_and_a_nearer_sun() -> None:
    """At 0.5 au the Sun gives four times as much: its disc's radius has twice the sine."""
    sun = disc(0.0, 0.0, math.asin(2 * math.sin(SUN_RADIUS_1AU_RAD)))
    assert array_kw(Array(1.0, "tracking"), sun, np.array([0.5])) == pytest.approx([2.0])


def test_a_store_for_two_nights() -> None:
    # 24 h steps; a load of 1 kW: 24 kWh a day. Dark for 2 d, a day that gives back 0.5 kW, dark for 1 d: 48 - 12 + 24.
    supply = np.array([2.0, 0.0, 0.0, 1.5, 0.0, 3.0, 3.0])
    found = storage_needed(np.arange(7.0), supply, 1.0)
    assert found.needed_kwh == pytest.approx(60.0)
    assert found.emptiest_d == 4.0
    assert found.lasting_kwh == 0.0


def test_what_goes_in_does_not_all_come_out() -> None:
    supply = np.array([2.0, 0.0, 0.0, 1.5, 0.0, 3.0, 3.0])
    assert storage_needed(np.arange(7.0), supply, 1.0, round_trip=0.5).needed_kwh == pytest.approx(
        48 - 6 + 24
    )


def test_a_supply_that_does_not_keep_up_is_told() -> None:
    found = storage_needed(np.arange(0.0, 5.0, 0.5), np.full(10, 0.75), 1.0)
    assert found.lasting_kwh == pytest.approx(found.needed_kwh) == pytest.approx(0.25 * 24 * 5)


def test_unrolled_it_is_the_recursion() -> None:
    rng = np.random.default_rng(3)
    supply, load = rng.uniform(0, 2, 500), rng.uniform(0, 2, 500)
    deficit, most = 0.0, 0.0
    for s, u in zip(supply, load, strict=True):
        deficit = max(0.0, deficit + (u - s) * (1.0 if u > s else 0.9))
        most = max(most, deficit)
    assert storage_needed(np.arange(500) / 24, supply, load, round_trip=0.9).needed_kwh == pytest.approx(most)


def test_what_is_no_store_and_no_array() -> None:
    with pytest.raises(InternalError):
        storage_needed(np.array([0.0, 1.0, 3.0]), np.ones(3), 1.0)
    with pytest.raises(InternalError):
        storage_needed(np.arange(3.0), np.ones(3), 1.0, round_trip=0.0)
    with pytest.raises(InternalError):
        Array(-1.0, "tracking")
