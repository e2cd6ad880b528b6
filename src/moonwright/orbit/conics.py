"""Transfers between a planet and its moon as two conics that meet where the moon's pull takes over.

About the planet a conic leaves the parking orbit at its nearest point, along it, in a plane of the orbit's
inclination; within `Body.sphere_m` of the moon a hyperbola comes nearest at the height of the orbit there, again in a
plane of that orbit's inclination. Which hyperbola depends on how the first conic arrives, and that on where the
sphere is entered: a few rounds settle it. Each end has two planes, so that a day and a flight time have four
transfers, its branches.

The way back is the same read backwards: with time reversed, velocities and poles change their signs, and nothing else.
What is left out (the other body's pull on either side, the Sun, the planet's flatness) makes single transfers about
-2 m/s and +12 m/s wrong at the two ends (case T2); `transfer` puts that right.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from moonwright.compiled import compiled, inlined
from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris, frames, kernel
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.kernel import Floats, Vector
from moonwright.orbit.twobody import outward_s, reaching
from moonwright.orbit.vectors import cross, mix, norm, tilted, unit

BRANCHES: Final = 4
OUT, BACK = 1.0, -1.0

_ROUNDS: Final = 20
_STEP: Final = (
    0.7  # of what a round asks for: asked in full, the place of entry swings by -0.43 of what it was off
)
_SETTLED_M: Final = 2e3  # where the sphere is entered; a kilometre there is 0.01 m/s
_MOST_S: Final = 30.0 * 86400.0  # of a flight; longer ones are no conics any more

# Columns of what the compiled scan gives for one transfer: at either end the speed at the nearest point, its
# direction from the body and the normal of the plane (ICRF); and how long before the moon the sphere is entered.
NEAR_SPEED, _NEAR_PLACE, _NEAR_NORMAL, FAR_SPEED, FAR_PLACE, FAR_NORMAL, _WITHIN = 0, 1, 4, 7, 8, 11, 14
_COLUMNS: Final = 15


class Conics(NamedTuple):
    """Transfers by planet instant, flight time and branch, (n, m, 4); nan where no plane of that inclination is met.

    Impulses are between circular orbits and the conics, along the velocity. `raw` is what `transfer` starts from.
    """

    departure_et_s: Floats
    flight_s: Floats
    near_dv_m_s: Floats
    far_dv_m_s: Floats
    raw: Floats
    sense: float

    @property
    def near_normals(self) -> Floats:
        """Normals of the planes about the planet, (n, m, 4, 3), ICRF, by the right hand."""
        return self.raw[..., _NEAR_NORMAL : _NEAR_NORMAL + 3]

    @property
    def total_m_s(self) -> Floats:
        """Both impulses."""
        return self.near_dv_m_s + self.far_dv_m_s


def scan(near: Orbit, far: Orbit, departure_et_s: Floats, flight_s: Floats, *, sense: float = OUT) -> Conics:
    """All transfers from an orbit about a planet to one about its moon, or back: at each instant, in each flight time.

    `sense` is OUT or BACK. Ten years of days with five flight times take about a second.
    """
    instants, flights = (
        ephemeris.covered(departure_et_s),
        np.atleast_1d(np.asarray(flight_s, dtype=np.float64)),
    )
    if not (flights.size and np.all(flights > 0.0) and np.all(flights < _MOST_S)):
        asked = ", ".join(f"{one / 86400:g}" for one in flights[:5]) or "none"
        raise OrbitError(f"flight times in days: {asked}; allowed: one or more, above 0 and below 30")
    if not far.body.sphere_m > 0.0:
        raise OrbitError(
            f"a transfer goes between a planet's orbit and its moon's; {far.body.name} was given for the moon"
        )
    longest = float(flights.max(initial=0.0))
    ephemeris.require_covered(float(instants.min()), float(instants.max()) + longest)
    raw = _scan(
        ephemeris.records(),
        (ephemeris.code(near.body.name), ephemeris.code(far.body.name)),
        (near.body.mu_m3_s2, near.radius_m, math.cos(near.inclination_rad)),
        (far.body.mu_m3_s2, far.radius_m, math.cos(far.inclination_rad), far.body.sphere_m),
        np.ascontiguousarray(frames.fixed_axes(near.body.name, instants)[:, 2]),
        np.ascontiguousarray(frames.fixed_axes(far.body.name, instants)[:, 2]),
        (instants, flights, sense),
    )
    near_dv, far_dv = raw[..., NEAR_SPEED] - near.speed_m_s, raw[..., FAR_SPEED] - far.speed_m_s
    return Conics(instants, flights, near_dv, far_dv, raw, sense)


@compiled
def _scan(
    records: Floats,
    codes: tuple[int, int],
    near: Vector,
    far: tuple[float, float, float, float],
    near_poles: Floats,
    far_poles: Floats,
    times: tuple[Floats, Floats, float],
) -> Floats:
    instants, flights, sense = times
    out = np.full((instants.shape[0], flights.shape[0], BRANCHES, _COLUMNS), np.nan)
    for i in range(instants.shape[0]):
        near_pole = (sense * near_poles[i, 0], sense * near_poles[i, 1], sense * near_poles[i, 2])
        far_pole = (sense * far_poles[i, 0], sense * far_poles[i, 1], sense * far_poles[i, 2])
        for j in range(flights.shape[0]):
            for branch in range(BRANCHES):
                near_et_s = instants[i] if sense > 0.0 else instants[i] + flights[j]
                when = (near_et_s, flights[j], sense)
                sides = (1.0 - 2.0 * (branch % 2), 1.0 - 2.0 * (branch // 2))
                _meet(records, codes, (near, far), (near_pole, far_pole), when, sides, out[i, j, branch])
    return out


@compiled
def _meet(
    records: Floats,
    codes: tuple[int, int],
    orbits: tuple[Vector, tuple[float, float, float, float]],
    poles: tuple[Vector, Vector],
    when: Vector,
    sides: tuple[float, float],
    out: Floats,
) -> None:
    """One transfer: where and how the sphere is entered, until that no longer changes."""
    near, far = orbits
    near_et_s, flight_s, sense = when
    entry, within_s = (0.0, 0.0, 0.0), min(0.15 * flight_s, 43200.0)
    for _ in range(_ROUNDS):
        moon, drift = kernel.state(records, codes[1], codes[0], near_et_s + sense * (flight_s - within_s))
        found, first = leg(mix(1.0, moon, 1.0, entry), flight_s - within_s, near, poles[0], sides[0])
        velocity, perigee, normal, speed = first
        moving = mix(1.0, velocity, -sense, drift)
        turned, second = _hyperbola(moving, far, poles[1], sides[1])
        entered, nearest, far_normal, far_speed, inward_s = second
        if not (found and turned and inward_s < 0.9 * flight_s):
            return
        moved = norm(mix(1.0, entered, -1.0, entry))
        entry = mix(1.0 - _STEP, entry, _STEP, entered)
        within_s += _STEP * (inward_s - within_s)
        if moved < _SETTLED_M:
            out[NEAR_SPEED], out[FAR_SPEED], out[_WITHIN] = speed, far_speed, within_s
            for k in range(3):
                out[_NEAR_PLACE + k], out[FAR_PLACE + k] = perigee[k], nearest[k]
                out[_NEAR_NORMAL + k], out[FAR_NORMAL + k] = sense * normal[k], sense * far_normal[k]
            return


@inlined
def leg(
    target: Vector, span_s: float, near: Vector, pole: Vector, side: float
) -> tuple[bool, tuple[Vector, Vector, Vector, float]]:
    """The conic from its nearest point to a place in a time: its velocity there, and at its nearest point
    the direction from the body, the normal of the plane and the speed."""
    mu, radius, cos_tilt = near
    distance = norm(target)
    there = mix(1.0 / distance, target, 0.0, target)
    reached, normal = tilted(there, pole, cos_tilt, side)
    found, alpha, past = reaching(radius, distance, span_s, mu)
    speed = math.sqrt(mu * (2.0 / radius - alpha))
    across = radius * speed / distance
    outward = math.sqrt(max(0.0, mu * (2.0 / distance - alpha) - across * across))
    outward = -outward if past else outward
    onward = cross(normal, there)
    velocity = mix(outward, there, across, onward)
    # The nearest point lies along the vector of eccentricity, (v x h) / mu - r / |r|.
    nearest = unit(mix(radius * speed / mu, cross(velocity, normal), -1.0, there))
    return reached and found, (velocity, nearest, normal, speed)


@inlined
def _hyperbola(
    velocity: Vector, far: tuple[float, float, float, float], pole: Vector, side: float
) -> tuple[bool, tuple[Vector, Vector, Vector, float, float]]:
    """How one that enters the sphere at a velocity comes nearest at a given distance: where it enters, and there
    the direction from the body, the normal of the plane, the speed, and how long the way in takes."""
    mu, radius, cos_tilt, sphere = far
    speed = norm(velocity)
    ahead = mix(1.0 / speed, velocity, 0.0, velocity)
    reached, normal = tilted(ahead, pole, cos_tilt, side)
    alpha = 2.0 / sphere - speed * speed / mu
    nearest_speed = math.sqrt(mu * (2.0 / radius - alpha))
    level = radius * nearest_speed / (sphere * speed)  # the cosine of the path's angle to the horizon
    back = math.sqrt(max(0.0, 1.0 - level * level))
    entry = mix(-sphere * back, ahead, -sphere * level, cross(normal, ahead))
    from_body = mix(1.0 / sphere, entry, 0.0, entry)
    nearest = unit(mix(radius * nearest_speed / mu, cross(velocity, normal), -1.0, from_body))
    inward_s = outward_s(radius, sphere, alpha, False, mu)
    return reached and level <= 1.0, (entry, nearest, normal, nearest_speed, inward_s)


class Ends(NamedTuple):
    """Both ends of one transfer: states at the nearest points (m, m/s, ICRF axes about each body), and the instants."""

    near_et_s: float
    meet_et_s: float  # the moon's sphere is entered or left
    far_et_s: float
    near_place: Floats
    near_velocity: Floats
    far_place: Floats
    far_velocity: Floats


def ends(conics: Conics, at: tuple[int, int, int], near_radius_m: float, far_radius_m: float) -> Ends | None:
    """The ends of the transfer at an index (instant, flight time, branch); None where there is none."""
    row = conics.raw[at]
    if math.isnan(row[0]):
        return None
    departure_et_s = float(conics.departure_et_s[at[0]])
    arrival_et_s = departure_et_s + float(conics.flight_s[at[1]])
    near_et_s, far_et_s = (departure_et_s, arrival_et_s)[:: int(conics.sense)]
    near = _state(row[NEAR_SPEED:FAR_SPEED], near_radius_m)
    far = _state(row[FAR_SPEED:_WITHIN], far_radius_m)
    return Ends(near_et_s, far_et_s - conics.sense * float(row[_WITHIN]), far_et_s, *near, *far)


def _state(columns: Floats, radius_m: float) -> tuple[Floats, Floats]:
    speed, direction, normal = columns[0], columns[1:4], columns[4:7]
    return radius_m * direction, speed * np.cross(normal, direction)
