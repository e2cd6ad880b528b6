"""Every single vehicle. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest


def test_crewing(outpost: Any) -> None:
    outpost.flight("haul-1")["units"][0]["part"] = "tug"
    assert "crewing" in outpost.broken()


def test_crewing_launcher(outpost: Any) -> None:
    outpost.scenario["launchers"]["other"] = outpost.scenario["launchers"]["heavy"]
    outpost.scenario["missions"]["haul"]["legs"][0]["by"] = ["heavy", "other"]
    outpost.flight("haul-1")["launcher"] = "other"
    assert outpost.broken() == set()
    outpost.scenario["missions"]["haul"]["legs"][0]["by"] = "heavy"
    assert "crewing" in outpost.broken()


def test_a_flight_that_is_not_flown_brings_nothing(outpost: Any) -> None:
    outpost.flight("haul-1")["launcher"] = None
    run = outpost.run()
    assert {"crewing", "commissioning", "stock", "berths"} <= {v.rule for v in run.violations}
    assert "haul-1" not in [record.flight for record in run.flights]


def test_vehicle_there(outpost: Any) -> None:
    outpost.flight("down-1")["units"][0]["serial"] = "ferry-2"
    found = outpost.run().violations
    assert [v.text for v in found if v.rule == "vehicle_there"] == ["ferry-2 is not waiting at base"]


def test_one_vehicle_is_not_in_two_flights(outpost: Any) -> None:
    outpost.add_flight("down-1", "down-2", "ferry-1", crew=outpost.flight("down-1")["crew"])
    assert "vehicle_there" in outpost.broken()


def test_a_launched_vehicle_is_not_launched_again(outpost: Any) -> None:
    outpost.add_flight("up-1", "up-2", "ferry-1", departure_d=85, arrival_d=90)
    assert "vehicle_there" in outpost.broken()


def test_opening_state(outpost: Any) -> None:
    """A ferry that came during July cannot leave at the end of July: it was not there when July opened."""
    outpost.add_flight("up-1", "up-2", "ferry-2", departure_d=176, arrival_d=181)
    outpost.flight("up-2")["units"][0]["tanked_kg"] = 4211
    outpost.flight("down-1").update(departure_d=212, arrival_d=217)
    outpost.flight("down-1")["units"][0]["serial"] = "ferry-2"
    outpost.plan["stays"][0]["leaves_d"] = 212
    assert outpost.broken() == set()
    outpost.flight("up-2").update(departure_d=177, arrival_d=182)
    assert outpost.broken() == {"opening_state"}


def test_left_behind(outpost: Any) -> None:
    outpost.scenario["routes"]["fling"] = {"from": "cape", "to": "gate", "duration": "5 d"}
    outpost.scenario["launchers"]["heavy"]["payload"]["gate"] = "10 t"
    leg = {"by": "heavy", "carrying": ["hauler"], "route": "fling"}
    outpost.scenario["missions"]["fling"] = {"legs": [leg], "expends": ["hauler"]}
    outpost.add_flight("haul-1", "fling-1", "hauler-2", mission="fling", departure_d=85, arrival_d=90)
    assert outpost.broken() == set()
    outpost.scenario["missions"]["fling"]["expends"] = []
    assert outpost.broken() == {"left_behind"}


def test_service(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"].update(ready="2030-02-24", retired="2030-07-01")  # days 54 and 181
    assert outpost.broken() == set()
    outpost.scenario["vehicles"]["ferry"]["ready"] = "2030-02-25"
    assert outpost.broken() == {"service"}
    outpost.scenario["vehicles"]["ferry"].update(ready="2030-02-24", retired="2030-06-30")
    assert outpost.broken() == set()  # it is out there, and may come home
    outpost.scenario["vehicles"]["ferry"].update(ready="2030-02-01", retired="2030-02-23")
    assert outpost.broken() == {"service"}


def test_stay_limit(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["stay"] = "122 d"
    assert outpost.broken() == set()
    outpost.scenario["vehicles"]["ferry"]["stay"] = "121.9 d"
    assert outpost.broken() == {"stay_limit"}


def test_stay_limit_of_one_that_stays(outpost: Any) -> None:
    outpost.add_flight("up-1", "up-2", "ferry-2", departure_d=240, arrival_d=245)
    outpost.scenario["vehicles"]["ferry"]["stay"] = "122 d"
    assert outpost.broken() == set()  # 365 - 245 = 120
    outpost.flight("up-2").update(departure_d=237, arrival_d=242)
    assert outpost.broken() == {"stay_limit"}


@pytest.fixture
def reusing(outpost: Any) -> Any:
    """The ferry flies twice: it is back on day 186, and lifts off again on day 207."""
    outpost.scenario["vehicles"]["ferry"]["reuse"] = {
        "flights": 2,
        "turnaround": "21 d",
        "refurbishment": "5 MUSD",
    }
    outpost.plan["purchases"] = [{"vehicle": "ferry", "count": 1, "day_d": 54}]
    outpost.add_flight("up-1", "up-2", "ferry-1", departure_d=207, arrival_d=212)
    return outpost


def test_turnaround(reusing: Any) -> None:
    assert reusing.broken() == set()
    reusing.scenario["vehicles"]["ferry"]["reuse"]["turnaround"] = "21.1 d"
    assert reusing.broken() == {"turnaround"}


def test_turnaround_of_one_that_is_not_reusable(reusing: Any) -> None:
    del reusing.scenario["vehicles"]["ferry"]["reuse"]
    assert reusing.broken() == {"turnaround"}


def test_fleet_bought(reusing: Any) -> None:
    reusing.plan["purchases"] = []
    assert reusing.broken() == {"fleet"}
    reusing.plan["purchases"] = [{"vehicle": "ferry", "count": 1, "day_d": 55}]  # a day too late
    assert reusing.broken() == {"fleet"}


def test_fleet_flights(reusing: Any) -> None:
    reusing.scenario["vehicles"]["ferry"]["reuse"]["flights"] = 1
    assert reusing.broken() == {"fleet"}


def test_a_mission_that_leaves_it_waiting_is_a_flight_too(reusing: Any) -> None:
    """Up and down is one flight of a vehicle; a hop from the base and back before it leaves is another."""
    reusing.plan["flights"].pop()
    reusing.scenario["vehicles"]["ferry"]["reuse"]["flights"] = 1
    assert reusing.broken() == set()
    reusing.scenario["routes"]["hop"] = {"from": "base", "to": "base", "duration": "1 d"}
    reusing.scenario["missions"]["hop"] = {"legs": [{"by": "ferry", "route": "hop"}]}
    reusing.add_flight("down-1", "hop-1", "ferry-1", mission="hop", departure_d=119, arrival_d=120)
    assert reusing.broken() == {"fleet", "ride_home"}
    reusing.scenario["vehicles"]["ferry"]["reuse"]["flights"] = 2
    assert reusing.broken() == {"ride_home"}  # while it hops nobody could leave


def test_fleet_at_the_start(reusing: Any) -> None:
    reusing.plan["purchases"] = []
    reusing.scenario["initial"] = {"fleet": [{"vehicle": "ferry", "count": 1, "flights_left": 2}]}
    assert reusing.broken() == set()
    reusing.scenario["initial"]["fleet"][0]["flights_left"] = 1
    assert reusing.broken() == {"fleet"}


def test_fleet_finds_the_one_assignment_that_works(reusing: Any) -> None:
    """One has one flight left, a new one two: the ferry that flies twice must be the new one."""
    reusing.scenario["initial"] = {"fleet": [{"vehicle": "ferry", "count": 1, "flights_left": 1}]}
    reusing.add_flight("up-1", "up-3", "ferry-9", departure_d=240, arrival_d=245)
    assert reusing.broken() == set()
    reusing.plan["purchases"] = []
    assert reusing.broken() == {"fleet"}


def test_a_vehicle_that_was_there_has_flown_once(reusing: Any) -> None:
    there = {"vehicle": "ferry", "node": "base", "arrived": "2029-12-01"}
    reusing.scenario["initial"] = {"vehicles": [there]}
    down = reusing.add_flight("down-1", "down-0", "ferry-0", departure_d=59, arrival_d=64)
    reusing.add_flight("up-1", "up-3", "ferry-0", departure_d=240, arrival_d=245)
    reusing.scenario["missions"]["down"]["least_crew"] = 0
    assert down["units"][0]["serial"] == "ferry-0"
    assert reusing.broken() == set()
    reusing.scenario["vehicles"]["ferry"]["reuse"]["flights"] = 1
    found = [v.text for v in reusing.run().violations if v.rule == "fleet"]
    assert "ferry-0 flies more than 1 times" in found


def test_of_those_there_at_the_start_the_oldest_goes_first(outpost: Any) -> None:
    outpost.scenario["initial"] = {
        "vehicles": [
            {"vehicle": "ferry", "node": "base", "arrived": "2029-12-30"},
            {"vehicle": "ferry", "node": "base", "arrived": "2029-12-02"},
        ]
    }
    outpost.scenario["missions"]["down"]["least_crew"] = 0
    outpost.add_flight("down-1", "down-a", "ferry-a", departure_d=90, arrival_d=95)
    outpost.add_flight("down-1", "down-b", "ferry-b", departure_d=120, arrival_d=125)
    # The one of 2 December (day -30) leaves after 120 d, the one of 30 December (day -2) after 122 d.
    outpost.scenario["vehicles"]["ferry"]["stay"] = "122 d"
    assert outpost.broken() == set()
