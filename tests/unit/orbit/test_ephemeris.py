"""The data file, the compiled evaluation, and the dates that it covers."""

import hashlib
import math
from datetime import date

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from numpy.polynomial.chebyshev import chebval

from moonwright.errors import EpochError, InternalError
from moonwright.orbit import clock, ephemeris, kernel
from moonwright.orbit.ephemeris import CODES, FIRST_ET_S, LAST_ET_S, positions_m, require_covered, states

SERIES = [kernel.BARYCENTRE_SERIES, kernel.MOON_SERIES, kernel.SUN_SERIES, kernel.LIBRATION_SERIES]
INSTANTS = st.floats(min_value=FIRST_ET_S, max_value=LAST_ET_S)


def test_the_excerpt_is_the_one_that_its_recipe_makes() -> None:
    """What design/ephemeris/excerpt.py prints; the file is about 4 MB."""
    data = ephemeris.DATA.read_bytes()
    assert (
        hashlib.sha256(data).hexdigest() == "391776d9f0f148d92ea2df81f40d54740dee6f6e7975b130715b19ae90a4cd20"
    )
    assert len(data) < 5e6


def test_series_fill_the_columns_without_gap() -> None:
    at = 1
    for first, degrees, pieces in SERIES:
        assert first == at
        at += 3 * degrees * pieces
    assert ephemeris.records().shape[1] == at


def test_records_follow_each_other_and_reach_beyond_the_dates_on_offer() -> None:
    starts = ephemeris.records()[:, 0]
    assert (np.diff(starts) == kernel.RECORD_S).all()
    assert starts[0] < FIRST_ET_S - 86400.0
    assert starts[-1] + kernel.RECORD_S > LAST_ET_S + 86400.0
    assert tuple(FIRST_ET_S + day * 86400.0 for day in (0.0, 26663.0)) == (FIRST_ET_S, LAST_ET_S)
    assert (date(2071, 1, 1) - date(1998, 1, 1)).days == 26663


@given(et_s=INSTANTS)
@pytest.mark.parametrize("series", SERIES)
def test_a_series_is_what_numpy_makes_of_its_coefficients(series: tuple[int, int, int], et_s: float) -> None:
    records, (first, degrees, pieces) = ephemeris.records(), series
    length_s = kernel.RECORD_S / pieces
    row, piece = divmod(int((et_s - records[0, 0]) // length_s), pieces)
    at = first + piece * 3 * degrees
    coefficients = records[row, at : at + 3 * degrees].reshape(3, degrees)
    x = 2.0 * ((et_s - records[row, 0]) / length_s - piece) - 1.0
    expected = chebval(x, coefficients.T)
    assert kernel.value(records, series, et_s) == pytest.approx(expected, abs=1e-12 * abs(expected).max())
    value, rate = kernel.value_and_rate(records, series, et_s)
    slope = np.array([np.polynomial.Chebyshev(row).deriv()(x) for row in coefficients]) * 2.0 / length_s
    assert value == kernel.value(records, series, et_s)
    assert rate == pytest.approx(slope, abs=1e-11 * abs(slope).max())


@given(et_s=INSTANTS)
def test_velocity_is_how_the_place_changes(et_s: float) -> None:
    """Over 200 s the Moon's third derivative (up to 1e-8 m/s3) adds 2e-5 m/s."""
    et_s = min(max(et_s, FIRST_ET_S + 100.0), LAST_ET_S - 100.0)
    before, after = positions_m("moon", "earth", [et_s - 100.0, et_s + 100.0])
    _, velocity = states("moon", "earth", et_s)
    assert velocity[0] == pytest.approx((after - before) / 200.0, abs=3e-5)


@given(et_s=INSTANTS)
def test_ways_there_and_back_and_by_a_third_body_agree(et_s: float) -> None:
    there, back = positions_m("moon", "sun", et_s), positions_m("sun", "moon", et_s)
    assert there == pytest.approx(-back, abs=1e-3)
    by_earth = positions_m("moon", "earth", et_s) + positions_m("earth", "sun", et_s)
    assert there == pytest.approx(by_earth, abs=1e-3)


def test_earth_and_moon_balance_about_their_barycentre() -> None:
    """The ratio of their masses is DE440's EMRAT, 81.3005682214972154 (Park et al. 2021)."""
    et_s = np.linspace(FIRST_ET_S, LAST_ET_S, 101)
    earth, moon = (positions_m(body, "earth-moon barycentre", et_s) for body in ("earth", "moon"))
    ratio = np.linalg.norm(moon, axis=1) / np.linalg.norm(earth, axis=1)
    assert ratio == pytest.approx(np.full(101, 81.3005682214972154), rel=1e-12)


def test_perihelion_and_perigee_are_where_almanacs_have_them() -> None:
    """Perihelion on 3 January 2026 at 0.98330 AU; perigee on 1 January 2026 at 360,348 km (almanacs for 2026)."""
    et_s = clock.tdb_s_after(date(2025, 12, 25), np.arange(0.0, 20.0, 1 / 96))
    sun_m = np.linalg.norm(positions_m("sun", "earth", et_s), axis=1)
    moon_m = np.linalg.norm(positions_m("moon", "earth", et_s), axis=1)
    assert clock.utc(et_s[sun_m.argmin()]).date() == date(2026, 1, 3)
    assert sun_m.min() / 149597870700.0 == pytest.approx(0.98330, abs=5e-6)
    assert clock.utc(et_s[moon_m.argmin()]).date() == date(2026, 1, 1)
    assert moon_m.min() == pytest.approx(360348e3, abs=1e3)


def test_the_ends_of_the_years_are_covered_and_no_more() -> None:
    assert np.isfinite(positions_m("sun", "moon", [FIRST_ET_S, LAST_ET_S])).all()
    assert positions_m("sun", "moon", []).shape == (0, 3)
    for et_s in (np.nextafter(FIRST_ET_S, -math.inf), np.nextafter(LAST_ET_S, math.inf)):
        with pytest.raises(EpochError):
            positions_m("sun", "moon", et_s)


@pytest.mark.parametrize(
    ("et_s", "asked"),
    [
        ([-70 * 365.25 * 86400.0, 0.0], "1930-01-01 to 2000-01-01 was asked for"),
        ([0.0, 3.0e9], "2000-01-01 to 2095-01-24 was asked for"),
        ([math.nan], "nan s past J2000 was asked for"),
        ([1e18], "1e\\+18 s past J2000 was asked for"),
    ],
)
def test_dates_outside_are_refused_with_what_is_covered_and_what_was_asked(
    et_s: list[float], asked: str
) -> None:
    with pytest.raises(EpochError, match=f"1998-01-01 to 2071-01-01, and {asked}"):
        positions_m("moon", "earth", et_s)


def test_a_flight_is_covered_as_a_whole() -> None:
    require_covered(FIRST_ET_S, LAST_ET_S)
    with pytest.raises(EpochError):
        require_covered(0.0, LAST_ET_S + 1.0)


def test_a_body_that_is_not_there_is_told_with_the_nearest_name() -> None:
    with pytest.raises(InternalError, match=r"'mooon' is no body of the ephemeris .did you mean 'moon'"):
        positions_m("mooon", "earth", 0.0)


def test_the_kernel_writes_what_the_vectors_are_made_of() -> None:
    et_s = 8.0e8
    place, velocity = kernel.state(ephemeris.records(), CODES["sun"], CODES["moon"], et_s)
    places, velocities = states("sun", "moon", et_s)
    assert place == tuple(places[0])
    assert velocity == tuple(velocities[0])
    assert kernel.position(ephemeris.records(), CODES["sun"], CODES["moon"], et_s) == place
