"""What coalitions are worth alone: small campaigns whose every value can be worked out by hand."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import moonwright
from moonwright.choose.result import Result, replayed
from moonwright.errors import StressError
from moonwright.optimise.highs import Limits
from moonwright.scenario.scenario import Scenario
from moonwright.stress.coalition import Asked, Worth, bounded, every, for_itself, worths
from worlds import Noun, cape_and_base, one_way, rocket

EXACT = Limits(0.0, 60.0)
JULY = date(2030, 7, 1)


def planned(told: Noun) -> Result:
    scenario = Scenario.model_validate(told)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return replayed("base", scenario, plan)


def market(**changes: Any) -> Noun:
    """One has the rocket (10 MUSD a launch), another the truck (5 MUSD), a third the wish: two tons of ore for 100 MUSD."""
    return cape_and_base(
        "market",
        {"start": "2030-01-01", "end": "2031-01-01", "periods": [{"length": "3 months"}]},
        partners={name: {"name": name} for name in ("rocketeer", "haulier", "wisher")},
        launchers={"rocket": {**rocket("2 t", "12 /yr", price="10 MUSD"), "owner": "rocketeer"}},
        vehicles={
            "truck": {"owner": "haulier", "dry_mass": "1 t", "room": {"total": "1 t"}, "price": "5 MUSD"},
        },
        missions={"haul": one_way("truck")},
        resources={"ore": {"supply_class": 6}},
        demands={
            "ore": {
                "kind": "deliver", "resource": "ore", "node": "base", "amount": "2 t",
                "rank": 1, "worth": {"wisher": "100 MUSD"},
            }
        },
        **changes,
    )  # fmt: skip


def value(base: Result, *members: str, **how: Any) -> Worth:
    return Asked(base, members, how.get("what", "value"), how.get("on"), EXACT).answer()


def test_only_all_together_are_worth_anything() -> None:
    """Two flights for 30 MUSD bring what is worth 100."""
    base = planned(market())
    for members in every(("rocketeer", "haulier", "wisher")):
        expected = 70.0 if len(members) == 3 else 0.0
        found = value(base, *members)
        assert (found.low, found.high) == pytest.approx((expected, expected))
        assert found.certified


def test_a_hard_demand_that_cannot_be_met_costs_without_end() -> None:
    told = market()
    told["demands"]["ore"]["rank"] = "hard"
    base = planned(told)
    assert value(base, "rocketeer", "haulier", "wisher", what="cost").low == pytest.approx(30.0)
    assert value(base, "rocketeer", "haulier", what="cost").high == pytest.approx(
        30.0
    )  # whoever wishes for it
    assert value(base, "rocketeer", "wisher", what="cost").low == math.inf


def test_what_the_whole_meets_must_be_met_for_its_cost_though_it_was_only_ranked() -> None:
    base = planned(market())
    assert value(base, "rocketeer", "haulier", "wisher", what="cost").high == pytest.approx(30.0)
    assert value(base, "rocketeer", "wisher", what="cost").low == math.inf


def test_a_reserve_binds_whoever_is_there_and_nobody_else() -> None:
    told = market()
    told["demands"]["safe"] = {"kind": "reserve", "node": "base", "cover": "30 d"}
    alone = for_itself(Scenario.model_validate(told), ["wisher"])
    assert (alone.demands["safe"].rank, alone.demands["ore"].rank) == ("hard", 1)


def test_from_a_date_on_what_was_done_counts_and_what_others_paid_does_not() -> None:
    """All is brought by July, for 20 MUSD of launches; then the wisher has 100 MUSD, and paid nothing itself."""
    told = market()
    told["demands"]["ore"]["until"] = "2030-07-01"
    base = planned(told)
    found = value(base, "wisher", on=JULY)
    assert (found.low, found.high) == pytest.approx((100.0, 100.0))
    assert value(base, "haulier", on=JULY).low == pytest.approx(-10.0)


def test_workers_change_nothing_and_answers_are_kept(tmp_path: Path) -> None:
    base = planned(market())
    coalitions = every(tuple(base.scenario.partners))
    one = worths(base, coalitions, "value", EXACT, kept=tmp_path / "one")
    two = worths(base, coalitions, "value", EXACT, workers=2, kept=tmp_path / "two")

    def bare(found: tuple[Worth, ...]) -> list[Worth]:
        return [worth.model_copy(update={"wall_s": 0.0}) for worth in found]

    assert bare(one) == bare(two)
    assert worths(base, coalitions, "value", EXACT, kept=tmp_path / "one") == one  # to the time that it took
    assert len(list((tmp_path / "one").iterdir())) == 7


def test_a_partner_that_nobody_knows() -> None:
    with pytest.raises(StressError, match="no partner 'nobody'; it has rocketeer, haulier, wisher"):
        worths(planned(market()), [("nobody",)], "value", EXACT)


def told(members: str, low: float, high: float) -> Worth:
    return Worth(members=tuple(members), what="value", low=low, high=high, certified=True)


def test_intervals_are_drawn_together_by_larger_and_smaller_coalitions() -> None:
    found = [told("a", 3.0, 9.0), told("b", 0.0, 1.0), told("ab", 2.0, 8.0)]
    assert [(one.low, one.high) for one in bounded(found, "ab")] == [(3.0, 8.0), (0.0, 1.0), (3.0, 8.0)]


def test_coalitions_come_in_the_order_of_a_game() -> None:
    assert every("abc") == (("a",), ("b",), ("a", "b"), ("c",), ("a", "c"), ("b", "c"), ("a", "b", "c"))
