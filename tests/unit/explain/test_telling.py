"""Answers in words: exact ones plainly, others with their interval, and nothing claimed that nobody knows."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from moonwright.explain.binding import Binding, Bindings
from moonwright.explain.purpose import Lack, Purpose
from moonwright.explain.step import Step
from moonwright.explain.telling import binding_lines, purpose_lines, unused_lines
from moonwright.explain.unused import Unused
from moonwright.explain.whatif import Difference, Interval
from moonwright.plan import Plan, Shortfall
from moonwright.scenario.scenario import Scenario

FREE = Interval(-math.inf, math.inf)
NONE = Difference("unknown", "cost", "MUSD", FREE, FREE, FREE, None, None)


def by(least: float, most: float, found: float | None, plan: Plan, rank: str = "cost") -> Difference:
    unit = "MUSD" if rank == "cost" else "weighted"
    return Difference("plan", rank, unit, FREE, FREE, Interval(least, most), found, plan)


def told(scenario: Scenario, plan: Plan, gain: Difference) -> str:
    step = Step(("launchers", "rocket", "cadence"), 1.0, "one more launch of rocket a year")
    one = Binding(step, 12.0, 13.0, ("cadence[rocket,2030]",), 0.0, 5.0, gain)
    unasked = replace(one, gain=None)
    again = by(-7.0, 0.0, -3.0, plan)
    lines = binding_lines(scenario, plan.outcome.last, Bindings("cost", "MUSD", again, (one,), (unasked,)))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("least", "most", "found", "words"),
    [
        (-50.0, -50.0, -50.0, "saves 50 MUSD, exactly"),
        (0.0, 0.0, 0.0, "one step more saves nothing, as is proven"),
        (
            -70.0,
            -20.0,
            -50.0,
            "a plan was found that saves 50 MUSD; what it is worth is between 20 and 70 MUSD",
        ),
        (-70.0, 0.0, 0.0, "no saving was found; what it is worth is between 0 and 70 MUSD"),
        (-70.0, math.inf, None, "no plan was found in the time given; it saves at most 70 MUSD"),
        (-math.inf, math.inf, None, "no plan was found in the time given; no bound is known"),
    ],
)
def test_what_a_step_is_worth(
    camp: Scenario, plan: Plan, least: float, most: float, found: float | None, words: str
) -> None:
    text = told(camp, plan, by(least, most, found, plan))
    assert words in text
    assert "launchers.rocket.cadence: 12 /yr -> 13 /yr" in text
    assert "may be 10 MUSD from the best one possible" in text
    assert "planning again with nothing changed found a plan that saves 3 MUSD" in text
    assert "not asked about in the time given (1)" in text


@pytest.mark.parametrize(
    ("least", "most", "found", "words"),
    [
        (50.0, 50.0, 50.0, "50 MUSD more, exactly"),
        (0.0, 0.0, 0.0, "nothing is lost"),
        (
            20.0,
            70.0,
            50.0,
            "a plan was found that takes 50 MUSD more; what is lost is between 20 and 70 MUSD",
        ),
        (0.0, 70.0, 0.0, "a plan was found that is as good; what is lost is between 0 and 70 MUSD"),
        (0.0, 70.0, -5.0, "a better plan was found, by chance; what is lost is between 0 and 70 MUSD"),
        (0.0, math.inf, None, "no plan was found in the time given; what would be lost is not known"),
        (20.0, math.inf, None, "no plan was found in the time given; what would be lost is at least 20 MUSD"),
    ],
)
def test_what_would_be_lost(plan: Plan, least: float, most: float, found: float | None, words: str) -> None:
    idle = Unused("tug", "vehicle", (), (), by(least, most, found, plan))
    assert words in "\n".join(unused_lines(idle))


def test_demands_that_fall_short_are_named_by_their_rank(plan: Plan) -> None:
    short = {"amount": 3.0, "unit": "t", "from_d": 0.0, "until_d": 9.0}
    lacking = plan.model_copy(
        update={
            "shortfalls": (
                Shortfall(demand="goods", rank=1, **short),
                Shortfall(demand="goods", rank=1, **short),
                Shortfall(demand="later", rank=2, **short),
            )
        }
    )
    idle = Unused("tug", "vehicle", (), (), by(6.0, 6.0, 6.0, lacking, rank="shortfall 1"))
    text = "\n".join(unused_lines(idle))
    assert "goods falls short by 6 t (shortfall 1 rises by 6 weighted)" in text
    assert "later" not in text


def test_a_flight_without_which_there_is_no_plan(plan: Plan) -> None:
    gone = replace(NONE, outcome="impossible")
    found = Purpose(plan.flights[0], 1, (), gone, (Lack("crew", 91.0, "person-days"),), by(0, 0, 0, plan))
    text = "\n".join(purpose_lines(found))
    assert "come 1: the only flight of come" in text
    assert "there is no plan that meets every demand" in text
    assert "falls short of crew by 91 person-days" in text


def test_what_cannot_fly_and_what_does_fly() -> None:
    cannot = "\n".join(unused_lines(Unused("tug", "vehicle", (), ("no mission flies tug",), None)))
    assert cannot.splitlines() == ["tug cannot fly in this campaign:", "- no mission flies tug"]
    flies = "\n".join(unused_lines(Unused("tug", "vehicle", ("a 1", "a 2", "a 3", "a 4"), (), None)))
    assert flies == "tug is used, by 4 flights: a 1, a 2, a 3 and 1 more"
