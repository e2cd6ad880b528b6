"""How sure a partner must be that the others stay, by the mean of two outcomes."""

from __future__ import annotations

import math
from datetime import date

import pytest

from moonwright.stress.coalition import Worth
from moonwright.stress.deal.between import Between, exactly
from moonwright.stress.deal.dated import leverages, thresholds

DAY = date(2031, 1, 1)


@pytest.mark.parametrize(
    ("together", "alone", "stranded", "sure"),
    [
        (30.0, 10.0, -30.0, 2.0 / 3.0),  # 2/3 x 30 - 1/3 x 30 = 10
        (30.0, 10.0, 12.0, 0.0),  # even left alone it has more than had it never joined
        (30.0, 30.0, -30.0, 1.0),
        (30.0, 31.0, -30.0, math.inf),
        (30.0, 10.0, -math.inf, 1.0),  # its people could not be saved
    ],
)
def test_the_mean_of_staying_is_what_going_alone_gives(
    together: float, alone: float, stranded: float, sure: float
) -> None:
    (one,) = thresholds(DAY, {"p": exactly(stranded)}, {"p": together}, {"p": exactly(alone)})
    assert one.sure.found == pytest.approx(sure)


def test_what_is_known_of_either_bounds_it() -> None:
    left, alone = Between(low=-30.0, found=-30.0, high=-10.0), Between(low=10.0, found=10.0, high=20.0)
    (one,) = thresholds(DAY, {"p": left}, {"p": 30.0}, {"p": alone})
    assert (one.sure.low, one.sure.found, one.sure.high) == pytest.approx((20 / 40, 40 / 60, 50 / 60))


def test_a_price_lies_between_the_bounds_of_two_plans() -> None:
    def cost(members: str, low: float, high: float) -> Worth:
        return Worth(members=tuple(members), what="cost", low=low, high=high, certified=True)

    costs = [cost("ab", 9.0, 10.0), cost("a", 14.0, 15.0), cost("b", math.inf, math.inf)]
    known = {frozenset(one.members): one for one in costs}
    a, b = leverages(DAY, "ab", known, {"a": 4.0, "b": 6.0})
    assert (b.price.low, b.price.found, b.price.high) == (4.0, 5.0, 6.0)
    assert a.price == exactly(math.inf)
