"""Small SpaceNet files of our own making, as data that a test may change before it is written."""

import json
import uuid
from pathlib import Path
from typing import Any

from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.read import Read, read_bytes

ROOT = Path(__file__).parents[3]
ARTEMIS = ROOT / "examples" / "artemis-3.spacenet.json"
TUG = ROOT / "tests" / "golden" / "interop" / "tug.xml"


def ident(name: str) -> str:
    """The id of a thing of a test."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def written(data: dict[str, Any]) -> bytes:
    return json.dumps(data, indent=1).encode()


def taken(data: dict[str, Any]) -> Read:
    return read_bytes("file.json", written(data))


def campaign(data: dict[str, Any]) -> Campaign:
    return taken(data).campaign


def event(kind: str, name: str, at_d: float, where: str, **more: Any) -> dict[str, Any]:
    """An event; times are seconds, as in SpaceNet's files of 2022."""
    told = {"type": kind, "name": name, "priority": 1, "missionTime": at_d * 86400.0}
    return {**told, "location": ident(where), **more}


def small() -> dict[str, Any]:
    """A stage pushes a capsule with one person from orbit to the Moon; a box and a habitat stand there."""
    fuel = {"resource": ident("fuel"), "amount": 1000.0}
    nodes = [
        {"id": ident("cape"), "type": "Surface Node", "name": "cape", "body1": "Earth", "latitude": 28, "longitude": -80},
        {"id": ident("orbit"), "type": "Orbital Node", "name": "orbit", "body1": "Earth", "apoapsis": 300,
         "periapsis": 300, "inclination": 28.5},
        {"id": ident("base"), "type": "Surface Node", "name": "base", "body1": "Moon", "latitude": -89, "longitude": 0},
    ]  # fmt: skip
    burns = [
        {"id": ident("first"), "time": 0.0, "deltaV": 1000.0},
        {"id": ident("second"), "time": "P2D", "deltaV": 500.0},
    ]
    edge = {"id": ident("way"), "type": "Space Edge", "name": "way", "origin": ident("orbit"),
            "destination": ident("base"), "duration": "P2DT12H", "burns": burns}  # fmt: skip
    template = {
        "id": ident("stage type"), "type": "Propulsive Vehicle", "name": "stage", "classOfSupply": 902,
        "environment": "Unpressurized", "mass": 500.0, "maxCargoMass": 0, "maxCrew": 0, "isp": 300.0,
        "maxFuel": 1000.0, "fuel": fuel, "contents": [], "states": [], "parts": [],
    }  # fmt: skip
    capsule = {
        "id": ident("capsule type"), "type": "Element Carrier", "name": "capsule", "classOfSupply": 902,
        "mass": 300.0, "maxCargoMass": 200.0, "maxCrew": 1, "states": [], "parts": [], "contents": [],
    }  # fmt: skip
    elements = [
        {"id": ident("stage"), "type": "Propulsive Vehicle", "templateId": ident("stage type"), "name": "stage 1"},
        {"id": ident("capsule"), "type": "Element Carrier", "templateId": ident("capsule type"), "name": "capsule 1"},
        {"id": ident("person"), "type": "Human Agent", "name": "person", "mass": 100.0, "activeTimeFraction": 0.5},
        {"id": ident("box"), "type": "Resource Container", "name": "box", "mass": 10.0, "maxCargoMass": 50.0,
         "contents": [{"resource": ident("water"), "amount": 20.0}]},
    ]  # fmt: skip
    act = [{"type": "Burn", "element": ident("stage")}]
    events = [
        event("Create Elements", "stage", 0, "orbit", elements=[ident("stage"), ident("capsule")],
              container=ident("orbit")),
        event("Create Elements", "person", 0, "orbit", elements=[ident("person")], container=ident("capsule"))
        | {"priority": 2},
        event("Create Elements", "box", 0, "base", elements=[ident("box")], container=ident("base")),
        event("Space Transport", "flight", 1, "orbit", edge=ident("way"),
              elements=[ident("stage"), ident("capsule")],
              burnStageSequence=[{"burn": ident("first"), "actions": act},
                                 {"burn": ident("second"),
                                  "actions": [*act, {"type": "Stage", "element": ident("stage")}]}]),
    ]  # fmt: skip
    resources = [
        {"id": ident("fuel"), "type": "Continuous", "name": "fuel", "classOfSupply": 101, "unitMass": 1.0},
        {"id": ident("water"), "type": "Continuous", "name": "water", "classOfSupply": 201, "unitMass": 1.0},
    ]
    mission = {"name": "first", "startDate": "2030-01-11T00:00:00Z", "events": events, "demandModels": [],
               "origin": ident("orbit"), "destination": ident("base")}  # fmt: skip
    return {
        "name": "small", "createdBy": "test", "startDate": "2030-01-01T00:00:00Z", "scenarioType": "Lunar",
        "network": {"nodes": nodes, "edges": [edge]}, "missionList": [mission],
        "elementTemplates": [template, capsule], "instantiatedElements": elements, "demandModels": [],
        "resourceList": resources, "manifest": {}, "configuration": {"timePrecision": 0.05},
    }  # fmt: skip
