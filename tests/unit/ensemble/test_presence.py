"""Crew presence over trials that can be counted by hand."""

import math

from moonwright.ensemble.presence import any_lost, lost_by_day, presences
from unit.ensemble.samples import sample

FOUR = sample(
    4,
    crew_present_d=[[100, 0], [80, 0], [60, 0], [100, 0]],
    lost_presence_d=[[math.inf] * 2, [200, math.inf], [50, math.inf], [math.inf] * 2],
)


def test_loss_is_counted_at_places_that_have_a_crew() -> None:
    (base,) = presences(FOUR)
    assert base.node == "base"
    assert (base.crew_d.value, base.lost.value) == (85.0, 0.5)
    assert [q.value for q in base.lost_d] == [50.0, 200.0, math.inf]
    assert any_lost(FOUR).value == 0.5


def test_loss_by_day() -> None:
    assert [share.value for share in lost_by_day(FOUR, "base", [49, 50, 199, 200, 365])] == [
        0,
        0.25,
        0.25,
        0.5,
        0.5,
    ]
    assert lost_by_day(FOUR, "gate", [365])[0].value == 0.0


def test_a_place_where_nobody_came_though_somebody_should_have_is_told() -> None:
    told = presences(sample(2, lost_presence_d=[[math.inf, 10], [math.inf, 10]]))
    assert [p.node for p in told] == ["gate"]
    assert told[0].lost.value == 1.0
