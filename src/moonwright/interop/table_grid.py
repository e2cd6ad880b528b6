"""Sheets as they come in from a spreadsheet: cells at places, and what is wrong at a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from moonwright.errors import Fault
from moonwright.interop.table import Cell
from moonwright.scenario.document import printable

HEAD, UNITS, FIRST = 1, 2, 3  # rows: headers, units, the first entry


class Place(NamedTuple):
    """Row and column, both from 1."""

    row: int
    column: int

    @property
    def address(self) -> str:
        """As spreadsheets name it: C5."""
        letters, number = "", self.column
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True)
class Grid:
    """One sheet as it came in: cells that are not empty."""

    name: str
    cells: Mapping[Place, Cell]


@dataclass(frozen=True)
class Found:
    """What is wrong at a cell; `place` None: with the sheet as a whole; sheet "": with the file as a whole."""

    sheet: str
    place: Place | None
    found: str
    allowed: str = ""
    todo: str = ""

    def fault(self, file: str) -> Fault:
        """As a fault of a file, which names the cell where that of a YAML file names a line."""
        at = printable(self.sheet) + (f"!{self.place.address}" if self.place else "")
        told = (printable(words) for words in (self.found, self.allowed, self.todo))
        return Fault(f"{file}: {at}" if at else file, 0, printable(self.sheet), *told)
