"""The conic between two places in a given time about one body (Lambert's problem), within one turn.

In the variables of Lancaster and Blanchard (NASA TN D-5368, 1969), as Izzo has them (Celestial Mechanics 121, 1, 2015): a
conic is x, from -1 (an endless ellipse) over 1 (the parabola) upwards; lambda says how the places lie. The time falls
as x grows, so that a bracket closes on it whatever the case.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from moonwright.compiled import compiled
from moonwright.errors import OrbitError
from moonwright.orbit.kernel import Floats, Vector
from moonwright.orbit.vectors import cross, dot, mix, norm

_ROUNDS: Final = 200
_STRAIGHT: Final = 1e-10  # of sine: nearer than this to a straight line, the plane is not given by the places


def between(
    from_m: Floats, to_m: Floats, span_s: float, mu_m3_s2: float, *, normal: Floats | None = None
) -> tuple[Floats, Floats]:
    """Velocities (m/s) at both places of the conic that takes `span_s` from one to the other; relative error 1e-10.

    It goes round `normal` by the right hand (default: the third axis), so by less or by more than half a turn.
    Raises OrbitError where the places lie on a line with the body: then every plane would do.
    """
    axis = np.array([0.0, 0.0, 1.0]) if normal is None else np.asarray(normal, dtype=np.float64)
    first, last = np.asarray(from_m, dtype=np.float64), np.asarray(to_m, dtype=np.float64)
    if not (span_s > 0.0 and mu_m3_s2 > 0.0):
        raise OrbitError(
            f"a conic takes time about a body that pulls, not {span_s:g} s and {mu_m3_s2:g} m3/s2"
        )
    found, leaving, arriving = nearest_conic(
        _told(first), _told(last), float(span_s), float(mu_m3_s2), _told(axis)
    )
    if not found:
        raise OrbitError(
            "two places on one line with the body, or a normal within their plane: no plane is given"
        )
    return np.array(leaving), np.array(arriving)


def _told(vector: Floats) -> Vector:
    return float(vector[0]), float(vector[1]), float(vector[2])


@compiled
def nearest_conic(
    first: Vector, last: Vector, span_s: float, mu: float, axis: Vector
) -> tuple[bool, Vector, Vector]:
    near, away = norm(first), norm(last)
    round_by = cross(first, last)
    side = dot(round_by, axis)
    if norm(round_by) < _STRAIGHT * near * away or abs(side) < 1e-12 * norm(round_by) * norm(axis):
        return False, first, last
    # Without cancellation near half a turn: r1 r2 (1 + cos) = |r1 x r2|^2 / (r1 r2 (1 - cos)).
    product = dot(first, last)
    shared = near * away + product if product > 0.0 else dot(round_by, round_by) / (near * away - product)
    chord = norm(mix(1.0, last, -1.0, first))
    half = 0.5 * (near + away + chord)
    lam = math.copysign(math.sqrt(0.5 * shared) / half, side)
    x = _x(lam, math.sqrt(2.0 * mu / half) / half * span_s)
    y = math.sqrt(1.0 - lam * lam + (lam * x) ** 2)
    scale, slant = math.sqrt(0.5 * mu * half), (near - away) / chord
    across = scale * math.sqrt(1.0 - slant * slant) * (y + lam * x)
    normal = mix(math.copysign(1.0, side) / norm(round_by), round_by, 0.0, round_by)
    there, then = mix(1.0 / near, first, 0.0, first), mix(1.0 / away, last, 0.0, last)
    out = scale * (lam * y - x - slant * (lam * y + x)) / near
    home = -scale * (lam * y - x + slant * (lam * y + x)) / away
    leaving = mix(out, there, across / near, cross(normal, there))
    return True, leaving, mix(home, then, across / away, cross(normal, then))


@compiled
def _x(lam: float, aim: float) -> float:
    """x at a time (in units of the half perimeter), by halving a bracket and then regula falsi after Illinois."""
    low, high = -0.9, 1.0
    while _passed(lam, low) < aim:
        low = -1.0 + 0.1 * (1.0 + low)
    while _passed(lam, high) > aim:
        high *= 2.0
    f_low, f_high = _passed(lam, low) - aim, _passed(lam, high) - aim
    x = high
    for turn in range(_ROUNDS):
        halve = turn < 8
        x = 0.5 * (low + high) if halve else high - f_high * (high - low) / (f_high - f_low)
        miss = _passed(lam, x) - aim
        if abs(miss) <= 1e-15 * aim:
            break
        if halve:
            if miss > 0.0:
                low, f_low = x, miss
            else:
                high, f_high = x, miss
            continue
        if miss * f_high < 0.0:
            low, f_low = high, f_high
        else:
            f_low *= 0.5
        if x == high:
            break
        high, f_high = x, miss
    return x


@compiled
def _passed(lam: float, x: float) -> float:
    """The time to x. Near the parabola by Battin's series, elsewhere in closed form."""
    energy = x * x - 1.0
    z = math.sqrt(1.0 + lam * lam * energy)
    if x > 0.0 and abs(energy) < 0.1:
        eta = z - lam * x
        small = 0.5 * (1.0 - lam - x * eta)
        term = total = 1.0  # 2F1(3, 1; 5/2; small)
        for n in range(60):
            term *= (3.0 + n) / (2.5 + n) * small
            total += term
        return 0.5 * (eta**3 * 4.0 / 3.0 * total + 4.0 * lam * eta)
    root = math.sqrt(abs(energy))
    cosine, sine = x * z - lam * energy, root * (z - lam * x)
    angle = math.acos(min(max(cosine, -1.0), 1.0)) if energy < 0.0 else math.asinh(sine)
    return (x - lam * z - angle / root) / energy
