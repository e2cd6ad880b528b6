"""Propellant, vehicle by vehicle. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest

from moonwright.scenario.vehicle import Tank
from moonwright.simulate.tank import after_boil_off_kg, burn_kg, need_kg

TANK = Tank.model_validate({"resource": "fuel", "capacity": "5 t", "isp": "300 s", "boil_off": "10 %/d"})
HALF_M_S = 300 * 9.80665 * 0.6931471805599453  # mass ratio 2


def test_burns_follow_one_another() -> None:
    # 8 t halve to 4 t, and then to 2 t: 6 t burned.
    assert burn_kg(TANK, (HALF_M_S, HALF_M_S), 8000) == pytest.approx(6000)
    assert burn_kg(TANK, (), 8000) == 0
    assert burn_kg(None, (1.0,), 8000) == float("inf")


def test_need_is_the_other_way_round() -> None:
    assert need_kg(TANK, (HALF_M_S, HALF_M_S), 2000) == pytest.approx(6000)


def test_boil_off() -> None:
    assert after_boil_off_kg(TANK, 1000, 2) == pytest.approx(810)
    assert after_boil_off_kg(None, 0, 2) == 0


def test_propellant(outpost: Any) -> None:
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4211 - 0.001
    assert outpost.broken() == set()
    # A kilogram less lifts half a kilogram less: 8,421 kg burn 4,210.5 kg, and 4,210 are there.
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4210
    assert outpost.broken() == {"propellant", "ride_home"}


def test_propellant_boils_off_while_waiting(outpost: Any) -> None:
    # 122 d at 0.1 %/d leave 88.5 %: 4,758 kg would be 4,211 kg on departure.
    outpost.scenario["vehicles"]["ferry"]["tank"]["boil_off"] = "0.1 %/d"
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4211 / 0.999**122
    run = outpost.run()
    assert run.certified
    assert run.ledger.boiled_off_kg == pytest.approx(4211 / 0.999**122 - 4211)
    outpost.flight("up-1")["units"][0]["tanked_kg"] -= 1
    assert outpost.broken() == {"propellant", "ride_home"}


def test_tank_capacity(outpost: Any) -> None:
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 5000
    assert outpost.broken() == set()
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 5000.1
    assert outpost.broken() == {"tank_capacity"}


def test_tanking_at_a_node(outpost: Any) -> None:
    """The ferry comes with 3,000 kg and takes 1,211 kg from the node's stock before it goes home."""
    outpost.scenario["initial"] = {"stocks": {"base": {"fuel": "1211 kg"}}}
    outpost.scenario["missions"]["down"]["refuels"] = ["ferry"]
    outpost.scenario["vehicles"]["ferry"]["refuelled"] = True
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 3000
    outpost.flight("down-1")["units"][0]["tanked_kg"] = 1211
    # Until it is refuelled nobody could leave at once: the refuelling is not counted on for the ride home.
    assert outpost.broken() == {"ride_home"}
    assert next(s for s in outpost.run().stocks if s.resource == "fuel").stock_kg[[180, 181]].tolist() == [
        1211,
        0,
    ]
    outpost.scenario["vehicles"]["ferry"]["refuelled"] = False
    assert outpost.broken() == {"ride_home", "tanking"}
    outpost.scenario["missions"]["down"]["refuels"] = []
    assert "tanking" in outpost.broken()


def test_pushing(outpost: Any) -> None:
    outpost.scenario["missions"]["down"]["legs"][0]["carrying"] = ["hauler"]
    outpost.scenario["missions"]["down"]["units"] = {}
    outpost.scenario["missions"]["haul"]["expends"] = []
    outpost.scenario["vehicles"]["ferry"]["tank"]["capacity"] = "7 t"
    outpost.scenario["vehicles"]["ferry"]["pushes"] = True
    outpost.scenario["launchers"]["heavy"]["payload"]["base"] = "12 t"
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 6211
    outpost.flight("down-1")["units"].append({"part": "hauler", "vehicle": "hauler", "serial": "hauler-1"})
    run = outpost.run()
    assert run.certified
    assert run.flights[-1].burned_kg == pytest.approx({"ferry-1": 6211, "hauler-1": 0})
    outpost.scenario["vehicles"]["ferry"]["pushes"] = False
    assert outpost.broken() == {"pushing"}
