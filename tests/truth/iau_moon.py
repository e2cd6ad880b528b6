"""The Moon's orientation by the IAU's formulas, which are good to 150 m: a frame that is often taken for the right one.

Archinal et al., "Report of the IAU Working Group on Cartographic Coordinates and Rotational Elements: 2009",
Celestial Mechanics and Dynamical Astronomy 109, 101 (2011), table 2; the report of 2015 has the same.
"""

import numpy as np

from moonwright.orbit.kernel import Floats

DAY_S = 86400.0

# E1 to E13: degrees, and degrees a day from J2000.
ARGUMENTS = np.array(
    [
        (125.045, -0.0529921),
        (250.089, -0.1059842),
        (260.008, 13.0120009),
        (176.625, 13.3407154),
        (357.529, 0.9856003),
        (311.589, 26.4057084),
        (134.963, 13.0649930),
        (276.617, 0.3287146),
        (34.226, 1.7484877),
        (15.134, -0.1589763),
        (119.743, 0.0036096),
        (239.961, 0.1643573),
        (25.053, 12.9590088),
    ]
)
# Factors, degrees, of the sines in the pole's right ascension, the cosines in its declination, the sines in the turn.
ASCENSION = (-3.8787, -0.1204, 0.0700, -0.0172, 0, 0.0072, 0, 0, 0, -0.0052, 0, 0, 0.0043)
DECLINATION = (1.5419, 0.0239, -0.0278, 0.0068, 0, -0.0029, 0.0009, 0, 0, 0.0008, 0, 0, -0.0009)
TURN = (
    3.5610,
    0.1208,
    -0.0642,
    0.0158,
    0.0252,
    -0.0066,
    -0.0047,
    -0.0046,
    0.0028,
    0.0052,
    0.0040,
    0.0019,
    -0.0044,
)


def iau_moon(et_s: Floats) -> Floats:
    """ICRF to IAU_MOON, (n, 3, 3)."""
    days = np.atleast_1d(et_s) / DAY_S
    arguments = np.radians(ARGUMENTS[:, 0] + np.outer(days, ARGUMENTS[:, 1]))
    sines, cosines = np.sin(arguments), np.cos(arguments)
    ascension = np.radians(269.9949 + 0.0031 * days / 36525.0 + sines @ ASCENSION)
    declination = np.radians(66.5392 + 0.0130 * days / 36525.0 + cosines @ DECLINATION)
    turn = np.radians(38.3213 + 13.17635815 * days - 1.4e-12 * days**2 + sines @ TURN)
    first = _about_third(ascension + np.pi / 2.0)
    return np.asarray(_about_third(turn) @ _about_first(np.pi / 2.0 - declination) @ first)


def _about_third(angles: Floats) -> Floats:
    turned = np.zeros((len(angles), 3, 3))
    turned[:, 0, 0] = turned[:, 1, 1] = np.cos(angles)
    turned[:, 0, 1], turned[:, 1, 0] = np.sin(angles), -np.sin(angles)
    turned[:, 2, 2] = 1.0
    return turned


def _about_first(angles: Floats) -> Floats:
    turned = np.zeros((len(angles), 3, 3))
    turned[:, 1, 1] = turned[:, 2, 2] = np.cos(angles)
    turned[:, 1, 2], turned[:, 2, 1] = np.sin(angles), -np.sin(angles)
    turned[:, 0, 0] = 1.0
    return turned
