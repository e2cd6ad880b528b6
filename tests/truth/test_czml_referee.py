"""CZML beside the models of another library, czml3, which forbid all properties and values that the guide does not have."""

import json
from pathlib import Path
from typing import Any

import pytest
from czml3 import Document
from pydantic import ValidationError

import moonwright
from books import EXAMPLES, loaded
from moonwright.interop.czml import send

TOY = next(path for path in EXAMPLES if path.stem == "toy")


def accepted(packets: list[dict[str, Any]]) -> int:
    """How many packets the other library makes of a document. Raises ValidationError where it refuses it."""
    return len(Document.model_validate({"packets": packets}).packets)


@pytest.mark.parametrize(
    "path", [path for path in EXAMPLES if path.stem in ("iss", "artemis")], ids=lambda p: p.stem
)
def test_places_are_accepted(path: Path) -> None:
    (data,) = send(path.stem, loaded(path), None).files.values()
    packets = json.loads(data)
    assert accepted(packets) == len(packets) > 3


def test_flights_are_accepted_and_what_the_guide_does_not_know_is_not() -> None:
    scenario = loaded(TOY)
    (data,) = send("toy", scenario, moonwright.plan(scenario)).files.values()
    packets = json.loads(data)
    assert any(packet["id"].startswith("flight/") for packet in packets)
    assert accepted(packets) == len(packets)
    for spoilt in ({"colour": "red"}, {"point": {"pixelSize": 6, "color": {"rgb": [1, 2, 3]}}}):
        with pytest.raises(ValidationError):
            accepted([*packets[:-1], packets[-1] | spoilt])
