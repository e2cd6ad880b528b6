"""Parts of a model: some rows over the columns that are seen, and the same rows with a price for breaking them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from moonwright.optimise.model import Floats, Model, divisible, with_columns

Mask = NDArray[np.bool_]


def within(model: Model, rows: Mask, seen: Mask) -> Model:
    """Some rows of a model, over the seen columns: a row is kept as far as it must hold whatever the unseen are.

    Unseen columns are at least nothing, so that they can only take from what a positive weight leaves to the others.
    """
    sizes = np.diff(model.starts)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    unseen = ~seen[model.indices]
    lower, upper = _implied(model, seen)
    rows = rows & (np.isfinite(lower) | np.isfinite(upper))
    entries = rows[row_of] & ~unseen
    counts = np.bincount(row_of[entries], minlength=len(sizes))[rows]
    return replace(
        model,
        column_upper=np.where(seen, model.column_upper, 0.0),
        row_lower=lower[rows],
        row_upper=upper[rows],
        row_labels=(),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        indices=model.indices[entries],
        values=model.values[entries],
    )


def _implied(model: Model, seen: Mask) -> tuple[Floats, Floats]:
    """Bounds of each row that hold for its seen columns alone."""
    row_of = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
    unseen = ~seen[model.indices]
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[row_of[unseen & (model.values > 0)]] = -np.inf
    upper[row_of[unseen & (model.values < 0)]] = np.inf
    return lower, upper


def kept_rows(model: Model, rows: Mask, seen: Mask) -> NDArray[np.int64]:
    """Numbers of the rows that `within` keeps, in order."""
    lower, upper = _implied(model, seen)
    return np.flatnonzero(rows & (np.isfinite(lower) | np.isfinite(upper)))


def elastic(model: Model, soft: Mask) -> tuple[Model, Floats]:
    """The relaxation with a column for every side of a soft row, by which it may be missed, and what that costs."""
    rows, columns = len(model.row_lower), len(model.column_lower)
    below = np.flatnonzero(soft & np.isfinite(model.row_lower))
    above = np.flatnonzero(soft & np.isfinite(model.row_upper))
    missed = np.concatenate([below, above])
    signs = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    heaviest = np.ones(rows)
    np.maximum.at(heaviest, np.repeat(np.arange(rows), np.diff(model.starts)), np.abs(model.values))
    entries = list(zip(missed.tolist(), range(columns, columns + len(missed)), signs.tolist(), strict=True))
    soft_model = with_columns(
        divisible(model), np.zeros(len(missed)), np.full(len(missed), np.inf), entries=entries
    )
    return soft_model, np.concatenate([np.zeros(columns), 1.0 / heaviest[missed]])


def with_shortfall(model: Model, asking: Mask) -> tuple[Model, Floats]:
    """The relaxation with one column that each asking row may lack alike, and a cost that makes it least."""
    columns = len(model.column_lower)
    lacking = np.flatnonzero(asking & np.isfinite(model.row_lower)).tolist()
    entries = [(row, columns, 1.0) for row in lacking]
    short = with_columns(divisible(model), np.zeros(1), np.array([np.inf]), entries=entries)
    return short, np.append(np.zeros(columns), 1.0)


def joined(parts: Sequence[Model]) -> Model:
    """The rows of several models over the same columns, one after the other."""
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return replace(
        parts[0],
        row_lower=np.concatenate([part.row_lower for part in parts]),
        row_upper=np.concatenate([part.row_upper for part in parts]),
        row_labels=(),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        indices=np.concatenate([part.indices for part in parts]).astype(np.int32),
        values=np.concatenate([part.values for part in parts]),
    )
