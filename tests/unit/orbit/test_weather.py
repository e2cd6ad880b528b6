"""Space weather by month: what is read, what is drawn, what is refused."""

from datetime import date

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.station import streams
from moonwright.orbit.weather import (
    drawn_weather,
    expected_weather,
    known_until,
    month_number,
    month_start,
    observed,
)


def test_months_are_counted_through_the_years() -> None:
    assert month_number(date(2026, 12, 31)) + 1 == month_number(date(2027, 1, 1))
    assert month_start(month_number(date(2024, 2, 29))) == date(2024, 2, 1)


def test_a_month_that_ends_on_its_last_day_is_one_month() -> None:
    assert expected_weather(date(2020, 3, 1), date(2020, 4, 1)).flux_sfu.shape == (1, 1)
    assert expected_weather(date(2020, 3, 1), date(2020, 4, 2)).flux_sfu.shape == (1, 2)


def test_the_record_is_that_of_penticton_and_potsdam() -> None:
    # The greatest monthly flux on record: October 1957, 283 sfu where the 81 days had 271 (NRC Canada). The deepest
    # minimum since: 2008-2009, with the least Ap on record, 2 in December 2009 (GFZ Potsdam).
    assert observed().flux_sfu[0, 0] == pytest.approx(271.1 + 0.37 * (283.1 - 271.1))
    december_2009 = month_number(date(2009, 12, 1)) - observed().first
    assert observed().ap[0, december_2009] == pytest.approx(2, abs=0.5)
    assert observed().ap.min() == observed().ap[0, december_2009]


def test_the_median_of_what_is_drawn_is_what_is_expected_and_its_spread_that_of_the_forecast() -> None:
    span = (date(2033, 1, 1), date(2036, 1, 1))
    drawn = drawn_weather(*span, streams(7, 4000)).flux_sfu
    for share in (0.05, 0.5, 0.95):
        told = expected_weather(*span, share).flux_sfu[0]
        # single months scatter about the smoothed course by about ten units more
        assert np.quantile(drawn, share, axis=0) == pytest.approx(told, abs=14)


def test_no_drawn_month_is_beyond_what_the_atmosphere_is_known_for() -> None:
    # The brightest month on record had 289 sfu (smoothed: 243): by a few units in ten thousand futures it may be more.
    drawn = drawn_weather(date(2030, 1, 1), date(2041, 11, 1), streams(5, 10_000))
    assert 289 < drawn.flux_sfu.max() < 400
    assert 66 > drawn.flux_sfu.min() >= 64
    assert drawn.ap.max() < 200


def test_an_active_sun_is_brighter_than_a_quiet_one() -> None:
    quiet, active = (
        expected_weather(date(2030, 1, 1), date(2040, 1, 1), share).flux_sfu for share in (0.1, 0.9)
    )
    assert (quiet < active).all()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(1950, 1, 1), date(1960, 1, 1), "known from 1957-10-01"),
        (date(2040, 1, 1), date(2050, 1, 1), f"until {known_until()}"),
        (date(2030, 1, 1), date(2030, 1, 1), "comes after the first"),
    ],
)
def test_months_without_weather_are_refused(start: date, end: date, words: str) -> None:
    with pytest.raises(OrbitError, match=words):
        expected_weather(start, end)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_a_quantile_is_between_nothing_and_all(share: float) -> None:
    with pytest.raises(OrbitError, match="between 0 and 1"):
        expected_weather(date(2030, 1, 1), date(2031, 1, 1), share)
