"""UTC to TDB and back against SPICE, ERFA, and the calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import erfa
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from moonwright.errors import EpochError
from moonwright.orbit.clock import LEAP_DATES, days_after, tdb_s, tdb_s_after, utc, utc_d


@pytest.mark.parametrize(
    ("moment", "et_s"),
    [  # str2et of CSPICE N67 with naif0012.tls
        ("1998-01-01T00:00:00", -63115136.81607216),
        ("1999-01-01T00:00:00", -31579135.816079672),
        ("2000-01-01T12:00:00", 64.18392728473108),
        ("2016-12-31T23:59:59", 536500867.1839298),
        ("2017-01-01T00:00:00", 536500869.1839298),
        ("2026-07-15T06:30:00", 837369069.1837244),
        ("2050-03-01T00:00:00", 1582977669.1853735),
    ],
)
def test_tdb_is_that_of_spice(moment: str, et_s: float) -> None:
    assert tdb_s(datetime.fromisoformat(moment)) == pytest.approx(et_s, abs=1e-6)


def test_tdb_is_that_of_erfa_within_its_own_smaller_terms() -> None:
    """ERFA's dtdb has 787 terms where we have one: they differ by less than 50 microseconds."""
    days = np.arange(0.25, 20000.0, 97.3)  # 1972 to 2026
    utc_1, utc_2 = erfa.dtf2d("UTC", 1972, 1, 1, 0, 0, 0.0)
    tt_1, tt_2 = erfa.taitt(*erfa.utctai(utc_1, utc_2 + days))
    theirs = (tt_1 - 2451545.0 + tt_2) * 86400.0 + erfa.dtdb(tt_1, tt_2, 0.0, 0.0, 0.0, 0.0)
    assert np.abs(tdb_s_after(date(1972, 1, 1), days) - theirs).max() < 50e-6


def test_leap_seconds_are_those_of_erfa() -> None:
    for count, day in enumerate(LEAP_DATES):
        when = date.fromisoformat(day)
        assert erfa.dat(when.year, when.month, when.day, 0.0) == 10.0 + count
    assert erfa.dat(2026, 1, 1, 0.0) == 10.0 + len(LEAP_DATES) - 1


def test_a_day_with_a_leap_second_is_a_second_longer() -> None:
    day = tdb_s(date(2017, 1, 1)) - tdb_s(date(2016, 12, 31))
    assert day == pytest.approx(86401.0, abs=1e-4)
    within = utc(tdb_s(date(2017, 1, 1)) - 0.5)
    assert within == datetime(2017, 1, 1)  # the leap second itself has no name here


@given(st.datetimes(min_value=datetime(1998, 1, 1), max_value=datetime(2071, 1, 1)))
def test_a_moment_comes_back(moment: datetime) -> None:
    assert abs(utc(tdb_s(moment)) - moment) <= timedelta(microseconds=2)


@given(st.floats(min_value=0.0, max_value=13000.0))
def test_days_come_back(days_d: float) -> None:
    start = date(2035, 7, 1)
    assert days_after(start, tdb_s_after(start, days_d)) == pytest.approx([days_d], abs=1e-11)


def test_whole_days_are_midnights_across_leap_seconds() -> None:
    start = date(1998, 7, 1)
    ends = [date(1999, 7, 1), date(2009, 7, 1), date(2030, 7, 1)]
    expected = [tdb_s(end) for end in ends]
    assert tdb_s_after(start, [(end - start).days for end in ends]).tolist() == expected


def test_a_zone_is_heeded_and_none_means_utc() -> None:
    moscow = timezone(timedelta(hours=3))
    assert tdb_s(datetime(2030, 1, 1, 3, tzinfo=moscow)) == tdb_s(datetime(2030, 1, 1))
    assert tdb_s(datetime(2030, 1, 1, tzinfo=UTC)) == tdb_s(date(2030, 1, 1))


@pytest.mark.parametrize("et_s", [-1e9, float("nan")])
def test_there_is_no_utc_before_1972(et_s: float) -> None:
    with pytest.raises(EpochError, match="1972-01-01"):
        utc_d(et_s)


def test_no_date_before_1972_is_turned_into_tdb() -> None:
    with pytest.raises(EpochError, match="1972-01-01"):
        tdb_s(date(1971, 12, 31))
