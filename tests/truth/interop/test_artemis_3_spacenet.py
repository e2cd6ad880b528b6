"""Case C1: Artemis III as a SpaceNet file, by SpaceNet's rules: what is left in each tank.

Masses, burns and stagings: Grogan et al., AIAA SciTech 2024, tables 6-9; what is left: table 10.
"""

import pytest

from laws.interop.spacenet_files import ARTEMIS
from moonwright.interop.spacenet.read import read
from moonwright.interop.spacenet.rules import EXACT, spacenets
from moonwright.interop.spacenet.run import run

LEFT_KG = {"SLS SRBs": 0.0, "SLS Core": 20_806.6, "iCPS": 201.2, "Orion SM": 3_471.7, "HLS": 1_656.0}


@pytest.mark.parametrize("vehicle", LEFT_KG)
def test_propellant_left_by_spacenets_rules(vehicle: str) -> None:
    campaign = read(ARTEMIS).campaign
    history = run(campaign, spacenets(campaign))
    assert history.troubles == ()
    assert dict(history.left_kg)[vehicle] == pytest.approx(LEFT_KG[vehicle], abs=0.1)


def test_the_stack_on_the_pad_weighs_what_its_parts_do() -> None:
    """Tables 6 and 7: dry masses, propellant, adapter, abort system and four people, added up by hand."""
    campaign = read(ARTEMIS).campaign
    dry_kg = 195_000 + 88_275 + 3_490 + 6_185 + 9_300 + 1_900 + 7_250 + 4 * 100
    assert run(campaign, EXACT).launch_mass_kg == dry_kg + 1_256_000 + 987_000 + 28_576 + 9_276


def test_standard_gravity_costs_the_core_134_kg() -> None:
    """By hand, with 9.80665: boosters first, then the core with what they leave over.

    M0 = 2 592 652 kg. Boosters: 269 g0 ln(M0 / (M0 - 1 256 000)) = 1747.70 m/s; without them and the abort system
    1 134 402 kg; the core must give 7752.30 m/s: 1 134 402 (1 - exp(-7752.30 / (414 g0))) = 966 327.7 kg.
    """
    history = run(read(ARTEMIS).campaign, EXACT)
    assert dict(history.left_kg)["SLS Core"] == pytest.approx(987_000 - 966_327.7, abs=0.1)
    assert history.burns[0].given[0].gained_m_s == pytest.approx(1747.70, abs=0.005)
    assert history.troubles == ()


def test_two_people_on_the_moon_from_landing_to_ascent() -> None:
    """From day 10.2 to day 18: 2 x 7.8 crew days."""
    assert run(read(ARTEMIS).campaign, EXACT).crew_surface_d == pytest.approx(15.6)
