"""What a window keeps of a row that speaks of what it does not see: the side that the unseen could not help."""

from __future__ import annotations

import numpy as np
import pytest

from moonwright.optimise.model import Model
from moonwright.optimise.rolling import _rows_within

INF = float("inf")


def model(lower: float, upper: float, later: float) -> Model:
    """One row, lower <= now + later * then <= upper."""
    return Model(
        column_labels=("now", "then"),
        column_lower=np.zeros(2),
        column_upper=np.full(2, 9.0),
        whole=np.ones(2, dtype=bool),
        row_labels=("row",),
        row_lower=np.array([lower]),
        row_upper=np.array([upper]),
        starts=np.array([0, 2], dtype=np.int32),
        indices=np.array([0, 1], dtype=np.int32),
        values=np.array([1.0, later]),
    )


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        (1.0, [(-INF, 3.0)]),  # what comes later adds: it could still help the least, never the most
        (-1.0, [(2.0, INF)]),  # what comes later takes away: the other way round
    ],
)
def test_a_row_is_kept_on_the_side_that_the_unseen_cannot_help(
    later: float, kept: list[tuple[float, float]]
) -> None:
    seen = _rows_within(model(2.0, 3.0, later), np.array([True, False]))
    assert list(zip(seen.row_lower, seen.row_upper, strict=True)) == kept


def test_a_row_that_only_the_unseen_could_meet_is_left_out() -> None:
    assert _rows_within(model(2.0, INF, 1.0), np.array([True, False])).row_lower.size == 0


def test_a_row_that_is_seen_whole_is_kept_whole() -> None:
    seen = _rows_within(model(2.0, 3.0, 1.0), np.array([True, True]))
    assert (seen.row_lower[0], seen.row_upper[0]) == (2.0, 3.0)
