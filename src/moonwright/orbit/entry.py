"""Where a station falls when nobody brings it down, and how many people that hurts on average."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit.circular import Floats

DATA: Final = Path(__file__).with_name("data") / "population_by_latitude.csv"

EARTH_MEAN_RADIUS_KM: Final = 6371.0  # IUGG

_WORLD: Final = ((1970, 3.70), (1980, 4.45), (1990, 5.33), (2000, 6.17), (2010, 7.02), (2020, 7.89), (2030, 8.57),
                 (2040, 9.18), (2050, 9.66))  # fmt: skip
# Thousand million people: UN World Population Prospects 2024, medium variant. Assumed: quoted from memory, to 1 %.

CASUALTY_AREA_M2_T: Final = 3.9
"""Casualty area per tonne of station. Derived from UARS, 5668 kg, whose pieces of 532 kg gave a risk of 1 in 3200 (NASA
status slides, September 2011): 1/3200 over 14 people a km2 under 57 degrees is 22 m2. That a station breaks up alike
is assumed; half and twice as much are as likely."""


class Bands(NamedTuple):
    """Bands of latitude: edges in degrees, and the share of the world's people in each."""

    south_deg: Floats
    north_deg: Floats
    share: Floats


@cache
def bands() -> Bands:
    """People by latitude, as GeoNames has them."""
    with DATA.open(encoding="utf-8") as lines:
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))[1:]
    south, north, share = np.array(rows, dtype=np.float64).T
    return Bands(south, north, share / share.sum())


def world_population(year: float) -> float:
    """People on Earth in a year between 1970 and 2050."""
    years, people = np.array(_WORLD).T
    if not years[0] <= year <= years[-1]:
        raise OrbitError(
            f"the world's population is known from {years[0]:.0f} to {years[-1]:.0f}, not in {year:g}"
        )
    return float(np.interp(year, years, people)) * 1e9


def time_under(inclination_deg: float) -> Floats:
    """The share of its time that a circular orbit spends over each band of latitude: asin(sin lat / sin i) is uniform."""
    if not 0 < inclination_deg < 180:
        raise OrbitError(f"an inclination lies between 0 and 180 degrees, not at {inclination_deg:g}")
    edges = np.radians(np.append(bands().south_deg, bands().north_deg[-1]))
    reach = math.sin(math.radians(inclination_deg))
    return np.asarray(np.diff(np.arcsin(np.clip(np.sin(edges) / reach, -1.0, 1.0))) / math.pi)


def latitude_band_deg(inclination_deg: float) -> tuple[float, float]:
    """The southernmost and the northernmost latitude where pieces can fall."""
    reach = min(inclination_deg, 180 - inclination_deg)
    return -reach, reach


def people_below(inclination_deg: float) -> float:
    """The share of the world's people who live between the latitudes that an orbit reaches."""
    south, north = latitude_band_deg(inclination_deg)
    width = bands().north_deg - bands().south_deg
    inside = np.clip(np.minimum(bands().north_deg, north) - np.maximum(bands().south_deg, south), 0.0, None)
    return float((bands().share * inside / width).sum())


def people_per_km2(inclination_deg: float, year: float) -> float:
    """How densely the ground under an orbit is peopled, averaged over its time (the sea included)."""
    sines = np.sin(np.radians(bands().north_deg)) - np.sin(np.radians(bands().south_deg))
    area_km2 = 2 * math.pi * EARTH_MEAN_RADIUS_KM**2 * sines
    return float((time_under(inclination_deg) * bands().share / area_km2).sum()) * world_population(year)


def casualty_area_m2(mass_kg: float, per_tonne_m2: float = CASUALTY_AREA_M2_T) -> float:
    """The ground within which a person would be hit by one of the pieces."""
    for told, value in (("mass", mass_kg), ("casualty area", per_tonne_m2)):
        if not (math.isfinite(value) and value >= 0):
            raise OrbitError(f"a {told} is not negative; found {value:g}")
    return mass_kg / 1e3 * per_tonne_m2


def expected_casualties(area_m2: float, inclination_deg: float, year: float) -> float:
    """People hurt by an entry that nobody guides, on average: casualty area times the density of people."""
    return area_m2 * 1e-6 * people_per_km2(inclination_deg, year)
