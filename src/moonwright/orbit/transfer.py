"""One transfer between a planet and its moon under the pull of both and the Sun: a conic solution, put right.

From either end a flight is followed to one instant, where the sphere of the moon is entered; at each end three numbers
are free (the node, the place along the orbit, the speed), and Newton's steps change the six until the two flights meet
in place and velocity. Flown from one end only, a metre a second at the planet would be a thousand kilometres at the
moon; met in the middle, the equations are tame and a few rounds do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from moonwright.compiled import compiled, inlined
from moonwright.orbit import ephemeris, frames, nbody
from moonwright.orbit.bodies import Orbit
from moonwright.orbit.conics import Conics, ends
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import TOLERANCES, Sky, fly, moon_state

ROUNDS: Final = 25
MET_M: Final = 1.0  # how far apart the two flights may be where they meet
MET_M_S: Final = 1e-4

# One step of each unknown to see what it changes: rad, rad and m/s. What an angle moves is about a kilometre by then.
_STEPS: Final = np.array([1e-6, 1e-6, 1e-2])
_WEIGHTS: Final = np.array([1.0, 1.0, 1.0, 1e5, 1e5, 1e5])  # m/s count as what they move in a day, so as m
_MOST_CHANGE: Final = np.array([0.2, 0.2, 60.0])  # in one round


@dataclass(frozen=True)
class Transfer:
    """Two impulses and a flight between two circular orbits. States are m and m/s in ICRF axes about each body."""

    near: Orbit
    far: Orbit
    near_et_s: float
    far_et_s: float
    near_state: tuple[float, ...]
    far_state: tuple[float, ...]

    @property
    def flight_s(self) -> float:
        """How long it takes, outward or back."""
        return abs(self.far_et_s - self.near_et_s)

    @property
    def near_normal(self) -> Floats:
        """The unit normal of the orbit's plane at the planet, by the right hand, in ICRF axes."""
        momentum = np.cross(self.near_state[:3], self.near_state[3:])
        return np.asarray(momentum / np.linalg.norm(momentum))

    @property
    def near_dv_m_s(self) -> float:
        """The impulse between the planet's orbit and the flight, along the velocity."""
        return math.hypot(*self.near_state[3:]) - self.near.speed_m_s

    @property
    def far_dv_m_s(self) -> float:
        """The impulse between the flight and the moon's orbit, along the velocity."""
        return math.hypot(*self.far_state[3:]) - self.far.speed_m_s

    @property
    def total_m_s(self) -> float:
        """Both impulses."""
        return self.near_dv_m_s + self.far_dv_m_s


def refined(near: Orbit, far: Orbit, conics: Conics, at: tuple[int, int, int]) -> Transfer | None:
    """The transfer that the conics at an index (instant, flight time, branch) come near; None where there is none.

    It leaves and arrives at the same instants. None means that conics found nothing there, or Newton's steps do not
    settle (one in a hundred). The two flights meet within a metre and 0.1 mm/s.
    """
    found = ends(conics, at, near.radius_m, far.radius_m)
    if found is None:
        return None
    first_et_s, last_et_s = found.near_et_s, found.far_et_s
    ephemeris.require_covered(min(first_et_s, last_et_s), max(first_et_s, last_et_s))
    sky = nbody.sky(first_et_s, near.body, far.body)
    axes = np.concatenate([equator(near.body.name, first_et_s), equator(far.body.name, last_et_s)])
    shape = np.array([near.radius_m, near.inclination_rad, far.radius_m, far.inclination_rad])
    times = (first_et_s, found.meet_et_s, last_et_s)
    unknowns = np.concatenate(
        [
            elements(found.near_place, found.near_velocity, axes[:3]),
            elements(found.far_place, found.far_velocity, axes[3:]),
        ]
    )
    if not _solved(sky, times, axes, shape, unknowns):
        return None
    near_state, far_state = np.empty(6), np.empty(6)
    orbit_state(near_state, axes[:3], shape[:2], unknowns[:3])
    orbit_state(far_state, axes[3:], shape[2:], unknowns[3:])
    return Transfer(near, far, first_et_s, last_et_s, _told(near_state), _told(far_state))


def _told(state: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in state)


def equator(body: str, et_s: float) -> Floats:
    """Axes of a body's equator that do not turn with it: the pole is the third, the first is nearest to ICRF's."""
    pole = frames.fixed_axes(body, et_s)[0, 2]
    first = np.array([1.0, 0.0, 0.0]) - pole[0] * pole
    first /= np.linalg.norm(first)
    return np.array([first, np.cross(pole, first), pole])


def node_rad(body: str, et_s: Floats, normals: Floats) -> Floats:
    """Where planes of these normals (n, 3) cross a body's equator northward, at instants: from the axis of the equator
    that is nearest to ICRF's x."""
    axes = np.array([equator(body, float(one)) for one in et_s])
    turned = np.einsum("nij,nj->ni", axes, normals)
    return np.asarray(np.arctan2(turned[:, 0], -turned[:, 1]))


def elements(place: Floats, velocity: Floats, axes: Floats) -> Floats:
    """Node, argument of latitude and speed of a state at its nearest point."""
    normal = np.cross(place, velocity)
    normal /= np.linalg.norm(normal)
    x, y, _ = axes @ normal
    node = math.atan2(x, -y)
    toward = math.cos(node) * axes[0] + math.sin(node) * axes[1]
    argument = math.atan2(float(place @ np.cross(normal, toward)), float(place @ toward))
    return np.array([node, argument, np.linalg.norm(velocity)])


def _solved(
    sky: Sky, times: tuple[float, float, float], axes: Floats, shape: Floats, unknowns: Floats
) -> bool:
    """Changes the unknowns until the flights meet. The slopes are flown for anew only where Broyden's update of the old
    ones (Mathematics of Computation 19, 577, 1965) no longer halves what is apart; each such round costs four."""
    steps = np.concatenate([_STEPS, _STEPS])
    most = np.concatenate([_MOST_CHANGE, _MOST_CHANGE]) / steps
    apart, slopes, change = np.zeros(6), np.zeros((6, 6)), np.zeros(6)
    fresh, before = True, math.inf
    for _ in range(ROUNDS):
        was = apart
        followed, apart, flown_slopes = _apart(sky, times, axes, shape, unknowns, fresh)
        if not followed:
            return False
        if np.abs(apart[:3]).max() < MET_M and np.abs(apart[3:]).max() < MET_M_S:
            return True
        size = float(np.linalg.norm(apart * _WEIGHTS))
        if fresh:
            slopes = flown_slopes
        else:
            if size > 0.5 * before:
                fresh, before = True, math.inf
                continue
            slopes += np.outer(apart - was - slopes @ change, change) / float(change @ change)
        change = np.linalg.solve(slopes * _WEIGHTS[:, None], -apart * _WEIGHTS)
        change /= max(1.0, float(np.max(np.abs(change) / most)))
        unknowns += change * steps
        fresh, before = False, size
    return False


@inlined
def orbit_state(state: Floats, axes: Floats, shape: Floats, unknowns: Floats) -> None:
    """The state at a node, an argument of latitude and a speed, along the orbit."""
    cos_node, sin_node = math.cos(unknowns[0]), math.sin(unknowns[0])
    cos_u, sin_u = math.cos(unknowns[1]), math.sin(unknowns[1])
    cos_i, sin_i = math.cos(shape[1]), math.sin(shape[1])
    for k in range(3):
        toward = cos_node * axes[0, k] + sin_node * axes[1, k]
        ahead = cos_i * (cos_node * axes[1, k] - sin_node * axes[0, k]) + sin_i * axes[2, k]
        state[k] = shape[0] * (cos_u * toward + sin_u * ahead)
        state[k + 3] = unknowns[2] * (cos_u * ahead - sin_u * toward)


@compiled
def _apart(
    sky: Sky,
    times: tuple[float, float, float],
    axes: Floats,
    shape: Floats,
    unknowns: Floats,
    fresh: bool,
) -> tuple[bool, Floats, Floats]:
    """How the two flights differ where they should meet (near less far), and if `fresh` by what a step of each unknown
    changes that. False if a flight cannot be followed."""
    moon, drift = moon_state(sky, times[2])
    apart, slopes = np.zeros(6), np.zeros((6, 6))
    tried, flown = np.empty(3), np.empty((4, 6))
    for end in range(2):
        start_et_s = times[2 * end]
        sign = 1.0 - 2.0 * end
        for changed in range(4 if fresh else 1):  # none of the three unknowns, then each
            tried[:] = unknowns[3 * end : 3 * end + 3]
            if changed:
                tried[changed - 1] += _STEPS[changed - 1]
            state = flown[changed]
            orbit_state(state, axes[3 * end : 3 * end + 3], shape[2 * end : 2 * end + 2], tried)
            for k in range(3):
                state[k] += end * moon[k]
                state[k + 3] += end * drift[k]
            if not fly(sky, start_et_s, times[1] - start_et_s, state, TOLERANCES):
                return False, apart, slopes
            if changed:
                slopes[:, 3 * end + changed - 1] = sign * (state - flown[0])
        apart += sign * flown[0]
    return True, apart, slopes
