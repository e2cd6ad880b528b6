"""Whom an uncontrolled entry endangers, beside what others published."""

import pytest

from moonwright.orbit.entry import (
    bands,
    casualty_area_m2,
    expected_casualties,
    people_below,
    people_per_km2,
)


def test_a_third_of_all_people_live_in_the_tropics() -> None:
    # GPWv4 (SEDAC) for 2020: 2.53 of 7.76 thousand million between 20 S and 20 N, which is 32.6 %.
    inside = bands().share[(bands().south_deg >= -20) & (bands().north_deg <= 20)].sum()
    assert inside == pytest.approx(0.326, abs=0.03)


def test_what_the_core_stages_of_2022_flew_over() -> None:
    # Anselmo (CNR) on the Long March 5B stages, 41.5 degrees: 88 % of the world's population is overflown.
    assert people_below(41.5) == pytest.approx(0.88, abs=0.02)


def test_a_core_stage_endangers_one_person_in_hundreds() -> None:
    # The same: about 20 t, and about 1 in 500 that someone is hit. The casualty area is scaled from UARS: within twice.
    risk = expected_casualties(casualty_area_m2(20e3), 41.5, 2022)
    assert 1 / 1000 < risk < 1 / 250


def test_the_risk_of_uars_asks_for_a_casualty_area_of_usual_size() -> None:
    # NASA, September 2011: 1 in 3200 from 26 pieces. Each endangers the ground about (0.6 m + sqrt A)^2 around it: with
    # pieces of 0.04 to 0.5 m2 that is 0.64 to 1.7 m2 each, 17 to 44 m2 in all.
    area_m2 = 1 / 3200 / (people_per_km2(57.0, 2011) * 1e-6)
    assert 17 < area_m2 < 44
