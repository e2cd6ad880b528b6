"""Scenarios made impossible on purpose: the conflict names what was planted, and the first repair makes a plan possible.

What was planted is known from how each scenario is made, and with it at least one datum that the conflict must name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import moonwright
from moonwright.explain.change import put
from moonwright.explain.ladder import why_not
from moonwright.scenario.datum import Datum
from moonwright.scenario.horizon import PeriodRule
from moonwright.scenario.scenario import Scenario

EXAMPLES = Path(__file__).parents[2] / "examples"
Noun = dict[str, Any]
TIME_LIMIT_S = 300.0  # a few seconds are enough, but not where other work goes on beside the tests


def toy(*path: str | int, value: Any) -> Scenario:
    """The toy example with one value changed."""
    return put(moonwright.load(EXAMPLES / "toy.yaml"), path, value)


def interval(**ends: date) -> Any:
    """An outage of the kind that launchers have."""
    from moonwright.scenario.noun import Interval

    return Interval.model_validate({key.rstrip("_"): day for key, day in ends.items()})


def camp(**changes: Any) -> Scenario:
    """Half a year at a base with a hut for two; a ship that flies people there and home."""
    data: Noun = {
        "name": "camp",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-07-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "station": {"kind": "orbit", "body": "earth", "altitude": "400 km"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        "launchers": {"rocket": rocket()},
        "vehicles": {"ship": ship()},
        "missions": {
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
            "go": {"legs": [{"by": "ship", "route": "down"}]},
        },
        "crew": {"person": person()},
        "resources": {"goods": {"supply_class": 6}, "fuel": {"supply_class": 1, "storage": "tank"}},
    }
    return Scenario.model_validate({**data, **changes})


def rocket(**more: Any) -> Noun:
    lifts = {"payload": {"base": "5 t"}, "cadence": "12 /yr", "price": "50 MUSD"}
    return {"owner": "a", "site": "cape", **lifts, **more}


def ship(**more: Any) -> Noun:
    return {
        "owner": "a",
        "dry_mass": "1 t",
        "seats": 2,
        "room": {"total": "3 t"},
        "price": "100 MUSD",
        **more,
    }


def person(**more: Any) -> Noun:
    return {"owner": "a", "mass": "100 kg", "uses": {}, "rotation": {"longest": "400 d"}, **more}


def element(**more: Any) -> Noun:
    return {"owner": "a", "node": "base", "mass": "1 t", **more}


def lived_in(**more: Any) -> Noun:
    """One person in the hut and a ship to go home in, since the first day."""
    return {
        "elements": [{"element": "hut"}],
        "crew": [{"kind": "person", "node": "base", "count": 1, "arrived": "2030-01-01"}],
        "vehicles": [{"vehicle": "ship", "arrived": "2030-01-01", "node": "base"}],
        **more,
    }


HUT = {"hut": element(provides={"berths": 2})}
STAYS = {"somebody": {"kind": "crew", "node": "base", "count": 1}}
GOES: Noun = {"go": {"legs": [{"by": "ship", "route": "down"}]}}  # nobody new comes
BRINGS = {"bring": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}], "expends": ["ship"]}}


def goods(tonnes: float, **more: Any) -> Noun:
    return {
        "goods": {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{tonnes} t", **more}
    }


def too_many_people() -> Scenario:
    """A hut with one berth."""
    return camp(
        elements={"hut": element(provides={"berths": 1})},
        initial={"elements": [{"element": "hut"}]},
        demands={"two": {"kind": "crew", "node": "base", "count": 2, "from": "2030-03-01"}},
    )


def too_much_work() -> Scenario:
    """A person works for an hour a day: 31 hours in the longest month."""
    return camp(
        crew={"person": person(work="1 h/d")},
        elements={**HUT, "mast": element(crew_work="40 h")},
        initial=lived_in(elements=[{"element": "hut"}, {"element": "mast", "commissioned": False}]),
        demands={**STAYS, "mast stands": {"kind": "build", "element": "mast", "by": "2030-06-01"}},
        missions=GOES,
    )


def too_little_comes_back() -> Scenario:
    """A person uses 543 kg in half a year and 90 kg in the month after; 400 kg last where more than a third comes back."""
    closure = {"goods": {"share": "30 %", "crew": 1}}
    return camp(
        crew={"person": person(uses={"goods": "3 kg/d"})},
        elements={"hut": element(provides={"berths": 2, "closure": closure})},
        initial=lived_in(stocks={"base": {"goods": "400 kg"}}),
        demands=STAYS,
        missions=GOES,
    )


def too_slow_a_plant() -> Scenario:
    """Half a year and a month use 211 kg; 40 kg are there, and a plant makes 0.7 kg a day."""
    return camp(
        elements={"plant": element(provides={"produces": {"goods": {"rate": "0.7 kg/d"}}})},
        initial={"elements": [{"element": "plant"}], "stocks": {"base": {"goods": "40 kg"}}},
        activities={"work": {"node": "base", "uses": {"goods": "1 kg/d"}}},
        missions={},
    )


def too_fast_a_fall() -> Scenario:
    """A station of 100 t, 10 m/s a year: 168 kg of fuel in half a year, and 150 kg are there."""
    return camp(
        station_keeping=[{"node": "station", "mass": "100 t", "needs": [{"need": "10 m/s/yr"}]}],
        elements={
            "block": element(node="station", provides={"thruster": {"resource": "fuel", "isp": "300 s"}})
        },
        initial={"elements": [{"element": "block"}], "stocks": {"station": {"fuel": "150 kg"}}},
        missions={},
    )


def ilrs(*changes: tuple[tuple[str, ...], Any], hard: str, months: int, end: date) -> Scenario:
    """The lunar base with periods of so many months, of whose demands one is left, which must be met."""
    scenario = moonwright.load(EXAMPLES / "ilrs.yaml")
    horizon = {"periods": (PeriodRule(length=f"{months} months"),), "end": end}
    scenario = put(scenario, ("horizon",), scenario.horizon.model_copy(update=horizon))
    scenario = put(scenario, ("demands",), {hard: scenario.demands[hard]})
    for path, value in ((("demands", hard, "rank"), "hard"), *changes):
        scenario = put(scenario, path, value)
    return scenario


def iss(*changes: tuple[tuple[str | int, ...], Any]) -> Scenario:
    """The station's year 2022 with some data changed."""
    scenario = put(moonwright.load(EXAMPLES / "iss.yaml"), ("horizon", "end"), date(2023, 1, 1))
    scenario = put(scenario, ("initial", "contracts"), ())  # they are for later years
    for path, value in changes:
        scenario = put(scenario, path, value)
    return scenario


Case = tuple[Callable[[], Scenario], str]
CASES: dict[str, Case] = {
    # Eight launches bring 16.8 t at most.
    "a flood": (
        lambda: toy("demands", "water arrives", "amount", value=Datum(170_000.0)),
        "demands.water arrives.amount",
    ),
    # The habitat weighs 2.5 t.
    "a room too small": (
        lambda: toy("vehicles", "freighter", "room", "total", value=Datum(2_000.0)),
        "vehicles.freighter.room.total",
    ),
    # A freighter with the habitat weighs (1.1 t + 2.5 t) x 2.3865 = 8.6 t.
    "a launcher too weak": (
        lambda: toy("launchers", "big", "payload", "tli", value=Datum(8_000.0)),
        "launchers.big.payload.tli",
    ),
    # The freighter alone burns (1.1 t + 2.5 t) x 1.3865 = 5 t.
    "a tank too small": (
        lambda: toy("vehicles", "freighter", "tank", "capacity", value=Datum(4_000.0)),
        "vehicles.freighter.tank.capacity",
    ),
    "an element ready too late": (
        lambda: toy("elements", "habitat", "ready", value=date(2031, 11, 1)),
        "elements.habitat.ready",
    ),
    "a launcher that comes too late": (
        lambda: toy("launchers", "big", "first_flight", value=date(2031, 12, 1)),
        "launchers.big.first_flight",
    ),
    "an outage over everything": (
        lambda: toy("launchers", "big", "outages", value=(interval(from_=date(2031, 2, 1)),)),
        "launchers.big.outages[0]",
    ),
    "a mission given up too early": (
        lambda: toy("missions", "freight", "until", value=date(2031, 2, 15)),
        "missions.freight.until",
    ),
    "a partner that leaves": (
        lambda: toy("partners", "north", "until", value=date(2031, 3, 1)),
        "partners.north.until",
    ),
    # The habitat's flight costs 210 MUSD, the habitat 40.
    "a budget too small": (
        lambda: toy("partners", "north", "budget", value=Datum(200.0)),
        "partners.north.budget",
    ),
    "too few berths": (too_many_people, "elements.hut.provides.berths"),
    "too much work": (too_much_work, "elements.mast.crew_work"),
    "too little comes back": (too_little_comes_back, "elements.hut.provides.closure.goods.share"),
    "too slow a plant": (too_slow_a_plant, "elements.plant.provides.produces.goods.rate"),
    "too fast a fall": (too_fast_a_fall, "station_keeping[0].needs[0].need"),
    # The only ship home may not wait as long as somebody is there.
    "a ship that may not wait": (
        lambda: camp(
            vehicles={"ship": ship(stay="100 d")},
            elements=HUT,
            initial=lived_in(),
            demands=STAYS,
            missions=GOES,
        ),
        "vehicles.ship.stay",
    ),
    "too small a store": (
        lambda: camp(
            elements={"hut": element(provides={"storage": {"goods": "1.9 t"}})},
            initial={"elements": [{"element": "hut"}]},
            demands=goods(2.0),
        ),
        "elements.hut.provides.storage.goods",
    ),
    # 3.1 t take two flights of 150 MUSD, though 1.03 flights would do for the relaxation.
    "a budget for a flight and a third": (
        lambda: camp(
            partners={"a": {"name": "A", "budget": "200 MUSD/yr"}}, missions=BRINGS, demands=goods(3.1)
        ),
        "partners.a.budget",
    ),
    # Three launches bring 9 t.
    "a launch too many": (
        lambda: camp(launchers={"rocket": rocket(cadence="3 /yr")}, missions=BRINGS, demands=goods(9.1)),
        "launchers.rocket.cadence",
    ),
    "a window too early": (
        lambda: camp(
            routes={
                "up": {
                    "from": "cape",
                    "to": "base",
                    "duration": "5 d",
                    "windows": [{"opens": "2030-05-01", "closes": "2030-06-01"}],
                },
                "down": {"from": "base", "to": "sea", "duration": "5 d"},
            },
            missions=BRINGS,
            demands=goods(1.0, until="2030-04-01"),
        ),
        "routes.up.windows",
    ),
    # North's freighter alone has room for the habitat, and North owns it.
    "partners that do not fly together": (
        lambda: toy("partners", "north", "may_not_fly_with", value=("north",)),
        "partners.north.may_not_fly_with",
    ),
    "a partner that may not carry the habitat": (
        lambda: toy("partners", "north", "may_not_carry", value=("north",)),
        "partners.north.may_not_carry",
    ),
    # The reactor costs far more than 50 MUSD.
    "the reactor without money": (
        lambda: ilrs(
            (("partners", "roscosmos", "budget"), Datum(50.0)),
            hard="the reactor runs",
            months=6,
            end=date(2037, 1, 1),
        ),
        "partners.roscosmos.budget",
    ),
    "people land before there is a lander": (
        lambda: ilrs(
            (("demands", "people land", "until"), date(2028, 1, 1)),
            hard="people land",
            months=2,
            end=date(2031, 1, 1),
        ),
        "vehicles.lanyue.ready",
    ),
    # Three Progress and two Soyuz take five launches.
    "four Soyuz launches a year": (
        lambda: iss((("launchers", "soyuz-2-1a", "cadence"), Datum(4.0))),
        "launchers.soyuz-2-1a.cadence",
    ),
    "one port for two ships": (
        lambda: iss((("elements", "us-segment", "provides", "ports", "ida"), Datum(1.0))),
        "elements.us-segment.provides.ports.ida",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_planted_is_named_and_the_first_repair_mends_it(name: str) -> None:
    make, planted = CASES[name]
    scenario = make()
    answer = why_not(scenario, time_limit_s=TIME_LIMIT_S)
    assert answer.conflict is not None
    assert planted in answer.conflict.paths
    assert answer.repairs
    mended = answer.repairs[0].applied(scenario)
    assert has_certified_plan(mended)


def has_certified_plan(scenario: Scenario) -> bool:
    plan = moonwright.plan(scenario, gap=1.0, time_limit_s=120.0)
    return plan is not None and moonwright.simulate(scenario, plan).certified


def test_two_causes_at_once_take_a_change_to_each() -> None:
    """A store for 1.9 t where 2 t are asked for, and an element ready after it is due."""
    scenario = camp(
        elements={
            "hut": element(provides={"storage": {"goods": "1.9 t"}}),
            "mast": element(ready="2030-06-01"),
        },
        initial={"elements": [{"element": "hut"}]},
        demands={**goods(2.0), "mast stands": {"kind": "build", "element": "mast", "by": "2030-04-01"}},
        missions=BRINGS,
    )
    answer = why_not(scenario, time_limit_s=TIME_LIMIT_S)
    assert answer.repairs
    first = answer.repairs[0]
    assert len(first.changes) == 2
    assert any("mast" in path for path in first.paths)
    assert any("mast" not in path for path in first.paths)
    assert has_certified_plan(first.applied(scenario))


def test_what_is_short_is_explained_as_if_it_had_to_be_met() -> None:
    """Of 170 t of water that are asked for as far as can be, 14.3 t can come."""
    scenario = put(CASES["a flood"][0](), ("demands", "water arrives", "rank"), 1)
    assert why_not(scenario).possible
    answer = why_not(scenario, demand="water arrives", time_limit_s=TIME_LIMIT_S)
    assert answer.conflict is not None
    assert "demands.water arrives.amount" in answer.conflict.paths


def test_what_is_short_for_the_sake_of_others_conflicts_with_them() -> None:
    """One launch a year brings the mast or the goods; the mast is asked for first."""
    scenario = camp(
        launchers={"rocket": rocket(cadence="1 /yr")},
        elements={"mast": element(mass="2.5 t")},
        missions=BRINGS,
        demands={
            "mast stands": {"kind": "build", "element": "mast", "by": "2030-06-01", "rank": 1},
            **goods(1.0, rank=2),
        },
    )
    answer = why_not(scenario, demand="goods", time_limit_s=TIME_LIMIT_S)
    assert answer.conflict is not None
    assert {"demands.goods", "demands.mast stands", "launchers.rocket.cadence"} <= answer.conflict.paths


def test_a_scenario_with_a_plan_has_no_conflict() -> None:
    answer = why_not(moonwright.load(EXAMPLES / "toy.yaml"))
    assert (answer.possible, answer.conflict, answer.repairs) == (True, None, ())
