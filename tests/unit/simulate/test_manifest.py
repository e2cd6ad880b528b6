"""What is aboard fits. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest

from moonwright.scenario.element import Element
from moonwright.scenario.vehicle import Room
from moonwright.simulate.manifest import Load, fits


def element(mass: str, room: str = "unpressurised", volume: str | None = None) -> Element:
    return Element.model_validate(
        {"owner": "us", "node": "base", "mass": mass, "room": room, "volume": volume}
    )


def load(*items: Element, **loose_kg: float) -> Load:
    return Load(loose_kg, items, 0, 0.0, 0.0, {})


def room(**limits: str) -> Room:
    return Room.model_validate(limits)


@pytest.mark.parametrize(
    ("aboard", "rooms", "fit"),
    [
        # One element must fit one room, though two rooms together would hold it.
        (load(element("3 t")), (room(total="2 t"), room(total="2 t")), False),
        (load(element("2 t"), element("2 t")), (room(total="2 t"), room(total="2 t")), True),
        # 3 + 3 + 2 + 2 + 2 t into two rooms of 6 t: the heavy ones must share a room.
        (
            load(*map(element, ("3 t", "3 t", "2 t", "2 t", "2 t"))),
            (room(total="6 t"), room(total="6 t")),
            True,
        ),
        (load(*map(element, ("4 t", "4 t", "4 t"))), (room(total="6 t"), room(total="6 t")), False),
        # Kinds of room.
        (load(pressurised=1000, unpressurised=900), (room(total="2 t", pressurised="1 t"),), True),
        (load(pressurised=1001, unpressurised=900), (room(total="2 t", pressurised="1 t"),), False),
        (load(pressurised=900, unpressurised=900, tank=200), (room(total="2 t", pressurised="1 t"),), True),
        (load(pressurised=900, unpressurised=900, tank=201), (room(total="2 t", pressurised="1 t"),), False),
        (load(element("1 t", "pressurised"), pressurised=1), (room(total="2 t", pressurised="1 t"),), False),
        # Cargo is poured around elements: 1 t beside the element in each room.
        (load(element("1 t"), element("1 t"), tank=2000), (room(total="2 t"), room(total="2 t")), True),
        (load(element("1 t"), element("1 t"), tank=2001), (room(total="2 t"), room(total="2 t")), False),
        # Volume, where both sides give it.
        (load(element("1 t", volume="9 m3")), (room(total="2 t", volume="9 m3"),), True),
        (load(element("1 t", volume="9.1 m3")), (room(total="2 t", volume="9 m3"),), False),
        (load(element("1 t", volume="9.1 m3")), (room(total="2 t"),), True),
        (load(element("1 t")), (), False),
    ],
)
def test_fits(aboard: Load, rooms: tuple[Room, ...], fit: bool) -> None:
    assert fits(aboard, rooms) is fit


def test_room(outpost: Any) -> None:
    # 3 t less the habitat of 2 t: 1 t with packing is 909.0909 kg of food.
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 909.09
    assert outpost.broken() == set()
    outpost.flight("haul-1")["cargo"][0]["mass_kg"] = 909.2
    assert outpost.broken() == {"room"}


@pytest.mark.parametrize(
    ("limit", "enough", "too_little"),
    [("unpressurised", "2 t", "1.99 t"), ("pressurised", "880 kg", "879 kg"), ("volume", "20 m3", "19.9 m3")],
)
def test_each_limit_of_a_room_is_looked_at(outpost: Any, limit: str, enough: str, too_little: str) -> None:
    # The habitat of 2 t and 20 m3 rides outside; 800 kg of food with 10 % packing ride inside.
    outpost.scenario["elements"]["hab"]["volume"] = "20 m3"
    outpost.scenario["vehicles"]["hauler"]["room"][limit] = enough
    assert outpost.broken() == set()
    outpost.scenario["vehicles"]["hauler"]["room"][limit] = too_little
    assert outpost.broken() == {"room"}


def test_down_mass(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["room"] = {"total": "50 kg", "down": "22 kg"}
    outpost.flight("down-1")["cargo"] = [{"resource": "food", "mass_kg": 20, "board": 0, "alight": 1}]
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4211 + 22
    assert outpost.broken() == set()
    outpost.scenario["vehicles"]["ferry"]["room"]["down"] = "21.9 kg"
    assert outpost.broken() == {"down_mass"}


def test_seats(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["provides"]["berths"] = 3
    for name in ("up-1", "down-1"):
        outpost.flight(name)["crew"][0]["count"] = 3
    outpost.flight("up-1")["units"][0]["tanked_kg"] = 4316.5  # 4,000 + 3 x (100 + 5 x 1.1) kg
    outpost.plan["stays"][0]["count"] = 3
    outpost.scenario["vehicles"]["ferry"]["seats"] = 3
    assert outpost.broken() == set()
    outpost.scenario["vehicles"]["ferry"]["seats"] = 2
    assert outpost.broken() == {"seats", "ride_home"}


def test_stops(outpost: Any) -> None:
    outpost.scenario["routes"]["ascent"] = {"from": "cape", "to": "gate", "duration": "3 d"}
    outpost.scenario["routes"]["landing"] = {"from": "gate", "to": "base", "duration": "2 d"}
    outpost.scenario["launchers"]["heavy"]["payload"]["gate"] = "10 t"
    haul = outpost.scenario["missions"]["haul"]
    haul["legs"] = [
        {"by": "heavy", "carrying": ["hauler"], "route": "ascent"},
        {"by": "hauler", "route": "landing"},
    ]
    flight = outpost.flight("haul-1")
    for ride in (*flight["items"], *flight["cargo"]):
        ride["alight"] = 2
    assert outpost.broken() == set()
    flight["cargo"].append({"resource": "food", "mass_kg": 1, "board": 0, "alight": 1})
    assert outpost.broken() == {"stops"}


def tank_ship(outpost: Any) -> Any:
    """A haul that brings 1,000 kg of fuel in the tank of its own vehicle, which holds 1,500 kg."""
    hauler = outpost.scenario["vehicles"]["hauler"]
    hauler["tank"] = {"resource": "fuel", "capacity": "1.5 t", "isp": "300 s"}
    hauler["refuels"] = True
    cargo = [{"resource": "fuel", "mass_kg": 1000, "board": 0, "alight": 1, "tank": "hauler"}]
    return outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=85, arrival_d=90, cargo=cargo)


def test_tanker(outpost: Any) -> None:
    tank_ship(outpost)
    run = outpost.run()
    assert run.certified
    assert next(s for s in run.stocks if s.resource == "fuel").stock_kg[[89, 90]].tolist() == [0, 1000]
    outpost.scenario["vehicles"]["hauler"]["refuels"] = False
    assert outpost.broken() == {"tanker"}


def test_a_tanker_load_counts_in_its_tank(outpost: Any) -> None:
    flight = tank_ship(outpost)
    flight["units"][0]["tanked_kg"] = 500
    assert outpost.broken() == set()
    flight["units"][0]["tanked_kg"] = 500.1
    assert outpost.broken() == {"tank_capacity"}


def test_nobody_rides_an_uncrewed_mission(outpost: Any) -> None:
    outpost.scenario["missions"]["up"]["uncrewed"] = True
    assert "seats" in outpost.broken()
