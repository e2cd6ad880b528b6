"""Shocks: what each takes away from a scenario, and what it leaves as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from moonwright.errors import StressError
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.stress.shock import struck
from worlds import Noun

ON = date(2030, 6, 1)


def after(told: Noun, *shocks: Noun, on: str = "2030-06-01") -> Scenario:
    contingency = Contingency.model_validate({"on": on, "shocks": list(shocks)})
    return struck(Scenario.model_validate(told), contingency)


def test_a_partner_that_leaves_takes_its_own_demands_along(told: Noun) -> None:
    found = after(told, {"kind": "withdrawal", "partner": "them"})
    assert found.partners["them"].until == ON
    assert found.partners["us"].until is None
    assert found.demands["they fly"].until == ON  # type: ignore[union-attr]
    assert (
        found.demands["their hut"].model_dump()
        == Scenario.model_validate(told).demands["their hut"].model_dump()
    )
    assert found.elements["hut"].retired == ON
    assert found.elements["mast"].retired is None


def test_demands_that_had_not_begun_are_gone(told: Noun) -> None:
    told["demands"]["they fly"]["from"] = "2030-07-01"
    assert "they fly" not in after(told, {"kind": "withdrawal", "partner": "them"}).demands


def test_crews_of_a_partner_that_leaves_are_no_longer_wanted(told: Noun) -> None:
    told["crew"] = {"pilot": {"owner": "them", "mass": "100 kg", "uses": {}, "rotation": {"longest": "90 d"}}}
    for of in ("them", "pilot", None):
        told["demands"]["c"] = {"kind": "crew", "node": "base", "count": 1, "of": of}
        found = after(told, {"kind": "withdrawal", "partner": "them"}).demands["c"]
        assert found.until == (None if of is None else ON)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mode", "over", "until", "elements_until"),
    [
        ("hard stop", "0 d", "2030-06-01", "2030-06-01"),
        ("wind-down", "61 d", "2030-08-01", "2030-08-01"),
        ("no new starts", "61 d", "2030-08-01", "2030-06-01"),
    ],
)
def test_ways_to_leave(told: Noun, mode: str, over: str, until: str, elements_until: str) -> None:
    found = after(told, {"kind": "withdrawal", "partner": "them", "mode": mode, "over": over})
    assert found.partners["them"].until == date.fromisoformat(until)
    assert found.elements["hut"].retired == date.fromisoformat(elements_until)


@pytest.mark.parametrize(
    ("hardware", "lost"), [("stays", None), ("leaves", date(2030, 6, 1)), ("unsupported", date(2031, 6, 1))]
)
def test_hardware_left_behind(told: Noun, hardware: str, lost: date | None) -> None:
    """One failure a year: a year more is what an element without support may serve."""
    told["elements"]["hut"]["provides"] = {"storage": {}}
    failures = {"failures": "1 /yr"} if hardware == "unsupported" else {}
    found = after(told, {"kind": "withdrawal", "partner": "them", "hardware": hardware, **failures})
    assert found.elements["hut"].lost == lost
    assert found.elements["mast"].lost is None


def test_contracts_of_a_partner_that_leaves_lapse(told: Noun) -> None:
    told["initial"] = {
        "contracts": [
            {"mission": "bring", "from": "2030-05-01", "until": "2030-08-01"},
            {"mission": "bring", "from": "2030-06-01", "until": "2030-08-01"},
            {"mission": "haul", "from": "2030-07-01", "until": "2030-08-01"},
        ]
    }
    kept = after(told, {"kind": "withdrawal", "partner": "them"}).initial.contracts
    assert [(one.mission, one.starts.month) for one in kept] == [("bring", 5), ("haul", 7)]


def test_a_delay_moves_what_is_to_come_and_pauses_what_flies(told: Noun) -> None:
    told["launchers"]["ours"]["first_flight"] = "2030-09-01"
    told["vehicles"]["truck"]["ready"] = "2030-07-01"
    told["elements"]["mast"]["ready"] = "2030-03-01"
    found = after(told, {"kind": "delay", "partners": ["us"], "launchers": ["theirs"], "by": "30 d"})
    assert found.launchers["ours"].first_flight == date(2030, 10, 1)
    assert found.launchers["ours"].outages == ()
    assert [(o.starts, o.until) for o in found.launchers["theirs"].outages] == [(ON, date(2030, 7, 1))]
    assert found.vehicles["truck"].ready == date(2030, 7, 31)
    assert found.vehicles["lorry"].ready is None
    assert found.elements["mast"].ready == date(2030, 7, 1)  # those not launched yet wait
    assert found.elements["hut"].ready is None


def test_a_price_rise(told: Noun) -> None:
    told["vehicles"]["truck"].update(price="10 MUSD", reuse={"flights": 3, "refurbishment": "2 MUSD"})
    told["elements"]["mast"]["operations"] = "4 MUSD/yr"
    found = after(told, {"kind": "price rise", "partners": ["us"], "factor": 1.5})
    assert found.launchers["ours"].price == 150.0
    assert found.launchers["theirs"].price == 40.0
    assert found.vehicles["truck"].price == 15.0
    assert found.vehicles["truck"].reuse is not None
    assert found.vehicles["truck"].reuse.refurbishment == 3.0
    assert found.elements["mast"].price == 7.5
    assert found.elements["mast"].operations == pytest.approx(6.0)


def test_a_cut_off(told: Noun) -> None:
    found = after(
        told, {"kind": "cut-off", "launchers": ["ours"], "vehicles": ["lorry"], "elements": ["mast"]}
    )
    assert found.launchers["ours"].last_flight == date(2030, 5, 31)
    assert found.launchers["theirs"].last_flight is None
    assert found.vehicles["lorry"].retired == ON
    assert found.elements["mast"].retired == ON
    assert found.elements["hut"].retired is None


@pytest.mark.parametrize(("lasts", "until"), [(None, None), ("30 d", date(2030, 7, 1))])
def test_a_carriage_ban(told: Noun, lasts: str | None, until: date | None) -> None:
    found = after(told, {"kind": "carriage ban", "between": ["us", "them"], "lasts": lasts})
    assert [(b.against, b.starts, b.until) for b in found.partners["us"].embargoes] == [("them", ON, until)]


@pytest.mark.parametrize(
    ("on", "left"), [("2030-06-01", {2031: 250.0}), ("2030-01-01", {2030: 250.0, 2031: 250.0})]
)
def test_a_budget_cut_begins_with_a_calendar_year(told: Noun, on: str, left: dict[int, float]) -> None:
    found = after(told, {"kind": "budget cut", "partner": "us", "left": "25 %"}, on=on)
    assert found.partners["us"].budgets == left
    assert found.partners["them"].budgets == {}


def test_a_grounding(told: Noun) -> None:
    found = after(told, {"kind": "grounding", "launchers": ["ours", "theirs"], "lasts": "61 d"})
    for launcher in found.launchers.values():
        assert [(o.starts, o.until) for o in launcher.outages] == [(ON, date(2030, 8, 1))]


def test_a_lost_site(told: Noun) -> None:
    found = after(told, {"kind": "loss", "nodes": ["base"]})
    assert {one.lost for one in found.elements.values()} == {ON}
    assert [(w.opens, w.closes) for w in found.routes["up"].windows] == [(date(2030, 1, 1), ON)]


def test_a_lost_element_of_a_site_that_stands(told: Noun) -> None:
    found = after(told, {"kind": "loss", "elements": ["mast"]})
    assert (found.elements["mast"].lost, found.elements["hut"].lost) == (ON, None)
    assert found.routes["up"].windows == ()


def test_what_was_to_end_earlier_still_does(told: Noun) -> None:
    told["partners"]["them"]["until"] = "2030-03-01"
    told["elements"]["mast"]["lost"] = "2030-02-01"
    found = after(told, {"kind": "withdrawal", "partner": "them"}, {"kind": "loss", "elements": ["mast"]})
    assert found.partners["them"].until == date(2030, 3, 1)
    assert found.elements["mast"].lost == date(2030, 2, 1)


def test_shocks_come_one_upon_the_other(told: Noun) -> None:
    rise: Noun = {"kind": "price rise", "launchers": ["ours"], "factor": 2}
    assert after(told, rise, rise).launchers["ours"].price == 400.0


@pytest.mark.parametrize(
    ("shock", "named"),
    [
        ({"kind": "withdrawal", "partner": "nobody"}, "no partner 'nobody'; it has us, them"),
        ({"kind": "grounding", "launchers": ["none"], "lasts": "1 d"}, "no launcher 'none'"),
        ({"kind": "loss", "nodes": ["nowhere"]}, "no node 'nowhere'"),
        ({"kind": "carriage ban", "between": ["us", "nobody"]}, "no partner 'nobody'"),
    ],
)
def test_what_is_struck_must_be_known(told: Noun, shock: Any, named: str) -> None:
    with pytest.raises(StressError, match=named):
        after(told, shock)
