"""pydantic's errors in the words of the file's author: one finding for each thing that is really wrong."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from moonwright.scenario.datum import KEYS as DATUM_KEYS
from moonwright.scenario.document import Path, Step, brief
from moonwright.scenario.finding import FAULTS_SHOWN, Finding, did_you_mean, nearest
from moonwright.scenario.shape import Shape, keys, kinds_of, listed, root, words
from moonwright.scenario.shelf import NOUNS


def findings_of(error: ValidationError, data: object) -> tuple[Finding, ...]:
    """What pydantic found wrong with `data`, without its own names for branches of unions."""
    told: dict[Path, Mapping[str, Any]] = {}
    for detail in islice(error.errors(include_url=False), FAULTS_SHOWN):
        told.setdefault(_path(detail, data), detail)
    above = {path[:length] for path in told for length in range(len(path))}
    outermost = told.keys() - above
    extra = {path for path in outermost if told[path]["type"] == "extra_forbidden"}
    misspelt = _misspelt(extra, data)
    unborrowed = {path[:-1] for path in extra if _near_key(path, data) == "library"}
    return tuple(
        _finding(path, told[path], data)
        for path in told
        if path in outermost
        and path not in misspelt
        and not (told[path]["type"] == "missing" and path[:-1] in unborrowed)
    )


def _path(detail: Mapping[str, Any], data: object) -> Path:
    """Where in the file the error stands."""
    path = path_in(detail, data)
    if detail["type"] == "datum" and isinstance(written := _item_at(path, data), dict):
        return (*path, *_inside_datum(detail["ctx"]["found"], written))
    return path


def path_in(detail: Mapping[str, Any], data: object) -> Path:
    """Where in plain data an error of pydantic's stands: its location without branches of unions."""
    location: tuple[Step, ...] = detail["loc"]
    path: list[Step] = []
    value = data
    for number, step in enumerate(location):
        last = number == len(location) - 1
        if isinstance(value, dict) and (step in value or (last and detail["type"] == "missing")):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        path.append(step)
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        path.append(detail["ctx"]["discriminator"].strip("'"))
    return tuple(path)


def _inside_datum(found: str, written: dict[str, object]) -> list[Step]:
    """The key of a number in full that a message is about, where it names its value."""
    for key, value in written.items():
        if f"key {key!r}" in found or (key in ("value", "low", "high") and repr(value) in found):
            return [key]
    return []


def _shape_at(path: Path, data: object) -> tuple[Shape | None, Any]:
    """What may stand at `path`, and what does."""
    here: Shape | None = root()
    value = data
    for step in path:
        here = here.below(step, value) if here else None
        value = _item(value, step)
    return here, value


def _item(value: object, step: Step) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _model_at(path: Path, data: object) -> type[BaseModel] | None:
    here, value = _shape_at(path, data)
    chosen = here.chosen(value) if here else None
    return chosen.model if chosen else None


def _misspelt(extra: set[Path], data: object) -> set[Path]:
    """Required keys that are only missing since they are misspelt: the misspelling is the fault."""
    meant: set[Path] = set()
    for path in extra:
        if near := _near_key(path, data):
            meant.add((*path[:-1], near))
    return meant


def _item_at(path: Path, data: object) -> object:
    for step in path:
        data = _item(data, step)
    return data


def _near_key(path: Path, data: object) -> str | None:
    """The key that the author meant: what the models call it inside, or the likest one, first among those needed."""
    key = str(path[-1])
    model = _model_at(path[:-1], data)
    if model is None:
        return None
    for name, field in model.model_fields.items():
        if name == key and field.alias:
            return field.alias
    entry = _item_at(path[:-1], data)
    present = entry if isinstance(entry, dict) else {}
    known = _keys_at(path[:-1], model)
    wanted = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
    return nearest(key, [*(name for name in wanted if name not in present), *known])


def _keys_at(path: Path, model: type[BaseModel]) -> list[str]:
    """The keys of an entry, those included that are gone once it is read."""
    borrowing = len(path) == 2 and path[0] in NOUNS
    return [*(["extends"] if not path else []), *(["library"] if borrowing else []), *keys(model)]


def _finding(path: Path, detail: Mapping[str, Any], data: object) -> Finding:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, data)
    if kind == "datum":
        return _datum(path, detail["ctx"]["found"], data)
    here, value = _shape_at(path, data)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _unknown_kind(path, data)
    allowed = words(here) if here else str(detail["msg"])
    if kind == "missing" and path[-1] == detail["loc"][-1]:
        return Finding(path, "missing", allowed, f"add `{path[-1]}: ...`")
    if kind == "int_parsing" and detail["loc"][-1] == "[key]":
        return Finding(path, f"the key {brief(path[-1])}", "a year, like 2031")
    return Finding(path, brief(value), allowed, _todo(kind, value))


def _todo(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, int | float):
        return f'write it in quotes: "{str(value).lower() if isinstance(value, bool) else value}"'
    if kind == "tuple_type" and value is not None and not isinstance(value, dict):
        return f"write it in brackets: [{value}]"
    return ""


def _unknown_key(path: Path, data: object) -> Finding:
    key = str(path[-1])
    model = _model_at(path[:-1], data)
    if model is None:
        return Finding(path, f"unknown key {key!r}", "", "remove it")
    near = _near_key(path, data)
    return Finding(
        path,
        f"unknown key {brief(key)}",
        listed(_keys_at(path[:-1], model)),
        f"did you mean {near!r}?" if near else "remove it",
    )


def _unknown_kind(path: Path, data: object) -> Finding:
    here, _ = _shape_at(path[:-1], data)
    value = _item_at(path, data)
    kinds = list(kinds_of(here)) if here else []
    if value is None:
        return Finding(path, "missing", listed(kinds), f"add `{path[-1]}: ...`")
    return Finding(path, brief(value), listed(kinds), did_you_mean(str(value), kinds))


def _datum(path: Path, message: str, data: object) -> Finding:
    here, _ = _shape_at(path, data)
    if here is None and path[-1] in ("value", "low", "high"):
        here, _ = _shape_at(path[:-1], data)
    found, _, todo = message.partition("; ")
    if found.startswith("unknown key"):
        return Finding(
            path, found, listed(DATUM_KEYS), did_you_mean(str(path[-1]), DATUM_KEYS) or "remove it"
        )
    found = found.partition(" must be ")[0]
    if here is None or not here.quantity:
        return Finding(path, found, "", todo)
    return Finding(path, found, words(here), "" if todo.startswith("write it like") else todo)
