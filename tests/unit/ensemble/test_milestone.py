"""Milestones over trials that can be counted by hand."""

import math

import numpy as np
import pytest

from moonwright.ensemble.milestone import all_on_time, by_day, milestones
from unit.ensemble.samples import sample

# The first: on days 90, 100, 110 and never. The second: always on day 290 but the last time, on day 310.
FOUR = sample(4, milestone_d=[[90.0, 290.0], [100.0, 290.0], [110.0, 290.0], [math.inf, 310.0]])


def test_shares_are_those_counted_by_hand() -> None:
    first, second = milestones(FOUR)
    assert (first.name, first.due_d) == ("habitat stands", 100.0)
    assert (first.on_time.value, first.ever.value) == (0.5, 0.75)
    assert (second.on_time.value, second.ever.value) == (0.75, 1.0)
    assert all_on_time(FOUR).value == 0.5


def test_a_milestone_that_is_never_met_spreads_to_never() -> None:
    first, _ = milestones(FOUR)
    assert [q.value for q in first.met_d] == [90.0, 100.0, math.inf]
    assert [q.value for q in first.margin_d] == [-math.inf, -10.0, 10.0]


@pytest.mark.parametrize(("day_d", "share"), [(0, 0.0), (89.5, 0.0), (90, 0.25), (105, 0.5), (365, 0.75)])
def test_by_a_day_counts_what_was_met_no_later(day_d: float, share: float) -> None:
    assert by_day(FOUR, 0, [day_d])[0].value == share


def test_probabilities_by_date_never_fall() -> None:
    rng = np.random.default_rng(3)
    drawn = sample(200, milestone_d=rng.exponential(200, size=(200, 2)))
    told = [share.value for share in by_day(drawn, 1, range(0, 366, 5))]
    assert told == sorted(told)
    assert told[0] < 0.1 < told[-1]
