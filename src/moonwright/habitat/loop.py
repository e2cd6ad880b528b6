"""A habitat's life support as a balance of masses: what must be brought each day, and what becomes of it.

One day, steady: nothing piles up inside, so all that comes in goes out. Water won back is drunk, washed with or split for
oxygen; what is more than that is `spare_water_kg`. No recovery makes up for food.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from moonwright.errors import InternalError
from moonwright.habitat.chemistry import Split, absorption, electrolysis, electrolysis_kwh, sabatier
from moonwright.habitat.crew import NOMINAL, OXYGEN_IN_AIR, Metabolism


@dataclass(frozen=True)
class LifeSupport:
    """What a habitat wins back. Shares are from 0 to 1.

    Of the water in urine `urine` is distilled off and of the brine that is left `brine`; of that in the cabin's air
    `vapour`, of that used for washing `washing`. `splits_water`: oxygen is made by electrolysis, not brought.
    `hydrogen`: share of its hydrogen that Sabatier's reaction turns into water. `canisters`: carbon dioxide is bound by
    lithium hydroxide, of which the share `canister_use` reacts; without them it is let out, or reduced.
    """

    urine: float = 0.0
    brine: float = 0.0
    vapour: float = 0.0
    washing: float = 0.0
    splits_water: bool = False
    hydrogen: float = 0.0
    canisters: bool = False
    canister_use: float = 1.0

    def __post_init__(self) -> None:
        for name in ("urine", "brine", "vapour", "washing", "hydrogen"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise InternalError(f"{name} is a share, from 0 to 1, not {getattr(self, name)}")
        if not 0.0 < self.canister_use <= 1.0:
            raise InternalError(f"canister_use is a share above 0, not {self.canister_use}")
        if self.hydrogen and (self.canisters or not self.splits_water):
            raise InternalError("Sabatier's reaction takes hydrogen of electrolysis, and no canisters")


# Nothing is won back: oxygen and water from tanks, carbon dioxide into canisters as in Apollo and the Shuttle.
# Assumed: 85 % of the hydroxide reacts before a canister is spent.
BARE_BONES: Final = LifeSupport(canisters=True, canister_use=0.85)
# The US segment before 2023, as NASA told of it in March 2021 (L. Carter, MSFC): 87 % of the water in urine, 100 % of
# what the water processor takes in.
ISS_2021: Final = LifeSupport(urine=0.87, vapour=1.0, washing=1.0, splits_water=True)
# With the brine processor: NASA, 20 June 2023: 98 % in all. Assumed: all of the brine's water, which gives 97.7 %.
ISS_2023: Final = LifeSupport(urine=0.87, brine=1.0, vapour=1.0, washing=1.0, splits_water=True)
# And a Sabatier reactor, which the station had from 2010 to 2017; all hydrogen reacts, assumed.
ISS_SABATIER: Final = LifeSupport(
    urine=0.87, brine=1.0, vapour=1.0, washing=1.0, splits_water=True, hydrogen=1.0
)


# Assumed: of the heat that splitting takes; 7 kWh for a kg of oxygen, between 5 (without losses) and 9.
SPLITTING_EFFICIENCY: Final = 0.7
# Assumed: to distil and clean a kg of water; vapour compression and pumps, between 0.1 and 0.5. No source read.
WATER_KWH_KG: Final = 0.2


@dataclass(frozen=True)
class Brought:
    """What is brought for a day, kg; water besides that in food."""

    oxygen_kg: float
    water_kg: float
    food_dry_kg: float
    food_water_kg: float
    hydroxide_kg: float
    nitrogen_kg: float

    @property
    def total_kg(self) -> float:
        """All of it."""
        return _sum(self)


@dataclass(frozen=True)
class Left:
    """What goes out or is put away in a day, kg. `lost_water_kg` is in brine, wash water and faeces."""

    co2_kg: float
    hydrogen_kg: float
    methane_kg: float
    lost_water_kg: float
    spare_water_kg: float
    solids_kg: float
    carbonate_kg: float
    leaked_kg: float

    @property
    def total_kg(self) -> float:
        """All of it."""
        return _sum(self)


@dataclass(frozen=True)
class Balance:
    """A habitat's day: what is brought, what is left, and what went around in between, kg.

    `recycled_kg` is water won back from urine, air and washing, `from_co2_kg` water made of carbon dioxide, `split` what was
    split for oxygen.
    """

    brought: Brought
    left: Left
    recycled_kg: float
    from_co2_kg: float
    split: Split

    @property
    def water_recovery(self) -> float:
        """Share of the water that passed through people, air and basins which was won back."""
        passed_kg = self.recycled_kg + self.left.lost_water_kg
        return self.recycled_kg / passed_kg if passed_kg else 0.0

    @property
    def oxygen_recovery(self) -> float:
        """Share of the oxygen made out of water for which carbon dioxide gave the water."""
        return self.from_co2_kg / self.split.water_kg if self.split.water_kg else 0.0

    @property
    def power_kw(self) -> float:
        """What splitting and cleaning water takes, even over the day. Fans, scrubbing of air and heat are not in it."""
        split_kwh = electrolysis_kwh(self.split.oxygen_kg, SPLITTING_EFFICIENCY)
        return (split_kwh + self.recycled_kg * WATER_KWH_KG) / 24.0


def daily(
    system: LifeSupport,
    people: float,
    *,
    washing_kg: float = 0.0,
    leak_kg: float = 0.0,
    metabolism: Metabolism = NOMINAL,
) -> Balance:
    """A day of `people`, who wash with `washing_kg` of water each, in a habitat that leaks `leak_kg` of air (kg a day)."""
    if people < 0 or washing_kg < 0 or leak_kg < 0:
        raise InternalError(f"{people} people, {washing_kg} kg of wash water, {leak_kg} kg of leakage")
    oxygen_kg = people * metabolism.oxygen_kg + leak_kg * OXYGEN_IN_AIR
    co2_kg = people * metabolism.co2_kg
    split = electrolysis(oxygen_kg if system.splits_water else 0.0)
    reduced = sabatier(0.0 if system.canisters else co2_kg, split.hydrogen_kg, system.hydrogen)
    absorbed = absorption(co2_kg if system.canisters else 0.0, system.canister_use)
    recycled_kg, lost_kg = _water(system, people, metabolism, washing_kg, absorbed.water_kg)
    # What must be brought beyond what is won back; below zero it is left over.
    wanting_kg = people * (metabolism.drink_kg + washing_kg) + split.water_kg - recycled_kg - reduced.water_kg
    brought = Brought(
        oxygen_kg=0.0 if system.splits_water else oxygen_kg,
        water_kg=max(0.0, wanting_kg),
        food_dry_kg=people * metabolism.food_dry_kg,
        food_water_kg=people * metabolism.food_water_kg,
        hydroxide_kg=absorbed.hydroxide_kg,
        nitrogen_kg=leak_kg * (1.0 - OXYGEN_IN_AIR),
    )
    left = Left(
        co2_kg=reduced.left_co2_kg,
        hydrogen_kg=reduced.left_hydrogen_kg,
        methane_kg=reduced.methane_kg,
        lost_water_kg=lost_kg,
        spare_water_kg=max(0.0, -wanting_kg),
        solids_kg=people * metabolism.solids_kg,
        carbonate_kg=absorbed.carbonate_kg,
        leaked_kg=leak_kg,
    )
    return Balance(brought, left, recycled_kg, reduced.water_kg, split)


def _water(
    system: LifeSupport, people: float, metabolism: Metabolism, washing_kg: float, from_canisters_kg: float
) -> tuple[float, float]:
    """Water won back from urine, air and washing, and water lost, kg."""
    from_urine = system.urine + (1.0 - system.urine) * system.brine
    vapour_kg = people * metabolism.vapour_kg + from_canisters_kg
    recycled_kg = (
        people * metabolism.urine_water_kg * from_urine
        + vapour_kg * system.vapour
        + people * washing_kg * system.washing
    )
    passed_kg = people * (metabolism.urine_water_kg + metabolism.faeces_water_kg + washing_kg) + vapour_kg
    return recycled_kg, passed_kg - recycled_kg


def _sum(masses: Brought | Left) -> float:
    return float(sum(getattr(masses, field.name) for field in fields(masses)))
