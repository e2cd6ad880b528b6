"""Where the planner once took the meaning of a plan too lightly: each case has a twin that needs no luck."""

from __future__ import annotations

from typing import Any

import pytest

from worlds import Noun, best, cape_and_base, rocket


def moon(**changes: Any) -> Noun:
    """The first half of 2030 (181 d), month by month, in a lunar orbit and at a base; a rocket lifts ships to the base."""
    data = cape_and_base(
        "moon",
        {"start": "2030-01-01", "end": "2030-07-01"},
        nodes={
            "orbit": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        routes={
            "lift": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "orbit", "to": "base", "duration": "1 d", "burns": ["2 km/s"]},
            "hop": {"from": "base", "to": "orbit", "duration": "1 d"},
            "back": {"from": "orbit", "to": "base", "duration": "1 d"},
            "home": {"from": "base", "to": "sea", "duration": "4 d"},
        },
        launchers={"rocket": rocket("10 t", "12 /yr", price="50 MUSD")},
        vehicles={
            "ship": {"owner": "a", "dry_mass": "3 t", "seats": 2, "price": "100 MUSD"},
            "lander": {
                "owner": "a",
                "dry_mass": "2 t",
                "tank": {"resource": "fuel", "capacity": "3 t", "isp": "320 s"},
                "refuelled": True,
            },
        },
        resources={"food": {"supply_class": 2}, "fuel": {"supply_class": 1, "storage": "tank"}},
    )
    return data | changes


def crewed(**changes: Any) -> Noun:
    """Two people at the base since the first day, in a hut for two, with a ship to go home in."""
    data = moon(
        missions={
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "lift"}]},
            "go": {"legs": [{"by": "ship", "route": "home"}]},
        },
        crew={"crew": {"owner": "a", "mass": "100 kg", "uses": {}, "rotation": {"longest": "400 d"}}},
        elements={"hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 2}}},
        initial={
            "elements": [{"element": "hut"}],
            "crew": [{"kind": "crew", "node": "base", "count": 2, "arrived": "2030-01-01"}],
            "vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2030-01-01"}],
        },
    )
    return data | changes


def window(opens: str, closes: str) -> list[Noun]:
    return [{"opens": opens, "closes": closes}]


@pytest.mark.parametrize(("until", "possible"), [("2030-02-20", False), ("2030-04-01", True)])
def test_what_is_under_way_is_not_used_in_the_period_in_which_it_comes(until: str, possible: bool) -> None:
    """A ship that comes on 10 February may leave at the end of March, not at that of February."""
    data = moon(
        missions={"go": {"legs": [{"by": "ship", "route": "home"}]}},
        initial={"under_way": [{"node": "base", "on": "2030-02-10", "vehicles": {"ship": 1}}]},
        demands={"f": {"kind": "fly", "mission": "go", "until": until}},
    )
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("berths", "possible"), [(3, False), (4, True)])
def test_who_comes_before_a_period_ends_needs_a_berth(berths: int, possible: bool) -> None:
    """The way out is open on 15 March only: two come on the 20th, while the two before them stay until the 31st."""
    data = crewed(demands={"c": {"kind": "crew", "node": "base", "count": 2}})
    data["routes"]["lift"]["windows"] = window("2030-03-15", "2030-03-16")
    data["crew"]["crew"]["rotation"]["longest"] = "105 d"
    data["elements"]["hut"]["provides"]["berths"] = berths
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("food_kg", "possible"), [(493, False), (495, True)])
def test_who_comes_before_a_period_ends_eats_from_what_is_there(food_kg: int, possible: bool) -> None:
    """Two people, two others in their stead from 20 March on: 2 x (181 + 12 + 30 after the end + 4 home) and 40 kg."""
    data = crewed(
        demands={
            "c": {"kind": "crew", "node": "base", "count": 2},
            "r": {"kind": "reserve", "node": "base", "cover": "20 d", "resources": ["food"]},
        }
    )
    data["routes"]["lift"]["windows"] = window("2030-03-15", "2030-03-16")
    data["crew"]["crew"] |= {"rotation": {"longest": "105 d"}, "uses": {"food": "1 kg/d"}}
    data["elements"]["hut"]["provides"]["berths"] = 4
    data["initial"]["stocks"] = {"base": {"food": f"{food_kg} kg"}}
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("ships", "possible"), [(1, False), (2, True)])
def test_a_ride_home_is_there_while_others_are_on_their_way(ships: int, possible: bool) -> None:
    """A ship that goes to the orbit and back is away for a few days: somebody at the base needs another."""
    data = crewed(demands={"f": {"kind": "fly", "mission": "tour"}})
    legs = [{"by": "ship", "route": "hop", "stay": "3 d"}, {"by": "ship", "route": "back"}]
    data["missions"]["tour"] = {"legs": legs}
    data["demands"]["c"] = {"kind": "crew", "node": "base", "count": 2}
    del data["missions"]["come"]
    data["initial"]["vehicles"][0]["count"] = ships
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("life_d", "possible"), [(180, False), (212, True)])
def test_a_life_that_ends_within_a_period_does_not_serve_in_it(life_d: int, possible: bool) -> None:
    """The hut began its life on the first day; who stays needs it for 181 d, and in the 30 d that follow."""
    data = crewed(demands={"c": {"kind": "crew", "node": "base", "count": 2}})
    data["elements"]["hut"]["life"] = f"{life_d} d"
    del data["missions"]["come"]
    assert (best(data) is not None) == possible


def test_an_uncrewed_mission_is_no_ride_home() -> None:
    """Two people at the base, and a ship to go home in: not where it goes without a crew."""
    data = crewed(demands={"c": {"kind": "crew", "node": "base", "count": 2}})
    del data["missions"]["come"]
    assert best(data) is not None
    data["missions"]["go"]["uncrewed"] = True
    assert best(data) is None


@pytest.mark.parametrize(("lost", "possible"), [("2030-06-30", False), ("2030-08-01", True)])
def test_what_is_lost_serves_no_longer_whatever_its_life(lost: str, possible: bool) -> None:
    """As above: whoever stays needs the hut for 181 d and the 30 d that follow."""
    data = crewed(demands={"c": {"kind": "crew", "node": "base", "count": 2}})
    data["elements"]["hut"].update(life="3000 d", lost=lost)
    del data["missions"]["come"]
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("lost", "possible"), [("2030-03-01", False), ("2030-03-02", True)])
def test_what_is_lost_is_not_put_to_work_any_more(lost: str, possible: bool) -> None:
    """A mast must be at work by 1 March; the period in which it can be ends on that day."""
    data = moon(
        elements={"mast": {"owner": "a", "node": "base", "mass": "1 t", "lost": lost}},
        initial={"elements": [{"element": "mast", "commissioned": False}]},
        demands={"m": {"kind": "build", "element": "mast", "by": "2030-03-01"}},
        missions={"come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "lift"}]}},
    )
    data["horizon"]["periods"] = [{"length": "59 d"}]
    assert (best(data) is not None) == possible


def test_a_copy_that_waits_is_paid_when_it_goes_to_work() -> None:
    """The first copy stands there idle, the second works, the third is under way."""
    mast = {"owner": "a", "node": "base", "mass": "1 t", "quantity": 3, "price": "10 MUSD"}
    data = moon(
        elements={"mast": mast},
        initial={
            "elements": [{"element": "mast", "commissioned": False}, {"element": "mast"}],
            "under_way": [{"node": "base", "on": "2030-03-10", "elements": {"mast": 1}}],
        },
        demands={"m": {"kind": "build", "element": "mast", "count": 3, "by": "2030-06-01"}},
    )
    plan = best(data)
    assert plan is not None
    assert sorted(build.copy_no for build in plan.builds) == [1, 3]
    assert plan.outcome.last.value == pytest.approx(20.0)


@pytest.mark.parametrize(("fuel_t", "possible"), [(1.7, False), (1.8, True)])
def test_a_tank_that_is_full_takes_no_more(fuel_t: float, possible: bool) -> None:
    """2 t (exp(2000 / (320 g0)) - 1) = 1.783 t are taken, though the tank of 3 t was full and does not hold more."""
    data = moon(
        missions={"descend": {"legs": [{"by": "lander", "route": "down"}], "refuels": ["lander"]}},
        initial={
            "stocks": {"orbit": {"fuel": f"{fuel_t} t"}},
            "vehicles": [{"vehicle": "lander", "node": "orbit", "arrived": "2030-01-01"}],
        },
        demands={"f": {"kind": "fly", "mission": "descend"}},
    )
    assert (best(data) is not None) == possible


def test_what_is_retired_may_still_come_home() -> None:
    data = moon(
        missions={"go": {"legs": [{"by": "ship", "route": "home"}]}},
        initial={"vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2029-12-01"}]},
        demands={"f": {"kind": "fly", "mission": "go", "from": "2030-04-01"}},
    )
    data["vehicles"]["ship"]["retired"] = "2030-02-01"
    assert best(data) is not None


def test_a_thruster_where_no_orbit_is_kept_is_none() -> None:
    thruster = {"thruster": {"resource": "fuel", "isp": "300 s"}}
    data = moon(
        elements={"block": {"owner": "a", "node": "orbit", "mass": "1 t", "provides": thruster}},
        initial={"elements": [{"element": "block"}]},
    )
    assert best(data) is not None


@pytest.mark.parametrize(("ports", "possible"), [(1, False), (2, True)])
def test_what_pauses_between_two_legs_docks(ports: int, possible: bool) -> None:
    """One ship waits at the base, another comes for three days on its tour from the orbit."""
    legs = [{"by": "ship", "route": "back", "stay": "3 d"}, {"by": "ship", "route": "hop"}]
    data = moon(
        missions={"tour": {"legs": legs}},
        elements={
            "hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"ports": {"dock": ports}}}
        },
        initial={
            "elements": [{"element": "hut"}],
            "vehicles": [{"vehicle": "ship", "node": n, "arrived": "2030-01-01"} for n in ("base", "orbit")],
        },
        demands={"f": {"kind": "fly", "mission": "tour"}},
    )
    data["vehicles"]["ship"]["port"] = "dock"
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("food_kg", "possible"), [(316, False), (317, True)])
def test_life_support_serves_as_many_as_it_is_built_for(food_kg: int, possible: bool) -> None:
    """Two people use 1 kg a day each, and half of what one uses comes back: 1.5 x (181 + 30) = 316.5 kg. None uses 4."""
    data = crewed(demands={"c": {"kind": "crew", "node": "base", "count": 2}})
    one = {"owner": "a", "mass": "100 kg", "rotation": {"longest": "400 d"}}
    data["crew"] = {"crew": {**one, "uses": {"food": "1 kg/d"}}, "giant": {**one, "uses": {"food": "4 kg/d"}}}
    data["elements"]["hut"]["provides"]["closure"] = {"food": {"share": "50 %", "crew": 1}}
    data["initial"]["stocks"] = {"base": {"food": f"{food_kg} kg"}}
    del data["missions"]["come"]
    assert (best(data) is not None) == possible
