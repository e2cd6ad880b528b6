"""Stays of a plan that goes on from another: those of the past in its own words, later ones as they were found."""

from moonwright.choose.onward import rejoined
from moonwright.plan import Stay

PAST = {"up 1", "up 2", "down 1"}


def stay(count: int, arrived_d: float, leaves_d: float | None, up: str | None, down: str | None) -> Stay:
    return Stay(
        kind="crew", node="base", count=count, arrived_d=arrived_d, leaves_d=leaves_d, up=up, down=down
    )


def test_a_stay_that_is_over_is_kept() -> None:
    before = [stay(2, 10, 40, "up 1", "down 1")]
    found = [stay(1, 10, 40, "up 1", "down 1"), stay(1, 10, 40, "up 2", "down 1")]
    assert list(rejoined(before, found, PAST)) == before


def test_those_who_are_there_leave_as_was_found() -> None:
    before = [stay(2, 10, 90, "up 1", "down 7"), stay(1, 10, None, "up 2", None)]
    found = [stay(3, 10, 60, "up 1", "down 2")]
    assert list(rejoined(before, found, PAST)) == [
        stay(2, 10, 60, "up 1", "down 2"),
        stay(1, 10, 60, "up 2", "down 2"),
    ]


def test_a_group_may_leave_in_parts() -> None:
    before = [stay(3, 10, None, None, None)]
    found = [stay(1, 10, 60, None, "down 2"), stay(2, 10, 80, None, "down 3")]
    assert list(rejoined(before, found, PAST)) == found


def test_who_comes_later_comes_as_was_found() -> None:
    found = [stay(2, 70, None, "up 3", None)]
    assert list(rejoined([stay(2, 10, 40, "up 1", "down 1")], found, PAST))[1:] == found
