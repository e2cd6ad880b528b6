"""What must hold of choices, whatever the campaign: the past is never changed, and whatever is chosen is certified."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

import moonwright
from laws.expeditions import expedition
from moonwright.choose.alternatives import alternatives
from moonwright.choose.axis import AxisError, axis_of
from moonwright.choose.freeze import before
from moonwright.choose.onward import onward
from moonwright.choose.pareto import pareto
from moonwright.choose.pins import PinsError, pins_of, plan_pinned
from moonwright.choose.roles import distance, flown
from moonwright.errors import NoPlanError
from moonwright.network.period import cut
from moonwright.optimise.highs import Limits
from moonwright.plan import Plan, Rank
from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario

LIMITS = Limits(gap=0.05, time_s=60.0, nodes=200)
SLACK = 1e-3  # MUSD, kg or days


def planned(proof: bool, first_seed: int) -> Iterator[tuple[int, Scenario, Plan]]:
    """(seed, scenario, plan with flights in it) of random expeditions: a hundred at `make proof`, else a few."""
    left = 100 if proof else 3
    for seed in itertools.count(first_seed):
        scenario = Scenario.model_validate(expedition(seed))
        plan = None if check(scenario) else _plan(scenario)
        if plan is not None and plan.flights:
            yield seed, scenario, plan
            left -= 1
        if not left:
            return


def _plan(scenario: Scenario) -> Plan | None:
    try:
        return moonwright.plan(scenario, gap=LIMITS.gap, time_limit_s=LIMITS.time_s, nodes=LIMITS.nodes)
    except NoPlanError:
        return None


def last_ranks_where_earlier_agree(one: Plan, other: Plan) -> tuple[Rank, Rank] | None:
    """The last ranks of two plans, which can only be compared where those before are alike."""
    pairs = list(zip(one.outcome.ranks, other.outcome.ranks, strict=True))
    alike = all(a.kept == pytest.approx(b.kept, rel=1e-6, abs=1e-6) for a, b in pairs[:-1])
    return pairs[-1] if alike else None


def test_planning_onward_keeps_the_past_and_is_certified(proof: bool) -> None:
    """Where nothing has changed, the way onward is proven as good as the plan was, and the plan as good as it."""
    compared = 0
    for seed, scenario, plan in planned(proof, 10_000):
        openings = [period.start_d for period in cut(scenario.horizon)][1:]
        day = openings[seed % len(openings)]
        again = onward(scenario, plan, day, LIMITS).plan
        assert again is not None, seed
        done, was = before(again, day), before(plan, day)
        for what in ("flights", "builds", "made", "reboosts", "purchases"):
            assert getattr(done, what) == getattr(was, what), seed
        assert moonwright.simulate(scenario, again).violations == (), seed
        if lasts := last_ranks_where_earlier_agree(plan, again):
            compared += 1
            assert lasts[1].bound <= lasts[0].value + SLACK, seed
            assert lasts[1].value >= lasts[0].bound - SLACK, seed
    assert compared


def test_pins_never_make_a_plan_cheaper_and_are_certified(proof: bool) -> None:
    """Every flight pinned: the plan itself is a plan still. Every other one forbidden: no plan, or one no better."""
    compared = 0
    for seed, scenario, plan in planned(proof, 20_000):
        names = [flight.name for flight in plan.flights]
        kept = plan_pinned(scenario, pins_of(scenario, plan, names, []), LIMITS).plan
        assert kept is not None, seed
        assert moonwright.simulate(scenario, kept).violations == (), seed
        try:
            fewer = plan_pinned(scenario, pins_of(scenario, plan, [], names[::2]), LIMITS).plan
        except PinsError:
            fewer = None
        for other in (kept, fewer):
            lasts = other and last_ranks_where_earlier_agree(plan, other)
            if lasts:
                compared += 1
                assert lasts[1].value >= lasts[0].bound - SLACK, seed
    assert compared


def test_alternatives_stay_within_what_is_allowed_and_are_certified(proof: bool) -> None:
    """No rank before the last is worse, the last by no more than was said; no two fly the same flights by role."""
    found_at_all = 0
    for seed, scenario, plan in planned(proof, 30_000):
        found = alternatives(scenario, plan, within=0.2, count=2, limits=LIMITS)
        found_at_all += len(found.found)
        allowed = plan.outcome.last.value + 0.2 * abs(plan.outcome.last.value) + SLACK
        known = [flown(plan)]
        for one in found.found:
            assert moonwright.simulate(scenario, one.plan).violations == (), seed
            assert one.plan.outcome.last.value <= allowed, seed
            for mine, his in zip(one.plan.outcome.ranks[:-1], plan.outcome.ranks[:-1], strict=True):
                assert mine.kept is not None
                most = his.value + his.slack * abs(his.value) + 1e-3 * max(1.0, abs(his.value))
                assert mine.kept <= most, seed
            nearest = min(distance(flown(one.plan), other) for other in known)
            assert one.from_nearest == nearest, seed
            assert 1 <= nearest <= one.at_most, seed
            known.append(flown(one.plan))
    assert found_at_all


def test_points_of_a_front_do_not_beat_each_other(proof: bool) -> None:
    """From each point to the next, cost rises and the measure gets better; every one is certified, at its level."""
    fronts = 0
    for seed, scenario, plan in planned(proof, 40_000):
        try:
            axis = axis_of(scenario, ("crew-days", "finish", "partner:a")[seed % 3])
        except AxisError:
            continue
        front = pareto(scenario, plan, axis, points=3, limits=LIMITS)
        fronts += len(front.points) > 0
        for point in front.points:
            assert point.result.run.violations == (), seed
            if point.level is not None:
                slack = SLACK * max(1.0, abs(point.measure))
                assert axis.sign * point.measure <= point.level + slack, seed
        for one, other in itertools.pairwise(front.points):
            assert one.cost_musd <= other.cost_musd, seed
            assert axis.sign * other.measure < axis.sign * one.measure, seed
    assert fronts
