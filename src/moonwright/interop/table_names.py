"""Which names a column takes: those of another sheet's entries, or some fixed words."""

from __future__ import annotations

from typing import Final, Literal, get_args, get_origin

from moonwright.interop.table import KEY, NUMBER, SECOND, VALUE, Column, Sheet, sheets
from moonwright.scenario.shape import kinds_of

# By the last key of a column's path: a key of this name points at an entry wherever it stands in a file.
_BY_KEY: Final = {
    "owner": "partners", "payer": "partners", "against": "partners",
    "site": "nodes", "node": "nodes",
    "route": "routes", "mission": "missions", "vehicle": "vehicles", "resource": "resources", "element": "elements",
    "source": "sources",
}  # fmt: skip

# By sheet and column, where the name of the column does not say it.
_BY_SHEET: Final = {
    ("routes", "from"): "nodes", ("routes", "to"): "nodes",
    ("launchers.payload", KEY): "nodes",
    ("missions.units", VALUE): "vehicles",
    ("elements.provides.closure", KEY): "resources", ("elements.provides.produces", KEY): "resources",
    ("elements.produces.inputs", KEY): "resources", ("elements.provides.plants", KEY): "resources",
    ("elements.provides.storage", KEY): "resources",
    ("elements.uses.resources", KEY): "resources", ("elements.uses.spares", KEY): "resources",
    ("crew.uses", KEY): "resources", ("crew.spacewalk.uses", KEY): "resources",
    ("activities.uses", KEY): "resources", ("activities.spacewalk_uses", KEY): "resources",
    ("demands.worth", KEY): "partners",
    ("initial.crew", "kind"): "crew",
    ("initial.stocks", KEY): "nodes", ("initial.stocks", SECOND): "resources",
    ("initial.under_way.vehicles", KEY): "vehicles", ("initial.under_way.resources", KEY): "resources",
    ("initial.under_way.elements", KEY): "elements", ("initial.under_way.crew", KEY): "crew",
    ("initial.spent", KEY): "partners",
}  # fmt: skip


def points_at(sheet: Sheet, header: str) -> str | None:
    """The sheet whose entries a column names (`shared` may stand for all partners); None where it names none."""
    if header in sheet.owners:
        return header
    if header == NUMBER:
        return None
    if noun := _BY_SHEET.get((sheet.name, header)):
        return noun
    column = sheet.columns.get(header)
    if column is None or (column.here.quantity and column.part != "source"):
        return None
    return _BY_KEY.get(header.rpartition(".")[2])


def words(sheet: Sheet, column: Column) -> tuple[str, ...]:
    """The fixed words that a column takes; none where it takes others too."""
    if column.part:
        return ()
    if column.here.type is bool:
        return ("TRUE", "FALSE")
    deciding = sheet.entry.discriminator
    if deciding and column.steps == (deciding,):
        return tuple(kinds_of(sheet.entry))
    return tuple(map(str, get_args(column.here.type))) if get_origin(column.here.type) is Literal else ()


def entries_of(name: str) -> str:
    """The header of the column that names the entries of a sheet."""
    return sheets()[name].leading[-1]
