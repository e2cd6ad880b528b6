"""Excel: a campaign as a workbook, one sheet a noun, and such a workbook as a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.carried import Carried
from moonwright.interop.excel_read import SIZE_LIMIT, read
from moonwright.interop.excel_text import Cutting, joined
from moonwright.interop.excel_write import Page, PageColumn, workbook
from moonwright.interop.table import NUMBER, Column, Sheet, sheets
from moonwright.interop.table_names import entries_of, points_at, words
from moonwright.interop.table_read import scenario_of
from moonwright.interop.table_unit import unit_of
from moonwright.interop.table_write import Table, tables
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.scenario import Scenario
from moonwright.world.ground import Ground

RESULTS: Final = "plan."  # how sheets of results are called, which are for reading
SCENARIO: Final = "scenario.yaml"


def bring(file: Path) -> Carried:
    """The scenario in a workbook. Raises ScenarioError with every fault found, by sheet and cell."""
    book = read(str(file), _contents(file), RESULTS)
    told = list(book.told)
    scenario = scenario_of(str(file), joined(book.grids, told), told, Ground((file.parent,)))
    left = tuple(f"{file}: {name}: sheets of results are for reading" for name in book.skipped)
    return Carried({SCENARIO: write_scenario(scenario).encode()}, left)


def send(name: str, scenario: Scenario, results: Mapping[str, pa.Table]) -> Carried:
    """A workbook of a scenario and of tables of results (none: of the scenario alone)."""
    cutting = Cutting()
    pages = [_page(table, cutting) for table in tables(scenario)]
    pages += cutting.pages()
    pages += [_page_of_results(title, table) for title, table in results.items()]
    return Carried({f"{name}.xlsx": workbook(pages)})


def _contents(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        told = Fault(str(file), 0, "", f"cannot be read ({why})", "a workbook (.xlsx)", "")
        raise ScenarioError((told,)) from None


def _page(table: Table, cutting: Cutting) -> Page:
    sheet = table.sheet
    leading = (_column(sheet, name, None) for name in sheet.leading)
    columns = (_column(sheet, column.header, column) for column in table.columns)
    return Page(
        sheet.name, (*leading, *columns), [cutting.row(line) for line in table.lines()], len(sheet.leading)
    )


def _column(sheet: Sheet, name: str, column: Column | None) -> PageColumn:
    target = points_at(sheet, name)
    numbers = name == NUMBER or (target is not None and sheets()[target].own == (NUMBER,))
    text = not numbers and (column is None or column.holds_text)
    named = None if target is None else (target, sheets()[target].leading.index(entries_of(target)) + 1)
    if column is None:
        return PageColumn(name, "(number)" if numbers else "(name)", text, named)
    return PageColumn(name, column.unit or f"({column.kind})", text, named, words(sheet, column))


def _page_of_results(title: str, table: pa.Table) -> Page:
    columns = tuple(
        PageColumn(name, unit_of(name) or "", text=pa.types.is_string(table.schema.field(name).type))
        for name in table.column_names
    )
    rows = list(zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True))
    return Page(f"{RESULTS}{title}", columns, rows, leading=1)
