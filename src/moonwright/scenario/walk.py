"""Every entry and every number of a scenario, with the path where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moonwright.scenario.datum import Datum, Quantity
from moonwright.scenario.document import Path
from moonwright.scenario.noun import Noun
from moonwright.scenario.shape import Shape, keys


@dataclass(frozen=True)
class Number:
    """A number that the author wrote, and where it comes from: by its own word or that of its entry."""

    path: Path
    datum: Datum
    quantity: Quantity
    source: str | None
    assumed: str | None


def entries(noun: Noun, path: Path = ()) -> Iterator[tuple[Path, Noun]]:
    """The entry and all entries within it that the author wrote."""
    yield path, noun
    for name, field in type(noun).model_fields.items():
        if name in noun.model_fields_set:
            yield from _entries(getattr(noun, name), (*path, field.alias or name))


def _entries(value: object, path: Path) -> Iterator[tuple[Path, Noun]]:
    if isinstance(value, Noun):
        yield from entries(value, path)
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _entries(child, (*path, str(key)))
    elif isinstance(value, tuple):
        for number, child in enumerate(value):
            yield from _entries(child, (*path, number))


def numbers(
    noun: Noun, path: Path = (), told: tuple[str | None, str | None] = (None, None)
) -> Iterator[Number]:
    """The numbers of an entry and of all entries within it, defaults left out.

    `told` is the (source, assumed) of the entry around, which holds where this one says nothing.
    """
    if noun.source is not None or noun.assumed is not None:
        told = noun.source, noun.assumed
    shapes = keys(type(noun))
    for name, field in type(noun).model_fields.items():
        if name in noun.model_fields_set:
            key = field.alias or name
            yield from _numbers(getattr(noun, name), shapes[key], (*path, key), told)


def _numbers(value: object, here: Shape, path: Path, told: tuple[str | None, str | None]) -> Iterator[Number]:
    if isinstance(value, Datum):
        if here.quantity:
            source, assumed = told if value.bare else (value.source, value.assumed)
            yield Number(path, value, here.quantity, source, assumed)
    elif isinstance(value, Noun):
        yield from numbers(value, path, told)
    elif isinstance(value, dict):
        for key, child in value.items():
            below = here.below(str(key), None)
            yield from _numbers(child, below or here, (*path, str(key)), told)
    elif isinstance(value, tuple):
        for number, child in enumerate(value):
            below = here.below(number, value)
            yield from _numbers(child, below or here, (*path, number), told)
