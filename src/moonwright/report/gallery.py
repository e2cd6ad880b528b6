"""Several results in one folder, each in a results folder of its own, and one table of them all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from moonwright.plan import Plan
from moonwright.report.folder import ResultsFolderError, check_folder, write_folder
from moonwright.report.record import Record
from moonwright.report.sheet import safe_for_spreadsheets
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run

MARK = "choices.json"  # what makes a folder a gallery: nothing else is ever written to


def check_gallery(directory: Path) -> None:
    """Raise ResultsFolderError unless results may go there: nothing, an empty folder, or an older gallery."""
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise ResultsFolderError(f"{directory}: not a folder; give the results another place")
    if directory.is_dir() and any(directory.iterdir()) and not (directory / MARK).is_file():
        raise ResultsFolderError(f"{directory}: holds other files; give the results a folder of their own")


def write_gallery(
    directory: Path,
    members: Mapping[str, tuple[Scenario, Plan, Run]],
    record: Record,
    rows: Sequence[Mapping[str, object]],
    told: Mapping[str, object],
) -> None:
    """Write each member's results, `choices.csv` (a row each) and `choices.json` (what is told besides, and the rows).

    Folders of an older gallery that has more members are left where they are; `choices.json` names those that count.
    """
    check_gallery(directory)
    for name in members:
        check_folder(directory / name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**told, "results": list(rows)}, indent=1, ensure_ascii=False, allow_nan=False)
        (directory / MARK).write_text(text + "\n", encoding="utf-8")
        if rows:
            sheet = pa.table({key: [row.get(key) for row in rows] for key in rows[0]})
            pa_csv.write_csv(safe_for_spreadsheets(sheet), directory / "choices.csv")
    except OSError as error:
        raise ResultsFolderError(f"{directory}: cannot be written: {error.strerror or error}") from error
    for name, (scenario, plan, run) in members.items():
        write_folder(directory / name, scenario, plan, run, record)
