"""What life support, crews, suits, spares and plants refuse to be; and sums by hand."""

from dataclasses import replace

import pytest

from moonwright.errors import InternalError
from moonwright.habitat.crew import NOMINAL, walk
from moonwright.habitat.loop import BARE_BONES, ISS_2021, LifeSupport, daily
from moonwright.habitat.plant import Plant, ice_kwh_kg
from moonwright.habitat.spares import spares_for, spares_kg


def test_a_person_cannot_make_mass() -> None:
    with pytest.raises(InternalError, match="takes in"):
        replace(NOMINAL, co2_kg=2.0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"urine": 1.2}, "urine is a share"),
        ({"vapour": -0.1}, "vapour is a share"),
        ({"hydrogen": 0.5}, "hydrogen of electrolysis"),
        ({"hydrogen": 0.5, "splits_water": True, "canisters": True}, "no canisters"),
        ({"canister_use": 0.0}, "canister_use is a share above 0"),
    ],
)
def test_what_is_no_life_support(said: dict[str, float], told: str) -> None:
    with pytest.raises(InternalError, match=told):
        LifeSupport(**said)  # type: ignore[arg-type]


def test_what_is_no_day_and_no_walk() -> None:
    with pytest.raises(InternalError):
        daily(BARE_BONES, -1)
    with pytest.raises(InternalError):
        walk(0, 6.0)


def test_a_leak_is_made_up_in_oxygen_and_nitrogen() -> None:
    day = daily(BARE_BONES, 0, leak_kg=1.0)
    assert day.brought.oxygen_kg == pytest.approx(0.2314)
    assert day.brought.nitrogen_kg == pytest.approx(0.7686)
    assert day.left.leaked_kg == 1.0
    assert day.brought.total_kg == pytest.approx(1.0)
    # Where oxygen is made, its hydrogen leaves, too: 1.1260 kg of water for a kg of it.
    assert daily(ISS_2021, 0, leak_kg=1.0).brought.water_kg == pytest.approx(0.2314 * 1.1260, abs=1e-4)


def test_wash_water_goes_around_but_for_what_is_lost() -> None:
    system = LifeSupport(washing=0.9)
    dry, washed = daily(system, 2), daily(system, 2, washing_kg=5.0)
    assert washed.brought.water_kg - dry.brought.water_kg == pytest.approx(2 * 5.0 * 0.1)
    assert washed.left.lost_water_kg - dry.left.lost_water_kg == pytest.approx(2 * 5.0 * 0.1)


def test_nobody_at_home_needs_nothing() -> None:
    day = daily(ISS_2021, 0)
    assert (day.brought.total_kg, day.left.total_kg, day.water_recovery, day.oxygen_recovery) == (0, 0, 0, 0)


def test_spares_by_share_and_by_chance() -> None:
    assert spares_kg(2000.0, 0.05, 365.25 / 2) == pytest.approx(50.0)
    assert spares_for(0, 100.0, 1000.0, 0.99) == 0
    assert spares_for(5, 100.0, 0.0, 0.99) == 0
    with pytest.raises(InternalError):
        spares_for(1, 0.0, 10.0, 0.9)
    with pytest.raises(InternalError):
        spares_for(1, 10.0, 10.0, 1.0)


def test_a_plants_power_is_its_output_times_its_energy() -> None:
    # 1,000 kg make 8,766 kg a year, 1 kg an hour, at 12 kWh each: 12 kW.
    assert Plant(yield_kg_kg_yr=8.766, energy_kwh_kg=12.0).power_kw(1000.0) == pytest.approx(12.0)


def test_what_is_no_icy_soil() -> None:
    with pytest.raises(InternalError):
        ice_kwh_kg(0.0, 100.0)
    with pytest.raises(InternalError):
        ice_kwh_kg(0.5, 300.0)
