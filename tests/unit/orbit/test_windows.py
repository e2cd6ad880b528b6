"""The table of departures: what it holds, and what is left of it by cost, by date and by light."""

import math
from datetime import date
from typing import NamedTuple

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.apparent import Site
from moonwright.orbit.bodies import EARTH, MOON, Orbit
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.conics import BACK, scan
from moonwright.orbit.transfer import Transfer
from moonwright.orbit.windows import (
    FAR_ONLY,
    Departures,
    departures,
    lit,
    sunlit,
    tabulated,
    thinly_flown,
)

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
ENTRY = Orbit(EARTH, 45e3, math.radians(40.0))
POLAR = Orbit(MOON, 100e3, math.pi / 2)
DAYS = tdb_s_after(date(2031, 3, 1), np.arange(0.0, 28.0, 4.0))
FLIGHTS_S = np.array([3.5, 4.0, 4.5, 5.0]) * 86400.0


class ByHand(NamedTuple):
    """A flight as a table takes it."""

    flight_s: float
    near_dv_m_s: float
    far_dv_m_s: float


@pytest.fixture(scope="module")
def table() -> Departures:
    return departures(PARKING, POLAR, DAYS, FLIGHTS_S)


def test_a_row_is_the_cheapest_of_its_day(table: Departures) -> None:
    conics = scan(PARKING, POLAR, DAYS, FLIGHTS_S)
    quick = departures(PARKING, POLAR, DAYS, FLIGHTS_S, flown=False)
    assert quick.total_m_s == pytest.approx(np.nanmin(conics.total_m_s, axis=(1, 2)))
    assert quick.flights == (None,) * len(DAYS)
    assert np.array_equal(table.flight_s, quick.flight_s)
    assert table.possible.all()
    assert np.array_equal(table.arrival_et_s, DAYS + table.flight_s)


def test_its_numbers_are_those_of_its_transfers(table: Departures) -> None:
    for row, transfer in enumerate(table.flights):
        assert isinstance(transfer, Transfer)
        assert (transfer.near_et_s, transfer.far_et_s) == (DAYS[row], table.arrival_et_s[row])
        assert table.total_m_s[row] == transfer.near_dv_m_s + transfer.far_dv_m_s


def test_flying_a_third_of_the_days_tells_the_others_within_1_5_m_s(proof: bool) -> None:
    """Held against all of them flown; on flown days it is the very flight."""
    days = tdb_s_after(date(2031, 3, 1), np.arange(730.0 if proof else 40.0))
    every = departures(PARKING, POLAR, days, FLIGHTS_S, engines=FAR_ONLY)
    third = thinly_flown(PARKING, POLAR, days, FLIGHTS_S, engines=FAR_ONLY, every=3)
    assert np.array_equal(every.flight_s, third.flight_s)
    assert np.nanmax(np.abs(every.far_dv_m_s - third.far_dv_m_s)) < 1.5
    flown = [row for row, flight in enumerate(third.flights) if flight is not None]
    assert len(days) / 4 <= len(flown) <= 0.6 * len(days)
    assert third.far_dv_m_s[flown] == pytest.approx(every.far_dv_m_s[flown], abs=1e-6)


def test_a_departure_without_a_transfer_has_none_where_a_third_is_flown_either() -> None:
    """An orbit tilted by 20 degrees does not pass under the Moon while that is 25 degrees south or north."""
    low = Orbit(EARTH, 185e3, math.radians(20.0))
    days = tdb_s_after(date(2027, 3, 1), np.arange(28.0))
    conics = departures(low, POLAR, days, FLIGHTS_S, flown=False)
    third = thinly_flown(low, POLAR, days, FLIGHTS_S)
    assert 0 < conics.possible.sum() < 28
    assert not (third.possible & ~conics.possible).any()


def test_a_choice_of_flight_times_never_costs_more() -> None:
    all_of_them = departures(PARKING, POLAR, DAYS, FLIGHTS_S, flown=False)
    for j in range(len(FLIGHTS_S)):
        one = departures(PARKING, POLAR, DAYS, FLIGHTS_S[j : j + 1], flown=False)
        assert (all_of_them.total_m_s <= one.total_m_s + 1e-9).all()


def test_nobody_writes_to_it(table: Departures) -> None:
    with pytest.raises(ValueError, match="read-only"):
        table.total_m_s[0] = 0.0


def test_who_comes_home_brakes_in_the_air() -> None:
    """From a polar orbit back to the Earth: published budgets have 0.8 to 1.26 km/s (T4 with reserve and a fast return)."""
    home = departures(ENTRY, POLAR, DAYS, FLIGHTS_S, sense=BACK, engines=FAR_ONLY)
    assert home.possible.all()
    assert np.array_equal(home.total_m_s, home.far_dv_m_s)
    assert home.total_m_s.min() > 780.0
    assert home.total_m_s.max() < 1256.0
    for row, transfer in enumerate(home.flights):
        assert isinstance(transfer, Transfer)
        assert transfer.far_et_s == DAYS[row]
        assert transfer.near_et_s == home.arrival_et_s[row]


def test_by_cost_and_by_date(table: Departures) -> None:
    cheap = table.within(float(np.median(table.total_m_s)))
    assert len(cheap) == 4
    assert set(cheap.total_m_s) == set(np.sort(table.total_m_s)[:4])
    best = table.best(float(DAYS[2]), float(DAYS[4]))
    assert len(best) == len(best.flights) == 1
    assert best.total_m_s[0] == table.total_m_s[2:5].min()
    assert len(table.best(0.0, 1.0)) == 0


def test_a_day_without_a_plane_is_in_the_table_as_impossible() -> None:
    low = departures(Orbit(EARTH, 185e3, math.radians(10.0)), POLAR, DAYS, FLIGHTS_S)
    assert 0 < low.possible.sum() < len(DAYS)
    assert np.isnan(low.flight_s[~low.possible]).all()
    assert len(low.within(1e4)) == low.possible.sum()


def test_flights_of_any_kind_make_a_table() -> None:
    """By hand: three departures, of which the second has no flight; only the far impulse is flown by engines."""
    flights = [ByHand(100.0, 3.0, 4.0), None, ByHand(200.0, 5.0, 1.0)]
    made = tabulated(np.array([10.0, 20.0, 30.0]), flights, engines=FAR_ONLY)
    assert made.possible.tolist() == [True, False, True]
    assert made.total_m_s[made.possible].tolist() == [4.0, 1.0]
    assert made.arrival_et_s[made.possible].tolist() == [110.0, 230.0]
    assert made.best(0.0, 25.0).flights == (flights[0],)


def test_light_to_land_in() -> None:
    """At 0 N 0 E of the Moon the Sun rises about first quarter, which was on 6 March 2025 at 16:32 UTC (almanacs)."""
    centre = Site("moon", 0.0, 0.0)
    before, after = tdb_s_after(date(2025, 3, 5), 0.0), tdb_s_after(date(2025, 3, 8), 0.0)
    assert not sunlit(centre, before)[0]
    assert sunlit(centre, after)[0]
    assert lit(centre, after, 0.0, 0.5)[0]
    assert not lit(centre, after, 0.5, 1.0)[0]
    with pytest.raises(OrbitError, match="no height"):
        lit(centre, after, 0.5, 0.5)
