"""Periods, against borders read off a calendar."""

from datetime import date, timedelta

from moonwright.network.period import after, cut
from moonwright.scenario.horizon import Horizon


def borders(horizon: dict[str, object]) -> list[date]:
    asked = Horizon.model_validate(horizon)
    periods = cut(asked)
    assert [p.end_d for p in periods[:-1]] == [p.start_d for p in periods[1:]]
    return [asked.start + timedelta(days=day) for day in (*(p.start_d for p in periods), periods[-1].end_d)]


def test_a_period_that_would_pass_the_end_of_its_rule_is_cut_there() -> None:
    rules = [{"length": "3 months", "until": "2030-05-01"}, {"length": "6 months"}]
    found = borders({"start": "2030-01-01", "end": "2031-02-01", "periods": rules})
    assert found == [
        date(2030, 1, 1),
        date(2030, 4, 1),
        date(2030, 5, 1),
        date(2030, 11, 1),
        date(2031, 2, 1),
    ]


def test_months_are_counted_from_the_start_and_do_not_drift() -> None:
    found = borders({"start": "2030-01-31", "end": "2030-05-31"})
    assert found == [
        date(2030, 1, 31),
        date(2030, 2, 28),
        date(2030, 3, 31),
        date(2030, 4, 30),
        date(2030, 5, 31),
    ]


def test_spans_end_where_the_calendar_says() -> None:
    assert after(date(2032, 1, 30), "1 month") == date(2032, 2, 29)
    assert after(date(2030, 12, 1), "3 months") == date(2031, 3, 1)
    assert after(date(2030, 12, 25), "10 d") == date(2031, 1, 4)
