"""Heights of the ground around a site, as read from a terrain model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.compiled import compiled
from moonwright.errors import Fault, SiteError
from moonwright.site.stereographic import Floats, PolarMap

Heights = NDArray[np.float32]

# 320 MB of heights, which with what is read leaves room below the gigabyte that Moonwright keeps to: 44 km square at 5 m.
LARGEST_PIXELS: Final = 80_000_000
# Where no reach is asked for: 140 MB, so that several maps fit. 15 km around a place at 5 m, 360 km at 120 m.
USUAL_PIXELS: Final = 36_000_000
LINES_AT_ONCE: Final = 256  # are checked, so that what is made on the way stays small
# The ground of the Moon stays within 0.6 % of its radius, that of Mars within 0.7 %: more is not a height in metres.
FARTHEST_FROM_SPHERE: Final = 0.02
BLOCK: Final = 32  # pixels a side; what is searched for a horizon is passed over in blocks


@compiled
def block_tops(heights_m: Heights) -> Floats:
    """For each block of pixels, the greatest height in it and in the eight around it."""
    lines, samples = heights_m.shape
    rows, columns = (lines - 1) // BLOCK + 1, (samples - 1) // BLOCK + 1
    own = np.full((rows, columns), -np.inf)
    for line in range(lines):
        for sample in range(samples):
            row, column = line // BLOCK, sample // BLOCK
            own[row, column] = max(own[row, column], heights_m[line, sample])
    tops = own.copy()
    for row in range(rows):
        for column in range(columns):
            for r in range(max(0, row - 1), min(rows, row + 2)):
                for c in range(max(0, column - 1), min(columns, column + 2)):
                    tops[row, column] = max(tops[row, column], own[r, c])
    return tops


@dataclass(frozen=True)
class Place:
    """A point on the ground of the body: latitude and east longitude, rad."""

    latitude_rad: float
    longitude_rad: float

    @property
    def axes(self) -> Floats:
        """Rows: north, east, up, in the body's axes; at a pole, those of the meridian that it names."""
        sin_lat, cos_lat = math.sin(self.latitude_rad), math.cos(self.latitude_rad)
        sin_lon, cos_lon = math.sin(self.longitude_rad), math.cos(self.longitude_rad)
        north = (-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat)
        up = (cos_lat * cos_lon, cos_lat * sin_lon, sin_lat)
        return np.array([north, (-sin_lon, cos_lon, 0.0), up])

    def __str__(self) -> str:
        """As a person says it: degrees, north or south, east."""
        latitude_deg = math.degrees(self.latitude_rad)
        side = "N" if latitude_deg >= 0 else "S"
        return f"{abs(latitude_deg):.4f} {side} {math.degrees(self.longitude_rad) % 360.0:.4f} E"


@dataclass(frozen=True)
class Window:
    """The part of a grid that is read: lines and samples from the first to before the last."""

    line: int
    sample: int
    lines: int
    samples: int


@dataclass(frozen=True)
class Terrain:
    """Heights (m) above the sphere of `map`, one a pixel; `source` says where they come from."""

    heights_m: Heights
    map: PolarMap
    source: str

    @cached_property
    def tops_m(self) -> Floats:
        """The greatest height in and next to each block of pixels: how a search for the horizon passes over low ground."""
        return block_tops(self.heights_m)

    def height_m(self, place: Place) -> float:
        """The height of the ground at a place, between the four pixels around it."""
        line, sample = (float(at) for at in self.map.pixel(place.latitude_rad, place.longitude_rad))
        lines, samples = self.heights_m.shape
        if not (0.0 <= line <= lines - 1 and 0.0 <= sample <= samples - 1):
            raise SiteError((_elsewhere(self.source, place, (lines, samples), self.map),))
        top, left = min(int(line), lines - 2), min(int(sample), samples - 2)
        down, right = line - top, sample - left
        corners = self.heights_m[top : top + 2, left : left + 2].astype(np.float64)
        return float(np.array([1.0 - down, down]) @ corners @ np.array([1.0 - right, right]))

    def reach_m(self, place: Place) -> float:
        """How far (m along the ground) the terrain reaches around a place in every direction."""
        return _reach_m(self.map, self.heights_m.shape, place)


def window_around(
    grid: PolarMap, shape: tuple[int, int], place: Place, reach_m: float | None, file: Path
) -> tuple[Window, tuple[Fault, ...]]:
    """The least window that holds all ground within `reach_m` of a place, and what forbids to read it.

    None reaches as far as the map does in all directions, or as USUAL_PIXELS allow.
    """
    line, sample = (float(at) for at in grid.pixel(place.latitude_rad, place.longitude_rad))
    nothing = Window(0, 0, 0, 0)
    if not (0.0 <= line <= shape[0] - 1 and 0.0 <= sample <= shape[1] - 1):
        return nothing, (_elsewhere(str(file), place, shape, grid),)
    known_m = _reach_m(grid, shape, place)
    if reach_m is None:
        # A twentieth less, since away from the pole a pixel is less ground: by 2 % at 15 degrees.
        reach_m = min(known_m, 0.95 * math.sqrt(USUAL_PIXELS) / 2 * grid.scale_m)
    if not reach_m >= grid.scale_m:
        allowed = f"at least a pixel, {grid.scale_m:g} m"
        return nothing, (Fault(str(file), 0, "reach", f"{reach_m:g} m is no distance to look", allowed, ""),)
    if reach_m > known_m:
        found = f"the map ends {known_m / 1000:.1f} km from {place}, before {reach_m / 1000:.1f} km"
        todo = "ask for less, or give a map that covers more (a coarser one for what is far)"
        return nothing, (Fault(str(file), 0, "reach", found, f"up to {known_m / 1000:.1f} km", todo),)
    window = _window(grid, shape, place, reach_m)
    pixels = window.lines * window.samples
    if pixels > LARGEST_PIXELS:
        found = f"{reach_m / 1000:.1f} km around {place} are {pixels / 1e6:,.0f} million pixels"
        todo = "look less far at this resolution, and add a coarser map for what is farther"
        return window, (
            Fault(str(file), 0, "reach", found, f"up to {LARGEST_PIXELS / 1e6:.0f} million", todo),
        )
    return window, ()


def heights_checked(
    raw: NDArray[np.generic], to_m: tuple[float, float], radius_m: float, missing: float | None, file: Path
) -> Heights:
    """Heights in m, `to_m[0] * raw + to_m[1]`, or the error that they are not heights of the whole ground."""
    heights = np.empty(raw.shape, dtype=np.float32)
    lost, wild, example_m = 0, 0, 0.0
    for first in range(0, len(raw), LINES_AT_ONCE):
        lines = raw[first : first + LINES_AT_ONCE].astype(np.float64)
        some_m = lines * to_m[0] + to_m[1]
        gaps = ~np.isfinite(some_m)
        if missing is not None:
            gaps |= lines == (raw.dtype.type(missing) if raw.dtype.kind == "f" else missing)
        beyond = ~gaps & (np.abs(some_m) > FARTHEST_FROM_SPHERE * radius_m)
        lost, wild = lost + int(gaps.sum()), wild + int(beyond.sum())
        example_m = float(some_m[beyond][0]) if beyond.any() and not example_m else example_m
        heights[first : first + LINES_AT_ONCE] = some_m
    faults = []
    if lost:
        found = f"{lost:,} of {raw.size:,} pixels around the site hold no height"
        faults.append(
            Fault(str(file), 0, "", found, "heights everywhere", "fill the gaps, or give another map")
        )
    if wild:
        found = f"{wild:,} heights are like {example_m:,.0f} m"
        allowed = f"at most {FARTHEST_FROM_SPHERE * radius_m / 1000:,.0f} km from the sphere"
        faults.append(
            Fault(str(file), 0, "", found, allowed, "the data are broken, or the label is not theirs")
        )
    if faults:
        raise SiteError(tuple(faults))
    return heights


def _elsewhere(file: str, place: Place, shape: tuple[int, int], grid: PolarMap) -> Fault:
    middle = grid.place((shape[0] - 1) / 2, (shape[1] - 1) / 2)
    found = f"{place} lies outside the map"
    allowed = f"the map's middle is {Place(float(middle[0]), float(middle[1]))}, it is {shape[0]} x {shape[1]} pixels"
    return Fault(
        file, 0, "site", found, allowed, "give a map of the site, or check the signs of its coordinates"
    )


def _reach_m(grid: PolarMap, shape: tuple[int, int], place: Place) -> float:
    """The way to the nearest pixel of the map's edge."""
    lines, samples = np.arange(shape[0], dtype=np.float64), np.arange(shape[1], dtype=np.float64)
    edge_line = np.concatenate([np.zeros(shape[1]), np.full(shape[1], shape[0] - 1.0), lines, lines])
    edge_sample = np.concatenate([samples, samples, np.zeros(shape[0]), np.full(shape[0], shape[1] - 1.0)])
    latitude, longitude = grid.place(edge_line, edge_sample)
    across = (
        np.sin((latitude - place.latitude_rad) / 2) ** 2
        + math.cos(place.latitude_rad) * np.cos(latitude) * np.sin((longitude - place.longitude_rad) / 2) ** 2
    )
    return float(2.0 * grid.radius_m * np.arcsin(np.sqrt(across.min())))


def _window(grid: PolarMap, shape: tuple[int, int], place: Place, reach_m: float) -> Window:
    """The square around the circle of `reach_m`, which the map shows as a circle, too, though not about the place."""
    bearing = np.linspace(0.0, 2.0 * math.pi, 720, endpoint=False)
    away = reach_m / grid.radius_m
    ahead = np.column_stack([np.cos(bearing), np.sin(bearing)]) * math.sin(away)
    x, y, z = np.column_stack([ahead, np.full(720, math.cos(away))]).dot(place.axes).T
    latitude, longitude = np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)
    line, sample = grid.pixel(latitude, longitude)
    # Between two of 720 bearings a circle bulges by 1e-5 of its radius: two pixels more are enough, and one for corners.
    first_line, first_sample = max(0, int(line.min()) - 2), max(0, int(sample.min()) - 2)
    after_line = min(shape[0], math.ceil(line.max()) + 3)
    after_sample = min(shape[1], math.ceil(sample.max()) + 3)
    return Window(first_line, first_sample, after_line - first_line, after_sample - first_sample)
