"""What one cell means: a spreadsheet has numbers, dates and texts where a scenario file has quantities with units."""

from __future__ import annotations

from datetime import date
from typing import Final, get_args, get_origin

from moonwright.interop.table import NONE, NULL, Cell, has_sheet, is_texts, row_of, unquoted
from moonwright.scenario.document import BOOL, FLOAT, INT, Value, brief, scalar
from moonwright.scenario.finding import did_you_mean
from moonwright.scenario.shape import Shape, listed
from moonwright.units import Dimension

_WHOLE: Final = 1e15  # below it every whole number has a digit of its own for ones


def raw(cell: Cell, here: Shape, unit: str) -> object:
    """What a scenario file would hold where a cell stands: None, a bool, a number, a text or a list of texts.

    A number in a column with a unit becomes a quantity (`3.1 t`). What cannot be meant is handed on as it is, for
    the checks of files to refuse. `{}` and `[]` stand for what is said to be there and empty.
    """
    if cell == NULL:
        return None
    if cell == NONE:
        return [] if is_texts(here) or (has_sheet(here) and get_origin(here.type) is tuple) else {}
    if here.quantity:
        return _measured(cell, unit)
    if is_texts(here):
        return _texts(cell if isinstance(cell, str) else str(_text(cell)), here)
    return _text(cell) if _takes_text(here) else _plain(cell)


def wrong_unit(unit: str, dimension: Dimension) -> tuple[str, str, str] | None:
    """What is wrong with the unit of a column (found, allowed, what to do); None where it is right."""
    if unit in dimension.factors:
        return None
    units = [symbol for symbol in dimension.factors if symbol]
    allowed = f"a unit of {dimension.name}: {listed(units[:12])}{', ...' if len(units) > 12 else ''}"
    found = f"{brief(unit)} in the row of units" if unit else "no unit"
    return found, allowed, did_you_mean(unit, units) or f"write {dimension.unit or 'nothing'!r} there"


def _measured(cell: Cell, unit: str) -> object:
    """A quantity: numbers take the column's unit, and so do texts that are nothing but a number."""
    number = float(cell) if isinstance(cell, str) and FLOAT.fullmatch(cell.strip()) else cell
    if isinstance(number, bool) or not isinstance(number, int | float):
        return _plain(number)
    return f"{float(number)!r} {unit}" if unit else _plain(number)


def _plain(cell: Cell) -> Value:
    """A value of another kind than text. Whole numbers are whole: spreadsheets tell only how they look."""
    if isinstance(cell, str):
        return scalar(cell) if INT.fullmatch(cell) or BOOL.fullmatch(cell) else unquoted(cell)
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < _WHOLE:
        return int(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(cell: Cell) -> Value:
    """A text, which may have been typed as a number or a date: a year that is a name."""
    if isinstance(cell, str):
        return unquoted(cell)
    return cell if isinstance(cell, bool) else str(_plain(cell))


def _takes_text(here: Shape) -> bool:
    kinds = here.options or (here,)
    return all(kind.type is str or _of_texts(kind) for kind in kinds)


def _of_texts(here: Shape) -> bool:
    return get_origin(here.type) is not None and all(isinstance(a, str) for a in get_args(here.type))


def _texts(cell: str, here: Shape) -> object:
    """A list of texts; one text where that may stand as well and no comma makes it a list."""
    texts = row_of(cell)
    if texts is None:
        return {"a text with quotes that are not in order": cell}
    single = bool(here.options) and len(texts) == 1 and not cell.rstrip().endswith(",")
    return texts[0] if single else texts
