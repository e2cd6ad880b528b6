"""Who flies with whom on a day, and what a plan makes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from moonwright.network.partner import apart, take_part
from moonwright.scenario.scenario import Scenario
from worlds import Noun, best, cape_and_base, rocket


def two_partners(**of_a: Any) -> Noun:
    """A pilot of b comes to the base with the ship and the rocket of a, in the first half of 2030, and goes home with it."""
    return cape_and_base(
        "two",
        {"start": "2030-01-01", "end": "2030-07-01"},
        nodes={"sea": {"kind": "recovery", "body": "earth"}},
        partners={"a": {"name": "A", **of_a}, "b": {"name": "B"}},
        routes={
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "home": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        launchers={"rocket": rocket("10 t", "12 /yr")},
        vehicles={"ship": {"owner": "a", "dry_mass": "3 t", "seats": 2}},
        missions={
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
            "go": {"legs": [{"by": "ship", "route": "home"}]},
        },
        crew={"pilot": {"owner": "b", "mass": "100 kg", "uses": {}, "rotation": {"longest": "90 d"}}},
        elements={"hut": {"owner": "b", "node": "base", "mass": "1 t", "provides": {"berths": 2}}},
        initial={"elements": [{"element": "hut"}]},
        demands={
            "stay": {"kind": "crew", "node": "base", "count": 1, "from": "2030-03-01", "until": "2030-04-01"}
        },
    )


def flies(**of_a: Any) -> bool:
    return best(two_partners(**of_a)) is not None


def test_an_embargo_keeps_them_on_the_ground() -> None:
    assert flies()
    assert not flies(embargoes=[{"against": "b"}])


def test_an_embargo_that_begins_after_the_launch_lets_them_come_home() -> None:
    assert flies(embargoes=[{"against": "b", "from": "2030-02-26"}])


def test_an_embargo_may_end_in_time() -> None:
    assert flies(embargoes=[{"against": "b", "until": "2030-02-01"}])


def test_a_ship_that_is_out_flies_home_after_its_owner_has_left() -> None:
    assert flies(until="2030-02-26")
    assert not flies(until="2030-01-15")


@pytest.mark.parametrize(
    ("when", "kept"),
    [("2030-01-31", False), ("2030-02-01", True), ("2030-02-28", True), ("2030-03-01", False)],
)
def test_an_embargo_holds_for_both_sides_between_its_dates(when: str, kept: bool) -> None:
    banned = {"against": "b", "from": "2030-02-01", "until": "2030-03-01"}
    scenario = Scenario.model_validate(two_partners(embargoes=[banned]))
    for owners in (["a", "b"], ["b", "a"], ["shared", "b", "a", "b"]):
        assert apart(scenario, owners, date.fromisoformat(when)) == kept
    assert not apart(scenario, ["a", "a", "shared"], date.fromisoformat(when))


def test_what_is_shared_always_takes_part() -> None:
    scenario = Scenario.model_validate(two_partners(until="2030-02-01"))
    assert take_part(scenario, ["shared", "b"], date(2030, 3, 1))
    assert not take_part(scenario, ["shared", "a"], date(2030, 3, 1))
