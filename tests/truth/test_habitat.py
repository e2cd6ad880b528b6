"""Life support and plants against what was published, and reactions against their molar masses."""

import math

import numpy as np
import pytest

from moonwright.habitat.chemistry import absorption, electrolysis, electrolysis_kwh, sabatier
from moonwright.habitat.crew import MEAN_WALK_H, NOMINAL, SUIT, Airlock, walk
from moonwright.habitat.loop import BARE_BONES, ISS_2021, ISS_2023, ISS_SABATIER, daily
from moonwright.habitat.plant import (
    ICE,
    ICE_J_KG_K,
    MOLTEN_REGOLITH,
    SUBLIMATION_J_KG,
    ice_kwh_kg,
    molten_regolith_yield,
)
from moonwright.habitat.spares import spares_for

NO_AIR = Airlock(volume_m3=0.0, left_kpa=0.0)


def test_h1_what_four_people_take_in_and_give_off() -> None:
    """Case H1 (BVAD Rev 2, table 3-31), kg a person and day, for a crew of four without any recovery."""
    day = daily(BARE_BONES, 4)
    assert day.brought.oxygen_kg == pytest.approx(4 * 0.895)
    assert day.brought.food_dry_kg == pytest.approx(4 * 0.800)
    assert day.brought.food_water_kg == pytest.approx(4 * 0.760)
    assert day.brought.water_kg == pytest.approx(4 * 3.217)
    assert NOMINAL.co2_kg == 1.085
    assert NOMINAL.metabolic_water_kg == pytest.approx(0.490)


def test_h2_molten_regolith_pays_its_mass_back_in_52_days() -> None:
    """Case H2: 7 kg of oxygen a year for each kg of plant."""
    assert MOLTEN_REGOLITH.payback_d() == pytest.approx(52.0, abs=0.5)
    assert MOLTEN_REGOLITH.made_kg_d(1000.0) * 365.25 == pytest.approx(7000.0)


def test_h3_spacewalks_of_the_station() -> None:
    """Case H3: 191 in 1,243 h are 6.51 h in the mean; that of 28 April 2022 lasted 7 h 42 min."""
    assert pytest.approx(6.51, abs=0.005) == MEAN_WALK_H
    # Two people at 5.5 kg of water and 0.63 kg of oxygen in 8 h each.
    found = walk(2, 7 + 42 / 60, SUIT, NO_AIR)
    assert found.water_kg == pytest.approx(2 * 7.7 * 5.5 / 8)
    assert found.oxygen_kg == pytest.approx(2 * 7.7 * 0.63 / 8)
    assert found.nitrogen_kg == 0.0


def test_an_exit_loses_the_air_that_the_pump_leaves() -> None:
    """10 m3 at a tenth of an atmosphere hold 1.2 kg: an ideal gas of 28.96 g/mol at 22 degrees C."""
    found = walk(1, 0.0, SUIT, Airlock(volume_m3=10.0, left_kpa=10.1325))
    ideal_kg = 10_132.5 * 10.0 * 0.02896 / (8.314462618 * 295.15)
    assert found.oxygen_kg + found.nitrogen_kg == pytest.approx(ideal_kg, rel=2e-3)
    assert found.oxygen_kg / ideal_kg == pytest.approx(0.2095 * 31.998 / 28.96, abs=1e-3)


def test_water_recovery_of_the_station_before_the_brine_processor() -> None:
    """87 % of urine's water and all that the water processor takes in: "about 93.5 %" overall (NASA MSFC, March 2021).

    Our share counts the water in faeces among the lost: (2.946 + 0.87 * 1.420) / 4.467 = 93.6 %.
    """
    assert daily(ISS_2021, 4).water_recovery == pytest.approx(0.935, abs=0.003)


def test_water_recovery_of_the_station_with_the_brine_processor() -> None:
    """98 % (NASA, 20 June 2023): of the water in urine nothing is lost, that in faeces is: 4.366 / 4.467."""
    assert daily(ISS_2023, 4).water_recovery == pytest.approx(0.98, abs=0.005)


def test_sabatier_wins_half_of_the_oxygen_back() -> None:
    """2 H2O -> 2 H2 + O2, CO2 + 4 H2 -> CH4 + 2 H2O: the hydrogen of two waters makes one again."""
    day = daily(ISS_SABATIER, 4)
    assert day.oxygen_recovery == pytest.approx(0.5, abs=1e-12)
    assert day.left.hydrogen_kg == pytest.approx(0.0, abs=1e-12)


def test_electrolysis_by_molar_masses() -> None:
    """36.03 g of water give 32.00 g of oxygen and 4.03 g of hydrogen; 1.126 kg a kg, 15.9 kJ for each gram of water."""
    split = electrolysis(1.0)
    assert split.water_kg == pytest.approx(1.1260, abs=1e-4)
    assert split.hydrogen_kg == pytest.approx(0.1260, abs=1e-4)
    assert electrolysis_kwh(1.0, efficiency=1.0) == pytest.approx(2 * 285.83 / 31.998 / 3.6, rel=1e-6)
    assert electrolysis_kwh(1.0, efficiency=0.5) == pytest.approx(9.93, abs=0.01)


def test_sabatier_by_molar_masses() -> None:
    """44.01 g of carbon dioxide and 8.06 g of hydrogen give 16.04 g of methane and 36.03 g of water."""
    found = sabatier(44.009, 100.0)
    assert found.methane_kg == pytest.approx(16.043, abs=1e-3)
    assert found.water_kg == pytest.approx(36.030, abs=1e-3)
    assert found.left_hydrogen_kg == pytest.approx(100.0 - 8.064, abs=1e-3)
    assert found.left_co2_kg == pytest.approx(0.0, abs=1e-12)


def test_canisters_by_molar_masses() -> None:
    """47.89 g of lithium hydroxide bind 44.01 g of carbon dioxide as 73.89 g of carbonate, and give 18.02 g of water."""
    found = absorption(44.009)
    assert found.hydroxide_kg == pytest.approx(2 * (6.94 + 15.999 + 1.008), abs=1e-3)
    assert found.carbonate_kg == pytest.approx(2 * 6.94 + 12.011 + 3 * 15.999, abs=1e-3)
    assert found.water_kg == pytest.approx(18.015, abs=1e-3)


@pytest.mark.parametrize(("plant_kg", "yield_kg_kg_yr"), [(1000.0, 4.94), (5000.0, 7.96)])
def test_yield_by_size_of_a_regolith_plant(plant_kg: float, yield_kg_kg_yr: float) -> None:
    """The public toolbox's fit, at the two sizes for which values were noted beside it (7.955 as 7.96)."""
    assert molten_regolith_yield(plant_kg) == pytest.approx(yield_kg_kg_yr, abs=0.006)
    assert molten_regolith_yield(399.0) == 0.0


def test_an_ice_plant_wears() -> None:
    """The same toolbox's water plant: 5 kg a kg and year, a tenth less each year."""
    assert ICE.made_kg_d(1000.0) == pytest.approx(13.69, abs=0.01)
    assert ICE.made_kg_d(1000.0, age_yr=2.0) == pytest.approx(13.69 * 0.81, abs=0.01)


def test_pure_ice_takes_its_own_heat() -> None:
    """Without soil: 150 K of 1.4 kJ/kg/K and 2.834 MJ/kg are 0.846 kWh/kg; half ice adds as much soil: 0.018 kWh/kg."""
    assert ice_kwh_kg(1.0, 100.0) == pytest.approx((150 * 1400 + 2.834e6) / 3.6e6)
    assert ice_kwh_kg(0.5, 100.0) - ice_kwh_kg(1.0, 100.0) == pytest.approx(150 * 440 / 3.6e6)


def test_the_heat_of_ice_is_that_of_its_published_formulas() -> None:
    """Murphy and Koop 2005, QJRMS 131, 1539, in J/mol: the latent heat of sublimation, eq. 5, and the heat capacity."""
    mol_kg = 0.01801528
    temperature_k = np.linspace(100.0, 250.0, 151)
    fading = np.exp(-((temperature_k / 125.1) ** 2))
    capacity = (-2.0572 + 0.14644 * temperature_k + 0.06163 * temperature_k * fading) / mol_kg
    assert capacity.mean() == pytest.approx(ICE_J_KG_K, rel=0.001)
    for t in (180.0, 273.0):
        latent = 46782.5 + 35.8925 * t - 0.07414 * t**2 + 541.5 * math.exp(-((t / 123.75) ** 2))
        assert latent / mol_kg == pytest.approx(SUBLIMATION_J_KG, rel=0.003)


@pytest.mark.parametrize(
    ("expected", "confidence", "spares"),
    [
        (1.0, 0.36, 0),  # exp(-1) = 0.3679
        (1.0, 0.95, 3),  # 0.9197 with two, 0.9810 with three
        (3.0, 0.95, 6),  # 0.9161 with five, 0.9665 with six
        (10.0, 0.99, 18),  # 0.9857 with 17, 0.9928 with 18
    ],
)
def test_spares_by_the_table_of_poisson(expected: float, confidence: float, spares: int) -> None:
    """Cumulative Poisson probabilities as any statistical table has them."""
    assert spares_for(2, 1000.0, expected * 500.0, confidence) == spares
