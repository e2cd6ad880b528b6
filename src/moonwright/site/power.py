"""Power from light, and what must be stored to live through the dark."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import InternalError
from moonwright.site.light import Disc
from moonwright.site.stereographic import Floats

SUN_W_M2: Final = 1361.0  # nominal total solar irradiance at 1 au; IAU 2015 Resolution B3
# Half the angle of the Sun's disc at 1 au: nominal radius 695.7e6 m (the same resolution) over 149 597 870 700 m.
SUN_RADIUS_1AU_RAD: Final = math.asin(695.7e6 / 149_597_870_700.0)


@dataclass(frozen=True)
class Array:
    """A solar array: what it gives (kW) facing the whole Sun at 1 au, and how it is held.

    `turning`: upright, turned about the vertical towards the Sun; `tracking`: always faces the Sun; `fixed`: its normal
    stays at `azimuth_rad` (from north over east) and `elevation_rad` (pi/2 lies flat on the ground).
    """

    rated_kw: float
    mount: Literal["turning", "tracking", "fixed"]
    azimuth_rad: float = 0.0
    elevation_rad: float = 0.0

    def __post_init__(self) -> None:
        if not (self.rated_kw >= 0.0 and abs(self.elevation_rad) <= math.pi / 2):
            raise InternalError(f"no array: {self}")


def array_kw(array: Array, sun: Disc, share: Floats) -> Floats:
    """What an array gives (kW) at each time, of a Sun of which `share` is seen.

    Its output follows the light that falls on it; what heat, age and partial shadow cost is the rating's business.
    The Sun's distance comes in by the size of its disc.
    """
    nearness = (np.sin(sun.radius_rad) / math.sin(SUN_RADIUS_1AU_RAD)) ** 2
    return array.rated_kw * share * nearness * _facing(array, sun)


def _facing(array: Array, sun: Disc) -> Floats:
    """The cosine between the array's normal and the Sun, 0 from behind."""
    if array.mount == "tracking":
        return np.ones_like(sun.elevation_rad)
    if array.mount == "turning":
        return np.asarray(np.cos(sun.elevation_rad))
    level = np.cos(sun.elevation_rad) * math.cos(array.elevation_rad)
    cosine = level * np.cos(sun.azimuth_rad - array.azimuth_rad)
    return np.maximum(0.0, cosine + np.sin(sun.elevation_rad) * math.sin(array.elevation_rad))


@dataclass(frozen=True)
class Storing:
    """What a store must hold (kWh, of what it gives out), when it is emptiest, and what is missing in it at the end.

    A store that begins full and is as large as `needed_kwh` never runs dry. Where supply does not keep up with the
    load over the whole time, `lasting_kwh` keeps growing: then a larger supply is needed, not a larger store.
    """

    needed_kwh: float
    emptiest_d: float
    lasting_kwh: float


def storage_needed(
    time_d: Floats, supply_kw: Floats, load_kw: ArrayLike, *, round_trip: float = 1.0
) -> Storing:
    """The store that carries a load over all gaps of a supply, both given at equal steps of time.

    `round_trip` is what comes out of a store of what goes in. The deficit d follows d' = max(0, d + (load - supply) dt),
    what is left over being charged with that loss (Lindley's recursion); the need is its maximum.
    """
    steps_d = np.diff(time_d)
    if not (len(steps_d) and steps_d[0] > 0.0 and np.allclose(steps_d, steps_d[0], rtol=1e-6, atol=0.0)):
        raise InternalError("energy is counted at two times or more, at equal steps")
    if not 0.0 < round_trip <= 1.0:
        raise InternalError(f"a store gives back between 0 and all, not {round_trip}")
    short_kw = np.broadcast_to(np.asarray(load_kw, dtype=np.float64), supply_kw.shape) - supply_kw
    drawn_kwh = np.where(short_kw > 0.0, short_kw, short_kw * round_trip) * (24.0 * steps_d[0])
    total_kwh = np.cumsum(drawn_kwh)
    # Unrolled, the recursion is the running total less its least value so far, which is 0 before the first step.
    deficit_kwh = total_kwh - np.minimum.accumulate(np.minimum(total_kwh, 0.0))
    emptiest = int(deficit_kwh.argmax())
    return Storing(float(deficit_kwh[emptiest]), float(time_d[emptiest]), float(deficit_kwh[-1]))


def darkness_kwh(load_kw: float, darkness_d: float) -> float:
    """Energy (kWh) for a steady load through a darkness."""
    return load_kw * darkness_d * 24.0


def battery_kg(stored_kwh: float, *, specific_wh_kg: float, depth: float) -> float:
    """Mass of batteries that give `stored_kwh`, of which only the share `depth` may be drawn (depth of discharge)."""
    if not (specific_wh_kg > 0.0 and 0.0 < depth <= 1.0):
        raise InternalError(f"no battery: {specific_wh_kg} Wh/kg, depth of discharge {depth}")
    return stored_kwh * 1000.0 / (specific_wh_kg * depth)
