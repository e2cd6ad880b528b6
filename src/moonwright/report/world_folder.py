"""The folder of `moonwright world`: a page, tables and data, replaced as a whole."""

from __future__ import annotations

from pathlib import Path

from moonwright.report.folder import as_json, write_whole
from moonwright.report.sheet import write_sheets
from moonwright.report.world_page import world_html
from moonwright.report.world_sheet import world_data, world_tables
from moonwright.world.outlook import Outlook

MARK = "world.json"  # what makes a folder one of these: no other is ever replaced


def write_world(directory: Path, seen: Outlook) -> None:
    """Write `world.html`, `world.json` and `tables/`. Raises ResultsFolderError where that cannot be."""
    write_whole(directory, lambda made: _fill(made, seen), MARK)


def _fill(made: Path, seen: Outlook) -> None:
    (made / "tables").mkdir()
    write_sheets(world_tables(seen), made / "tables")
    (made / "world.html").write_text(world_html(seen), encoding="utf-8")
    (made / MARK).write_text(as_json(world_data(seen)), encoding="utf-8")
