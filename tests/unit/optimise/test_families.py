"""Constraint families that no small optimum needs: each lets a plan be where there is enough, and none elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from worlds import Noun, best, cape_and_base, rocket

THERE = {"vehicle": "ship", "arrived": "2030-01-01"}


def camp(**changes: Any) -> Noun:
    """Half a year at a base with a hut for two; a ship that flies people there and home."""
    data = cape_and_base(
        "camp",
        {"start": "2030-01-01", "end": "2030-07-01"},  # 181 d
        nodes={
            "station": {"kind": "orbit", "body": "earth", "altitude": "400 km"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        routes={
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        launchers={"rocket": rocket("5 t", "12 /yr", price="50 MUSD")},
        vehicles={
            "ship": {
                "owner": "a",
                "dry_mass": "1 t",
                "seats": 2,
                "room": {"total": "3 t"},
                "price": "100 MUSD",
            }
        },
        missions={
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
            "go": {"legs": [{"by": "ship", "route": "down"}]},
        },
        crew={"crew": person()},
        resources={"goods": {"supply_class": 6}, "fuel": {"supply_class": 1, "storage": "tank"}},
    )
    return data | changes


def person(**more: Any) -> Noun:
    return {"owner": "a", "mass": "100 kg", "uses": {}, "rotation": {"longest": "400 d"}, **more}


def element(**more: Any) -> Noun:
    return {"owner": "a", "node": "base", "mass": "1 t", **more}


def manned(**more: Any) -> Noun:
    """One person in the hut and a ship to go home in, since the first day."""
    return {
        "elements": [{"element": "hut"}],
        "crew": [{"kind": "crew", "node": "base", "count": 1, "arrived": "2030-01-01"}],
        "vehicles": [{**THERE, "node": "base"}],
        **more,
    }


HUT = {"hut": element(provides={"berths": 2})}
STAYS = {"c": {"kind": "crew", "node": "base", "count": 1}}


@pytest.mark.parametrize(("berths", "possible"), [(1, False), (2, True)])
def test_berths(berths: int, possible: bool) -> None:
    data = camp(
        elements={"hut": element(provides={"berths": berths})},
        initial={"elements": [{"element": "hut"}]},
        demands={"c": {"kind": "crew", "node": "base", "count": 2, "from": "2030-03-01"}},
    )
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("shortest_d", "possible"), [(31, True), (32, False)])
def test_shortest_rotation(shortest_d: int, possible: bool) -> None:
    """Whoever is to be home in February leaves at the end of January, after 31 days."""
    rotation = {"shortest": f"{shortest_d} d", "longest": "400 d"}
    data = camp(
        crew={"crew": person(rotation=rotation)},
        elements=HUT,
        initial=manned(),
        demands={"f": {"kind": "fly", "mission": "go", "until": "2030-02-15"}},
    )
    del data["missions"]["come"]
    data["missions"]["go"]["least_crew"] = 1
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("work_h", "possible"), [(31.0, True), (31.5, False)])
def test_crew_hours(work_h: float, possible: bool) -> None:
    """One hour a day makes 31 hours in the longest month."""
    data = camp(
        crew={"crew": person(work="1 h/d")},
        elements={**HUT, "mast": element(crew_work=f"{work_h} h")},
        initial=manned(elements=[{"element": "hut"}, {"element": "mast", "commissioned": False}]),
        demands={**STAYS, "m": {"kind": "build", "element": "mast", "by": "2030-06-01"}},
    )
    del data["missions"]["come"]
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("stay_d", "possible"), [(180, False), (182, True)])
def test_longest_stay(stay_d: int, possible: bool) -> None:
    """The only ship home must wait as long as somebody is there."""
    data = camp(elements=HUT, initial=manned(), demands=STAYS)
    del data["missions"]["come"]
    data["vehicles"]["ship"]["stay"] = f"{stay_d} d"
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("ports", "possible"), [(1, False), (2, True)])
def test_ports(ports: int, possible: bool) -> None:
    data = camp(
        elements={"hut": element(provides={"ports": {"dock": ports}})},
        initial={"elements": [{"element": "hut"}]},
        demands={"f": {"kind": "fly", "mission": "come", "count": 2}},
    )
    del data["missions"]["go"]
    data["vehicles"]["ship"]["port"] = "dock"
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("flights", "bought"), [(2, 0), (3, 1), (4, 1), (5, 2)])
def test_fleet(flights: int, bought: int) -> None:
    """One shuttle has two flights left; each new one has two and costs 100, each flight 50 and 10 to refurbish."""
    data = camp(
        missions={
            "trip": {
                "legs": [
                    {"by": "rocket", "carrying": ["ship"], "route": "up"},
                    {"by": "ship", "route": "down"},
                ]
            }
        },
        initial={"fleet": [{"vehicle": "ship", "count": 1, "flights_left": 2}]},
        demands={"f": {"kind": "fly", "mission": "trip", "count": flights}},
    )
    data["vehicles"]["ship"]["reuse"] = {"flights": 2, "turnaround": "10 d", "refurbishment": "10 MUSD"}
    plan = best(data)
    assert plan is not None
    assert plan.outcome.last.value == pytest.approx(60.0 * flights + 90.0 * bought)  # a new one is in order


@pytest.mark.parametrize(("storage_t", "possible"), [(1.9, False), (2.0, True)])
def test_storage(storage_t: float, possible: bool) -> None:
    data = camp(
        elements={"hut": element(provides={"storage": {"goods": f"{storage_t} t"}})},
        initial={"elements": [{"element": "hut"}]},
        demands={"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": "2 t"}},
    )
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("share", "possible"), [(0.0, False), (0.3, False), (0.5, True)])
def test_recovery(share: float, possible: bool) -> None:
    """One person uses 543 kg in half a year: 320 kg last where half comes back, not where 30 % do."""
    closure = {"goods": {"share": f"{100 * share} %", "crew": 1}}
    data = camp(
        crew={"crew": person(uses={"goods": "3 kg/d"})},
        elements={"hut": element(provides={"berths": 2, "closure": closure})},
        initial=manned(stocks={"base": {"goods": "320 kg"}}),
        demands=STAYS,
    )
    del data["missions"]["come"]
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("rate_kg_d", "possible"), [(0.7, False), (0.9, True)])
def test_production(rate_kg_d: float, possible: bool) -> None:
    """Half a year and one more month use 211 kg; 40 kg are there."""
    plant = {"produces": {"goods": {"rate": f"{rate_kg_d} kg/d"}}}
    data = camp(
        elements={"plant": element(provides=plant)},
        initial={"elements": [{"element": "plant"}], "stocks": {"base": {"goods": "40 kg"}}},
        activities={"work": {"node": "base", "uses": {"goods": "1 kg/d"}}},
        missions={},
    )
    assert (best(data) is not None) == possible


def kept(**changes: Any) -> Noun:
    """A station of 100 t that needs 10 m/s a year: 495,551 N s in 181 d."""
    need = {"need": "10 m/s/yr"}
    return camp(
        missions={}, station_keeping=[{"node": "station", "mass": "100 t", "needs": [need]}], **changes
    )


@pytest.mark.parametrize(
    ("fuel_kg", "at_work", "possible"), [(167, True, False), (170, True, True), (170, False, False)]
)
def test_thrusters(fuel_kg: int, at_work: bool, possible: bool) -> None:
    """495,551 N s / (300 s g0) = 168.4 kg; a thruster that nobody has put to work gives nothing."""
    thruster = {"thruster": {"resource": "fuel", "isp": "300 s"}}
    data = kept(
        elements={"block": element(node="station", provides=thruster, crew_work="5 h")},
        initial={
            "elements": [{"element": "block", "commissioned": at_work}],
            "stocks": {"station": {"fuel": f"{fuel_kg} kg"}},
        },
    )
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("visitors", "possible"), [(1, False), (2, True)])
def test_visitors_push(visitors: int, possible: bool) -> None:
    data = kept(initial={"vehicles": [{**THERE, "node": "station", "count": visitors}]})
    data["vehicles"]["ship"]["reboost"] = "300 kN s"
    assert (best(data) is not None) == possible


@pytest.mark.parametrize(("visitors", "possible"), [(2, False), (3, True)])
def test_a_station_that_grows(visitors: int, possible: bool) -> None:
    """100 t for 90 d and 200 t for 91 d at 10 m/s a year: 246,407 and 498,289 N s."""
    data = kept(initial={"vehicles": [{**THERE, "node": "station", "count": visitors}]})
    data["vehicles"]["ship"]["reboost"] = "300 kN s"
    data["station_keeping"][0]["growth"] = [{"from": "2030-04-01", "mass": "200 t"}]
    assert (best(data) is not None) == possible


def test_contracts() -> None:
    """A contracted flight is flown though nobody asks for what it brings."""
    contract = {"mission": "come", "from": "2030-02-01", "until": "2030-05-01", "count": 2}
    plan = best(camp(initial={"contracts": [contract]}))
    assert plan is not None
    assert plan.outcome.last.value == pytest.approx(300.0)
    assert all(31.0 <= flight.departure_d < 120.0 for flight in plan.flights if flight.launcher)
