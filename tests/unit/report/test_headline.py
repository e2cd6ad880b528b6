"""The first lines of the report say what a reader must know first."""

from dataclasses import replace
from typing import Any

import pytest

from moonwright.plan import Rank
from moonwright.report import lede
from moonwright.report.headline import figures, gap_words, verdict
from moonwright.simulate.run import Violation


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_verdict_names_flights_cost_closeness_and_shortfalls(campaign: Any) -> None:
    assert plain(verdict(campaign.subject)) == (
        "44 flights for 32.0 billion USD (2024 prices), within 2.3 % of the least possible cost, "
        "leave 1 demand short. An independent day-by-day replay found nothing wrong with the plan."
    )


def test_a_plan_that_breaks_its_promises_is_not_to_be_relied_on(campaign: Any) -> None:
    told = plain(verdict(campaign.broken().subject))
    assert told.startswith("Do not rely on this plan")
    assert "2 broken promises" in told


def test_shortfalls_come_first(campaign: Any) -> None:
    first = figures(campaign.subject)[0]
    assert (first.label, first.mood) == ("Shortfalls", "bad")
    assert plain(first.remark) == "Surface habitat at work by 1 Jan 2036: 31 days short"
    met = replace(campaign, plan=campaign.plan.model_copy(update={"shortfalls": ()}))
    first = figures(met.subject)[0]
    assert (first.value, first.remark) == ("None", "All demands met (4 of 4)")


def test_a_milestone_that_is_never_reached_is_said(campaign: Any) -> None:
    late = replace(campaign, run=replace(campaign.run, finish_d=None))
    (finish,) = (figure for figure in figures(late.subject) if figure.label == "Finish")
    assert (finish.value, finish.mood) == ("Not reached", "bad")


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (0.0, "the least possible"),
        (1e-9, "the least possible"),
        (float("inf"), "not proven to be near the least possible"),
        (0.0231, "within 2.3 % of the least possible"),
    ],
)
def test_gaps_in_plain_words(gap: float, told: str) -> None:
    assert plain(gap_words(Rank(name="cost", value=1, bound=1 - gap, gap=gap, unit="MUSD"))) == told


def test_what_later_aims_took_of_the_slack_is_no_longer_the_least_possible() -> None:
    """Cost was proven least at 100; 5 % of slack let it rise to 104: (104 - 100) / 104 = 3.8 %."""
    rank = Rank(name="cost", value=100.0, bound=100.0, gap=0.0, unit="MUSD", slack=0.05, kept=104.0)
    assert plain(gap_words(rank)) == "within 3.8 % of the least possible"
    assert gap_words(rank.model_copy(update={"kept": 100.0})) == "the least possible"


def test_a_cost_that_is_least_only_beside_an_earlier_aim_says_so(campaign: Any) -> None:
    finish = Rank(name="finish", value=3650.0, bound=3650.0, gap=0.0, unit="d")
    outcome = campaign.plan.outcome
    ranks = (*outcome.ranks[:-1], finish, outcome.last)
    plan = campaign.plan.model_copy(update={"outcome": outcome.model_copy(update={"ranks": ranks})})
    told = plain(verdict(replace(campaign, plan=plan).subject))
    assert "within 2.3 % of the least possible cost with finish held, leave" in told


def test_a_hard_demand_that_the_replay_finds_broken_is_no_met_demand(campaign: Any) -> None:
    found = Violation("demand", 10.0, "demands.habitat-by-2036", "is hard, and lacks 31 days")
    plan = campaign.plan.model_copy(update={"shortfalls": ()})
    first = figures(replace(campaign, plan=plan, run=replace(campaign.run, violations=(found,))).subject)[0]
    assert (first.label, plain(first.value), first.mood) == ("Shortfalls", "1 broken demand", "bad")


def test_crews_that_only_fly_are_not_nobody(campaign: Any) -> None:
    flown = replace(campaign, plan=campaign.plan.model_copy(update={"stays": ()}))
    assert lede.crew(flown.subject) == "Crews stay no longer than their own flights."
    assert lede.crew(campaign.empty().subject) == "Nobody lives off Earth in this plan."
