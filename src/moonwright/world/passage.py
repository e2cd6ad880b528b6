"""What flying a route takes, by the day on which it is entered: as stated, and for the rest as the sky has it.

A computed route has a table: for each day of the horizon, and some days after it for flights that are under way when it
ends, the cheapest flight of that day. Between Earth and Moon impulses come from patched conics, put right by flights
under all pulls on every third day; a landing costs its ideal impulses and the losses of `orbit.landing`, the same
every day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import radians
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import MoonwrightError, OrbitError
from moonwright.scenario.node import Node, Orbit
from moonwright.scenario.route import Circle, Computed, Route
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.way import Way, way

if TYPE_CHECKING:
    from moonwright.orbit import bodies

Floats = NDArray[np.float64]

# Tried on each day where a route says nothing else. Assumed: from what a crew bears to what saves no more.
FLIGHTS_D: Final = (3.5, 4.0, 4.5, 5.0)
AFTER_D: Final = 31  # days after the horizon that a table goes on
STEP_M_S: Final = (
    5.0  # burns are rounded up to whole steps: more than interpolation errs by, and days become alike
)
DAY_S: Final = 86400.0
_SAME_D: Final = (
    1e-6  # moments closer than this (0.09 s) are one: flights enter a route at midnight, but for rounding
)


class Passing(NamedTuple):
    """One use of a route: how long it takes (d), and its burns in turn (m/s)."""

    duration_d: float
    burns_m_s: tuple[float, ...]


@dataclass(frozen=True)
class Table:
    """By day of entry: duration (d), shape (days,), and burns (m/s), shape (days, burns); nan where nothing flies."""

    duration_d: Floats
    burns_m_s: Floats

    @property
    def flies(self) -> NDArray[np.bool_]:
        """Days on which the route is flown."""
        return np.isfinite(self.duration_d)

    @property
    def total_m_s(self) -> Floats:
        """All burns of each day."""
        return np.asarray(self.burns_m_s.sum(axis=1))

    @cached_property
    def days(self) -> tuple[Passing | None, ...]:
        """Each day's flight, or None: the same as plain numbers, for those who ask day by day."""
        rows = zip(self.duration_d.tolist(), self.burns_m_s.tolist(), strict=True)
        return tuple(
            None if math.isnan(duration_d) else Passing(duration_d, tuple(burns))
            for duration_d, burns in rows
        )

    @cached_property
    def dearest(self) -> Passing:
        """What suffices on every day on which there is a flight."""
        flown = self.burns_m_s[self.flies]
        return Passing(float(np.nanmax(self.duration_d)), tuple(flown.max(axis=0).tolist()))


@dataclass(frozen=True)
class Passages:
    """What each route takes. `tables` holds those that are computed; the others are as `routes` state them."""

    routes: Mapping[str, Route]
    tables: Mapping[str, Table]

    def at(self, route: str, moment_d: float) -> Passing | None:
        """A route that is entered at a moment; None where nothing flies on that day."""
        table = self.tables.get(route)
        if table is None:
            return _stated(self.routes[route])
        day = math.floor(moment_d + _SAME_D)
        return table.days[day] if 0 <= day < len(table.days) else None

    def dearest(self, route: str) -> Passing:
        """What suffices on every day on which the route is flown: whoever must be able to leave at once counts with it."""
        table = self.tables.get(route)
        return _stated(self.routes[route]) if table is None else table.dearest


def _stated(route: Route) -> Passing:
    assert route.duration is not None  # `scenario.check` has seen to it
    return Passing(route.duration, route.burns)


def passages(scenario: Scenario) -> Passages:
    """All routes of a scenario. Ten years of a way to the Moon take some seconds, once.

    Raises OrbitError where a route can never be flown as it asks, EpochError for years that no ephemeris covers.
    """
    tables = {}
    for name, route in scenario.routes.items():
        if route.computed is not None:
            try:
                tables[name] = _table(scenario, route, route.computed)
            except MoonwrightError as error:
                raise type(error)(f"routes.{name}: {error}") from None
    return Passages(scenario.routes, tables)


def _table(scenario: Scenario, route: Route, asked: Computed) -> Table:
    goes = way(scenario.nodes[route.origin], scenario.nodes[route.destination])
    assert goes is not None  # `scenario.check` has seen to it
    days = (scenario.horizon.end - scenario.horizon.start).days + AFTER_D
    ends = _ends(scenario, route, asked, goes)
    flights_d = (float(route.duration),) if route.duration is not None else tuple(map(float, asked.flights))
    duration_d, burns = _computed(goes, ends, flights_d or FLIGHTS_D, scenario.horizon.start, days)
    if route.duration is not None:
        duration_d = np.where(np.isfinite(duration_d), float(route.duration), np.nan)
    told = np.array(route.burns) if route.burns else _rounded(burns * (1.0 + float(asked.reserve)))
    return _closed(Table(duration_d, np.broadcast_to(told, (days, told.shape[-1])).copy()), asked)


def _rounded(burns_m_s: Floats) -> Floats:
    return np.asarray(np.ceil(burns_m_s / STEP_M_S - 1e-9) * STEP_M_S)


def _closed(table: Table, asked: Computed) -> Table:
    """Without the days that cost more than the most, or have no flight. Raises OrbitError where none is left."""
    total = np.where(table.flies, table.total_m_s, np.nan)
    if not np.isfinite(total).any():
        raise OrbitError(
            "there is no flight on any day: the orbit at the Earth is tilted too little to pass under the Moon"
        )
    if asked.most is not None:
        if np.nanmin(total) > asked.most:
            raise OrbitError(
                f"`most` is {asked.most:g} m/s, and the cheapest day of the horizon costs {np.nanmin(total):g} m/s"
            )
        total[total > asked.most] = np.nan
    shut = np.isnan(total)
    duration_d, burns_m_s = table.duration_d.copy(), table.burns_m_s
    duration_d[shut] = np.nan
    burns_m_s[shut] = np.nan
    for column in (duration_d, burns_m_s):
        column.flags.writeable = False
    return Table(duration_d, burns_m_s)


class End(NamedTuple):
    """An orbit at either end: its lowest and highest point (m), its tilt (deg), and whether engines brake into it."""

    periapsis_m: float
    apoapsis_m: float
    inclination_deg: float
    burns: bool


class Ends(NamedTuple):
    """The orbits at the Earth (None: none) and at the Moon, and whether the way begins or ends on the Moon's ground."""

    earth: End | None
    moon: End
    ground: bool


def _ends(scenario: Scenario, route: Route, asked: Computed, goes: Way) -> Ends:
    origin, destination = scenario.nodes[route.origin], scenario.nodes[route.destination]
    if goes in ("down", "up"):
        return Ends(None, end(origin if goes == "down" else destination, None), True)
    earth, moon = (origin, destination) if goes == "out" else (destination, origin)
    return Ends(end(earth, asked.at_earth), end(moon, asked.at_moon), not isinstance(moon, Orbit))


def end(node: Node, circle: Circle | None) -> End:
    if circle is not None:
        return End(float(circle.altitude), float(circle.altitude), float(circle.inclination), False)
    assert isinstance(node, Orbit)
    low, high = (
        (node.altitude, node.altitude) if node.altitude is not None else (node.periapsis, node.apoapsis)
    )
    assert low is not None
    assert high is not None
    assert node.inclination is not None
    return End(float(low), float(high), float(node.inclination), True)


def _computed(
    goes: Way, ends: Ends, flights_d: tuple[float, ...], start: date, days: int
) -> tuple[Floats, Floats]:
    """Durations (days,) and burns (days, burns)."""
    leg_d, leg_m_s = surface_leg(goes, ends.moon) if ends.ground else (0.0, 0.0)
    if ends.earth is None:
        return np.full(days, leg_d), np.full((days, 1), leg_m_s)
    flight_d, near_m_s, far_m_s = transfers(goes, ends.earth, ends.moon, flights_d, (start, days))
    columns = [far_m_s]
    if ends.ground:
        columns.append(np.full(days, leg_m_s))
    if ends.earth.burns:
        columns.insert(0, near_m_s)
    if goes == "back":  # the same places the other way round
        columns.reverse()
    return flight_d + leg_d, np.stack(columns, axis=1)


@lru_cache(maxsize=32)
def transfers(
    goes: Way,
    earth: End,
    moon: End,
    flights_d: tuple[float, ...],
    span: tuple[date, int],
    *,
    flown: bool = True,
) -> tuple[Floats, Floats, Floats]:
    """Flight time (d), impulse at the Earth and at the Moon (m/s), for each of so many days after a date.

    Kept, since whoever asks about a plan observes its world anew each time; so the arrays are not to be written to.
    `flown`: put right by flights under all pulls; else conics alone, some 25 m/s too low in sum.
    """
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415  # compiled code takes its time to load
    from moonwright.orbit.conics import BACK, OUT  # noqa: PLC0415
    from moonwright.orbit.windows import BOTH, FAR_ONLY, departures, thinly_flown  # noqa: PLC0415

    near, far = lowest(earth, "earth"), lowest(moon, "moon")
    days = tdb_s_after(span[0], np.arange(float(span[1])))
    flights_s = np.array(flights_d) * DAY_S
    sense, engines = (OUT if goes == "out" else BACK), (BOTH if earth.burns else FAR_ONLY)
    if flown:
        found = thinly_flown(near, far, days, flights_s, sense=sense, engines=engines)
    else:
        found = departures(near, far, days, flights_s, sense=sense, engines=engines, flown=False)
    columns = (
        found.flight_s / DAY_S,
        found.near_dv_m_s - _faster_m_s(near, earth),
        found.far_dv_m_s - _faster_m_s(far, moon),
    )
    for column in columns:
        column.flags.writeable = False
    return columns


def lowest(end: End, body: str) -> bodies.Orbit:
    """The circular orbit at the lowest point of an orbit: there a transfer leaves or comes, along the velocity."""
    return _circular(end.periapsis_m, end, body)


def _circular(altitude_m: float, end: End, body: str) -> bodies.Orbit:
    from moonwright.orbit import bodies  # noqa: PLC0415

    about = bodies.EARTH if body == "earth" else bodies.MOON
    return bodies.Orbit(about, altitude_m, radians(end.inclination_deg))


def _faster_m_s(here: bodies.Orbit, end: End) -> float:
    """How much faster an orbit is at its lowest or highest point than a circular one there."""
    axis_m = here.body.radius_m + 0.5 * (end.apoapsis_m + end.periapsis_m)
    return math.sqrt(here.body.mu_m3_s2 * (2.0 / here.radius_m - 1.0 / axis_m)) - here.speed_m_s


def surface_leg(goes: Way, moon: End) -> tuple[float, float]:
    """Duration (d) and delta-v (m/s), losses included, between an orbit of the Moon and the ground under it.

    The way down begins at the orbit's highest point, where lowering the other end takes least.
    """
    from moonwright.orbit.landing import ascent, descent  # noqa: PLC0415

    high = _circular(moon.apoapsis_m, moon, "moon")
    leg = (descent if goes in ("out", "down") else ascent)(high)
    return leg.coast_s / DAY_S, leg.total_m_s + _faster_m_s(high, moon)
