"""The doors to other tools that `import` and `export` offer. A door imports what it needs when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moonwright.interop.carried import Carried


@dataclass(frozen=True)
class Door:
    """One format. `bring` reads a file of it; `send` makes files of it from a folder of ours; None: it is one-way.

    Each sentence of `told` is what the command's help says of that way.
    """

    name: str
    bring: Callable[[Path], Carried] | None = None
    bring_told: str = ""
    send: Callable[[Path], Carried] | None = None
    send_told: str = ""


def _bring_spacenet(file: Path) -> Carried:
    from moonwright.interop.spacenet.door import bring

    return bring(file)


def _send_spacenet(folder: Path) -> Carried:
    from moonwright.interop.spacenet.door import send

    return send(folder)


def _bring_excel(file: Path) -> Carried:
    from moonwright.interop.excel import bring

    return bring(file)


def _send_excel(source: Path) -> Carried:
    from moonwright.cli.tabled import tabled
    from moonwright.interop.excel import send

    return send(*tabled(source))


def _bring_csv(folder: Path) -> Carried:
    from moonwright.interop.table_csv import bring

    return bring(folder)


def _send_csv(source: Path) -> Carried:
    from moonwright.cli.tabled import tabled
    from moonwright.interop.table_csv import send

    return send(*tabled(source))


def _send_parquet(source: Path) -> Carried:
    from moonwright.cli.tabled import tabled
    from moonwright.interop.parquet import send

    return send(*tabled(source))


def _send_mspdi(folder: Path) -> Carried:
    from moonwright.choose.result import read_result
    from moonwright.interop.mspdi import send

    result = read_result(folder)
    return send(result.name, result.scenario, result.plan)


def _bring_oem(file: Path) -> Carried:
    from moonwright.interop.oem_read import bring

    return bring(file)


def _send_oem(source: Path) -> Carried:
    from moonwright.cli.tabled import planned
    from moonwright.interop.oem import send

    return send(*planned(source))


def _send_czml(source: Path) -> Carried:
    from moonwright.cli.tabled import planned
    from moonwright.interop.czml import send

    return send(*planned(source))


DOORS = (
    Door(
        "spacenet",
        bring=_bring_spacenet,
        bring_told="A SpaceNet campaign (JSON or XML), as a scenario and a plan in a folder.",
        send=_send_spacenet,
        send_told="The campaign in a folder, as a SpaceNet JSON file.",
    ),
    Door(
        "excel",
        bring=_bring_excel,
        bring_told="A workbook with one sheet a noun, as a scenario. Faults are told by sheet and cell.",
        send=_send_excel,
        send_told="A scenario file, or the scenario and the tables of a results folder, as a workbook.",
    ),
    Door(
        "csv",
        bring=_bring_csv,
        bring_told="A folder of CSV files, one a noun, as a scenario. Faults are told by file and cell.",
        send=_send_csv,
        send_told="The sheets of `export excel`, as CSV files in a folder.",
    ),
    Door(
        "parquet",
        send=_send_parquet,
        send_told="The sheets of `export excel`, as Parquet files in a folder, with types and units.",
    ),
    Door(
        "mspdi",
        send=_send_mspdi,
        send_told="The flights, works and stays of a results folder, as an XML file for Microsoft Project and its likes.",
    ),
    Door(
        "oem",
        bring=_bring_oem,
        bring_told="The orbits in a CCSDS Orbit Ephemeris Message, as nodes to paste into a scenario.",
        send=_send_oem,
        send_told="Orbits, and flights between Earth and Moon, as CCSDS Orbit Ephemeris Messages in a folder.",
    ),
    Door(
        "czml",
        send=_send_czml,
        send_told="Sites, orbits and flights over time, as a file that Cesium plays.",
    ),
)
