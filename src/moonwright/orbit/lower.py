"""Between a station on a halo orbit and a low orbit about the same moon: down to where landings begin, and up again.

The station's place and date give one end, the low orbit's height and tilt the other; its node is free. A conic about the
moon leaves the low orbit along it and is at the station after a while: which while is best is tried. Then the flight is put
right under all pulls. Down is up with time reversed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris, frames
from moonwright.orbit.aim import aimed
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.conics import leg
from moonwright.orbit.kernel import Floats, Vector
from moonwright.orbit.nrho import Halo
from moonwright.orbit.transfer import elements, equator, orbit_state

UP, DOWN = 1.0, -1.0

SPANS_S: Final = np.arange(0.1, 2.01, 0.05) * 86400.0
_HALVINGS: Final = 4
_SCALES: Final = (np.array([1e-6, 1e-6, 1e-2]), np.array([0.1, 0.1, 30.0]))  # rad, rad and m/s


@dataclass(frozen=True)
class LowFlight:
    """One flight between a low orbit and a station; impulses in m/s: near at the low orbit, far at the station.

    `low_state` is the flight's at the low orbit, about the moon, m and m/s in ICRF axes.
    """

    low_et_s: float
    halo_et_s: float
    low_state: tuple[float, ...]
    near_dv_m_s: float
    far_dv_m_s: float

    @property
    def total_m_s(self) -> float:
        """Both impulses."""
        return self.near_dv_m_s + self.far_dv_m_s

    @property
    def flight_s(self) -> float:
        """How long it takes, up or down."""
        return abs(self.halo_et_s - self.low_et_s)


def low_flights(
    halo: Halo, low: Orbit, departure_et_s: Floats, *, sense: float
) -> tuple[LowFlight | None, ...]:
    """The cheapest flight at each departure: UP from the low orbit or DOWN from the station, within two days.

    The low orbit's node is the one that the flight wants. None where no plane of its tilt holds the station in any of the
    spans tried, or no flight settles. A tenth of a second a departure.
    """
    if low.body != halo.moon:
        raise OrbitError(
            f"a halo orbit about the {halo.moon.name} has no low orbit about the {low.body.name}"
        )
    return tuple(_best(halo, low, float(et_s), sense) for et_s in ephemeris.covered(departure_et_s))


def _best(halo: Halo, low: Orbit, et_s: float, sense: float) -> LowFlight | None:
    """The best conic, flown; then a step longer or shorter while that is cheaper, and half the step."""
    guesses = [
        (_conic(halo, low, et_s, float(span_s), side, sense), float(span_s), side)
        for span_s in SPANS_S
        for side in (1.0, -1.0)
    ]
    cost, span_s, side = min(guesses)
    if not math.isfinite(cost):
        return None
    best = _flown(halo, low, et_s, span_s, side, sense)
    step_s = 0.5 * float(SPANS_S[1] - SPANS_S[0])
    for _ in range(_HALVINGS if best is not None else 0):
        for near_by_s in (span_s - step_s, span_s + step_s):
            within = SPANS_S[0] <= near_by_s <= SPANS_S[-1]
            tried = _flown(halo, low, et_s, near_by_s, side, sense) if within else None
            if tried is not None and best is not None and tried.total_m_s < best.total_m_s:
                best, span_s = tried, near_by_s
        step_s *= 0.5
    return best


def _ends_et_s(et_s: float, span_s: float, sense: float) -> tuple[float, float]:
    """Instants at the low orbit and at the station."""
    return (et_s, et_s + span_s) if sense > 0.0 else (et_s + span_s, et_s)


def _conic_ends(
    halo: Halo, low: Orbit, times_s: tuple[float, float], side: float, sense: float
) -> tuple[bool, tuple[Vector, Vector, Vector, float], Floats]:
    """The conic by time that runs upward; and the station's velocity."""
    low_et_s, halo_et_s = times_s
    station, staying = halo.state_about_moon(halo_et_s)
    pole = sense * frames.fixed_axes(low.body.name, low_et_s)[0, 2]
    shape = (low.body.mu_m3_s2, low.radius_m, math.cos(low.inclination_rad))
    found, conic = leg(_told(station), abs(halo_et_s - low_et_s), shape, _told(pole), side)
    return found, conic, staying


def _told(vector: Floats) -> Vector:
    return float(vector[0]), float(vector[1]), float(vector[2])


def _conic(halo: Halo, low: Orbit, et_s: float, span_s: float, side: float, sense: float) -> float:
    """What a conic costs; infinite where there is none."""
    found, conic, staying = _conic_ends(halo, low, _ends_et_s(et_s, span_s, sense), side, sense)
    if not found:
        return math.inf
    arriving, _, _, speed = conic
    return speed - low.speed_m_s + math.dist(sense * np.array(arriving), staying)


def _flown(halo: Halo, low: Orbit, et_s: float, span_s: float, side: float, sense: float) -> LowFlight | None:
    times_s = _ends_et_s(et_s, span_s, sense)
    found, conic, staying = _conic_ends(halo, low, times_s, side, sense)
    if not found:
        return None
    _, nearest, normal, speed = conic
    place, momentum = low.radius_m * np.array(nearest), sense * np.array(normal)
    axes = equator(low.body.name, times_s[0])
    unknowns = elements(place, speed * np.cross(momentum, nearest), axes)
    shape = np.array([low.radius_m, low.inclination_rad])

    def start(unknowns: Floats) -> Floats:
        state = np.empty(6)
        orbit_state(state, axes, shape, unknowns)
        return state

    station = halo.state_about_moon(times_s[1])[0]
    bodies, span = (halo.planet, halo.moon), times_s[1] - times_s[0]
    flight = aimed(bodies, (times_s[0], span), start, unknowns, _SCALES, station)
    if flight is None:
        return None
    first, last = flight
    low_dv = float(np.linalg.norm(first[3:])) - low.speed_m_s
    return LowFlight(*times_s, tuple(float(value) for value in first), low_dv, math.dist(last[3:], staying))
