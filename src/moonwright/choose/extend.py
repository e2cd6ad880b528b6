"""A model with more columns and rows: what a choice asks beyond what every plan must meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from moonwright.optimise.model import Floats, Model
from moonwright.optimise.row import Row, Terms, label


@dataclass
class Extension:
    """Columns and rows under construction, to be laid over a model with `first` columns of its own."""

    first: int
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows: list[tuple[str, Row]] = field(default_factory=list)

    def column(self, family: str, key: tuple[object, ...], upper: float, *, whole: bool) -> int:
        """A new column from nought to `upper`; returns its number."""
        self.upper.append(upper)
        self.whole.append(whole)
        self.labels.append(label(family, key))
        return self.first + len(self.labels) - 1

    def row(self, family: str, row: Row) -> None:
        """A new row."""
        self.rows.append((family, row))


def extended(model: Model, extension: Extension) -> Model:
    """The model with the columns and rows of an extension."""
    more = len(extension.labels)
    wider = replace(
        model,
        column_lower=np.append(model.column_lower, np.zeros(more)),
        column_upper=np.append(model.column_upper, extension.upper),
        whole=np.append(model.whole, np.array(extension.whole, dtype=bool)),
        column_labels=(*model.column_labels, *extension.labels),
    )
    return with_rows(wider, extension.rows)


def with_rows(model: Model, rows: Sequence[tuple[str, Row]]) -> Model:
    """The model with more labelled rows. A column stands at most once in each."""
    if not rows:
        return model
    ends = len(model.values) + np.cumsum([len(row.terms) for _, row in rows])
    terms = [term for _, row in rows for term in row.terms]
    return replace(
        model,
        row_lower=np.append(model.row_lower, [row.lower for _, row in rows]),
        row_upper=np.append(model.row_upper, [row.upper for _, row in rows]),
        row_labels=(*model.row_labels, *(label(family, row.key) for family, row in rows)),
        starts=np.append(model.starts, ends).astype(np.int32),
        indices=np.append(model.indices, [column for column, _ in terms]).astype(np.int32),
        values=np.append(model.values, [weight for _, weight in terms]),
    )


def merged(terms: Terms) -> Terms:
    """Terms in which each column stands once."""
    sums: dict[int, float] = {}
    for column, weight in terms:
        sums[column] = sums.get(column, 0.0) + weight
    return list(sums.items())


def costs_of(model: Model, terms: Terms) -> Floats:
    """Terms as a cost for every column of a model."""
    costs = np.zeros(len(model.column_lower))
    for column, weight in terms:
        costs[column] += weight
    return costs
