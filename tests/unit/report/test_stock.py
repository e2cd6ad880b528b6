"""How close stocks come to their reserves: rounding is no shortage, a gram more is."""

from datetime import date

import pytest

from moonwright.report.stock import Tightest


@pytest.mark.parametrize(
    ("stock_kg", "margin_kg"),
    [(1400.0, 100.0), (1300.0, 0.0), (1300.0 - 1e-4, 0.0), (1299.0, -1.0)],
)
def test_margins(stock_kg: float, margin_kg: float) -> None:
    assert Tightest("ridge", "food", date(2036, 4, 1), stock_kg, 1300.0).margin_kg == margin_kg
