"""The two rows above the entries of a sheet: which key a column is for, and in which unit its numbers are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from moonwright.interop.table import NONE, SECOND, VALUE, Cell, Sheet, sheets
from moonwright.interop.table_cell import wrong_unit
from moonwright.interop.table_grid import FIRST, HEAD, UNITS, Found, Grid, Place
from moonwright.scenario.document import brief
from moonwright.scenario.finding import FAULTS_SHOWN, did_you_mean
from moonwright.scenario.shape import listed


@dataclass(frozen=True)
class Head:
    """What the columns of a sheet are: their numbers and units by header."""

    sheet: Sheet
    grid: Grid
    columns: Mapping[str, int]
    units: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether rows can say whose they are, and which."""
        return all(name in self.columns for name in self.sheet.leading)

    def rows(self) -> Iterator[Row]:
        """The rows that say anything, from above."""
        for number in sorted({place.row for place in self.grid.cells if place.row >= FIRST}):
            row = Row(self, number)
            if any(row.cell(name) is not None for name in self.columns):
                yield row


@dataclass(frozen=True)
class Row:
    """One entry's row."""

    head: Head
    number: int

    @property
    def sheet(self) -> Sheet:
        """What the row is one of."""
        return self.head.sheet

    @property
    def first(self) -> str:
        """The header of the cell that stands for the whole row: the one that names it."""
        return self.sheet.leading[-1] if self.sheet.leading else next(iter(self.head.columns))

    @property
    def naming(self) -> tuple[str, ...]:
        """The headers of the cells that say whose the row is, and which; a mapping that is said to be empty has one less."""
        empty = self.cell(VALUE) == NONE and SECOND in self.sheet.leading and self.cell(SECOND) is None
        return self.sheet.leading[:-1] if empty else self.sheet.leading

    def place(self, name: str) -> Place:
        """Where the cell under a header stands; the row's first where there is no such column."""
        return Place(self.number, self.head.columns.get(name, 1))

    def cell(self, name: str) -> Cell:
        """What stands under a header."""
        return self.head.grid.cells.get(self.place(name)) if name in self.head.columns else None

    def stands(self, name: str) -> str:
        """The address of a cell, with its sheet."""
        return f"{self.head.grid.name}!{self.place(name).address}"

    def is_refused(self, name: str, told: Iterable[Found]) -> bool:
        """Whether the cell under a header holds something that cannot be read, which is told already."""
        return any((one.sheet, one.place) == (self.head.grid.name, self.place(name)) for one in told)

    def found(self, name: str, found: str, allowed: str, todo: str = "") -> Found:
        """Something wrong with the cell under a header."""
        return Found(self.head.grid.name, self.place(name), found, allowed, todo)


def heads(grids: Iterable[Grid], told: list[Found]) -> list[Head]:
    """The sheets that a scenario has, owners before what they own; what is wrong with their heads goes to `told`."""
    by_name = {name.lower(): sheet for name, sheet in sheets().items()}
    found: dict[str, Head] = {}
    for grid in grids:
        sheet = by_name.get(grid.name.strip().lower())
        if not grid.cells:
            continue
        if sheet is None:
            todo = did_you_mean(grid.name, sheets()) or "rename or remove it"
            nouns = listed(name for name, known in sheets().items() if len(known.path) < 2)
            told.append(Found(grid.name, None, f"unknown sheet {brief(grid.name)}", nouns, todo))
        elif sheet.name in found:
            told.append(Found(grid.name, None, f"a second sheet {sheet.name!r}", "each sheet once"))
        else:
            columns = _columns(sheet, grid, told)
            found[sheet.name] = Head(sheet, grid, columns, _units(sheet, grid, columns, told))
    return [found[name] for name in sheets() if name in found]


def _columns(sheet: Sheet, grid: Grid, told: list[Found]) -> dict[str, int]:
    """The number of each column by its header."""
    found: dict[str, int] = {}
    allowed = (*sheet.leading, *sheet.columns)
    for column in sorted({place.column for place in grid.cells}):
        if len(told) > FAULTS_SHOWN:
            break
        place = Place(HEAD, column)
        name = grid.cells.get(place)
        if name is None:
            first = min(other for other in grid.cells if other.column == column)
            told.append(Found(grid.name, first, brief(grid.cells[first]), "cells below a header in row 1"))
        elif (header := str(name).strip()) not in allowed:
            todo = did_you_mean(header, allowed) or "rename or remove the column"
            shown = listed((*sheet.leading, *(key for key, c in sheet.columns.items() if not c.part)))
            told.append(Found(grid.name, place, f"unknown column {brief(header)}", shown, todo))
        elif header in found:
            first = Place(HEAD, found[header])
            words = f"a second column {header!r}", f"each column once; the first is {first.address}"
            told.append(Found(grid.name, place, *words))
        else:
            found[header] = column
    for name in sheet.leading:
        if name not in found:
            allowed_here = f"the columns {listed(sheet.leading)} in every row"
            told.append(Found(grid.name, None, f"no column {name!r}", allowed_here, "add it"))
    return found


def _units(sheet: Sheet, grid: Grid, columns: Mapping[str, int], told: list[Found]) -> dict[str, str]:
    """The unit of each column of numbers: that of row 2; the canonical one where that is wrong, and told."""
    units = {}
    for name, number in columns.items():
        column = sheet.columns.get(name)
        if column is None or column.here.quantity is None or column.part not in ("", "low", "high"):
            continue
        place = Place(UNITS, number)
        cell = grid.cells.get(place)
        unit = "" if cell is None or str(cell).startswith("(") else str(cell).strip()
        if problem := wrong_unit(unit, column.here.quantity.dimension):
            told.append(Found(grid.name, place, *problem))
            unit = column.unit or ""
        units[name] = unit
    return units
