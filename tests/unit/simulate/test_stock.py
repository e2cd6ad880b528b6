"""Stocks. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import numpy as np
import pytest


def test_stock(outpost: Any) -> None:
    # Two pilots eat 2 kg a day for 122 days, and take 10 kg along: 254 kg.
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 254
    assert outpost.broken() == set()
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 253.99
    assert outpost.broken() == {"stock"}


def test_rounding_is_forgiven_to_a_gram(outpost: Any) -> None:
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 254 - 0.0009
    assert outpost.broken() == set()
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 254 - 0.0015
    assert outpost.broken() == {"stock"}


def test_the_closing_state_covers_one_more_period(outpost: Any) -> None:
    """Who is still there on day 365 eats for the 31 days of another December."""
    outpost.plan["flights"].pop()
    outpost.plan["stays"][0].update(leaves_d=None, down=None)
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "400 d"
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 2 * (365 - 59 + 31)
    assert outpost.broken() == set()
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] -= 0.1
    found = outpost.run().violations
    assert [v.day_d for v in found] == [395]
    assert "one more period" in found[0].text


def test_elements_use_from_the_day_after_commissioning(outpost: Any) -> None:
    hab = outpost.scenario["elements"]["hab"]
    hab["uses"]["resources"] = {"food": "1 kg/d"}
    hab["uses"]["spares"] = {"food": "36.525 %/yr"}  # of 2,000 kg: 2 kg a day
    food = outpost.run().stocks[0].stock_kg
    assert food[[31, 32, 58, 59]] == pytest.approx([797, 794, 716, 711])


def test_activities_use(outpost: Any) -> None:
    outpost.scenario["activities"] = {
        "walks": {
            "node": "base",
            "from": "2030-02-02",  # day 32
            "until": "2030-02-12",
            "uses": {"food": "1 kg/d"},
            "spacewalks": "2 h/d",
            "spacewalk_uses": {"food": "3 kg/h"},
        }
    }
    food = outpost.run().stocks[0].stock_kg
    assert food[[31, 32, 41, 42]] == pytest.approx([800, 793, 730, 730])


def test_spacewalks_use_what_suits_use(outpost: Any) -> None:
    outpost.scenario["crew"]["pilot"]["spacewalk"] = {"uses": {"food": "4 kg/h"}}
    outpost.scenario["activities"] = {"walks": {"node": "base", "from": "2030-02-02", "spacewalks": "1 h/d"}}
    assert outpost.run().stocks[0].stock_kg[[31, 32]] == pytest.approx([800, 796])


def test_boil_off_comes_first(outpost: Any) -> None:
    """100 kg lose 10 % of what each day opens with; what is used on that day is used after it."""
    outpost.scenario["resources"]["fuel"]["boil_off"] = "10 %/d"
    outpost.scenario["initial"] = {"stocks": {"base": {"fuel": "100 kg"}}}
    outpost.scenario["activities"] = {
        "burn": {"node": "base", "until": "2030-01-03", "uses": {"fuel": "1 kg/d"}}
    }
    run = outpost.run()
    fuel = next(s for s in run.stocks if s.resource == "fuel").stock_kg
    assert fuel[:4] == pytest.approx([89, 79.1, 71.19, 64.071])
    assert run.ledger.boiled_off_kg + fuel[-1] == pytest.approx(98)


def test_what_comes_during_a_day_counts_from_the_next(outpost: Any) -> None:
    outpost.flight("haul-1").update(departure_d=25.5, arrival_d=30.5)
    assert outpost.run().stocks[0].stock_kg[[30, 31]].tolist() == [0, 800]


def test_storage(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["provides"]["storage"] = {"food": "800 kg"}
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["provides"]["storage"] = {"food": "799 kg"}
    found = [v for v in outpost.run().violations if v.rule == "storage"]
    assert [(v.day_d, v.text[:16]) for v in found] == [(31, "1.0 kg of food f")]


def test_flights_under_way_bring_stocks(outpost: Any) -> None:
    outpost.scenario["initial"] = {
        "under_way": [{"node": "base", "on": "2030-01-11", "resources": {"food": "5 kg"}}]
    }
    run = outpost.run()
    assert run.certified
    assert run.stocks[0].stock_kg[[9, 10, 31]].tolist() == [0, 5, 805]
    assert np.isclose(run.ledger.initial_kg, 5)
