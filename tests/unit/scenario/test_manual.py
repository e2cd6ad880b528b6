"""The reference page of the scenario format: up to date, and complete by the JSON Schema's count."""

import re
from pathlib import Path
from typing import Any

from moonwright.scenario.manual import page
from moonwright.scenario.schema import schema

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "scenario.md"
PROVENANCE = {"source", "assumed", "note"}


def test_the_committed_page_is_up_to_date() -> None:
    """If this fails, write what moonwright.scenario.manual.page() returns to docs/reference/scenario.md."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_key_that_a_file_may_have_is_on_the_page() -> None:
    described: dict[str, Any] = schema()["definitions"]
    entries = {
        frozenset(entry["properties"]) - PROVENANCE
        for name, entry in described.items()
        if "properties" in entry and not name.endswith(("-over-another", "-with-provenance"))
    }
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    told = {frozenset(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) for section in sections}
    assert entries == told
