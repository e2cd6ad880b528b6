"""A plan that cannot be replayed as it is says why, and the rest of it is replayed."""

from typing import Any

import pytest


def test_same_scenario(outpost: Any) -> None:
    outpost.plan["scenario_digest"] = "0" * 64
    assert outpost.broken() == {"same_scenario"}


def test_same_horizon(outpost: Any) -> None:
    outpost.plan["horizon_d"] = 366
    assert outpost.broken() == {"same_scenario"}


@pytest.mark.parametrize(
    ("kind", "number", "change"),
    [
        ("flights", 0, {"mission": "hull"}),
        ("flights", 0, {"departure_d": float("nan")}),
        ("flights", 0, {"units": []}),
        ("flights", 0, {"cargo": [{"resource": "feed", "mass_kg": 1, "board": 0, "alight": 1}]}),
        ("flights", 0, {"cargo": [{"resource": "food", "mass_kg": -1, "board": 0, "alight": 1}]}),
        ("flights", 0, {"cargo": [{"resource": "food", "mass_kg": 1, "board": 0, "alight": 2}]}),
        ("flights", 0, {"cargo": [{"resource": "food", "mass_kg": 1, "board": 1, "alight": 1}]}),
        ("flights", 0, {"cargo": [{"resource": "food", "mass_kg": 1, "board": 0, "alight": 1, "tank": "x"}]}),
        ("flights", 1, {"crew": [{"kind": "cook", "count": 1, "board": 0, "alight": 1}]}),
        ("flights", 0, {"items": [{"element": "hab", "copy_no": 0, "board": 0, "alight": 1}]}),
        ("builds", 0, {"element": "hub"}),
        ("stays", 0, {"node": "bass"}),
        ("stays", 0, {"up": "up-9"}),
    ],
)
def test_references(outpost: Any, kind: str, number: int, change: dict[str, Any]) -> None:
    outpost.plan[kind][number].update(change)
    assert "references" in outpost.broken()


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (
            "made",
            {
                "element": "hab",
                "node": "base",
                "resource": "air",
                "how": "produced",
                "from_d": 0,
                "until_d": 1,
                "mass_kg": 1,
            },
        ),
        ("reboosts", {"provider": "hab", "node": "bass", "from_d": 0, "until_d": 1, "impulse_n_s": 1}),
        ("purchases", {"vehicle": "fairy", "count": 1, "day_d": 0}),
        ("shortfalls", {"demand": "peace", "rank": 1, "amount": 1, "unit": "d", "from_d": 0, "until_d": 1}),
    ],
)
def test_references_of_other_entries(outpost: Any, kind: str, entry: dict[str, Any]) -> None:
    outpost.plan[kind] = [entry]
    assert outpost.broken() == {"references"}


def test_names_are_used_once(outpost: Any) -> None:
    outpost.add_flight("haul-1", "haul-1", "hauler-2", departure_d=85, arrival_d=90)
    assert "references" in outpost.broken()
