"""A scenario file as tables: which sheets and columns there are, read off the models.

One sheet a noun, one row an entry, one column a key. A column is named by its path in the entry (`tank.capacity`), as
messages name it. What is no single value has a sheet of its own, named by its path (`missions.legs`): each row there
says first whose it is, by the names of the sheets above (`missions`), then its own `key`, or its `no` in a list. A
number's provenance stands in columns beside it (`dry_mass.source`, `dry_mass.low`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, get_args, get_origin

from moonwright.scenario.datum import KEYS
from moonwright.scenario.noun import Noun
from moonwright.scenario.shape import Shape, keys, kinds_of, root, shape
from moonwright.scenario.shelf import NOUNS

TOP: Final = "scenario"  # the sheet of what stands at the top of a file; it has one row
VALUE: Final = "value"  # the column of a row that is a single value
KEY, NUMBER, SECOND = "key", "no", "key 2"  # the columns of an entry's name, or of its place in a list
LIBRARY: Final = "library"
PROVENANCE: Final = KEYS[1:]

NONE, NULL = "(none)", "(null)"  # what is there and empty; what is said to be nothing
LONG: Final = re.compile(r"\(text [0-9]{1,6}\)")  # a text that is too long for a cell: it stands elsewhere
LONGEST_NAME: Final = 31  # characters of a sheet's name in Excel

Cell = None | bool | int | float | str | date

_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,"]*?))\s*(,|\Z)')


@dataclass(frozen=True)
class Column:
    """A column. `steps` is the path in the entry to what `here` describes; `part` is one of a number's provenance."""

    header: str
    steps: tuple[str, ...]
    here: Shape
    part: str = ""

    @property
    def unit(self) -> str | None:
        """The canonical unit of the numbers in it; None: they have none, or it holds no numbers."""
        measured = self.here.quantity is not None and self.part in ("", "low", "high")
        return (self.here.quantity.dimension.unit or None) if measured and self.here.quantity else None

    @property
    def kind(self) -> str:
        """What its cells are, in a word."""
        if self.part not in ("", "low", "high"):
            return "text"
        if self.here.quantity:
            return "number"
        plain = {bool: "yes or no", int: "number", date: "date"}
        return "list" if is_texts(self.here) else plain.get(self.here.type, "text")

    @property
    def holds_text(self) -> bool:
        """Whether its cells are texts, whatever they look like."""
        return self.kind in ("text", "list")


@dataclass(frozen=True)
class Sheet:
    """A sheet. `path`: the keys above its entries in a file; `owners`: sheets whose entries its rows belong to;
    `own`: the columns that name a row."""

    name: str
    path: tuple[str, ...]
    owners: tuple[str, ...]
    own: tuple[str, ...]
    entry: Shape
    columns: dict[str, Column] = field(hash=False)

    @property
    def leading(self) -> tuple[str, ...]:
        """The headers of the columns that say whose a row is, and which."""
        return (*self.owners, *self.own)


def sheet_name(path: tuple[str, ...]) -> str:
    """What the sheet for a path is called: the path, from which keys are left out after the first until it fits."""
    steps = list(path)
    while len(".".join(steps)) > LONGEST_NAME and len(steps) > 2:
        del steps[1]
    return ".".join(steps) or TOP


def header(steps: tuple[str, ...], part: str = "") -> str:
    """What the column for a path in an entry is called."""
    return ".".join((*(steps or (VALUE,)), *((part,) if part else ())))


@cache
def sheets() -> dict[str, Sheet]:
    """All sheets that a scenario may have, by name: the top first, then in the order of the file."""
    return {sheet.name: sheet for sheet in _sheets((), (), (), root())}


def is_mapping(here: Shape) -> bool:
    """Whether names that the author chooses lead to entries here."""
    return get_origin(here.type) is dict


def is_texts(here: Shape) -> bool:
    """Whether a list of names stands here, which one cell can hold."""
    parts = get_args(here.type)
    if here.options:
        return any(is_texts(option) for option in here.options)
    return get_origin(here.type) is tuple and all(
        part is ... or _is_text(shape(part)) for part in parts if part is not None
    )


def has_sheet(here: Shape) -> bool:
    """Whether what stands here takes a sheet of its own."""
    return is_mapping(here) or (get_origin(here.type) is tuple and not is_texts(here))


def _is_text(here: Shape) -> bool:
    literal = get_origin(here.type)
    return here.type is str or (literal is not None and all(isinstance(a, str) for a in get_args(here.type)))


def _sheets(
    path: tuple[str, ...], owners: tuple[str, ...], own: tuple[str, ...], entry: Shape
) -> Iterator[Sheet]:
    """The sheet of the entries at a path, then those of what stands in them."""
    name = sheet_name(path)
    yield Sheet(name, path, owners, own, entry, {c.header: c for c in _columns(path, entry)})
    above = (*owners, name) if own else owners
    for steps, here in _collections((), entry):
        inner, own_here = _inner(here)
        yield from _sheets((*path, *steps), above, own_here, inner)


def _inner(here: Shape) -> tuple[Shape, tuple[str, ...]]:
    """What one row of a collection is, and the columns that name it: two where a mapping holds mappings."""
    if not is_mapping(here):
        return shape(get_args(here.type)[0], here.marks), (NUMBER,)
    inner = shape(get_args(here.type)[1])
    if is_mapping(inner):
        return shape(get_args(inner.type)[1]), (KEY, SECOND)
    return inner, (KEY,)


def _collections(steps: tuple[str, ...], here: Shape) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """What stands in an entry and takes a sheet of its own, each once however many kinds of entry have it."""
    seen: set[tuple[str, ...]] = set()
    for key, below in _keys(here):
        at = (*steps, key)
        found = [(at, below)] if has_sheet(below) else _collections(at, below)
        for path, collection in found:
            if path not in seen:
                seen.add(path)
                yield path, collection


def _keys(here: Shape) -> Iterator[tuple[str, Shape]]:
    """The keys of an entry, whichever kind it is of; the one that decides comes first."""
    models = [here.model] if here.model else list(kinds_of(here).values()) if here.discriminator else []
    told = [pair for model in models for pair in keys(model).items()]
    yield from sorted(told, key=lambda pair: pair[0] != here.discriminator)


def _columns(path: tuple[str, ...], entry: Shape) -> Iterator[Column]:
    if len(path) == 1 and path[0] in NOUNS:
        yield Column(LIBRARY, (LIBRARY,), shape(str))
    yield from _of((), entry)


def _of(steps: tuple[str, ...], here: Shape) -> Iterator[Column]:
    """The columns of what stands at a path in an entry; what says where its numbers come from comes last."""
    if here.model or here.discriminator:
        if steps:
            yield Column(header(steps), steps, here)
        below = list(_keys(here))
        for last in (False, True):
            for key, inner in below:
                if (key in Noun.model_fields) is last:
                    yield from _of((*steps, key), inner)
        return
    yield Column(header(steps), steps, here)
    if here.quantity:
        for part in PROVENANCE:
            yield Column(header(steps, part), steps, here, part)


def quoted(text: str) -> str:
    """A text as a cell holds it: in quotes of its own where the bare text would be read as something else."""
    odd = text in ("", NONE, NULL) or LONG.fullmatch(text) is not None
    return f'"{text}"' if odd or (text[0] == text[-1] == '"') else text


def unquoted(text: str) -> str:
    """What `quoted` turns back."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def in_a_row(texts: Sequence[str], *, one_is_a_list: bool = False) -> str:
    """Texts as one cell holds them, parted by commas. With `one_is_a_list`, a comma follows a single one."""
    told = ", ".join(
        '"' + text.replace('"', '""') + '"' if text in ("", NONE, NULL) or _odd(text) else text
        for text in texts
    )
    return f"{told}," if one_is_a_list and len(texts) == 1 else told


def _odd(text: str) -> bool:
    return text != text.strip() or "," in text or '"' in text or LONG.fullmatch(text) is not None


def row_of(cell: str) -> list[str] | None:
    """What `in_a_row` turns back; None where quotes are not in order."""
    texts, at = [], 0
    while at < len(cell):
        item = _ITEM.match(cell, at)
        if item is None:
            return None
        texts.append(item[2] if item[1] is None else item[1].replace('""', '"'))
        at = item.end()
    return texts
