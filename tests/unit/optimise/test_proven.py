"""What is proven of a plan found among fewer choices: the bounds of all choices, and no more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from moonwright.optimise.highs import Answer
from moonwright.optimise.proven import proven
from moonwright.optimise.ranks import Found
from moonwright.plan import Rank, Stopped


def rank(name: str, value: float, bound: float, stopped: Stopped = "gap") -> Rank:
    return Rank(name=name, value=value, bound=bound, gap=(value - bound) / value, unit="", stopped=stopped)


def found(*ranks: Rank) -> Found:
    last = ranks[-1]
    answer = Answer("optimal", np.ones(1), last.value, last.bound, last.gap, 1.0, 1.0, last.stopped)
    return Found(answer, ranks, "")


def test_a_bound_is_that_of_the_freer_search() -> None:
    """100 against a bound of 90 that holds for all: a gap of 10 %, where 1 % was asked."""
    told = proven(found(rank("cost", 100.0, 100.0)), [rank("cost", 95.0, 90.0)], gap=0.01)
    assert (told.ranks[0].bound, told.ranks[0].stopped) == (90.0, "wear")
    assert told.ranks[0].gap == pytest.approx(0.1)
    assert (told.answer.status, told.answer.bound, told.answer.stopped) == ("feasible", 90.0, "wear")


def test_a_bound_within_the_gap_asked_for_is_enough() -> None:
    told = proven(found(rank("cost", 100.0, 99.9)), [rank("cost", 99.5, 99.5)], gap=0.01)
    assert (told.ranks[0].bound, told.ranks[0].stopped, told.answer.status) == (99.5, "gap", "optimal")


def test_a_limit_that_ended_the_search_is_still_told() -> None:
    told = proven(found(rank("cost", 100.0, 70.0, "time")), [rank("cost", 95.0, 60.0)], gap=0.01)
    assert (told.ranks[0].bound, told.ranks[0].stopped) == (60.0, "time")


def test_nothing_is_proven_behind_a_rank_that_became_worse() -> None:
    """The freer search paid 95 with 2 short; with 3 short, nobody knows how little would do."""
    freer = [rank("shortfall 1", 2.0, 2.0), rank("cost", 95.0, 90.0)]
    told = proven(found(rank("shortfall 1", 3.0, 3.0), rank("cost", 80.0, 80.0)), freer, gap=0.01)
    assert [one.bound for one in told.ranks] == [2.0, -math.inf]
    assert told.ranks[1].gap == math.inf
