"""Near-rectilinear halo orbits about a moon: closed orbits of the circular restricted problem, laid over the real sky.

Units of the restricted problem: the bodies' distance, and the time in which they turn by a radian. In its rotating frame a
halo orbit crosses the x-z plane at right angles twice a turn, so half a turn decides: with the period given, three numbers
at apolune (x, z, y') make three numbers at perilune (y, x', z') zero. One orbit in numbers starts the first
correction; for other periods and other pairs of bodies the next start is the last orbit found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris
from moonwright.orbit.bodies import EARTH, MOON, Body
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import Sky, fly, rotating

# Mean distance and mean synodic month: Astronomical Almanac (384,400 km, 29.530589 d).
MEAN_DISTANCE_M: Final = 384400e3
SYNODIC_MONTH_S: Final = 29.530589 * 86400.0
NINE_TO_TWO_S: Final = 2.0 / 9.0 * SYNODIC_MONTH_S  # nine turns in two months: that of the planned Gateway

# Mass share, period; x, z and y' at apolune: near that orbit, the southern one about L2. Only where the search for one
# begins, so nothing rests on it.
_SEED: Final = (0.0121506, 1.5111, np.array([1.0220, -0.1821, -0.1033]))

_TOLERANCES: Final = (1e-12, 1e-12)
_CLOSED: Final = 1e-10  # 4 cm and 0.1 mm/s
_ROUNDS: Final = 20
_FURTHEST: Final = 0.02  # of its period or mass share that the next orbit may differ from the last


@dataclass(frozen=True)
class Halo:
    """A halo orbit: its apolune in the rotating frame, and the scales that make metres and seconds of it.

    `perilune_et_s` is an instant at which it stands at perilune: a station there is where it is, not anywhere.
    """

    planet: Body
    moon: Body
    distance_m: float
    period_s: float
    apolune: tuple[float, float, float]  # x, z, y' in units of the restricted problem
    perilune_et_s: float = 0.0

    @property
    def share(self) -> float:
        """The moon's share of both masses."""
        return self.moon.mu_m3_s2 / (self.planet.mu_m3_s2 + self.moon.mu_m3_s2)

    @property
    def unit_s(self) -> float:
        """In which the bodies turn by a radian, sqrt(d^3 / (mu1 + mu2))."""
        return math.sqrt(self.distance_m**3 / (self.planet.mu_m3_s2 + self.moon.mu_m3_s2))

    @property
    def apolune_radius_m(self) -> float:
        """Greatest distance from the moon's centre."""
        x, z, _ = self.apolune
        return self.distance_m * math.hypot(x - 1.0 + self.share, z)

    @property
    def perilune_radius_m(self) -> float:
        """Least distance from the moon's centre."""
        place = self.rotating_state(0.0)[:3] - np.array([1.0 - self.share, 0.0, 0.0])
        return self.distance_m * float(np.linalg.norm(place))

    def rotating_state(self, since_perilune_s: float) -> Floats:
        """State (6) in the rotating frame, in its units, a time after perilune."""
        x, z, y_rate = self.apolune
        state = np.array([x, 0.0, z, 0.0, y_rate, 0.0])
        turns = (since_perilune_s / self.period_s + 0.5) % 1.0
        if not fly(rotating(self.share), 0.0, turns * self.period_s / self.unit_s, state, _TOLERANCES):
            raise OrbitError("a halo orbit that passes through its moon cannot be followed")
        return state

    def state_about_moon(self, et_s: float) -> tuple[Floats, Floats]:
        """Place (m) and velocity (m/s) about the moon in ICRF axes at an instant.

        The orbit turns with the real bodies and is as large and as fast as at their mean distance. A true orbit near
        it breathes with the distance by some percent and needs station-keeping of about 10 m/s a year.
        """
        state = self.rotating_state(et_s - self.perilune_et_s)
        place, velocity = ephemeris.states(self.moon.name, self.planet.name, et_s)
        x_axis = place[0] / np.linalg.norm(place[0])
        momentum = np.cross(place[0], velocity[0])
        z_axis = momentum / np.linalg.norm(momentum)
        axes = np.array([x_axis, np.cross(z_axis, x_axis), z_axis])
        from_moon = axes.T @ (self.distance_m * (state[:3] - np.array([1.0 - self.share, 0.0, 0.0])))
        moved = axes.T @ (self.distance_m / self.unit_s * state[3:])
        return from_moon, moved + np.cross(momentum / float(place[0] @ place[0]), from_moon)


def halo(
    period_s: float = NINE_TO_TWO_S,
    *,
    planet: Body = EARTH,
    moon: Body = MOON,
    distance_m: float = MEAN_DISTANCE_M,
    northern: bool = False,
    perilune_et_s: float = 0.0,
) -> Halo:
    """The near-rectilinear halo orbit about L2 of a period, closed to 4 cm; `northern` has its apolune in the north.

    For the Moon, periods from about 6.2 to 10 d. Raises OrbitError where none is.
    """
    bare = Halo(planet, moon, distance_m, period_s, (0.0, 0.0, 0.0), perilune_et_s)
    goal = np.array([bare.share, period_s / bare.unit_s])
    at, apolune = np.array(_SEED[:2], dtype=np.float64), _SEED[2]
    steps = (
        max(1, math.ceil(float(np.max(np.abs(goal / at - 1.0))) / _FURTHEST)) if np.all(goal > 0.0) else 1000
    )
    for share, period in np.linspace(at, goal, steps + 1)[1:] if steps < 1000 else ():
        apolune = _corrected(rotating(share), period, apolune, period_s)
    found = Halo(planet, moon, distance_m, period_s, _told(apolune, northern), perilune_et_s)
    if steps >= 1000 or not found.perilune_radius_m > moon.radius_m:
        raise OrbitError(
            f"there is no near-rectilinear halo orbit about the {moon.name} with a period of {period_s / 86400:g} d"
        )
    return found


def _told(apolune: Floats, northern: bool) -> tuple[float, float, float]:
    x, z, y_rate = (float(value) for value in apolune)
    return x, -z if northern else z, y_rate


def _corrected(sky: Sky, period: float, apolune: Floats, period_s: float) -> Floats:
    """Newton's steps on the three numbers at apolune; slopes by differences."""
    apolune = apolune.copy()
    step = 1e-7
    for _ in range(_ROUNDS):
        missed = _missed(sky, period, apolune)
        if missed is None:
            break
        if float(np.abs(missed).max()) < _CLOSED:
            return apolune
        tried = [_missed(sky, period, apolune + step * axis) for axis in np.eye(3)]
        if any(one is None for one in tried):
            break
        slopes = np.column_stack([(one - missed) / step for one in tried if one is not None])
        change = np.linalg.solve(slopes, -missed)
        apolune += change * min(1.0, 0.02 / float(np.abs(change).max()))
    raise OrbitError(
        f"no halo orbit with a period of {period_s / 86400:g} d was found: corrections do not settle"
    )


def _missed(sky: Sky, period: float, apolune: Floats) -> Floats | None:
    """What is not zero half a turn after apolune that should be: y, x' and z'."""
    state = np.array([apolune[0], 0.0, apolune[1], 0.0, apolune[2], 0.0])
    if not fly(sky, 0.0, 0.5 * period, state, _TOLERANCES):
        return None
    return state[[1, 3, 5]]
