"""What elements make. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest


@pytest.fixture
def plant(outpost: Any) -> Any:
    """The habitat makes 10 kg of fuel a day from day 31 to 59, out of 2 kg of food a kg, at 2.4 kWh a kg."""
    outpost.scenario["elements"]["hab"]["provides"]["produces"] = {
        "fuel": {"rate": "10 kg/d", "energy": "2.4 kWh/kg", "inputs": {"food": "2 kg/kg"}}
    }
    made = {
        "element": "hab",
        "node": "base",
        "resource": "fuel",
        "how": "produced",
        "from_d": 31,
        "until_d": 59,
    }
    outpost.plan["made"] = [{**made, "mass_kg": 280}]
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 900
    return outpost


def test_production(plant: Any) -> None:
    run = plant.run()
    assert run.certified
    fuel, food = (next(s for s in run.stocks if s.resource == name).stock_kg for name in ("fuel", "food"))
    assert fuel[[30, 31, 58, 59]] == pytest.approx([0, 10, 280, 280])
    assert food[[31, 58]] == pytest.approx([880, 340])
    assert run.nodes[0].power_use_kw[[31, 58, 59]] == pytest.approx([6, 6, 7])  # 24 kWh a day are 1 kW
    assert run.ledger.made_from_site_kg == pytest.approx(280)
    plant.plan["made"][0]["mass_kg"] = 280.1
    assert plant.broken() == {"production"}


def test_production_only_while_it_serves(plant: Any) -> None:
    """A day before it is commissioned there is no plant, no power, and no food to make anything of."""
    plant.plan["made"][0].update(from_d=30, mass_kg=280)
    assert plant.broken() == {"production", "power", "stock"}


def test_made_where_it_stands(plant: Any) -> None:
    plant.scenario["nodes"]["camp"] = plant.scenario["nodes"]["base"]
    plant.plan["made"][0]["node"] = "camp"
    assert plant.broken() == {"made_where_it_stands"}


def test_made_of_what_it_can_make(plant: Any) -> None:
    plant.plan["made"][0].update(resource="food", mass_kg=1)
    assert plant.broken() == {"made_where_it_stands"}


@pytest.fixture
def closed(outpost: Any) -> Any:
    """Life support recovers half of the food of one: 0.5 kg a day over the 122 days of the stay."""
    outpost.scenario["elements"]["hab"]["provides"]["closure"] = {"food": {"share": "50 %", "crew": 1}}
    made = {
        "element": "hab",
        "node": "base",
        "resource": "food",
        "how": "recovered",
        "from_d": 59,
        "until_d": 181,
    }
    outpost.plan["made"] = [{**made, "mass_kg": 61}]
    return outpost


def test_recovery(closed: Any) -> None:
    run = closed.run()
    assert run.certified
    assert run.stocks[0].stock_kg[[59, 60]] == pytest.approx([798.5, 797])
    assert run.ledger.consumed_kg == pytest.approx(2 * 122 + 20 - 61)
    closed.plan["made"][0]["mass_kg"] = 61.2
    assert closed.broken() == {"recovery"}


def test_recovery_needs_people(closed: Any) -> None:
    closed.plan["made"][0]["until_d"] = 182
    assert closed.broken() == {"recovery"}


def test_in_the_closing_period_all_is_recovered_that_can_be(closed: Any) -> None:
    """Two who stay eat 2 kg a day from day 59 to 396; 0.5 kg a day comes back until the end, told or not."""
    closed.plan["flights"].pop()
    closed.plan["stays"][0].update(leaves_d=None, down=None)
    closed.scenario["crew"]["pilot"]["rotation"]["longest"] = "400 d"
    closed.plan["made"][0].update(until_d=365, mass_kg=0.5 * (365 - 59))
    food = closed.flight("haul-1")["cargo"][0]
    food["mass_kg"] = 1.5 * (396 - 59)
    assert closed.broken() == set()
    food["mass_kg"] -= 0.1
    assert closed.broken() == {"stock"}
    food["mass_kg"] = 2 * (365 - 59) + 1.5 * 31
    closed.plan["made"] = []
    assert closed.broken() == set()
    closed.plan["made"] = [
        {"element": "hab", "node": "base", "resource": "food", "how": "recovered"}
        | {"from_d": 365, "until_d": 396, "mass_kg": 15.4}
    ]
    assert closed.broken() == {"stock"}  # what is told is what counts


def test_two_elements_do_not_serve_one_person_twice(closed: Any) -> None:
    """Closures of 50 % and 30 % for one each: alone 0.5 and 0.3 kg a day; for a crew of two together 0.8."""
    rack = {**closed.scenario["elements"]["hab"], "mass": "100 kg", "price": "0 MUSD"}
    rack["provides"] = {"closure": {"food": {"share": "30 %", "crew": 1}}}
    closed.scenario["elements"]["rack"] = rack
    closed.flight("haul-1")["items"].append({"element": "rack", "copy_no": 1, "board": 0, "alight": 1})
    rack["uses"] = {}
    closed.plan["builds"].append({"element": "rack", "copy_no": 1, "begun_d": 31, "day_d": 31})
    closed.plan["made"].append({**closed.plan["made"][0], "element": "rack", "mass_kg": 0.3 * 122})
    assert closed.broken() == set()
    # With half the crew the better closure serves the one, and the other has nobody.
    for name in ("up-1", "down-1"):
        closed.flight(name)["crew"][0]["count"] = 1
    closed.plan["stays"][0]["count"] = 1
    assert closed.broken() == {"recovery"}
    closed.plan["made"].pop()
    assert closed.broken() == set()
