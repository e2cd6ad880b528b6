"""How the Earth stands: precession, nutation and rotation, one instant at a time, in compiled code.

The pole (X, Y) and the origin of longitudes of IAU 2006/2000A, as the IERS Conventions (2010), chapter 5, give them,
with all terms of 1 mas or more: within 10 mas, 30 cm at the equator, from 1998 to 2071. The motion of the pole
within the Earth (0.6 arcsec at most) is left out.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from moonwright.compiled import compiled
from moonwright.orbit.kernel import Floats, Vector

CENTURY_S: Final = 36525.0 * 86400.0
ARCSEC: Final = math.pi / 648000.0
MICROARCSEC: Final = ARCSEC * 1e-6

# Mean anomaly of the Moon and of the Sun, the Moon's argument of latitude, its elongation, its node: arcseconds, by
# powers of centuries TT past J2000 (IERS Conventions 2010, equation 5.43; what the cubes add is too small to see).
ARGUMENTS: Final = np.array(
    [
        (485868.249036, 1717915923.2178, 31.8792),
        (1287104.79305, 129596581.0481, -0.5532),
        (335779.526232, 1739527262.8478, -12.7512),
        (1072260.70369, 1602961601.2090, -6.3706),
        (450160.398036, -6962890.5431, 7.4722),
    ]
)

# X and Y of the pole, and s + XY/2: microarcseconds, by powers of centuries (the same tables, 5.2a, 5.2b and 5.2d).
POLE_X: Final = (-16617.0, 2004191898.0, -429782.9, -198618.34, 7.578, 5.9285)
POLE_Y: Final = (-6951.0, -25896.0, -22407274.7, 1900.59, 1112.526, 0.1358)
ORIGIN: Final = (94.0, 3808.65, -122.68, -72574.11, 27.98, 15.62)
ORIGIN_BY_NODE: Final = -2640.73

# Power of t; multiples of the five arguments; factors of sine and cosine in X, then in Y: microarcseconds, printed by
# design/ephemeris/precession.py out of tables 5.2a and 5.2b of the same.
# fmt: off
TERMS: Final = np.array([
    (0, 0, 0, 0, 0, 1, -6844318.44, 1328.67, 1538.18, 9205236.26),
    (0, 0, 0, 2, -2, 2, -523908.04, -544.75, -458.66, 573033.42),
    (0, 0, 0, 2, 0, 2, -90552.22, 111.23, 137.41, 97846.69),
    (0, 0, 0, 0, 0, 2, 82168.76, -27.64, -29.05, -89618.24),
    (0, 0, 1, 0, 0, 0, 58707.02, 470.05, -192.4, 7387.02),
    (0, 1, 0, 0, 0, 0, 28288.28, -34.69, 0.0, 0.0),
    (0, 0, 1, 2, -2, 2, -20557.78, -20.84, -17.4, 22438.42),
    (0, 0, 0, 2, 0, 1, -15406.85, 15.12, 31.8, 20069.5),
    (0, 1, 0, 2, 0, 2, -11991.74, 32.46, 36.7, 12902.66),
    (0, 0, 1, -2, 2, -2, -8584.95, 4.42, -13.2, -9592.72),
    (0, 0, 0, 2, -2, 1, 5095.5, 7.19, 3.92, -6918.22),
    (0, 1, 0, 0, -2, 0, -6245.02, -6.68, 0.0, 0.0),
    (0, 1, 0, -2, 0, -2, -4910.93, 0.76, 0.4, -5331.13),
    (0, 1, 0, 0, 0, 1, 2511.85, 1.07, -0.9, -3323.89),
    (0, 1, 0, 0, 0, -1, 2307.58, -7.52, 7.5, 3143.98),
    (0, 1, 0, 2, 0, 1, -2053.16, 5.13, 7.8, 2636.13),
    (0, 1, 0, -2, -2, -2, 2372.58, 5.93, -6.6, 2554.51),
    (0, 0, 0, 0, 2, 0, 2521.07, -5.97, 0.0, 0.0),
    (0, 2, 0, -2, 0, -1, -1825.49, 1.23, -2.0, -2423.59),
    (0, 2, 0, 0, -2, 0, 1898.27, -0.72, 0.0, 0.0),
    (0, 0, 0, 2, 2, 2, -1534.09, 6.29, 6.8, 1645.01),
    (0, 0, 2, -2, 2, -2, -1292.02, 0.0, 0.0, -1387.0),
    (0, 2, 0, 2, 0, 2, -1234.96, 5.21, 5.9, 1323.81),
    (0, 1, 0, 2, -2, 2, 1137.48, -0.04, -0.3, -1233.89),
    (0, 2, 0, 0, 0, 0, 1163.22, -2.94, 0.0, 0.0),
    (0, 1, 0, -2, 0, -1, 0.0, 0.0, 0.3, -1075.6),
    (0, 0, 0, 2, 0, 0, 1029.7, -2.63, 0.0, 0.0),
    (1, 0, 0, 0, 0, 1, -3309.73, 205833.11, 153041.79, 853.32),
    (1, 0, 0, 2, -2, 2, 198.97, 12814.01, 11714.49, -290.91),
    (1, 0, 0, 2, 0, 2, 41.44, 2187.91, 2024.68, -51.26),
    (1, 0, 0, 0, 0, 2, -36.07, -2004.36, -1837.32, 48.0),
    (1, 0, 1, 0, 0, 0, 0.0, 0.0, -1312.21, -28.93),
    (2, 0, 0, 0, 0, 1, 2037.98, 81.46, 120.56, -2301.27),
])
# fmt: on


@compiled
def pole(tt_s: float) -> tuple[float, float, float]:
    """X, Y (rad) of the Earth's pole among the axes of the ICRF, and s, which places the origin of longitudes."""
    t = tt_s / CENTURY_S
    angles = (ARGUMENTS[:, 0] + t * (ARGUMENTS[:, 1] + t * ARGUMENTS[:, 2])) * ARCSEC
    x, y, origin = _power_series(POLE_X, t), _power_series(POLE_Y, t), _power_series(ORIGIN, t)
    for row in TERMS:
        angle = 0.0
        for i in range(5):
            angle += row[1 + i] * angles[i]
        sine, cosine = math.sin(angle) * t ** row[0], math.cos(angle) * t ** row[0]
        x += row[6] * sine + row[7] * cosine
        y += row[8] * sine + row[9] * cosine
    origin += ORIGIN_BY_NODE * math.sin(angles[4])
    x, y = x * MICROARCSEC, y * MICROARCSEC
    return x, y, origin * MICROARCSEC - 0.5 * x * y


@compiled
def _power_series(factors: tuple[float, ...], t: float) -> float:
    value = 0.0
    for factor in factors[::-1]:
        value = value * t + factor
    return value


@compiled
def rotation_angle(ut1_d: float) -> float:
    """The Earth rotation angle (rad) at UT1 days past 2000-01-01T12:00 (IERS Conventions 2010, equation 5.15)."""
    turns = ut1_d % 1.0 + 0.7790572732640 + 0.00273781191135448 * ut1_d
    return 2.0 * math.pi * (turns % 1.0)


@compiled
def earth_axes(tt_s: float, ut1_d: float) -> tuple[Vector, Vector, Vector]:
    """The Earth's axes in ICRF (IERS Conventions 2010, equations 5.1 to 5.10, without polar motion)."""
    x, y, s = pole(tt_s)
    a = 1.0 / (1.0 + math.sqrt(1.0 - x * x - y * y))
    angle = rotation_angle(ut1_d) - s
    cosine, sine = math.cos(angle), math.sin(angle)
    p, q = (1.0 - a * x * x, -a * x * y, -x), (-a * x * y, 1.0 - a * y * y, -y)
    first = (cosine * p[0] + sine * q[0], cosine * p[1] + sine * q[1], cosine * p[2] + sine * q[2])
    second = (cosine * q[0] - sine * p[0], cosine * q[1] - sine * p[1], cosine * q[2] - sine * p[2])
    return first, second, (x, y, 1.0 - a * (x * x + y * y))


@compiled
def many_earth_axes(tt_s: Floats, ut1_d: Floats) -> Floats:
    """`earth_axes` at many instants, (n, 3, 3)."""
    out = np.empty((tt_s.shape[0], 3, 3))
    for i in range(tt_s.shape[0]):
        axes = earth_axes(tt_s[i], ut1_d[i])
        for row in range(3):
            out[i, row, 0], out[i, row, 1], out[i, row, 2] = axes[row]
    return out
