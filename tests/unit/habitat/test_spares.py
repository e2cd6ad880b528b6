"""Spares by share and by chance."""

import pytest

from moonwright.errors import InternalError
from moonwright.habitat.spares import spares_for, spares_kg


def test_spares_by_share_and_by_chance() -> None:
    assert spares_kg(2000.0, 0.05, 365.25 / 2) == pytest.approx(50.0)
    assert spares_for(0, 100.0, 1000.0, 0.99) == 0
    assert spares_for(5, 100.0, 0.0, 0.99) == 0
    with pytest.raises(InternalError):
        spares_for(1, 0.0, 10.0, 0.9)
    with pytest.raises(InternalError):
        spares_for(1, 10.0, 10.0, 1.0)
