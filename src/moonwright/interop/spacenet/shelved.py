"""A campaign in which every element and demand model has a template, as SpaceNet's files want it."""

from __future__ import annotations

import json
import uuid
from typing import Any, TypeVar

from moonwright.interop.spacenet.campaign import Campaign, Mission
from moonwright.interop.spacenet.element import AnyElement, State
from moonwright.interop.spacenet.supply import DemandModel, ElementModel, MissionModel

_Model = TypeVar("_Model", ElementModel, MissionModel)


def shelved(campaign: Campaign) -> Campaign:
    """The campaign with templates made for whatever has none; equal things share one."""
    return _Shelf(campaign).filled()


class _Shelf:
    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.models: dict[str, DemandModel] = {str(model.id): model for model in campaign.demand_models}
        self.templates: dict[str, AnyElement] = {template.id: template for template in campaign.templates}

    def filled(self) -> Campaign:
        campaign = self.campaign
        missions = tuple(self._mission(mission) for mission in campaign.missions)
        self.templates = {key: self._element(one) for key, one in self.templates.items()}
        elements = tuple(self._element(one, shelve=True) for one in campaign.elements)
        templates, models = tuple(self.templates.values()), tuple(self.models.values())
        return campaign.changed(
            missions=missions, elements=elements, templates=templates, demand_models=models
        )

    def _mission(self, mission: Mission) -> Mission:
        models = tuple(self._model(model) for model in mission.demand_models)
        return mission.model_copy(update={"demand_models": models})

    def _element(self, element: AnyElement, *, shelve: bool = False) -> AnyElement:
        element = element.model_copy(update={"states": tuple(self._state(one) for one in element.states)})
        if not shelve or element.template_id is not None:
            return element
        key = _made_id("element", element.model_dump(mode="json", exclude={"id", "name", "template_id"}))
        if key not in self.templates:
            name = element.name.rpartition(" | ")[2]  # SpaceNet names instances "Mission | Template"
            self.templates[key] = element.model_copy(update={"id": key, "name": name, "template_id": None})
        return element.model_copy(update={"template_id": key})

    def _state(self, state: State) -> State:
        models = tuple(self._model(model) for model in state.demand_models)
        return state.model_copy(update={"demand_models": models})

    def _model(self, model: _Model) -> _Model:
        if model.template_id is not None:
            return model
        key = _made_id("model", model.model_dump(mode="json", exclude={"id"}))
        self.models.setdefault(key, model.model_copy(update={"id": key}))
        return model.model_copy(update={"template_id": key})


def _made_id(what: str, content: dict[str, Any]) -> str:
    told = json.dumps(content, sort_keys=True)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"spacenet-{what}:{told}"))
