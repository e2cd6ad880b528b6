"""Elements. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest


def test_commissioning(outpost: Any) -> None:
    outpost.plan["builds"][0]["begun_d"] = 0  # it needs no work, so this says nothing
    assert outpost.broken() == set()
    outpost.plan["builds"][0]["day_d"] = 30
    assert outpost.broken() == {"commissioning"}


def test_commissioning_once(outpost: Any) -> None:
    outpost.plan["builds"].append({"element": "hab", "copy_no": 1, "begun_d": 40, "day_d": 40})
    assert "commissioning" in outpost.broken()


def test_commissioning_of_what_never_came(outpost: Any) -> None:
    outpost.plan["builds"].append({"element": "hab", "copy_no": 2, "begun_d": 40, "day_d": 40})
    assert outpost.broken() == {"commissioning"}


def test_prerequisites(outpost: Any) -> None:
    outpost.scenario["elements"]["mast"] = {"owner": "us", "node": "base", "mass": "100 kg", "after": ["hab"]}
    item = {"element": "mast", "copy_no": 1, "board": 0, "alight": 1}
    outpost.add_flight("haul-1", "haul-0", "hauler-0", departure_d=5, arrival_d=10, items=[item])
    outpost.plan["builds"].append({"element": "mast", "copy_no": 1, "begun_d": 31, "day_d": 31})
    assert outpost.broken() == set()
    outpost.plan["builds"][1].update(begun_d=30, day_d=30)
    assert outpost.broken() == {"prerequisites"}


@pytest.fixture
def working(outpost: Any) -> Any:
    """A mast that asks for work between days 59 and 90: 31 days of two pilots with 5 h each are 310 h."""
    outpost.scenario["elements"]["mast"] = {
        "owner": "us",
        "node": "base",
        "mass": "100 kg",
        "crew_work": "310 h",
    }
    item = {"element": "mast", "copy_no": 1, "board": 0, "alight": 1}
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=54 - 28, arrival_d=31, items=[item])
    outpost.plan["builds"].append({"element": "mast", "copy_no": 1, "begun_d": 59, "day_d": 90})
    return outpost


def test_crew_work(working: Any) -> None:
    assert working.broken() == set()
    working.scenario["elements"]["mast"]["crew_work"] = "310.1 h"
    assert working.broken() == {"crew_work"}


def test_crew_work_is_done_once(working: Any) -> None:
    """Two masts in overlapping spans: each fits alone, both only when their spans together hold 620 h."""
    mast = working.scenario["elements"]["mast"]
    mast.update(quantity=2, mass="100 kg")
    working.flight("haul-2")["items"].append({"element": "mast", "copy_no": 2, "board": 0, "alight": 1})
    working.plan["builds"].append({"element": "mast", "copy_no": 2, "begun_d": 59, "day_d": 121})
    assert working.broken() == set()
    working.plan["builds"][2]["day_d"] = 120
    assert working.broken() == {"crew_work"}


def test_activities_come_out_of_the_same_hours(working: Any) -> None:
    working.scenario["activities"] = {
        "science": {"node": "base", "crew_time": "1 h/d", "from": "2030-03-01", "until": "2030-07-01"}
    }
    working.scenario["elements"]["mast"]["crew_work"] = "279 h"  # 310 h less 31 h
    assert working.broken() == set()
    working.scenario["elements"]["mast"]["crew_work"] = "279.1 h"
    assert working.broken() == {"crew_work"}


def test_activities_need_a_crew(outpost: Any) -> None:
    outpost.scenario["activities"] = {
        "science": {"node": "base", "crew_time": "10 h/d", "from": "2030-03-01", "until": "2030-07-01"}
    }
    assert outpost.broken() == set()
    outpost.scenario["activities"]["science"]["until"] = "2030-07-02"
    assert outpost.broken() == {"crew_work"}


def test_robot_work(outpost: Any) -> None:
    """The habitat's arm has 2 h a day from day 31 on: 56 h until day 59."""
    outpost.scenario["elements"]["hab"]["provides"]["robot_hours"] = "2 h/d"
    outpost.scenario["elements"]["mast"] = {
        "owner": "us",
        "node": "base",
        "mass": "100 kg",
        "robot_work": "56 h",
    }
    item = {"element": "mast", "copy_no": 1, "board": 0, "alight": 1}
    outpost.add_flight("haul-1", "haul-0", "hauler-0", departure_d=5, arrival_d=10, items=[item])
    outpost.plan["builds"].append({"element": "mast", "copy_no": 1, "begun_d": 31, "day_d": 59})
    assert outpost.broken() == set()
    outpost.scenario["elements"]["mast"]["robot_work"] = "56.1 h"
    assert outpost.broken() == {"robot_work"}


def test_work_begins_once_it_came(working: Any) -> None:
    working.flight("haul-2").update(departure_d=54.5, arrival_d=59.5)
    assert working.broken() == {"commissioning"}


def test_ports(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["port"] = "hatch"
    outpost.scenario["elements"]["hab"]["provides"]["ports"] = {"hatch": 2}
    outpost.add_flight("up-1", "up-2", "ferry-2", departure_d=176, arrival_d=181)
    # At day 181 the second comes before the first leaves, so for that moment there are two.
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["provides"]["ports"] = {"hatch": 1}
    assert outpost.broken() == {"ports"}
    outpost.flight("up-2").update(departure_d=207, arrival_d=212)
    assert outpost.broken() == set()


def test_a_life_ends_with_the_last_whole_period_in_it(outpost: Any) -> None:
    """160 d from day 31 end on day 191, in July: the habitat serves until July opens, on day 181."""
    outpost.scenario["elements"]["hab"]["life"] = "160 d"
    run = outpost.run()
    assert run.certified
    assert run.nodes[0].berths[[180, 181]].tolist() == [2, 0]
    outpost.scenario["elements"]["hab"]["life"] = "149 d"  # until day 180, so it serves until 1 June, day 151
    assert outpost.broken() == {"berths", "power"}


def test_what_is_lost_serves_no_longer(outpost: Any) -> None:
    """It serves until the period opens in which it is lost, is operated until that day, and is not built after."""
    whole_musd = outpost.run().cost_musd
    outpost.scenario["elements"]["hab"]["lost"] = "2030-07-10"  # day 190
    run = outpost.run()
    assert run.nodes[0].berths[[180, 181]].tolist() == [2, 0]
    assert run.cost_musd == pytest.approx(whole_musd - 17.5)  # 0.1 MUSD on each of the last 175 days
    outpost.scenario["elements"]["hab"]["lost"] = "2030-02-01"
    assert "commissioning" in outpost.broken()


def test_copies_there_at_the_start_come_first(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["quantity"] = 2
    outpost.scenario["initial"] = {"elements": [{"element": "hab"}]}
    assert outpost.broken() == {"commissioning", "delivery"}
    outpost.flight("haul-1")["items"][0]["copy_no"] = 2
    outpost.plan["builds"][0]["copy_no"] = 2
    run = outpost.run()
    assert run.certified
    assert run.nodes[0].berths[[0, 30, 31]].tolist() == [2, 2, 4]
    # One was paid for before; both are operated, one for the whole of 365 d.
    assert run.cost_musd == pytest.approx(200 + 20 + 50 + 200 + 33.4 + 36.5)
