"""A workbook that anybody may have sent: unpacked and read within bounds, and never computed.

Formulas, errors (`#REF!`) and what cannot be read are told by their cells. A workbook is a ZIP file of XML (ECMA-376).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree

from moonwright.errors import ScenarioError
from moonwright.interop.excel_cells import CELL_LIMIT, Cells, Part, Texts, UnreadableError, Whole, unescaped
from moonwright.interop.excel_write import DAY_0
from moonwright.interop.table_grid import Found, Grid
from moonwright.scenario.document import brief

SIZE_LIMIT: Final = 20_000_000  # bytes of the file
UNPACKED_LIMIT: Final = (
    40_000_000  # bytes of all parts that are read; the International Space Station has 1 MB
)
SHEET_LIMIT: Final = 255

_UNFORMATTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|general', re.IGNORECASE)
_OLD: Final = bytes.fromhex(
    "d0cf11e0a1b11ae1"
)  # how files of the older form begin, and those with a password
_DATED: Final = {
    *range(14, 23),
    *range(27, 37),
    *range(45, 48),
    *range(50, 59),
}  # formats of ECMA-376, 18.8.30
_DAY_0_OF_1904: Final = date(1904, 1, 1)

Targets = Mapping[str, tuple[str, str]]  # kind and name of a part, by identifier


@dataclass(frozen=True)
class Workbook:
    """What was read: sheets, what is wrong with single cells, and sheets that were not asked for."""

    grids: tuple[Grid, ...]
    told: tuple[Found, ...]
    skipped: tuple[str, ...]


def read(file: str, data: bytes, skipped: str) -> Workbook:
    """The sheets of a workbook but those whose names begin with `skipped`.

    Raises ScenarioError where it is no workbook, or too large.
    """
    try:
        return _read(_opened(data), skipped)
    except UnreadableError as error:
        allowed = "a workbook as spreadsheets save it (.xlsx)"
        found = Found("", None, str(error), allowed, "save it anew as .xlsx")
        raise ScenarioError((found.fault(file),)) from None


@dataclass
class _Package:
    """The ZIP file; `unpacked` counts the bytes that came out of it."""

    package: zipfile.ZipFile
    names: frozenset[str]
    unpacked: int = 0

    def part(self, name: str) -> bytes:
        """The bytes of a part, bounded whatever the ZIP file says of it."""
        try:
            with self.package.open(name) as stream:
                data = stream.read(UNPACKED_LIMIT - self.unpacked + 1)
        except KeyError:
            raise UnreadableError(f"a workbook without its part {brief(name)}") from None
        except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError) as error:
            raise UnreadableError(f"the part {brief(name)} cannot be unpacked ({error})") from None
        self.unpacked += len(data)
        if self.unpacked > UNPACKED_LIMIT:
            raise UnreadableError(f"more than {UNPACKED_LIMIT // 1_000_000} MB once it is unpacked")
        return data

    def parse(self, name: str, into: Part) -> None:
        """Has a part parsed into what receives it."""
        parser = ElementTree.XMLParser(target=into)
        try:
            parser.feed(self.part(name))
            parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise UnreadableError(f"the part {brief(name)} is no XML ({error})") from None

    def tree(self, name: str) -> ElementTree.Element:
        """A small part as a tree."""
        whole = Whole()
        self.parse(name, whole)
        assert whole.root is not None
        return whole.root

    def targets(self, part: str) -> Targets:
        """The other parts that a part refers to."""
        folder, _, name = part.rpartition("/")
        relations = join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return {}
        found = {}
        for one in self.tree(relations).iter("Relationship"):
            target = one.get("Target", "")
            whole = target[1:] if target.startswith("/") else normpath(join(folder, target))
            found[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], whole
        return found


def _opened(data: bytes) -> _Package:
    if len(data) > SIZE_LIMIT:
        raise UnreadableError(f"more than {SIZE_LIMIT // 1_000_000} MB")
    if data.startswith(_OLD):
        raise UnreadableError("a workbook with a password, or of the old form .xls")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"no ZIP file, as a workbook is one ({error})") from None
    return _Package(package, frozenset(package.namelist()))


def _read(package: _Package, skipped: str) -> Workbook:
    home = _named(package.targets(""), "officeDocument")
    if home is None:
        raise UnreadableError("a ZIP file, but not of a workbook")
    contents, targets = package.tree(home), package.targets(home)
    sheets = list(contents.iter("sheet"))
    if not 0 < len(sheets) <= SHEET_LIMIT:
        raise UnreadableError(f"{len(sheets)} sheets")
    shared, dated = _shared(package, targets), _dated(package, targets)
    since = _DAY_0_OF_1904 if _counts_from_1904(contents) else DAY_0
    grids, told, left, most = list[Grid](), list[Found](), list[str](), CELL_LIMIT
    for sheet in sheets:
        name = unescaped(sheet.get("name", ""))
        if name.lower().startswith(skipped):
            left.append(name)
            continue
        _, target = targets.get(sheet.get("id", ""), ("", ""))
        cells = Cells(name=name, shared=shared, dated=dated, since=since, told=told, most=most)
        package.parse(target, cells)
        most -= len(cells.cells)
        grids.append(Grid(name, cells.cells))
    return Workbook(tuple(grids), tuple(told), tuple(left))


def _named(targets: Targets, kind: str) -> str | None:
    return next((target for of, target in targets.values() if of == kind), None)


def _counts_from_1904(contents: ElementTree.Element) -> bool:
    return any(one.get("date1904") in ("1", "true") for one in contents.iter("workbookPr"))


def _shared(package: _Package, targets: Targets) -> list[str]:
    """The texts that cells name by number."""
    texts = Texts()
    if (name := _named(targets, "sharedStrings")) is not None:
        package.parse(name, texts)
    return texts.texts


def _dated(package: _Package, targets: Targets) -> set[int]:
    """The numbers of the styles that show a number as a date."""
    if (name := _named(targets, "styles")) is None:
        return set()
    styles = package.tree(name)
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter("numFmt")}
    own = {
        number for number, code in formats.items() if re.search("[dmyhsDMYHS]", _UNFORMATTED.sub("", code))
    }
    dates = own | {str(number) for number in _DATED if str(number) not in formats}
    used = next(styles.iter("cellXfs"), ())
    return {number for number, one in enumerate(used) if one.get("numFmtId") in dates}
