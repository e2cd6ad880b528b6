"""Where the Earth, the Moon and the Sun are: JPL's DE440 from 1998 to 2070.

Times are `et_s`: TDB seconds past J2000 (2000-01-01T12:00 TDB), as `clock` gives them. Lengths are metres, speeds
m/s, axes those of the ICRF. DE440 knows the Moon's place from the Earth to about a metre, the Earth's from the Sun
to a few hundred metres (Park et al., The Astronomical Journal 161:105, 2021). Evaluating it adds 0.3 mm to the
former and 1 cm to the latter, which is how far they move within the half microsecond that a double resolves in 2070.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import EpochError, InternalError
from moonwright.orbit import kernel
from moonwright.orbit.kernel import Floats

DATA: Final = Path(__file__).with_name("data") / "de440.npy"  # its source and licence: de440.md beside it

FIRST_ET_S: Final = -63115200.0  # 1998-01-01T00:00 TDB
LAST_ET_S: Final = 2240568000.0  # 2071-01-01T00:00 TDB; the file goes on for days on either side

CODES: Final = {
    "earth": kernel.EARTH,
    "moon": kernel.MOON,
    "sun": kernel.SUN,
    "earth-moon barycentre": kernel.EARTH_MOON_BARYCENTRE,
    "solar-system barycentre": kernel.SOLAR_SYSTEM_BARYCENTRE,
}


def positions_m(body: str, origin: str, et_s: ArrayLike) -> Floats:
    """Where `body` is as seen from `origin`, (n, 3) in m: geometric, at the same instant."""
    return kernel.positions(records(), code(body), code(origin), covered(et_s))


def states(body: str, origin: str, et_s: ArrayLike) -> tuple[Floats, Floats]:
    """Place and velocity of `body` as seen from `origin`, (n, 3) in m and (n, 3) in m/s: geometric."""
    return kernel.states(records(), code(body), code(origin), covered(et_s))


def code(body: str) -> int:
    """What the kernel calls a body."""
    if body not in CODES:
        near = difflib.get_close_matches(body, list(CODES), n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise InternalError(f"{body!r} is no body of the ephemeris{hint}; it has {', '.join(CODES)}")
    return CODES[body]


@cache
def records() -> Floats:
    """What the kernel's functions take; read once, in a few milliseconds."""
    read: Floats = np.load(DATA, allow_pickle=False)
    return read


def covered(et_s: ArrayLike) -> Floats:
    """`et_s` as an array of one dimension, if the ephemeris covers all of it."""
    times_s = np.atleast_1d(np.asarray(et_s, dtype=np.float64))
    if times_s.size:
        require_covered(float(times_s.min()), float(times_s.max()))
    return times_s


def require_covered(first_et_s: float, last_et_s: float) -> None:
    """Raises EpochError unless the ephemeris covers the whole of a span (a NaN is not covered)."""
    if not FIRST_ET_S <= first_et_s <= last_et_s <= LAST_ET_S:
        asked = sorted({_date(first_et_s), _date(last_et_s)})
        raise EpochError(
            f"the ephemeris covers 1998-01-01 to 2071-01-01, and {' to '.join(asked)} was asked for; "
            "choose dates within, or make a longer excerpt (design/ephemeris/README.md)"
        )


def _date(et_s: float) -> str:
    if not abs(et_s) < 2.5e11:  # eight thousand years, all that a date can say; or no number at all
        return f"{et_s!r} s past J2000"
    return str(np.datetime64("2000-01-01T12:00:00") + np.timedelta64(int(et_s), "s"))[:10]
