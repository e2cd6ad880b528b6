"""Columns laid over a model: its rows read as before, with the new ones at their ends."""

from __future__ import annotations

import numpy as np
import pytest

from moonwright.optimise.model import Floats, Model, with_columns


def model_of(table: Floats) -> Model:
    """A model of whole columns from 0 to 9, with the rows of a table."""
    rows, columns = table.shape
    there = table != 0.0
    return Model(
        column_lower=np.zeros(columns),
        column_upper=np.full(columns, 9.0),
        whole=np.ones(columns, dtype=bool),
        column_labels=tuple(f"x{n}" for n in range(columns)),
        row_lower=np.zeros(rows),
        row_upper=np.ones(rows),
        row_labels=tuple(f"r{n}" for n in range(rows)),
        starts=np.append(0, np.cumsum(there.sum(axis=1))).astype(np.int32),
        indices=np.nonzero(there)[1].astype(np.int32),
        values=table[there],
    )


def table_of(model: Model) -> Floats:
    """The rows of a model as a table; every index must be within it."""
    table = np.zeros((len(model.row_lower), len(model.column_lower)))
    rows = np.repeat(np.arange(len(table)), np.diff(model.starts))
    assert len(rows) == len(model.indices) == len(model.values)
    np.add.at(table, (rows, model.indices), model.values)
    return table


ROWS = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, -3.0, 4.0]])


def test_new_columns_stand_behind_the_others_in_their_rows() -> None:
    wider = with_columns(
        model_of(ROWS),
        np.array([0.0, -1.0]),
        np.array([5.0, np.inf]),
        whole=[True, False],
        labels=["y", "z"],
        entries=[(2, 4, -1.0), (0, 3, 7.0), (1, 3, 8.0)],
    )
    expected = np.array([[1.0, 2.0, 0.0, 7.0, 0.0], [0.0, 0.0, 0.0, 8.0, 0.0], [0.0, -3.0, 4.0, 0.0, -1.0]])
    np.testing.assert_array_equal(table_of(wider), expected)
    np.testing.assert_array_equal(wider.column_lower, [0.0, 0.0, 0.0, 0.0, -1.0])
    np.testing.assert_array_equal(wider.column_upper, [9.0, 9.0, 9.0, 5.0, np.inf])
    np.testing.assert_array_equal(wider.whole, [True, True, True, True, False])
    assert wider.column_labels == ("x0", "x1", "x2", "y", "z")
    assert (wider.starts.dtype, wider.indices.dtype) == (np.int32, np.int32)


@pytest.mark.parametrize("rows", [ROWS, np.zeros((0, 3))], ids=["rows", "no rows"])
def test_columns_in_no_row_change_no_row(rows: Floats) -> None:
    wider = with_columns(model_of(rows), np.zeros(1), np.ones(1))
    np.testing.assert_array_equal(table_of(wider), np.hstack([rows, np.zeros((len(rows), 1))]))
    assert not wider.whole[-1]
