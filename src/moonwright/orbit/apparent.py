"""Where a body stands in the sky of a place, or of a body's centre.

Apparent directions are what a camera sees: the light left the body earlier, by the time it took , and
its direction is bent by the place's own speed (aberration). Geometric ones say where the body is at that
instant. The bending of light by gravity (under 0.02 arcsec but for a body beside the Sun) and by air is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.compiled import compiled, inlined
from moonwright.errors import InternalError
from moonwright.orbit import kernel
from moonwright.orbit.ephemeris import code, covered, records
from moonwright.orbit.frames import SPIN_RAD_S, fixed_axes
from moonwright.orbit.kernel import Floats, State, Vector
from moonwright.orbit.vectors import minus, norm

LIGHT_M_S: Final = 299792458.0  # SI, 1983

Codes = NDArray[np.int64]


class Figure(NamedTuple):
    """The shape that heights are counted from: an ellipsoid of revolution."""

    equatorial_m: float
    flattening: float


FIGURES: Final = {
    "earth": Figure(6378137.0, 1 / 298.257223563),  # WGS 84
    "moon": Figure(1737400.0, 0.0),  # the sphere of IAU 2015 and of LOLA's maps
}

# What is seen as a disc: mean radii, of the Sun nominal (IAU 2015 Resolution B3), the others IAU WGCCRE 2015.
DISC_RADII_M: Final = {"sun": 695.7e6, "earth": 6371.0084e3, "moon": 1737.4e3}


@dataclass(frozen=True)
class Site:
    """A place on a body: latitude and east longitude (rad), and height (m) above the body's figure.

    On the Earth the latitude is geodetic (WGS 84), on the Moon that of MOON_ME.
    """

    body: str
    latitude_rad: float
    longitude_rad: float
    height_m: float = 0.0

    def __post_init__(self) -> None:
        if self.body not in FIGURES:
            raise InternalError(f"there are no places on {self.body!r}; allowed: {', '.join(FIGURES)}")
        if not abs(self.latitude_rad) <= math.pi / 2:
            raise InternalError(
                f"no latitude: {self.latitude_rad} rad; degrees are turned into radians first"
            )

    @property
    def up(self) -> Floats:
        """The unit vector away from the ground, in the body's axes."""
        cosine = math.cos(self.latitude_rad)
        return np.array(
            [
                cosine * math.cos(self.longitude_rad),
                cosine * math.sin(self.longitude_rad),
                math.sin(self.latitude_rad),
            ]
        )

    @property
    def fixed_m(self) -> Floats:
        """The place from the body's centre, in the body's axes."""
        figure, up = FIGURES[self.body], self.up
        squeezed = (1.0 - figure.flattening) ** 2
        across_m = figure.equatorial_m / math.sqrt(up[0] ** 2 + up[1] ** 2 + squeezed * up[2] ** 2)
        return np.array([across_m, across_m, across_m * squeezed]) * up + self.height_m * up

    @property
    def horizon_axes(self) -> Floats:
        """Rows: north, east, up, in the body's axes; at a pole, north is towards longitude 180 degrees from the site's."""
        sin_lat, cos_lat = math.sin(self.latitude_rad), math.cos(self.latitude_rad)
        sin_lon, cos_lon = math.sin(self.longitude_rad), math.cos(self.longitude_rad)
        return np.array(
            [
                (-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat),
                (-sin_lon, cos_lon, 0.0),
                (cos_lat * cos_lon, cos_lat * sin_lon, sin_lat),
            ]
        )


class View(NamedTuple):
    """Azimuth (rad, from north over east, 0 to 2 pi), elevation above the horizontal (rad), distance (m)."""

    azimuth_rad: Floats
    elevation_rad: Floats
    distance_m: Floats


def seen_from(site: Site, body: str, et_s: ArrayLike, *, apparent: bool = True) -> View:
    """Where `body` (its centre) stands in the sky of `site`, apparent or geometric."""
    return sky(site, (body,), et_s, apparent=apparent)[0]


def sky(site: Site, bodies: Sequence[str], et_s: ArrayLike, *, apparent: bool = True) -> tuple[View, ...]:
    """`seen_from` for several bodies at once, which takes less time than one after the other."""
    times_s = covered(et_s)
    velocity_m_s = np.cross([0.0, 0.0, SPIN_RAD_S[site.body]], site.fixed_m)
    codes = np.array([code(body) for body in bodies])
    standing = (site.fixed_m, velocity_m_s, site.horizon_axes)
    found = _sky(
        records(), codes, code(site.body), times_s, fixed_axes(site.body, times_s), standing, apparent
    )
    return tuple(View(*of_body) for of_body in found)


def directions(body: str, origin: str, et_s: ArrayLike, *, apparent: bool = True) -> tuple[Floats, Floats]:
    """Unit vectors (n, 3), ICRF, and distances (n), in m, of `body` from the centre of `origin`."""
    if body == origin:
        raise InternalError(f"no direction leads from the centre of {body!r} to itself")
    vectors = _from_centre(records(), code(body), code(origin), covered(et_s), apparent)
    distances_m = np.linalg.norm(vectors, axis=1)
    return vectors / distances_m[:, None], distances_m


def angular_radius_rad(body: str, distance_m: ArrayLike) -> Floats:
    """Half the angle under which the disc of `body` appears, from a distance to its centre."""
    return np.asarray(np.arcsin(DISC_RADII_M[body] / np.asarray(distance_m, dtype=np.float64)))


@inlined
def look(records: Floats, body: int, et_s: float, observer: State, apparent: bool) -> Vector:
    """The vector (m) to `body` from an observer, whose place and velocity are seen from the solar system's barycentre.

    Its length is the way of the light. That is found from where the body is at `et_s` and where it was a first
    guess of the light's time earlier: on the line through both, which it leaves by less than 0.2 m.
    """
    place, velocity = observer
    now = minus(kernel.position(records, body, kernel.SOLAR_SYSTEM_BARYCENTRE, et_s), place)
    if not apparent:
        return now
    now_m = norm(now)
    then = minus(
        kernel.position(records, body, kernel.SOLAR_SYSTEM_BARYCENTRE, et_s - now_m / LIGHT_M_S), place
    )
    further = norm(then) / now_m - 1.0
    seen = (
        then[0] + further * (then[0] - now[0]),
        then[1] + further * (then[1] - now[1]),
        then[2] + further * (then[2] - now[2]),
    )
    return _aberrated(seen, velocity)


@inlined
def _aberrated(seen: Vector, velocity: Vector) -> Vector:
    """A vector turned towards the observer's velocity, by the angle whose sine is the part of v/c across it.

    The classical formula, which SPICE uses, too; relativity changes it by less than 0.6 mas at the Earth's speed.
    """
    distance_m = norm(seen)
    unit = (seen[0] / distance_m, seen[1] / distance_m, seen[2] / distance_m)
    along = unit[0] * velocity[0] + unit[1] * velocity[1] + unit[2] * velocity[2]
    across = (
        (velocity[0] - along * unit[0]) / LIGHT_M_S,
        (velocity[1] - along * unit[1]) / LIGHT_M_S,
        (velocity[2] - along * unit[2]) / LIGHT_M_S,
    )
    kept = math.sqrt(1.0 - (across[0] ** 2 + across[1] ** 2 + across[2] ** 2))
    return (
        distance_m * (kept * unit[0] + across[0]),
        distance_m * (kept * unit[1] + across[1]),
        distance_m * (kept * unit[2] + across[2]),
    )


@compiled
def _from_centre(records: Floats, body: int, origin: int, et_s: Floats, apparent: bool) -> Floats:
    out = np.empty((et_s.shape[0], 3))
    for i in range(et_s.shape[0]):
        observer = kernel.state(records, origin, kernel.SOLAR_SYSTEM_BARYCENTRE, et_s[i])
        out[i, 0], out[i, 1], out[i, 2] = look(records, body, et_s[i], observer, apparent)
    return out


@compiled
def _sky(
    records: Floats,
    bodies: Codes,
    below: int,
    et_s: Floats,
    axes: Floats,
    standing: tuple[Floats, Floats, Floats],
    apparent: bool,
) -> Floats:
    """Azimuth, elevation, distance of each body, (bodies, 3, n), from a site on the body `below`.

    `axes` are those of that body at each instant; `standing` is the site's place, velocity and horizon in them.
    """
    out = np.empty((bodies.shape[0], 3, et_s.shape[0]))
    for i in range(et_s.shape[0]):
        centre = kernel.state(records, below, kernel.SOLAR_SYSTEM_BARYCENTRE, et_s[i])
        observer = (
            _fixed_to(axes[i], standing[0], centre[0]),
            _fixed_to(axes[i], standing[1], centre[1]),
        )
        for b in range(bodies.shape[0]):
            seen = look(records, bodies[b], et_s[i], observer, apparent)
            north, east, up = _turned(standing[2], _turned(axes[i], seen))
            azimuth = math.atan2(east, north)
            out[b, 0, i] = azimuth if azimuth >= 0.0 else azimuth + 2.0 * math.pi
            out[b, 1, i] = math.atan2(up, math.sqrt(north**2 + east**2))
            out[b, 2, i] = norm(seen)
    return out


@inlined
def _turned(axes: Floats, vector: Vector) -> Vector:
    return (
        axes[0, 0] * vector[0] + axes[0, 1] * vector[1] + axes[0, 2] * vector[2],
        axes[1, 0] * vector[0] + axes[1, 1] * vector[1] + axes[1, 2] * vector[2],
        axes[2, 0] * vector[0] + axes[2, 1] * vector[1] + axes[2, 2] * vector[2],
    )


@inlined
def _fixed_to(axes: Floats, fixed: Floats, centre: Vector) -> Vector:
    """`centre` plus a vector that is given in `axes`."""
    return (
        centre[0] + axes[0, 0] * fixed[0] + axes[1, 0] * fixed[1] + axes[2, 0] * fixed[2],
        centre[1] + axes[0, 1] * fixed[0] + axes[1, 1] * fixed[1] + axes[2, 1] * fixed[2],
        centre[2] + axes[0, 2] * fixed[0] + axes[1, 2] * fixed[1] + axes[2, 2] * fixed[2],
    )
