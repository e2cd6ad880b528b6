"""The results folder: everything about one plan, written so that a reader never finds half of it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from moonwright.errors import MoonwrightError
from moonwright.plan import Plan, digest, write_plan
from moonwright.report.certificate import certificate
from moonwright.report.page import report_html
from moonwright.report.record import Record
from moonwright.report.sheet import write_sheets
from moonwright.report.solved import solved_data
from moonwright.report.subject import Subject
from moonwright.report.swap import swap
from moonwright.report.tables import tables
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run

MARK = "run.json"  # what makes a folder a results folder: nothing else is ever replaced


class ResultsFolderError(MoonwrightError):
    """A folder cannot be used for results: it holds something else, or cannot be written."""


def check_folder(directory: Path, mark: str = MARK) -> None:
    """Raise ResultsFolderError unless results may go there: nothing, an empty folder, or older results of the same mark."""
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise ResultsFolderError(f"{directory}: not a folder; give the results another place")
    if directory.is_dir() and any(directory.iterdir()) and not _holds_results(directory, mark):
        raise ResultsFolderError(
            f"{directory}: holds other files, which would be lost; give the results a folder of their own"
        )


def _holds_results(directory: Path, mark: str) -> bool:
    try:
        told = json.loads((directory / mark).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and "scenario_digest" in told


def write_folder(directory: Path, scenario: Scenario, plan: Plan, run: Run, record: Record) -> None:
    """Write all of a result to `directory`, replacing older results there as a whole."""
    write_whole(directory, lambda made: _fill(made, scenario, plan, run, record))


def write_whole(directory: Path, fill: Callable[[Path], None], mark: str = MARK) -> None:
    """Have `fill` write a folder, with `mark` in it, and put it at `directory` in place of an older one.

    The new folder is made beside it and exchanged for the old, so a run that is killed leaves the old results
    or the new ones. Raises ResultsFolderError where the place holds something else or cannot be written.
    """
    check_folder(directory, mark)
    place = directory.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{place.name}-new-", dir=place.parent))
        left = made
        try:
            made.chmod(0o755)  # mkdtemp makes folders that nobody else can read
            fill(made)
            _sync(made)
            left = swap(made, place) or made
        finally:
            shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise ResultsFolderError(f"{directory}: cannot be written: {error.strerror or error}") from error


def _fill(made: Path, scenario: Scenario, plan: Plan, run: Run, record: Record) -> None:
    (made / "tables").mkdir()
    write_sheets(tables(scenario, plan, run), made / "tables")
    texts = {
        "scenario.yaml": write_scenario(scenario),
        "plan.json": write_plan(plan),
        "certificate.json": as_json(certificate(Subject(scenario, plan, run))),
        "report.html": report_html(scenario, plan, run, record),
        MARK: as_json({**_marks(scenario, plan), **record.as_data()}),
    }
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8")


def _marks(scenario: Scenario, plan: Plan) -> dict[str, object]:
    """What tells a results folder from any other, and how good its plan is."""
    return {
        "scenario_digest": digest(scenario),
        "status": plan.outcome.status,
        "solved": solved_data(plan.outcome),
    }


def as_json(data: object) -> str:
    """The text of a JSON file."""
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _sync(made: Path) -> None:
    """Force all to the disk before the folder gets its name: a power cut must not leave empty files."""
    for path in [*made.rglob("*"), made]:
        if path.is_file() or hasattr(os, "O_DIRECTORY"):  # Windows cannot open folders
            handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
