"""What computed routes take by day, against published budgets, hand solutions and the flights themselves."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from moonwright.errors import EpochError, OrbitError
from moonwright.orbit import bodies
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.windows import departures
from moonwright.scenario.scenario import Scenario
from moonwright.world.passage import AFTER_D, Passages, passages

PARKING = {"altitude": "185 km", "inclination": "28.5 deg"}
NODES = {
    "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
    "tli": {"kind": "transfer"},
    "leo": {"kind": "orbit", "body": "earth", **PARKING},
    "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
    "long": {
        "kind": "orbit",
        "body": "moon",
        "periapsis": "100 km",
        "apoapsis": "5000 km",
        "inclination": "90 deg",
    },
    "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
    "earth": {"kind": "recovery", "body": "earth"},
}
MU_M3_S2, RADIUS_M = 4.902800118e12, 1737.4e3  # of the Moon: DE440; IAU 2018
FT_M = 0.3048


def scenario(start: str = "2031-01-01", end: str = "2031-01-15", **routes: Any) -> Scenario:
    told = {
        "name": "routes",
        "currency_year": 2024,
        "horizon": {"start": start, "end": end},
        "partners": {"a": {"name": "A"}},
        "nodes": NODES,
        "routes": routes,
        "demands": {},
    }
    return Scenario.model_validate(told)


def route(origin: str, destination: str, **told: Any) -> dict[str, Any]:
    return {"from": origin, "to": destination, **told}


def asked(origin: str, destination: str, **computed: Any) -> Passages:
    return passages(scenario(one=route(origin, destination, computed=computed)))


def test_burns_from_parking_to_polar_orbit_are_those_published() -> None:
    """Case T2: 3.13 to 3.147 km/s from 185 km and 28.5 degrees, 0.80 to 0.865 km/s into 100 km; rounded up to 5 m/s."""
    table = asked("leo", "llo", flights=["4 d", "4.5 d", "5 d"]).tables["one"]
    assert len(table.duration_d) == 14 + AFTER_D
    assert table.flies.all()
    assert 3125 <= table.burns_m_s[:, 0].min() <= table.burns_m_s[:, 0].max() <= 3155
    assert 795 <= table.burns_m_s[:, 1].min() <= table.burns_m_s[:, 1].max() <= 870
    assert not np.any(table.burns_m_s % 5.0)
    assert set(table.duration_d) <= {4.0, 4.5, 5.0}


def test_days_between_flown_ones_are_as_if_they_were_flown() -> None:
    """A third of the days are flown, and each burn is rounded up by less than 5 m/s."""
    parking = bodies.Orbit(bodies.EARTH, 185e3, math.radians(28.5))
    polar = bodies.Orbit(bodies.MOON, 100e3, math.pi / 2)
    days = tdb_s_after(date(2031, 1, 1), np.arange(14.0))
    flown = departures(parking, polar, days, np.array([3.5, 4.0, 4.5, 5.0]) * 86400.0)
    more = asked("leo", "llo").tables["one"].total_m_s[:14] - flown.total_m_s
    assert np.nanmin(more) > -2.0
    assert np.nanmax(more) < 12.0


def test_after_injection_only_the_burn_at_the_moon_is_left_and_a_long_orbit_saves_what_it_is_faster() -> None:
    """Vis-viva at 100 km: an ellipse up to 5,000 km is faster there than the circle by what is not braked."""
    low_m = RADIUS_M + 100e3
    axis_m = RADIUS_M + 2550e3
    saved_m_s = math.sqrt(MU_M3_S2 * (2 / low_m - 1 / axis_m)) - math.sqrt(MU_M3_S2 / low_m)
    burns = [
        asked("tli", node, at_earth=PARKING, flights=["4.5 d"]).tables["one"].burns_m_s
        for node in ("llo", "long")
    ]
    assert burns[0].shape == (14 + AFTER_D, 1)
    assert np.abs(burns[0] - burns[1] - saved_m_s).max() <= 5.0


def test_landing_costs_what_apollo_planned_and_ascent_what_is_published() -> None:
    """6728.6 ft/s from 60 nautical miles, 11 km higher; 1,968 m/s from the ground less its 5 % of reserve."""
    down, up = asked("llo", "base").at("one", 3.0), asked("base", "llo").at("one", 3.0)
    assert down is not None
    assert up is not None
    assert down.burns_m_s[0] == pytest.approx(6728.6 * FT_M, abs=10)
    assert up.burns_m_s[0] == pytest.approx(1968 / 1.05, abs=10)
    # Half a turn between 100 km and 15.24 km (50,000 ft), by Kepler's third law.
    axis_m = RADIUS_M + 0.5 * (100e3 + 50e3 * FT_M)
    assert down.duration_d * 86400 == pytest.approx(math.pi * math.sqrt(axis_m**3 / MU_M3_S2), rel=1e-9)


def test_a_direct_landing_is_capture_and_descent_and_reserve_comes_on_top() -> None:
    moon = {"altitude": "100 km", "inclination": "90 deg"}
    capture = asked("tli", "llo", at_earth=PARKING, flights=["4 d"]).tables["one"].burns_m_s[:, 0]
    whole = asked("tli", "base", at_earth=PARKING, at_moon=moon, flights=["4 d"], reserve="10 %").tables[
        "one"
    ]
    assert whole.burns_m_s.shape[1] == 2
    assert np.abs(whole.burns_m_s[:, 0] - 1.1 * capture).max() <= 5.0 * 1.1
    assert whole.burns_m_s[0, 1] == pytest.approx(1.1 * 6728.6 * FT_M, abs=16)


def test_home_is_one_burn_and_braking_into_an_orbit_two_in_their_order() -> None:
    """The way back into an orbit ends with 3.1 km/s there; home, the air brakes."""
    home = asked("llo", "earth", at_earth={"altitude": "45 km", "inclination": "40 deg"}).tables["one"]
    orbit = asked("llo", "leo").tables["one"]
    assert home.burns_m_s.shape[1] == 1
    assert 795 <= home.burns_m_s.min() <= home.burns_m_s.max() <= 880
    assert 795 <= orbit.burns_m_s[:, 0].min() <= orbit.burns_m_s[:, 0].max() <= 900
    assert 3125 <= orbit.burns_m_s[:, 1].min() <= orbit.burns_m_s[:, 1].max() <= 3160


def test_what_is_stated_wins() -> None:
    """A stated duration is the only flight time; stated burns stand, and physics says which days and how long."""
    told = scenario(
        timed=route("leo", "llo", duration="4 d", computed={}),
        burnt=route("leo", "llo", burns=["3 km/s", "1 km/s"], computed={}),
        stated=route("leo", "llo", burns=["4 km/s"], duration="5 d"),
    )
    found = passages(told)
    assert set(found.tables) == {"timed", "burnt"}
    assert set(found.tables["timed"].duration_d) == {4.0}
    burnt = found.at("burnt", 2.5)
    assert burnt is not None
    assert burnt.burns_m_s == (3000.0, 1000.0)
    assert found.at("stated", 1e9) == (5.0, (4000.0,))


def test_dear_days_are_closed_and_who_waits_counts_with_the_dearest_of_the_others() -> None:
    everything = asked("tli", "llo", at_earth=PARKING)
    dearest = everything.dearest("one")
    limit_m_s = dearest.burns_m_s[0] - 10.0
    some = asked("tli", "llo", at_earth=PARKING, most=f"{limit_m_s} m/s")
    closed = ~some.tables["one"].flies
    assert np.array_equal(closed, everything.tables["one"].burns_m_s[:, 0] > limit_m_s)
    assert some.at("one", float(np.flatnonzero(closed)[0])) is None
    assert some.dearest("one").burns_m_s[0] == limit_m_s


def test_a_day_holds_from_midnight_on_rounding_aside_and_nothing_flies_past_the_table() -> None:
    found = asked("tli", "llo", at_earth=PARKING)
    assert found.at("one", 3.0) == found.at("one", 3.9) == found.at("one", 3.0 - 1e-9)
    assert found.at("one", -1.0) is None
    assert found.at("one", 14.0 + AFTER_D) is None


def test_what_can_never_be_flown_is_told_with_its_route() -> None:
    with pytest.raises(OrbitError, match=r"routes.one: `most` is 700 m/s, and the cheapest day"):
        asked("tli", "llo", at_earth=PARKING, most="700 m/s")
    with pytest.raises(OrbitError, match=r"routes.one: there is no flight on any day"):
        asked("tli", "llo", at_earth={"altitude": "185 km", "inclination": "1 deg"})
    with pytest.raises(EpochError, match=r"routes.one: the ephemeris covers 1998-01-01"):
        passages(scenario("2080-01-01", "2080-02-01", one=route("leo", "llo", computed={})))
