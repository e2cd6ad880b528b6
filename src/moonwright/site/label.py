"""The label of a PDS3 product: KEY = VALUE lines in nested objects (PDS Standards Reference 3.8, chapter 12)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moonwright.errors import Fault

LARGEST_BYTES: Final = 1_000_000  # LOLA's labels have 5 kB
_ASSIGNMENT = re.compile(r"\s*(\^?[A-Za-z][\w:]*)\s*=\s*(.*?)\s*$")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?:<\s*([^>]*?)\s*>)?$")
_COMMENT = re.compile(r"/\*.*?\*/")
_OPENING, _CLOSING = ("OBJECT", "GROUP"), ("END_OBJECT", "END_GROUP")


@dataclass(frozen=True)
class Entry:
    """One line of a label: its value as written, less quotation marks, and where it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Label:
    """The entries of a label by (object, key), the object's name being "" outside all objects."""

    file: Path
    entries: dict[tuple[str, str], Entry]

    def find(self, of: str, key: str) -> Entry | None:
        """What the object `of` says of `key`; "N/A", "UNK" and "NULL" say nothing (ch. 17 of the Standards)."""
        entry = self.entries.get((of, key))
        return None if entry is None or entry.text.upper() in ("N/A", "UNK", "NULL", "") else entry

    def fault(self, of: str, key: str, found: str, allowed: str, todo: str = "") -> Fault:
        """A fault at the line of an entry, or of the label as a whole where that is missing."""
        entry = self.entries.get((of, key))
        return Fault(
            str(self.file),
            entry.line if entry else 0,
            f"{of}.{key}" if of else key,
            found,
            allowed,
            todo,
        )


def read_label(file: Path) -> Label:
    """The label in a file of its own, or at the top of its product; whatever cannot be read is left out."""
    with file.open("rb") as stream:
        text = stream.read(LARGEST_BYTES).decode("latin-1")
    entries: dict[tuple[str, str], Entry] = {}
    within: list[str] = []
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        bare = _COMMENT.sub("", line)
        if bare.strip() == "END":
            break
        assigned = _ASSIGNMENT.match(bare)
        if assigned is None:
            continue
        key, value = assigned[1].upper(), assigned[2]
        while value.startswith('"') and value.count('"') < 2 and (more := next(lines, None)):
            value += " " + more[1].strip()
        if key in _OPENING:
            within.append(value.upper())
        elif key in _CLOSING:
            within = within[:-1]
        else:
            entries.setdefault((within[-1] if within else "", key), Entry(value.strip("\"' "), number))
    return Label(file, entries)


class Reading:
    """Takes entries from a label and gathers what is wrong with them, to be told all at once."""

    def __init__(self, label: Label) -> None:
        self.label = label
        self.faults: list[Fault] = []

    def fault(self, of: str, key: str, found: str, allowed: str, todo: str = "") -> None:
        """Put down one more."""
        self.faults.append(self.label.fault(of, key, found, allowed, todo))

    def word(self, of: str, key: str, default: str | None = None) -> str:
        """A text in capitals, with blanks for underscores; a fault if there is none and no default."""
        entry = self.label.find(of, key)
        if entry is None and default is None:
            self.fault(of, key, "is missing", "a text")
            return ""
        return (entry.text if entry else default or "").upper().replace("_", " ")

    def number(
        self, of: str, key: str, default: float | None = None, units: dict[str, float] | None = None
    ) -> float:
        """A number, times what its unit is worth; nan, and a fault, if there is none and no default.

        `units` names the units allowed in capitals, with their worth; "" is that of a number without unit.
        """
        entry = self.label.find(of, key)
        if entry is None:
            if default is None:
                self.fault(of, key, "is missing", "a number")
                return math.nan
            return default
        read = _NUMBER.match(entry.text)
        worth = (units or {}).get((read[2] or "").upper()) if read and units else 1.0
        if read is None or worth is None:
            allowed = " or ".join(sorted(f"<{unit.lower()}>" for unit in units or {} if unit))
            self.fault(of, key, repr(entry.text), f"a number{' in ' + allowed if allowed else ''}")
            return math.nan
        number = float(read[1]) * worth
        if math.isinf(number):
            self.fault(of, key, repr(entry.text), "a number that is not beyond all bounds")
            return math.nan
        return number

    def count(self, of: str, key: str, default: int | None = None) -> int:
        """A whole number of one or more, or the default; 0, and a fault, if it is neither."""
        if default is not None and self.label.find(of, key) is None:
            return default
        number = self.number(of, key)
        if math.isnan(number):
            return 0
        if number < 1 or number != int(number):
            self.fault(of, key, f"{number:g}", "a whole number, 1 or more")
            return 0
        return int(number)
