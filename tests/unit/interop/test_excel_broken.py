"""A thousand malformed workbooks, made from those of the examples by seeded mutation.

A mutation knows which cell it broke. Each must be refused with a fault that names that cell, and never with another
exception, with words of a library that the author has never heard of, or after a long wait.
"""

from __future__ import annotations

import io
import os
import random
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from books import EXAMPLES, Book, as_xml, book_of, packed
from moonwright.errors import ScenarioError
from moonwright.interop import excel
from moonwright.interop.table import sheets
from moonwright.interop.table_grid import FIRST, HEAD, UNITS, Grid, Place
from moonwright.interop.table_names import points_at

PROOF = os.environ.get("MOONWRIGHT_PROOF") == "1"
SAMPLE = 12 if PROOF else 1  # broken files of each kind from each example
FLIPPED = 300 if PROOF else 20
SECONDS_ALLOWED = 10.0  # of this process's own work, so that a busy machine does not matter

SPOILT = EXAMPLES if PROOF else [path for path in EXAMPLES if path.stem in ("toy", "artemis")]
TOY = book_of(next(path for path in EXAMPLES if path.stem == "toy"))
FOREIGN = re.compile(
    r"pydantic|Input should|validation error|Traceback|<class|function-|openpyxl|zlib\.error"
)


@dataclass(frozen=True)
class Broken:
    """A broken file: its bytes, the cell that is wrong (`sheet!C5`), and what the fault there must say of it."""

    kind: str
    example: str
    at: str
    data: bytes
    words: str

    def __str__(self) -> str:
        """The name of the test."""
        return f"{self.kind}, {self.example}:{self.at}".replace(" ", "-")


Breaking = Callable[[Book, Grid], Iterator[tuple[Place, str, str]]]  # (cell, its new XML, words)


def cells(grid: Grid, first: int = FIRST) -> Iterator[tuple[Place, object, str]]:
    """The cells of a sheet below its head, with the header of their column."""
    for place, value in grid.cells.items():
        if place.row >= first:
            yield place, value, str(grid.cells[Place(HEAD, place.column)])


def replaced(new: Callable[[Place], str], words: str) -> Breaking:
    """Any cell of an entry, by XML of another kind."""

    def broken(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
        for place, _, _ in cells(grid):
            yield place, new(place), words

    return broken


def measured(value: object, words: str) -> Breaking:
    """Any number with a unit that must not be negative, by another value."""

    def broken(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
        for place, _, header in cells(grid):
            column = sheets()[grid.name].columns.get(header)
            if (
                column is not None
                and column.unit
                and column.here.quantity
                and column.here.quantity.at_least >= 0
            ):
                yield place, as_xml(place, value), words  # type: ignore[arg-type]  # texts and numbers

    return broken


def misspelt_header(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, name in grid.cells.items():
        if place.row == HEAD and name not in sheets()[grid.name].leading and len(str(name)) > 3:
            yield place, as_xml(place, f"{name}x"), "did you mean"


def misspelt_unit(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, unit in grid.cells.items():
        if place.row == UNITS and not str(unit).startswith("("):
            yield place, as_xml(place, f"{unit}g"), f"'{unit}g' in the row of units"


def no_unit(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, unit in grid.cells.items():
        if place.row == UNITS and not str(unit).startswith("("):
            yield place, "", "no unit"


def misspelt_name(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, name, header in cells(grid):
        lists = header in ("resources", "after", "by", "carrying")
        if points_at(sheets()[grid.name], header) and isinstance(name, str) and not lists:
            yield place, as_xml(place, f"{name}x"), f"'{name}x"


def misspelt_owner(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, name, header in cells(grid):
        if header in sheets()[grid.name].owners and isinstance(name, str):
            yield place, as_xml(place, f"{name}x"), f"did you mean {name!r}?"


def no_key(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, _, header in cells(grid):
        says_more = any(other.row == place.row and other != place for other in grid.cells)
        if header in ("key", "no") and says_more:  # a row that says nothing at all means nothing
            yield place, "", "missing; allowed: a "


def same_key(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, name, header in cells(grid):
        above = grid.cells.get(Place(place.row - 1, place.column))
        if header == "key" and len(sheets()[grid.name].leading) == 1 and place.row > FIRST and above != name:
            yield place, as_xml(place, above), f"a second {above!r}; allowed: each once; the first is "


def no_date(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, _, header in cells(grid):
        column = sheets()[grid.name].columns.get(header)
        if column is not None and column.kind == "date":
            yield place, as_xml(place, "soon"), "'soon'; allowed: a date, like 2031-05-01"


def unknown_kind(book: Book, grid: Grid) -> Iterator[tuple[Place, str, str]]:
    for place, name, header in cells(grid):
        if header == sheets()[grid.name].entry.discriminator:
            yield place, as_xml(place, f"{name}x"), f"did you mean {name!r}?"


KINDS: dict[str, Breaking] = {
    "formula": replaced(
        lambda p: f'<c r="{p.address}"><f>1+1</f><v>2</v></c>', "a formula; allowed: values only"
    ),
    "text formula": replaced(
        lambda p: f'<c r="{p.address}" t="str"><f>HYPERLINK("http://a.example")</f><v>a</v></c>', "a formula"
    ),
    "shared formula": replaced(
        lambda p: f'<c r="{p.address}"><f t="shared" ref="A1:A9" si="0"/><v>1</v></c>', "a formula"
    ),
    "error": replaced(lambda p: f'<c r="{p.address}" t="e"><v>#REF!</v></c>', "the error '#REF!'"),
    "lost text": replaced(lambda p: f'<c r="{p.address}" t="s"><v>7</v></c>', "text number '7'"),
    "no number": replaced(lambda p: f'<c r="{p.address}"><v>1e999</v></c>', "allowed: a finite number"),
    "odd number": replaced(lambda p: f'<c r="{p.address}"><v>1_0</v></c>', "allowed: a finite number"),
    "time of day": replaced(
        lambda p: f'<c r="{p.address}" s="3"><v>45000.5</v></c>', "a date with a time of day"
    ),
    "no date": no_date,
    "words for a number": measured("lots", "'lots' is not a"),
    "wrong unit in a cell": measured("3 parsec", "'parsec' in '3 parsec' is not a unit"),
    "negative": measured(-1, "-1.0 "),
    "misspelt header": misspelt_header,
    "misspelt unit": misspelt_unit,
    "no unit": no_unit,
    "misspelt name": misspelt_name,
    "misspelt owner": misspelt_owner,
    "no key": no_key,
    "same key": same_key,
    "unknown kind": unknown_kind,
}


def broken_cells() -> Iterator[Broken]:
    """Some of each kind from each example, always the same."""
    for example in SPOILT:
        book = book_of(example)
        for kind, breaking in KINDS.items():
            made = [(grid.name, *one) for grid in book.grids for one in breaking(book, grid)]
            chosen = random.Random(f"{example.stem}, {kind}").sample(made, min(SAMPLE, len(made)))
            for sheet, place, xml, words in chosen:
                yield Broken(
                    kind, example.stem, f"{sheet}!{place.address}", book.with_cell(sheet, place, xml), words
                )


BROKEN = list(broken_cells())


@pytest.fixture
def watched() -> Iterator[None]:
    """Stops the test once it has worked for longer than allowed."""

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS_ALLOWED} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_ALLOWED)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def refusal(data: bytes, folder: Path) -> ScenarioError:
    """What is said of a file that must be refused: lines that a person can read."""
    path = folder / "broken.xlsx"
    path.write_bytes(data)
    with pytest.raises(ScenarioError) as error:
        excel.bring(path)
    told = str(error.value)
    assert not FOREIGN.search(told), told
    assert all(len(line) < 2000 and line.isprintable() for line in told.splitlines())
    assert all(line.startswith(f"{path}: ") for line in told.splitlines())
    return error.value


def test_every_kind_is_among_them() -> None:
    assert {broken.kind for broken in BROKEN} == set(KINDS)
    assert not PROOF or len({broken.data for broken in BROKEN}) + FLIPPED >= 1000


@pytest.mark.parametrize("broken", BROKEN, ids=str)
@pytest.mark.usefixtures("watched")
def test_a_broken_cell_is_refused_by_its_address(broken: Broken, tmp_path: Path) -> None:
    error = refusal(broken.data, tmp_path)
    # A name that points at nothing is told where the number stands that it belongs to: in its row, one or two cells on.
    at = (
        re.sub(r"![A-Z]+", "![A-Z]+", re.escape(broken.at))
        if broken.kind == "misspelt name"
        else re.escape(broken.at)
    )
    at_the_cell = [str(fault) for fault in error.faults if re.search(f": {at}$", fault.file)]
    assert len(at_the_cell) == 1, str(error)  # one mistake, one message
    assert broken.words in at_the_cell[0]


@pytest.mark.parametrize("seed", range(FLIPPED))
@pytest.mark.usefixtures("watched")
def test_bytes_that_are_not_as_they_were_upset_nothing(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    data = bytearray(packed(TOY.parts))
    if seed % 4 == 0:
        del data[dice.randrange(len(data)) :]
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path = tmp_path / "flipped.xlsx"
    path.write_bytes(bytes(data))
    told = ""
    try:
        excel.bring(path)
    except ScenarioError as error:
        told = str(error)
    assert not FOREIGN.search(told)


DTD = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def listed_with(offset: int, told: bytes) -> bytes:
    """A workbook whose ZIP file says something else of each part: flags 4 bytes, method 6 bytes after the version."""
    listing = re.compile(rb"(PK\x01\x02.{%d}).{%d}" % (offset, len(told)), re.DOTALL)
    return listing.sub(lambda found: found[1] + told, packed(TOY.parts))


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Files that try to cost more than they weigh, or that are no workbooks at all."""
    sheet = TOY.part("vehicles")
    yield "empty", b"", "no ZIP file"
    yield "a text", b"name: Toy base\n", "no ZIP file"
    yield "old form", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "a password, or of the old form .xls"
    yield "another ZIP file", packed({"a.txt": "a"}), "not of a workbook"
    yield "no sheets", packed({**TOY.parts, "xl/workbook.xml": "<workbook><sheets/></workbook>"}), "0 sheets"
    rows = b"<worksheet><sheetData>" + b"<row/>" * 7_000_000 + b"</sheetData></worksheet>"
    yield "unpacks to 42 MB", packed({**TOY.parts, sheet: rows}), "more than 40 MB once it is unpacked"
    many = "<worksheet><sheetData>" + "<row/>" * 1_100_000 + "</sheetData></worksheet>"
    yield "a million rows", packed({**TOY.parts, sheet: many}), "more than 1000000 elements"
    cells_ = "".join(f'<c r="A{n}"><v>1</v></c>' for n in range(1, 100_100))
    yield (
        "too many cells",
        packed({**TOY.parts, sheet: f"<worksheet><row>{cells_}</row></worksheet>"}),
        "more than 100000",
    )
    bomb = f"{DTD}]><worksheet><sheetData><row><c><v>&i;</v></c></row></sheetData></worksheet>"
    yield "entities", packed({**TOY.parts, sheet: bomb}), "a document type definition"
    utf_16 = '<?xml version="1.0" encoding="utf-16"?>' + bomb
    yield (
        "entities in disguise",
        packed({**TOY.parts, sheet: utf_16.encode("utf-16")}),
        "a document type definition",
    )
    file = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><c t="str"><v>&a;</v></c></worksheet>'
    yield "a file of this machine", packed({**TOY.parts, sheet: file}), "a document type definition"
    yield "deep", packed({**TOY.parts, sheet: "<a>" * 100_000 + "</a>" * 100_000}), ""
    yield "no XML", packed({**TOY.parts, sheet: "PK"}), "is no XML"
    yield "a part is missing", packed({k: v for k, v in TOY.parts.items() if k != sheet}), "without its part"
    relations = TOY.parts["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "../../../../etc/passwd"
    )
    yield (
        "a part elsewhere",
        packed({**TOY.parts, "xl/_rels/workbook.xml.rels": relations}),
        "without its part",
    )
    yield "encrypted", listed_with(4, b"\x01\x00"), "cannot be unpacked"
    yield "packed another way", listed_with(6, b"\x63\x00"), "cannot be unpacked"
    names = "".join(f'<sheet name="s{n}" r:id="r{n}"/>' for n in range(300))
    named = f'<workbook xmlns:r="r"><sheets>{names}</sheets></workbook>'
    yield "300 sheets", packed({**TOY.parts, "xl/workbook.xml": named}), "300 sheets"
    texts = f"<sst><si><t>{'x' * 2_000_000}</t></si></sst>"
    named = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 90_000))
    told = {sheet: f"<worksheet><row>{named}</row></worksheet>", "xl/sharedStrings.xml": texts}
    relations = TOY.parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="s" Type="a/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    yield (
        "one text in every cell",
        packed({**TOY.parts, **told, "xl/_rels/workbook.xml.rels": relations}),
        "more text than a scenario has",
    )
    lines = "".join(f'<c r="A{n}" t="str"><v>(text 1)</v></c>' for n in range(3, 5000))
    pieces = (
        f'<row><c r="A3"><v>1</v></c><c r="B3"><v>1</v></c><c r="C3" t="str"><v>{"x" * 32_000}</v></c></row>'
    )
    sources = TOY.part("sources")
    named = TOY.parts["xl/workbook.xml"].replace('name="sources"', 'name="(texts)"')
    yield (
        "one long text in every cell",
        packed({**TOY.parts, "xl/workbook.xml": named, sheet: f"<worksheet><row>{lines}</row></worksheet>",
                sources: f"<worksheet>{pieces}</worksheet>"}),
        "2000000 characters in all",
    )  # fmt: skip
    columns = "".join(f'<c t="str"><v>key{n}</v></c>' for n in range(16_384))
    yield (
        "16,384 columns",
        packed({**TOY.parts, sheet: f"<worksheet><row>{columns}</row></worksheet>"}),
        "unknown column",
    )


HOSTILE = list(hostile())


@pytest.mark.parametrize(("name", "data", "words"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
@pytest.mark.usefixtures("watched")
def test_a_hostile_file_is_refused_at_once(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    assert words in str(refusal(data, tmp_path))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.xlsx"):
        with pytest.raises(ScenarioError, match="cannot be read") as error:
            excel.bring(path)
        assert str(error.value).startswith(f"{path}: ")


def test_parts_are_read_no_further_than_allowed() -> None:
    """The bomb of the test above is one: less than a hundredth of what it unpacks to."""
    data = next(data for name, data, _ in HOSTILE if name == "unpacks to 42 MB")
    assert len(data) < 420_000
    assert zipfile.is_zipfile(io.BytesIO(data))
