"""Where the places and flights of a campaign are in space, for those who draw them or go on computing with them.

A scenario says how high and how tilted an orbit is, and neither its plane nor where on it a station stands on a day. Both
are assumed: on the horizon's first day a station passes its lowest point, which is the node nearest to the ICRF's x axis.
A halo orbit about L2 is taken to be the southern one of nine turns in two months, in perilune on that day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris, frames
from moonwright.orbit.bodies import EARTH, MOON, Body
from moonwright.orbit.clock import tdb_s
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import flown, fly, rotating
from moonwright.orbit.nrho import NINE_TO_TWO_S, Halo, halo
from moonwright.orbit.transfer import equator
from moonwright.orbit.twobody import propagated
from moonwright.scenario.node import LaunchSite, Libration, Node, Orbit, Surface
from moonwright.scenario.scenario import Scenario

BODIES: Final = {"earth": EARTH, "moon": MOON}
_CLOSE: Final = (1e-12, 1e-12)  # in units of the restricted problem
FINE: Final = 0.1  # steps of a track, by the time in which an orbit turns by a radian at its lowest point


class Place(Protocol):
    """Something whose place in space is known at any instant that the ephemeris covers."""

    @property
    def body(self) -> Body:
        """About which its states are."""

    @property
    def turn_s(self) -> float:
        """How long a turn about the body takes."""

    @property
    def step_s(self) -> float:
        """Close enough for interpolation of the seventh degree to be true to some metres."""

    def states(self, et_s: Floats) -> Floats:
        """States about the body at instants, (n, 6): m and m/s in ICRF axes."""


@dataclass(frozen=True)
class Ground:
    """A site that turns with a body."""

    body: Body
    latitude_deg: float
    longitude_deg: float

    @property
    def turn_s(self) -> float:
        """The body's own."""
        return 2.0 * math.pi / frames.SPIN_RAD_S[self.body.name]

    @property
    def step_s(self) -> float:
        """A fortieth of a turn."""
        return self.turn_s / 40.0

    def states(self, et_s: Floats) -> Floats:
        """Places, and velocities as the body's rotation has them."""
        north, east = math.radians(self.latitude_deg), math.radians(self.longitude_deg)
        up = np.array([math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)])
        axes = frames.fixed_axes(self.body.name, et_s)
        places = np.einsum("nji,j->ni", axes, self.body.radius_m * up)
        spins = frames.SPIN_RAD_S[self.body.name] * axes[:, 2]
        return np.hstack([places, np.cross(spins, places)])


@dataclass(frozen=True)
class Circling:
    """An ellipse about a body whose plane turns as the body's flatness has it."""

    body: Body
    lowest_m: float
    highest_m: float
    inclination_rad: float
    at_et_s: float  # when it passes its lowest point

    @property
    def axis_m(self) -> float:
        """Semi-major axis."""
        return 0.5 * (self.lowest_m + self.highest_m)

    @property
    def turn_s(self) -> float:
        """2 pi sqrt(a^3 / mu)."""
        return 2.0 * math.pi * math.sqrt(self.axis_m**3 / self.body.mu_m3_s2)

    @property
    def step_s(self) -> float:
        """By the speed at the lowest point."""
        return FINE * math.sqrt(self.lowest_m**3 / self.body.mu_m3_s2)

    @property
    def node_rate_rad_s(self) -> float:
        """-(3/2) J2 (R/p)^2 n cos i (Kozai 1959)."""
        parameter_m = self.lowest_m * self.highest_m / self.axis_m
        flatness = 1.5 * self.body.j2 * (self.body.j2_radius_m / parameter_m) ** 2
        return -flatness * 2.0 * math.pi / self.turn_s * math.cos(self.inclination_rad)

    def states(self, et_s: Floats) -> Floats:
        """By Kepler's laws in a plane that turns."""
        since_s = np.atleast_1d(et_s) - self.at_et_s
        axes = equator(self.body.name, self.at_et_s)
        speed_m_s = math.sqrt(self.body.mu_m3_s2 * (2.0 / self.lowest_m - 1.0 / self.axis_m))
        ahead = math.cos(self.inclination_rad) * axes[1] + math.sin(self.inclination_rad) * axes[2]
        start = (
            np.tile(self.lowest_m * axes[0], (len(since_s), 1)),
            np.tile(speed_m_s * ahead, (len(since_s), 1)),
        )
        places, velocities = propagated(*start, since_s % self.turn_s, self.body.mu_m3_s2)
        turned = self.node_rate_rad_s * since_s
        return np.hstack([_turned(places, axes[2], turned), _turned(velocities, axes[2], turned)])


@dataclass(frozen=True)
class InHalo:
    """A station on a halo orbit."""

    halo: Halo

    @property
    def body(self) -> Body:
        """The moon of the two bodies."""
        return self.halo.moon

    @property
    def turn_s(self) -> float:
        """Its period."""
        return self.halo.period_s

    @cached_property
    def step_s(self) -> float:
        """By the speed at perilune."""
        return FINE * math.sqrt(self.halo.perilune_radius_m**3 / self.body.mu_m3_s2)

    def states(self, et_s: Floats) -> Floats:
        """As the halo orbit lies over the real sky (`Halo.state_about_moon`), followed once around for all instants."""
        instants = np.atleast_1d(et_s)
        turning = self._rotating(instants)
        place, velocity = ephemeris.states(self.body.name, self.halo.planet.name, instants)
        momentum = np.cross(place, velocity)
        first, third = _unit(place), _unit(momentum)
        axes = np.stack([first, np.cross(third, first), third], axis=1)
        out = turning[:, :3] - np.array([1.0 - self.halo.share, 0.0, 0.0])
        there = self.halo.distance_m * np.einsum("nji,nj->ni", axes, out)
        moved = self.halo.distance_m / self.halo.unit_s * np.einsum("nji,nj->ni", axes, turning[:, 3:])
        spin = momentum / np.einsum("ni,ni->n", place, place)[:, None]
        return np.hstack([there, moved + np.cross(spin, there)])

    def _rotating(self, et_s: Floats) -> Floats:
        """States in the rotating frame, in its units."""
        turns = ((et_s - self.halo.perilune_et_s) / self.halo.period_s + 0.5) % 1.0
        x, z, y_rate = self.halo.apolune
        state, at, sky = np.array([x, 0.0, z, 0.0, y_rate, 0.0]), 0.0, rotating(self.halo.share)
        states = np.empty((len(et_s), 6))
        for row in np.argsort(turns):
            if not fly(sky, 0.0, (turns[row] - at) * self.halo.period_s / self.halo.unit_s, state, _CLOSE):
                raise OrbitError("a halo orbit that passes through its moon cannot be followed")
            states[row], at = state, turns[row]
        return states


@dataclass(frozen=True)
class Track:
    """Motion sampled in time: instants (TDB seconds past J2000), and states (n, 6) about a body as `Place` has them."""

    body: Body
    et_s: Floats
    states: Floats

    def about_earth_m(self) -> Floats:
        """Places from the Earth's centre, (n, 3)."""
        return about_earth_m(self.body, self.et_s, self.states)


def places(scenario: Scenario) -> tuple[dict[str, Place], dict[str, str]]:
    """The places in space of a scenario's nodes; and of those that have none, why. Points that are passed are in neither."""
    found: dict[str, Place] = {}
    without: dict[str, str] = {}
    start_et_s = tdb_s(scenario.horizon.start)
    for name, node in scenario.nodes.items():
        place = _place(node, start_et_s)
        if isinstance(place, str):
            without[name] = place
        elif place is not None:
            found[name] = place
    return found, without


def _place(node: Node, start_et_s: float) -> Place | str | None:
    if isinstance(node, LaunchSite | Surface):
        if node.body not in BODIES:
            return f"nothing is known of {node.body!r}"
        return Ground(BODIES[node.body], float(node.latitude), float(node.longitude))
    if isinstance(node, Orbit):
        return _circling(node, start_et_s)
    if isinstance(node, Libration):
        if node.point == "L2" and node.bodies == ("earth", "moon"):
            return InHalo(halo(NINE_TO_TWO_S, perilune_et_s=start_et_s))
        return "of points of libration only orbits about L2 of Earth and Moon are known"
    return None


def _circling(node: Orbit, start_et_s: float) -> Place | str:
    if node.body not in BODIES:
        return f"nothing is known of {node.body!r}"
    ends = (node.altitude, node.altitude) if node.altitude is not None else (node.periapsis, node.apoapsis)
    if ends[0] is None or ends[1] is None or node.inclination is None:
        return "it says neither how high it is nor how tilted"
    body = BODIES[node.body]
    low_m, high_m = sorted(body.radius_m + float(end) for end in ends if end is not None)
    return Circling(body, low_m, high_m, math.radians(float(node.inclination)), start_et_s)


def sampled(place: Place, first_et_s: float, last_et_s: float) -> Track:
    """A place between two instants, in even steps of at most its own."""
    count = max(8, math.ceil((last_et_s - first_et_s) / place.step_s)) + 1
    et_s = np.linspace(first_et_s, last_et_s, count)
    return Track(place.body, et_s, place.states(et_s))


def flown_from(place: Place, first_et_s: float, span_s: float) -> Track:
    """A station followed for some days from an instant at which it passes its lowest point: about the Earth under all pulls.

    Its air is left out, and so is what a crew does about it.
    """
    if not isinstance(place, Circling) or place.body is not EARTH:
        return sampled(place, first_et_s, first_et_s + span_s)
    et_s = first_et_s + np.arange(0.0, span_s, place.step_s)
    return Track(EARTH, et_s, followed(_osculating(place).states(et_s[:1])[0], et_s))


def _osculating(place: Circling) -> Circling:
    """The ellipse that an orbit of such mean elements has on the equator, going north (`circular.mean_altitude_m`)."""
    body = place.body
    swing_m = 1.5 * body.j2 * body.j2_radius_m**2 / place.axis_m * math.sin(place.inclination_rad) ** 2
    return replace(place, lowest_m=place.lowest_m + swing_m, highest_m=place.highest_m + swing_m)


def followed(state: Floats, et_s: Floats) -> Floats:
    """A state about the Earth at the first of some instants, which may run backwards, and at all others (n, 6)."""
    states = [np.asarray(state, dtype=np.float64)]
    for before, after in pairwise(et_s):
        states.append(flown(states[-1], float(before), float(after - before)))
    return np.array(states)


def about_earth_m(body: Body, et_s: Floats, states: Floats) -> Floats:
    """Places from the Earth's centre of states about a body, (n, 3)."""
    here = np.asarray(states)[:, :3]
    return here if body is EARTH else here + ephemeris.positions_m(body.name, "earth", et_s)


def _turned(vectors: Floats, axis: Floats, angles_rad: Floats) -> Floats:
    """Vectors (n, 3) turned about one axis, each by its own angle (Rodrigues)."""
    cosine, sine = np.cos(angles_rad)[:, None], np.sin(angles_rad)[:, None]
    along = (vectors @ axis)[:, None] * axis
    return np.asarray(along + cosine * (vectors - along) + sine * np.cross(axis, vectors))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1)[:, None])
