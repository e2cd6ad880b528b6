"""The polar stereographic map of a sphere, in which LOLA's polar terrain models come.

Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), equations 21-5 to 21-12 with scale 1 at
the pole. Which way is up follows LOLA's DSMAP_POLAR.CAT in its words (its formula for longitude has been wrong for
either pole in turn): in the north longitude 0 runs down from the pole, in the south up; 90 east is to the right in both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.compiled import inlined

Floats = NDArray[np.float64]


class Drawn(NamedTuple):
    """What compiled code needs of a map: numbers only."""

    radius_m: float
    hemisphere: float
    cos_centre: float
    sin_centre: float
    scale_m: float
    pole_line: float
    pole_sample: float


@dataclass(frozen=True)
class PolarMap:
    """A grid of square pixels on a polar stereographic map of a sphere of `radius_m`.

    `scale_m` is the size of a pixel at the pole (m); away from it a pixel covers less ground. Lines count downwards
    and samples to the right, from 0 at the centre of the first pixel. The pole stands at (`pole_line`, `pole_sample`),
    which may lie outside the grid; `centre_longitude_rad` is the meridian that runs straight down (or up, in the south).
    """

    radius_m: float
    south: bool
    scale_m: float
    pole_line: float
    pole_sample: float
    centre_longitude_rad: float = 0.0

    def pixel(self, latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> tuple[Floats, Floats]:
        """Line and sample, with fractions, of places on the sphere."""
        latitude, longitude = np.asarray(latitude_rad), np.asarray(longitude_rad) - self.centre_longitude_rad
        colatitude = math.pi / 2 + self._hemisphere * -latitude
        from_pole = 2.0 * self.radius_m / self.scale_m * np.tan(colatitude / 2.0)
        down = self._hemisphere * np.cos(longitude)
        return self.pole_line + from_pole * down, self.pole_sample + from_pole * np.sin(longitude)

    def place(self, line: ArrayLike, sample: ArrayLike) -> tuple[Floats, Floats]:
        """Latitude and east longitude (rad, longitude within ±pi of the centre's) of points on the map."""
        right = np.asarray(sample) - self.pole_sample
        down = self._hemisphere * (np.asarray(line) - self.pole_line)
        colatitude = 2.0 * np.arctan(np.hypot(right, down) * self.scale_m / (2.0 * self.radius_m))
        longitude = np.arctan2(right, down) + self.centre_longitude_rad
        return self._hemisphere * (math.pi / 2 - colatitude), longitude

    def magnified(self, latitude_rad: float) -> float:
        """Length on the map over length on the ground, at a latitude: 1 at the pole, 2 at the equator."""
        return 2.0 / (1.0 + self._hemisphere * math.sin(latitude_rad))

    def moved(self, lines: int, samples: int) -> PolarMap:
        """The map of a window whose first pixel is at (`lines`, `samples`) of this one."""
        return PolarMap(
            self.radius_m,
            self.south,
            self.scale_m,
            self.pole_line - lines,
            self.pole_sample - samples,
            self.centre_longitude_rad,
        )

    @property
    def drawn(self) -> Drawn:
        """For compiled code."""
        cosine, sine = math.cos(self.centre_longitude_rad), math.sin(self.centre_longitude_rad)
        return Drawn(
            self.radius_m, self._hemisphere, cosine, sine, self.scale_m, self.pole_line, self.pole_sample
        )

    @property
    def _hemisphere(self) -> float:
        return -1.0 if self.south else 1.0


@inlined
def drawn_at(drawn: Drawn, x: float, y: float, z: float) -> tuple[float, float]:
    """Line and sample of a place given as a unit vector from the sphere's centre: `PolarMap.pixel` without trigonometry."""
    pixels = 2.0 * drawn.radius_m / (drawn.scale_m * (1.0 + drawn.hemisphere * z))
    along = x * drawn.cos_centre + y * drawn.sin_centre
    right = y * drawn.cos_centre - x * drawn.sin_centre
    return drawn.pole_line + drawn.hemisphere * pixels * along, drawn.pole_sample + pixels * right
