"""Manifests of planned campaigns: what one flight may carry, who leaves first, and what the planner is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from moonwright.network.expand import expand
from moonwright.network.network import Network
from moonwright.optimise.hold import hold_of
from moonwright.optimise.pack import Refusal, pack
from moonwright.optimise.packing_cut import carried_together
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.manifest import Load, fits
from moonwright.world.observe import observe
from worlds import Noun, best, cape_and_base, one_way, rocket


def base(**changes: Any) -> Noun:
    """Half a year; a rocket lifts a truck of 3 t, six times a year, launches at least ten days apart."""
    data = cape_and_base(
        "manifests",
        {"start": "2030-01-01", "end": "2030-07-01", "periods": [{"length": "3 months"}]},
        launchers={"rocket": rocket("9 t", "12 /yr", turnaround="10 d", price="50 MUSD")},
        vehicles={
            "truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "3 t"}, "price": "10 MUSD"},
            "sled": {"owner": "a", "dry_mass": "1 t", "room": {"total": "2 t"}, "price": "5 MUSD"},
        },
        missions={"haul": one_way("truck")},
        resources={
            "water": {"supply_class": 2, "life_critical": True, "price": "1 MUSD"},
            "goods": {"supply_class": 6, "price": "1 MUSD"},
        },
    )
    return data | changes


def train(**changes: Any) -> Noun:
    """The same with a truck of 3 t and a sled of 2 t behind one another in one stack."""
    data = base(**changes)
    data["missions"]["haul"] = one_way("truck", "sled")
    return data


def hut(mass: str, quantity: int = 1, **more: Any) -> Noun:
    return {"owner": "a", "node": "base", "mass": mass, "quantity": quantity, **more}


def built(name: str, count: int) -> Noun:
    return {"kind": "build", "element": name, "count": count, "by": "2030-07-01"}


def delivered(name: str, amount: str) -> Noun:
    return {"kind": "deliver", "resource": name, "node": "base", "amount": amount}


def planned(data: Noun) -> Plan:
    """The best plan; there is one."""
    plan = best(data)
    assert plan is not None
    return plan


def network(data: Noun) -> Network:
    return expand(observe(Scenario.model_validate(data)))


def aboard(plan: Plan, resource: str) -> list[float]:
    """kg of a resource on each flight, by departure."""
    flights = sorted(plan.flights, key=lambda flight: flight.departure_d)
    return [sum(c.mass_kg for c in flight.cargo if c.resource == resource) for flight in flights]


def test_what_keeps_people_alive_is_spread_over_the_flights_of_a_period() -> None:
    """Two flights for 2.5 t of hut and 2 t of goods and 1 t of water: half a tonne of it on each."""
    data = base(
        horizon={"start": "2030-01-01", "end": "2030-04-01", "periods": [{"length": "3 months"}]},
        elements={"hut": hut("2.5 t")},
        demands={
            "h": {**built("hut", 1), "by": "2030-04-01"},
            "w": delivered("water", "1 t"),
            "g": delivered("goods", "2 t"),
        },
    )
    assert aboard(planned(data), "water") == pytest.approx([500.0, 500.0], abs=0.1)


def test_where_it_cannot_be_spread_the_flight_with_most_of_it_leaves_first() -> None:
    """A hut of 2.9 t leaves 100 kg of its flight for water; the other 900 kg go ahead, ten days before."""
    data = base(
        horizon={"start": "2030-01-01", "end": "2030-04-01", "periods": [{"length": "3 months"}]},
        elements={"hut": hut("2.9 t")},
        demands={"h": {**built("hut", 1), "by": "2030-04-01"}, "w": delivered("water", "1 t")},
    )
    plan = planned(data)
    assert aboard(plan, "water") == pytest.approx([900.0, 100.0], abs=0.1)
    days = sorted(flight.departure_d for flight in plan.flights)
    assert days[1] - days[0] >= 10.0


def test_of_two_missions_on_one_day_the_one_with_what_is_life_critical_leaves_first() -> None:
    """A truck brings parts to the base, a sled water: both at the end of the quarter, ten days apart."""
    data = base(
        horizon={"start": "2030-01-01", "end": "2030-04-01", "periods": [{"length": "3 months"}]},
        demands={
            "f": {"kind": "fly", "mission": "haul"},
            "s": {"kind": "fly", "mission": "slide"},
            "h": {**built("hut", 1), "by": "2030-04-01"},
            "w": delivered("water", "2 t"),
        },
        elements={"hut": hut("2.9 t")},
    )
    data["missions"]["slide"] = one_way("sled")
    plan = planned(data)
    missions = [flight.mission for flight in sorted(plan.flights, key=lambda flight: flight.departure_d)]
    assert missions == ["slide", "haul"]


@pytest.mark.parametrize(
    ("items_t", "goods_kg"),
    [
        ([2.0, 2.0], 900.0),
        ([2.0, 2.0], 1100.0),
        ([2.5], 2400.0),
        ([1.5, 1.5, 1.5], 300.0),
        ([3.0, 1.5], 500.0),
    ],
)
def test_a_stack_with_two_rooms_carries_what_the_replay_says_fits(
    items_t: list[float], goods_kg: float
) -> None:
    """Rooms of 3 t and of 2 t: what a hold says of one flight is what the replay's search over rooms says."""
    kinds = {f"e{n}": hut(f"{mass} t") for n, mass in enumerate(items_t)}
    data = train(elements=kinds, demands={"g": delivered("goods", "1 t"), **{e: built(e, 1) for e in kinds}})
    found, scenario = network(data), Scenario.model_validate(data)
    arc = found.arcs[0]
    totals = np.array(
        [1.0 if x.kind == "element" else goods_kg if x.name == "goods" else 0.0 for x in arc.itinerary.loads]
    )
    elements = tuple(scenario.elements.values())
    rooms = tuple(v.room for v in scenario.vehicles.values() if v.room)
    expected = fits(Load({"pressurised": goods_kg}, elements, 0, 0.0, 0.0, {}), rooms)
    assert (not isinstance(pack(0, arc, 1, totals, scenario), Refusal)) == expected


def test_items_that_fit_two_rooms_only_in_sum_fly_apart() -> None:
    """Two huts of 2.4 t: 4.8 t in 5 t of room, but the sled takes 2 t. The planner is told, and sends two flights."""
    data = train(elements={"hut": hut("2.4 t", quantity=2)}, demands={"h": built("hut", 2)})
    plan = planned(data)
    assert [len(flight.items) for flight in plan.flights] == [1, 1]


def test_a_room_takes_no_more_than_its_parts_together() -> None:
    """3 t in all, but 0.4 t inside and 1 t outside: what may ride in either still takes two flights for 1.5 t."""
    data = base(demands={"g": delivered("gas", "1.5 t")})
    data["resources"]["gas"] = {"supply_class": 1, "storage": "tank"}
    data["vehicles"]["truck"]["room"] |= {"pressurised": "0.4 t", "unpressurised": "1 t"}
    assert len(planned(data).flights) == 2


def test_a_refusal_tells_what_holds_for_every_flight() -> None:
    """Ten huts of 1 t in trucks of 3 t: three a flight. Huts of 0.8 t go by three too, and so in any mixture."""
    data = base(
        elements={"a": hut("1 t", 6), "b": hut("0.8 t", 6)},
        demands={"a": built("a", 6), "b": built("b", 6)},
    )
    found, scenario = network(data), Scenario.model_validate(data)
    arc = found.arcs[0]
    numbers = {"a": 5.0, "b": 5.0}
    totals = np.array([numbers.get(load.name, 0.0) for load in arc.itinerary.loads])
    refusal = pack(7, arc, 3, totals, scenario)
    assert isinstance(refusal, Refusal)
    assert (refusal.arc, refusal.flights, refusal.enough) == (7, 3, 4)
    assert refusal.cut is not None
    weights = {load.name: w for load, w in zip(arc.itinerary.loads, refusal.cut.weights, strict=True)}
    assert 5 * weights["a"] + 5 * weights["b"] > 3 * refusal.cut.most
    for a, b in [(3, 0), (2, 1), (1, 2), (0, 3)]:  # all that a flight can carry at most, by hand
        assert a * weights["a"] + b * weights["b"] <= refusal.cut.most


def test_hold_groups_water_by_where_it_alights() -> None:
    data = base(demands={"w": delivered("water", "1 t"), "g": delivered("goods", "1 t")})
    found, scenario = network(data), Scenario.model_validate(data)
    itinerary = found.itineraries[0]
    (group,) = hold_of(scenario, itinerary).critical
    assert [itinerary.loads[i].name for i in group] == ["water"]


def test_the_page_tells_of_the_row_in_its_own_words() -> None:
    equation = (carried_together.__doc__ or "").strip().splitlines()[0]
    page = Path(__file__).parents[3] / "docs" / "model" / "manifests.md"
    assert f"### carried_together\n\n    {equation}\n" in page.read_text(encoding="utf-8")


def test_arcs_taken_apart_are_spread_as_one_group() -> None:
    """Items of which no row can say why two flights are too few (see tests/truth/test_bin_packing.py), and water.

    On three flights a third of the water goes with each, though the model speaks of each flight by itself.
    """
    items = {"44": ("440 kg", 2), "33": ("330 kg", 3), "12": ("120 kg", 6)}
    data = base(
        horizon={"start": "2030-01-01", "end": "2030-04-01", "periods": [{"length": "3 months"}]},
        elements={name: hut(mass, 11) for name, (mass, _) in items.items()},
        demands={
            **{name: {**built(name, number), "by": "2030-04-01"} for name, (_, number) in items.items()},
            "w": delivered("water", "30 kg"),
        },
    )
    data["vehicles"]["truck"]["room"] = {"total": "1320 kg"}
    data["launchers"]["rocket"]["turnaround"] = "0 d"
    assert aboard(planned(data), "water") == pytest.approx([10.0, 10.0, 10.0], abs=0.1)
