"""What a result says of itself holds: ranks keep within their slack, and a limit on nodes leaves nothing to the clock."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moonwright
from moonwright.optimise import ranks, rolling
from moonwright.plan import Outcome, Plan
from moonwright.scenario.scenario import Scenario
from worlds import Noun, cape_and_base, one_way, rocket

HELD = 1e-5  # of a rank, beyond its slack: what its outcome says, and the days that the solver rounds


def base(**changes: Any) -> Scenario:
    """A base that two rockets supply: the dear one from April, the cheap one from May."""
    data = cape_and_base(
        "two rockets",
        {"start": "2030-01-01", "end": "2030-07-01"},
        launchers={
            "dear": rocket("5 t", "6 /yr", price="500 MUSD", first_flight="2030-04-01"),
            "cheap": rocket("5 t", "6 /yr", price="50 MUSD", first_flight="2030-05-01"),
        },
        vehicles={"ship": {"owner": "a", "dry_mass": "1 t", "room": {"total": "3 t"}}},
        missions={name: one_way("ship", by=name) for name in ("dear", "cheap")},
        resources={"goods": {"supply_class": 6}},
        elements={"hab": {"owner": "a", "node": "base", "mass": "2 t"}},
        demands={"d": {"kind": "build", "element": "hab", "by": "2030-07-01"}},
    )
    return Scenario.model_validate(data | changes)


DEAR_D, CHEAP_D = 120.0, 151.0  # the ends of April and May, in days from 1 January 2030
MASSES_T = (1.9, 1.83, 1.7, 1.58, 1.45, 1.37, 1.25, 1.18, 1.1, 1.03, 0.95, 0.82, 0.7, 0.55, 0.4)
ROOM_T_AND_PRICE_MUSD = {"small": (1.33, 71.0), "middle": (2.05, 83.0), "large": (2.9, 101.0)}


def crowded() -> Scenario:
    """Elements of awkward masses for ships of awkward sizes and prices: packing them takes a search."""
    ships = {
        name: {"owner": "a", "dry_mass": "1 t", "room": {"total": f"{room_t} t"}, "price": f"{musd} MUSD"}
        for name, (room_t, musd) in ROOM_T_AND_PRICE_MUSD.items()
    }
    missions = {ship: one_way(ship, by="cheap") for ship in ships}
    hut = {"owner": "a", "node": "base"}
    elements = {f"hut-{n}": {**hut, "mass": f"{mass_t} t"} for n, mass_t in enumerate(MASSES_T)}
    demands = {name: {"kind": "build", "element": name, "by": "2030-07-01"} for name in elements}
    launchers = {"cheap": rocket("5 t", "12 /yr")}
    return base(vehicles=ships, missions=missions, elements=elements, demands=demands, launchers=launchers)


@given(slack=st.floats(0.0, 1.0))
@settings(max_examples=15)
def test_an_earlier_aim_keeps_within_its_slack_and_what_it_gives_is_used(slack: float) -> None:
    """Standing in May instead of April saves 450 MUSD, and is 31/120 later: taken exactly where the slack allows it."""
    objective = {"minimise": ["finish", "cost"], "slack": f"{100 * slack} %"}
    scenario = base(objective=objective)
    plan = planned(scenario)
    outcome = plan.outcome
    finish, cost = outcome.ranks
    assert finish.value == pytest.approx(DEAR_D, abs=1e-3)
    assert (finish.slack, cost.slack) == (pytest.approx(slack), 0.0)
    within_slack(outcome)
    if abs(slack - (CHEAP_D - DEAR_D) / DEAR_D) > 1e-4:
        waits = slack > (CHEAP_D - DEAR_D) / DEAR_D
        assert cost.value == pytest.approx(50.0 if waits else 500.0)
        assert finish.kept is not None
        assert finish.kept > CHEAP_D - 1e-3 if waits else finish.kept < CHEAP_D - 1.0
        assert finish.kept == pytest.approx(moonwright.simulate(scenario, plan).finish_d, abs=1e-3)


@given(slack=st.floats(0.0, 1.0), wanted_t=st.floats(1.0, 60.0), rank=st.integers(1, 3))
@settings(max_examples=15)
def test_no_slack_loosens_a_shortfall(slack: float, wanted_t: float, rank: int) -> None:
    """Twelve launches bring 36 t; what is short stays least, however much its slack would save."""
    goods = {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{wanted_t} t", "rank": rank}
    objective = {"minimise": ["cost", "imleo"], "slack": f"{100 * slack} %"}
    outcome = planned(base(demands={"g": goods}, objective=objective)).outcome
    shortfall = outcome.ranks[0]
    assert shortfall.slack == 0.0
    assert shortfall.kept == pytest.approx(max(0.0, wanted_t - 36.0), abs=1e-4)
    within_slack(outcome)


def within_slack(outcome: Outcome) -> None:
    """Every earlier rank is, in the finished plan, no worse than it was found but for its slack."""
    for rank in outcome.ranks:
        assert rank.kept is not None
        assert rank.kept <= rank.value + rank.slack * abs(rank.value) + HELD * max(1.0, abs(rank.value))
        assert rank.bound <= rank.value + HELD * max(1.0, abs(rank.value))


def planned(scenario: Scenario, **limits: Any) -> Plan:
    """The plan, certified."""
    plan = moonwright.plan(scenario, gap=0.0, **{"time_limit_s": 60.0, **limits})
    assert plan is not None
    assert moonwright.simulate(scenario, plan).violations == ()
    return plan


def hurried(monkeypatch: pytest.MonkeyPatch, pace: float) -> None:
    """Let our clock run at another pace, as on a slower or a faster machine."""
    clock = time.perf_counter
    monkeypatch.setattr(time, "perf_counter", lambda: pace * clock())


def decisions(plan: Plan) -> Noun:
    """All of a plan but the seconds it took."""
    told: Noun = plan.model_dump(exclude={"outcome": {"wall_s", "first_plan_s"}})
    return told


@pytest.mark.parametrize("windows", [False, True])
def test_a_search_limited_by_nodes_gives_the_same_plan_at_any_pace(
    windows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without rolling windows; the search really stops at its nodes, before the least cost is proven."""
    if windows:
        monkeypatch.setattr(ranks, "LARGE", 0)
        monkeypatch.setattr(rolling, "WINDOW", 2)
    first = planned(crowded(), nodes=3, time_limit_s=3600.0)
    assert first.outcome.stopped == "nodes"
    assert first.outcome.last.gap > 0.0
    hurried(monkeypatch, 100.0)
    again = planned(crowded(), nodes=3, time_limit_s=3600.0)
    assert decisions(again) == decisions(first)


def test_when_the_clock_cuts_a_search_limited_by_nodes_the_outcome_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A clock a million times too fast: the net of an hour is reached at once, though the least cost is found."""
    hurried(monkeypatch, 1e6)
    outcome = planned(base(), nodes=10**6, time_limit_s=3600.0).outcome
    assert (outcome.last.value, outcome.stopped) == (pytest.approx(50.0), "time")
