"""How thick the air is along a station's orbit, and how fast drag brings the orbit down.

The table beside this file holds NRLMSISE-00 (Picone et al. 2002), averaged over the orbit and over the local time of its
node: by inclination, month of the year, solar flux and geomagnetic index. data/density.md says how it was made.
Read between its values the table is within 1.6 % of the model (root mean square; 4 % at worst, above 500 km). The model
itself is good to about 15 % where its data are, which outweighs all else here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from moonwright.errors import OrbitError
from moonwright.orbit.circular import EARTH_MU_M3_S2, EARTH_RADIUS_M, EARTH_SPIN_RAD_S, Floats

DATA: Final = Path(__file__).with_name("data") / "density.npz"  # its source and licence: density.md beside it

FLOOR_M: Final = 120e3  # where the table begins, and where an orbit counts as ended: no turn is left below
CEILING_M: Final = 1000e3
DAY_S: Final = 86400.0

_FLUX_WEIGHT: Final = 0.37  # of a month beside its 81 days; 0.33-0.42 at 400 km (design/decay/weigh_flux.py)
_MOST_FLUX_SFU, _MOST_AP = 400.0, 200.0  # the table ends at 280 and 80: so far its slope is carried on


class Table(NamedTuple):
    """ln of the density in kg/m3 over (inclination, month of the year, flux, Ap, altitude), and the five axes."""

    ln_density: Floats
    inclination_deg: Floats
    flux_sfu: Floats
    ap: Floats
    altitude_m: Floats


class Air(NamedTuple):
    """The table at one inclination: ln of the density over (month of the year, flux, Ap, altitude)."""

    ln_density: Floats
    inclination_rad: float


@cache
def table() -> Table:
    """The shipped table, read once."""
    with np.load(DATA, allow_pickle=False) as data:
        return Table(
            data["ln_density"].astype(np.float64),
            data["inclination_deg"],
            data["flux_sfu"],
            data["ap"],
            data["altitude_km"] * 1e3,
        )


def altitudes_m() -> Floats:
    """The altitudes at which `ln_densities` gives its values, from the lowest."""
    return table().altitude_m


def air_over(inclination_deg: float) -> Air:
    """The table at an inclination between 0 and 180 degrees; linear between those it has."""
    if not 0 <= inclination_deg <= 180:
        raise OrbitError(f"an inclination lies between 0 and 180 degrees, not at {inclination_deg:g}")
    steep = min(inclination_deg, 180 - inclination_deg)  # the same latitudes, flown the other way
    axis = table().inclination_deg
    after = int(np.clip(np.searchsorted(axis, steep), 1, axis.size - 1))
    share = (steep - axis[after - 1]) / (axis[after] - axis[after - 1])
    ln_density = (1 - share) * table().ln_density[after - 1] + share * table().ln_density[after]
    return Air(ln_density, float(np.radians(inclination_deg)))


def effective_flux_sfu(flux_sfu: ArrayLike, flux_81d_sfu: ArrayLike) -> Floats:
    """The one flux that acts as a month's mean and its 81-day mean do together: F81 + 0.37 (F - F81)."""
    flux, mean = np.asarray(flux_sfu, dtype=np.float64), np.asarray(flux_81d_sfu, dtype=np.float64)
    return mean + _FLUX_WEIGHT * (flux - mean)


def ln_densities(air: Air, month: int, flux_sfu: Floats, ap: Floats) -> Floats:
    """ln of the mean density in kg/m3 at `altitudes_m`, (n, altitudes), in a month of the year (1-12).

    `flux_sfu` (effective, in 1e-22 W/m2/Hz) and `ap` are (n,); between the table's values ln is linear.
    """
    if flux_sfu.max(initial=0.0) > _MOST_FLUX_SFU or ap.max(initial=0.0) > _MOST_AP:
        raise OrbitError(
            f"no atmosphere is known for a flux over {_MOST_FLUX_SFU:g} or an Ap over {_MOST_AP:g}"
            f" (found {flux_sfu.max():.0f} and {ap.max():.0f})"
        )
    low_f, share_f = _between(table().flux_sfu, flux_sfu)
    low_a, share_a = _between(table().ap, ap)
    values = air.ln_density[month - 1]
    quiet = values[low_f, low_a] * (1 - share_f) + values[low_f + 1, low_a] * share_f
    stormy = values[low_f, low_a + 1] * (1 - share_f) + values[low_f + 1, low_a + 1] * share_f
    return np.asarray(quiet * (1 - share_a) + stormy * share_a)


def _between(axis: Floats, values: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The place on the axis below each value, and how far it is to the next; outside, the last slope goes on."""
    low = np.clip(np.searchsorted(axis, values, side="right") - 1, 0, axis.size - 2)
    return low, ((values - axis[low]) / (axis[low + 1] - axis[low]))[:, None]


def sink_factors(inclination_rad: float) -> Floats:
    """What the density is multiplied by, at `altitudes_m`, for the loss of altitude in m a day per m2/kg of drag.

    da/dt = - (Cd A / m) rho a v (w / v) (1 - Omega a cos i / v), where w is the speed through the air that turns
    with the Earth: w^2 = v^2 - 2 v Omega a cos i + Omega^2 a^2 (1 - sin^2 i / 2), averaged over latitude.
    """
    axis = EARTH_RADIUS_M + altitudes_m()
    speed = np.sqrt(EARTH_MU_M3_S2 / axis)
    turning = EARTH_SPIN_RAD_S * axis / speed
    along = turning * np.cos(inclination_rad)
    through = np.sqrt(1 - 2 * along + turning**2 * (1 - np.sin(inclination_rad) ** 2 / 2))
    return np.asarray(axis * speed * through * (1 - along) * DAY_S)
