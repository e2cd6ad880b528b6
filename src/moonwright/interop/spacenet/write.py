"""A Campaign as a SpaceNet JSON file, which reads back equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from moonwright.interop.carried import Carried
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import PropulsiveVehicle
from moonwright.interop.spacenet.place import SpaceEdge
from moonwright.interop.spacenet.shelved import shelved
from moonwright.interop.spacenet.value import SPACENET


def write_spacenet(campaign: Campaign, name: str) -> Carried:
    """The campaign as a SpaceNet JSON file called `name`, and what its format has no place for."""
    data = shelved(campaign).model_dump(mode="json", by_alias=True, exclude_none=True, context=SPACENET)
    left = tuple(_left(campaign))
    _without_engines(data)
    for shelf in ("nodes", "edges"):
        for place in data["network"][shelf]:
            place["contents"] = []
    models = {model["id"]: model for model in data["demandModels"]}
    templates = {template["id"]: template for template in data["elementTemplates"]}
    for mission in data["missionList"]:
        mission["demandModels"] = [_instance(model, models) for model in mission["demandModels"]]
        for event in mission["events"]:
            if event["type"] == "Propulsive Burn":  # the Java tool reads one key, the Python tool the other
                event["burnStageSequence"] = event["actions"]
    for element in (*data["elementTemplates"], *data["instantiatedElements"]):
        for state in element["states"]:
            state["demandModels"] = [_instance(model, models) for model in state["demandModels"]]
    data["instantiatedElements"] = [_instance(one, templates) for one in data["instantiatedElements"]]
    data["manifest"] = {}
    return Carried({name: (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()}, left)


def _instance(entry: dict[str, Any], templates: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Only what differs from the template: an absent key is inherited."""
    template = templates[entry["templateId"]]
    kept = ("id", "templateId", "name", "type")
    return {key: value for key, value in entry.items() if key in kept or template.get(key) != value}


def _left(campaign: Campaign) -> Iterator[str]:
    """What SpaceNet's XML files tell apart and its JSON files do not."""
    for element in campaign.elements:
        if isinstance(element, PropulsiveVehicle) and element.attitude is not None:
            yield f"{element.name}: its engines and tank for attitude control; there the main ones do such burns"
    for edge in campaign.network.edges:
        if isinstance(edge, SpaceEdge) and any(burn.engine == "attitude" for burn in edge.burns):
            yield f"{edge.name}: which of its burns are for attitude control"


def _without_engines(data: dict[str, Any]) -> None:
    for element in (*data["elementTemplates"], *data["instantiatedElements"]):
        element.pop("attitude", None)
    events = [event for mission in data["missionList"] for event in mission["events"]]
    single = [event["burn"] for event in events if event["type"] == "Propulsive Burn"]
    for burn in (*single, *(burn for edge in data["network"]["edges"] for burn in edge.get("burns", ()))):
        burn.pop("engine", None)
