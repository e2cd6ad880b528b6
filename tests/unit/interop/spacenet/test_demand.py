"""What campaigns ask for, worked by hand from the equations of SpaceNet's demand models."""

import pytest

from laws.interop.spacenet_files import TUG, campaign, event, ident, small
from moonwright.interop.spacenet.demand import hours_outside, mission_times
from moonwright.interop.spacenet.figures import demands_kg
from moonwright.interop.spacenet.read import read
from moonwright.interop.spacenet.rules import EXACT, spacenets
from moonwright.interop.spacenet.run import run


def test_what_the_crew_of_the_tug_needs() -> None:
    """One person, 7.5 d at the base (day 5.5 to 13), 10 d of reserves, no transit, two walks of 6 h.

    kept 17.5 d, used 7.5 d, outside 12 h. 201: 17.5 x 3.6 x 0.5 + 12 x 0.6875 = 39.75. 202: 17.5 x 2.43612.
    203: 17.5 x 6.07143 + 12 x 0.07875. 204: 17.5 x 0.27778 + 1.8. 205: 7.5 x 2.3 / 4. 206: 10.
    301: 5. 302: 107 + 12 x 0.3625. 303: 20.1. 304: 25. 305: 20. 306: 5. 701: 7.5 x 0.05. 702: 17.5 x 0.05.
    """
    made = read(TUG).campaign
    found = {one.class_of_supply: one.mass_kg for one in run(made, EXACT).demands if one.place == "Base"}
    expected = {
        201: 39.75, 202: 17.5 * 2.43612, 203: 17.5 * 6.07143 + 0.945, 204: 17.5 * 0.27778 + 1.8, 205: 4.3125,
        206: 10.0, 301: 5.0, 302: 111.35, 303: 20.1, 304: 25.0, 305: 20.0, 306: 5.0, 701: 0.375, 702: 0.875,
    }  # fmt: skip
    assert {supply: mass_kg for supply, mass_kg in found.items() if supply != 4} == pytest.approx(expected)


def test_times_of_a_mission() -> None:
    made = read(TUG).campaign
    times = mission_times(made, made.missions[0], EXACT)
    assert (times.start_d, times.transit_d, times.stay_d, times.return_d) == (10.0, 5.5, 7.5, 0.0)
    assert hours_outside(made.missions[0]) == 12.0


def test_a_mission_lasts_until_the_next_begins() -> None:
    data = small()
    later = {"name": "second", "startDate": "2030-01-16T00:00:00Z", "events": []}
    data["missionList"].append(later)
    made = campaign(data)
    assert mission_times(made, made.missions[0], EXACT).duration_d == 5.0
    assert mission_times(made, made.missions[1], EXACT).duration_d == 0.0


def test_a_mission_before_the_start_counts_as_one_after_it() -> None:
    """SpaceNet takes the difference without its sign."""
    data = small()
    data["startDate"] = "2030-01-21T00:00:00Z"
    assert run(campaign(data), EXACT).departures[0].day_d == 11.0


def test_transit_counts_unless_it_is_left_out() -> None:
    """To the base in 3.5 d, back to the cape: leaves it on day 6, arrives on day 8; one person, 3.6 kg a day."""
    data = small()
    data["network"]["edges"].append(
        {"id": ident("home"), "type": "Flight Edge", "name": "home", "origin": ident("base"),
         "destination": ident("cape"), "duration": "P2D", "maxCrew": 9, "maxCargo": 9e9}
    )  # fmt: skip
    mission = data["missionList"][0]
    mission["events"].append(
        event("Flight Transport", "home", 6, "base", edge=ident("home"), elements=[ident("capsule")])
    )
    mission |= {"returnOrigin": ident("base"), "returnDestination": ident("cape")}
    zero = {
        "foodSupportRate": 0, "ambientFoodRate": 0, "rfFoodRate": 0, "oxygenRate": 0, "nitrogenRate": 0,
        "hygieneRate": 0, "hygieneKit": 0, "clothingRate": 0, "personalItems": 0, "officeEquipment": 0, "evaSuit": 0,
        "healthEquipment": 0, "healthConsumables": 0, "safetyEquipment": 0, "commEquipment": 0,
        "computerEquipment": 0, "trashBagRate": 0, "wasteContainmentRate": 0,
    }  # fmt: skip
    for omitted, expected_d in ((False, 3.5 + 2.5 + 2.0), (True, 2.5)):
        model = {
            "type": "Crew Consumables",
            "name": "m",
            "waterRecoveryRate": 0,
            "transitDemandsOmitted": omitted,
        }
        mission["demandModels"] = [model | zero]
        rows = list(demands_kg(run(campaign(data), EXACT)))
        assert rows == [("base", 2, pytest.approx(expected_d * 3.6))]


def test_spares_of_parts_go_by_their_number() -> None:
    """10 %/yr of 300 kg over 3.65 d is 0.3 kg: two fans to one of water's, two to one."""
    data = small()
    data["elementTemplates"][1] |= {
        "parts": [{"resource": ident("water"), "quantity": 1}, {"resource": ident("fuel"), "quantity": 2}],
        "states": [{"name": "on", "type": "Active", "demandModels": [
            {"type": "Sparing By Mass", "name": "s", "unpressurizedSparesRate": 0.1, "pressurizedSparesRate": 0,
             "partsListEnabled": True}]}],
        "currentStateIndex": 0,
    }  # fmt: skip
    end = event("Remove Elements", "end", 3.65, "base", elements=[ident("capsule")])
    data["missionList"][0]["events"].append(end)
    found: dict[str, float] = {}
    for one in run(campaign(data), EXACT).demands:
        found[one.resource] = found.get(one.resource, 0.0) + one.mass_kg
    assert found == pytest.approx({"water": 0.1, "fuel": 0.2})


def test_demands_are_rounded_at_every_step() -> None:
    """By SpaceNet's rules totals depend on how often something happens: 0.004 kg a day and step is nothing."""
    data = small()
    leak = {"type": "Rated", "name": "leak", "demands": [{"classOfSupply": 203, "rate": 0.004}]}
    data["elementTemplates"][1] |= {
        "states": [{"name": "on", "type": "Active", "demandModels": [leak]}], "currentStateIndex": 0,
    }  # fmt: skip
    made = campaign(data)
    assert sum(one.mass_kg for one in run(made, EXACT).demands) == pytest.approx(0.004 * 3.5)
    steps = [1.0, 2.0, 0.5]  # 0.004, 0.008 and 0.002 kg
    expected = sum(int(0.004 * step / 0.01 + 0.5) * 0.01 for step in steps)
    assert sum(one.mass_kg for one in run(made, spacenets(made)).demands) == pytest.approx(expected)
