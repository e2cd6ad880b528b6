"""SpaceNet's shorthand written out: types in one spelling, and what instances inherit from their templates."""

from __future__ import annotations

from typing import Any, get_args

from moonwright.interop.spacenet.element import AnyElement, StateType
from moonwright.interop.spacenet.event import Action, Event
from moonwright.interop.spacenet.place import Edge, Node
from moonwright.interop.spacenet.supply import DemandModel, Resource

Plain = dict[str, Any]
_OWN = ("id", "templateId")  # what an instance never inherits
WRITTEN_OUT_LIMIT = 1_000_000  # values that are inherited; a hostile file could ask for billions


class TooMuchInheritedError(ValueError):
    """What instances inherit from their templates would not fit into memory."""


def _squashed(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _types() -> list[str]:
    unions = (AnyElement, Event, Edge, Node, DemandModel)
    models = [model for union in unions for model in get_args(get_args(union)[0])]
    literals = [model.model_fields["type"].annotation for model in (*models, Action, Resource)]
    return [name for literal in (*literals, StateType) for name in get_args(literal)]


# "SurfaceNode", "surface node" and "Surface Node" are one: the tools spell them differently.
_SPELLING = {_squashed(name): name for name in _types()}
_ENVIRONMENTS = {"pressurized": "Pressurized", "unpressurized": "Unpressurized"}


def spelt_out(data: Any) -> Any:
    """Plain data without its nulls, with every `type` and environment in the spelling of the Python tool."""
    if isinstance(data, list):
        return [spelt_out(item) for item in data]
    if not isinstance(data, dict):
        return data
    told = {key: spelt_out(value) for key, value in data.items() if value is not None}
    for key, table in (("type", _SPELLING), ("stateType", _SPELLING), ("environment", _ENVIRONMENTS)):
        if isinstance(name := told.get(key), str):
            told[key] = table.get(_squashed(name), name)
    if isinstance(name := told.get("cargoEnvironment"), str):
        told["cargoEnvironment"] = _ENVIRONMENTS.get(_squashed(name), name)
    if "actions" in told and told.get("burnStageSequence") == told["actions"]:
        del told["burnStageSequence"]  # both spellings of one key, for both tools
    if isinstance(burn := told.get("burn"), dict) and set(burn) == {"id"}:
        told["burn"] = burn["id"]  # some files wrap the id of an edge's burn
    return told


def inherit(data: Plain) -> Plain:
    """The data with every instance written out: what it leaves out comes from its template, which it then shares.

    Raises TooMuchInheritedError.
    """
    models = _Shelf(data.get("demandModels"))
    for mission in _entries(data.get("missionList")):
        models.fill(mission.get("demandModels"))
    for key in ("elementTemplates", "instantiatedElements"):
        for element in _entries(data.get(key)):
            for state in _entries(element.get("states")):
                models.fill(state.get("demandModels"))
    _Shelf(data.get("elementTemplates")).fill(data.get("instantiatedElements"))
    return data


class _Shelf:
    """Templates by id, and how many values they have given away."""

    def __init__(self, entries: Any) -> None:
        self.entries = {str(entry.get("id")).lower(): entry for entry in _entries(entries)}
        self.sizes = {key: _size(entry) for key, entry in self.entries.items()}
        self.given = 0

    def fill(self, instances: Any) -> None:
        """Give each instance what it leaves out."""
        for instance in _entries(instances):
            key = str(instance.get("templateId")).lower()
            template = self.entries.get(key, {})
            self.given += self.sizes.get(key, 0)
            if self.given > WRITTEN_OUT_LIMIT:
                raise TooMuchInheritedError
            for name, value in template.items():
                if name not in _OWN:
                    instance.setdefault(name, value)


def _size(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + sum(_size(value) for value in data.values())
    return 1 + sum(_size(item) for item in data) if isinstance(data, list) else 1


def _entries(found: Any) -> list[Plain]:
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
