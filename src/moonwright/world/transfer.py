"""Delta-v by departure day between a scenario's nodes, whether its routes ask for it or not: what is worth seeing of it.

A plan takes from here only what its routes ask for (`world.passage`). All pairs of an orbit of the Earth, or a point after
injection, and an orbit of the Moon or a place on it are shown, and the way home from these; planes are free, as
`orbit.windows` has them. What no node says of the orbits at either end is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import EpochError, OrbitError
from moonwright.scenario.node import Node, Orbit, Recovery, Surface, Transfer
from moonwright.scenario.route import Circle, Computed
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.way import Way as Sense
from moonwright.scenario.way import way
from moonwright.world.passage import FLIGHTS_D, End, end, surface_leg, transfers
from moonwright.world.world import World

Floats = NDArray[np.float64]

# Assumed where no node and no route says it: a usual parking orbit from the Cape; where Apollo's way home met the air at its
# lowest (45 km if there were none), from the south-west; the library's low lunar orbit, which comes over every place.
PARKING: Final = End(185e3, 185e3, 28.5, burns=False)
ENTRY: Final = End(45e3, 45e3, 40.0, burns=False)
LANDING_FROM: Final = End(100e3, 100e3, 90.0, burns=True)


@dataclass(frozen=True)
class Way:
    """From one node to another: the orbits at the Earth and at the Moon, and whether it begins or ends on the ground.

    `assumed`: what of that nobody says, in words.
    """

    origin: str
    destination: str
    sense: Sense
    earth: End
    moon: End
    lands: bool
    flights_d: tuple[float, ...] = FLIGHTS_D
    assumed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Both ends."""
        return f"{self.origin} to {self.destination}"

    @property
    def orbits(self) -> tuple[object, ...]:
        """What flights depend on: ways that share it differ in their landing alone."""
        return self.sense, self.earth, self.moon, self.flights_d


@dataclass(frozen=True)
class ByDay:
    """The cheapest flight of each day of the horizon: how long it takes (d), and impulses in m/s; nan where there is none.

    At the Earth 0 where no engine burns: after injection, and where the air brakes. `ground_m_s`, of a landing or an
    ascent, is the same on all days.
    """

    way: Way
    flight_d: Floats
    earth_m_s: Floats
    moon_m_s: Floats
    ground_m_s: float

    @property
    def total_m_s(self) -> Floats:
        """All impulses."""
        return self.earth_m_s + self.moon_m_s + self.ground_m_s


def ways(scenario: Scenario) -> tuple[Way, ...]:
    """All pairs of nodes between which flights are computed; back into an orbit of the Earth only where a route goes."""
    asked = {(route.origin, route.destination): route.computed for route in scenario.routes.values()}
    found = []
    for origin, leaves in scenario.nodes.items():
        for destination, comes in scenario.nodes.items():
            sense = way(leaves, comes)
            outward = sense == "out"
            wanted = outward or (
                sense == "back" and (isinstance(comes, Recovery) or (origin, destination) in asked)
            )
            if sense is not None and wanted:
                ends = (leaves, comes) if outward else (comes, leaves)
                one = _way((origin, destination), sense, ends, asked.get((origin, destination)))
                found += [] if one is None else [one]
    return tuple(found)


def _way(
    names: tuple[str, str], sense: Sense, ends: tuple[Node, Node], computed: Computed | None
) -> Way | None:
    """None where an orbit is not told well enough."""
    earth, moon = ends
    if any(isinstance(node, Orbit) and not _told(node) for node in ends):
        return None
    asked = Computed() if computed is None else computed
    parking = PARKING if isinstance(earth, Transfer) else ENTRY
    near, told = _end(earth, asked.at_earth, parking)
    far, more = _end(moon, asked.at_moon, LANDING_FROM)
    flights_d = tuple(map(float, asked.flights)) or FLIGHTS_D
    return Way(*names, sense, near, far, isinstance(moon, Surface), flights_d, (*told, *more))


def _told(node: Orbit) -> bool:
    """Whether an orbit has its altitudes and its inclination."""
    return node.mean_altitude is not None and node.inclination is not None


def _end(node: Node, circle: Circle | None, otherwise: End) -> tuple[End, tuple[str, ...]]:
    if isinstance(node, Orbit) or circle is not None:
        return end(node, None if isinstance(node, Orbit) else circle), ()
    words = f"{otherwise.periapsis_m / 1e3:g} km high, tilted {otherwise.inclination_deg:g} degrees"
    return otherwise, (words,)


def by_departure(world: World, *, flown: bool) -> tuple[tuple[ByDay, ...], Mapping[str, str]]:
    """A table of each way, and for those that have none the reason. `flown`: under all pulls, else conics alone."""
    tables, without = [], {}
    for one in ways(world.scenario):
        try:
            tables.append(_by_day(world, one, flown))
        except (EpochError, OrbitError) as error:
            without[one.name] = str(error)
    return tuple(tables), without


def _by_day(world: World, one: Way, flown: bool) -> ByDay:
    span = world.scenario.horizon.start, world.horizon_d
    flight_d, earth_m_s, moon_m_s = transfers(
        one.sense, one.earth, one.moon, one.flights_d, span, flown=flown
    )
    ground_m_s = surface_leg(one.sense, one.moon)[1] if one.lands else 0.0
    paid = earth_m_s if one.earth.burns else np.where(np.isnan(flight_d), np.nan, 0.0)
    return ByDay(one, flight_d, paid, moon_m_s, ground_m_s)


@dataclass(frozen=True)
class Ground:
    """Between an orbit of the Moon and the ground under it: what is spent on what, m/s, and who says so of the losses."""

    orbit: str
    down: bool
    ideal_m_s: float
    gravity_and_steering_m_s: float
    hover_m_s: float
    source: str

    @property
    def total_m_s(self) -> float:
        """All of it."""
        return self.ideal_m_s + self.gravity_and_steering_m_s + self.hover_m_s


def grounds(scenario: Scenario) -> tuple[Ground, ...]:
    """Landing and ascent from each told orbit of the Moon, where the scenario has a place on its ground."""
    lands = any(isinstance(node, Surface) and node.body == "moon" for node in scenario.nodes.values())
    orbits = (
        (name, end(node, None))
        for name, node in scenario.nodes.items()
        if isinstance(node, Orbit) and node.body == "moon" and _told(node)
    )
    return tuple(leg for name, orbit in orbits for leg in _legs(name, orbit)) if lands else ()


def _legs(name: str, orbit: End) -> Iterator[Ground]:
    from moonwright.orbit.landing import APOLLO_DESCENT, PLANNED_ASCENT  # noqa: PLC0415

    for sense, losses in (("down", APOLLO_DESCENT), ("up", PLANNED_ASCENT)):
        lost_m_s = losses.gravity_and_steering_m_s + losses.hover_m_s
        total_m_s = surface_leg("down" if sense == "down" else "up", orbit)[1]
        yield Ground(
            name,
            sense == "down",
            total_m_s - lost_m_s,
            losses.gravity_and_steering_m_s,
            losses.hover_m_s,
            losses.source,
        )
