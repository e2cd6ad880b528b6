"""The ways by which large campaigns are searched find on a small one what a plain search finds."""

from __future__ import annotations

from typing import Any

import pytest

import moonwright
from moonwright.explain import seek
from moonwright.explain.change import put
from moonwright.explain.whatif import Difference, Known, known, with_less, with_more
from moonwright.optimise.model import Model, with_row
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import at_most
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario


@pytest.fixture
def base(camp: Scenario) -> Known:
    """Goods alone: two launches of 3 t each bring 5 t, for 30 MUSD each."""
    data: dict[str, Any] = camp.model_dump(by_alias=True)
    data["launchers"]["rocket"]["price"] = "30 MUSD"
    data["vehicles"]["ship"]["seats"] = 0
    data["missions"] = {"come": {**data["missions"]["come"], "expends": ["ship"]}}
    data["demands"] = {"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": "5 t"}}
    scenario = Scenario.model_validate({**data, "crew": {}, "elements": {}})
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    assert plan.outcome.last.value == pytest.approx(60.0)
    return known(scenario, plan)


def one_fewer(problem: Problem, model: Model) -> Model:
    return with_row(model, "fewer", at_most((), [(column, 1.0) for column in problem.flights.values()], 1.0))


def by(found: Difference) -> tuple[str, float, float]:
    return found.outcome, pytest.approx(found.by.least), pytest.approx(found.by.most)


def test_more_room_saves_a_launch(base: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seek, "LARGE", 0)
    roomy = put(base.scenario, ("vehicles", "ship", "room", "total"), Datum(5000.0))
    assert by(with_more(base, roomy, 10.0)) == ("plan", -30.0, -30.0)


def test_what_is_kept_from_a_month_goes_in_another(base: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seek, "LARGE", 0)
    period = base.network.arcs[next(iter(base.recalled.arcs.values()))].depart

    def not_then(problem: Problem, model: Model) -> Model:
        terms = [
            (problem.flights[a], 1.0) for a, arc in enumerate(problem.network.arcs) if arc.depart == period
        ]
        return with_row(model, "not then", at_most((), terms, 0.0))

    assert by(with_less(base, not_then, 10.0, around=period)) == ("plan", 0.0, 0.0)


def test_what_cannot_be_done_without_is_impossible(base: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seek, "LARGE", 0)
    assert with_less(base, one_fewer, 10.0).outcome == "impossible"
