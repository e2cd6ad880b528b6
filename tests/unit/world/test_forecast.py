"""Station keeping by month: what is stated is spread evenly, what is drawn follows the density it is drawn from."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from moonwright.scenario.scenario import Scenario
from moonwright.world.forecast import Draws, Forecast, forecasts, month_edges_d
from moonwright.world.observe import observe

DRAWS = Draws(trials=2000, seed=1, area_m2=1238.0)
STATION = {"kind": "orbit", "body": "earth", "altitude": "415 km", "inclination": "51.6 deg"}
HALO = {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"}


def forecast(
    start: str = "2030-01-01", end: str = "2031-01-01", node: Any = STATION, **kept: Any
) -> Forecast:
    data = {
        "name": "kept",
        "currency_year": 2024,
        "horizon": {"start": start, "end": end},
        "partners": {"a": {"name": "A"}},
        "nodes": {"station": node},
        "station_keeping": [{"node": "station", "mass": "420 t", **kept}],
        "demands": {},
    }
    return forecasts(observe(Scenario.model_validate(data)), DRAWS)[0]


def test_a_stated_need_is_spread_over_the_days_and_nothing_is_drawn_where_there_is_no_air() -> None:
    found = forecast(node=HALO, needs=[{"need": "365.25 m/s/yr"}])  # a metre a second each day
    assert found.used_m_s.tolist() == pytest.approx(
        [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], rel=1e-12
    )
    assert found.drawn_m_s is None
    assert "no air" in found.told


def test_a_month_that_was_observed_spreads_as_the_density_does() -> None:
    """Only the density is drawn then: log-normal, with a standard deviation of 0.15 (docs/model/station-orbit.md)."""
    found = forecast("2024-01-01", "2024-07-01", drag=[{"area": "1238 m2"}])
    assert found.drawn_m_s is not None
    logs = np.log(found.drawn_m_s / found.used_m_s)
    # with 2000 draws the mean is within 0.0034 (one sigma), the deviation within 0.0024
    assert logs.mean(axis=0) == pytest.approx([0.0] * 6, abs=0.014)
    assert logs.std(axis=0) == pytest.approx([0.15] * 6, abs=0.01)


def test_what_is_stated_is_the_same_in_every_draw_and_drag_counts_for_the_rest_of_a_month() -> None:
    """As many days of drag in a month, as much of a month's drag; the rest is stated."""
    stated = {"until": "2030-02-15", "need": "36.525 m/s/yr"}  # 0.1 m/s each day
    mixed = forecast(needs=[stated], drag=[{"area": "1238 m2"}]).drawn_m_s
    plain = forecast(drag=[{"area": "1238 m2"}]).drawn_m_s
    assert mixed is not None
    assert plain is not None
    assert mixed[:, 0] == pytest.approx(np.full(2000, 3.1), rel=1e-12)
    assert mixed[:, 1] == pytest.approx(1.4 + plain[:, 1] / 2, rel=1e-12)
    assert mixed[:, 2:] == pytest.approx(plain[:, 2:], rel=1e-12)


def test_a_station_that_grows_is_drawn_as_heavy_as_it_is() -> None:
    grown = {"growth": [{"from": "2030-07-01", "mass": "840 t"}]}
    heavier = forecast(drag=[{"area": "1238 m2"}], **grown)
    alone = forecast(needs=[{"need": "10 m/s/yr"}], **grown)
    plain = forecast(drag=[{"area": "1238 m2"}]).drawn_m_s
    assert plain is not None
    for drawn in (heavier.drawn_m_s, alone.drawn_m_s):
        assert drawn is not None
        assert drawn[:, :6] == pytest.approx(plain[:, :6], rel=1e-12)
        assert drawn[:, 6:] == pytest.approx(plain[:, 6:] / 2, rel=1e-9)


def test_a_station_that_states_its_need_alone_is_drawn_with_an_area_that_is_told_as_assumed() -> None:
    alone = forecast(needs=[{"need": "10 m/s/yr"}])
    known = forecast(drag=[{"area": "1238 m2"}])
    assert alone.drawn_m_s is not None
    assert known.drawn_m_s is not None
    assert alone.drawn_m_s == pytest.approx(known.drawn_m_s, rel=1e-12)
    assert alone.used_m_s.sum() == pytest.approx(10 * 365 / 365.25, rel=1e-12)
    assert "1238 m2 is assumed" in alone.told


def test_beyond_the_forecast_of_the_sun_nothing_is_drawn_and_the_reason_is_told() -> None:
    found = forecast("2045-01-01", "2046-01-01", needs=[{"need": "10 m/s/yr"}])
    assert found.drawn_m_s is None
    assert "space weather is known from" in found.told


def test_months_begin_where_the_calendar_says_and_end_with_the_horizon() -> None:
    data = {
        "name": "months",
        "currency_year": 2024,
        "horizon": {"start": "2031-01-16", "end": "2031-03-02"},
        "partners": {"a": {"name": "A"}},
        "nodes": {"station": STATION},
        "demands": {},
    }
    world = observe(Scenario.model_validate(data))
    assert month_edges_d(world) == [0.0, 16.0, 44.0, 45.0]
    assert math.isclose(month_edges_d(world)[-1], world.horizon_d)
