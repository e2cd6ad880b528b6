"""Motion about one body: states onward in time, and how long a body takes outward from its nearest point.

Written in universal variables (Bate, Mueller and White, Fundamentals of Astrodynamics, 1971, chapter 4), so that
ellipses, parabolas and hyperbolas are one case: alpha = 1/a is positive, zero or negative, and chi grows with the
square root of the length a as the eccentric anomaly does.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from moonwright.compiled import compiled, inlined
from moonwright.errors import OrbitError
from moonwright.orbit.kernel import Floats, State, Vector
from moonwright.orbit.vectors import dot, mix, norm

ROUNDS: Final = 60


def propagated(
    places_m: Floats, velocities_m_s: Floats, span_s: Floats, mu_m3_s2: float
) -> tuple[Floats, Floats]:
    """States about one body, (n, 3) and (n, 3), `span_s` later (n; earlier where negative); relative error 1e-12."""
    if not mu_m3_s2 > 0.0:
        raise OrbitError(f"a body's pull is above zero, not {mu_m3_s2:g} m3/s2")
    return _all_later(places_m, velocities_m_s, span_s, mu_m3_s2)


@compiled
def _all_later(places: Floats, velocities: Floats, spans_s: Floats, mu: float) -> tuple[Floats, Floats]:
    there, then = np.empty_like(places), np.empty_like(velocities)
    for i in range(places.shape[0]):
        place = (places[i, 0], places[i, 1], places[i, 2])
        velocity = (velocities[i, 0], velocities[i, 1], velocities[i, 2])
        (there[i, 0], there[i, 1], there[i, 2]), (then[i, 0], then[i, 1], then[i, 2]) = later(
            place, velocity, spans_s[i], mu
        )
    return there, then


@inlined
def stumpff(z: float) -> tuple[float, float]:
    """C(z) = (1 - cos sqrt z) / z and S(z) = (sqrt z - sin sqrt z) / z^(3/2), and what they go over into below zero."""
    if z > 0.1:
        root = math.sqrt(z)
        return 2.0 * math.sin(0.5 * root) ** 2 / z, (root - math.sin(root)) / (z * root)
    if z < -0.1:
        root = math.sqrt(-z)
        return 2.0 * math.sinh(0.5 * root) ** 2 / -z, (math.sinh(root) - root) / (-z * root)
    c = s = 0.0
    for n in range(8, -1, -1):  # the series; what is left out is below 1e-17 of it
        c = (1.0 - z * c) / ((2 * n + 1) * (2 * n + 2))
        s = (1.0 - z * s) / ((2 * n + 2) * (2 * n + 3))
    return c, s


@compiled
def later(place: Vector, velocity: Vector, span_s: float, mu: float) -> State:
    """Where a state is `span_s` later. Whole turns of an ellipse are left out first."""
    distance, radial = norm(place), dot(place, velocity) / math.sqrt(mu)
    alpha = 2.0 / distance - dot(velocity, velocity) / mu
    if alpha > 0.0:
        turn_s = 2.0 * math.pi / math.sqrt(mu * alpha * alpha * alpha)
        span_s = span_s - turn_s * round(span_s / turn_s)
    chi = _chi(distance, radial, alpha, math.sqrt(mu) * span_s)
    c, s = stumpff(alpha * chi * chi)
    f = 1.0 - chi * chi * c / distance
    g = span_s - chi**3 * s / math.sqrt(mu)
    there = mix(f, place, g, velocity)
    away = norm(there)
    f_rate = math.sqrt(mu) / (away * distance) * chi * (alpha * chi * chi * s - 1.0)
    g_rate = 1.0 - chi * chi * c / away
    return there, mix(f_rate, place, g_rate, velocity)


@inlined
def _chi(distance: float, radial: float, alpha: float, aim: float) -> float:
    """The universal anomaly at sqrt(mu) t: Newton's steps within a bracket, since t grows with chi everywhere."""
    low, high = -math.sqrt(distance), math.sqrt(distance)
    while _passed(distance, radial, alpha, high)[0] < aim:
        low, high = high, 2.0 * high
    while _passed(distance, radial, alpha, low)[0] > aim:
        low, high = 2.0 * low, low
    chi = min(max(aim / distance, low), high)
    for _ in range(ROUNDS):
        passed, rate = _passed(distance, radial, alpha, chi)
        if passed < aim:
            low = chi
        else:
            high = chi
        better = chi - (passed - aim) / rate
        if not low < better < high:
            better = 0.5 * (low + high)
        if abs(better - chi) <= 4e-16 * abs(chi):
            break
        chi = better
    return chi


@inlined
def _passed(distance: float, radial: float, alpha: float, chi: float) -> tuple[float, float]:
    """sqrt(mu) t at a universal anomaly, and its derivative, the distance."""
    z = alpha * chi * chi
    c, s = stumpff(z)
    passed = radial * chi * chi * c + (1.0 - alpha * distance) * chi**3 * s + distance * chi
    return passed, radial * chi * (1.0 - z * s) + (1.0 - alpha * distance) * chi * chi * c + distance


@inlined
def outward_s(nearest: float, distance: float, alpha: float, past_apogee: bool, mu: float) -> float:
    """Time from the nearest point of a conic with 1/a = alpha out to a distance; back at it, if `past_apogee`.

    r = nearest + e chi^2 C, sqrt(mu) t = nearest chi + e chi^3 S, with e = 1 - alpha nearest.
    """
    e = 1.0 - alpha * nearest
    w = alpha * (distance - nearest) / (2.0 * e)  # the square of sin(E/2)
    if w > 1e-8:
        half = math.asin(math.sqrt(min(w, 1.0)))
        chi = 2.0 * (math.pi - half if past_apogee else half) / math.sqrt(alpha)
    elif w < -1e-8:
        chi = 2.0 * math.asinh(math.sqrt(-w)) / math.sqrt(-alpha)
    else:
        chi = math.sqrt(2.0 * (distance - nearest) / e) * (1.0 + w / 6.0)
    return (nearest * chi + e * chi**3 * stumpff(alpha * chi * chi)[1]) / math.sqrt(mu)


@inlined
def reaching(nearest: float, distance: float, span_s: float, mu: float) -> tuple[bool, float, bool]:
    """The conic that goes from its nearest point out to a distance in a time: found?, 1/a, and whether past apogee.

    The time falls as the energy rises, down to nothing. Where even the ellipse whose apogee is at the distance is
    too fast, the body is past its apogee when it is there, and then the time rises with the energy.
    """
    flattest = 2.0 / (nearest + distance)
    past = span_s > outward_s(nearest, distance, flattest, False, mu)
    low, high = (1e-3 * flattest, flattest) if past else (-2.0 / nearest, flattest)
    f_low = outward_s(nearest, distance, low, past, mu) - span_s
    f_high = outward_s(nearest, distance, high, past, mu) - span_s
    if f_low * f_high > 0.0:
        return False, flattest, past
    alpha = high
    for _ in range(ROUNDS):  # regula falsi after Illinois
        alpha = (low * f_high - high * f_low) / (f_high - f_low)
        miss = outward_s(nearest, distance, alpha, past, mu) - span_s
        if abs(miss) < 1e-4:
            break
        if miss * f_high < 0.0:
            low, f_low = high, f_high
        else:
            f_low *= 0.5
        high, f_high = alpha, miss
    return True, alpha, past
