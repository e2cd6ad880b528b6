"""Small rasters to read: the label of a LOLA product with its image, made up."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from moonwright.site.terrain import Place

# Laid out as LOLA's LDEM labels are, with their keys, comments, units and nesting.
LABEL = """PDS_VERSION_ID            = "PDS3"
/*** GENERAL DATA DESCRIPTION PARAMETERS ***/
PRODUCT_ID                = "MADE_UP"
DESCRIPTION               = "Heights that were
  made up: LINES = 7 is not
  an entry of this label"
RECORD_TYPE               = FIXED_LENGTH
RECORD_BYTES              = {record}
OBJECT                    = UNCOMPRESSED_FILE
  ^IMAGE                  = "{image}"
  OBJECT                  = IMAGE
    NAME                  = HEIGHT
    LINES                 = {lines}
    LINE_SAMPLES          = {samples}
    SAMPLE_TYPE           = {kind}
    SAMPLE_BITS           = {bits}
    UNIT                  = {unit}
    SCALING_FACTOR        = {factor}
    OFFSET                = {offset}
  END_OBJECT              = IMAGE
END_OBJECT                = UNCOMPRESSED_FILE
OBJECT                    = IMAGE_MAP_PROJECTION
  ^DATA_SET_MAP_PROJECTION = "DSMAP_POLAR.CAT"
  MAP_PROJECTION_TYPE     = "{projection}"
  A_AXIS_RADIUS           = 1737.4 <km>
  B_AXIS_RADIUS           = 1737.4 <km>
  C_AXIS_RADIUS           = 1737.4 <km>
  FIRST_STANDARD_PARALLEL = 'N/A'
  POSITIVE_LONGITUDE_DIRECTION = EAST
  CENTER_LATITUDE         = -90 <deg>
  CENTER_LONGITUDE        = 0 <deg>
  MAP_PROJECTION_ROTATION = 0.0
  MAP_RESOLUTION          = 303.23 <pix/deg>
  MAP_SCALE               = 100 <m/pix>
  LINE_PROJECTION_OFFSET  = {line_offset} <pix>
  SAMPLE_PROJECTION_OFFSET = {sample_offset} <pix>
END_OBJECT                = IMAGE_MAP_PROJECTION
END
"""
GIVEN: dict[str, object] = {
    "image": "MADE_UP.IMG",
    "kind": "LSB_INTEGER",
    "bits": 16,
    "unit": "METER",
    "factor": 0.5,
    "offset": "1737400.",
    "projection": "POLAR STEREOGRAPHIC",
}
POLE_WARDS = Place(math.radians(-89.9), math.radians(20.0))


def numbers(size: int) -> NDArray[np.int16]:
    """A square of integers that are all different along a line and a column."""
    line, sample = np.indices((size, size))
    return (7 * line - 5 * sample).astype(np.int16)


def write_pds(folder: Path, values: NDArray[np.generic], **changed: object) -> Path:
    """A label and its image in a folder; the pole is in the middle of the square. The label's path is returned."""
    middle = (len(values) - 1) / 2
    said = {
        "record": values.shape[1] * values.itemsize,
        "lines": values.shape[0],
        "samples": values.shape[1],
        "line_offset": middle,
        "sample_offset": middle,
    }
    label = folder / "MADE_UP.LBL"
    label.write_text(LABEL.format(**{**GIVEN, **said, **changed}))
    (folder / "MADE_UP.IMG").write_bytes(values.tobytes())
    return label


SPHERE = "+R=1737400 +units=m +no_defs"
SOUTH = f"+proj=stere +lat_0=-90 +lon_0=0 +k=1 +x_0=0 +y_0=0 {SPHERE}"


def write_tiff(file: Path, values: NDArray[np.generic], crs: str = SOUTH, **changed: Any) -> Path:
    """A square of 100 m pixels whose middle is the pole, as GDAL's own writer makes it."""
    rasterio = pytest.importorskip("rasterio", reason="rasterio, the extra 'terrain', is not installed")
    half_m = 100.0 * len(values) / 2
    said: dict[str, Any] = {
        "driver": "GTiff",
        "height": values.shape[0],
        "width": values.shape[1],
        "count": 1,
        "dtype": values.dtype,
        "crs": rasterio.crs.CRS.from_string(crs),
        "transform": rasterio.transform.from_origin(-half_m, half_m, 100.0, 100.0),
    }
    with rasterio.open(file, "w", **{**said, **changed}) as written:
        written.write(values, 1)
    return file
