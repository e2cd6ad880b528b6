"""Vectors of three numbers as tuples, for compiled code: tuples live in registers where arrays would be allocated."""

from __future__ import annotations

import math

from moonwright.compiled import inlined
from moonwright.orbit.kernel import Vector


@inlined
def dot(a: Vector, b: Vector) -> float:
    """a . b"""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@inlined
def cross(a: Vector, b: Vector) -> Vector:
    """a x b"""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


@inlined
def mix(one: float, a: Vector, other: float, b: Vector) -> Vector:
    """one a + other b"""
    return one * a[0] + other * b[0], one * a[1] + other * b[1], one * a[2] + other * b[2]


@inlined
def minus(a: Vector, b: Vector) -> Vector:
    """a - b"""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


@inlined
def norm(a: Vector) -> float:
    """|a|"""
    return math.sqrt(dot(a, a))


@inlined
def unit(a: Vector) -> Vector:
    """a / |a|"""
    length = norm(a)
    return a[0] / length, a[1] / length, a[2] / length


@inlined
def tilted(within: Vector, pole: Vector, cos_tilt: float, side: float) -> tuple[bool, Vector]:
    """The unit normal of the plane that holds `within` (a unit vector) and is tilted to an equator by an angle.

    There are two such planes, told apart by `side` (1 or -1). False where `within` is farther from the equator than
    any orbit of that tilt comes; the plane is then the one of least excess tilt.
    """
    height = dot(within, pole)
    shadow = math.sqrt(max(0.0, 1.0 - height * height))
    if shadow < 1e-12:  # `within` is the pole itself: every plane holding it is tilted by a right angle
        axis = (1.0, 0.0, 0.0) if abs(within[0]) < 0.9 else (0.0, 1.0, 0.0)
        return abs(cos_tilt) < 1e-9, unit(cross(within, axis))
    up = mix(1.0 / shadow, pole, -height / shadow, within)
    share = cos_tilt / shadow
    reached = abs(share) <= 1.0
    share = min(max(share, -1.0), 1.0)
    return reached, mix(share, up, side * math.sqrt(1.0 - share * share), cross(within, up))
