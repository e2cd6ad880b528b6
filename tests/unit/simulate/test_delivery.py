"""How elements get to where they stand. Each test keeps the rule by a little, then breaks it by a little."""

from typing import Any

import pytest


def test_delivery_ready(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["ready"] = "2030-01-27"  # day 26
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["ready"] = "2030-01-28"
    assert outpost.broken() == {"delivery"}


def test_delivery_once(outpost: Any) -> None:
    item = {"element": "hab", "copy_no": 2, "board": 0, "alight": 1}
    outpost.scenario["elements"]["hab"]["quantity"] = 2
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=85, arrival_d=90, items=[item])
    assert outpost.broken() == set()
    item["copy_no"] = 1
    assert outpost.broken() == {"delivery"}


def test_delivery_within_the_quantity(outpost: Any) -> None:
    item = {"element": "hab", "copy_no": 2, "board": 0, "alight": 1}
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=85, arrival_d=90, items=[item])
    assert outpost.broken() == {"delivery"}


def test_delivery_to_its_own_node(outpost: Any) -> None:
    outpost.scenario["nodes"]["camp"] = outpost.scenario["nodes"]["base"]
    outpost.scenario["elements"]["hab"]["node"] = "camp"
    assert "commissioning" in outpost.broken()


@pytest.fixture
def staged(outpost: Any) -> Any:
    """The habitat waits in orbit: a hauler leaves it there on day 20, another takes it down on day 30."""
    outpost.scenario["nodes"]["llo"] = {"kind": "orbit", "body": "moon", "altitude": "100 km"}
    outpost.scenario["routes"]["out"] = {"from": "cape", "to": "llo", "duration": "4 d"}
    outpost.scenario["routes"]["land"] = {"from": "llo", "to": "base", "duration": "1 d"}
    outpost.scenario["launchers"]["heavy"]["payload"]["llo"] = "10 t"
    out = {"by": "heavy", "carrying": ["hauler"], "route": "out"}
    land = {"by": "hauler", "route": "land"}
    outpost.scenario["missions"]["stage"] = {"legs": [out], "expends": ["hauler"]}
    outpost.scenario["missions"]["haul"]["legs"] = [out, land]
    item = {"element": "hab", "copy_no": 1, "board": 0, "alight": 1}
    outpost.add_flight(
        "haul-1", "stage-1", "hauler-0", mission="stage", departure_d=16, arrival_d=20, items=[item]
    )
    haul = outpost.flight("haul-1")
    haul["items"] = [{"element": "hab", "copy_no": 1, "board": 1, "alight": 2}]
    haul["cargo"][0]["alight"] = 2
    return outpost


def test_elements_may_wait_on_the_way(staged: Any) -> None:
    assert staged.broken() == set()
    assert staged.run().ledger.imbalance_kg == pytest.approx(0, abs=1e-6)


def test_an_element_boards_once_it_is_there(staged: Any) -> None:
    staged.flight("stage-1").update(departure_d=26, arrival_d=30)
    assert staged.broken() == set()
    staged.flight("stage-1").update(departure_d=26.1, arrival_d=30.1)
    assert "delivery" in staged.broken()


def test_an_element_boards_where_it_is(staged: Any) -> None:
    staged.plan["flights"].pop()
    assert staged.broken() == {"delivery"}


def test_an_element_stays_at_its_node(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["room"] = {"total": "3 t"}
    outpost.scenario["vehicles"]["ferry"]["tank"]["capacity"] = "9 t"
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 6211
    outpost.scenario["launchers"]["heavy"]["payload"]["base"] = "12 t"
    assert outpost.broken() == set()
    outpost.flight("down-1")["items"] = [{"element": "hab", "copy_no": 1, "board": 0, "alight": 1}]
    assert outpost.broken() == {"delivery"}
