"""Who gives whom what, in a plan whose every gift is known by hand."""

from __future__ import annotations

import pytest

from moonwright.stress.deal.ledger import ledger
from unit.stress.deal.markets import market, planned


def test_the_seller_lifts_the_buyer_s_ore() -> None:
    (one,) = ledger(planned(market()))
    assert (one.what, one.unit, one.year, one.giver, one.user) == ("up-mass", "t", 2030, "seller", "buyer")
    assert one.amount == pytest.approx(2.0)


def test_power_is_given_by_who_has_it_and_used_by_who_needs_it() -> None:
    """A panel of the seller's and a mast of the buyer's stand from the start: 2 kW for a year are 17.52 MWh."""
    told = market(
        elements={
            "panel": {"owner": "seller", "node": "base", "mass": "1 t", "provides": {"power_day": "9 kW"}},
            "mast": {"owner": "buyer", "node": "base", "mass": "1 t", "uses": {"power": "2 kW"}},
        },
        initial={
            "elements": [
                {"element": "panel", "since": "2029-01-01", "commissioned": True},
                {"element": "mast", "since": "2029-01-01", "commissioned": True},
            ]
        },
    )
    (one,) = [entry for entry in ledger(planned(told)) if entry.what == "power"]
    assert (one.giver, one.user, one.unit) == ("seller", "buyer", "MWh")
    assert one.amount == pytest.approx(2.0 * 365.0 * 24.0 / 1000.0)
