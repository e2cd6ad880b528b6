"""A workbook as Excel, LibreOffice and Google Sheets read it: sheets of cells, and nothing else.

Written by hand as ECMA-376 (Office Open XML, part 1, chapter 18) has it, since that is a page of XML: no formula can
come about, whatever a text looks like, and the same content makes the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from moonwright.errors import MoonwrightError
from moonwright.interop.table import Cell
from moonwright.interop.table_grid import FIRST, Place

LONGEST_TEXT: Final = 32_767  # characters that a cell holds (Excel specifications and limits, Microsoft)
MOST_ROWS: Final = 1_048_576  # of a sheet (the same)
DAY_0: Final = date(1899, 12, 30)  # day 0 of the dates of a workbook, from 1900-03-01 on
FIRST_DAY: Final = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was

_GUIDED_ROWS: Final = 2000  # to which lists of names reach
_LONGEST_LIST: Final = 255  # characters of a list of words within a sheet
_SURE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = re.compile(
    r"[=+\-@\t\r\n']"
)  # what a spreadsheet may take for more than text when somebody edits the cell

# Numbers of the styles below.
_PLAIN, _HEAD, _UNIT, _DATE, _TEXT, _GUARDED = range(6)

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES: Final = f"""{_DECLARED}<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font>
<font><i/><sz val="11"/><color rgb="FF666666"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>
<xf numFmtId="49" fontId="2" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


@dataclass(frozen=True)
class PageColumn:
    """A column of a page. `unit`: what row 2 says; `names`: the sheet and column whose cells it names; or `words`."""

    header: str
    unit: str = ""
    text: bool = False
    names: tuple[str, int] | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook: header and units above rows; the first `leading` columns stay in sight."""

    name: str
    columns: tuple[PageColumn, ...]
    rows: Sequence[Sequence[Cell]]
    leading: int = 0


def workbook(pages: Sequence[Page]) -> bytes:
    """The file. Raises MoonwrightError where a sheet of Excel cannot hold what is to go into it."""
    parts = {
        "[Content_Types].xml": _content_types(len(pages)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _contents(pages),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(pages) + 1)),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": "".join(_sheet(page)) for n, page in enumerate(pages, start=1)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            part = zipfile.ZipInfo(name)  # without a date of its own: 1980-01-01
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, text.encode())
    return made.getvalue()


def _content_types(pages: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, pages + 1)}
    told = "".join(f'<Override PartName="{p}" ContentType="{kind}.{k}+xml"/>' for p, k in parts.items())
    return (
        f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _contents(pages: Sequence[Page]) -> str:
    told = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, page in enumerate(pages, start=1)
    )
    return f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{told}</sheets></workbook>'


def _sheet(page: Page) -> Iterator[str]:
    if len(page.rows) + FIRST - 1 > MOST_ROWS:
        raise MoonwrightError(
            f"{page.name} has {len(page.rows)} rows, and a sheet of Excel holds {MOST_ROWS}: take CSV or Parquet"
        )
    yield f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    split = f'xSplit="{page.leading}" ' if page.leading else ""
    pane = "bottomRight" if page.leading else "bottomLeft"
    corner = Place(FIRST, page.leading + 1).address
    yield f'<pane {split}ySplit="{FIRST - 1}" topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
    yield "</sheetView></sheetViews><cols>"
    for number, column in enumerate(page.columns, start=1):
        width = min(40, max(10, len(column.header) + 3))
        style = f' style="{_TEXT}"' if column.text else ""
        yield f'<col min="{number}" max="{number}" width="{width}"{style} customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from _row(1, [column.header for column in page.columns], _HEAD, page.name)
    yield from _row(2, [column.unit or None for column in page.columns], _UNIT, page.name)
    for number, row in enumerate(page.rows, start=FIRST):
        yield from _row(number, row, None, page.name)
    yield "</sheetData>"
    yield from _guides(page)
    yield "</worksheet>"


def _row(number: int, cells: Sequence[Cell], style: int | None, page: str) -> Iterator[str]:
    yield f'<row r="{number}">'
    for column, cell in enumerate(cells, start=1):
        if cell is not None:
            place = Place(number, column)
            try:
                yield _cell(place.address, cell, style)
            except ValueError as error:
                raise MoonwrightError(f"{page}!{place.address}: {error}") from None
    yield "</row>"


def _cell(address: str, cell: Cell, style: int | None) -> str:
    """One cell. A text is told as a text, in its place: it is never a formula."""
    if isinstance(cell, date) and cell < FIRST_DAY:
        cell = cell.isoformat()
    if isinstance(cell, str):
        if len(cell) > LONGEST_TEXT:
            raise ValueError(f"a text of {len(cell)} characters; a cell of Excel holds {LONGEST_TEXT}")
        chosen = style if style is not None else _GUARDED if _RISKY.match(cell) else _TEXT
        return f'<c r="{address}" s="{chosen}" t="inlineStr"><is><t xml:space="preserve">{_written(cell)}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{address}" s="{_DATE}"><v>{(cell - DAY_0).days}</v></c>'
    return f'<c r="{address}"><v>{cell!r}</v></c>'


def _written(text: str) -> str:
    """A text as XML: what XML cannot hold is written as `_x000D_` (ECMA-376, part 1, 22.9.2.19)."""
    return escape(_SURE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _guides(page: Page) -> Iterator[str]:
    """Lists to choose from. They refuse nothing: what is wrong is told when the workbook is read."""
    told = []
    for number, column in enumerate(page.columns, start=1):
        reach = f"{Place(FIRST, number).address}:{Place(_GUIDED_ROWS, number).address}"
        choice = None
        if column.names is not None:
            sheet, at = column.names
            letter = Place(1, at).address[:-1]
            choice = f"'{sheet}'!${letter}${FIRST}:${letter}${_GUIDED_ROWS}"
        elif column.words and len(",".join(column.words)) <= _LONGEST_LIST:
            choice = f'"{",".join(column.words)}"'
        if choice is not None:
            told.append(
                f'<dataValidation type="list" allowBlank="1" sqref="{reach}">'
                f"<formula1>{escape(choice)}</formula1></dataValidation>"
            )
    if told:
        yield f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>'
