"""How far data can be eased, by their kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import moonwright
from moonwright.explain.change import at, put
from moonwright.explain.ease import Scale
from moonwright.explain.lever import Lever
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario

TOY = Path(__file__).parents[3] / "examples" / "toy.yaml"
CADENCE = ("launchers", "big", "cadence")  # 4 a year
AMOUNT = ("demands", "water arrives", "amount")  # 1.7 t
READY = ("elements", "habitat", "ready")  # 1 March 2031
DUE = ("demands", "habitat stands", "by")  # 1 October 2031


@pytest.fixture(scope="module")
def toy() -> Scenario:
    return moonwright.load(TOY)


def eased(toy: Scenario, path: tuple[str, ...], size: float, *, up: bool) -> object:
    return Scale(toy, Lever(path, up)).eased(size)


def test_launches_a_year_come_whole(toy: Scenario) -> None:
    assert eased(toy, CADENCE, 0.2, up=True) is None  # 4.8 are still 4
    assert eased(toy, CADENCE, 0.25, up=True) == 5.0


def test_what_is_asked_for_shrinks_but_never_to_nothing(toy: Scenario) -> None:
    assert eased(toy, AMOUNT, 1.0, up=False) == 850.0
    smallest = eased(toy, AMOUNT, 50.0, up=False)
    assert isinstance(smallest, float)
    assert smallest == pytest.approx(1700 / 51, rel=0.01)


def test_dates_stay_within_the_horizon(toy: Scenario) -> None:
    assert eased(toy, READY, 0.1, up=False) == date(2031, 1, 24)  # 36 days before
    assert eased(toy, READY, 9.0, up=False) == date(2031, 1, 1)
    assert eased(toy, DUE, 9.0, up=True) == date(2032, 1, 1)


def test_sizes_are_years_for_dates_and_relative_to_the_smaller_value_for_numbers(toy: Scenario) -> None:
    assert Scale(toy, Lever(DUE, True)).size(date(2032, 9, 30)) == pytest.approx(1.0)
    assert Scale(toy, Lever(CADENCE, True)).size(Datum(6.0)) == pytest.approx(0.5)
    assert Scale(toy, Lever(AMOUNT, False)).size(Datum(850.0)) == pytest.approx(1.0)


def test_between_two_days_there_is_none(toy: Scenario) -> None:
    scale = Scale(toy, Lever(READY, False))
    assert scale.between(date(2031, 3, 1), date(2031, 2, 28)) is None
    assert scale.between(date(2031, 3, 1), date(2031, 2, 25)) == date(2031, 2, 27)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (CADENCE, Datum(7.0)),
        (DUE, date(2031, 12, 1)),
        (("demands", "water arrives", "from"), date(2031, 2, 1)),  # `from` is called otherwise in the models
        (("routes", "ascent", "to"), "base"),
        (("missions", "freight", "legs", 0, "route"), "landing"),
    ],
)
def test_what_is_put_at_a_path_is_found_there_and_nothing_else_changes(
    toy: Scenario, path: tuple[str | int, ...], value: object
) -> None:
    changed = put(toy, path, value)
    assert at(changed, path) == value
    assert put(changed, path, at(toy, path)) == toy
