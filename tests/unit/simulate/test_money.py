"""Money. Amounts are worked out by hand from the outpost's prices."""

from typing import Any

import pytest


def spent(outpost: Any, **by: str) -> float:
    """MUSD in all charges with the given attributes."""
    charges = outpost.run().charges
    return sum(c.amount_musd for c in charges if all(getattr(c, key) == value for key, value in by.items()))


def test_budget(outpost: Any) -> None:
    outpost.scenario["partners"]["us"]["budget"] = "503.4 MUSD/yr"
    assert outpost.broken() == set()
    outpost.scenario["partners"]["us"]["budget"] = "503.3 MUSD/yr"
    assert outpost.broken() == {"budget"}
    outpost.scenario["partners"]["us"]["budgets"] = {2030: "503.4 MUSD/yr"}
    assert outpost.broken() == set()


def test_shared_is_paid_by_share(outpost: Any) -> None:
    outpost.scenario["partners"]["us"]["share"] = "75 %"
    outpost.scenario["partners"]["them"]["share"] = "25 %"
    outpost.scenario["elements"]["hab"]["owner"] = "shared"
    assert spent(outpost, partner="them") == pytest.approx((200 + 33.4) / 4)
    assert outpost.run().cost_musd == pytest.approx(503.4)


def test_missions_are_paid_by_their_payer(outpost: Any) -> None:
    outpost.scenario["missions"]["down"]["price"] = "7 MUSD"
    assert spent(outpost, category="mission", partner="us") == 7
    outpost.scenario["missions"]["down"]["payer"] = "them"
    assert spent(outpost, category="mission", partner="them") == 7


def test_supplies_are_bought_at_the_launch_site(outpost: Any) -> None:
    outpost.scenario["resources"]["food"]["price"] = "10 MUSD"  # a tonne; 0.8 t without packing
    assert spent(outpost, item="resources.food") == pytest.approx(8)


def test_reusable_vehicles(outpost: Any) -> None:
    """Two are bought. The first launch of each is new, the third is cared for."""
    outpost.scenario["vehicles"]["ferry"]["reuse"] = {"flights": 2, "refurbishment": "5 MUSD"}
    outpost.plan["purchases"] = [{"vehicle": "ferry", "count": 2, "day_d": 54}]
    outpost.add_flight("up-1", "up-2", "ferry-1", departure_d=207, arrival_d=212)
    outpost.add_flight("up-1", "up-3", "ferry-2", departure_d=240, arrival_d=245)
    assert outpost.broken() == set()
    assert spent(outpost, category="vehicle", item="vehicles.ferry") == 100
    assert spent(outpost, category="refurbishment") == 5


def test_the_year_is_the_year_of_departure(outpost: Any) -> None:
    outpost.scenario["horizon"]["end"] = "2032-01-01"
    outpost.plan["horizon_d"] = 730
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=364, arrival_d=369)
    outpost.add_flight("haul-1", "haul-3", "hauler-3", departure_d=366, arrival_d=371)
    # 2030: two launches, ferry and hauler, the habitat, 334 d of it; haul-2 leaves in it as well.
    assert spent(outpost, year=2030) == pytest.approx(200 + 70 + 200 + 33.4 + 120)
    assert spent(outpost, year=2031) == pytest.approx(120 + 36.5)


def test_what_happens_at_the_end_of_a_year_belongs_to_it(outpost: Any) -> None:
    outpost.scenario["horizon"]["end"] = "2032-01-01"
    outpost.plan["horizon_d"] = 730
    outpost.scenario["elements"]["mast"] = {
        "owner": "us",
        "node": "base",
        "mass": "100 kg",
        "price": "9 MUSD",
    }
    item = {"element": "mast", "copy_no": 1, "board": 0, "alight": 1}
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=360, arrival_d=365, items=[item])
    outpost.plan["builds"].append({"element": "mast", "copy_no": 1, "begun_d": 365, "day_d": 365})
    assert spent(outpost, item="elements.mast", year=2030) == 9


def test_discount(outpost: Any) -> None:
    outpost.scenario["horizon"]["end"] = "2032-01-01"
    outpost.plan["horizon_d"] = 730
    assert outpost.run().discounted_musd == pytest.approx(503.4 + 36.5)
    outpost.scenario["discount_rate"] = "25 %"
    run = outpost.run()
    assert run.cost_musd == pytest.approx(503.4 + 36.5)
    assert run.discounted_musd == pytest.approx(503.4 + 36.5 / 1.25)


def test_outcome(outpost: Any) -> None:
    rank = outpost.plan["outcome"]["ranks"][0]
    rank.update(name="cost", value=503.402)
    assert outpost.broken() == set()
    rank["value"] = 503.5
    assert outpost.broken() == {"outcome"}
    rank["value"] = 503.3
    assert outpost.broken() == {"outcome"}
    rank.update(name="imleo", value=13_302)
    assert outpost.broken() == set()


def test_outcome_of_an_earlier_aim(outpost: Any) -> None:
    """A later aim may have worsened an earlier one, within the slack; it may have bettered it, too."""
    rank = outpost.plan["outcome"]["ranks"][0]
    rank.update(name="cost", value=500)
    outpost.plan["outcome"]["ranks"].append({**rank, "name": "imleo", "value": 13_302})
    outpost.scenario["objective"] = {"minimise": ["cost", "imleo"], "slack": "1 %"}
    assert outpost.broken() == set()
    outpost.scenario["objective"]["slack"] = "0.5 %"
    assert outpost.broken() == {"outcome"}
    rank["value"] = 600
    assert outpost.broken() == set()
    rank["kept"] = 503.402
    assert outpost.broken() == set()
    rank["kept"] = 503.3
    assert outpost.broken() == {"outcome"}
    rank["kept"] = 550
    assert outpost.broken() == set()
