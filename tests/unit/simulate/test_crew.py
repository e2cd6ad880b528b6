"""People. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any


def test_seats_up(outpost: Any) -> None:
    outpost.plan["stays"][0]["arrived_d"] = 58
    assert "seats_up" in outpost.broken()


def test_seats_up_count(outpost: Any) -> None:
    outpost.flight("up-1")["crew"][0]["count"] = 1
    assert outpost.broken() == {"seats_up"}


def test_nobody_moves_between_places(outpost: Any) -> None:
    """Who could hop between places would begin a new stay each time."""
    outpost.scenario["nodes"]["camp"] = outpost.scenario["nodes"]["base"]
    outpost.scenario["routes"]["hop"] = {"from": "base", "to": "camp", "duration": "5 d"}
    outpost.scenario["missions"]["hop"] = {"legs": [{"by": "ferry", "route": "hop"}]}
    outpost.flight("down-1")["mission"] = "hop"
    assert "seats_up" in outpost.broken()


def test_seats_home(outpost: Any) -> None:
    outpost.plan["stays"][0]["leaves_d"] = 180
    assert "seats_home" in outpost.broken()


def test_seats_home_count(outpost: Any) -> None:
    outpost.flight("down-1")["crew"][0]["count"] = 1
    assert outpost.broken() == {"seats_home"}


def test_seats_home_flight_named(outpost: Any) -> None:
    outpost.plan["stays"][0]["down"] = None
    assert outpost.broken() == {"seats_home"}


def test_rotation_longest(outpost: Any) -> None:
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "122 d"
    assert outpost.broken() == set()
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "121.9 d"
    assert outpost.broken() == {"rotation"}


def test_rotation_shortest(outpost: Any) -> None:
    outpost.scenario["crew"]["pilot"]["rotation"]["shortest"] = "122 d"
    assert outpost.broken() == set()
    outpost.scenario["crew"]["pilot"]["rotation"]["shortest"] = "122.1 d"
    assert outpost.broken() == {"rotation"}


def test_rotation_of_those_who_stay(outpost: Any) -> None:
    outpost.plan["flights"].pop()
    outpost.plan["stays"][0].update(leaves_d=None, down=None)
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "306 d"
    assert outpost.broken() == set()
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "305 d"
    assert outpost.broken() == {"rotation"}


def test_aboard_at_start(outpost: Any) -> None:
    outpost.scenario["initial"] = {
        "crew": [{"kind": "pilot", "node": "base", "count": 1, "arrived": "2029-12-01"}],  # day -31
        "vehicles": [{"vehicle": "ferry", "node": "base", "arrived": "2029-12-01"}],
        "elements": [{"element": "hab"}],
        "stocks": {"base": {"food": "1 t"}},
    }
    outpost.scenario["elements"]["hab"]["quantity"] = 2
    outpost.flight("haul-1")["items"][0]["copy_no"] = 2
    outpost.plan["builds"][0]["copy_no"] = 2
    seat = {"kind": "pilot", "count": 1, "board": 0, "alight": 1}
    outpost.add_flight("down-1", "down-0", "ferry-0", departure_d=31, arrival_d=36, crew=[seat])
    stay = {
        "kind": "pilot",
        "node": "base",
        "count": 1,
        "arrived_d": -31,
        "leaves_d": 31,
        "up": None,
        "down": "down-0",
    }
    outpost.plan["stays"].append(stay)
    assert outpost.broken() == set()
    stay["arrived_d"] = -30
    assert outpost.broken() == {"aboard_at_start"}


def test_berths(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["provides"]["berths"] = 1
    assert outpost.broken() == {"berths"}
