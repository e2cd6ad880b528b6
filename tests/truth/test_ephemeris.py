"""The ephemeris against SPICE, NAIF's example, ERFA, and the three errors of modelling that were measured (L3)."""

import math
from datetime import date, datetime
from pathlib import Path

import erfa
import numpy as np
import pytest

from moonwright.orbit import clock
from moonwright.orbit.apparent import directions
from moonwright.orbit.ephemeris import FIRST_ET_S, LAST_ET_S, positions_m
from moonwright.orbit.frames import earth_fixed, moon_me, moon_pa
from moonwright.orbit.kernel import Floats
from truth.agreement import ARCSEC, angle_arcsec, apart_arcsec, differences
from truth.iau_moon import iau_moon

TABLE = Path(__file__).with_name("spice.npy")

# By what is compared, what it may be: the issue asks for 0.01 arcsec; lengths are what a double resolves of the time.
ALLOWED = {
    "Moon from the Earth (m)": 1e-3,
    "Sun from the Moon (m)": 3e-2,
    "Sun's direction from a site (arcsec)": 1e-4,
    "Earth's direction from a site (arcsec)": 1e-4,
}


@pytest.fixture(scope="module")
def spice() -> Floats:
    table: Floats = np.load(TABLE, allow_pickle=False)
    return table


def ten_years() -> Floats:
    """Every hour of 2030 to 2039: the case L3 says no dates, and none from 2020 to 2070 gives more."""
    return clock.tdb_s_after(date(2030, 1, 1), np.arange(0.0, 3652.0, 1 / 24))


def sun_apart_arcsec(one: Floats, other: Floats) -> Floats:
    """How far apart the Sun stands in two sets of axes of the Moon, every hour of ten years."""
    sun = directions("sun", "moon", ten_years(), apparent=False)[0][:, :, None]
    return angle_arcsec((one @ sun)[:, :, 0], (other @ sun)[:, :, 0])


def turned_arcsec(one: Floats, other: Floats) -> Floats:
    """The angle of the rotation between two sets of axes."""
    apart = one @ other.transpose(0, 2, 1)
    axis = [apart[:, 1, 2] - apart[:, 2, 1], apart[:, 2, 0] - apart[:, 0, 2], apart[:, 0, 1] - apart[:, 1, 0]]
    return np.asarray(np.arcsin(0.5 * np.linalg.norm(axis, axis=0)) / ARCSEC)


def test_t1_the_earth_in_mean_earth_axes_is_where_naif_says() -> None:
    """Case T1: an example of NAIF's lunar frame kernel, printed to a metre."""
    et_s = 717768000.0
    earth = moon_me(et_s)[0] @ positions_m("earth", "moon", et_s)[0]
    assert earth == pytest.approx([374008.654e3, -23435.970e3, 10141.334e3], abs=1.0)


def test_places_and_directions_are_those_of_spice(
    spice: Floats, proof: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """10,000 instants at random from 1998 to 2071; CSPICE N67, `spkpos` and `spkcpo` with CN+S."""
    assert len(spice) == 10_000
    assert spice[:, 0].max() - spice[:, 0].min() > 70 * 365.25 * 86400.0
    found = differences(spice)
    told = [
        f"{name}: median {half:.1e}, 90 % {most:.1e}, 99 % {nearly_all:.1e}, worst {worst:.1e}"
        for name, apart in found.items()
        for half, most, nearly_all, worst in [np.quantile(apart, [0.5, 0.9, 0.99, 1.0])]
    ]
    if proof:
        with capsys.disabled():
            print("", *told, sep="\n")  # noqa: T201 -- what make proof keeps in its log
    assert {name: apart.max() for name, apart in found.items() if not apart.max() < ALLOWED[name]} == {}
    assert found.keys() == ALLOWED.keys()


def test_l3_principal_axes_taken_for_mean_earth_axes() -> None:
    """Case L3: the Sun stands wrong by up to 104 arcsec."""
    et_s = ten_years()
    assert sun_apart_arcsec(moon_pa(et_s), moon_me(et_s)).max() == pytest.approx(104.0, abs=0.5)


def test_l3_the_iau_s_moon_taken_for_that_of_de440() -> None:
    """Case L3: the Sun stands wrong by up to 16 arcsec."""
    et_s = ten_years()
    assert sun_apart_arcsec(iau_moon(et_s), moon_me(et_s)).max() == pytest.approx(16.0, abs=0.5)


def test_l3_a_geometric_direction_taken_for_the_apparent_one(spice: Floats) -> None:
    """Case L3: the Sun stands wrong by up to 21.6 arcsec.

    The Earth stands wrong by less: it flies along, and what is left is the Moon's own speed of 1 km/s.
    """
    sun, earth = apart_arcsec(spice, apparent=False)
    assert sun.max() == pytest.approx(21.6, abs=0.05)
    assert earth.max() == pytest.approx(
        1.08 / 299792.458 * 206264.8, rel=0.05
    )  # the fastest the Moon goes, km/s


def test_the_earth_turns_as_erfa_says() -> None:
    """ERFA's c2t06a (IAU 2006/2000A, all terms), without polar motion, at the same UT1."""
    et_s = np.linspace(FIRST_ET_S, LAST_ET_S, 10_007)
    ours = earth_fixed(et_s)
    theirs = erfa.c2t06a(2451545.0, et_s / 86400.0, 2451545.0, clock.utc_d(et_s), 0.0, 0.0)
    assert turned_arcsec(ours, theirs).max() < 0.01


def test_light_and_shadow_of_an_eclipse() -> None:
    """The total eclipse of 12 August 2026: greatest at 17:45:51 UT1, gamma 0.8977 Earth radii (F. Espenak, NASA).

    Gamma is how far the axis of the shadow passes from the Earth's centre. It is least at that instant.
    """
    minutes_d = np.arange(-600, 601) / 86400.0  # ten minutes on either side, second by second
    et_s = clock.tdb_s_after(datetime(2026, 8, 12, 17, 45, 51), minutes_d)
    sun, moon = positions_m("sun", "earth", et_s - 499.0), positions_m("moon", "earth", et_s - 1.3)
    axis = (moon - sun) / np.linalg.norm(moon - sun, axis=1)[:, None]
    miss = np.linalg.norm(np.cross(moon, axis), axis=1) / 6378137.0
    assert miss.min() == pytest.approx(0.8977, abs=0.001)
    assert minutes_d[miss.argmin()] * 86400.0 == pytest.approx(0.0, abs=10.0)


def test_angles_of_the_comparison_itself() -> None:
    one, other = np.array([[1.0, 0.0, 0.0]]), np.array([[math.cos(1e-6), math.sin(1e-6), 0.0]])
    assert angle_arcsec(one, other) == pytest.approx([0.206264806], rel=1e-8)
