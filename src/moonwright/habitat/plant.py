"""Plants that live off the land: oxygen out of molten regolith, water out of ice, and the power that they take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from moonwright.errors import InternalError
from moonwright.habitat.spares import DAYS_PER_YEAR

HOURS_PER_YEAR: Final = 24.0 * DAYS_PER_YEAR


@dataclass(frozen=True)
class Plant:
    """A plant by its mass: what it makes a year for each kg of itself, the energy for each kg made, what it loses a year.

    `worn_per_year` is the share by which its output falls each year, `spares_per_year` its spares as a share of its mass.
    """

    yield_kg_kg_yr: float
    energy_kwh_kg: float
    worn_per_year: float = 0.0
    spares_per_year: float = 0.0

    def made_kg_d(self, plant_kg: float, age_yr: float = 0.0) -> float:
        """What it makes in a day at some age, while it has power."""
        still = math.pow(1.0 - self.worn_per_year, age_yr)
        return plant_kg * self.yield_kg_kg_yr * still / DAYS_PER_YEAR

    def mean_kg_d(self, plant_kg: float, life_d: float) -> float:
        """What it makes in a day, in the mean over a life: the integral of (1 - worn) ** age, over that life."""
        rate, age_yr = -math.log1p(-self.worn_per_year), life_d / DAYS_PER_YEAR
        still = -math.expm1(-rate * age_yr) / (rate * age_yr) if rate * age_yr else 1.0
        return plant_kg * self.yield_kg_kg_yr * still / DAYS_PER_YEAR

    def power_kw(self, plant_kg: float) -> float:
        """The power it takes to make that when new."""
        return plant_kg * self.yield_kg_kg_yr * self.energy_kwh_kg / HOURS_PER_YEAR

    def payback_d(self) -> float:
        """Days after which it has made its own mass, if it makes as much as when new."""
        return DAYS_PER_YEAR / self.yield_kg_kg_yr


# Schreiner et al. 2015 (IEEE Aerospace), whole system, at its best; the energy is assumed: theory of the reduction is near
# 13 kWh/kg, heat and digging come on top. Spares as of the water plant below, assumed.
MOLTEN_REGOLITH: Final = Plant(yield_kg_kg_yr=7.0, energy_kwh_kg=20.0, spares_per_year=0.05)
# A public space-logistics toolbox's default for a water plant (Ho et al.): 5 kg a year, 10 % less each year, 5 % spares. The
# energy is assumed: `ice_kwh_kg` gives 1.2 kWh for 5.6 % ice at 100 K without losses; digging, catching and cleaning on top.
ICE: Final = Plant(yield_kg_kg_yr=5.0, energy_kwh_kg=5.0, worn_per_year=0.10, spares_per_year=0.05)


def molten_regolith_yield(plant_kg: float) -> float:
    """Oxygen a year for each kg of a whole plant of molten regolith electrolysis, by its size: large ones do better.

    The fit of the same toolbox to Schreiner's optimised systems; below 400 kg there is none, so nothing is made.
    """
    if plant_kg < 400.0:
        return 0.0
    return (
        -0.43798
        + 6.96226 * (1.0 - math.exp(-plant_kg / 812.15628))
        + 2.01727 * (1.0 - math.exp(-plant_kg / 3967.2644))
    )


# Of ice at 273 K, and within 0.3 % from 180 K on; Murphy and Koop 2005, QJRMS 131, 1539, eq. 5.
SUBLIMATION_J_KG: Final = 2.834e6
# Of lunar soil from 100 to 250 K; 0.06 cal/g/K at 90 K rising to 0.2 at 350 K (Robie et al. 1970, Science 167, 749).
REGOLITH_J_KG_K: Final = 440.0
# Of ice between 100 and 250 K, in the mean; by the heat capacity in Murphy and Koop 2005 (879 at 100 K, 1934 at 250 K).
ICE_J_KG_K: Final = 1400.0
LCROSS_ICE: Final = (
    0.056  # share of mass in the soil that LCROSS threw up, +-0.029; Colaprete et al. 2010, Science 330, 463
)


def ice_kwh_kg(share: float, cold_k: float, *, hot_k: float = 250.0, efficiency: float = 1.0) -> float:
    """Heat (kWh) to drive a kg of water out of icy soil: all of the soil is warmed, and its ice sublimes.

    `share` is that of the ice in the soil's mass, `efficiency` what of the heat gets there. Catching the vapour, cleaning
    and digging are left out.
    """
    if not (0.0 < share <= 1.0 and 0.0 < efficiency <= 1.0 and 0.0 <= cold_k < hot_k):
        raise InternalError(f"no icy soil: a share of {share} at {cold_k} K, warmed to {hot_k} K")
    soil_j = (1.0 - share) / share * REGOLITH_J_KG_K * (hot_k - cold_k)
    return (soil_j + ICE_J_KG_K * (hot_k - cold_k) + SUBLIMATION_J_KG) / efficiency / 3.6e6
