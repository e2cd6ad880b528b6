"""Life support that a scenario asks for: the numbers put in, against the published balance, and what is stated wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import moonwright
from moonwright.scenario.check import check
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.scenario import Scenario
from moonwright.world.habitat import lived_in

Noun = dict[str, Any]
PACKED = {"supply_class": 2}
SUBSTANCES = {
    "o2": {**PACKED, "substance": "oxygen"},
    "h2o": {**PACKED, "substance": "water"},
    "meals": {**PACKED, "substance": "food"},
    "n2": {**PACKED, "substance": "nitrogen"},
    "spares": {"supply_class": 4},
}
CANISTERS = {"canisters": {**PACKED, "substance": "lithium hydroxide"}}


def base(**changes: Any) -> Noun:
    """Four people in a habitat that asks for everything."""
    person = {
        "owner": "a",
        "mass": "100 kg",
        "metabolism": "nominal",
        "rotation": {"longest": "300 d"},
        "spacewalk": {"walk": {"people": 2, "lasts": "6.5 h"}},
    }
    home = {
        "owner": "a",
        "node": "base",
        "mass": "10 t",
        "provides": {"berths": 4, "life_support": {"system": "iss-2021", "crew": 4, "leak": "1 kg/d"}},
    }
    return {
        "name": "lived in",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2031-01-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": {"base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"}},
        "resources": SUBSTANCES,
        "crew": {"person": person},
        "elements": {"home": home},
        "initial": {"elements": [{"element": "home"}]},
        "demands": {},
        **changes,
    }


def worked_out(data: Noun) -> Scenario:
    scenario = Scenario.model_validate(data)
    assert check(scenario) == ()
    return lived_in(scenario)


def element(**changes: Any) -> Any:
    plant = {"owner": "a", "node": "base", "mass": "1 t", **changes}
    return worked_out(base(elements={"home": plant})).elements["home"]


def test_a_persons_day_is_that_of_the_baseline_values() -> None:
    """BVAD Rev 2, table 3-31: 0.895 kg of oxygen, 3.217 of drink, 0.800 of dry food with 0.760 of water in it."""
    day = worked_out(base()).crew["person"].uses
    assert day == pytest.approx({"o2": 0.895, "h2o": 3.217, "meals": 1.56})
    assert {datum.source for datum in day.values()} == {"bvad-2022"}


def test_canisters_are_counted_where_a_resource_is_lithium_hydroxide() -> None:
    """1.085 kg of carbon dioxide take 2 * 23.95 / 44.01 of it, and 85 % of a canister reacts; no system here needs them."""
    full = worked_out(base(resources=SUBSTANCES | CANISTERS))
    assert full.crew["person"].uses["canisters"] == pytest.approx(1.085 * 47.90 / 44.01 / 0.85, rel=1e-3)
    assert full.elements["home"].provides.closure["canisters"].share == 1.0


@pytest.mark.parametrize(
    ("system", "water"),
    [
        # drunk 3.217, split 1.0079 (18.015 / 15.999 * 0.895), won back 2.946 of vapour and 0.87 or all of 1.42 of urine
        ("iss-2021", 1 - (3.217 + 1.0079 - 2.946 - 0.87 * 1.42) / 3.217),
        ("iss-2023", 1.0),
        ("iss-sabatier", 1.0),
    ],
)
def test_recovery_leaves_what_must_be_brought(system: str, water: float) -> None:
    gives = element(provides={"life_support": {"system": system, "crew": 3}}).provides
    assert gives.closure["h2o"].share == pytest.approx(water, abs=1e-4)
    assert gives.closure["o2"].share == 1.0
    assert {closure.crew for closure in gives.closure.values()} == {3}


def test_bare_bones_win_nothing_back_and_take_no_power() -> None:
    asked = {"system": "bare-bones", "crew": 2, "leak": "1 kg/d"}
    data = base(resources=SUBSTANCES | CANISTERS)
    data["elements"]["home"]["provides"] = {"life_support": asked}
    home = worked_out(data).elements["home"]
    assert home.provides.closure == {}
    assert home.uses.power == 0.0
    assert home.uses.resources == pytest.approx({"o2": 0.2314, "n2": 0.7686})  # dry air by mass


def test_oxygen_that_leaks_is_split_from_water_where_oxygen_is() -> None:
    home = worked_out(base()).elements["home"]
    assert home.uses.resources == pytest.approx({"h2o": 0.2314 * 18.015 / 15.999, "n2": 0.7686}, rel=1e-4)


def test_power_splits_and_cleans_water() -> None:
    """Four people: 3.58 kg of oxygen at 285.83 kJ for a mole of water and 70 %, and 16.7 kg of water at 0.2 kWh."""
    oxygen_kwh = 3.58 / 31.998 * 1000 * 2 * 285.83 / 0.7 / 3600
    water_kwh = 0.2 * 4 * (2.946 + 0.87 * 1.42)
    assert worked_out(base()).elements["home"].uses.power == pytest.approx((oxygen_kwh + water_kwh) / 24)


def test_a_spacewalk_loses_water_and_the_air_of_the_lock() -> None:
    """Two suits lose 0.6875 and 0.07875 kg an hour; 5 m3 of air at 13.8 kPa are 0.8146 kg, over 13 crew-hours."""
    uses = worked_out(base()).crew["person"].spacewalk.uses
    air_kg_h = 5 * 1.196 * 13.8 / 101.325 / 13
    assert uses == pytest.approx(
        {"h2o": 0.6875, "o2": 0.07875 + 0.2314 * air_kg_h, "n2": 0.7686 * air_kg_h}, rel=1e-3
    )


def test_spares_last_with_the_confidence_that_is_asked() -> None:
    """Ten pumps of 2,000 d in 200 d: one failure expected, so three spares last in 98.1 % and two in 92.0 %."""
    pump = {"resource": "spares", "count": 10, "mass": "8 kg", "mean_life": "2000 d", "lasts": "200 d"}
    fan = {**pump, "mass": "1 kg", "confidence": "90 %"}
    made = element(uses={"parts": {"pump": {**pump, "confidence": "95 %"}, "fan": fan}})
    assert made.uses.resources == pytest.approx({"spares": (3 * 8 + 2 * 1) / 200})


def test_plants_make_what_their_mass_gives() -> None:
    """Ice: 5 kg a year for each kg, a tenth less each year; ten years make the sum of a falling exponential."""
    ice = element(provides={"plants": {"h2o": "polar ice"}}, life="3652.5 d").provides.produces["h2o"]
    mean = sum(0.9 ** ((n + 0.5) / 1000) for n in range(10_000)) / 10_000
    assert ice.rate == pytest.approx(5 * 1000 / 365.25 * mean, rel=1e-6)
    # The fit to Schreiner's systems at 1 t: -0.438 + 6.962 * 0.7081 + 2.017 * 0.2229 = 4.94 kg a year for each kg
    oxygen = element(provides={"plants": {"o2": "molten regolith"}}).provides.produces["o2"]
    assert oxygen.rate == pytest.approx(4.94 * 1000 / 365.25, rel=1e-3)
    assert oxygen.energy == 20.0


def test_what_is_stated_wins_number_by_number() -> None:
    data = base()
    data["crew"]["person"]["uses"] = {"h2o": "5 kg/d"}
    data["crew"]["person"]["spacewalk"]["uses"] = {"o2": "1 kg/h"}
    home = data["elements"]["home"]
    home["provides"] |= {"closure": {"h2o": {"share": 0.5, "crew": 2}}, "plants": {"o2": "molten regolith"}}
    home["provides"]["produces"] = {"o2": {"rate": "1 kg/d"}}
    pump = {
        "resource": "spares",
        "count": 1,
        "mass": "1 kg",
        "mean_life": "1 yr",
        "lasts": "1 yr",
        "confidence": 0.5,
    }
    home["uses"] = {
        "power": "0 kW",
        "resources": {"n2": "2 kg/d"},
        "spares": {"spares": "1 %/yr"},
        "parts": {"p": pump},
    }
    made = worked_out(data)
    assert made.crew["person"].uses["h2o"] == 5.0
    assert made.crew["person"].uses["o2"] == 0.895
    assert made.crew["person"].spacewalk.uses["o2"] == 1.0
    gives, takes = made.elements["home"].provides, made.elements["home"].uses
    assert (gives.closure["h2o"].share, gives.closure["o2"].share) == (0.5, 1.0)
    assert gives.produces["o2"].rate == 1.0
    assert (takes.power, takes.resources["n2"], takes.spares) == (0.0, 2.0, {"spares": 0.01})
    assert "spares" not in takes.resources


def test_spacewalks_use_the_most_of_any_kind_of_crew_unless_their_activity_says() -> None:
    data = base()
    other = {**data["crew"]["person"], "spacewalk": {"uses": {"h2o": "0.9 kg/h", "meals": "0.1 kg/h"}}}
    data["crew"]["other"] = other
    walks = {"node": "base", "spacewalks": "1 h/d"}
    data["activities"] = {"some": walks, "stated": {**walks, "spacewalk_uses": {"h2o": "3 kg/h"}}}
    found = worked_out(data).activities
    suit = worked_out(data).crew["person"].spacewalk.uses
    assert found["some"].spacewalk_uses == {"h2o": 0.9, "meals": 0.1, "o2": suit["o2"], "n2": suit["n2"]}
    assert found["stated"].spacewalk_uses == {"h2o": 3.0}


def test_nothing_is_worked_out_that_nobody_asks_for() -> None:
    data = base(elements={})
    data["initial"] = {}
    data["crew"]["person"] |= {"uses": {"h2o": "3 kg/d"}, "metabolism": None, "spacewalk": {}}
    scenario = Scenario.model_validate(data)
    assert lived_in(scenario) is scenario


def test_results_hold_the_numbers_and_load_the_same(tmp_path: Path) -> None:
    file = tmp_path / "asked.yaml"
    file.write_text(write_scenario(Scenario.model_validate(base())), encoding="utf-8")
    made = moonwright.load(file)
    assert made.crew["person"].uses["o2"] == pytest.approx(0.895)
    assert lived_in(made) is made
    file.write_text(write_scenario(made), encoding="utf-8")
    assert moonwright.load(file) == made
    assert made.sources["bvad-2022"].grade == "A"
    assert "schreiner-mre" not in made.sources


def test_planner_and_replay_use_what_the_balance_asks() -> None:
    """Four people for a year. Each day 4 * 0.0435 kg of the system's losses and 0.2606 for the leak: 158.6 kg of water.

    Oxygen is split from water; 280.5 kg of nitrogen leak; food is eaten. Half a crew-hour outside each day takes
    0.6875 kg of water an hour, 0.0932 of oxygen and 0.0482 of nitrogen with the air of the lock.
    """
    data = base(demands={"stays": {"kind": "crew", "node": "base", "count": 4}})
    data["crew"]["person"]["rotation"] = {"longest": "500 d"}
    data["nodes"]["earth"] = {"kind": "recovery", "body": "earth"}
    data["routes"] = {"home": {"from": "base", "to": "earth", "duration": "1 d"}}
    data["vehicles"] = {"boat": {"owner": "a", "dry_mass": "1 t", "seats": 4}}
    data["missions"] = {"down": {"legs": [{"by": "boat", "route": "home"}]}}
    data["elements"]["home"]["provides"]["power_day"] = "10 kW"
    data["activities"] = {"outside": {"node": "base", "spacewalks": "0.5 h/d"}}
    data["crew"]["person"]["work"] = "5 h/d"
    data["initial"] |= {
        "crew": [{"kind": "person", "node": "base", "count": 4, "arrived": "2030-01-01"}],
        "vehicles": [{"vehicle": "boat", "node": "base", "arrived": "2030-01-01"}],
        "stocks": {"base": {"h2o": "1 t", "n2": "1 t", "meals": "3 t", "o2": "50 kg"}},
    }
    scenario = Scenario.model_validate(data)
    plan = moonwright.plan(scenario)
    assert plan is not None
    run = moonwright.simulate(scenario, plan)
    assert run.certified
    left = {stock.resource: float(stock.stock_kg[-1]) for stock in run.stocks if stock.node == "base"}
    split = 18.015 / 15.999  # water to oxygen, by mass
    lost_kg_d = 4 * (3.217 + 0.895 * split - 2.946 - 0.87 * 1.42) + 0.2314 * split
    assert left["h2o"] == pytest.approx(1000 - 365 * lost_kg_d - 365 * 0.5 * 0.6875, abs=0.05)
    assert left["n2"] == pytest.approx(1000 - 365 * (0.7686 + 0.5 * 0.04815), abs=0.05)
    data["initial"]["stocks"]["base"]["o2"] = "10 kg"  # of the 17.0 that are lost outside
    assert moonwright.plan(Scenario.model_validate(data)) is None
    assert left["o2"] == pytest.approx(50 - 365 * 0.5 * 0.09325, abs=0.05)
    assert left["meals"] == pytest.approx(3000 - 365 * 4 * 1.56)
