"""Durations and dates as SpaceNet's files have them; what pydantic writes is known from its documentation."""

import pytest

from moonwright.interop.spacenet.duration import days, iso, moment


@pytest.mark.parametrize(
    ("written", "expected_d"),
    [
        ("PT6H", 0.25),
        ("P7DT12H", 7.5),
        ("P1Y35D", 400.0),  # pydantic's 400 days
        ("P2W", 14.0),
        ("PT0S", 0.0),
        ("P0D", 0.0),
        ("-PT12H", -0.5),
        ("PT1H30M", 0.0625),
        ("PT86400.0S", 1.0),
        (21600.0, 0.25),  # seconds, as its files of 2022 have them
        (0, 0.0),
    ],
)
def test_durations_in_days(written: object, expected_d: float) -> None:
    assert days(written) == expected_d


@pytest.mark.parametrize(
    "written", ["P1M", "P", "PT", "", "7 days", "P1DT", "PT1D", True, None, [], "P999999999Y"]
)
def test_what_is_no_duration_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"duration like|at most"):
        days(written)


@pytest.mark.parametrize("written", [float("nan"), float("inf"), 1e300])
def test_what_is_no_time_is_refused(written: float) -> None:
    with pytest.raises(ValueError, match="at most 36,525 days"):
        days(written)


@pytest.mark.parametrize(
    ("duration_d", "expected"),
    [
        (0.0, "PT0S"),
        (7.5, "P7DT12H"),
        (400.0, "P400D"),
        (0.3, "PT7H12M"),
        (-0.5, "-PT12H"),
        (1e-6, "PT0.0864S"),
    ],
)
def test_durations_are_written_without_years(duration_d: float, expected: str) -> None:
    assert iso(duration_d) == expected


def test_a_date_without_a_zone_is_utc() -> None:
    assert (
        moment("2026-09-01T00:00:00") == moment("2026-09-01T00:00:00Z") == moment("2026-08-31T20:00:00-04:00")
    )


@pytest.mark.parametrize("written", ["soon", 0, None, "1492-08-03T00:00:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="a date and time like"):
        moment(written)
