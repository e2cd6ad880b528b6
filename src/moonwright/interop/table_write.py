"""A Scenario laid out as tables: what its author wrote, down to what is said to be empty, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from moonwright.interop.table import (
    KEY,
    LIBRARY,
    NONE,
    NULL,
    NUMBER,
    PROVENANCE,
    SECOND,
    Cell,
    Column,
    Sheet,
    has_sheet,
    header,
    in_a_row,
    is_mapping,
    is_texts,
    quoted,
    sheet_name,
    sheets,
)
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import Shape, root

Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """A sheet with its rows; `columns` are those shown after the leading ones, cells stand by header."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers in order."""
        return (*self.sheet.leading, *(column.header for column in self.columns))

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as cells in the order of the headers."""
        headers = self.headers
        return (tuple(row.get(name) for name in headers) for row in self.rows)


def tables(scenario: Scenario) -> tuple[Table, ...]:
    """The scenario as tables: every noun's, and of those within them all that have a row.

    Texts are quoted as `table.quoted` has it; numbers are in canonical units.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    data = scenario.model_dump(by_alias=True, exclude_unset=True)
    _entry(rows, (), {}, data, root())
    return tuple(
        Table(sheet, tuple(_shown(sheet, rows[name])), tuple(rows[name]))
        for name, sheet in sheets().items()
        if rows[name] or len(sheet.path) <= 1
    )


def _shown(sheet: Sheet, rows: list[Row]) -> Iterator[Column]:
    """The columns in use, and those that an author may want to fill: values, and where entries come from."""
    used = {name for row in rows for name in row}
    for name, column in sheet.columns.items():
        of_nested_entry = len(column.steps) > 1 and column.steps[-1] in PROVENANCE
        open_to_all = not (column.part or of_nested_entry or _only_a_mark(column) or name == LIBRARY)
        if name in used or open_to_all:
            yield column


def _only_a_mark(column: Column) -> bool:
    """Whether cells of a column can only say that something is there and empty."""
    return has_sheet(column.here) or bool(column.here.model)


def _entry(rows: dict[str, list[Row]], path: tuple[str, ...], leading: Row, value: Any, here: Shape) -> None:
    """Adds the row of an entry, and the rows of what stands in it."""
    row = dict(leading)
    rows[sheet_name(path)].append(row)
    _cells(rows, path, row, (), value, here)


def _cells(
    rows: dict[str, list[Row]],
    path: tuple[str, ...],
    row: Row,
    steps: tuple[str, ...],
    value: Any,
    here: Shape,
) -> None:
    """Fills what stands at `steps` of an entry into its row, or into sheets below."""
    name = header(steps)
    chosen = here.chosen(value) or here
    if value is None:
        row[name] = NULL
    elif value in ({}, [], ()) and steps:
        row[name] = NONE
    elif here.quantity:
        _number(row, steps, value, here)
    elif chosen.model:
        for key, child in value.items():
            below = here.below(key, value)
            assert below is not None
            _cells(rows, path, row, (*steps, key), child, below)
    elif has_sheet(here):
        _collection(rows, (*path, *steps), _as_owner(path, row), value, here)
    elif isinstance(value, list | tuple):
        row[name] = in_a_row(value, one_is_a_list=bool(here.options)) or NONE
    else:
        row[name] = _scalar(value, here)


def _collection(
    rows: dict[str, list[Row]], path: tuple[str, ...], owners: Row, value: Any, here: Shape
) -> None:
    """The rows of all entries of a mapping or a list."""
    items = value.items() if isinstance(value, dict) else enumerate(value, start=1)
    for name, item in items:
        below = here.below(str(name) if isinstance(value, dict) else 0, value)
        assert below is not None
        leading = {**owners, (KEY if isinstance(value, dict) else NUMBER): _key(name)}
        if not is_mapping(below):
            _entry(rows, path, leading, item, below)
        elif not item:
            rows[sheet_name(path)].append({**leading, header(()): NONE})
        for second, inner in item.items() if is_mapping(below) else ():
            within = below.below(second, item)
            assert within is not None
            _entry(rows, path, {**leading, SECOND: _key(second)}, inner, within)


def _as_owner(path: tuple[str, ...], row: Row) -> Row:
    """How rows in sheets below say that they belong to the entry of this row."""
    sheet = sheets()[sheet_name(path)]
    owners: Row = {name: row[name] for name in sheet.owners}
    return {**owners, sheet.name: row[sheet.own[0]]} if sheet.own else owners


def _key(name: object) -> Cell:
    return name if isinstance(name, int) else quoted(str(name))


def _number(row: Row, steps: tuple[str, ...], value: Datum, here: Shape) -> None:
    whole = here.quantity is not None and here.quantity.whole
    row[header(steps)] = int(value) if whole else float(value)
    for part in PROVENANCE:
        told = getattr(value, part)
        if told is not None:
            row[header(steps, part)] = quoted(told) if isinstance(told, str) else told


def _scalar(value: Any, here: Shape) -> Cell:
    if isinstance(value, bool | int | date):
        return value
    if is_texts(here):  # a single text where a list might stand
        return in_a_row([value])
    return quoted(str(value))
