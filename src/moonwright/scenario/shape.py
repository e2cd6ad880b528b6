"""What may stand where in a scenario file, read off the models: for messages, library and reference."""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from moonwright.scenario.datum import Quantity
from moonwright.scenario.scenario import Scenario

_UNITS_SHOWN = 9
_NAMES_SHOWN = 40


@dataclass(frozen=True)
class Shape:
    """A type as the models write it: `type` without `| None`, and the marks (bounds, quantity) with it."""

    type: Any
    marks: tuple[Any, ...] = ()

    @property
    def quantity(self) -> Quantity | None:
        """The dimension and bounds, where a Datum stands here."""
        return next((mark for mark in self.marks if isinstance(mark, Quantity)), None)

    @property
    def model(self) -> type[BaseModel] | None:
        """The model, where an entry of a fixed kind stands here."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, BaseModel) else None

    @property
    def discriminator(self) -> str | None:
        """The key that decides between several kinds of entry."""
        return next((mark.discriminator for mark in self.marks if getattr(mark, "discriminator", None)), None)

    @property
    def field(self) -> FieldInfo | None:
        """What the models say of the key under which this stands."""
        last = self.marks[-1] if self.marks else None
        return last if isinstance(last, FieldInfo) else None

    @property
    def options(self) -> tuple[Shape, ...]:
        """The types of a union; none where there is but one type."""
        return tuple(shape(option) for option in get_args(self.type)) if _is_union(self.type) else ()

    def below(self, step: str | int, value: object) -> Shape | None:
        """What may stand at key or index `step` of `value`, which stands here; None where nothing may."""
        here = self.chosen(value)
        if here is None:
            return None
        if here.model:
            return keys(here.model).get(str(step))
        if get_origin(here.type) is dict:
            return shape(get_args(here.type)[1])
        if get_origin(here.type) is tuple and isinstance(step, int):
            items = get_args(here.type)
            return shape(items[0 if items[-1] is ... else min(step, len(items) - 1)])
        return None

    def chosen(self, value: object) -> Shape | None:
        """The one of several types that `value` means to be; None where that cannot be told."""
        if not self.options:
            return self
        if self.discriminator:
            kind = value.get(self.discriminator) if isinstance(value, dict) else None
            model = kinds_of(self).get(kind) if isinstance(kind, str) else None
            return Shape(model) if model else None
        listed = isinstance(value, list)
        return next((one for one in self.options if (get_origin(one.type) is tuple) == listed), None)


@cache
def keys(model: type[BaseModel]) -> dict[str, Shape]:
    """What may stand under each key of an entry, by the key's name in the file."""
    return {field.alias or name: _of_field(field) for name, field in model.model_fields.items()}


def kinds_of(here: Shape) -> dict[str, type[BaseModel]]:
    """The kinds of entry that may stand here, where a key decides between them."""
    found: dict[str, type[BaseModel]] = {}
    for option in here.options:
        if here.discriminator and option.model:
            names = get_args(option.model.model_fields[here.discriminator].annotation)
            found |= dict.fromkeys(names, option.model)
    return found


def shape(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:
    """The shape of a type annotation."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks += tuple(more)
        elif _is_union(annotation) and type(None) in get_args(annotation):
            rest = tuple(option for option in get_args(annotation) if option is not type(None))
            annotation = Union[rest]  # noqa: UP007  # of one type that type, of several their union
        else:
            return Shape(annotation, marks)


def root() -> Shape:
    """The shape of a whole file."""
    return Shape(Scenario)


def words(here: Shape) -> str:
    """What is allowed here, in words."""
    if here.quantity:
        return _quantity_words(here.quantity)
    if here.model:
        return f"an entry with the keys {listed(keys(here.model))}"
    if _is_union(here.type) or get_origin(here.type):
        return _joint_words(here)
    return _scalar_words(here)


def _joint_words(here: Shape) -> str:
    parts = get_args(here.type)
    origin = get_origin(here.type)
    if here.discriminator:
        return f"an entry with {here.discriminator}: {listed(kinds_of(here))}"
    if origin is Literal:
        return listed(parts)
    if origin is dict:
        return f"a mapping from names to {_plural(shape(parts[1]))}"
    if origin is tuple:
        if parts[-1] is not ...:
            return f"a list of {len(parts)} {_plural(shape(parts[0]))}"
        return (
            "a list of at least one" if bound(here, "min_length") else f"a list of {_plural(shape(parts[0]))}"
        )
    return " or ".join(words(shape(part)) for part in parts)


def listed(names: Iterable[object]) -> str:
    """Names in a row, as a message shows them; of very many the first."""
    row = [str(name) for name in islice(names, _NAMES_SHOWN + 1)]
    return ", ".join(row if len(row) <= _NAMES_SHOWN else [*row[:-1], "..."])


def _of_field(field: FieldInfo) -> Shape:
    return shape(field.annotation, (*field.metadata, field))


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def bound(here: Shape, name: str) -> Any:
    """A bound that the models set on a text, a number or a list, such as `ge` or `pattern`; None: not set."""
    for mark in here.marks:
        found = getattr(mark, name, None)
        inner = [getattr(part, name, None) for part in getattr(mark, "metadata", ())]
        for bound in (found, *inner):
            if bound is not None:
                return bound
    return None


def _plural(here: Shape) -> str:
    if here.quantity:
        return f"numbers such as {here.quantity.dimension.example!r}"
    return {str: "texts", date: "dates"}.get(here.type, "entries")


def _scalar_words(here: Shape) -> str:
    if here.type is date:
        return "a date, like 2031-05-01"
    if here.type is bool:
        return "true or false"
    if here.type is int:
        low, high = bound(here, "ge"), bound(here, "le")
        return "a whole number" + (f" from {low} to {high}" if low is not None and high is not None else "")
    if pattern := bound(here, "pattern"):
        described = [mark.description for mark in here.marks if getattr(mark, "description", None)]
        return next(
            (f"a text like {d}" for d in described if d.startswith('"')), f"a text of the form {pattern}"
        )
    return "a text"


def _quantity_words(quantity: Quantity) -> str:
    dimension = quantity.dimension
    name = "a whole number" if quantity.whole else dimension.name
    symbols = [symbol for symbol in dimension.factors if symbol]
    if dimension.unit and len(symbols) <= _UNITS_SHOWN:
        name += f" in {listed(symbols)}"
    low = f"{quantity.at_least:g} {dimension.unit}".strip()
    high = (
        ""
        if quantity.at_most == float("inf")
        else f", at most {quantity.at_most:g} {dimension.unit}".rstrip()
    )
    return f"{name}, at least {low}{high}, like {dimension.example!r}"
