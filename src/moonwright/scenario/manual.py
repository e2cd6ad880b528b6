"""The reference page of the scenario format, written from the models that read it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from moonwright.scenario.datum import Datum
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import Shape, keys, kinds_of, shape, words
from moonwright.scenario.shelf import NOUNS

_HEAD = f"""\
# The scenario file

A YAML file in UTF-8, read by the core schema of YAML 1.2: dates, `on` and `1:30` are texts. Written from the code; the
same as a JSON Schema is [scenario.schema.json](scenario.schema.json), which `moonwright schema` prints.

- **Numbers** carry their unit (`3.1 t`), or stand in full with their provenance:
  `{{value: 3.1 t, assumed: no figure published, low: 2.8 t, high: 3.5 t}}` or `{{value: 3.1 t, source: key-of-sources}}`.
- **Every entry** may also have COMMON.
- **`library: name`** takes the library's entry and lays the entry's own keys over it; null removes one. Entries of
  {", ".join(NOUNS)} may borrow.
- **`extends: other.yaml`** at the top lays this file over another of the same folder, in the same way.
"""


def page() -> str:
    """The page, in Markdown."""
    common = ", ".join(f"`{key}` ({field.description})" for key, field in Noun.model_fields.items())
    blocks = [_block(title, model) for title, model in _models()]
    return "\n".join([_HEAD.replace("COMMON", common), *blocks])


def _models() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every kind of entry once, under the path where it first stands, outer ones first in the file's order."""
    seen: set[type[BaseModel]] = set()

    def visit(title: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
        if model in seen:
            return
        seen.add(model)
        yield title, model
        for key, here in keys(model).items():
            for name, below in _within(here, f"{title}.{key}" if model is not Scenario else key):
                yield from visit(name, below)

    yield from visit("The whole file", Scenario)


def _within(here: Shape, path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """The models that may stand somewhere below a key, however deep in mappings and lists."""
    if here.model:
        yield path, here.model
    elif here.discriminator:
        for kind, model in kinds_of(here).items():
            yield f"{path}, {here.discriminator}: {kind}", model
    else:
        for part in get_args(here.type):
            if part not in (str, int, ...):
                yield from _within(shape(part), path)


def _block(title: str, model: type[BaseModel]) -> str:
    told = inspect.cleandoc(model.__doc__ or "")
    shapes = keys(model)
    rows = [
        _row(key, shapes[key], field)
        for name, field in model.model_fields.items()
        if name not in Noun.model_fields and (key := field.alias or name)
    ]
    head = ["| key | meaning | what may stand there | if left out |", "|---|---|---|---|"]
    return "\n".join([f"## {title}", "", told, "", *head, *rows, ""])


def _row(key: str, here: Shape, field: FieldInfo) -> str:
    entry = bool(here.model or here.discriminator)
    allowed = "an entry, see below" if entry else words(here)
    return f"| `{key}` | {field.description or ''} | {allowed} | {_left_out(here, field)} |"


def _left_out(here: Shape, field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if isinstance(value, Datum) and here.quantity:
        return f"`{f'{float(value):g} {here.quantity.dimension.unit}'.strip()}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, str | int | float) and value != "" else ""
