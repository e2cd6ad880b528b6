"""What is no life support, and days summed by hand."""

import pytest

from moonwright.errors import InternalError
from moonwright.habitat.loop import BARE_BONES, ISS_2021, LifeSupport, daily


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


def test_there_are_no_fewer_than_no_people() -> None:
    with pytest.raises(InternalError):
        daily(BARE_BONES, -1)


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
