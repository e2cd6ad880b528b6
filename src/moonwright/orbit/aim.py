"""A flight aimed at a place: three unknowns of its start, changed by Newton's steps until it gets there under all pulls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from moonwright.orbit import ephemeris, nbody
from moonwright.orbit.bodies import Body
from moonwright.orbit.kernel import Floats

ARRIVED_M: Final = 100.0
_ROUNDS: Final = 20


def aimed(
    bodies: tuple[Body, Body],
    times_s: tuple[float, float],
    start: Callable[[Floats], Floats],
    unknowns: Floats,
    scales: tuple[Floats, Floats],
    goal_m: Floats,
) -> tuple[Floats, Floats] | None:
    """States (6) about the moon at the start and the end of the flight that comes within 100 m of `goal_m`.

    `bodies` are the planet and its moon, `times_s` the first instant and the span (below zero: against time), `start` makes
    a state about the moon of three unknowns, and `scales` are a step of each to see what it changes, and the most that a
    round may change it. None where the steps do not settle.
    """
    planet, moon = bodies
    et_s, span_s = times_s
    ephemeris.require_covered(min(et_s, et_s + span_s), max(et_s, et_s + span_s))
    sky = nbody.sky(et_s, planet, moon)
    moons = np.concatenate(ephemeris.states(moon.name, planet.name, [et_s, et_s + span_s]), axis=1)
    steps, most = scales
    unknowns = unknowns.copy()
    for _ in range(_ROUNDS):
        starts = [start(unknowns), *(start(unknowns + step) for step in np.diag(steps))]
        flown = np.array(starts) + moons[0]
        if not all(nbody.fly(sky, et_s, span_s, each, nbody.TOLERANCES) for each in flown):
            return None
        missed_m = flown[0, :3] - moons[1, :3] - goal_m
        if np.linalg.norm(missed_m) < ARRIVED_M:
            return starts[0], flown[0] - moons[1]
        slopes = (flown[1:, :3] - flown[0, :3]).T / steps
        change = np.linalg.solve(slopes, -missed_m)
        unknowns += change / max(1.0, float(np.max(np.abs(change) / most)))
    return None
