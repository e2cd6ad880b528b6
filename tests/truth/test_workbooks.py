"""Workbooks beside another reader and writer of them, openpyxl: it sees what we wrote, and we see what it writes."""

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.styles import Font

from books import EXAMPLES, book_of, loaded, packed
from moonwright.interop import excel
from moonwright.interop.carried import Carried
from moonwright.interop.excel_read import read
from moonwright.interop.table_grid import Grid, Place
from moonwright.scenario.load import load
from moonwright.scenario.provenance import DatumRecord, data_of
from moonwright.scenario.scenario import Scenario

SOME = [path for path in EXAMPLES if path.stem in ("toy", "iss")]
AWKWARD = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "'=1",
    " a ",
    "a\nb",
    "<b>&amp;",
    "月面基地",
    "🌙",
    "1",
    "2031-01-01",
    "TRUE",
]


def seen_by_openpyxl(data: bytes) -> dict[str, dict[Place, object]]:
    """The cells of all sheets; a formula would be seen as one."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    seen: dict[str, dict[Place, object]] = {}
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert [cell.coordinate for cell in cells if cell.data_type in ("f", "e")] == []
        values = {Place(cell.row, cell.column): cell.value for cell in cells}
        seen[sheet.title] = {
            place: value.date() if isinstance(value, datetime) else value for place, value in values.items()
        }
    return seen


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_another_reader_sees_the_same_cells(path: Path) -> None:
    book = book_of(path)
    assert seen_by_openpyxl(packed(book.parts)) == {grid.name: dict(grid.cells) for grid in book.grids}


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_a_workbook_that_another_program_has_saved_is_the_same_scenario(path: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    ours.write_bytes(packed(book_of(path).parts))
    book = openpyxl.load_workbook(ours)
    book.save(theirs)  # with shared texts and styles of its own, and 16 digits of a number
    one, other = (data_of(read_again(excel.bring(file))) for file in (ours, theirs))
    assert [replace(datum, value=0, low=0, high=0, text="") for datum in other] == [
        replace(datum, value=0, low=0, high=0, text="") for datum in one
    ]
    assert numbers(other) == pytest.approx(numbers(one), rel=1e-15)


def read_again(carried: Carried) -> Scenario:
    return load(Path("scenario.yaml"), data=carried.files["scenario.yaml"])


def numbers(data: tuple[DatumRecord, ...]) -> list[float]:
    return [value for datum in data for value in (datum.value, datum.low, datum.high) if value is not None]


def test_heads_stay_in_sight_and_names_are_offered() -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(book_of(EXAMPLES[0]).parts)))
    assert {sheet.freeze_panes for sheet in book} <= {"A3", "B3", "C3", "D3"}
    offered = {str(one.sqref): one.formula1 for one in book["missions.legs"].data_validations.dataValidation}
    columns = {cell.value: cell.column_letter for cell in book["missions.legs"][1]}
    assert offered[f"{columns['missions']}3:{columns['missions']}2000"] == "'missions'!$A$3:$A$2000"
    assert offered[f"{columns['route']}3:{columns['route']}2000"] == "'routes'!$A$3:$A$2000"
    kinds = {str(one.sqref): one.formula1 for one in book["nodes"].data_validations.dataValidation}
    assert '"launch site,recovery,surface,orbit,libration,transfer"' in kinds.values()


def test_what_another_program_writes_is_read_as_it_was_meant(tmp_path: Path) -> None:
    """Texts that look like numbers, dates of several formats, letters in several fonts, numbers of many digits."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "any"
    for row, text in enumerate(AWKWARD, start=1):
        cell = sheet.cell(row, 1)
        cell.value = text
        cell.data_type = "s"  # else openpyxl makes a formula of what begins with an equals sign
    numbers = [0.1, 1e-300, 123456789.123457, -5, 2**53, True]
    for row, number in enumerate(numbers, start=1):
        sheet.cell(row, 2, number)
    dates = {"yyyy-mm-dd": date(2031, 1, 1), "d. mmmm yy": date(1969, 7, 20), "mm-dd-yy": date(2000, 2, 29)}
    for row, (form, day) in enumerate(dates.items(), start=1):
        sheet.cell(row, 3, day).number_format = form
    for row, form in enumerate(['0.00 "days"', "[Red]0", "General", "0%"], start=1):
        sheet.cell(row, 4, 41.0).number_format = form
    sheet.cell(1, 5, "bold").font = Font(bold=True)
    path = tmp_path / "theirs.xlsx"
    book.save(path)

    (grid,) = read(str(path), path.read_bytes(), "plan.").grids
    assert column(grid, 1) == AWKWARD
    assert column(grid, 2) == numbers
    assert column(grid, 3) == list(dates.values())
    assert column(grid, 4) == [41.0] * 4
    assert column(grid, 5) == ["bold"]


def column(grid: Grid, number: int) -> list[object]:
    """The cells of a column from above."""
    return [value for place, value in sorted(grid.cells.items()) if place.column == number]


def test_days_are_counted_from_1904_where_a_workbook_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    assert book.active is not None
    book.active.cell(1, 1, date(2031, 5, 1))
    path = tmp_path / "1904.xlsx"
    book.save(path)
    (grid,) = read(str(path), path.read_bytes(), "plan.").grids
    assert column(grid, 1) == [date(2031, 5, 1)]


def test_a_formula_that_another_program_writes_is_refused_by_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(packed(book_of(EXAMPLES[0]).parts))
    book = openpyxl.load_workbook(path)
    book["vehicles"]["E3"] = "=1+1"
    book.save(path)
    told = read(str(path), path.read_bytes(), "plan.").told
    assert [(one.sheet, one.place, one.found) for one in told] == [("vehicles", Place(3, 5), "a formula")]


def test_every_row_of_results_arrives() -> None:
    table = pa.table(
        {"flight": ["=cmd|' /C calc'!A0", "b"], "mass_kg": [1.5, None], "day": [date(2031, 1, 1), None]}
    )
    scenario = loaded(EXAMPLES[0])
    (data,) = excel.send("x", scenario, {"flights": table}).files.values()
    seen = seen_by_openpyxl(data)["plan.flights"]
    assert seen == {
        Place(1, 1): "flight", Place(1, 2): "mass_kg", Place(1, 3): "day", Place(2, 2): "kg",
        Place(3, 1): "=cmd|' /C calc'!A0", Place(3, 2): 1.5, Place(3, 3): date(2031, 1, 1), Place(4, 1): "b",
    }  # fmt: skip
