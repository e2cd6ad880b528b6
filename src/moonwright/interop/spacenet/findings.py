"""pydantic's errors in the words of whoever wrote a SpaceNet file; keys that are not known, set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import AliasChoices, BaseModel, ValidationError

from moonwright.interop.spacenet import campaign, element, event, place, supply
from moonwright.interop.spacenet.value import Told
from moonwright.scenario.document import Path, brief
from moonwright.scenario.faults import path_in
from moonwright.scenario.finding import Finding, did_you_mean, nearest

_ALLOWED = {
    "tuple_type": "a list: [ ... ]",
    "model_type": "an object: { ... }",
    "model_attributes_type": "an object: { ... }",
    "dict_type": "an object: { ... }",
    "string_type": "a text",
    "string_pattern_mismatch": "Pressurized or Unpressurized",
}


def findings_of(error: ValidationError, data: object) -> tuple[list[Finding], list[Finding]]:
    """(what is wrong with `data`, which of its keys nobody knows)."""
    wrong: dict[Path, Finding] = {}
    unknown: dict[Path, Finding] = {}
    for detail in error.errors(include_url=False):
        path = path_in(detail, data)
        if detail["type"] == "extra_forbidden":
            hint = did_you_mean(str(path[-1]), (key for key in KEYS if key != path[-1])) if path else ""
            unknown.setdefault(
                path, Finding(path, "a key that SpaceNet's format does not have here", "", hint)
            )
        else:
            wrong.setdefault(path, _finding(path, detail, data))
    return [_misspelt(finding, unknown) for finding in wrong.values()], list(unknown.values())


def _misspelt(finding: Finding, unknown: Mapping[Path, Finding]) -> Finding:
    """Of a missing key: whether a key that nobody knows stands in its place."""
    if finding.found != "missing":
        return finding
    beside = [str(path[-1]) for path in unknown if path[:-1] == finding.path[:-1]]
    near = nearest(str(finding.path[-1]), beside)
    return replace(finding, todo=f'write "{finding.path[-1]}" for "{near}"') if near else finding


def at(path: Path, data: object) -> object:
    """What stands at a path; None where nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _finding(path: Path, detail: Mapping[str, Any], data: object) -> Finding:
    kind, value = detail["type"], at(path, data)
    if kind in ("union_tag_invalid", "literal_error"):
        names = re.findall(r"'([^']*)'", detail["ctx"].get("expected_tags") or detail["ctx"]["expected"])
        return Finding(path, brief(value), ", ".join(names), did_you_mean(str(value), names))
    if kind in ("missing", "union_tag_not_found") and value is None:
        return Finding(path, "missing", "", f'add "{path[-1]}"' if path else "")
    if kind == "spacenet":
        return Finding(path, brief(value), detail["ctx"]["allowed"])
    return Finding(path, brief(value), _ALLOWED.get(kind, str(detail["msg"])))


def _models() -> Iterator[type[BaseModel]]:
    for module in (campaign, element, event, place, supply):
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, Told):
                yield found


def _keys() -> Iterator[str]:
    for model in _models():
        for name, field in model.model_fields.items():
            choices = field.validation_alias
            if isinstance(choices, AliasChoices):
                yield from (str(choice) for choice in choices.choices)
            else:
                yield field.alias or name


KEYS = tuple(dict.fromkeys(_keys()))
# Our own file's keys, by SpaceNet's.
OURS = {
    str(field.serialization_alias or field.alias): name
    for model in _models()
    for name, field in model.model_fields.items()
    if field.serialization_alias or field.alias
}
