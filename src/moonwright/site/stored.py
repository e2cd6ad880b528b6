"""A horizon kept as text: CSV with the columns azimuth_deg and elevation_deg; lines that begin with # tell its source."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from moonwright.errors import Fault, SiteError
from moonwright.site.horizon import Horizon

COLUMNS: Final = ("azimuth_deg", "elevation_deg")
LARGEST_BYTES: Final = 20_000_000  # a thousandth of a degree takes 8 MB
LONGEST_LINE: Final = 10_000


def write_horizon(horizon: Horizon, file: Path) -> None:
    """Keep a horizon in a file."""
    file.write_text(horizon_text(horizon), encoding="utf-8", newline="")


def read_horizon(file: Path) -> Horizon:
    """The horizon in a file, or an error that names every line with a fault."""
    found = parsed_horizon(_text(file), str(file))
    return replace(found, source="; ".join([file.name, *filter(None, [found.source])]))


def horizon_text(horizon: Horizon) -> str:
    """A horizon as text: degrees with six decimals (0.004 arcsec), its source above."""
    rows = zip(np.degrees(horizon.azimuth_rad), np.degrees(horizon.elevation_rad), strict=True)
    head = f"# {' '.join(horizon.source.split())}\n{','.join(COLUMNS)}\n"
    return head + "".join(f"{azimuth:.6f},{elevation:.6f}\n" for azimuth, elevation in rows)


def parsed_horizon(text: str, file: str) -> Horizon:
    """The horizon in a text, or an error that names every line of `file` with a fault."""
    lines = text.splitlines()
    if wide := next((n for n, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE), 0):
        found = f"a line of {len(lines[wide - 1]):,} characters"
        raise SiteError(
            (Fault(file, wide, "", found, f"at most {LONGEST_LINE:,}", "one direction in a line"),)
        )
    told = [line.lstrip("# ").strip() for line in lines if line.startswith("#")]
    numbered = [
        (number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    header = next(csv.reader([numbered[0][1]]), []) if numbered else []
    names = [name.strip() for name in header]
    if not set(COLUMNS) <= set(names):
        line = numbered[0][0] if numbered else 0
        found = f"the columns are {', '.join(names) or 'none'}"
        raise SiteError((Fault(file, line, "", found, " and ".join(COLUMNS), "name them"),))
    faults: list[Fault] = []
    places = [names.index(column) for column in COLUMNS]
    rows = [_row(file, number, line, places, faults) for number, line in numbered[1:]]
    for (number, _), (azimuth, _), (before, _) in zip(numbered[2:], rows[1:], rows, strict=False):
        if azimuth <= before:
            found = f"{azimuth:g} does not follow {before:g}"
            faults.append(Fault(file, number, COLUMNS[0], found, "rising azimuths", "sort the lines"))
    if not rows:
        faults.append(Fault(file, 0, "", "no line with a direction", "one or more", ""))
    if faults:
        raise SiteError(tuple(faults))
    azimuth, elevation = np.radians(np.array(rows)).T
    return Horizon(azimuth, elevation, "; ".join(told))


def _text(file: Path) -> str:
    fault = ""
    if not file.is_file():
        fault = "is not there"
    elif file.stat().st_size > LARGEST_BYTES:
        fault = f"has {file.stat().st_size:,} bytes"
    else:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            fault = "is not text"
    allowed = f"a CSV file of up to {LARGEST_BYTES // 1_000_000} MB"
    raise SiteError((Fault(str(file), 0, "", fault, allowed, "check the path"),))


def _row(file: str, number: int, line: str, places: list[int], faults: list[Fault]) -> tuple[float, float]:
    """Azimuth and elevation of a line, in degrees; nan, and a fault put down, for what is none."""
    cells = next(csv.reader([line]), [])
    values = []
    for column, place, low, high in zip(COLUMNS, places, (0.0, -90.0), (360.0, 90.0), strict=True):
        cell = cells[place].strip() if place < len(cells) else ""
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        within = low <= value < high if column == COLUMNS[0] else low <= value <= high
        if not within:
            allowed = f"from {low:g} to {'below ' if low == 0.0 else ''}{high:g}"
            faults.append(Fault(file, number, column, repr(cell)[:60], allowed, ""))
            value = math.nan
        values.append(value)
    return values[0], values[1]
