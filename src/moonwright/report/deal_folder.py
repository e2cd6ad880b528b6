"""The folder of a deal: tables and data, replaced as a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from moonwright.report.deal_sheet import deal_tables
from moonwright.report.folder import as_json, write_whole
from moonwright.report.sheet import write_sheets
from moonwright.stress.deal.ledger import Entry
from moonwright.stress.deal.offer import Offer

MARK = "deal.json"  # what makes a folder one of these: no other is ever replaced


def write_deal(directory: Path, offers: Sequence[Offer], ledger: Sequence[Entry]) -> None:
    """Write `deal.json` and `tables/`. Raises ResultsFolderError where that cannot be."""
    write_whole(directory, lambda made: _fill(made, offers, ledger), MARK)


def deal_data(offers: Sequence[Offer], ledger: Sequence[Entry]) -> dict[str, object]:
    """A deal and its proposals as plain data. A number that is infinite is told as "inf" or "-inf"; how long solving took
    is left out, so that the same deal gives the same data."""
    return {
        "scenario_digest": offers[0].deal.scenario_digest,
        "offers": [_finite(offer.model_dump(mode="json")) for offer in offers],
        "ledger": [entry.model_dump(mode="json") for entry in ledger],
    }


def _finite(data: object) -> object:
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items() if key != "wall_s"}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    return data


def _fill(made: Path, offers: Sequence[Offer], ledger: Sequence[Entry]) -> None:
    (made / "tables").mkdir()
    write_sheets(deal_tables(offers, ledger), made / "tables")
    (made / MARK).write_text(as_json(deal_data(offers, ledger)), encoding="utf-8")
