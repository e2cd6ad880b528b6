"""Fronts of cost against something else, on campaigns whose plans can all be counted, or worked out by hand.

Partner a brings 3 t a flight for 150 MUSD, partner b 1 t for 60 MUSD; each launches at most six times in the half-year.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moonwright
from moonwright.choose.axis import AxisError, axis_of
from moonwright.choose.pareto import Front, pareto
from moonwright.optimise.highs import Limits
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

EXACT = Limits(gap=0.0, time_s=60.0)
SAME = 1e-3
FEW = settings(max_examples=6)  # each example is many solves


def rocket(owner: str) -> dict[str, Any]:
    return {
        "owner": owner,
        "site": "cape",
        "payload": {"base": "5 t"},
        "cadence": "6 /yr",
        "price": "50 MUSD",
    }


def half_year(**more: Any) -> Scenario:
    data: dict[str, Any] = {
        "name": "half a year",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-07-01"},
        "partners": {"a": {"name": "A"}, "b": {"name": "B"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "home": {"from": "base", "to": "sea", "duration": "4 d"},
        },
        "launchers": {"rocket a": rocket("a"), "rocket b": rocket("b")},
        **more,
    }
    return Scenario.model_validate(data)


def lander(owner: str, room_t: int, price: int) -> dict[str, Any]:
    return {"owner": owner, "dry_mass": "1 t", "room": {"total": f"{room_t} t"}, "price": f"{price} MUSD"}


def carries(launcher: str, vehicle: str) -> dict[str, Any]:
    return {"legs": [{"by": launcher, "carrying": [vehicle], "route": "up"}], "expends": [vehicle]}


def goods(tonnes: int) -> Scenario:
    return half_year(
        vehicles={"big": lander("a", 3, 100), "small": lander("b", 1, 10)},
        missions={"large": carries("rocket a", "big"), "little": carries("rocket b", "small")},
        resources={"goods": {"supply_class": 6}},
        demands={"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{tonnes} t"}},
    )


def best(scenario: Scenario) -> Plan:
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return plan


def front(scenario: Scenario, against: str, points: int, workers: int = 1) -> Front:
    axis = axis_of(scenario, against)
    return pareto(scenario, best(scenario), axis, points=points, limits=EXACT, workers=workers)


def pairs(found: Front) -> list[tuple[float, float]]:
    return [(point.cost_musd, point.measure) for point in found.points]


@given(tonnes=st.integers(1, 18), partner=st.sampled_from("ab"), points=st.integers(2, 6))
@FEW
def test_every_point_is_the_cheapest_at_its_level_and_none_is_beaten(
    tonnes: int, partner: str, points: int
) -> None:
    flights = [(x, y) for x, y in itertools.product(range(7), repeat=2) if 3 * x + y >= tonnes]
    plans = [(150.0 * x + 60.0 * y, 150.0 * x if partner == "a" else 60.0 * y) for x, y in flights]
    efficient = sorted({p for p in plans if not any(q[0] <= p[0] and q[1] <= p[1] and q != p for q in plans)})
    found = front(goods(tonnes), f"partner:{partner}", points)
    assert found.failed == ()
    for cost, measure in pairs(found):
        assert any(
            cost == pytest.approx(c, abs=SAME) and measure == pytest.approx(m, abs=SAME) for c, m in efficient
        )
    assert pairs(found)[0] == pytest.approx(efficient[0], abs=SAME)
    assert pairs(found)[-1] == pytest.approx(efficient[-1], abs=SAME)
    for (cost, measure), (dearer, better) in itertools.pairwise(pairs(found)):
        assert cost < dearer
        assert better < measure
    assert all(point.rank.gap <= 1e-6 and point.result.run.certified for point in found.points)


def test_any_number_of_workers_gives_the_same_answer() -> None:
    alone, together = (front(goods(11), "partner:a", 5, workers) for workers in (1, 2))
    assert pairs(alone) == pairs(together)
    assert [p.result.plan.flights for p in alone.points] == [p.result.plan.flights for p in together.points]
    assert alone.dominated == together.dominated


def test_crew_days_are_bought_by_the_seat() -> None:
    """Two are asked for in June: one flight, 150. In January it costs no more, and gives 150 d each; so does another."""
    scenario = half_year(
        vehicles={"ship": {"owner": "a", "dry_mass": "3 t", "seats": 2, "price": "100 MUSD"}},
        missions={
            "come": {"legs": [{"by": "rocket a", "carrying": ["ship"], "route": "up"}], "least_crew": 1},
            "go home": {"legs": [{"by": "ship", "route": "home"}]},
        },
        crew={"crew": {"owner": "a", "mass": "100 kg", "uses": {}, "rotation": {"longest": "400 d"}}},
        elements={"hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 4}}},
        initial={"elements": [{"element": "hut"}]},
        demands={"c": {"kind": "crew", "node": "base", "count": 2, "from": "2030-06-01"}},
    )
    found = front(scenario, "crew-days", 3)  # the hut has four berths
    assert pairs(found) == [pytest.approx((150.0, 300.0), abs=SAME), pytest.approx((300.0, 600.0), abs=SAME)]
    assert len(found.dominated) == 1  # whoever wants 450 d gets 600


def test_an_early_finish_costs_a_dearer_launcher() -> None:
    """b's lander brings the habitat for 60 but flies from April on; a's brings it in January for 150."""
    landers = {"big": lander("a", 3, 100), "small": {**lander("b", 3, 10), "ready": "2030-04-01"}}
    scenario = half_year(
        vehicles=landers,
        missions={"large": carries("rocket a", "big"), "little": carries("rocket b", "small")},
        elements={"hab": {"owner": "a", "node": "base", "mass": "2 t"}},
        demands={"d": {"kind": "build", "element": "hab", "by": "2030-07-01"}},
    )
    found = front(scenario, "finish", 4)
    assert pairs(found) == [pytest.approx((60.0, 120.0), abs=SAME), pytest.approx((150.0, 31.0), abs=SAME)]
    assert found.points[0].result.scenario.objective.minimise == ("cost", "finish")


@pytest.mark.parametrize(
    ("against", "words"),
    [
        ("finish", "nothing is asked to be built"),
        ("crew-days", "the scenario has no crew"),
        ("partner:c", "no partner 'c'; there are a, b"),
        ("mass", "'mass': cost is weighed against finish, crew-days or partner:NAME"),
    ],
)
def test_what_cost_cannot_be_weighed_against_is_told(against: str, words: str) -> None:
    with pytest.raises(AxisError, match=words):
        axis_of(goods(1), against)
