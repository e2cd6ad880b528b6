"""The reactions of life support, by mass: every one gives out exactly what it takes in.

Molar masses are the conventional atomic weights of CIAAW (2021), g/mol.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HYDROGEN: Final = 1.008
LITHIUM: Final = 6.94
CARBON: Final = 12.011
OXYGEN: Final = 15.999

H2: Final = 2 * HYDROGEN
O2: Final = 2 * OXYGEN
WATER: Final = H2 + OXYGEN
CO2: Final = CARBON + O2
METHANE: Final = CARBON + 2 * H2
LITHIUM_HYDROXIDE: Final = LITHIUM + OXYGEN + HYDROGEN
LITHIUM_CARBONATE: Final = 2 * LITHIUM + CARBON + 3 * OXYGEN

# Heat that water takes to be split at 25 degrees C, J/mol: its enthalpy of formation; CODATA key values (1989).
SPLITTING_J_MOL: Final = 285_830.0


class Split(NamedTuple):
    """Water split by a current, 2 H2O -> 2 H2 + O2: kg."""

    water_kg: float
    oxygen_kg: float
    hydrogen_kg: float


class Reduced(NamedTuple):
    """Carbon dioxide reduced by Sabatier's reaction, CO2 + 4 H2 -> CH4 + 2 H2O: kg, and what is left of both."""

    water_kg: float
    methane_kg: float
    left_co2_kg: float
    left_hydrogen_kg: float


class Absorbed(NamedTuple):
    """Carbon dioxide bound in canisters, 2 LiOH + CO2 -> Li2CO3 + H2O: kg."""

    hydroxide_kg: float
    carbonate_kg: float
    water_kg: float


def electrolysis(oxygen_kg: float) -> Split:
    """What it takes and leaves to make so much oxygen out of water."""
    return Split(oxygen_kg * 2 * WATER / O2, oxygen_kg, oxygen_kg * 2 * H2 / O2)


def electrolysis_kwh(oxygen_kg: float, efficiency: float) -> float:
    """Electricity (kWh) to make so much oxygen out of liquid water, at an efficiency against the heat that this takes."""
    return oxygen_kg / O2 * 1000.0 * 2 * SPLITTING_J_MOL / efficiency / 3.6e6


def sabatier(co2_kg: float, hydrogen_kg: float, conversion: float = 1.0) -> Reduced:
    """Reduces carbon dioxide until it or the share `conversion` of the hydrogen is used up."""
    reacted = min(co2_kg / CO2, conversion * hydrogen_kg / (4 * H2))  # in kmol of carbon dioxide
    return Reduced(
        reacted * 2 * WATER, reacted * METHANE, co2_kg - reacted * CO2, hydrogen_kg - reacted * 4 * H2
    )


def absorption(co2_kg: float, use: float = 1.0) -> Absorbed:
    """Binds carbon dioxide in canisters of which the share `use` reacts; what does not is counted with the carbonate."""
    reacted = co2_kg / CO2
    hydroxide_kg = reacted * 2 * LITHIUM_HYDROXIDE / use
    water_kg = reacted * WATER
    return Absorbed(hydroxide_kg, hydroxide_kg + co2_kg - water_kg, water_kg)
