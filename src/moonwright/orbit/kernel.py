"""The ephemeris in compiled code, one instant at a time: what integrators call in their innermost loop.

A quantity is a `Series`: Chebyshev polynomials over pieces of equal length. The positions of the bodies follow from
three of them, the angles of the Moon from a fourth. `ephemeris.tables()` gives the `Tables`; nothing here checks a
date (an integrator asks `ephemeris.require_covered` once, for the whole of its flight).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.compiled import compiled

Floats = NDArray[np.float64]

# What these functions call the bodies; `ephemeris.CODES` has their names.
EARTH, MOON, SUN, EARTH_MOON_BARYCENTRE, SOLAR_SYSTEM_BARYCENTRE = 0, 1, 2, 3, 4


class Series(NamedTuple):
    """Three components over time, as `coefficients[piece, component, degree]`."""

    start_s: float
    piece_s: float
    coefficients: Floats


class Tables(NamedTuple):
    """The ephemeris. Lengths in m, angles in rad, ICRF axes.

    `barycentre` is that of Earth and Moon, and like `sun` it is seen from the barycentre of the solar system;
    `moon` is seen from the Earth; `libration` has the angles of `moon_axes`. `weights[body]` says how much of
    `moon`, `barycentre` and `sun` makes the place of a body.
    """

    moon: Series
    barycentre: Series
    sun: Series
    libration: Series
    weights: Floats


@compiled
def add_value(series: Series, et_s: float, weight: float, out: Floats) -> None:
    """Adds `weight` times the series to out[0:3] (Clenshaw's recurrence)."""
    piece, x = _place(series, et_s)
    for component in range(3):
        terms = series.coefficients[piece, component]
        after = 0.0
        value = 0.0
        for degree in range(terms.shape[0] - 1, 0, -1):
            value, after = terms[degree] + 2.0 * x * value - after, value
        out[component] += weight * (terms[0] + x * value - after)


@compiled
def add_value_and_rate(series: Series, et_s: float, weight: float, out: Floats) -> None:
    """Adds `weight` times the series to out[0:3], and times its derivative by seconds to out[3:6]."""
    piece, x = _place(series, et_s)
    per_s = 2.0 / series.piece_s
    for component in range(3):
        terms = series.coefficients[piece, component]
        after = value = 0.0
        rate_after = rate = 0.0
        for degree in range(terms.shape[0] - 1, 0, -1):
            rate, rate_after = 2.0 * value + 2.0 * x * rate - rate_after, rate
            value, after = terms[degree] + 2.0 * x * value - after, value
        out[component] += weight * (terms[0] + x * value - after)
        out[3 + component] += weight * per_s * (value + x * rate - rate_after)


@compiled
def _place(series: Series, et_s: float) -> tuple[int, float]:
    """The piece that holds `et_s`, and where in it, from -1 to 1."""
    whole = (et_s - series.start_s) / series.piece_s
    piece = min(max(int(whole), 0), series.coefficients.shape[0] - 1)
    return piece, 2.0 * (whole - piece) - 1.0


@compiled
def position(tables: Tables, body: int, origin: int, et_s: float, out: Floats) -> None:
    """Writes the place of `body` from `origin` at one TDB second past J2000 into out[0:3], in m."""
    out[0:3] = 0.0
    moon, barycentre, sun = _weights(tables, body, origin)
    if moon != 0.0:
        add_value(tables.moon, et_s, moon, out)
    if barycentre != 0.0:
        add_value(tables.barycentre, et_s, barycentre, out)
    if sun != 0.0:
        add_value(tables.sun, et_s, sun, out)


@compiled
def state(tables: Tables, body: int, origin: int, et_s: float, out: Floats) -> None:
    """Writes the place (m) of `body` from `origin` into out[0:3] and its velocity (m/s) into out[3:6]."""
    out[0:6] = 0.0
    moon, barycentre, sun = _weights(tables, body, origin)
    if moon != 0.0:
        add_value_and_rate(tables.moon, et_s, moon, out)
    if barycentre != 0.0:
        add_value_and_rate(tables.barycentre, et_s, barycentre, out)
    if sun != 0.0:
        add_value_and_rate(tables.sun, et_s, sun, out)


@compiled
def _weights(tables: Tables, body: int, origin: int) -> tuple[float, float, float]:
    of, seen_from = tables.weights[body], tables.weights[origin]
    return of[0] - seen_from[0], of[1] - seen_from[1], of[2] - seen_from[2]


@compiled
def moon_axes(tables: Tables, et_s: float, out: Floats) -> None:
    """Writes into out[3, 3] the rotation from ICRF to the Moon's principal axes: Rz(psi) Rx(theta) Rz(phi)."""
    angles = np.zeros(3)
    add_value(tables.libration, et_s, 1.0, angles)
    cos_phi, sin_phi = np.cos(angles[0]), np.sin(angles[0])
    cos_theta, sin_theta = np.cos(angles[1]), np.sin(angles[1])
    cos_psi, sin_psi = np.cos(angles[2]), np.sin(angles[2])
    out[0, 0] = cos_psi * cos_phi - sin_psi * cos_theta * sin_phi
    out[0, 1] = cos_psi * sin_phi + sin_psi * cos_theta * cos_phi
    out[0, 2] = sin_psi * sin_theta
    out[1, 0] = -sin_psi * cos_phi - cos_psi * cos_theta * sin_phi
    out[1, 1] = -sin_psi * sin_phi + cos_psi * cos_theta * cos_phi
    out[1, 2] = cos_psi * sin_theta
    out[2, 0] = sin_theta * sin_phi
    out[2, 1] = -sin_theta * cos_phi
    out[2, 2] = cos_theta


@compiled
def positions(tables: Tables, body: int, origin: int, et_s: Floats) -> Floats:
    """`position` at many instants, (n, 3)."""
    out = np.empty((et_s.shape[0], 3))
    for i in range(et_s.shape[0]):
        position(tables, body, origin, et_s[i], out[i])
    return out


@compiled
def states(tables: Tables, body: int, origin: int, et_s: Floats) -> Floats:
    """`state` at many instants, (n, 6)."""
    out = np.empty((et_s.shape[0], 6))
    for i in range(et_s.shape[0]):
        state(tables, body, origin, et_s[i], out[i])
    return out


@compiled
def many_moon_axes(tables: Tables, et_s: Floats) -> Floats:
    """`moon_axes` at many instants, (n, 3, 3)."""
    out = np.empty((et_s.shape[0], 3, 3))
    for i in range(et_s.shape[0]):
        moon_axes(tables, et_s[i], out[i])
    return out
