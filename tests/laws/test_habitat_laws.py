"""What holds for every life support and every crew: nothing comes from nothing, and recovery never costs supply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moonwright.habitat.chemistry import absorption, electrolysis, sabatier
from moonwright.habitat.loop import (
    BARE_BONES,
    ISS_2021,
    ISS_2023,
    ISS_SABATIER,
    Balance,
    LifeSupport,
    daily,
)
from moonwright.habitat.spares import spares_for
from moonwright.scenario.scenario import Scenario
from moonwright.world.habitat import lived_in

shares = st.floats(0.0, 1.0)
masses = st.floats(0.0, 1e4)
SYSTEMS = {
    "bare-bones": BARE_BONES,
    "iss-2021": ISS_2021,
    "iss-2023": ISS_2023,
    "iss-sabatier": ISS_SABATIER,
}
SHARES = ("urine", "brine", "vapour", "washing", "hydrogen")


@st.composite
def systems(draw: st.DrawFn) -> LifeSupport:
    """Any life support that can be."""
    splits_water = draw(st.booleans())
    canisters = draw(st.booleans())
    return LifeSupport(
        *(draw(shares) for _ in range(4)),
        splits_water=splits_water,
        hydrogen=draw(shares) if splits_water and not canisters else 0.0,
        canisters=canisters,
        canister_use=draw(st.floats(0.1, 1.0)),
    )


def day(system: LifeSupport, people: float, washing_kg: float, leak_kg: float) -> Balance:
    return daily(system, people, washing_kg=washing_kg, leak_kg=leak_kg)


days = st.tuples(st.floats(0.0, 20.0), st.floats(0.0, 30.0), st.floats(0.0, 5.0))


@given(systems(), days)
def test_as_much_goes_out_as_comes_in(system: LifeSupport, given_day: tuple[float, float, float]) -> None:
    found = day(system, *given_day)
    assert found.left.total_kg == pytest.approx(found.brought.total_kg, rel=1e-12, abs=1e-9)


@given(systems(), days)
def test_nothing_is_less_than_nothing(system: LifeSupport, given_day: tuple[float, float, float]) -> None:
    found = day(system, *given_day)
    flows = [*vars(found.brought).values(), *vars(found.left).values(), found.recycled_kg, found.from_co2_kg]
    assert min(flows) >= -1e-12


@given(systems(), days, st.sampled_from(SHARES), shares)
def test_more_recovery_never_needs_more_supply(
    system: LifeSupport, given_day: tuple[float, float, float], name: str, more: float
) -> None:
    if name == "hydrogen" and (system.canisters or not system.splits_water):
        name = "vapour"
    better = replace(system, **{name: max(more, getattr(system, name))})
    before, after = day(system, *given_day), day(better, *given_day)
    assert after.brought.total_kg <= before.brought.total_kg + 1e-9
    assert after.brought.water_kg <= before.brought.water_kg + 1e-9


@given(systems(), days, st.floats(0.0, 5.0))
def test_more_people_never_need_less(
    system: LifeSupport, given_day: tuple[float, float, float], more: float
) -> None:
    people, washing_kg, leak_kg = given_day
    before, after = (day(system, n, washing_kg, leak_kg) for n in (people, people + more))
    assert after.brought.food_dry_kg >= before.brought.food_dry_kg
    assert after.left.total_kg >= before.left.total_kg - 1e-9


@given(masses, masses, shares)
def test_every_reaction_keeps_mass(one_kg: float, other_kg: float, share: float) -> None:
    split = electrolysis(one_kg)
    assert split.oxygen_kg + split.hydrogen_kg == pytest.approx(split.water_kg, rel=1e-12)
    reduced = sabatier(one_kg, other_kg, share)
    assert sum(reduced) == pytest.approx(one_kg + other_kg, rel=1e-9, abs=1e-9)
    absorbed = absorption(one_kg, 0.1 + 0.9 * share)
    assert absorbed.carbonate_kg + absorbed.water_kg == pytest.approx(
        absorbed.hydroxide_kg + one_kg, rel=1e-12
    )


@given(
    st.integers(0, 20), st.floats(1.0, 1e4), st.floats(0.0, 1e4), st.floats(0.01, 0.999), st.floats(1.0, 3.0)
)
def test_longer_never_needs_fewer_spares(
    units: int, mean_life_d: float, duration_d: float, confidence: float, longer: float
) -> None:
    few = spares_for(units, mean_life_d, duration_d / 100, confidence)
    assert spares_for(units, mean_life_d, duration_d / 100 * longer, confidence) >= few


@given(
    st.sampled_from(["bare-bones", "iss-2021", "iss-2023", "iss-sabatier"]),
    st.integers(0, 12),
    st.integers(0, 12),
    st.floats(0.0, 5.0),
)
def test_what_a_scenario_is_given_is_what_the_balance_asks_or_on_the_safe_side(
    system: str, people: int, crew: int, leak_kg: float
) -> None:
    """Shares for each person and a leak by itself, beside the whole habitat's day: exact where nothing is left over.

    Water that is left over is not counted, nor that which the hydrogen of leaked oxygen makes.
    """
    scenario = lived_in(asking(system, crew, leak_kg))
    person, home = scenario.crew["person"].uses, scenario.elements["home"]
    served = min(people, crew)
    needed = {
        name: a_day * (people - served * float(closure.share if (closure := home.provides.closure.get(name)) else 0))
        + float(home.uses.resources.get(name, 0.0))
        for name, a_day in {"nitrogen": 0.0, **person}.items()
    }  # fmt: skip
    whole = daily(SYSTEMS[system], served, leak_kg=leak_kg).brought
    bare = daily(BARE_BONES, people - served).brought  # for whom the system is not built
    asked = {
        "oxygen": whole.oxygen_kg + bare.oxygen_kg,
        "water": whole.water_kg + bare.water_kg,
        "food": 1.56 * people,
        "canisters": whole.hydroxide_kg + bare.hydroxide_kg,
        "nitrogen": whole.nitrogen_kg,
    }
    for name, a_day in asked.items():
        assert needed[name] >= a_day - 1e-9, name
    spare = system in ("iss-2023", "iss-sabatier")
    exact = {name: a_day for name, a_day in asked.items() if not (spare and name == "water")}
    assert {name: needed[name] for name in exact} == pytest.approx(exact, abs=1e-9)


def asking(system: str, crew: int, leak_kg: float) -> Scenario:
    """A scenario whose life support is asked for."""
    substances = ("oxygen", "water", "food", "nitrogen", "lithium hydroxide")
    names = {what: "canisters" if what == "lithium hydroxide" else what for what in substances}
    person = {"owner": "a", "mass": "100 kg", "metabolism": "nominal", "rotation": {"longest": "1 yr"}}
    asked = {"system": system, "crew": crew, "leak": f"{leak_kg!r} kg/d"}
    home = {"owner": "a", "node": "base", "mass": "1 t", "provides": {"life_support": asked}}
    return Scenario.model_validate(
        {
            "name": "asking",
            "currency_year": 2024,
            "horizon": {"start": "2030-01-01", "end": "2031-01-01"},
            "partners": {"a": {"name": "A"}},
            "nodes": {"base": {"kind": "surface", "body": "moon", "latitude": "0 deg", "longitude": "0 deg"}},
            "resources": {name: {"supply_class": 2, "substance": what} for what, name in names.items()},
            "crew": {"person": person},
            "elements": {"home": home},
        }
    )
