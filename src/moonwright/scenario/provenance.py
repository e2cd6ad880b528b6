"""All numbers of a scenario with where they come from: for the report, and to look into the library."""

from __future__ import annotations

from dataclasses import dataclass

from moonwright.scenario.document import Path, spelt
from moonwright.scenario.noun import Noun
from moonwright.scenario.walk import Number, numbers


@dataclass(frozen=True)
class DatumRecord:
    """One number. `value`, `low` and `high` are in `unit`, the canonical one (empty: a plain number).

    `source` is a key of the scenario's sources, `assumed` the reason why the number is assumed; where the
    number itself says neither, they are its entry's. None in both: nobody says where it comes from.
    """

    path: str
    value: float
    unit: str
    text: str
    source: str | None
    assumed: str | None
    low: float | None
    high: float | None
    note: str | None


def data_of(noun: Noun, path: Path = ()) -> tuple[DatumRecord, ...]:
    """The numbers that the author of a scenario, or of an entry of it at `path`, wrote; no defaults."""
    return tuple(_record(number) for number in numbers(noun, path))


def _record(number: Number) -> DatumRecord:
    datum, unit = number.datum, number.quantity.dimension.unit
    return DatumRecord(
        path=spelt(number.path),
        value=float(datum),
        unit=unit,
        text=f"{float(datum):.10g} {unit}".strip(),
        source=number.source,
        assumed=number.assumed,
        low=datum.low,
        high=datum.high,
        note=datum.note,
    )
