"""The outpost as it stands: every number here is worked out by hand."""

from typing import Any

import numpy as np
import pytest


def test_the_plan_is_certified(outpost: Any) -> None:
    assert outpost.run().certified


def test_food_day_by_day(outpost: Any) -> None:
    food = outpost.run().stocks[0]
    assert (food.node, food.resource) == ("base", "food")
    # Nothing until it comes, after day 30; 2 kg a day from day 59; 10 kg go with those who leave before 181.
    assert food.stock_kg[[30, 31, 58, 59, 180, 181, 364]] == pytest.approx([0, 800, 800, 798, 556, 546, 546])


def test_people_day_by_day(outpost: Any) -> None:
    crew = outpost.run().crew[0]
    assert crew.present[[58, 59, 180, 181]] == pytest.approx([0, 2, 2, 0])


def test_the_node_day_by_day(outpost: Any) -> None:
    base = outpost.run().nodes[0]
    assert base.berths[[30, 31, 364]] == pytest.approx([0, 2, 2])
    assert base.seats_home[[58, 59, 180, 181]] == pytest.approx([0, 2, 2, 0])
    assert base.power_supply_kw[[30, 31]] == pytest.approx([0, 10])
    assert base.power_use_kw[[30, 31, 59, 181]] == pytest.approx([0, 5, 7, 5])


def test_flights(outpost: Any) -> None:
    haul, up, down = outpost.run().flights
    assert haul.launched_kg == pytest.approx(2000 + 2000 + 800 * 1.1)
    assert up.launched_kg == pytest.approx(4000 + 4211 + 200 + 11)
    assert down.burned_kg == pytest.approx({"ferry-1": 4211})
    assert down.left_kg == pytest.approx({"ferry-1": 0}, abs=1e-9)
    assert (haul.payload_kg, up.payload_kg, down.payload_kg) == pytest.approx((2880, 211, 211))


def test_money(outpost: Any) -> None:
    run = outpost.run()
    # Two launches, a hauler, a ferry, the habitat, and its operations from day 31: 36.525 x 334 / 365.25.
    assert run.cost_musd == pytest.approx(200 + 20 + 50 + 200 + 33.4)
    assert {(charge.partner, charge.year) for charge in run.charges} == {("us", 2030)}


def test_mass(outpost: Any) -> None:
    ledger = outpost.run().ledger
    assert ledger.launched_kg == pytest.approx(4880 + 8422)
    assert ledger.burned_kg == pytest.approx(4211)
    assert ledger.consumed_kg == pytest.approx(2 * 122 + 10 + 10)
    assert ledger.expended_kg == pytest.approx(2000)
    assert ledger.recovered_kg == pytest.approx(4000 + 200 + 1)  # with the packing of what was eaten
    assert ledger.in_place_kg == pytest.approx(2000 + 546 + 80)
    assert ledger.imbalance_kg == pytest.approx(0, abs=1e-9)


def test_aims(outpost: Any) -> None:
    run = outpost.run()
    assert run.imleo_kg == pytest.approx(4880 + 8422)
    assert run.finish_d is None
    outpost.scenario["demands"] = {"stand": {"kind": "build", "element": "hab", "by": "2030-06-01"}}
    assert outpost.run().finish_d == 31


def test_events_come_in_order(outpost: Any) -> None:
    events = outpost.run().events
    assert [event.kind for event in events if event.day_d == 31] == ["arrival", "expended", "commissioning"]
    assert np.all(np.diff([event.day_d for event in events]) >= 0)
