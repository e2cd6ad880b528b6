"""A ride home. Each test keeps the rule by a little, then breaks it by a little."""

from itertools import product
from typing import Any

import pytest

from moonwright.simulate.home import Homeward, Return


def test_no_vehicle_no_ride(outpost: Any) -> None:
    """A second ferry takes the crew home. From the day the first is gone on, the second must be there."""
    outpost.flight("down-1").update(departure_d=212, arrival_d=217)
    outpost.plan["stays"][0]["leaves_d"] = 212
    assert outpost.broken() == set()
    outpost.scenario["missions"]["down"]["least_crew"] = 0
    outpost.add_flight("down-1", "down-0", "ferry-1", departure_d=181, arrival_d=186)
    second = outpost.add_flight("up-1", "up-2", "ferry-2", departure_d=176, arrival_d=181)
    second["units"][0]["tanked_kg"] = 4211
    outpost.flight("down-1")["units"][0]["serial"] = "ferry-2"
    assert outpost.broken() == set()
    second.update(departure_d=177, arrival_d=182)
    assert outpost.broken() == {"ride_home", "opening_state"}


def test_a_vehicle_without_the_propellant_is_no_ride(outpost: Any) -> None:
    outpost.plan["flights"].pop()
    outpost.plan["stays"][0].update(leaves_d=None, down=None)
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "400 d"
    assert outpost.broken() == set()
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4210
    assert outpost.broken() == {"ride_home"}


def test_everybody_needs_a_seat(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["provides"]["berths"] = 3
    outpost.scenario["initial"] = {
        "vehicles": [{"vehicle": "ferry", "node": "base", "arrived": "2029-12-31"}]
    }
    up = outpost.add_flight("up-1", "up-2", "ferry-2", departure_d=85, arrival_d=90)
    up["crew"] = [{"kind": "pilot", "count": 1, "board": 0, "alight": 1}]
    up["units"][0]["tanked_kg"] = 0
    stay = {
        **outpost.plan["stays"][0],
        "count": 1,
        "arrived_d": 90,
        "leaves_d": None,
        "up": "up-2",
        "down": None,
    }
    outpost.plan["stays"].append(stay)
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "300 d"
    assert outpost.broken() == set()
    outpost.scenario["initial"] = {}  # ferry-2 came with an empty tank, and ferry-1 has two seats for three
    assert outpost.broken() == {"ride_home"}


DOWN = Return("down", (("lander", "base"), ("ship", "llo")), (0, 0), ("base", "llo"), (2, 3), 0, frozenset())
SHIP = Return("ship", (("ship", "llo"),), (0,), ("llo",), (3,), 0, frozenset({"them"}))
LANDER = ("lander", "base", frozenset({"down"}))
ORBITER = ("ship", "llo", frozenset({"down", "ship"}))


@pytest.mark.parametrize(
    ("people", "landers", "ships", "home"),
    [
        ({("base", "us"): 2}, 1, 1, True),
        ({("base", "us"): 3}, 1, 1, False),
        ({("base", "us"): 3}, 2, 1, False),
        ({("base", "us"): 3}, 2, 2, True),
        ({("base", "us"): 2, ("llo", "us"): 1}, 1, 1, True),
        ({("base", "us"): 2, ("llo", "us"): 2}, 1, 1, False),
        # One of four in orbit must ride with those from the base.
        ({("base", "us"): 2, ("llo", "us"): 4}, 1, 2, True),
        ({("base", "us"): 2, ("llo", "us"): 5}, 1, 2, False),
        # A ship alone may not carry them; together with a lander it may.
        ({("llo", "them"): 1}, 0, 1, False),
        ({("llo", "them"): 1}, 1, 1, True),
        ({("llo", "them"): 3, ("llo", "us"): 3}, 1, 2, True),
        ({("llo", "them"): 4, ("llo", "us"): 2}, 1, 2, False),
        ({}, 0, 0, True),
    ],
)
def test_all_home(people: dict[tuple[str, str], int], landers: int, ships: int, home: bool) -> None:
    parked = tuple((key, n) for key, n in ((LANDER, landers), (ORBITER, ships)) if n)
    assert Homeward((DOWN, SHIP)).all_home(tuple(sorted(people.items())), parked) is home


@pytest.mark.parametrize(("landers", "ships"), list(product(range(3), range(3))))
def test_most_home(landers: int, ships: int) -> None:
    """From the base two leave with every pair of lander and ship; from orbit three with every ship."""
    parked = tuple((key, n) for key, n in ((LANDER, landers), (ORBITER, ships)) if n)
    homeward = Homeward((DOWN, SHIP))
    assert homeward.most_home("base", parked) == 2 * min(landers, ships)
    assert homeward.most_home("llo", parked) == 3 * ships


def test_least_crew_holds_for_rides_home() -> None:
    fussy = Return("fussy", (("ship", "llo"),), (0,), ("llo",), (3,), 2, frozenset())
    parked = ((("ship", "llo", frozenset({"fussy"})), 2),)
    assert Homeward((fussy,)).all_home(((("llo", "us"), 2),), parked)
    assert not Homeward((fussy,)).all_home(((("llo", "us"), 1),), parked)
    # Three and one would strand the one; two and two get home.
    assert Homeward((fussy,)).all_home(((("llo", "us"), 4),), parked)
