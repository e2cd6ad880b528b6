"""How long a horizon and 18.6 years of light take, on a made-up terrain of LOLA's size: python benchmarks/light.py

The ground is a fractal of 40 km about a polar site at 20 m a pixel and 300 km across at 120 m, read from PDS files that are
written first; the first call of each function (its compilation) is left out, the median of five is shown.
"""

from __future__ import annotations

import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from moonwright.orbit import clock
from moonwright.orbit.apparent import Site, angular_radius_rad, sky
from moonwright.site import light
from moonwright.site.horizon import nested_horizon
from moonwright.site.pds import read_pds
from moonwright.site.power import Array, array_kw, storage_needed
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import Place, Terrain

PLACE = Place(math.radians(-89.45), math.radians(222.7))
LABEL = """PDS_VERSION_ID = PDS3
^IMAGE = "{name}.IMG"
OBJECT = IMAGE
LINES = {size}
LINE_SAMPLES = {size}
SAMPLE_TYPE = LSB_INTEGER
SAMPLE_BITS = 16
UNIT = METER
SCALING_FACTOR = 0.5
OFFSET = 1737400.
END_OBJECT = IMAGE
OBJECT = IMAGE_MAP_PROJECTION
MAP_PROJECTION_TYPE = "POLAR STEREOGRAPHIC"
A_AXIS_RADIUS = 1737.4 <km>
B_AXIS_RADIUS = 1737.4 <km>
C_AXIS_RADIUS = 1737.4 <km>
CENTER_LATITUDE = -90
CENTER_LONGITUDE = 0
MAP_SCALE = {scale} <m/pix>
LINE_PROJECTION_OFFSET = {middle}
SAMPLE_PROJECTION_OFFSET = {middle}
END_OBJECT = IMAGE_MAP_PROJECTION
END
"""


def fractal_m(size: int, pixel_m: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """About as rough as the lunar highlands, 1 km at 50 km and less by a power of 0.9 below; and a hill under the site."""
    at = np.arange(size, dtype=np.float32) * np.float32(pixel_m)
    line, sample = PolarMap(1_737_400.0, True, pixel_m, (size - 1) / 2, (size - 1) / 2).pixel(*astuple(PLACE))
    down, right = ((at / pixel_m - middle) * pixel_m / 20_000.0 for middle in (line, sample))
    heights = (
        np.float32(3000.0) * np.exp(-(down**2)).astype(np.float32)[:, None] * np.exp(-(right**2)).astype("f4")
    )
    wave_m = 50_000.0
    while wave_m > 2 * pixel_m:
        spread_m = 1000.0 * (wave_m / 50_000.0) ** 0.9
        knots = rng.normal(0.0, spread_m, (int(at[-1] / wave_m) + 2,) * 2).astype(np.float32)
        whole = (at / wave_m).astype(int)
        part = (at / wave_m - whole).astype(np.float32)
        rows = knots[whole] * (1 - part)[:, None] + knots[whole + 1] * part[:, None]
        heights += rows[:, whole] * (1 - part)
        heights += rows[:, whole + 1] * part
        wave_m /= 2
    return heights


def written(folder: Path, name: str, size: int, scale_m: float) -> Path:
    heights = fractal_m(size, scale_m, np.random.default_rng(size))
    (folder / f"{name}.IMG").write_bytes((heights / np.float32(0.5)).astype("<i2").tobytes())
    label = folder / f"{name}.LBL"
    label.write_text(LABEL.format(name=name, size=size, scale=scale_m, middle=(size - 1) / 2))
    return label


def timed(name: str, call: Callable[[], object], repeats: int = 5) -> None:
    call()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    print(f"{name:66} {1000 * median(spent):9.1f} ms")


def main() -> None:
    """Write the terrain, and time every step from files to storage."""
    with tempfile.TemporaryDirectory() as made:
        fine = written(Path(made), "FINE", 6_001, 20.0)
        coarse = written(Path(made), "COARSE", 3_501, 120.0)
        timed("read 2 x 20 km at 20 m and 2 x 180 km at 120 m", lambda: read_both(fine, coarse))
        terrains = read_both(fine, coarse)
    timed("horizon of one site, 1440 azimuths, to 180 km", lambda: nested_horizon(terrains, PLACE, 2.0))
    horizon = nested_horizon(terrains, PLACE, 2.0)
    time_d = np.arange(0.0, 18.6 * 365.25, 1 / 24)
    et_s = clock.tdb_s_after(date(2026, 1, 1), time_d)
    site = Site("moon", PLACE.latitude_rad, PLACE.longitude_rad)
    timed(f"Sun and Earth from it, {len(time_d):,} hours", lambda: sky(site, ("sun", "earth"), et_s))
    sun, earth = (
        light.Disc(seen.azimuth_rad, seen.elevation_rad, angular_radius_rad(body, seen.distance_m))
        for body, seen in zip(("sun", "earth"), sky(site, ("sun", "earth"), et_s), strict=True)
    )
    timed("share of the Sun's disc above the horizon, each hour", lambda: light.share_seen(horizon, sun))
    timed("share of the Earth's disc, each hour", lambda: light.share_seen(horizon, earth))
    share = light.share_seen(horizon, sun)
    timed("longest darkness", lambda: light.longest_darkness(time_d, share))
    supply_kw = array_kw(Array(50.0, "turning"), sun, share)
    timed("store that carries 20 kW through", lambda: storage_needed(time_d, supply_kw, 20.0))
    print(
        f"light {light.mean_share(time_d, share):.1%}, Earth {light.seen(horizon, earth).mean():.1%}, ",
        end="",
    )
    print(f"longest darkness {light.longest_darkness(time_d, share).duration_d:.1f} d")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"peak memory {peak / 1e6:,.0f} MB")


def read_both(fine: Path, coarse: Path) -> list[Terrain]:
    return [read_pds(fine, PLACE, 20_000.0), read_pds(coarse, PLACE, 180_000.0)]


if __name__ == "__main__":
    main()
