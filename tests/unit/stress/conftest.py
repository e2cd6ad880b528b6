"""A small campaign of two partners whose every number can be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from worlds import Noun, cape_and_base, one_way, rocket


def joint(**changes: Any) -> Noun:
    """One year, month by month. Theirs is cheap, ours dear: trucks carry masts to a base, where three must stand at last."""
    return cape_and_base(
        "joint",
        {"start": "2030-01-01", "end": "2031-01-01"},
        partners={"us": {"name": "Us", "budget": "1000 MUSD/yr"}, "them": {"name": "Them"}},
        launchers={
            "ours": {**rocket("10 t", "12 /yr", price="100 MUSD"), "owner": "us"},
            "theirs": {**rocket("10 t", "12 /yr", price="40 MUSD"), "owner": "them"},
        },
        vehicles={
            "truck": {"owner": "us", "dry_mass": "1 t", "room": {"total": "2 t"}},
            "lorry": {"owner": "them", "dry_mass": "1 t", "room": {"total": "2 t"}},
        },
        missions={
            "haul": one_way("truck", by="ours"),
            "bring": one_way("lorry", by="theirs"),
        },
        elements={
            "mast": {"owner": "us", "node": "base", "mass": "2 t", "quantity": 3, "price": "5 MUSD"},
            "hut": {"owner": "them", "node": "base", "mass": "2 t", "price": "7 MUSD"},
        },
        demands={
            "one": {"kind": "build", "element": "mast", "count": 1, "by": "2030-04-01"},
            "three": {"kind": "build", "element": "mast", "count": 3, "by": "2030-12-01"},
            "their hut": {"kind": "build", "element": "hut", "by": "2030-12-01", "rank": 1},
            "they fly": {"kind": "fly", "mission": "bring", "count": 2},
        },
        **changes,
    )


@pytest.fixture
def told() -> Noun:
    """The campaign as data that a test may change."""
    return joint()
