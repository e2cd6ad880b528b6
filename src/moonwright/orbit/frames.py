"""Rotations from ICRF axes to axes that turn with a body: rows are its axes, so `rotation @ vector_icrf` is fixed to it.

moon_pa     the Moon's principal axes: what DE440's libration and gravity fields mean
moon_me     mean Earth and polar axis: what maps of the Moon mean (its latitudes and longitudes)
earth_fixed the Earth's axes, for launch sites, drag and ground tracks
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import InternalError
from moonwright.orbit import clock, kernel, precession
from moonwright.orbit.ephemeris import covered, records
from moonwright.orbit.kernel import Floats

# From principal to mean-Earth axes, Rx(-0.2785") Ry(-78.6944") Rz(-67.8526"): Park et al., The Astronomical Journal
# 161:105 (2021), section 2; the mean-Earth axes are those of DE421, which maps and landing sites refer to.
PA_TO_ME_ARCSEC: Final = (-0.2785, -78.6944, -67.8526)

# Turns about the third axis: Earth, IERS Conventions (2010), table 1.1; Moon, one in a sidereal month of 27.321661 d.
SPIN_RAD_S: Final = {"earth": 7.292115e-5, "moon": 2.0 * math.pi / (27.321661 * 86400.0)}


def moon_pa(et_s: ArrayLike) -> Floats:
    """ICRF to the principal axes of the Moon, (n, 3, 3)."""
    return kernel.many_moon_axes(records(), np.eye(3), covered(et_s))


def moon_me(et_s: ArrayLike) -> Floats:
    """ICRF to the mean-Earth, polar axes of the Moon (MOON_ME), (n, 3, 3)."""
    return kernel.many_moon_axes(records(), _PA_TO_ME, covered(et_s))


def earth_fixed(et_s: ArrayLike) -> Floats:
    """ICRF to Earth-fixed axes, (n, 3, 3).

    Precession and nutation are within 10 mas of IAU 2006/2000A. UT1 is taken to be UTC, which is up to 0.9 s or 14
    arcsec of longitude wrong while leap seconds keep it so; the pole's motion within the Earth (0.6 arcsec) is left out.
    """
    times_s = covered(et_s)
    return precession.many_earth_axes(times_s, clock.utc_d(times_s))


def fixed_axes(body: str, et_s: ArrayLike) -> Floats:
    """ICRF to the axes that places on `body` are given in, (n, 3, 3)."""
    if body == "moon":
        return moon_me(et_s)
    if body == "earth":
        return earth_fixed(et_s)
    raise InternalError(f"places on {body!r} are not known; allowed: earth, moon")


def _about(axis: int, angle_rad: float) -> Floats:
    """The rotation of axes by an angle about the first (0), second or third of them."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    after, last = (axis + 1) % 3, (axis + 2) % 3
    turned = np.eye(3)
    turned[after, after] = turned[last, last] = cosine
    turned[after, last], turned[last, after] = sine, -sine
    return turned


_X, _Y, _Z = (arcsec * precession.ARCSEC for arcsec in PA_TO_ME_ARCSEC)
_PA_TO_ME: Final = _about(0, _X) @ _about(1, _Y) @ _about(2, _Z)
