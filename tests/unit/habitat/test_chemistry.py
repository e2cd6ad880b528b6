"""Reactions that stop where something is used up."""

import pytest

from moonwright.habitat.chemistry import absorption, sabatier


def test_without_hydrogen_nothing_is_reduced() -> None:
    assert sabatier(3.0, 0.0) == (0.0, 0.0, 3.0, 0.0)


def test_the_scarcer_of_the_two_is_used_up() -> None:
    assert sabatier(1.0, 100.0).left_co2_kg == pytest.approx(0.0, abs=1e-12)
    assert sabatier(100.0, 1.0).left_hydrogen_kg == pytest.approx(0.0, abs=1e-12)
    assert sabatier(100.0, 1.0, conversion=0.25).left_hydrogen_kg == pytest.approx(0.75)


def test_a_canister_used_by_half_weighs_twice_as_much() -> None:
    assert absorption(1.0, use=0.5).hydroxide_kg == pytest.approx(2 * absorption(1.0).hydroxide_kg)
    assert absorption(1.0, use=0.5).water_kg == pytest.approx(absorption(1.0).water_kg)
