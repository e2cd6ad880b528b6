"""The folder of a board of contingencies: tables and data, replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from moonwright.report.board_sheet import board_tables
from moonwright.report.folder import as_json, write_whole
from moonwright.report.sheet import write_sheets
from moonwright.stress.verdict import Verdict

MARK = "board.json"  # what makes a folder one of these: no other is ever replaced


def write_board(
    directory: Path, base_musd: float, verdicts: Sequence[Verdict], scenario_digest: str = ""
) -> None:
    """Write `board.json` and `tables/`. Raises ResultsFolderError where that cannot be."""
    data = {"scenario_digest": scenario_digest, **board_data(base_musd, verdicts)}
    write_whole(directory, lambda made: _fill(made, data, verdicts), MARK)


def board_data(base_musd: float, verdicts: Sequence[Verdict]) -> dict[str, object]:
    """A board as plain data."""
    return {"base_musd": base_musd, "cases": [verdict.model_dump(mode="json") for verdict in verdicts]}


def _fill(made: Path, data: Mapping[str, object], verdicts: Sequence[Verdict]) -> None:
    (made / "tables").mkdir()
    write_sheets(board_tables(verdicts), made / "tables")
    (made / MARK).write_text(as_json(data), encoding="utf-8")
