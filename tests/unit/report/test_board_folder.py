"""The folder of a board: told again, it takes the place of the older one, and of nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moonwright.report.board_folder import write_board
from moonwright.report.folder import ResultsFolderError


def test_a_board_that_goes_on_replaces_itself(tmp_path: Path) -> None:
    for base_musd in (1.0, 2.0):
        write_board(tmp_path / "board", base_musd, [], "digest")
    assert json.loads((tmp_path / "board" / "board.json").read_text())["base_musd"] == 2.0


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsFolderError, match="other files"):
        write_board(tmp_path, 1.0, [])
