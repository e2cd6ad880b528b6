"""The deal of a small market, number by number; and what is said where solvers leave something open."""

from __future__ import annotations

import math
from datetime import date

import pytest

from moonwright.choose.result import Result
from moonwright.errors import StressError
from moonwright.stress.coalition import Worth
from moonwright.stress.deal import deal as deals
from moonwright.stress.deal.between import Between, exactly
from moonwright.stress.deal.deal import Deal, deal
from moonwright.stress.deal.split import leaving
from moonwright.stress.deal.table import tabled
from moonwright.stress.deal.way import core, ways
from unit.stress.deal.markets import ask, market, planned

APRIL = date(2030, 4, 1)
PAIR = ("buyer", "seller")


@pytest.fixture(scope="module")
def base() -> Result:
    return planned(market())


@pytest.fixture(scope="module")
def found(base: Result) -> Deal:
    return deal(base, ask, leave=[APRIL])


def test_what_each_coalition_is_worth(found: Deal) -> None:
    assert {one.members: one.low for one in found.coalitions} == pytest.approx(
        {("buyer",): 30.0, ("seller",): 0.0, PAIR: 70.0}
    )
    assert found.widest == pytest.approx(0.0, abs=1e-6)
    assert found.unused.found == pytest.approx(0.0, abs=1e-6)


def test_each_way_halves_what_both_gain(found: Deal) -> None:
    """Of two, all three ways give each what it has alone and half of the rest, 40 MUSD."""
    assert [way.name for way in found.ways] == ["Shapley value", "nucleolus", "Gately point"]
    for way in found.ways:
        assert [way.shares[name].found for name in PAIR] == pytest.approx([50.0, 20.0])
        assert way.tiers == (("buyer",), ("seller",))
    assert found.core is not None
    assert found.core.exists == "yes"


def test_the_plan_s_own_split_gives_the_seller_nothing_for_its_rockets(found: Deal) -> None:
    buyer, seller = (found.stakes[name] for name in PAIR)
    assert (buyer.account.worth_musd, buyer.account.cost_musd) == pytest.approx((100.0, 10.0))
    assert (seller.account.worth_musd, seller.account.cost_musd) == pytest.approx((0.0, 20.0))
    assert (buyer.gain.found, seller.gain.found) == pytest.approx((60.0, -20.0))
    assert (buyer.propensity, seller.propensity) == pytest.approx((-20.0 / 60.0, -60.0 / 20.0))
    assert (buyer.critical.found, seller.critical.found) == pytest.approx((1.0, 4.0 / 7.0))
    assert [(one.players, one.gain.found, one.surely) for one in found.leaving] == [
        (("seller",), pytest.approx(20.0), True)
    ]


def test_who_is_handed_a_fair_share_stays(base: Result) -> None:
    paid = deal(base, ask, received={"buyer": -40.0, "seller": 40.0})
    assert paid.leaving == ()
    assert paid.stakes["seller"].account.net_musd == pytest.approx(20.0)


def test_the_price_of_staying(found: Deal) -> None:
    """Without the seller the buyer pays 70 in the stead of 30; without trucks nothing can be done."""
    prices = {one.partner: one for one in found.leverage}
    assert prices["seller"].price.found == pytest.approx(40.0)
    assert prices["seller"].own_musd == pytest.approx(20.0)
    assert prices["buyer"].price.low == math.inf


def test_nothing_spent_yet_is_nothing_lost(found: Deal) -> None:
    sure = {one.partner: one.sure.found for one in found.thresholds}
    assert sure == {"buyer": 0.0, "seller": 0.0}


def test_whoever_wants_nothing_is_named(found: Deal) -> None:
    assert found.wanting_nothing == ("seller",)


def test_a_deal_about_nothing() -> None:
    told = market()
    del told["demands"]["ore"]["worth"]
    with pytest.raises(StressError, match="no demand says what it is worth"):
        deal(planned(told), ask)


def test_a_deal_is_written_and_read_back(found: Deal) -> None:
    assert Deal.model_validate_json(found.model_dump_json()) == found


def worth(members: str, low: float, high: float) -> Worth:
    return Worth(members=tuple(members), what="value", low=low, high=high, certified=True)


def test_what_solvers_leave_open_is_told_of_every_share() -> None:
    """v(ab) in [10, 14]: half of it each; a alone in [0, 2]. By hand: a's share in [(0 + 10)/2, (2 + 14)/2] = [5, 8],
    b's in [(10 - 2)/2, (14 - 0)/2] = [4, 7]: who has more is not known."""
    table = tabled("ab", [worth("a", 0.0, 2.0), worth("b", 0.0, 0.0), worth("ab", 10.0, 14.0)])
    first = ways(table)[0]
    assert first.exact
    assert [(one.low, one.found, one.high) for one in first.shares.values()] == [(5, 5, 8), (4, 5, 7)]
    assert first.tiers == (("a", "b"),)
    assert not ways(table)[1].exact


def test_who_is_more_is_worth_no_less_and_shares_heed_it() -> None:
    """A dummy d beside a in [4, 6] adds between 0 and 6 - 4 to a, not between 4 - 6 and 6 - 4; half of that counts."""
    found = [worth("a", 4.0, 6.0), worth("d", 0.0, 0.0), worth("ad", 4.0, 6.0)]
    shares = [ways(tabled("ad", found, nested=nested))[0].shares["d"] for nested in (True, False)]
    assert [(one.low, one.found, one.high) for one in shares] == [(0.0, 0.0, 1.0), (-1.0, 0.0, 1.0)]


@pytest.mark.parametrize(
    ("pairs", "told"), [((6.0, 6.0), "yes"), ((6.0, 7.0), "not known"), ((7.0, 7.0), "no")]
)
def test_a_core_is_said_to_be_there_only_where_that_is_sure(pairs: tuple[float, float], told: str) -> None:
    """Three who are worth 10 together have a core just where pairs are worth at most 20/3 each."""
    low, high = pairs
    found = [worth(one, 0.0, 0.0) for one in "abc"]
    found += [worth(two, low, high) for two in ("ab", "ac", "bc")] + [worth("abc", 10.0, 10.0)]
    assert core(tabled("abc", found)).exists == told


def test_a_gain_that_may_be_is_told_apart_from_one_that_is() -> None:
    values = {("a",): Between(low=1.0, found=1.0, high=4.0), ("b",): exactly(0.0), ("a", "b"): exactly(9.0)}
    (one,) = leaving(values, {"a": 3.0, "b": 6.0})
    assert (one.players, one.surely, one.gain.high) == (("a",), False, 1.0)


def test_more_partners_than_can_be_tried(monkeypatch: pytest.MonkeyPatch, base: Result, found: Deal) -> None:
    """Of two partners any pair of orders is all orders: the sampled value is the exact one, without error."""
    monkeypatch.setattr(deals, "MOST_EXACT", 1)
    drawn = deal(base, ask)
    (way,) = drawn.ways
    assert [way.shares[name].found for name in PAIR] == pytest.approx([50.0, 20.0])
    assert way.standard_error == pytest.approx({"buyer": 0.0, "seller": 0.0})
    assert (drawn.exact, drawn.core) == (False, None)
