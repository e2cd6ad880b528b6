"""Random campaigns of items and supplies in random rooms: whatever is planned fits flight by flight, says the replay."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st

import moonwright
from moonwright.scenario.scenario import Scenario
from worlds import Noun, cape_and_base, one_way, rocket

FEW = settings(max_examples=settings.default.max_examples // 4 if settings.default else 12)


@st.composite
def rooms(draw: st.DrawFn) -> Noun:
    """Some are limited by kind, some by volume."""
    total = draw(st.integers(10, 40))
    room: Noun = {"total": f"{total * 100} kg"}
    for kind in ("pressurised", "unpressurised"):
        if draw(st.booleans()):
            room[kind] = f"{draw(st.integers(0, total)) * 100} kg"
    if draw(st.booleans()):
        room["volume"] = f"{draw(st.integers(5, 30))} m3"
    return room


@st.composite
def campaigns(draw: st.DrawFn) -> Noun:
    """One stack of one or two vehicles, two quarters, some of what is asked left undone where it must be."""
    ships = {
        name: {"owner": "a", "dry_mass": "1 t", "room": draw(rooms()), "price": "10 MUSD"}
        for name in ("truck", "sled")[: draw(st.integers(1, 2))]
    }
    items = {
        f"e{n}": {
            "owner": "a",
            "node": "base",
            "quantity": draw(st.integers(1, 4)),
            "mass": f"{draw(st.integers(2, 25)) * 100} kg",
            "room": draw(st.sampled_from(["pressurised", "unpressurised"])),
            "volume": draw(st.sampled_from([None, "1 m3", "4 m3", "7 m3"])),
        }
        for n in range(draw(st.integers(1, 3)))
    }
    ranked = {"rank": 1, "price": "1 MUSD"}
    goods = {name: draw(st.integers(0, 40)) * 100 for name in ("water", "parts", "gas")}
    return cape_and_base(
        "rooms",
        {"start": "2030-01-01", "end": "2030-07-01", "periods": [{"length": "3 months"}]},
        launchers={
            "rocket": rocket(
                f"{draw(st.integers(40, 90)) * 100} kg",
                f"{draw(st.integers(2, 8))} /yr",
                turnaround=draw(st.sampled_from(["0 d", "7 d"])),
                price="50 MUSD",
            )
        },
        vehicles=ships,
        missions={"haul": one_way(*ships)},
        resources={
            "water": {"supply_class": 2, "life_critical": True, "packing": "25 %"},
            "parts": {"supply_class": 4, "storage": "unpressurised"},
            "gas": {"supply_class": 1, "storage": "tank", "life_critical": True},
        },
        elements=items,
        demands={
            **{
                f"{name} built": {
                    "kind": "build",
                    "element": name,
                    "count": item["quantity"],
                    "by": "2030-06-01",
                    **ranked,
                }
                for name, item in items.items()
            },
            **{
                f"{name} brought": {
                    "kind": "deliver",
                    "resource": name,
                    "node": "base",
                    "amount": f"{kg} kg",
                    **ranked,
                }
                for name, kg in goods.items()
                if kg
            },
        },
    )


@given(data=campaigns())
@FEW
def test_what_is_planned_fits_every_flight(data: Noun) -> None:
    """The replay looks for rooms itself, and knows nothing of how flights were packed."""
    scenario = Scenario.model_validate(data)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=30.0)
    assert plan is not None
    assert moonwright.simulate(scenario, plan).violations == ()
    event(f"flights: {len(plan.flights)}")
    event(f"items on the fullest: {max((len(f.items) for f in plan.flights), default=0)}")
