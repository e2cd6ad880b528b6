"""CSV: the sheets of a workbook as files of a folder, for tools that know nothing better.

CSV has no types, so the first two rows and the schema say what a text is. A text that a spreadsheet would take for a
formula has an apostrophe before it, which is taken off when the file is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.carried import Carried
from moonwright.interop.table import Cell
from moonwright.interop.table_grid import Found, Grid, Place
from moonwright.interop.table_read import scenario_of
from moonwright.interop.table_unit import unit_of
from moonwright.interop.table_write import Table, tables
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.scenario import Scenario
from moonwright.world.ground import Ground

SIZE_LIMIT: Final = 20_000_000  # bytes of all files
CELL_LIMIT: Final = 100_000  # not empty, in all files
RESULTS: Final = "plan."  # how files of results are called, which are for reading
SCENARIO: Final = "scenario.yaml"

_FORMULA = re.compile(r"[=+\-@\t\r\n']")  # an apostrophe too, so that each can be taken off again


def send(name: str, scenario: Scenario, results: Mapping[str, pa.Table]) -> Carried:
    """A scenario and tables of results as files; the name of the campaign does not matter."""
    files = {f"{table.sheet.name}.csv": written(_lines(table)) for table in tables(scenario)}
    files |= {f"{RESULTS}{title}.csv": written(_lines_of_results(table)) for title, table in results.items()}
    return Carried(files)


def bring(folder: Path) -> Carried:
    """The scenario in a folder of files. Raises ScenarioError with every fault found, by file and cell."""
    told: list[Found] = []
    left: list[str] = []
    grids = list(_grids(folder, told, left))
    scenario = scenario_of(str(folder), grids, told, Ground((folder,)))
    return Carried({SCENARIO: write_scenario(scenario).encode()}, tuple(left))


def written(lines: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as the text of a file (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_told(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def read(name: str, data: bytes, told: list[Found]) -> Grid:
    """The sheet in a file; what is wrong with it goes to `told`. Cells are texts."""
    cells: dict[Place, Cell] = {}
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        for row, line in enumerate(lines, start=1):
            for column, text in enumerate(line, start=1):
                if text:
                    cells[Place(row, column)] = (
                        text[1:] if text[0] == "'" and _FORMULA.match(text[1:]) else text
                    )
    except (UnicodeDecodeError, csv.Error) as error:
        found = f"no CSV ({error})" if isinstance(error, csv.Error) else "no text in UTF-8"
        told.append(Found(name, None, found, "a CSV file in UTF-8, parted by commas", "save it anew"))
    return Grid(name, cells)


def _lines(table: Table) -> Iterator[Sequence[Cell]]:
    yield table.headers
    units: list[Cell] = [""] * len(table.sheet.leading)
    yield [*units, *(column.unit or f"({column.kind})" for column in table.columns)]
    yield from table.lines()


def _lines_of_results(table: pa.Table) -> Iterator[Sequence[Cell]]:
    yield table.column_names
    yield [unit_of(name) or "" for name in table.column_names]
    yield from zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True)


def _told(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, date) else repr(cell)


def _grids(folder: Path, told: list[Found], left: list[str]) -> Iterator[Grid]:
    """The sheets in a folder within bounds; files of results are named in `left`."""
    room, most = SIZE_LIMIT, CELL_LIMIT
    for file in sorted(folder.glob("*.csv")):
        if file.stem.startswith(RESULTS):
            left.append(f"{file}: files of results are for reading")
            continue
        data = _contents(file, room)
        grid = read(file.stem, data, told)
        room, most = room - len(data), most - len(grid.cells)
        if room < 0 or most < 0:
            raise _refused(file, f"more than {SIZE_LIMIT // 1_000_000} MB or {CELL_LIMIT} cells in all files")
        yield grid
    if room == SIZE_LIMIT:
        raise _refused(folder, "no files of a scenario in it")


def _contents(file: Path, room: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(room + 1)
    except OSError as error:
        raise _refused(file, f"cannot be read ({error.strerror or error})") from None


def _refused(path: Path, found: str) -> ScenarioError:
    allowed = "a folder of CSV files, such as `moonwright export csv` writes"
    return ScenarioError((Fault(str(path), 0, "", found, allowed, ""),))
