"""What of the sky the ground hides: the elevation of the horizon by azimuth, from terrain or, failing that, flat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import Fault, InternalError, SiteError
from moonwright.site.march import march
from moonwright.site.stereographic import Floats
from moonwright.site.terrain import Place, Terrain

AZIMUTHS: Final = 1440  # a quarter of a degree, half the Sun's disc


@dataclass(frozen=True)
class Horizon:
    """Elevation (rad) of the horizon by azimuth (rad, from north over east, rising, within 0 and 2 pi), linear in between.

    `source` says where it comes from, for the reader of a report. `distance_m` is how far away the ground stands that
    makes it, where known.
    """

    azimuth_rad: Floats
    elevation_rad: Floats
    source: str
    distance_m: Floats | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        azimuth, elevation = self.azimuth_rad, self.elevation_rad
        if azimuth.shape != elevation.shape or azimuth.ndim != 1 or not len(azimuth):
            raise InternalError(f"a horizon of {azimuth.shape} azimuths and {elevation.shape} elevations")
        if not (azimuth[0] >= 0.0 and azimuth[-1] < 2 * math.pi and (np.diff(azimuth) > 0.0).all()):
            raise InternalError("the azimuths of a horizon rise from 0 to below 2 pi")
        if not (np.isfinite(elevation).all() and (np.abs(elevation) <= math.pi / 2).all()):
            raise InternalError("the elevations of a horizon lie within ±pi/2")

    def at(self, azimuth_rad: ArrayLike) -> Floats:
        """Elevation (rad) of the horizon at any azimuths."""
        return np.interp(
            np.asarray(azimuth_rad, dtype=np.float64),
            self.azimuth_rad,
            self.elevation_rad,
            period=2 * math.pi,
        )

    def over(self, other: Horizon) -> Horizon:
        """The higher of both at each azimuth of either, as when one knows what is near and one what is far."""
        azimuth = np.union1d(self.azimuth_rad, other.azimuth_rad)
        higher = np.maximum(self.at(azimuth), other.at(azimuth))
        return Horizon(azimuth, higher, f"{self.source}; {other.source}")


def flat_horizon(mast_m: float, radius_m: float) -> Horizon:
    """The horizon of a smooth sphere, seen from a mast: it lies lower than the horizontal by acos(R / (R + h))."""
    if not (mast_m >= 0.0 and radius_m > 0.0):
        raise InternalError(f"a mast of {mast_m} m on a sphere of {radius_m} m")
    dip = math.acos(radius_m / (radius_m + mast_m))
    return Horizon(np.zeros(1), np.array([-dip]), f"no terrain: a flat ground seen from {mast_m:g} m")


def terrain_horizon(
    terrain: Terrain,
    place: Place,
    mast_m: float,
    *,
    reach_m: float | None = None,
    nearest_m: float = 0.0,
    ground_m: float | None = None,
    azimuths: int = AZIMUTHS,
) -> Horizon:
    """The horizon around a place, seen from `mast_m` above its ground, by what lies from `nearest_m` to `reach_m` away.

    Without a reach all ground counts up to the nearest edge of the terrain. `ground_m` is the height of the site's
    ground where a finer terrain knows it better. Error: that of the heights, and what a pixel smooths away.
    """
    known_m = terrain.reach_m(place)
    reach_m = known_m if reach_m is None else reach_m
    first_m = max(nearest_m, terrain.map.scale_m)
    if not (first_m < reach_m <= known_m and mast_m >= 0.0):
        found = f"ground from {first_m:g} m to {reach_m:g} m, seen from {mast_m:g} m above it"
        allowed = f"up to {known_m:,.0f} m, from a mast of 0 m or more"
        raise SiteError((Fault(terrain.source, 0, "reach", found, allowed, ""),))
    ground_m = terrain.height_m(place) if ground_m is None else ground_m
    eye_m = terrain.map.radius_m + ground_m + mast_m
    way = np.array([first_m, terrain.map.scale_m, reach_m], dtype=np.float64) / terrain.map.radius_m
    bearings = np.linspace(0.0, 2 * math.pi, azimuths, endpoint=False, dtype=np.float64)
    elevation, distance_m = march(
        terrain.heights_m, terrain.tops_m, terrain.map.drawn, place.axes, eye_m, way, bearings
    )
    source = f"{terrain.source}, {first_m:,.0f} m to {reach_m / 1000:,.1f} km, seen from {mast_m:g} m"
    return Horizon(bearings, elevation, source, distance_m)


def nested_horizon(terrains: Sequence[Terrain], place: Place, mast_m: float) -> Horizon:
    """The horizon by several terrains, from the finest and nearest to the coarsest; each counts beyond the one before."""
    ground_m = terrains[0].height_m(place)
    nearest_m, horizon = 0.0, None
    for terrain in terrains:
        if terrain.reach_m(place) <= nearest_m:
            found = f"reaches {terrain.reach_m(place) / 1000:,.1f} km, less than the map before it"
            raise SiteError(
                (Fault(terrain.source, 0, "reach", found, "fine and near before coarse and far", ""),)
            )
        seen = terrain_horizon(terrain, place, mast_m, nearest_m=nearest_m, ground_m=ground_m)
        horizon = seen if horizon is None else horizon.over(seen)
        nearest_m = terrain.reach_m(place)
    if horizon is None:
        raise InternalError("no terrain to see a horizon in")
    return horizon
