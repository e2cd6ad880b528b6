"""Which orbit a transfer leaves from: planes that turn with time, launch sites that turn under them, and when they fit.

A station's orbit keeps its tilt while the planet's flatness turns its node; a transfer asks for a node of its own by date
and flight time. They agree some days apart: those are the days of departure from a station. In the same way a launch
site passes through the plane of a wanted parking orbit twice a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from moonwright import search
from moonwright.errors import OrbitError
from moonwright.orbit import frames
from moonwright.orbit.apparent import Site
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.conics import BRANCHES, scan
from moonwright.orbit.kernel import Floats
from moonwright.orbit.transfer import Transfer, node_rad, refined

_SCAN_S: Final = 21600.0  # a wanted node moves by 3 degrees in that time, a station's by 1
_TO_S: Final = 10.0
_ROUNDS: Final = 8
_AGREED_RAD: Final = 1e-5  # 8 cm/s across the orbit


@dataclass(frozen=True)
class Station:
    """A circular orbit whose node is known at an instant and then turns, by the planet's flatness, at a steady rate."""

    orbit: Orbit
    node_rad: float  # at the planet's equator, from where it meets the ICRF's x axis most nearly
    at_et_s: float

    @property
    def node_rate_rad_s(self) -> float:
        """-(3/2) J2 (R/a)^2 n cos i (Kozai 1959)."""
        body, radius_m = self.orbit.body, self.orbit.radius_m
        turn_rad_s = math.sqrt(body.mu_m3_s2 / radius_m**3)
        flatness = 1.5 * body.j2 * (body.j2_radius_m / radius_m) ** 2
        return -flatness * turn_rad_s * math.cos(self.orbit.inclination_rad)

    def node_at(self, et_s: Floats) -> Floats:
        """Node at instants, rad; it runs on past a whole turn."""
        return self.node_rad + self.node_rate_rad_s * (np.asarray(et_s) - self.at_et_s)


class Departure(NamedTuple):
    """A transfer that leaves in a station's plane."""

    et_s: float
    transfer: Transfer


def departures_in_plane(
    station: Station, far: Orbit, from_et_s: float, to_et_s: float, flight_s: float
) -> tuple[Departure, ...]:
    """All transfers in one flight time that leave in a station's plane between two instants, in order.

    Conics say when planes agree; flown under all pulls they agree an hour or so off that, found by secants.
    """
    if not from_et_s < to_et_s:
        raise OrbitError("a span of departures begins before it ends")
    found = []
    for branch in range(BRANCHES):

        def off_rad(et_s: Floats, branch: int = branch) -> Floats:
            return _wrapped(_wanted_node(station.orbit, far, et_s, flight_s, branch) - station.node_at(et_s))

        times = search.crossings(
            lambda et_s: np.sin(off_rad(et_s)), from_et_s, to_et_s, step=_SCAN_S, tolerance=_TO_S
        ).times
        for et_s in times[np.abs(off_rad(times)) < 0.1] if len(times) else ():
            departure = _flown(station, far, float(et_s), flight_s, branch)
            if departure is not None and from_et_s <= departure.et_s <= to_et_s:
                found.append(departure)
    return tuple(sorted(found, key=lambda one: one.et_s))


def _wanted_node(near: Orbit, far: Orbit, et_s: Floats, flight_s: float, branch: int) -> Floats:
    conics = scan(near, far, et_s, np.array([flight_s]))
    normals = conics.near_normals[:, 0, branch]
    if np.isnan(normals).any():
        raise OrbitError(
            f"an orbit tilted by {math.degrees(near.inclination_rad):g} degrees does not pass under the "
            f"{far.body.name} every day: it has no days of departure to count"
        )
    return node_rad(near.body.name, et_s, normals)


def _flown(station: Station, far: Orbit, et_s: float, flight_s: float, branch: int) -> Departure | None:
    """The departure near an instant whose transfer, under all pulls, leaves in the plane: secants on the node."""
    before: tuple[float, float] | None = None
    for _ in range(_ROUNDS):
        conics = scan(station.orbit, far, np.array([et_s]), np.array([flight_s]))
        transfer = refined(station.orbit, far, conics, (0, 0, branch))
        if transfer is None:
            return None
        node = node_rad(station.orbit.body.name, np.array([et_s]), transfer.near_normal[None])
        off = float(_wrapped(node - station.node_at(np.array([et_s])))[0])
        if abs(off) < _AGREED_RAD:
            return Departure(et_s, transfer)
        slope = (
            4e-6 if before is None else (off - before[1]) / (et_s - before[0])
        )  # at first: Moon's 13, node's 5 deg a day
        before = (et_s, off)
        et_s -= min(max(off / slope, -_SCAN_S), _SCAN_S)
    return None


def _wrapped(angle_rad: Floats) -> Floats:
    """Between -pi and pi."""
    return np.asarray((angle_rad + math.pi) % (2.0 * math.pi) - math.pi)


class Launch(NamedTuple):
    """When a launch site lies in the plane of an orbit, and which way to go: azimuth from north over east."""

    et_s: float
    azimuth_rad: float


def launches(site: Site, normal: Floats, from_et_s: float, to_et_s: float) -> tuple[Launch, ...]:
    """The instants at which a site passes through an orbit's plane, given by its unit normal (ICRF; the way round it).

    None where the site lies farther from the equator than the orbit comes. The azimuth is that of the plane over the
    ground as if it did not turn.
    """

    def height(et_s: Floats) -> Floats:
        fixed = frames.fixed_axes(site.body, et_s) @ normal
        return np.asarray(fixed @ site.fixed_m) / float(np.linalg.norm(site.fixed_m))

    times = search.crossings(height, from_et_s, to_et_s, step=1800.0, tolerance=0.1).times
    found = []
    for et_s in times:
        north, east, _ = site.horizon_axes @ np.cross(frames.fixed_axes(site.body, et_s)[0] @ normal, site.up)
        found.append(Launch(float(et_s), math.atan2(east, north) % (2.0 * math.pi)))
    return tuple(found)
