"""What must hold of any deal, in campaigns that are planned: names, ways of billing and strangers change nothing."""

from __future__ import annotations

import os
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from moonwright.stress.deal.deal import Deal, deal
from unit.stress.deal.markets import ask, market, planned
from worlds import Noun

# each example plans a dozen small campaigns
few = settings(max_examples=40 if os.environ.get("MOONWRIGHT_PROOF") == "1" else 3)

prices = st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(0, 20), st.integers(1, 200))


def priced(asked: tuple[int, int, int, int]) -> Noun:
    """The small market at other prices: the dear and the cheap rocket, the truck, and what the ore is worth."""
    dear, cheap, truck, worth = asked
    told = market()
    told["launchers"]["dear"]["price"] = f"{dear} MUSD"
    told["launchers"]["cheap"]["price"] = f"{cheap} MUSD"
    told["vehicles"]["truck"]["price"] = f"{truck} MUSD"
    told["demands"]["ore"]["worth"] = {"buyer": f"{worth} MUSD"}
    return told


def dealt(told: Noun) -> Deal:
    return deal(planned(told), ask)


def shares(found: Deal) -> dict[str, dict[str, float]]:
    return {way.name: {name: one.found for name, one in way.shares.items()} for way in found.ways}


def by_hand(asked: tuple[int, int, int, int]) -> dict[str, float]:
    """What each has alone, and half of what both gain together."""
    dear, cheap, truck, worth = asked
    alone = max(0.0, worth - 2.0 * (dear + truck), (worth / 2.0 - dear - truck))
    both = max(0.0, worth - 2.0 * (min(dear, cheap) + truck), worth / 2.0 - min(dear, cheap) - truck)
    return {"buyer": alone + (both - alone) / 2.0, "seller": (both - alone) / 2.0}


@few
@given(asked=prices)
def test_a_dummy_gets_nothing_and_changes_nothing(asked: tuple[int, int, int, int]) -> None:
    told = priced(asked)
    told["partners"]["stranger"] = {"name": "Stranger"}
    for name, found in shares(dealt(told)).items():
        assert found == pytest.approx({**by_hand(asked), "stranger": 0.0}, abs=1e-4), name


@few
@given(asked=prices)
def test_other_names_have_the_same_shares(asked: tuple[int, int, int, int]) -> None:
    def renamed(value: Any) -> Any:
        names = {"buyer": "zenith", "seller": "apex"}
        if isinstance(value, dict):
            return {names.get(key, key): renamed(one) for key, one in value.items()}
        return names.get(value, value) if isinstance(value, str) else value

    expected = by_hand(asked)
    for name, found in shares(dealt(renamed(priced(asked)))).items():
        assert found == pytest.approx({"zenith": expected["buyer"], "apex": expected["seller"]}, abs=1e-4), (
            name
        )


@few
@given(asked=prices, part=st.integers(0, 10))
def test_costs_split_into_two_bills_are_the_same_costs(asked: tuple[int, int, int, int], part: int) -> None:
    """Part of a truck's price is charged as the mission's, to the same payer."""
    told = priced(asked)
    moved = asked[2] * part / 10.0
    told["vehicles"]["truck"]["price"] = f"{asked[2] - moved} MUSD"
    told["missions"]["haul"]["price"] = f"{moved} MUSD"
    for name, found in shares(dealt(told)).items():
        assert found == pytest.approx(by_hand(asked), abs=1e-4), name
