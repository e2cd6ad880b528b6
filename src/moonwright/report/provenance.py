"""All data of a scenario with where they come from: the table, and the rows that the report shows."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from moonwright.report.sheet import REAL, TEXT, sheet
from moonwright.report.subject import Subject
from moonwright.report.wording import grouped, plural
from moonwright.scenario.provenance import DatumRecord, data_of

DATA = {
    "path": TEXT, "value": REAL, "unit": TEXT, "source": TEXT, "source_title": TEXT, "source_url": TEXT,
    "assumed": TEXT, "low": REAL, "high": REAL, "note": TEXT,
}  # fmt: skip


def data_table(subject: Subject) -> pa.Table:
    """One row a number of the scenario, in canonical units, with its source or the reason it is assumed."""
    return sheet(DATA, (_row(subject, record) for record in data_of(subject.scenario)))


def _row(subject: Subject, record: DatumRecord) -> tuple[object, ...]:
    source = subject.scenario.sources.get(record.source) if record.source is not None else None
    title, url = (source.title, source.url) if source is not None else (None, None)
    value, low, high = record.value, record.low, record.high
    return (
        record.path,
        value,
        record.unit,
        record.source,
        title,
        url,
        record.assumed,
        low,
        high,
        record.note,
    )


def told_of(records: tuple[DatumRecord, ...]) -> str:
    """How many numbers have a source, are assumed, or neither."""
    sourced = sum(record.source is not None for record in records)
    assumed = sum(record.source is None and record.assumed is not None for record in records)
    silent = len(records) - sourced - assumed
    parts = [f"{grouped(sourced)} have a source", f"{grouped(assumed)} are assumed"]
    parts += [f"of {grouped(silent)} the scenario does not say where they come from"] if silent else []
    return f"Of the scenario's {plural(len(records), 'number', 'numbers')}, {', '.join(parts)}."


@dataclass(frozen=True)
class SourceLine:
    """A publication: key, title, web address (None unless it is one), grade, how many numbers it gives."""

    key: str
    title: str
    url: str | None
    grade: str | None
    numbers: int


def source_lines(subject: Subject) -> tuple[SourceLine, ...]:
    """Sources in the scenario's order, with how many numbers rest on each."""
    cited = [record.source for record in data_of(subject.scenario)]
    return tuple(
        SourceLine(key, source.title, web_address(source.url), source.grade, cited.count(key))
        for key, source in subject.scenario.sources.items()
    )


def web_address(url: str | None) -> str | None:
    """The address where it is one that a reader may click; a scenario could hold a script instead."""
    return url if url is not None and url.startswith(("https://", "http://")) else None
