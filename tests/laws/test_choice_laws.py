"""What must hold of choices, whatever the campaign: the past is never changed, and whatever is chosen is certified."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import moonwright
from moonwright.choose.alternatives import alternatives
from moonwright.choose.axis import AxisError, axis_of
from moonwright.choose.freeze import before
from moonwright.choose.onward import onward
from moonwright.choose.pareto import pareto
from moonwright.choose.pins import PinsError, pins_of, plan_pinned
from moonwright.choose.roles import distance, flown
from moonwright.network.period import cut
from moonwright.optimise.highs import Limits
from moonwright.plan import Plan, Rank
from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario

sys.path.insert(0, str(Path(__file__).parent))  # tests are imported by path: what stands beside them is not

from expeditions import Noun, expeditions

COUNT, FEW = 100, 5  # plans at `make proof`, and else
LIMITS = Limits(gap=0.02, time_s=20.0)
SLACK = 1e-3  # MUSD, kg or days


def seeded(proof: bool) -> settings:
    """The same campaigns each time. A failure is not made smaller: that would take minutes of solving."""
    return settings(
        max_examples=COUNT if proof else FEW,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


def first_plan(data: Noun) -> tuple[Scenario, Plan]:
    """A random scenario and a plan with flights in it."""
    scenario = Scenario.model_validate(data)
    assume(not check(scenario))
    plan = moonwright.plan(scenario, gap=LIMITS.gap, time_limit_s=LIMITS.time_s)
    assume(plan is not None and plan.flights)
    assert plan is not None
    return scenario, plan


def last_rank_where_earlier_agree(one: Plan, other: Plan) -> tuple[Rank, Rank] | None:
    """The last ranks of two plans, which can only be compared where those before are alike."""
    pairs = list(zip(one.outcome.ranks, other.outcome.ranks, strict=True))
    alike = all(a.kept == pytest.approx(b.kept, rel=1e-6, abs=1e-6) for a, b in pairs[:-1])
    return pairs[-1] if alike else None


def test_planning_onward_keeps_the_past_and_is_certified(proof: bool) -> None:
    """Where nothing has changed, the way onward is proven as good as the plan was, and the plan as good as it."""
    compared = 0

    @seeded(proof)
    @given(data=expeditions(), share=st.floats(0.0, 1.0))
    def each(data: Noun, share: float) -> None:
        nonlocal compared
        scenario, plan = first_plan(data)
        openings = [period.start_d for period in cut(scenario.horizon)][1:]
        day = openings[min(int(share * len(openings)), len(openings) - 1)]
        again = onward(scenario, plan, day, LIMITS).plan
        assert again is not None
        done, was = before(again, day), before(plan, day)
        for what in ("flights", "builds", "made", "reboosts", "purchases"):
            assert getattr(done, what) == getattr(was, what)
        assert moonwright.simulate(scenario, again).violations == ()
        if lasts := last_rank_where_earlier_agree(plan, again):
            compared += 1
            assert lasts[1].bound <= lasts[0].value + SLACK
            assert lasts[1].value >= lasts[0].bound - SLACK

    each()
    assert compared >= (COUNT if proof else FEW) // 2


def test_pins_never_make_a_plan_cheaper_and_are_certified(proof: bool) -> None:
    """Every flight pinned: the plan itself is a plan still. Every other one forbidden: no plan, or one no better."""
    compared = 0

    @seeded(proof)
    @given(expeditions())
    def each(data: Noun) -> None:
        nonlocal compared
        scenario, plan = first_plan(data)
        names = [flight.name for flight in plan.flights]
        kept = plan_pinned(scenario, pins_of(scenario, plan, names, []), LIMITS).plan
        assert kept is not None
        assert moonwright.simulate(scenario, kept).violations == ()
        try:
            fewer = plan_pinned(scenario, pins_of(scenario, plan, [], names[::2]), LIMITS).plan
        except PinsError:
            fewer = None
        for other in (kept, fewer):
            lasts = other and last_rank_where_earlier_agree(plan, other)
            if lasts:
                compared += 1
                assert lasts[1].value >= lasts[0].bound - SLACK

    each()
    assert compared >= (COUNT if proof else FEW) // 2


def test_alternatives_stay_within_what_is_allowed_and_are_certified(proof: bool) -> None:
    """No rank before the last is worse, the last by no more than was said; no two fly the same flights by role."""
    found_at_all = 0

    @seeded(proof)
    @given(expeditions())
    def each(data: Noun) -> None:
        nonlocal found_at_all
        scenario, plan = first_plan(data)
        found = alternatives(scenario, plan, within=0.2, count=2, limits=LIMITS)
        found_at_all += len(found.found)
        allowed = plan.outcome.last.value + 0.2 * abs(plan.outcome.last.value) + SLACK
        known = [flown(plan)]
        for one in found.found:
            assert moonwright.simulate(scenario, one.plan).violations == ()
            assert one.plan.outcome.last.value <= allowed
            for mine, his in zip(one.plan.outcome.ranks[:-1], plan.outcome.ranks[:-1], strict=True):
                assert mine.kept is not None
                assert mine.kept <= his.value + his.slack * abs(his.value) + 1e-3 * max(1.0, abs(his.value))
            nearest = min(distance(flown(one.plan), other) for other in known)
            assert one.from_nearest == nearest
            assert 1 <= nearest <= one.at_most
            known.append(flown(one.plan))

    each()
    assert found_at_all > 0


def test_points_of_a_front_do_not_beat_each_other(proof: bool) -> None:
    """From each point to the next, cost rises and the measure gets better; every one is certified, at its level."""
    fronts = 0

    @seeded(proof)
    @given(data=expeditions(), against=st.sampled_from(["crew-days", "finish", "partner:a"]))
    def each(data: Noun, against: str) -> None:
        nonlocal fronts
        scenario, plan = first_plan(data)
        try:
            axis = axis_of(scenario, against)
        except AxisError:
            assume(False)
        front = pareto(scenario, plan, axis, points=3, limits=LIMITS)
        fronts += 1
        assert front.points
        for point in front.points:
            assert point.result.run.violations == ()
            if point.level is not None:
                slack = SLACK * max(1.0, abs(point.measure))
                assert axis.sign * point.measure <= point.level + slack
        for one, other in pairwise(front.points):
            assert one.cost_musd <= other.cost_musd
            assert axis.sign * other.measure < axis.sign * one.measure

    each()
    assert fronts > 0
