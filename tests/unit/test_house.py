"""The rules of the house that a machine can check. The layers of imports are import-linter's business."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "moonwright"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

LINES_ALLOWED = 400
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
# Folders of the machine it was written on, which mean nothing on the reader's.
MACHINE_PATH = re.compile(r"""(?<![\w.])/(work|root|tmp|home)/""")
LOCKED = re.compile(r"[a-z0-9-]+==[\w.]+( ; .+)?")


def texts() -> Iterator[tuple[str, str]]:
    """Every text file a reader may open, as (path within the checkout, text), except this one."""
    folders = ["src", "docs", "examples", "tests", "benchmarks", "design", "changelog.d", ".ci"]
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    files += [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "Makefile", ROOT / "pyproject.toml"]
    for file in files:
        if "__pycache__" in file.parts or file == Path(__file__):
            continue
        try:
            yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or a table, not text
            continue


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def test_the_rules_are_looked_for_where_the_code_is() -> None:
    assert SRC / "__main__.py" in modules()
    assert {"README.md", "src/moonwright/__main__.py", "tests/conftest.py"} <= {path for path, _ in texts()}


def test_no_module_is_too_long() -> None:
    length = {str(m.relative_to(ROOT)): len(m.read_text(encoding="utf-8").splitlines()) for m in modules()}
    assert {path: n for path, n in length.items() if n > LINES_ALLOWED} == {}


def test_every_module_name_says_something() -> None:
    places = [*SRC.rglob("*"), *(ROOT / "tests").rglob("*")]
    assert [p for p in places if p.stem.removeprefix("test_") in NAMES_THAT_SAY_NOTHING] == []


def test_no_text_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("note", DECISIONS, ids=lambda note: note.stem)
def test_a_decision_says_context_choice_and_price(note: Path) -> None:
    headings = re.findall(r"^## (.+)$", note.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == ["Context", "Choice", "Price"]


def test_the_index_lists_every_decision() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\d.+?\.md)\)", index) == [note.name for note in DECISIONS]


def test_the_layers_of_0001_are_those_that_are_enforced() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [line.translate(str.maketrans("", "", "()")) for line in contracts["contracts"][0]["layers"]]
    house = (ROOT / "docs" / "decisions" / "0001-the-house.md").read_text(encoding="utf-8")
    assert "\n".join(["", *layers, ""]) in house


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_holds_only_names_and_versions(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 5
    assert [pin for pin in pins if not LOCKED.fullmatch(pin)] == []


def test_the_locks_agree() -> None:
    run, develop = (
        set((ROOT / f).read_text().splitlines()) for f in ("requirements.txt", "requirements-dev.txt")
    )
    assert run <= develop
