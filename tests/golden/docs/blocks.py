"""The blocks of code that a Markdown page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^ *```(.*)$")
_INDENTED = re.compile(r"(?<=\n\n)(?:    .*\n)+")


@dataclass(frozen=True)
class Block:
    """A fenced block. `kind` is the first word after the fence; `marks` are the others, such as `slow` or `exit=3`."""

    page: Path
    line: int
    kind: str
    marks: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for the message of a test that fails."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def fenced(page: Path) -> Iterator[Block]:
    """Every fenced block of a page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    opened: int | None = None
    for number, line in enumerate(lines):
        if (fence := _FENCE.match(line)) is None:
            continue
        if opened is None:
            opened, (kind, *marks) = number, (fence[1].split() or [""])
            continue
        told = dict(mark.partition("=")[::2] for mark in marks)
        yield Block(page, opened + 1, kind, told, "\n".join(lines[opened + 1 : number]) + "\n")
        opened = None
    assert opened is None, f"{page.relative_to(ROOT)}:{opened}: a fence that does not end"


def indented(page: Path) -> list[str]:
    """Every indented block outside the fences of a page: without a language, so that nothing says how to check it."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return _INDENTED.findall(text)


def families(page: Path) -> list[tuple[str, str]]:
    """The name of every family of rows on a page of the model, with the first line of its equation."""
    return re.findall(r"^### (\w+)\n\n    (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
