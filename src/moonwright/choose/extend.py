"""A model with more columns and rows: what a choice asks beyond what every plan must meet."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from moonwright.optimise.model import Model, with_columns, with_rows
from moonwright.optimise.row import Row, label


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
    upper = np.array(extension.upper)
    wider = with_columns(model, np.zeros_like(upper), upper, whole=extension.whole, labels=extension.labels)
    return with_rows(wider, extension.rows)
