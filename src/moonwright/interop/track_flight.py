"""Flights in space: those between Earth and Moon flown under all pulls, the rest drawn between their ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from moonwright.interop.track import BODIES, Track, followed
from moonwright.orbit import bodies, ephemeris
from moonwright.orbit.bodies import EARTH, MOON
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.conics import BACK, OUT
from moonwright.orbit.kernel import Floats
from moonwright.orbit.transfer import Transfer
from moonwright.orbit.windows import BOTH, FAR_ONLY, departures
from moonwright.plan import Flight
from moonwright.scenario.node import LaunchSite, Surface
from moonwright.scenario.route import Route
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.way import way
from moonwright.world.passage import Passages

PARKING_M: Final = 185e3  # assumed: a usual parking orbit, where a route does not say
ENTRY_M: Final = 60e3  # assumed: the lowest point of a way into the air, had there been none
LEAST_TILT_DEG: Final = (
    28.5  # assumed, where no launch site says more: below it some days have no plane that holds the Moon
)
MOON_ORBIT: Final = (
    100e3,
    90.0,
)  # m, deg; assumed for ways to and from the Moon's ground: what passes over all of it
DAY_S: Final = 86400.0

_FROM_MOON_S: Final = (
    0.75 * DAY_S
)  # within it a flight is followed from its end at the Moon, beyond it from the Earth
_STEPS: Final = (60.0, 1200.0)  # s: at either end, where it is fast, and in between
_FAST_S: Final = 0.15 * DAY_S


@dataclass(frozen=True)
class Hop:
    """One leg of a flight: between two nodes and two instants (TDB seconds past J2000)."""

    flight: str
    origin: str
    destination: str
    route: str
    first_et_s: float
    last_et_s: float


def hops(scenario: Scenario, flight: Flight, known: Passages) -> tuple[Hop, ...]:
    """The legs of a flight in order, without the stays between them; `known` is what each route takes."""
    clock_d, legs = flight.departure_d, []
    for leg in scenario.missions[flight.mission].legs:
        route = scenario.routes[leg.route]
        passing = known.at(leg.route, clock_d) or known.dearest(leg.route)
        ends = tdb_s_after(scenario.horizon.start, [clock_d, clock_d + passing.duration_d])
        legs.append(Hop(flight.name, route.origin, route.destination, leg.route, *map(float, ends)))
        clock_d += passing.duration_d + leg.stay
    return tuple(legs)


def transfer(scenario: Scenario, flight: Flight, hop: Hop) -> Transfer | None:
    """The flight between Earth and Moon that a leg is, in its time; None where it is no such leg, or none fits."""
    origin, destination = scenario.nodes[hop.origin], scenario.nodes[hop.destination]
    goes = way(origin, destination)
    if goes not in ("out", "back"):
        return None
    route = scenario.routes[hop.route]
    near, far = _near(scenario, flight, hop, goes), _far(scenario, hop, route)
    span_s = np.array([hop.last_et_s - hop.first_et_s])
    engines = BOTH if goes == "out" else FAR_ONLY
    sense = OUT if goes == "out" else BACK
    table = departures(near, far, np.array([hop.first_et_s]), span_s, sense=sense, engines=engines)
    found = table.flights[0]
    return found if isinstance(found, Transfer) else None


def transfer_track(found: Transfer) -> Track:
    """A transfer about the Earth, in time: each half followed from its own end, where what is wrong cannot grow."""
    onward = found.far_et_s > found.near_et_s
    first_et_s, last_et_s = sorted((found.near_et_s, found.far_et_s))
    et_s = _instants(first_et_s, last_et_s)
    split_s = min(_FROM_MOON_S, 0.5 * found.flight_s)
    far = np.abs(et_s - found.far_et_s) < split_s
    place, velocity = ephemeris.states("moon", "earth", found.far_et_s)
    at_moon = np.array(found.far_state) + np.hstack([place[0], velocity[0]])
    near_half, far_half = et_s[~far], et_s[far]
    if onward:
        states = [followed(np.array(found.near_state), near_half), followed(at_moon, far_half[::-1])[::-1]]
    else:
        states = [followed(at_moon, far_half), followed(np.array(found.near_state), near_half[::-1])[::-1]]
    return Track(EARTH, et_s, np.vstack(states))


def drawn(
    first_m: Floats, last_m: Floats, first_et_s: float, last_et_s: float, count: int = 25
) -> tuple[Floats, Floats]:
    """Instants and places (n, 3) of a line between two places about the Earth, bent so that it does not cross it."""
    share = np.linspace(0.0, 1.0, count)[:, None]
    lengths = np.linalg.norm(first_m), np.linalg.norm(last_m)
    one, other = first_m / lengths[0], last_m / lengths[1]
    angle = math.acos(float(np.clip(one @ other, -1.0, 1.0)))
    if math.pi - angle < 1e-6:  # opposite: any way round will do
        other = other + 1e-5 * np.array([other[1], -other[0], 1.0])
        other /= np.linalg.norm(other)
        angle = math.acos(float(np.clip(one @ other, -1.0, 1.0)))
    if angle < 1e-9:
        ways = np.tile(one, (count, 1))
    else:
        ways = (np.sin((1.0 - share) * angle) * one + np.sin(share * angle) * other) / math.sin(angle)
    return np.linspace(first_et_s, last_et_s, count), ways * (lengths[0] * (1.0 - share) + lengths[1] * share)


def _near(scenario: Scenario, flight: Flight, hop: Hop, goes: str) -> bodies.Orbit:
    """The orbit at the Earth: a node's, or as the route says, or as assumed above."""
    node = scenario.nodes[hop.origin if goes == "out" else hop.destination]
    computed = scenario.routes[hop.route].computed
    if computed is not None and computed.at_earth is not None:
        circle = computed.at_earth
        return bodies.Orbit(EARTH, float(circle.altitude), math.radians(float(circle.inclination)))
    if (orbit := _of_node(node)) is not None:
        return orbit
    launcher = scenario.launchers.get(flight.launcher or "")
    site = scenario.nodes.get(launcher.site) if launcher else None
    north_deg = abs(float(site.latitude)) if isinstance(site, LaunchSite) else 0.0
    height_m = PARKING_M if goes == "out" else ENTRY_M
    return bodies.Orbit(EARTH, height_m, math.radians(max(north_deg, LEAST_TILT_DEG)))


def _far(scenario: Scenario, hop: Hop, route: Route) -> bodies.Orbit:
    """The orbit at the Moon, in the same way."""
    nodes = scenario.nodes[hop.origin], scenario.nodes[hop.destination]
    for node in nodes:
        orbit = _of_node(node)
        if orbit is not None and orbit.body is MOON:
            return orbit
    height_m, tilt_deg = MOON_ORBIT
    if route.computed is not None and route.computed.at_moon is not None:
        circle = route.computed.at_moon
        height_m, tilt_deg = float(circle.altitude), float(circle.inclination)
    return bodies.Orbit(MOON, height_m, math.radians(tilt_deg))


def _of_node(node: object) -> bodies.Orbit | None:
    """A node as the circle at its lowest point, where a transfer begins or ends."""
    low_m = getattr(node, "altitude", None)
    low_m = getattr(node, "periapsis", None) if low_m is None else low_m
    tilt_deg = getattr(node, "inclination", None)
    body = BODIES.get(getattr(node, "body", ""))
    if low_m is None or tilt_deg is None or body is None or isinstance(node, Surface):
        return None
    return bodies.Orbit(body, float(low_m), math.radians(float(tilt_deg)))


def _instants(first_et_s: float, last_et_s: float) -> Floats:
    """Close together at both ends."""
    close_s, wide_s = _STEPS
    edge_s = min(_FAST_S, 0.25 * (last_et_s - first_et_s))
    head = np.arange(first_et_s, first_et_s + edge_s, close_s)
    tail = np.arange(last_et_s, last_et_s - edge_s, -close_s)[::-1]
    count = max(2, math.ceil((tail[0] - head[-1]) / wide_s)) + 1
    return np.concatenate([head, np.linspace(head[-1], tail[0], count)[1:-1], tail])
