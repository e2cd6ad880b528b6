"""Flights to a station on a halo orbit by way of the moon, and back."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris
from moonwright.orbit.bodies import EARTH, Orbit
from moonwright.orbit.conics import BACK, OUT
from moonwright.orbit.flyby import HaloFlight, halo_flights
from moonwright.orbit.nbody import flown
from moonwright.orbit.nrho import Halo, halo
from moonwright.orbit.windows import BOTH, FAR_ONLY

START_ET_S = 946771269.0  # noon of 2030-01-01
PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
ENTRY = Orbit(EARTH, 45e3, math.radians(40.0))
FLIGHTS_S = np.array([4.0, 5.0, 6.0]) * 86400.0
TURN_D = np.arange(0.0, 6.6, 1.1)


@pytest.fixture(scope="module")
def station() -> Halo:
    return halo(perilune_et_s=START_ET_S)


@pytest.fixture(scope="module", params=[OUT, BACK], ids=["out", "back"])
def a_turn(request: pytest.FixtureRequest, station: Halo) -> tuple[float, tuple[HaloFlight | None, ...]]:
    """Six departures in a turn of the station."""
    near, engines = (PARKING, BOTH) if request.param == OUT else (ENTRY, FAR_ONLY)
    departures = START_ET_S + 86400.0 * TURN_D
    return request.param, halo_flights(
        near, station, departures, FLIGHTS_S, sense=request.param, engines=engines
    )


def test_the_best_day_of_a_turn_is_the_published_budget(
    a_turn: tuple[float, tuple[HaloFlight | None, ...]],
) -> None:
    """Case T4: 450 m/s to a halo orbit after TLI, and from it to TEI; the station is somewhere else on other days."""
    costs = [one.far_dv_m_s for one in a_turn[1] if one is not None]
    assert min(costs) == pytest.approx(450.0, rel=0.1)
    assert max(costs) > 600.0


def test_flown_from_the_flyby_it_comes_to_the_station(
    station: Halo, a_turn: tuple[float, tuple[HaloFlight | None, ...]]
) -> None:
    sense, flights = a_turn
    assert sum(one is not None for one in flights) >= 5
    for flight in flights:
        if flight is None:
            continue
        meet_et_s = flight.transfer.far_et_s + sense * flight.wait_s
        moons = np.concatenate(
            ephemeris.states("moon", "earth", [flight.transfer.far_et_s, meet_et_s]), axis=1
        )
        end = flown(flight.moon_state + moons[0], flight.transfer.far_et_s, sense * flight.wait_s) - moons[1]
        place, velocity = station.state_about_moon(meet_et_s)
        assert end[:3] == pytest.approx(place, abs=1e3)
        assert math.dist(end[3:], velocity) == pytest.approx(flight.halo_dv_m_s, abs=0.1)
        assert math.dist(flight.moon_state[3:], flight.transfer.far_state[3:]) == pytest.approx(
            flight.flyby_dv_m_s
        )
        assert flight.moon_state[:3] == flight.transfer.far_state[:3]
        assert flight.flight_s == flight.transfer.flight_s + flight.wait_s


def test_departures_and_flights_are_as_asked(a_turn: tuple[float, tuple[HaloFlight | None, ...]]) -> None:
    sense, flights = a_turn
    for flight, day in zip(flights, TURN_D, strict=True):
        if flight is None:
            continue
        start_et_s = flight.transfer.near_et_s if sense == OUT else flight.transfer.far_et_s - flight.wait_s
        assert start_et_s == pytest.approx(START_ET_S + 86400.0 * day, abs=1e-3)
        assert FLIGHTS_S.min() - 1e-3 <= flight.transfer.flight_s <= FLIGHTS_S.max() + 1e-3
        assert flight.transfer.far.radius_m == pytest.approx(1737.4e3 + 100e3)


def test_a_flyby_below_the_ground_is_refused(station: Halo) -> None:
    with pytest.raises(OrbitError, match="below the ground"):
        halo_flights(PARKING, station, np.array([START_ET_S]), FLIGHTS_S, low_m=-1.0)
