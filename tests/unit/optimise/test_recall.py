"""A plan comes back as the columns that it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.model import assemble, dense
from moonwright.optimise.optimise import split
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import aims
from moonwright.optimise.recall import completed, recall
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from worlds import cape_and_base, one_way, rocket

TOY = Path(__file__).parents[3] / "examples" / "toy.yaml"


def crates(**changes: Any) -> Scenario:
    """Two crates of 2 t, each too big to share a ship of 3 t, for a base; launches are three days apart."""
    data = cape_and_base(
        "crates",
        {"start": "2030-01-01", "end": "2030-04-01"},
        launchers={"rocket": rocket("5 t", "6 /yr", turnaround="3 d", price="50 MUSD")},
        vehicles={"ship": {"owner": "a", "dry_mass": "1 t", "room": {"total": "3 t"}, "price": "10 MUSD"}},
        missions={"up": one_way("ship")},
        elements={"crate": {"owner": "a", "node": "base", "mass": "2 t", "quantity": 2}},
        demands={"d": {"kind": "build", "element": "crate", "count": 2, "by": "2030-02-01"}},
    )
    return Scenario.model_validate(data | changes)


def planned(scenario: Scenario) -> tuple[Problem, Plan]:
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return pose(expand(observe(scenario))), plan


def worth(problem: Problem, plan: Plan) -> float:
    """Least value of the last aim with the plan's whole decisions."""
    _, goals = aims(problem)
    costs = dense(problem, goals[-1].terms)
    values = completed(problem, assemble(problem), costs, recall(problem, plan))
    assert values is not None
    return float(costs @ values) + goals[-1].constant


def test_the_toy_costs_again_what_it_costs() -> None:
    assert worth(*planned(moonwright.load(TOY))) == pytest.approx(360.0)  # by hand: the file's own heading


def test_launches_set_apart_within_a_month_are_flights_of_one_arc() -> None:
    problem, plan = planned(crates())
    assert len({flight.departure_d for flight in plan.flights}) == 2
    found = recall(problem, plan)
    assert len(set(found.arcs.values())) == 1
    assert found.decided[problem.flights[found.arcs["up 1"]]] == 2.0
    assert worth(problem, plan) == pytest.approx(2 * (50 + 10))


def test_arcs_of_single_flights_take_one_each() -> None:
    problem, plan = planned(crates())
    (arc,) = set(recall(problem, plan).arcs.values())
    apart = pose(split(problem.network, arc, 2))
    assert len(set(recall(apart, plan).arcs.values())) == 2
    assert worth(apart, plan) == pytest.approx(2 * (50 + 10))


def test_the_day_of_completion_follows_from_the_decisions() -> None:
    problem, plan = planned(crates(objective={"minimise": ["finish", "cost"]}))
    finish = dense(problem, [(problem.finish, 1.0)])
    values = completed(problem, assemble(problem), finish, recall(problem, plan))
    assert values is not None
    assert values[problem.finish] == pytest.approx(31.0)  # both come by the end of January


def test_what_a_problem_does_not_know_is_a_stranger() -> None:
    problem, plan = planned(crates())
    moved = plan.model_copy(
        update={"flights": tuple(f.model_copy(update={"mission": "down"}) for f in plan.flights)}
    )
    found = recall(problem, moved)
    assert found.strangers == ("up 1", "up 2")
    assert completed(problem, assemble(problem), np.zeros(len(problem.columns.labels)), found) is None


def test_cargo_that_may_not_ride_makes_its_flight_a_stranger() -> None:
    _, plan = planned(crates())
    late = crates(
        elements={
            "crate": {"owner": "a", "node": "base", "mass": "2 t", "quantity": 2, "ready": "2030-02-15"}
        }
    )
    assert set(recall(pose(expand(observe(late))), plan).strangers) >= {"up 1", "up 2"}


def test_decisions_that_a_model_forbids_complete_to_nothing() -> None:
    problem, plan = planned(crates())
    model = assemble(problem)
    none = replace(
        model, row_upper=np.where(["cadence" in x for x in model.row_labels], 1.0, model.row_upper)
    )
    assert completed(problem, none, np.zeros(len(model.whole)), recall(problem, plan)) is None
