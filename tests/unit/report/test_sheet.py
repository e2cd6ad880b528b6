"""Tables on disk: exact in Parquet, harmless in a spreadsheet."""

import csv
from pathlib import Path

import pyarrow.parquet as pa_parquet
import pytest

from moonwright.report.sheet import REAL, TEXT, WHOLE, sheet, write_sheets

# OWASP, "CSV Injection": the first characters that spreadsheets take for a formula.
RISKY = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_looks_like_a_formula_is_disarmed_in_csv_only(text: str, tmp_path: Path) -> None:
    table = sheet({"name": TEXT, "mass_kg": REAL}, [(text, -2.5), ("plain", 1.0)])
    write_sheets({"things": table}, tmp_path)
    with (tmp_path / "things.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [["name", "mass_kg"], [f"'{text}", "-2.5"], ["plain", "1"]]
    assert pa_parquet.read_table(tmp_path / "things.parquet").to_pylist() == table.to_pylist()


def test_empty_cells_and_empty_tables_keep_their_types(tmp_path: Path) -> None:
    columns = {"name": TEXT, "count": WHOLE}
    write_sheets({"some": sheet(columns, [(None, None)]), "none": sheet(columns, [])}, tmp_path)
    assert pa_parquet.read_table(tmp_path / "some.parquet").to_pylist() == [{"name": None, "count": None}]
    none = pa_parquet.read_table(tmp_path / "none.parquet")
    assert (none.num_rows, dict(zip(none.schema.names, none.schema.types, strict=True))) == (0, columns)
    assert (tmp_path / "none.csv").read_text(encoding="utf-8") == '"name","count"\n'
