"""Texts that are longer than a cell of Excel may be, such as a horizon: in pieces on a sheet of their own.

In the place of such a text a cell says `(text 1)`; the sheet `(texts)` has its pieces, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from moonwright.interop.excel_write import LONGEST_TEXT, Page, PageColumn
from moonwright.interop.table import LONG, NUMBER, VALUE, Cell
from moonwright.interop.table_grid import FIRST, Found, Grid, Place

SHEET: Final = "(texts)"
PIECE: Final = (
    LONGEST_TEXT // 7 - 1
)  # characters: each may be written as seven (`_x000D_`), and all are counted

SIZE_LIMIT: Final = (
    2_000_000  # characters that one sheet may take from it: one text may be named by many cells
)

_COLUMNS: Final = ("text", NUMBER, VALUE)


@dataclass
class Cutting:
    """Collects long texts while sheets are written."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    count: int = 0

    def row(self, cells: Sequence[Cell]) -> tuple[Cell, ...]:
        """A row whose cells can hold what is in them."""
        return tuple(
            self._cut(cell) if isinstance(cell, str) and len(cell) > PIECE else cell for cell in cells
        )

    def _cut(self, text: str) -> str:
        self.count += 1
        pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
        self.rows += [(self.count, number, piece) for number, piece in enumerate(pieces, start=1)]
        return f"(text {self.count})"

    def pages(self) -> list[Page]:
        """The sheet of pieces, if there are any."""
        columns = tuple(PageColumn(name, text=name == VALUE) for name in _COLUMNS)
        return [Page(SHEET, columns, self.rows)] if self.rows else []


def joined(grids: Iterable[Grid], told: list[Found]) -> list[Grid]:
    """Sheets with long texts in their places; what points at none goes to `told`."""
    every = list(grids)
    pieces = next((grid.cells for grid in every if grid.name == SHEET), {})
    texts: dict[str, dict[object, str]] = {}
    for place, number in pieces.items():
        if place.column == 1 and place.row >= FIRST and isinstance(number, int | float):
            order, piece = (pieces.get(Place(place.row, column)) for column in (2, 3))
            texts.setdefault(f"(text {int(number)})", {})[order] = str(piece)
    whole = {
        name: "".join(text for _, text in sorted(parts.items(), key=lambda part: float(str(part[0]))))
        for name, parts in texts.items()
        if all(isinstance(order, int | float) for order in parts)
    }
    return [_with(grid, whole, told) for grid in every if grid.name != SHEET]


def _with(grid: Grid, whole: dict[str, str], told: list[Found]) -> Grid:
    cells = dict(grid.cells)
    size = 0
    for place, cell in grid.cells.items():
        if not isinstance(cell, str) or not LONG.fullmatch(cell):
            continue
        size += len(whole.get(cell, ""))
        if cell in whole and size <= SIZE_LIMIT:
            cells[place] = whole[cell]
        else:
            allowed = f"a text whose pieces stand in the sheet {SHEET!r}, {SIZE_LIMIT} characters in all"
            told.append(Found(grid.name, place, f"{cell!r}", allowed))
            del cells[place]
    return Grid(grid.name, cells)
