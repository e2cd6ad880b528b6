"""Flights to, from and below a halo orbit about L2 in the first two turns of the horizon: what waiting for a good day saves.

One flight takes a fifth of a second to find, so fifteen years of them are not shown; each turn of 6.6 days is much like the
next. Where on its orbit the station stands nobody says: at perilune as the horizon starts, which is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import EpochError, OrbitError
from moonwright.scenario.node import Libration, Node, Orbit, Recovery, Transfer
from moonwright.scenario.scenario import Scenario
from moonwright.world.passage import DAY_S, FLIGHTS_D, End, end, lowest
from moonwright.world.transfer import ENTRY, PARKING
from moonwright.world.world import World

if TYPE_CHECKING:
    from moonwright.orbit.nrho import Halo

Floats = NDArray[np.float64]

SHOWN_D: Final = 14  # two turns of a 9:2 halo orbit


@dataclass(frozen=True)
class HaloFlights:
    """The cheapest flight of each day shown: how long it takes (d), and all impulses that engines make (m/s); nan: none."""

    origin: str
    destination: str
    flight_d: Floats
    total_m_s: Floats

    @property
    def name(self) -> str:
        """Both ends."""
        return f"{self.origin} to {self.destination}"


def halo_flights(world: World) -> tuple[tuple[HaloFlights, ...], Mapping[str, str]]:
    """Flights of each pair with a halo orbit, and for those that have none the reason. Ten seconds a pair with the Earth."""
    found, without = [], {}
    for origin, destination in _pairs(world.scenario):
        try:
            found.append(_flown(world, origin, destination))
        except (EpochError, OrbitError) as error:
            without[f"{origin} to {destination}"] = str(error)
    return tuple(found), without


def _pairs(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Out from injection (else from orbits of the Earth); home; and down to round orbits of the Moon and up."""
    nodes = scenario.nodes
    halos = [name for name, node in nodes.items() if _is_halo(node)]
    starts = [name for name, node in nodes.items() if isinstance(node, Transfer)]
    starts = starts or [name for name, node in nodes.items() if _round(node, "earth")]
    homes = [name for name, node in nodes.items() if isinstance(node, Recovery) and node.body == "earth"]
    lows = [name for name, node in nodes.items() if _round(node, "moon")]
    for halo in halos:
        yield from ((start, halo) for start in starts)
        yield from ((halo, home) for home in homes)
        for low in lows:
            yield halo, low
            yield low, halo


def _is_halo(node: Node) -> bool:
    return isinstance(node, Libration) and set(node.bodies) == {"earth", "moon"} and node.point == "L2"


def _round(node: Node, body: str) -> bool:
    return (
        isinstance(node, Orbit)
        and node.body == body
        and node.inclination is not None
        and node.mean_altitude is not None
        and (node.altitude is not None or node.periapsis == node.apoapsis)
    )


def _flown(world: World, origin: str, destination: str) -> HaloFlights:
    from moonwright.orbit.clock import tdb_s_after  # noqa: PLC0415  # compiled code takes its time to load
    from moonwright.orbit.nrho import halo  # noqa: PLC0415

    days = tdb_s_after(world.scenario.horizon.start, np.arange(float(min(SHOWN_D, world.horizon_d))))
    station = halo(perilune_et_s=float(days[0]))
    nodes = world.scenario.nodes
    up = _is_halo(nodes[destination])
    other = nodes[origin if up else destination]
    if isinstance(other, Orbit) and other.body == "moon":
        flight_d, total_m_s = _low(station, end(other, None), days, up)
    else:
        near = end(other, None) if isinstance(other, Orbit) else PARKING if up else ENTRY
        flight_d, total_m_s = _far(station, near, days, up)
    return HaloFlights(origin, destination, flight_d, total_m_s)


def _far(station: Halo, near: End, days: Floats, up: bool) -> tuple[Floats, Floats]:
    """Between the Earth and the station, by way of a burn low over the Moon."""
    from moonwright.orbit.conics import BACK, OUT  # noqa: PLC0415
    from moonwright.orbit.flyby import halo_flights as flown  # noqa: PLC0415
    from moonwright.orbit.windows import BOTH, FAR_ONLY, tabulated  # noqa: PLC0415

    engines = BOTH if near.burns else FAR_ONLY
    flights_s = np.array(FLIGHTS_D) * DAY_S
    found = flown(lowest(near, "earth"), station, days, flights_s, sense=OUT if up else BACK, engines=engines)
    table = tabulated(days, found, engines)
    return table.flight_s / DAY_S, table.total_m_s


def _low(station: Halo, low: End, days: Floats, up: bool) -> tuple[Floats, Floats]:
    """Between a low orbit and the station."""
    from moonwright.orbit.lower import DOWN, UP, low_flights  # noqa: PLC0415
    from moonwright.orbit.windows import tabulated  # noqa: PLC0415

    table = tabulated(days, low_flights(station, lowest(low, "moon"), days, sense=UP if up else DOWN))
    return table.flight_s / DAY_S, table.total_m_s
