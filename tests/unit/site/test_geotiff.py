"""GeoTIFF with rasterio, where that is installed: the same heights as by PDS, and what is refused."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

from moonwright.errors import SiteError
from moonwright.site.geotiff import read_geotiff
from moonwright.site.pds import read_pds
from moonwright.site.terrain import Place
from unit.site.rasters import POLE_WARDS, SPHERE, numbers, write_pds, write_tiff

# rasterio 1.4 multiplies transforms in a way that affine 3 will do without one day.
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")


def fault(file: Path, place: Place = POLE_WARDS, reach_m: float = 2_000.0) -> str:
    with pytest.raises(SiteError) as raised:
        read_geotiff(file, place, reach_m)
    return str(raised.value)


@pytest.mark.parametrize("tiled", [False, True])
def test_heights_are_those_of_the_pds_image_of_the_same_ground(tmp_path: Path, tiled: bool) -> None:
    heights_m = numbers(201).astype(np.float32)
    more = {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "deflate"} if tiled else {}
    tiff = read_geotiff(write_tiff(tmp_path / "a.tif", heights_m, **more), POLE_WARDS, 2_000.0)
    image = read_pds(write_pds(tmp_path, numbers(201), factor=1.0), POLE_WARDS, 2_000.0)
    assert tiff.heights_m == pytest.approx(image.heights_m)
    assert tiff.map.pole_line == pytest.approx(image.map.pole_line)
    assert tiff.map.pole_sample == pytest.approx(image.map.pole_sample)
    assert tiff.height_m(POLE_WARDS) == pytest.approx(image.height_m(POLE_WARDS))


def test_pixels_stand_where_gdal_says(tmp_path: Path) -> None:
    """GDAL's own transformation of a place, by PROJ, names the same pixel."""
    file = write_tiff(tmp_path / "a.tif", numbers(201).astype(np.float32))
    import rasterio.warp

    ground = f"+proj=longlat {SPHERE.replace('+units=m ', '')}"
    with rasterio.open(file) as source:
        x, y = rasterio.warp.transform(ground, source.crs, [20.0], [-89.9])
        to_map = source.transform
    # From the corner of the first pixel.
    line, sample = (y[0] - to_map.f) / to_map.e, (x[0] - to_map.c) / to_map.a
    grid = read_geotiff(file, POLE_WARDS, 7_000.0).map
    whole = grid.moved(round(grid.pole_line - 100), round(grid.pole_sample - 100))
    assert whole.pixel(POLE_WARDS.latitude_rad, POLE_WARDS.longitude_rad) == pytest.approx(
        (line - 0.5, sample - 0.5), abs=1e-6
    )


@pytest.mark.parametrize(
    ("crs", "told"),
    [
        ("+proj=eqc " + SPHERE, "polar stereographic"),
        (f"+proj=stere +lat_0=-80 {SPHERE}", "about latitude -80"),
        (f"+proj=stere +lat_0=-90 +lat_ts=-70 {SPHERE}", "true scale"),
        (
            "+proj=stere +lat_0=-90 +a=3396190 +b=3376200 +units=m +no_defs",
            "the figure is a=3396190 rf=",
        ),
    ],
)
def test_other_maps_are_refused(tmp_path: Path, crs: str, told: str) -> None:
    assert told in fault(write_tiff(tmp_path / "a.tif", numbers(101), crs))


def test_files_that_are_no_geotiff(tmp_path: Path) -> None:
    pytest.importorskip("rasterio")
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"II*\0" + bytes(100))
    assert "cannot be read" in fault(broken)
    assert "is not there" in fault(tmp_path / "none.tif")


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    file = write_tiff(tmp_path / "a.tif", numbers(201).astype(np.float32))
    file.write_bytes(file.read_bytes()[:40_000])
    assert "cannot be read" in fault(file, Place(math.radians(-90), 0.0), 9_000.0)


def test_a_gap_and_a_turned_map(tmp_path: Path) -> None:
    values = numbers(101).astype(np.float32)
    values[50, 50] = -9999
    pole = Place(math.radians(-90), 0.0)
    assert "1 of" in fault(write_tiff(tmp_path / "gap.tif", values, nodata=-9999.0), pole)
    from rasterio.transform import Affine

    turned = Affine(100.0, 5.0, -5000.0, 0.0, -100.0, 5000.0)
    assert "not square or turned" in fault(
        write_tiff(tmp_path / "turned.tif", values, transform=turned), pole
    )


def test_without_rasterio_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    monkeypatch.setitem(sys.modules, "rasterio.errors", None)
    assert "pip install 'moonwright[terrain]'" in fault(Path("a.tif"))
