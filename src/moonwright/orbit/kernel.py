"""The ephemeris in compiled code, one instant at a time: what integrators call in their innermost loop.

Four series of Chebyshev polynomials, over pieces of equal length, say where Earth, Moon and Sun are and how the Moon is
turned. `ephemeris.records()` gives the `records` that hold them; nothing here checks a date (an integrator asks
`ephemeris.require_covered` once, for the whole of its flight). Lengths in m, ICRF axes.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.compiled import compiled, inlined

Floats = NDArray[np.float64]

Vector = tuple[float, float, float]
State = tuple[Vector, Vector]

# What these functions call the bodies; `ephemeris.CODES` has their names.
EARTH, MOON, SUN, EARTH_MOON_BARYCENTRE, SOLAR_SYSTEM_BARYCENTRE = 0, 1, 2, 3, 4

# A row of `records` is JPL's record of 32 days: when it starts (TDB s past J2000), then coefficients (km, rad) by
# piece, component and degree. A series is: column of its first, degrees, pieces in a record. The barycentre is
# that of Earth and Moon and like the Sun it is seen from that of the solar system; the Moon is seen from the Earth.
RECORD_S: Final = 32.0 * 86400.0
BARYCENTRE_SERIES: Final = (1, 13, 2)
MOON_SERIES: Final = (79, 13, 8)
SUN_SERIES: Final = (391, 11, 2)
LIBRATION_SERIES: Final = (457, 10, 4)
COLUMNS: Final = 577

M_PER_KM: Final = 1000.0
EARTH_MOON_MASS_RATIO: Final = 81.30056822149722  # DE440's constant EMRAT, from the header of JPL's file
_MOON_SHARE: Final = 1.0 / (1.0 + EARTH_MOON_MASS_RATIO)

# How much of the Moon's, the barycentre's and the Sun's series makes the place of a body, by its code.
_WEIGHTS: Final = np.array(
    [
        (-_MOON_SHARE, 1.0, 0.0),
        (1.0 - _MOON_SHARE, 1.0, 0.0),
        (0.0, 0.0, 1.0),
        (0.0, 1.0, 0.0),
        (0.0, 0.0, 0.0),
    ]
)


@inlined
def position(records: Floats, body: int, origin: int, et_s: float) -> Vector:
    """Where `body` is from `origin` (m) at one TDB second past J2000."""
    place = (0.0, 0.0, 0.0)
    moon, barycentre, sun = _weights(body, origin)
    if moon != 0.0:
        place = _plus(place, moon, value(records, MOON_SERIES, et_s))
    if barycentre != 0.0:
        place = _plus(place, barycentre, value(records, BARYCENTRE_SERIES, et_s))
    if sun != 0.0:
        place = _plus(place, sun, value(records, SUN_SERIES, et_s))
    return place


@inlined
def state(records: Floats, body: int, origin: int, et_s: float) -> State:
    """Where `body` is from `origin` (m), and its velocity (m/s)."""
    place = velocity = (0.0, 0.0, 0.0)
    moon, barycentre, sun = _weights(body, origin)
    if moon != 0.0:
        part, rate = value_and_rate(records, MOON_SERIES, et_s)
        place, velocity = _plus(place, moon, part), _plus(velocity, moon, rate)
    if barycentre != 0.0:
        part, rate = value_and_rate(records, BARYCENTRE_SERIES, et_s)
        place, velocity = _plus(place, barycentre, part), _plus(velocity, barycentre, rate)
    if sun != 0.0:
        part, rate = value_and_rate(records, SUN_SERIES, et_s)
        place, velocity = _plus(place, sun, part), _plus(velocity, sun, rate)
    return place, velocity


@inlined
def _weights(body: int, origin: int) -> Vector:
    return (
        (_WEIGHTS[body, 0] - _WEIGHTS[origin, 0]) * M_PER_KM,
        (_WEIGHTS[body, 1] - _WEIGHTS[origin, 1]) * M_PER_KM,
        (_WEIGHTS[body, 2] - _WEIGHTS[origin, 2]) * M_PER_KM,
    )


@inlined
def _plus(vector: Vector, weight: float, other: Vector) -> Vector:
    return vector[0] + weight * other[0], vector[1] + weight * other[1], vector[2] + weight * other[2]


@inlined
def value(records: Floats, series: tuple[int, int, int], et_s: float) -> Vector:
    """The three components of a series: sums of coefficients times Chebyshev polynomials."""
    row, at, x, _ = _place(records, series, et_s)
    degrees = series[1]
    one, two, three = at, at + degrees, at + 2 * degrees
    first = records[row, one] + x * records[row, one + 1]
    second = records[row, two] + x * records[row, two + 1]
    third = records[row, three] + x * records[row, three + 1]
    before, polynomial = 1.0, x
    for n in range(2, degrees):
        before, polynomial = polynomial, 2.0 * x * polynomial - before
        first += records[row, one + n] * polynomial
        second += records[row, two + n] * polynomial
        third += records[row, three + n] * polynomial
    return first, second, third


@inlined
def value_and_rate(records: Floats, series: tuple[int, int, int], et_s: float) -> State:
    """The three components of a series, and their derivatives by seconds."""
    row, at, x, per_s = _place(records, series, et_s)
    degrees = series[1]
    one, two, three = at, at + degrees, at + 2 * degrees
    first = records[row, one] + x * records[row, one + 1]
    second = records[row, two] + x * records[row, two + 1]
    third = records[row, three] + x * records[row, three + 1]
    rate_one, rate_two, rate_three = records[row, one + 1], records[row, two + 1], records[row, three + 1]
    before, polynomial = 1.0, x
    rate_before, rate = 0.0, 1.0
    for n in range(2, degrees):
        rate_before, rate = rate, 2.0 * (x * rate + polynomial) - rate_before
        before, polynomial = polynomial, 2.0 * x * polynomial - before
        first += records[row, one + n] * polynomial
        second += records[row, two + n] * polynomial
        third += records[row, three + n] * polynomial
        rate_one += records[row, one + n] * rate
        rate_two += records[row, two + n] * rate
        rate_three += records[row, three + n] * rate
    return (first, second, third), (rate_one * per_s, rate_two * per_s, rate_three * per_s)


@inlined
def _place(records: Floats, series: tuple[int, int, int], et_s: float) -> tuple[int, int, float, float]:
    """Row and column of the first coefficient at an instant, the argument there (-1 to 1), its change in a second."""
    pieces = series[2]
    whole = (et_s - records[0, 0]) * (pieces / RECORD_S)
    piece = min(max(int(whole), 0), records.shape[0] * pieces - 1)
    row = piece // pieces
    at = series[0] + (piece - row * pieces) * 3 * series[1]
    return row, at, 2.0 * (whole - piece) - 1.0, 2.0 * pieces / RECORD_S


@inlined
def moon_axes(records: Floats, et_s: float) -> tuple[Vector, Vector, Vector]:
    """The principal axes of the Moon in ICRF: the rows of Rz(psi) Rx(theta) Rz(phi)."""
    phi, theta, psi = value(records, LIBRATION_SERIES, et_s)
    cos_phi, sin_phi = math.cos(phi), math.sin(phi)
    cos_theta, sin_theta = math.cos(theta), math.sin(theta)
    cos_psi, sin_psi = math.cos(psi), math.sin(psi)
    first = (
        cos_psi * cos_phi - sin_psi * cos_theta * sin_phi,
        cos_psi * sin_phi + sin_psi * cos_theta * cos_phi,
        sin_psi * sin_theta,
    )
    second = (
        -sin_psi * cos_phi - cos_psi * cos_theta * sin_phi,
        -sin_psi * sin_phi + cos_psi * cos_theta * cos_phi,
        cos_psi * sin_theta,
    )
    return first, second, (sin_theta * sin_phi, -sin_theta * cos_phi, cos_theta)


@compiled
def positions(records: Floats, body: int, origin: int, et_s: Floats) -> Floats:
    """`position` at many instants, (n, 3)."""
    out = np.empty((et_s.shape[0], 3))
    for i in range(et_s.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = position(records, body, origin, et_s[i])
    return out


@compiled
def states(records: Floats, body: int, origin: int, et_s: Floats) -> tuple[Floats, Floats]:
    """`state` at many instants: (n, 3) and (n, 3)."""
    places, velocities = np.empty((et_s.shape[0], 3)), np.empty((et_s.shape[0], 3))
    for i in range(et_s.shape[0]):
        place, velocity = state(records, body, origin, et_s[i])
        places[i, 0], places[i, 1], places[i, 2] = place
        velocities[i, 0], velocities[i, 1], velocities[i, 2] = velocity
    return places, velocities


@compiled
def many_moon_axes(records: Floats, turn: Floats, et_s: Floats) -> Floats:
    """`turn` times `moon_axes` at many instants, (n, 3, 3)."""
    out = np.empty((et_s.shape[0], 3, 3))
    for i in range(et_s.shape[0]):
        first, second, third = moon_axes(records, et_s[i])
        for row in range(3):
            for column in range(3):
                out[i, row, column] = (
                    turn[row, 0] * first[column]
                    + turn[row, 1] * second[column]
                    + turn[row, 2] * third[column]
                )
    return out
