"""Workbooks of the examples, taken apart so that a test can spoil one cell of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import moonwright
from moonwright.interop import excel
from moonwright.interop.excel_read import read
from moonwright.interop.table import Cell
from moonwright.interop.table_grid import Grid, Place
from moonwright.scenario.scenario import Scenario

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))


@dataclass(frozen=True)
class Book:
    """The parts of a workbook as texts, its sheets as they are read, and which part is which sheet."""

    parts: Mapping[str, str]
    grids: tuple[Grid, ...]

    def part(self, sheet: str) -> str:
        """The name of the part that holds a sheet."""
        number = next(n for n, grid in enumerate(self.grids, start=1) if grid.name == sheet)
        return f"xl/worksheets/sheet{number}.xml"

    def changed(self, sheet: str, place: Place, xml: str) -> Book:
        """The workbook with the XML of one cell (or nothing) in the place of another."""
        part = self.part(sheet)
        old = re.compile(rf'<c r="{place.address}"(?: [^>]*)?>.*?</c>', re.DOTALL)
        assert len(old.findall(self.parts[part])) == 1
        return replace(self, parts={**self.parts, part: old.sub(lambda _: xml, self.parts[part])})

    def with_cell(self, sheet: str, place: Place, xml: str) -> bytes:
        """The file of that workbook."""
        return packed(self.changed(sheet, place, xml).parts)


def as_xml(place: Place, value: Cell) -> str:
    """A cell as other programs may write it."""
    if isinstance(value, str):
        return f'<c r="{place.address}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place.address}"><v>{value}</v></c>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


@cache
def loaded(path: Path) -> Scenario:
    """An example, read once for all tests that ask for it."""
    return moonwright.load(path)


@cache
def book_of(path: Path) -> Book:
    """The workbook of an example."""
    (data,) = excel.send("x", loaded(path), {}).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    return Book(parts, read("x.xlsx", data, excel.RESULTS).grids)
