"""The JSON Schema (draft 7) of a scenario file, by which editors complete and check it while it is written.

Every entry is described twice: in full, and as the part of an entry that lies over one that is borrowed or
extended, where nothing is required and a null removes what it covers.
"""

from __future__ import annotations

import inspect
import math
import re
from datetime import date
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from moonwright.scenario import shelf
from moonwright.scenario.datum import Quantity
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import Shape, bound, keys, kinds_of, shape

DRAFT = "http://json-schema.org/draft-07/schema#"
Json = dict[str, Any]
_NULL: Json = {"type": "null"}
_NUMBER = r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"
_BORROWED = {shape(Scenario.model_fields[noun].annotation): noun for noun in shelf.NOUNS}


def schema() -> Json:
    """The schema of a whole file."""
    book = _Book()
    return {
        "$schema": DRAFT,
        "title": "Moonwright scenario",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": book.model(Scenario, over=True),
        "else": book.model(Scenario, over=False),
        "definitions": dict(sorted(book.definitions.items())),
    }


class _Book:
    """Writes definitions, each once."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def model(self, model: type[BaseModel], *, over: bool, noun: str = "") -> Json:
        """A reference to the definition of an entry, or of a part of one that may borrow from `noun`."""
        name = f"{model.__name__}{'-over-another' if over else ''}"
        if name not in self.definitions:
            self.definitions[name] = {}  # so that nothing below writes it again
            self.definitions[name] = self._written(model, over, noun)
        return {"$ref": f"#/definitions/{name}"}

    def _written(self, model: type[BaseModel], over: bool, noun: str) -> Json:
        shapes = keys(model)
        properties = {key: self._property(here, over) for key, here in shapes.items()}
        if over and model is Scenario:
            properties["extends"] = {"type": "string", "description": "a file that this one differs from"}
        if over and noun:
            names = {"enum": [*shelf.shelf(noun), None]}  # null: what the file below borrowed is given up
            properties["library"] = {**names, "description": f"one of the library's {noun}"}
        required = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
        return {
            "type": "object",
            "description": inspect.cleandoc(model.__doc__ or ""),
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required and not over else {}),
        }

    def _property(self, here: Shape, over: bool) -> Json:
        made = self.any(here, over)
        if over:
            made = {"anyOf": [made, _NULL]}
        field = here.field
        told: Json = {"description": field.description} if field and field.description else {}
        if field and type(field.default) in (str, int, bool):
            told["default"] = field.default
        return {"allOf": [made], **told} if told and "$ref" in made else {**made, **told}

    def any(self, here: Shape, over: bool) -> Json:
        """What may stand where a shape is."""
        if here.quantity:
            return self.quantity(here.quantity, over)
        if here.model:
            return self.model(here.model, over=over)
        if here.discriminator:
            return self._one_of_kinds(here, over, "")
        if here.options:
            return {"anyOf": [self.any(option, over) for option in here.options]}
        origin = get_origin(here.type)
        return (
            self._mapping(here, over)
            if origin is dict
            else self._list(here)
            if origin is tuple
            else _scalar(here)
        )

    def quantity(self, quantity: Quantity, over: bool) -> Json:
        """A number: short, or in full with its provenance."""
        name = f"{quantity.dimension.name} from {quantity.at_least:g}"
        name += "" if quantity.at_most == math.inf else f" to {quantity.at_most:g}"
        name = (name + (", whole" if quantity.whole else "")).replace(" ", "-")
        if name not in self.definitions:
            self.definitions[name] = _short(quantity)
        short: Json = {"$ref": f"#/definitions/{name}"}
        name += "-over-another" if over else "-with-provenance"
        if name not in self.definitions:
            self.definitions[name] = {"anyOf": [short, _with_provenance(short, over)]}
        return {"$ref": f"#/definitions/{name}"}

    def _mapping(self, here: Shape, over: bool) -> Json:
        key, value = get_args(here.type)
        noun = _BORROWED.get(Shape(here.type), "")
        full = self._entry(shape(value), False, noun)
        part = self._entry(shape(value), True, noun)
        entry: Json = {"anyOf": [part, _NULL]} if over else full
        if noun and not over:
            entry = {"if": {"type": "object", "required": ["library"]}, "then": part, "else": full}
        names = {"propertyNames": {"pattern": "^[0-9]{4}$"}} if key is int else {}
        fewest = {"minProperties": 1} if bound(here, "min_length") and not over else {}
        return {"type": "object", "additionalProperties": entry, **names, **fewest}

    def _entry(self, here: Shape, over: bool, noun: str) -> Json:
        if here.discriminator:
            return self._one_of_kinds(here, over, noun)
        return self.model(here.model, over=over, noun=noun) if here.model else self.any(here, over)

    def _one_of_kinds(self, here: Shape, over: bool, noun: str) -> Json:
        """An entry whose `kind` decides what else it has; a part of one need not say it."""
        key = str(here.discriminator)
        kinds = kinds_of(here)
        made: list[Json] = []
        for kind, model in kinds.items():
            chosen: Json = {"required": [key], "properties": {key: {"const": kind}}}
            made.append({"if": chosen, "then": self.model(model, over=over, noun=noun)})
        entry: Json = {"type": "object", "properties": {key: {"enum": list(kinds)}}, "allOf": made}
        if over:
            parts = [self.model(model, over=True, noun=noun) for model in kinds.values()]
            return {"if": {"required": [key]}, "then": entry, "else": {"anyOf": parts}}
        return {**entry, "required": [key]}

    def _list(self, here: Shape) -> Json:
        """A list, whose entries are always in full: a list replaces another as a whole."""
        items = get_args(here.type)
        made: Json = {"type": "array", "items": self.any(shape(items[0]), False)}
        if items[-1] is not ...:
            return {**made, "minItems": len(items), "maxItems": len(items)}
        return {**made, "minItems": 1} if bound(here, "min_length") else made


def _scalar(here: Shape) -> Json:
    if get_origin(here.type) is Literal:
        return {"enum": list(get_args(here.type))}
    if here.type is date:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if here.type is bool:
        return {"type": "boolean"}
    if here.type is int:
        ends = {"minimum": bound(here, "ge"), "maximum": bound(here, "le")}
        return {"type": "integer", **{key: end for key, end in ends.items() if end is not None}}
    pattern = bound(here, "pattern")
    return {"type": "string", "pattern": pattern} if pattern else {"type": "string"}


def _short(quantity: Quantity) -> Json:
    dimension = quantity.dimension
    symbols = "|".join(re.escape(symbol).replace("\\ ", " ") for symbol in sorted(dimension.factors))
    sign = "[-+]?" if quantity.at_least < 0 else "[+]?"
    example = f"{dimension.name}, like {dimension.example}"
    text: Json = {
        "type": "string",
        "pattern": rf"^\s*{sign}{_NUMBER}\s*({symbols})\s*$",
        "patternErrorMessage": example,
    }
    if dimension.unit:
        return {"description": example, **text}
    bare: Json = {"type": "integer" if quantity.whole else "number", "minimum": quantity.at_least}
    if quantity.at_most != math.inf:
        bare["maximum"] = quantity.at_most
    return {"description": example, "anyOf": [bare, text]}


def _with_provenance(short: Json, over: bool) -> Json:
    number = {"anyOf": [short, _NULL]} if over else short
    return {
        "type": "object",
        "properties": {
            "value": number,
            "low": number,
            "high": number,
            "source": {"type": "string", "description": "key of `sources`"},
            "assumed": {"type": "string", "description": "why it is assumed, where no source exists"},
            "note": {"type": "string"},
        },
        "additionalProperties": False,
        **({} if over else {"required": ["value"]}),
    }
