"""What must hold whatever the sky costs by day: plans are certified, dearer skies help nobody, dearer days are refused."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.campaigns import counted
from laws.skies import STATED, Noun, days, expedition, steady, under
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.optimise import optimise
from moonwright.plan import Plan
from moonwright.simulate.replay import replay
from moonwright.world.passage import Table
from moonwright.world.world import World

FREIGHT: Noun = {"kind": "deliver", "node": "base", "resource": "food", "amount": "6 t"}
CREW: Noun = {"kind": "crew", "node": "base", "count": 2, "from": "2031-04-01", "until": "2031-05-01"}
RESERVE: Noun = {"kind": "reserve", "node": "base", "cover": "10 d"}
ALL = dict.fromkeys(STATED, Noun())


def planned(world: World) -> Plan | None:
    plan = optimise(expand(world), Limits(gap=0.0, time_s=60.0)).plan
    if plan is not None:
        assert replay(plan, world).violations == ()
    return plan


def worth(plan: Plan | None) -> float:
    assert plan is not None
    return plan.outcome.ranks[-1].value


@pytest.mark.parametrize("demands", [{"freight": FREIGHT}, {"crew": CREW, "reserve": RESERVE}])
def test_stating_what_would_be_computed_changes_nothing(demands: dict[str, Noun]) -> None:
    stated = under(expedition(months=5, **demands), {})
    told = expedition(computed=ALL, months=5, **demands)
    computed = under(told, {route: steady(told, route) for route in STATED})
    assert worth(planned(computed)) == pytest.approx(worth(planned(stated)), abs=1e-6)


def test_a_dearer_sky_makes_no_plan_cheaper() -> None:
    """The carrier brings 6 t at 900 m/s, by 12.8 t of fuel; each table costs more, until its tank of 14 t does not do."""
    found = []
    for more_m_s in (0.0, 100.0, 300.0, 600.0):
        told = expedition(computed={"out": {}}, freight=FREIGHT)
        plan = planned(under(told, {"out": steady(told, "out", more_m_s)}))
        found.append(float("inf") if plan is None else worth(plan))
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_a_flight_moved_to_a_dearer_day_is_refused() -> None:
    told = expedition(computed={"out": {}}, freight=FREIGHT)
    table = steady(told, "out")
    dear = table.burns_m_s.copy()
    dear[10:20] += 50.0
    world = under(told, {"out": Table(table.duration_d, dear)})
    plan = planned(world)
    assert plan is not None
    first = plan.flights[0]
    assert not 10 <= first.departure_d + 1.0 < 20
    moved = replaced(plan, first.name, 12.0 - first.departure_d)
    assert "propellant" in {violation.rule for violation in replay(moved, world).violations}


def test_a_flight_moved_to_a_day_without_one_is_refused() -> None:
    told = expedition(computed={"out": {}}, freight=FREIGHT)
    table = steady(told, "out")
    durations = table.duration_d.copy()
    durations[10:20] = np.nan
    world = under(told, {"out": Table(durations, table.burns_m_s)})
    plan = planned(world)
    assert plan is not None
    first = plan.flights[0]
    moved = replaced(plan, first.name, 12.0 - first.departure_d)
    assert "window" in {violation.rule for violation in replay(moved, world).violations}


def replaced(plan: Plan, flight: str, later_d: float) -> Plan:
    flights = tuple(
        one.model_copy(
            update={"departure_d": one.departure_d + later_d, "arrival_d": one.arrival_d + later_d}
        )
        if one.name == flight
        else one
        for one in plan.flights
    )
    return plan.model_copy(update={"flights": flights})


@st.composite
def skies(draw: st.DrawFn, told: Noun) -> dict[str, Table]:
    """Tables for some of the routes: burns that swing with the Moon and jump, flight times that change, closed days."""
    tables = {}
    for route in draw(st.sets(st.sampled_from(sorted(STATED)), min_size=1)):
        burn_m_s, duration_d = STATED[route]
        chance = np.random.default_rng(draw(st.integers(0, 10**6)))
        day = np.arange(days(told))
        swing_m_s = draw(st.sampled_from([0.0, 40.0, 150.0]))
        burns = burn_m_s + swing_m_s * (1 + np.sin(2 * np.pi * (day / 27.3 + chance.random())))
        burns = np.ceil((burns + draw(st.sampled_from([0.0, 30.0])) * chance.random(len(day))) / 5) * 5
        spells = chance.integers(0, 1 + draw(st.sampled_from([0, 1])), size=len(day) // 6 + 1)
        durations = duration_d + 0.5 * np.repeat(spells, 6)[: len(day)]
        durations[chance.random(len(day)) < draw(st.sampled_from([0.0, 0.3, 0.8]))] = np.nan
        durations[draw(st.integers(0, 30))] = duration_d  # at least one day is open
        tables[route] = Table(durations, np.where(np.isnan(durations), np.nan, burns)[:, None])
    return tables


@st.composite
def worlds(draw: st.DrawFn) -> World:
    months = draw(st.integers(3, 5))
    some: dict[str, Noun] = {"freight": {**FREIGHT, "rank": 2}}
    if draw(st.booleans()):
        some |= {
            "crew": {**CREW, "from": f"2031-0{months - 1}-01", "rank": 1},
            "reserve": {**RESERVE, "rank": 1},
        }
        some["crew"]["until"] = draw(st.sampled_from([f"2031-0{months}-01", None]))
    tables = draw(skies(expedition(months=months)))
    within = draw(st.sampled_from(["0 m/s", "20 m/s", "200 m/s"]))
    asked = {route: {"within": within} for route in tables}
    return under(expedition(computed=asked, months=months, **some), tables)


SEEN: Counter[str] = Counter()


@given(worlds())
@counted(200)
def test_plans_under_any_sky_are_certified(world: World) -> None:
    plan = planned(world)
    if plan is not None and plan.flights:
        SEEN["people" if any(flight.crew for flight in plan.flights) else "freight"] += 1


def test_the_skies_were_not_too_hard_for_everything() -> None:
    assert SEEN["people"] >= 3
    assert SEEN["freight"] >= 3
