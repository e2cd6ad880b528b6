"""Tables: built row by row or column by column, written as CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

TEXT, REAL, WHOLE, DATE, FLAG = pa.string(), pa.float64(), pa.int64(), pa.date32(), pa.bool_()

Columns = Mapping[str, pa.DataType]

# What a spreadsheet takes for a formula at the start of a cell: an author's name for a thing must not run.
FORMULA = r"^[=+\-@\t\r]"


def sheet(columns: Columns, rows: Iterable[Sequence[object]]) -> pa.Table:
    """A table with typed, named columns, from rows in the columns' order. None is an empty cell."""
    told = list(rows)
    by_column = list(zip(*told, strict=True)) if told else [()] * len(columns)
    arrays = [pa.array(values, kind) for values, kind in zip(by_column, columns.values(), strict=True)]
    return pa.table(dict(zip(columns, arrays, strict=True)))


def safe_for_spreadsheets(table: pa.Table) -> pa.Table:
    """The same table with an apostrophe before every text that a spreadsheet would take for a formula."""
    for place, field in enumerate(table.schema):
        if field.type == TEXT:
            column = table.column(place)
            risky = pc.match_substring_regex(column, FORMULA)
            guarded = pc.binary_join_element_wise("'", column, "")
            table = table.set_column(place, field, pc.if_else(risky, guarded, column))
    return table


def write_sheets(tables: Mapping[str, pa.Table], directory: Path) -> None:
    """Each table as NAME.csv, safe to open in a spreadsheet, and as NAME.parquet, exactly as it is."""
    for name, table in tables.items():
        pa_csv.write_csv(safe_for_spreadsheets(table), directory / f"{name}.csv")
        pa_parquet.write_table(table, directory / f"{name}.parquet", compression="zstd")
