"""To a halo orbit and back by way of the moon: a burn low over it turns and slows the flight, a second one stays.

Going straight to a halo orbit costs its insertion 0.7 km/s and more, for it moves slowly where it is far from the moon.
Passing low, where the moon's pull is deep, costs about 0.43 on a good day. The station is where it is on its orbit, so the
cost swings with every turn of it.

Conics look for the best of a day: from the planet as in `conics`, from the low point to the station as Lambert's problem
about the moon. Then both parts are flown under all pulls, and flight time, wait and tilt are moved while that helps. The way
back is the same with time reversed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from moonwright.compiled import compiled
from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris
from moonwright.orbit.aim import aimed
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.conics import FAR_NORMAL, FAR_PLACE, FAR_SPEED, OUT, scan
from moonwright.orbit.kernel import Floats
from moonwright.orbit.lambert import between, nearest_conic
from moonwright.orbit.nrho import Halo
from moonwright.orbit.transfer import Transfer, refined
from moonwright.orbit.vectors import cross, mix, norm
from moonwright.orbit.windows import BOTH

DAY_S: Final = 86400.0
TILTS_RAD: Final = tuple(
    math.radians(tilt) for tilt in range(30, 151, 10)
)  # of the flyby, to the moon's equator
WAITS_S: Final = np.arange(0.25, 4.01, 0.125) * DAY_S  # between the flyby and the halo orbit

_SCALES: Final = (np.full(3, 1e-2), np.full(3, 50.0))  # of the velocity after the burn, m/s
_POLISH: Final = (
    (0.125 * DAY_S, 0.0625 * DAY_S, math.radians(5.0)),
    3,
)  # first steps, and how often they are halved


@dataclass(frozen=True)
class HaloFlight:
    """One flight between a planet's orbit and a station on a halo orbit, with a flyby; impulses in m/s."""

    transfer: Transfer  # between the planet and the low point of the flyby
    wait_s: float  # between the flyby and the station
    flyby_dv_m_s: float
    halo_dv_m_s: float
    moon_state: tuple[
        float, ...
    ]  # about the moon at the low point, m and m/s, ICRF: on the station's side of the burn

    @property
    def near_dv_m_s(self) -> float:
        """At the planet."""
        return self.transfer.near_dv_m_s

    @property
    def far_dv_m_s(self) -> float:
        """The flyby's burn and that at the station."""
        return self.flyby_dv_m_s + self.halo_dv_m_s

    @property
    def flight_s(self) -> float:
        """In all."""
        return self.transfer.flight_s + self.wait_s


class _Guess(NamedTuple):
    """By conics: flight time to or from the flyby, wait, tilt of the flyby, branch; and what it costs."""

    flight_s: float
    wait_s: float
    tilt_rad: float
    branch: int
    cost_m_s: float


@dataclass(frozen=True)
class _Route:
    """What stays the same from day to day: the ends, the flyby's height, the way, whose burns count, flight times."""

    near: Orbit
    halo: Halo
    low_m: float
    sense: float
    engines: tuple[float, float]
    flights_s: Floats

    def low(self, tilt_rad: float) -> Orbit:
        """The orbit whose low point the flyby has."""
        return Orbit(self.halo.moon, self.low_m, tilt_rad)

    def cost_m_s(self, flight: HaloFlight) -> float:
        """Of the burns that engines make."""
        return self.engines[0] * flight.near_dv_m_s + self.engines[1] * flight.far_dv_m_s


def halo_flights(
    near: Orbit,
    halo: Halo,
    departure_et_s: Floats,
    flight_s: Floats,
    *,
    low_m: float = 100e3,
    sense: float = OUT,
    engines: tuple[float, float] = BOTH,
) -> tuple[HaloFlight | None, ...]:
    """The cheapest flight to a station on a halo orbit (or back, from it) at each departure.

    `flight_s` are those between planet and flyby, whose low point is `low_m` high; between the flyby and the station
    a quarter to four days pass. `engines` as in `windows.departures`. None where conics find nothing or no flight settles.
    Half a second a departure outward, one back.
    """
    if not low_m > 0.0:
        raise OrbitError(f"a flyby does not pass below the ground: {low_m / 1e3:g} km was given")
    instants = ephemeris.covered(departure_et_s)
    flights = np.atleast_1d(np.asarray(flight_s, dtype=np.float64))
    route = _Route(near, halo, low_m, sense, engines, flights)
    found = []
    for et_s, guess in zip(instants, _guesses(route, instants), strict=True):
        found.append(None if guess is None else _polished(route, float(et_s), guess))
    return tuple(found)


def _guesses(route: _Route, instants: Floats) -> list[_Guess | None]:
    best: list[_Guess | None] = [None] * len(instants)
    mu, flights = route.halo.moon.mu_m3_s2, route.flights_s
    for waits, starts, stations in _meetings(route.halo, instants, flights, route.sense):
        for tilt in TILTS_RAD:
            low = route.low(tilt)
            conics = scan(route.near, low, starts, flights, sense=route.sense)
            leaving = route.engines[0] * conics.near_dv_m_s
            costs = _cheapest(
                conics.raw, leaving, route.engines[1], (low.radius_m, mu, route.sense), waits, stations
            )
            for row, each in enumerate(costs):
                j = int(each[:, 0].argmin())
                cost, branch, k = each[j]
                so_far = best[row]
                if np.isfinite(cost) and (so_far is None or cost < so_far.cost_m_s):
                    best[row] = _Guess(
                        float(flights[j]), float(waits[int(k)]), tilt, int(branch), float(cost)
                    )
    return best


def _meetings(
    halo: Halo, instants: Floats, flights: Floats, sense: float
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Waits that share a scan, the departures of that scan, and the station's states (departure, flight, wait, 6).

    Outward, a scan serves all waits; on the way back the flyby comes after the wait, so each wait has its own.
    """
    if sense > 0.0:
        meet = instants[:, None, None] + flights[None, :, None] + WAITS_S
        distinct, at = np.unique(meet, return_inverse=True)
        yield WAITS_S, instants, _stations(halo, distinct)[at.reshape(meet.shape)]
        return
    stations = np.broadcast_to(_stations(halo, instants)[:, None, None], (len(instants), len(flights), 1, 6))
    for wait_s in WAITS_S:
        yield np.array([wait_s]), instants + wait_s, np.ascontiguousarray(stations)


def _stations(halo: Halo, et_s: Floats) -> Floats:
    return np.array([np.concatenate(halo.state_about_moon(float(one))) for one in et_s])


@compiled
def _cheapest(
    raw: Floats,
    near_cost: Floats,
    weight: float,
    low: tuple[float, float, float],
    waits: Floats,
    stations: Floats,
) -> Floats:
    """For each departure and flight: the least cost, its branch and which wait."""
    radius, mu, sense = low
    out = np.full((raw.shape[0], raw.shape[1], 3), np.inf)
    for i in range(raw.shape[0]):
        for j in range(raw.shape[1]):
            for branch in range(raw.shape[2]):
                row = raw[i, j, branch]
                if not row[FAR_SPEED] > 0.0:  # nan: no transfer
                    continue
                place = (radius * row[FAR_PLACE], radius * row[FAR_PLACE + 1], radius * row[FAR_PLACE + 2])
                normal = (sense * row[FAR_NORMAL], sense * row[FAR_NORMAL + 1], sense * row[FAR_NORMAL + 2])
                coming = mix(row[FAR_SPEED] / radius, cross(normal, place), 0.0, place)
                for k in range(waits.shape[0]):
                    at = stations[i, j, k]
                    found, leaving, arriving = nearest_conic(
                        place, (at[0], at[1], at[2]), waits[k], mu, normal
                    )
                    if not found:
                        continue
                    staying = (sense * at[3], sense * at[4], sense * at[5])
                    burns = norm(mix(1.0, leaving, -1.0, coming)) + norm(mix(1.0, arriving, -1.0, staying))
                    cost = near_cost[i, j, branch] + weight * burns
                    if cost < out[i, j, 0]:
                        out[i, j, 0], out[i, j, 1], out[i, j, 2] = cost, branch, k
    return out


def _polished(route: _Route, et_s: float, guess: _Guess) -> HaloFlight | None:
    """Flown, and moved a step in flight time, wait or tilt while that is cheaper; then with half the steps."""
    best = _flown(route, et_s, guess)
    if best is None:
        return None
    least = np.array([route.flights_s.min(), WAITS_S[0], 0.0])
    most = np.array([route.flights_s.max(), WAITS_S[-1], math.pi])
    steps, halvings = np.array(_POLISH[0]), _POLISH[1]
    for _ in range(halvings):
        moved = True
        while moved:
            moved = False
            for axis in np.concatenate([np.eye(3), -np.eye(3)]):
                flight, wait, tilt = np.clip(np.array(guess[:3]) + axis * steps, least, most)
                near_by = guess._replace(flight_s=float(flight), wait_s=float(wait), tilt_rad=float(tilt))
                tried = None if near_by == guess else _flown(route, et_s, near_by)
                if tried is not None and route.cost_m_s(tried) < route.cost_m_s(best) - 0.1:
                    best, guess, moved = tried, near_by, True
        steps *= 0.5
    return best


def _flown(route: _Route, et_s: float, guess: _Guess) -> HaloFlight | None:
    """Both parts under all pulls, and the burns that join them to each other and to the station."""
    near, halo, sense, low = route.near, route.halo, route.sense, route.low(guess.tilt_rad)
    start_et_s = et_s if sense > 0.0 else et_s + guess.wait_s
    conics = scan(near, low, np.array([start_et_s]), np.array([guess.flight_s]), sense=sense)
    transfer = refined(near, low, conics, (0, 0, guess.branch))
    if transfer is None:
        return None
    place, velocity = np.array(transfer.far_state[:3]), np.array(transfer.far_state[3:])
    span_s = sense * guess.wait_s
    station, staying = halo.state_about_moon(transfer.far_et_s + span_s)
    normal = sense * np.cross(place, velocity)
    leaving, _ = between(place, station, guess.wait_s, halo.moon.mu_m3_s2, normal=normal)

    def start(velocity: Floats) -> Floats:
        return np.concatenate([place, velocity])

    bodies, times_s = (halo.planet, halo.moon), (transfer.far_et_s, span_s)
    flight = aimed(bodies, times_s, start, sense * leaving, _SCALES, station)
    if flight is None:
        return None
    flyby_m_s = float(np.linalg.norm(flight[0][3:] - velocity))
    halo_m_s = float(np.linalg.norm(flight[1][3:] - staying))
    moon_state = tuple(float(value) for value in flight[0])
    return HaloFlight(transfer, guess.wait_s, flyby_m_s, halo_m_s, moon_state)
