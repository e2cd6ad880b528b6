"""Flight under the pull of a planet, its moon and the Sun: a state onward in time, by steps that fit its errors.

Axes are those of the ICRF, the origin is the planet; places of the others are DE440's. The planet pulls as a point and
by its flatness (J2, about its pole at the start of the flight), the others as points. Left out: the moon's gravity
field (its J2 of 2.03e-4 changes the speed of a hyperbola 100 km high by 0.2 m/s at most), light pressure, relativity.

The same integrator also flies in the rotating frame of the circular restricted problem, for `nrho`.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from moonwright.compiled import compiled, inlined
from moonwright.errors import OrbitError
from moonwright.orbit import ephemeris, frames, kernel
from moonwright.orbit.bodies import EARTH, MOON, SUN, Body
from moonwright.orbit.dop853 import COUNT, FIFTH, NODES, STAGES, THIRD, WEIGHTS
from moonwright.orbit.kernel import Floats, State, Vector
from moonwright.orbit.vectors import dot, mix, norm

# What a step may be wrong by. Tightening both a hundredfold moves the end of a five-day flight by less than 1 m.
TOLERANCE_M: Final = 1e-2
TOLERANCE_M_S: Final = 1e-6
TOLERANCES: Final = (TOLERANCE_M, TOLERANCE_M_S)
MOST_STEPS: Final = 20_000

# The numbers that say what pulls: as `sky` has them, or `rotating` for the restricted problem.
_KIND, _MU, _MOON_MU, _SUN_MU, _FLATNESS, _POLE, _MOON_CODE, _CODE, _COUNT = 0, 1, 2, 3, 4, 5, 8, 9, 10
_REAL, _ROTATING = 0.0, 1.0


class Sky(NamedTuple):
    """What pulls, as the compiled functions take it: the numbers above, and the ephemeris."""

    pulls: Floats
    records: Floats


def sky(et_s: float, planet: Body = EARTH, moon: Body = MOON) -> Sky:
    """What pulls during a flight that starts at an instant."""
    pole = frames.fixed_axes(planet.name, et_s)[0, 2]
    flatness = 1.5 * planet.j2 * planet.mu_m3_s2 * planet.j2_radius_m**2
    codes = ephemeris.code(moon.name), ephemeris.code(planet.name)
    pulls = np.array([_REAL, planet.mu_m3_s2, moon.mu_m3_s2, SUN.mu_m3_s2, flatness, *pole, *codes])
    return Sky(pulls, ephemeris.records())


def rotating(share: float) -> Sky:
    """The circular restricted problem, in its units (distance of the bodies, their turn by a radian): the smaller's
    share of the mass is at 1 - share on the x axis, the larger at -share."""
    pulls = np.zeros(_COUNT)
    pulls[[_KIND, _MU]] = _ROTATING, share
    return Sky(pulls, ephemeris.records())


def flown(state: Floats, et_s: float, span_s: float, *, planet: Body = EARTH, moon: Body = MOON) -> Floats:
    """A state (m, m/s; 6) about the planet, `span_s` after (or before) an instant."""
    ephemeris.require_covered(min(et_s, et_s + span_s), max(et_s, et_s + span_s))
    end = np.array(state, dtype=np.float64)
    if not fly(sky(et_s, planet, moon), et_s, span_s, end, TOLERANCES):
        raise OrbitError("a flight ends within a body, or its state is no number: it cannot be followed")
    return end


@compiled
def fly(sky: Sky, et_s: float, span_s: float, state: Floats, tolerances: tuple[float, float]) -> bool:
    """Takes `state` (6) onward in place. False if that takes more than MOST_STEPS steps, which it does in a body."""
    rates, trial = np.empty((COUNT, 6)), np.empty(6)
    onward = 1.0 if span_s > 0.0 else -1.0
    time_s = 0.0
    step_s = 1e-4 * span_s
    for _ in range(MOST_STEPS):
        left_s = span_s - time_s
        if left_s * onward <= 0.0:
            return True
        last = abs(step_s) >= abs(left_s)
        step_s = left_s if last else step_s
        error = _attempt(sky, et_s + time_s, step_s, state, rates, trial, tolerances)
        if error <= 1.0:
            time_s = span_s if last else time_s + step_s
            state[:] = trial
        elif not error < math.inf:
            error = 1e8
        step_s *= min(6.0, max(0.2, 0.9 * max(error, 1e-10) ** -0.125))
    return False


@compiled
def moon_state(sky: Sky, et_s: float) -> State:
    """Of the moon about the planet."""
    return kernel.state(sky.records, int(sky.pulls[_MOON_CODE]), int(sky.pulls[_CODE]), et_s)


@compiled
def _attempt(
    sky: Sky,
    et_s: float,
    step_s: float,
    state: Floats,
    rates: Floats,
    trial: Floats,
    tolerances: tuple[float, float],
) -> float:
    """One step of DOP853 from `state` to `trial`: its error, 1 where it is just tolerable."""
    for stage in range(COUNT):
        for k in range(6):
            moved = 0.0
            for before in range(stage):
                moved += STAGES[stage, before] * rates[before, k]
            trial[k] = state[k] + step_s * moved
        _rate(sky, et_s + NODES[stage] * step_s, trial, rates[stage])
    fifth = third = 0.0
    for k in range(6):
        moved = by_5 = by_3 = 0.0
        for stage in range(COUNT):
            moved += WEIGHTS[stage] * rates[stage, k]
            by_5 += FIFTH[stage] * rates[stage, k]
            by_3 += THIRD[stage] * rates[stage, k]
        trial[k] = state[k] + step_s * moved
        allowed = tolerances[0] if k < 3 else tolerances[1]
        fifth += (by_5 / allowed) ** 2
        third += (by_3 / allowed) ** 2
    if fifth == 0.0 and third == 0.0:
        return 0.0
    return abs(step_s) * fifth / math.sqrt(6.0 * (fifth + 0.01 * third))


@inlined
def _rate(sky: Sky, et_s: float, state: Floats, rate: Floats) -> None:
    place = (state[0], state[1], state[2])
    if sky.pulls[_KIND] == _REAL:
        pull = _pull(sky.pulls, sky.records, et_s, place)
    else:
        pull = _rotating_pull(sky.pulls[_MU], place, state[3], state[4])
    for k in range(3):
        rate[k], rate[k + 3] = state[k + 3], pull[k]


@inlined
def _pull(pulls: Floats, records: Floats, et_s: float, place: Vector) -> Vector:
    """Acceleration about the planet, m/s2."""
    planet, moon = int(pulls[_CODE]), int(pulls[_MOON_CODE])
    pole = (pulls[_POLE], pulls[_POLE + 1], pulls[_POLE + 2])
    r = norm(place)
    height = dot(place, pole) / r
    flat = pulls[_FLATNESS] / r**4
    direct = mix(
        -pulls[_MU] / r**3 - flat * (1.0 - 5.0 * height * height) / r, place, -2.0 * flat * height, pole
    )
    of_moon = _tide(pulls[_MOON_MU], kernel.position(records, moon, planet, et_s), place)
    of_sun = _tide(pulls[_SUN_MU], kernel.position(records, kernel.SUN, planet, et_s), place)
    return mix(1.0, direct, 1.0, mix(1.0, of_moon, 1.0, of_sun))


@inlined
def _tide(mu: float, body: Vector, place: Vector) -> Vector:
    """A body's pull less its pull on the planet."""
    apart = mix(1.0, body, -1.0, place)
    return mix(mu / norm(apart) ** 3, apart, -mu / norm(body) ** 3, body)


@inlined
def _rotating_pull(share: float, place: Vector, x_rate: float, y_rate: float) -> Vector:
    """Acceleration in the rotating frame of the circular restricted problem, in its units."""
    from_large, from_small = (
        (place[0] + share, place[1], place[2]),
        (place[0] + share - 1.0, place[1], place[2]),
    )
    drawn = mix(
        -(1.0 - share) / norm(from_large) ** 3, from_large, -share / norm(from_small) ** 3, from_small
    )
    return drawn[0] + place[0] + 2.0 * y_rate, drawn[1] + place[1] - 2.0 * x_rate, drawn[2]
