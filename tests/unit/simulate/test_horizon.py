"""Periods, worked out on a paper calendar."""

from datetime import date

import numpy as np
import pytest

from moonwright.scenario.horizon import Horizon
from moonwright.simulate.horizon import booked, calendar, stretches


def borders(**horizon: object) -> list[str]:
    cut = calendar(Horizon.model_validate(horizon))
    return [str(np.datetime64(cut.start) + day) for day in cut.borders]


def test_months_then_quarters() -> None:
    rules = [{"length": "1 month", "until": "2030-03-01"}, {"length": "3 months"}]
    found = borders(start="2030-01-01", end="2030-12-01", periods=rules)
    assert found == ["2030-01-01", "2030-02-01", "2030-03-01", "2030-06-01", "2030-09-01", "2030-12-01"]


def test_months_from_the_31st() -> None:
    found = borders(start="2031-01-31", end="2031-05-31", periods=[{"length": "1 month"}])
    assert found == ["2031-01-31", "2031-02-28", "2031-03-31", "2031-04-30", "2031-05-31"]


def test_the_last_period_is_cut() -> None:
    found = borders(start="2030-12-20", end="2031-01-12", periods=[{"length": "10 d"}])
    assert found == ["2030-12-20", "2030-12-30", "2031-01-09", "2031-01-12"]


def test_moments() -> None:
    cut = calendar(Horizon.model_validate({"start": "2030-01-01", "end": "2031-01-01"}))
    assert (cut.horizon_d, cut.closing_d) == (365, 396)
    assert [cut.opening(day) for day in (0, 0.5, 31, 31.1, 59, 365)] == [0, 0, 0, 31, 31, 334]
    assert [cut.year_of(day) for day in (0, 364.2, 365, 365.2)] == [2030, 2030, 2030, 2031]
    assert [booked(day) for day in (31, 31 + 1e-9, 31.2, 31.9)] == [31, 31, 32, 32]


@pytest.mark.parametrize(("moment", "inside"), [(30.9, False), (31, True), (59, True), (59.1, False)])
def test_within(moment: float, inside: bool) -> None:
    cut = calendar(Horizon.model_validate({"start": "2030-01-01", "end": "2031-01-01"}))
    assert cut.within(moment, date(2030, 2, 1), date(2030, 3, 1)) is inside


def test_stretches() -> None:
    assert list(stretches(np.array([1, 1, 0, 0, 1, 0, 1], dtype=bool))) == [(0, 2), (4, 5), (6, 7)]
    assert list(stretches(np.zeros(3, dtype=bool))) == []
