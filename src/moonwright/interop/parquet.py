"""Parquet: a campaign for those who compute with it. Columns have types, and their units as metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from moonwright.interop.carried import Carried
from moonwright.interop.table import NULL, Cell, Column, unquoted
from moonwright.interop.table_unit import unit_of
from moonwright.interop.table_write import Table, tables
from moonwright.plan import digest
from moonwright.scenario.scenario import Scenario

UNIT: Final = b"unit"  # the key of a column's metadata
DIGEST: Final = b"moonwright.scenario_digest"  # the key of a file's, by which it is known what it belongs to

_TYPES: Final = {"number": pa.float64(), "yes or no": pa.bool_(), "date": pa.date32()}


def send(name: str, scenario: Scenario, results: Mapping[str, pa.Table]) -> Carried:
    """A scenario and tables of results, a file each: `vehicles.parquet`, `plan.flights.parquet`."""
    belongs = {DIGEST: digest(scenario).encode(), b"moonwright.name": name.encode()}
    told = {table.sheet.name: _typed(table) for table in tables(scenario)}
    told |= {f"plan.{title}": _with_units(table) for title, table in results.items()}
    return Carried(
        {f"{title}.parquet": _file(table.replace_schema_metadata(belongs)) for title, table in told.items()}
    )


def _typed(table: Table) -> pa.Table:
    """A sheet with typed columns. Texts are as the author wrote them, without the quotes that cells need."""
    lines = list(table.lines())
    by_column = list(zip(*lines, strict=True)) if lines else [()] * len(table.headers)
    columns = {column.header: column for column in table.columns}
    fields, arrays = [], []
    for header, cells in zip(table.headers, by_column, strict=True):
        column = columns.get(header)
        values = [_value(cell) for cell in cells]
        kind = _kind(column, values)
        arrays.append(pa.array(values if kind != pa.string() else list(map(_text, values)), kind))
        fields.append(_field(header, kind, column.unit if column else None))
    return pa.table(arrays, schema=pa.schema(fields))


def _kind(column: Column | None, values: list[Cell]) -> pa.DataType:
    """The type of a column: the schema's, unless a cell does not fit it (a rank that is `hard`)."""
    if column is None:
        return pa.int64() if values and all(isinstance(value, int) for value in values) else pa.string()
    kind = _TYPES.get(column.kind, pa.string())
    return pa.string() if any(isinstance(value, str) for value in values) else kind


def _value(cell: Cell) -> Cell:
    return None if cell == NULL else unquoted(cell) if isinstance(cell, str) else cell


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _with_units(table: pa.Table) -> pa.Table:
    fields = [_field(field.name, field.type, unit_of(field.name)) for field in table.schema]
    return table.cast(pa.schema(fields))


def _field(name: str, kind: pa.DataType, unit: str | None) -> pa.Field:
    return pa.field(name, kind, metadata={UNIT: unit.encode()} if unit else None)


def _file(table: pa.Table) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()
