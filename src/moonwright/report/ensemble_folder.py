"""The folder of an ensemble: tables, data, page and records, beside the trials that they come from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from moonwright.ensemble.store import whole
from moonwright.errors import EnsembleError
from moonwright.report.ensemble_page import Told, ensemble_html
from moonwright.report.ensemble_sheet import ensemble_data, ensemble_tables
from moonwright.report.folder import as_json
from moonwright.report.sheet import safe_for_spreadsheets, write_sheets
from moonwright.report.swap import swap

FOLDER = "ensemble"  # within the folder that was asked for
PAGE, DATA = "report.html", "results.json"

# In a plan's report from the start, and shown once there is something to go to.
_LINK = '<li data-beside="ensemble" hidden>'


def write_ensemble(directory: Path, told: Told, records: Mapping[int, pa.Table]) -> dict[str, object]:
    """Write what an ensemble says into its folder, each file whole; returns what `results.json` holds.

    `records`: all that happened, by the number of the trial. Raises EnsembleError where it cannot be written.
    """
    tables = ensemble_tables(told.ensemble, told.edges_d)
    data = ensemble_data(told.ensemble, tables)
    try:
        _swap_in(directory / "tables", tables)
        for trial, table in records.items():
            (directory / "records").mkdir(exist_ok=True)
            sink = pa.BufferOutputStream()
            pa_csv.write_csv(safe_for_spreadsheets(table), sink)
            whole(directory / "records" / f"trial-{trial}.csv", sink.getvalue().to_pybytes())
        whole(directory / DATA, as_json(data).encode())
        whole(directory / PAGE, ensemble_html(told).encode())
        if told.beside:
            _link(directory.parent / PAGE)
    except OSError as error:
        raise EnsembleError(
            f"{directory}: cannot be written: {error.strerror or error}; its trials stay, so make room and run the "
            "same again"
        ) from error
    return data


def _swap_in(place: Path, tables: Mapping[str, pa.Table]) -> None:
    """Exchange all tables at once, so that nobody reads some of one run and some of another."""
    made = Path(tempfile.mkdtemp(prefix=f".{place.name}-new-", dir=place.parent))
    left = made
    try:
        made.chmod(0o755)  # mkdtemp makes folders that nobody else can read
        write_sheets(tables, made)
        left = swap(made, place) or made
    finally:
        shutil.rmtree(left, ignore_errors=True)


def _link(report: Path) -> None:
    """Have the plan's report show the way here, if it is one that can."""
    if report.is_file():
        text = report.read_text(encoding="utf-8")
        if _LINK in text:
            whole(report, text.replace(_LINK, _LINK.replace(" hidden", ""), 1).encode())
