"""Terrain from a PDS3 image and its label, as LOLA's polar gridded data records are: only the window that is needed is read.

Lunar Orbiter Laser Altimeter Reduced Data Record and Derived Products SIS (Neumann 2009): a height is DN times
SCALING_FACTOR above the sphere, whose radius the label gives as OFFSET.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from moonwright.errors import Fault, SiteError
from moonwright.site.label import Reading, read_label
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import Place, Terrain, Window, heights_checked, window_around

# Standards Reference 3.8, appendix C, with the synonyms it lists.
SAMPLE_TYPES: Final = {
    "LSB INTEGER": "<i",
    "PC INTEGER": "<i",
    "VAX INTEGER": "<i",
    "MSB INTEGER": ">i",
    "INTEGER": ">i",
    "MAC INTEGER": ">i",
    "SUN INTEGER": ">i",
    "LSB UNSIGNED INTEGER": "<u",
    "PC UNSIGNED INTEGER": "<u",
    "MSB UNSIGNED INTEGER": ">u",
    "UNSIGNED INTEGER": ">u",
    "PC REAL": "<f",
    "IEEE REAL": ">f",
    "REAL": ">f",
    "SUN REAL": ">f",
    "MAC REAL": ">f",
}
_LONGEST_NAME: Final = 255  # bytes: no file system in use allows more
ANGLES: Final = {"": 1.0, "DEG": 1.0, "DEGREE": 1.0, "DEGREES": 1.0}
KILOMETRES: Final = {"": 1000.0, "KM": 1000.0, "KILOMETERS": 1000.0, "M": 1.0, "METERS": 1.0}
SCALES: Final = {
    "": 1000.0,  # the data dictionary's unit of MAP_SCALE is KM/PIXEL
    "M/PIX": 1.0,
    "M/PIXEL": 1.0,
    "METERS/PIXEL": 1.0,
    "METER/PIXEL": 1.0,
    "KM/PIX": 1000.0,
    "KM/PIXEL": 1000.0,
}
PIXELS: Final = {"": 1.0, "PIX": 1.0, "PIXEL": 1.0, "PIXELS": 1.0}
_POINTER = re.compile(
    r'\(?\s*(?:"?([^",()]*[^",()\d\s][^",()]*)"?)?\s*,?\s*(?:(\d+)\s*(<BYTES>)?)?\s*\)?$', re.I
)
_IMAGE, _MAP = "IMAGE", "IMAGE_MAP_PROJECTION"


@dataclass(frozen=True)
class _Image:
    """How the numbers lie in the file, and what makes them metres above the sphere."""

    file: Path
    start: int
    shape: tuple[int, int]
    kind: np.dtype[np.generic]
    to_m: tuple[float, float]
    missing: float | None


def read_pds(label_file: Path, place: Place, reach_m: float | None = None) -> Terrain:
    """The heights within `reach_m` of a place, from the label of a PDS3 image (or an image with its label on top)."""
    reading = Reading(read_label(label_file))
    if reading.word("", "PDS_VERSION_ID", "none") != "PDS3":
        todo = "give the .LBL file that comes with the .IMG"
        raise SiteError((reading.label.fault("", "PDS_VERSION_ID", "this is no PDS3 label", "PDS3", todo),))
    grid = _grid(reading)
    image = _image(reading, grid.radius_m)
    if reading.faults:
        raise SiteError(tuple(sorted(reading.faults, key=lambda fault: fault.line)))
    window, faults = window_around(grid, image.shape, place, reach_m, label_file)
    if faults:
        raise SiteError(faults)
    raw = _pixels(image, window)
    heights_m = heights_checked(raw, image.to_m, grid.radius_m, image.missing, image.file)
    return Terrain(heights_m, grid.moved(window.line, window.sample), label_file.name)


def _grid(reading: Reading) -> PolarMap:
    """The map that the label describes; only the polar stereographic of a sphere is known here."""
    kind = reading.word(_MAP, "MAP_PROJECTION_TYPE")
    if kind and kind != "POLAR STEREOGRAPHIC":
        reading.fault(_MAP, "MAP_PROJECTION_TYPE", repr(kind), "POLAR STEREOGRAPHIC")
    radii_m = [reading.number(_MAP, f"{axis}_AXIS_RADIUS", units=KILOMETRES) for axis in "ABC"]
    if not (radii_m[0] > 0 and radii_m[0] == radii_m[1] == radii_m[2]) and not np.isnan(radii_m).any():
        reading.fault(_MAP, "A_AXIS_RADIUS", "the three radii differ, or are not above 0", "a sphere")
    latitude_deg = reading.number(_MAP, "CENTER_LATITUDE", units=ANGLES)
    if abs(latitude_deg) != 90 and not np.isnan(latitude_deg):
        reading.fault(_MAP, "CENTER_LATITUDE", f"{latitude_deg:g}", "90 or -90")
    if reading.word(_MAP, "POSITIVE_LONGITUDE_DIRECTION", "EAST") != "EAST":
        reading.fault(_MAP, "POSITIVE_LONGITUDE_DIRECTION", "not east", "EAST")
    if reading.number(_MAP, "MAP_PROJECTION_ROTATION", 0.0, ANGLES) != 0:
        reading.fault(_MAP, "MAP_PROJECTION_ROTATION", "the map is turned", "0")
    scale_m = reading.number(_MAP, "MAP_SCALE", units=SCALES)
    if scale_m <= 0:
        reading.fault(_MAP, "MAP_SCALE", f"{scale_m:g} m a pixel", "above 0")
    return PolarMap(
        radii_m[0],
        latitude_deg < 0,
        scale_m,
        reading.number(_MAP, "LINE_PROJECTION_OFFSET", units=PIXELS),
        reading.number(_MAP, "SAMPLE_PROJECTION_OFFSET", units=PIXELS),
        float(np.radians(reading.number(_MAP, "CENTER_LONGITUDE", units=ANGLES))),
    )


def _image(reading: Reading, radius_m: float) -> _Image:
    shape = (reading.count(_IMAGE, "LINES"), reading.count(_IMAGE, "LINE_SAMPLES"))
    for key in ("LINE_PREFIX_BYTES", "LINE_SUFFIX_BYTES"):
        if reading.number(_IMAGE, key, 0.0) != 0:
            reading.fault(_IMAGE, key, "bytes between the lines", "0")
    if reading.count(_IMAGE, "BANDS", 1) != 1:
        reading.fault(_IMAGE, "BANDS", "several", "1")
    kind = _kind(reading)
    metre = {"METER": 1.0, "METERS": 1.0, "M": 1.0, "KILOMETER": 1000.0, "KILOMETERS": 1000.0, "KM": 1000.0}
    unit = reading.word(_IMAGE, "UNIT")
    if unit and unit not in metre:
        reading.fault(_IMAGE, "UNIT", repr(unit), "METER or KILOMETER", "give a map of heights")
    worth = metre.get(unit, 1.0)
    offset_m = reading.number(_IMAGE, "OFFSET", 0.0) * worth
    if offset_m > radius_m / 2:  # LOLA's: with it, values are distances from the centre
        offset_m -= radius_m
    missing = [
        reading.number(_IMAGE, key)
        for key in ("MISSING_CONSTANT", "INVALID_CONSTANT")
        if reading.label.find(_IMAGE, key)
    ]
    file, start = _file(reading)
    if not reading.faults:
        _measured(reading, file, start + shape[0] * shape[1] * kind.itemsize)
    to_m = (reading.number(_IMAGE, "SCALING_FACTOR", 1.0) * worth, offset_m)
    return _Image(file, start, shape, kind, to_m, missing[0] if missing else None)


def _kind(reading: Reading) -> np.dtype[np.generic]:
    kind, bits = reading.word(_IMAGE, "SAMPLE_TYPE"), reading.count(_IMAGE, "SAMPLE_BITS")
    if kind and kind not in SAMPLE_TYPES:
        allowed = ", ".join(name.replace(" ", "_") for name in SAMPLE_TYPES)
        reading.fault(_IMAGE, "SAMPLE_TYPE", repr(kind), allowed)
        return np.dtype("i2")
    letter = SAMPLE_TYPES.get(kind, "<i")
    allowed_bits = (32, 64) if letter[1] == "f" else (8, 16, 32)
    if bits and bits not in allowed_bits:
        reading.fault(_IMAGE, "SAMPLE_BITS", f"{bits}", " or ".join(str(b) for b in allowed_bits))
        return np.dtype("i2")
    return np.dtype(f"{letter}{max(bits, 8) // 8 if bits else 4}")


def _file(reading: Reading) -> tuple[Path, int]:
    """The file that the pointer ^IMAGE names, which must lie beside the label, and the byte where the image begins."""
    label = reading.label
    # The pointer stands outside all objects, or within the one that describes the file.
    of = next((of for of in ("", "FILE", "UNCOMPRESSED_FILE") if label.find(of, "^IMAGE")), "")
    entry = label.find(of, "^IMAGE")
    read = _POINTER.match(entry.text) if entry else None
    if read is None or not (read[1] or read[2]):
        reading.fault(of, "^IMAGE", "no file is named", 'a name, as "LDEM_875S_5M.IMG"')
        return label.file, 0
    start = 0
    if read[2]:
        size = 1 if read[3] else _record_bytes(reading)
        start = (int(read[2]) - 1) * size
    name = (read[1] or label.file.name).strip()
    if Path(name).name != name or "\\" in name or name in (".", "..") or len(name.encode()) > _LONGEST_NAME:
        reading.fault(of, "^IMAGE", repr(name[:60]), "a file in the folder of its label")
        return label.file, 0
    if name.upper().endswith((".JP2", ".ZIP")):
        reading.fault(of, "^IMAGE", f"{name} is compressed", "an uncompressed .IMG")
    image = _beside(label.file, name)
    if image.is_file() and not beside(image, label.file):
        reading.fault(
            of, "^IMAGE", f"{name} is a link to another folder", "a file in the folder of its label"
        )
    return image, start


def beside(file: Path, other: Path) -> bool:
    """Whether two files, links followed, lie in one folder: a link must not lead from a label to any file of the machine."""
    return file.resolve().parent == other.resolve().parent


def _record_bytes(reading: Reading, default: int | None = None) -> int:
    """How long a record is, which the file's description says or the label as a whole."""
    of = next((of for of in ("UNCOMPRESSED_FILE", "FILE") if reading.label.find(of, "RECORD_BYTES")), "")
    return reading.count(of, "RECORD_BYTES", default)


def _beside(label_file: Path, name: str) -> Path:
    """The file of that name in the label's folder, in capitals or not: PDS names are capitals, servers' often small."""
    exact = label_file.with_name(name)
    if exact.is_file():
        return exact
    alike = [file for file in label_file.parent.iterdir() if file.name.upper() == name.upper()]
    return min(alike) if alike else exact


def _measured(reading: Reading, file: Path, least_bytes: int) -> None:
    """Whether the file is as long as its label says; it may be filled up to a whole record."""
    if not file.is_file():
        found = f"{file.name} is not there"
        reading.fault("", "^IMAGE", found, "a file beside its label", "put it there")
        return
    size = file.stat().st_size
    spare = _record_bytes(reading, 0)
    told = f"{file.name} has {size:,} bytes, its label describes {least_bytes:,}"
    if size < least_bytes:
        reading.fault(_IMAGE, "LINES", told, f"{least_bytes:,} bytes", "it is cut off: fetch it again")
    elif size > least_bytes + spare:
        reading.fault(_IMAGE, "LINES", told, f"{least_bytes:,} bytes", "the label is of another file")


def _pixels(image: _Image, window: Window) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """The window's values, line by line: what lies between is never in memory."""
    pixels = np.empty((window.lines, window.samples), dtype=image.kind)
    size = image.kind.itemsize
    with image.file.open("rb") as stream:
        for number in range(window.lines):
            first = (window.line + number) * image.shape[1] + window.sample
            stream.seek(image.start + first * size)
            line = stream.read(window.samples * size)
            if len(line) < window.samples * size:
                fault = Fault(str(image.file), 0, "", "ends while it is read", "", "fetch it again")
                raise SiteError((fault,))
            pixels[number] = np.frombuffer(line, dtype=image.kind)
    return pixels
