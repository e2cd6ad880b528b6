"""Times as SpaceNet writes them: ISO 8601 ("P7DT12H"), or seconds as a number (its files of 2022)."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from fractions import Fraction

LONGEST_D = 36_525.0  # a century: of so many days, a float still tells every microsecond apart

_DAY_S = 86_400
_YEAR_D = 365  # as pydantic counts, which writes the files
_ISO = re.compile(
    r"([-+])?P(?:(\d{1,9})Y)?(?:(\d{1,9})W)?(?:(\d{1,9}(?:\.\d{1,20})?)D)?"
    r"(?:T(?:(\d{1,12}(?:\.\d{1,20})?)H)?(?:(\d{1,12}(?:\.\d{1,20})?)M)?(?:(\d{1,12}(?:\.\d{1,20})?)S)?)?"
)


def days(written: object) -> float:
    """A duration in days, to the microsecond. A year is 365 days. Raises ValueError, which says what is allowed."""
    if isinstance(written, str):
        return _checked(_iso_s(written))
    if isinstance(written, int | float) and not isinstance(written, bool):
        return _checked(float(written))
    raise ValueError(_ALLOWED)


def iso(duration_d: float) -> str:
    """The same as ISO 8601, in days and shorter: SpaceNet's simulator overlooks years."""
    micro = round(Fraction(duration_d) * _DAY_S * 1_000_000)
    sign, micro = ("-", -micro) if micro < 0 else ("", micro)
    seconds, micro = divmod(micro, 1_000_000)
    whole_d, seconds = divmod(seconds, _DAY_S)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    told = f"{seconds}.{micro:06d}".rstrip("0") if micro else str(seconds)
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{told}S" if told != "0" else "")
    )
    date = f"{whole_d}D" if whole_d else ""
    return f"{sign}P{date}T{clock}" if clock else f"{sign}P{date or 'T0S'}"


_ALLOWED = 'a duration like "P7DT12H", or seconds as a number'


def _iso_s(written: str) -> float:
    found = _ISO.fullmatch(written)
    if found is None or written[-1] in "PT":
        raise ValueError(f"{_ALLOWED}; months are of no fixed length" if "M" in written else _ALLOWED)
    sign, years, weeks, day, hours, minutes, seconds = found.groups(default="0")
    whole_d = int(years) * _YEAR_D + int(weeks) * 7 + float(day)
    total_s = whole_d * _DAY_S + float(hours) * 3600 + float(minutes) * 60 + float(seconds)
    return -total_s if sign == "-" else total_s


def _checked(seconds: float) -> float:
    if not math.isfinite(seconds) or abs(seconds) > LONGEST_D * _DAY_S:
        raise ValueError(f"at most {LONGEST_D:,.0f} days")
    return round(seconds * 1_000_000) / (_DAY_S * 1_000_000)


def moment(written: object) -> datetime:
    """A date and time in UTC; one without a zone is taken for UTC. Raises ValueError, which says what is allowed."""
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
        if isinstance(written, datetime):
            found = written
        if found is not None:
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1900 <= found.year <= 2500:
        raise ValueError("a date and time like 2026-09-01T00:00:00Z, from 1900 to 2500")
    return found
