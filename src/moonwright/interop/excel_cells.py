"""The parts of a workbook, taken piece by piece as they are parsed, within bounds.

Only what a cell holds is looked at, and which formats make a number a date (ECMA-376, part 1, chapter 18).
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NoReturn
from xml.etree import ElementTree

from moonwright.interop.table import Cell
from moonwright.interop.table_grid import Found, Place
from moonwright.scenario.document import FLOAT, brief
from moonwright.scenario.finding import FAULTS_SHOWN

PIECE_LIMIT: Final = 1_000_000  # elements of one part
CELL_LIMIT: Final = (
    100_000  # not empty, in all sheets that are read; a scenario of 1,000 lines has about 5,000
)
TEXT_LIMIT: Final = 5_000_000  # characters of all shared texts, or of a sheet's cells, and
TEXTS_LIMIT: Final = 1_000_000  # how many there may be: results in the same workbook have theirs among them

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_FORMULA: Final = "values only", "put its result there as a value"


class UnreadableError(Exception):
    """What keeps a workbook from being read at all."""


@dataclass
class Part:
    """Receives one part from the parser. A DTD is refused, and with it all entities."""

    pieces: int = 0

    def doctype(self, *_: object) -> NoReturn:
        """Called by the parser before anything in a DTD is acted upon."""
        raise UnreadableError("a document type definition, which no workbook has")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser."""
        self.pieces += 1
        if self.pieces > PIECE_LIMIT:
            raise UnreadableError(f"a part with more than {PIECE_LIMIT} elements")
        self.opened(local(tag), attributes)

    def end(self, tag: str) -> None:
        """Called by the parser."""
        self.closed(local(tag))

    def close(self) -> None:
        """Called by the parser."""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""


@dataclass
class Whole(Part):
    """Keeps a small part as a tree."""

    builder: ElementTree.TreeBuilder = field(default_factory=ElementTree.TreeBuilder)
    root: ElementTree.Element | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self.pieces > CELL_LIMIT:
            raise UnreadableError("more styles or sheets than a spreadsheet has")
        made = self.builder.start(name, {local(key): value for key, value in attributes.items()})
        self.root = made if self.root is None else self.root

    def closed(self, name: str) -> None:
        """An element ends."""
        self.builder.end(name)


@dataclass
class Texts(Part):
    """Collects the texts that cells name by number: runs of letters are put together, guides to reading left out."""

    texts: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    size: int = 0
    reading: bool = False
    guide: bool = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "si":
            self.runs = []
        elif name == "rPh":
            self.guide = True
        elif name == "t":
            self.reading = not self.guide

    def data(self, text: str) -> None:
        """Called by the parser."""
        if self.reading:
            self.size += len(text)
            self.runs.append(text)

    def closed(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self.reading = False
        elif name == "rPh":
            self.guide = False
        elif name == "si":
            self.texts.append(unescaped("".join(self.runs)))
        if self.size > TEXT_LIMIT or len(self.texts) > TEXTS_LIMIT:
            raise UnreadableError("more text than a scenario has")


@dataclass
class Cells(Part):
    """Collects the cells of one sheet; what is wrong with one goes to `told`.

    `shared` are the texts that cells name by number, `dated` the styles that show dates, `since` is day 0.
    """

    name: str = ""
    shared: list[str] = field(default_factory=list)
    dated: Set[int] = frozenset()
    since: date = date(1899, 12, 30)
    told: list[Found] = field(default_factory=list)
    most: int = CELL_LIMIT
    cells: dict[Place, Cell] = field(default_factory=dict)

    size: int = 0
    row: int = 0
    column: int = 0
    kind: str = "n"
    style: str = ""
    formula: bool = False
    reading: bool = False
    guide: bool = False
    runs: list[str] | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "row":
            number = attributes.get("r", "")
            self.row = (
                int(number) if number.isascii() and number.isdigit() and len(number) < 8 else self.row + 1
            )
            self.column = 0
        elif name == "c":
            self.at(attributes.get("r"))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.formula, self.runs = False, None
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.guide = True
        elif name == "v" or (name == "t" and not self.guide):
            self.reading = True
            self.runs = self.runs or []

    def data(self, text: str) -> None:
        """Called by the parser."""
        if self.reading and self.runs is not None:
            self.runs.append(text)

    def closed(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self.reading = False
        elif name == "rPh":
            self.guide = False
        elif name == "c":
            self.cell()

    def at(self, address: str | None) -> None:
        """Goes to an address; without one, to the next cell."""
        found = _ADDRESS.fullmatch(address) if address else None
        if found is None:
            self.column += 1
            return
        self.column = 0
        for letter in found[1]:
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(found[2])

    def cell(self) -> None:
        """Takes down the cell that has ended."""
        place = Place(self.row, self.column)
        if self.formula:
            self.refuse(place, "a formula", *_FORMULA)
        elif self.runs is not None:
            self.take(place, "".join(self.runs))
        if len(self.cells) > self.most:
            raise UnreadableError(f"more than {CELL_LIMIT} cells that are not empty")
        if self.size > TEXT_LIMIT:  # one long text may be named by many cells
            raise UnreadableError("more text than a scenario has")

    def take(self, place: Place, text: str) -> None:
        """Takes down what a cell holds, by its kind."""
        if self.kind in ("inlineStr", "str"):
            self.cells[place] = unescaped(text)
        elif self.kind == "s":
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else -1
            if 0 <= number < len(self.shared):
                self.cells[place] = self.shared[number]
                self.size += len(self.shared[number])
            else:
                self.refuse(
                    place, f"text number {brief(text)}", f"one of {len(self.shared)} texts", "type it anew"
                )
        elif self.kind == "b":
            self.cells[place] = text.strip() in ("1", "true")
        elif self.kind == "e":
            self.refuse(place, f"the error {brief(text)}", "a value")
        elif self.kind == "d":
            self.cells[place] = text.removesuffix("T00:00:00")
        else:
            self.number(place, text.strip())

    def number(self, place: Place, text: str) -> None:
        """Takes down a number, or the date that it stands for."""
        value = float(text) if FLOAT.fullmatch(text) else float("inf")
        if abs(value) == float("inf"):
            self.refuse(place, brief(text), "a finite number")
        elif not self.style.isdigit() or int(self.style[:9]) not in self.dated:
            self.cells[place] = value
        elif not 0 <= value <= _LAST_DAY - (self.since - date(1899, 12, 30)).days:
            self.refuse(place, f"{brief(value)} as a date", "a date, like 2031-05-01")
        elif value != int(value):
            self.refuse(place, "a date with a time of day", "a date, like 2031-05-01")
        else:
            self.cells[place] = self.since + timedelta(days=int(value))

    def refuse(self, place: Place, found: str, allowed: str, todo: str = "") -> None:
        """Tells what is wrong with a cell; of thousands, the first."""
        if len(self.told) <= FAULTS_SHOWN:
            self.told.append(Found(self.name, place, found, allowed, todo))


def local(tag: str) -> str:
    """The name of an element without its namespace, of which the two forms of the standard have each their own."""
    return tag.rpartition("}")[2]


def unescaped(text: str) -> str:
    """A text without the escapes `_x000D_` of what XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
