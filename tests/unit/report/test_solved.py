"""What the solver says of its work: nothing unproven passes for proven, and data stay JSON."""

import json
from typing import Any

import pytest

from moonwright.plan import Outcome, Rank, Stopped, Tolerances
from moonwright.report.page import report_html
from moonwright.report.solved import closely, ended, limits, repeatable, solved_data


def outcome(*stopped: Stopped, **more: Any) -> Outcome:
    """An outcome whose aims were ended so, one after the other."""
    ranks = tuple(Rank(name="cost", value=2.0, bound=1.0, gap=0.5, unit="MUSD", stopped=s) for s in stopped)
    told = {"status": "feasible", "solver": "HiGHS", "asked_gap": 0.01, "wall_s": 1.0, "stopped": stopped[-1]}
    return Outcome.model_validate({**told, "ranks": ranks, **more})


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("stopped", "nodes", "yes"),
    [
        (("gap",), 500, True),
        (("gap", "nodes"), 500, True),
        (("gap",), None, False),  # windows may have settled by the clock on the way
        (("time", "gap"), 500, False),
        (("gap", "time"), 500, False),
        (("interrupted", "gap"), 500, False),
    ],
)
def test_only_a_search_that_never_looked_at_the_clock_is_repeatable(
    stopped: tuple[Stopped, ...], nodes: int | None, yes: bool
) -> None:
    assert repeatable(outcome(*stopped, nodes=nodes)) is yes


@pytest.mark.parametrize(
    ("stopped", "told"),
    [
        ("gap", "reaching the gap asked for"),
        ("time", "the time limit of 180 s"),
        ("nodes", "the node limit of 1 500 a search"),
        ("interrupted", "an interruption"),
        ("wear", "the best plan whose vehicles surely fly no more often than they may"),
    ],
)
def test_what_ended_the_search_is_said_with_its_limit(stopped: Stopped, told: str) -> None:
    assert plain(ended(outcome(stopped, nodes=1500, time_limit_s=180.0))) == told


def test_limits_and_tolerances_in_words() -> None:
    assert (
        plain(limits(outcome("gap", nodes=1500, time_limit_s=180.0)))
        == "a gap of 1.0 %, 180 s, 1 500 nodes a search"
    )
    assert plain(limits(outcome("gap"))) == "a gap of 1.0 %"
    assert closely(Tolerances(feasibility=1e-8, integrality=1e-7, held=1e-6)) == (
        "rows and bounds within 1e−08 of their unit; whole numbers within 1e−07 while searching, "
        "exact in the plan; an aim that is held within a fraction of 1e−06"
    )


def test_what_is_not_proven_is_null_in_json() -> None:
    unproven = Rank(
        name="cost", value=2.0, bound=float("-inf"), gap=float("inf"), unit="MUSD", slack=0.1, kept=2.1
    )
    told = solved_data(outcome("time").model_copy(update={"ranks": (unproven,)}))
    (rank,) = json.loads(json.dumps(told, allow_nan=False))["ranks"]
    assert (rank["value"], rank["bound"], rank["gap"]) == (2.0, None, None)
    assert (rank["slack"], rank["kept"], rank["unit"]) == (0.1, 2.1, "MUSD")


def test_the_report_states_gap_slack_tolerances_and_what_ended_the_search(campaign: Any) -> None:
    ranks = (
        Rank(name="finish", value=100.0, bound=100.0, gap=0.0, unit="d", slack=0.05, kept=104.0),
        Rank(name="cost", value=200.0, bound=190.0, gap=0.05, unit="MUSD", kept=200.0, stopped="nodes"),
    )
    tolerances = Tolerances(feasibility=1e-8, integrality=1e-7, held=1e-6)
    found = outcome("nodes", nodes=1500, time_limit_s=3600.0, tolerances=tolerances, ranks=ranks)
    plan = campaign.plan.model_copy(update={"outcome": found})
    page = plain(report_html(campaign.scenario, plan, campaign.run, campaign.record))
    for told in (
        "5.0 %",
        "104.0",
        "the node limit of 1 500 a search",
        "1e−08",
        "yes: the clock decided nothing",
    ):
        assert told in page, told
