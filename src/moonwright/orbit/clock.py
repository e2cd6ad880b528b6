"""From dates and days in UTC to TDB seconds past J2000, and back.

A day is a calendar day: `days_d` after a date is midnight plus that many days, whatever leap seconds lie between, so
that a whole number of days is again a midnight. The instants of a leap second itself are those of the midnight after.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import EpochError
from moonwright.orbit.kernel import Floats

DAY_S: Final = 86400.0
TT_MINUS_TAI_S: Final = 32.184  # IAU 1991, Recommendation IV

# Days on which TAI - UTC became 10 s, 11 s and so on: IERS Bulletin C, numbers 1 to 72 (July 2026: no new one). None
# is assumed after the last. (In 2022 the CGPM decided to let UT1 - UTC grow beyond a second from 2035 at the latest.)
FIRST_LEAP_S: Final = 10.0
# fmt: off
LEAP_DATES: Final = (
    "1972-01-01", "1972-07-01", "1973-01-01", "1974-01-01", "1975-01-01", "1976-01-01", "1977-01-01", "1978-01-01",
    "1979-01-01", "1980-01-01", "1981-07-01", "1982-07-01", "1983-07-01", "1985-07-01", "1988-01-01", "1990-01-01",
    "1991-01-01", "1992-07-01", "1993-07-01", "1994-07-01", "1996-01-01", "1997-07-01", "1999-01-01", "2006-01-01",
    "2009-01-01", "2012-07-01", "2015-07-01", "2017-01-01",
)
# fmt: on

_J2000 = datetime(2000, 1, 1, 12)
_LEAP_D = np.array([(datetime.fromisoformat(day) - _J2000) / timedelta(days=1) for day in LEAP_DATES])


def tdb_s(utc: date) -> float:
    """TDB seconds past J2000 of a date (its midnight) or datetime (UTC, if it names no zone)."""
    return float(tdb_s_after(utc, 0.0)[0])


def tdb_s_after(start: date, days_d: ArrayLike) -> Floats:
    """TDB seconds past J2000 of the instants `days_d` after `start`, in UTC; to 1 microsecond."""
    days = _days_past_j2000(start) + np.atleast_1d(np.asarray(days_d, dtype=np.float64))
    if not np.all(days >= _LEAP_D[0]):
        raise EpochError(
            "UTC has had leap seconds since 1972-01-01; an instant before, or no number, was asked for"
        )
    tai_minus_utc_s = FIRST_LEAP_S + np.searchsorted(_LEAP_D, days, side="right") - 1
    tt_s = days * DAY_S + tai_minus_utc_s + TT_MINUS_TAI_S
    return tt_s + _tdb_minus_tt_s(tt_s)


def utc(et_s: float) -> datetime:
    """The UTC of one instant, to the microsecond, as a datetime that names no zone."""
    return _J2000 + timedelta(days=float(utc_d(et_s)[0]))


def days_after(start: date, et_s: ArrayLike) -> Floats:
    """How many days in UTC each instant lies after `start`: what `tdb_s_after` turns back."""
    return utc_d(et_s) - _days_past_j2000(start)


def utc_d(et_s: ArrayLike) -> Floats:
    """UTC days past 2000-01-01T12:00 UTC of TDB seconds past J2000."""
    times_s = np.atleast_1d(np.asarray(et_s, dtype=np.float64))
    tai_s = times_s - _tdb_minus_tt_s(times_s) - TT_MINUS_TAI_S
    offsets_s = FIRST_LEAP_S + np.arange(len(_LEAP_D))
    leaps_tai_s = _LEAP_D * DAY_S + offsets_s
    if not np.all(tai_s >= leaps_tai_s[0]):
        raise EpochError(
            "UTC has had leap seconds since 1972-01-01; an instant before, or no number, was asked for"
        )
    leaps = np.searchsorted(leaps_tai_s, tai_s, side="right") - 1
    days = (tai_s - offsets_s[leaps]) / DAY_S
    before_next = np.append(_LEAP_D[1:], np.inf)[leaps]
    return np.asarray(np.minimum(days, before_next))


def _days_past_j2000(start: date) -> float:
    moment = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - _J2000) / timedelta(days=1)


def _tdb_minus_tt_s(tt_s: Floats) -> Floats:
    """The yearly term, which NAIF's leap second kernel has; the rest is under 50 microseconds.

    Moyer, Celestial Mechanics 23, 33 (1981); constants as in naif0012.tls.
    """
    mean_anomaly = 6.239996 + 1.99096871e-7 * tt_s
    eccentric_anomaly = mean_anomaly + 1.671e-2 * np.sin(mean_anomaly)
    return np.asarray(1.657e-3 * np.sin(eccentric_anomaly))
