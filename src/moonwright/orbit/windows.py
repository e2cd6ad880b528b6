"""Delta-v by departure day: the best transfer of every day, and the days that a launch site, a landing's light or a limit
of delta-v leave over.

For each departure all flight times and branches are flown as conics, and the best of them again under all pulls. What
comes out is what a planner needs of a route by date.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.errors import OrbitError
from moonwright.orbit.apparent import Site, angular_radius_rad, seen_from
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.conics import OUT, Conics, scan
from moonwright.orbit.kernel import Floats
from moonwright.orbit.transfer import refined

BOTH: Final = (1.0, 1.0)
FAR_ONLY: Final = (0.0, 1.0)  # who comes back to the Earth brakes in its air


class Flight(Protocol):
    """What a table needs of a flight: `Transfer`, `HaloFlight` and `LowFlight` have it."""

    @property
    def flight_s(self) -> float:
        """How long it takes."""

    @property
    def near_dv_m_s(self) -> float:
        """The impulse at the planet, or at the lower orbit."""

    @property
    def far_dv_m_s(self) -> float:
        """The impulse at the moon, or at the station; both, where there are two."""


@dataclass(frozen=True)
class Departures:
    """One route by departure: arrays of equal length, in order of departure, not to be written to.

    `near_dv_m_s` is the impulse at the planet and `far_dv_m_s` that at its moon, whichever comes first; `total_m_s` adds
    those that are flown by engines. A departure without a flight has nan in all but `departure_et_s`: no plane of the
    wanted inclination holds the moon then. `flights` has those that were flown under all pulls.
    """

    departure_et_s: Floats
    flight_s: Floats
    near_dv_m_s: Floats
    far_dv_m_s: Floats
    total_m_s: Floats
    flights: tuple[Flight | None, ...]

    def __len__(self) -> int:
        return len(self.departure_et_s)

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Which departures have a transfer at all."""
        return np.isfinite(self.total_m_s)

    @property
    def arrival_et_s(self) -> Floats:
        """When each arrives."""
        return self.departure_et_s + self.flight_s

    def where(self, kept: NDArray[np.bool_]) -> Departures:
        """Only some of the departures."""
        return Departures(
            _sealed(self.departure_et_s[kept]),
            _sealed(self.flight_s[kept]),
            _sealed(self.near_dv_m_s[kept]),
            _sealed(self.far_dv_m_s[kept]),
            _sealed(self.total_m_s[kept]),
            tuple(one for one, keep in zip(self.flights, kept, strict=True) if keep),
        )

    def within(self, most_m_s: float) -> Departures:
        """Those that cost no more than a limit."""
        return self.where(self.total_m_s <= most_m_s)

    def best(self, from_et_s: float, to_et_s: float) -> Departures:
        """The cheapest within a window, as a table of one row; of none where nothing leaves then."""
        cost = np.where(
            (self.departure_et_s >= from_et_s) & (self.departure_et_s <= to_et_s), self.total_m_s, np.nan
        )
        if not np.isfinite(cost).any():
            return self.where(np.zeros(len(self), dtype=np.bool_))
        return self.where(np.arange(len(self)) == np.nanargmin(cost))


def departures(
    near: Orbit,
    far: Orbit,
    departure_et_s: Floats,
    flight_s: Floats,
    *,
    sense: float = OUT,
    engines: tuple[float, float] = BOTH,
    flown: bool = True,
) -> Departures:
    """The cheapest transfer of each departure, among flight times and branches.

    `engines` says which impulses count: at the planet, at its moon. With `flown` the best conics are flown under
    all pulls (6 ms each), else their impulses stand as they are, 25 m/s too low in sum (docs/model/transfers.md).
    """
    conics = scan(near, far, departure_et_s, flight_s, sense=sense)
    chosen = _cheapest(_cost(conics, engines))
    if not flown:
        return _table(conics.departure_et_s, _columns(conics, chosen, engines), (None,) * len(chosen))
    flights = [
        None if at is None else refined(near, far, conics, (row, *at)) for row, at in enumerate(chosen)
    ]
    return tabulated(conics.departure_et_s, flights, engines)


def thinly_flown(
    near: Orbit,
    far: Orbit,
    departure_et_s: Floats,
    flight_s: Floats,
    *,
    sense: float = OUT,
    engines: tuple[float, float] = BOTH,
    every: int = 3,
) -> Departures:
    """As `departures`, with every so many-th transfer flown under all pulls and the others put right by line in between.

    What flying changes varies slowly along departures with one flight time and branch: for days, and every third flown,
    the line is within 1.5 m/s of what each flight costs (two years, to a polar orbit). `flights` has those that were flown.
    """
    conics = scan(near, far, departure_et_s, flight_s, sense=sense)
    chosen = _cheapest(_cost(conics, engines))
    table = _columns(conics, chosen, engines)
    flights: list[Flight | None] = [None] * len(chosen)
    for first, last in _runs(chosen):
        for row in _spread(first, last, every):
            flights[row] = refined(near, far, conics, (row, *_at(chosen, row)))
        table[1:3, first:last] += _gained(table, flights, range(first, last))
    table[3] = engines[0] * table[1] + engines[1] * table[2]
    return _table(conics.departure_et_s, table, tuple(flights))


def _spread(first: int, last: int, every: int) -> list[int]:
    """Rows from first to before last that are no farther apart than `every`, with both ends; of a few only the middle."""
    if last - first <= every:
        return [(first + last) // 2]
    count = math.ceil((last - 1 - first) / every) + 1
    return [round(row) for row in np.linspace(first, last - 1, count)]


def _cost(conics: Conics, engines: tuple[float, float]) -> Floats:
    return engines[0] * conics.near_dv_m_s + engines[1] * conics.far_dv_m_s


def _columns(
    conics: Conics, chosen: Sequence[tuple[int, int] | None], engines: tuple[float, float]
) -> Floats:
    """Flight time, both impulses and their cost (4, n) of the conics chosen; nan where none is."""
    table = np.full((4, len(chosen)), np.nan)
    for row, at in enumerate(chosen):
        if at is not None:
            near_m_s, far_m_s = _conic_dv(conics, (row, *at))
            cost_m_s = engines[0] * near_m_s + engines[1] * far_m_s
            table[:, row] = conics.flight_s[at[0]], near_m_s, far_m_s, cost_m_s
    return table


def _runs(chosen: Sequence[tuple[int, int] | None]) -> Iterator[tuple[int, int]]:
    """First departure, and first after, of each stretch with one flight time and branch."""
    rows = 0
    for at, alike in groupby(chosen):
        first, rows = rows, rows + len(list(alike))
        if at is not None:
            yield first, rows


def _at(chosen: Sequence[tuple[int, int] | None], row: int) -> tuple[int, int]:
    at = chosen[row]
    assert at is not None
    return at


def _gained(table: Floats, flights: Sequence[Flight | None], run: range) -> Floats:
    """What flying changes of both impulses along a run (2, n): between those flown by line; nan where none settled."""
    known = [(row, flight) for row in run if (flight := flights[row]) is not None]
    if not known:
        return np.full((2, len(run)), np.nan)
    rows = [row for row, _ in known]
    near = [flight.near_dv_m_s - float(table[1, row]) for row, flight in known]
    far = [flight.far_dv_m_s - float(table[2, row]) for row, flight in known]
    return np.array([np.interp(run, rows, near), np.interp(run, rows, far)])


def tabulated(
    departure_et_s: Floats, flights: Sequence[Flight | None], engines: tuple[float, float] = BOTH
) -> Departures:
    """Flights by departure as a table: those of `flyby.halo_flights` and `lower.low_flights`, too."""
    table = np.full((4, len(flights)), np.nan)
    for row, flight in enumerate(flights):
        if flight is not None:
            burns = flight.near_dv_m_s, flight.far_dv_m_s
            table[:, row] = flight.flight_s, *burns, engines[0] * burns[0] + engines[1] * burns[1]
    return _table(departure_et_s, table, tuple(flights))


def _table(departure_et_s: Floats, columns: Floats, flights: tuple[Flight | None, ...]) -> Departures:
    flight_s, near_dv, far_dv, total = (_sealed(column.copy()) for column in columns)
    return Departures(_sealed(departure_et_s.copy()), flight_s, near_dv, far_dv, total, flights)


def _cheapest(cost: Floats) -> list[tuple[int, int] | None]:
    """Flight time and branch of the least cost of each departure; None where it has none."""
    flat = np.where(np.isnan(cost), np.inf, cost).reshape(len(cost), -1)
    at = flat.argmin(axis=1)
    branches = cost.shape[2]
    return [
        (int(one) // branches, int(one) % branches) if np.isfinite(flat[row, one]) else None
        for row, one in enumerate(at)
    ]


def _conic_dv(conics: Conics, at: tuple[int, int, int]) -> tuple[float, float]:
    return float(conics.near_dv_m_s[at]), float(conics.far_dv_m_s[at])


def _sealed(column: Floats) -> Floats:
    column = np.ascontiguousarray(column)
    column.flags.writeable = False
    return column


def lit(site: Site, et_s: ArrayLike, lowest_rad: float, highest_rad: float) -> NDArray[np.bool_]:
    """When the Sun's centre stands between two heights over a site's level: light to land in, without terrain."""
    if not lowest_rad < highest_rad:
        raise OrbitError(f"no height is above {lowest_rad:g} and below {highest_rad:g} rad")
    height = seen_from(site, "sun", et_s).elevation_rad
    return np.asarray((height >= lowest_rad) & (height <= highest_rad))


def sunlit(site: Site, et_s: ArrayLike) -> NDArray[np.bool_]:
    """When any of the Sun's disc stands over a site's level, without terrain."""
    sun = seen_from(site, "sun", et_s)
    return np.asarray(sun.elevation_rad + angular_radius_rad("sun", sun.distance_m) >= 0.0)
