"""Demands. Each test keeps a demand by a little, then misses it by a little."""

from typing import Any

import pytest


def ranked(outpost: Any, amount: float) -> set[str]:
    """What is broken when the only demand has rank 1 and the plan admits a shortfall."""
    name, demand = next(iter(outpost.scenario["demands"].items()))
    demand["rank"] = 1
    short = {"demand": name, "rank": 1, "amount": amount, "unit": "", "from_d": 0, "until_d": 365}
    outpost.plan["shortfalls"] = [short]
    return set(outpost.broken())


def test_crew(outpost: Any) -> None:
    demand = {"kind": "crew", "node": "base", "count": 2, "from": "2030-03-01", "until": "2030-07-01"}
    outpost.scenario["demands"] = {"people": demand}
    assert outpost.broken() == set()
    demand["until"] = "2030-07-02"
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 2.0) == set()
    assert ranked(outpost, 1.9) == {"demand"}


@pytest.mark.parametrize(("of", "found"), [("pilot", set()), ("us", set()), ("them", {"demand"})])
def test_crew_of(outpost: Any, of: str, found: set[str]) -> None:
    demand = {
        "kind": "crew",
        "node": "base",
        "count": 2,
        "from": "2030-03-01",
        "until": "2030-07-01",
        "of": of,
    }
    outpost.scenario["demands"] = {"people": demand}
    assert outpost.broken() == found


def test_build(outpost: Any) -> None:
    demand = {"kind": "build", "element": "hab", "by": "2030-02-01"}  # day 31
    outpost.scenario["demands"] = {"stand": demand}
    assert outpost.broken() == set()
    demand["by"] = "2030-01-31"
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 1.0) == set()
    assert ranked(outpost, 0.9) == {"demand"}


def test_build_of_several(outpost: Any) -> None:
    """The second copy never comes: it is late from 1 December on, 31 days."""
    outpost.scenario["elements"]["hab"]["quantity"] = 2
    outpost.scenario["demands"] = {
        "stand": {"kind": "build", "element": "hab", "count": 2, "by": "2030-12-01"}
    }
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 31) == set()
    assert ranked(outpost, 30) == {"demand"}


def test_due_builds(outpost: Any) -> None:
    demand = {"kind": "build", "element": "hab", "count": 2, "by": "2031-01-02"}
    outpost.scenario["elements"]["hab"]["quantity"] = 2
    outpost.scenario["demands"] = {"stand": demand}
    assert outpost.broken() == set()  # due after the horizon
    demand["by"] = "2031-01-01"
    assert outpost.broken() == {"due_builds"}


def test_deliver(outpost: Any) -> None:
    demand = {
        "kind": "deliver",
        "resource": "food",
        "node": "base",
        "amount": "800 kg",
        "until": "2030-02-01",
    }
    outpost.scenario["demands"] = {"food": demand}
    assert outpost.broken() == set()
    demand["amount"] = "810 kg"
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 0.01) == set()
    assert ranked(outpost, 0.008) == {"demand"}


def test_deliver_in_time(outpost: Any) -> None:
    demand = {
        "kind": "deliver",
        "resource": "food",
        "node": "base",
        "amount": "800 kg",
        "until": "2030-02-01",
    }
    outpost.scenario["demands"] = {"food": demand}
    demand["until"] = "2030-01-31"
    assert outpost.broken() == {"demand"}
    # What comes at the very end of January came in January, not in February.
    demand.update({"from": "2030-02-01", "until": "2030-03-01"})
    assert outpost.broken() == {"demand"}


def test_deliver_every(outpost: Any) -> None:
    demand = {"kind": "deliver", "resource": "food", "node": "base", "amount": "800 kg", "every": "6 months"}
    outpost.scenario["demands"] = {"food": demand}
    assert outpost.broken() == {"demand"}  # nothing in the second half
    cargo = [{"resource": "food", "mass_kg": 800, "board": 0, "alight": 1}]
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=207, arrival_d=212, cargo=cargo)
    assert outpost.broken() == set()
    demand["every"] = "5 months"  # two whole spans, until 1 November
    assert outpost.broken() == set()
    outpost.flight("haul-2").update(departure_d=300, arrival_d=305)
    assert outpost.broken() == {"demand"}
    demand["every"] = "12 months"
    assert outpost.broken() == set()


def test_deliver_home(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["room"] = {"total": "50 kg"}
    outpost.flight("down-1")["cargo"] = [{"resource": "food", "mass_kg": 20, "board": 0, "alight": 1}]
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4211 + 22
    outpost.scenario["demands"] = {
        "home": {"kind": "deliver", "resource": "food", "node": "earth", "amount": "20 kg"}
    }
    assert outpost.broken() == set()
    outpost.scenario["demands"]["home"]["amount"] = "21 kg"
    assert outpost.broken() == {"demand"}


def test_fly(outpost: Any) -> None:
    demand = {"kind": "fly", "mission": "haul", "until": "2030-02-01"}
    outpost.scenario["demands"] = {"haul": demand}
    assert outpost.broken() == set()
    demand["count"] = 2
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 1) == set()
    assert ranked(outpost, 0.9) == {"demand"}


def test_a_flight_home_counts_when_it_leaves(outpost: Any) -> None:
    outpost.scenario["demands"] = {"home": {"kind": "fly", "mission": "down", "until": "2030-07-01"}}
    assert outpost.broken() == set()


def test_reserve(outpost: Any) -> None:
    # On day 180 there are 556 kg for two: 278 days.
    demand = {"kind": "reserve", "node": "base", "cover": "278 d", "from": "2030-02-01"}
    outpost.scenario["demands"] = {"reserve": demand}
    run = outpost.run()
    assert run.certified
    assert run.stocks[0].reserve_kg[[58, 59, 180, 181]].tolist() == [0, 556, 556, 0]
    demand["cover"] = "279 d"
    assert outpost.broken() == {"demand"}
    assert ranked(outpost, 2.0) == set()  # 2 kg are lacking on the last day, none on the day before
    assert ranked(outpost, 1.9) == {"demand"}


def test_reserve_of_named_resources(outpost: Any) -> None:
    demand = {"kind": "reserve", "node": "base", "cover": "279 d", "resources": ["fuel"]}
    outpost.scenario["demands"] = {"reserve": demand}
    assert outpost.broken() == set()
    demand["resources"] = ["fuel", "food"]
    assert outpost.broken() == {"demand"}


def test_closing_reserve(outpost: Any) -> None:
    """Who stays eats until day 396, and a hard reserve of 10 d must still be there."""
    outpost.plan["flights"].pop()
    outpost.plan["stays"][0].update(leaves_d=None, down=None)
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "400 d"
    outpost.scenario["demands"] = {"reserve": {"kind": "reserve", "node": "base", "cover": "10 d"}}
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 2 * (396 - 59 + 10)
    assert outpost.broken() == set()
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] -= 0.1
    assert outpost.broken() == {"closing_reserve"}


def test_contracts(outpost: Any) -> None:
    contract = {"mission": "haul", "from": "2030-01-27", "until": "2030-02-10"}  # it leaves on day 26
    outpost.scenario["initial"] = {"contracts": [contract]}
    assert outpost.broken() == set()
    contract["from"] = "2030-01-28"
    assert outpost.broken() == {"contracts"}
    contract.update({"from": "2030-01-27", "count": 2})
    assert outpost.broken() == {"contracts"}
