"""Terrain from a polar stereographic GeoTIFF, as NASA's Planetary Geodesy Archive gives LOLA's: with rasterio, an extra."""

from __future__ import annotations

import math
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from moonwright.errors import Fault, SiteError
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import LARGEST_PIXELS, Place, Terrain, heights_checked, window_around

METRES: Final = {
    "": 1.0,
    "m": 1.0,
    "metre": 1.0,
    "meter": 1.0,
    "meters": 1.0,
    "km": 1000.0,
    "kilometer": 1000.0,
}


def read_geotiff(file: Path, place: Place, reach_m: float | None = None) -> Terrain:
    """The heights within `reach_m` of a place, from the first band of a GeoTIFF of heights above the map's sphere."""
    rasterio = _rasterio(file)
    if not file.is_file():
        raise SiteError((Fault(str(file), 0, "", "is not there", "a file", "check the path"),))
    try:
        # One driver, and no files beside it: nothing but this file is opened, whatever it says.
        with (
            warnings.catch_warnings(action="ignore"),  # what they tell of is told by the faults below
            rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_PAM_ENABLED="NO"),
            rasterio.open(file, driver="GTiff") as source,
        ):
            return _read(rasterio, source, file, place, reach_m)
    except SiteError:
        raise
    except (rasterio.errors.RasterioError, ValueError) as error:  # text of a broken file need not be text
        found = f"cannot be read: {' '.join(str(error).split())[:200]}"
        raise SiteError((Fault(str(file), 0, "", found, "a whole GeoTIFF", "fetch it again"),)) from None


def _rasterio(file: Path) -> Any:
    try:
        import_module("rasterio.errors")
        return import_module("rasterio")
    except ImportError:
        found, todo = (
            "reading a GeoTIFF needs rasterio",
            "pip install 'moonwright[terrain]', or give PDS IMG+LBL",
        )
        raise SiteError((Fault(str(file), 0, "", found, "", todo),)) from None


def _read(rasterio: Any, source: Any, file: Path, place: Place, reach_m: float | None) -> Terrain:
    grid, faults = _grid(source, file)
    worth = METRES.get((source.units[0] or "").lower())
    if worth is None:
        faults.append(Fault(str(file), 0, "unit", repr(source.units[0]), "m or km", "give a map of heights"))
    if math.prod(source.block_shapes[0]) > LARGEST_PIXELS:
        found = f"blocks of {source.block_shapes[0]} pixels"
        faults.append(Fault(str(file), 0, "", found, "smaller blocks", "gdal_translate -co TILED=YES"))
    if faults or grid is None or worth is None:
        raise SiteError(tuple(faults))
    window, unread = window_around(grid, source.shape, place, reach_m, file)
    if unread:
        raise SiteError(unread)
    wanted = rasterio.windows.Window(window.sample, window.line, window.samples, window.lines)
    raw = source.read(1, window=wanted)
    offset_m = source.offsets[0] * worth
    if offset_m > grid.radius_m / 2:  # values are distances from the centre
        offset_m -= grid.radius_m
    heights_m = heights_checked(raw, (source.scales[0] * worth, offset_m), grid.radius_m, source.nodata, file)
    return Terrain(heights_m, grid.moved(window.line, window.sample), file.name)


def _grid(source: Any, file: Path) -> tuple[PolarMap | None, list[Fault]]:
    """The map, or what is wrong with it: it must be what PROJ calls `stere` at a pole, on a sphere, north up."""
    crs = source.crs.to_dict() if source.crs else {}
    latitude_deg = float(crs.get("lat_0", 0.0))
    faults = []
    if crs.get("proj") != "stere" or abs(latitude_deg) != 90.0:
        found = f"the map is {crs.get('proj', 'without projection')!r} about latitude {latitude_deg:g}"
        faults.append(Fault(str(file), 0, "projection", found, "polar stereographic", "gdalwarp makes one"))
    true_scale = (crs.get("k", crs.get("k_0", 1.0)), crs.get("lat_ts", latitude_deg))
    if true_scale != (1.0, latitude_deg):
        found = f"true scale {true_scale[0]} at latitude {true_scale[1]}"
        faults.append(Fault(str(file), 0, "projection", found, "1 at the pole", "gdalwarp makes one"))
    radius_m, other_m = (float(crs.get(key, crs.get("R", math.nan))) for key in ("a", "b"))
    if not radius_m == other_m > 0.0:
        figure = {key: crs[key] for key in ("R", "a", "b", "rf", "ellps", "datum") if key in crs}
        found = "the figure is " + (" ".join(f"{k}={v}" for k, v in figure.items()) or "not said")
        faults.append(Fault(str(file), 0, "projection", found, "a sphere with its radius", ""))
    if crs.get("units", "m") != "m":
        faults.append(Fault(str(file), 0, "projection", f"the map is in {crs['units']}", "m", ""))
    to_map = source.transform
    if not (to_map.b == to_map.d == 0.0 and to_map.a == -to_map.e > 0.0):
        faults.append(Fault(str(file), 0, "transform", "pixels are not square or turned", "north up", ""))
    if faults:
        return None, faults
    east_m, north_m = float(crs.get("x_0", 0.0)) - to_map.c, to_map.f - float(crs.get("y_0", 0.0))
    # GeoTIFF counts from the corner of the first pixel, we from its centre.
    scale_m = float(to_map.a)
    centre_rad = math.radians(float(crs.get("lon_0", 0.0)))
    grid = PolarMap(
        radius_m, latitude_deg < 0, scale_m, north_m / scale_m - 0.5, east_m / scale_m - 0.5, centre_rad
    )
    return grid, []
