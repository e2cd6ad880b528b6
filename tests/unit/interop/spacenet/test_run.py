"""Events one by one: who is where, what is refused, what a shortfall does. Expected values are worked by hand."""

import math
import time
from typing import Any

import pytest

from laws.interop.spacenet_files import TUG, campaign, event, ident, small
from moonwright.interop.spacenet.agenda import family
from moonwright.interop.spacenet.history import History
from moonwright.interop.spacenet.read import read
from moonwright.interop.spacenet.rules import EXACT, spacenets
from moonwright.interop.spacenet.run import run

STOPS = "the flight stops here (by SpaceNet's rules it would go on)"
FLIGHT = 3  # the number of the transport among the events of `small`


def happens(data: dict[str, Any], *events: dict[str, Any], exact: bool = True) -> History:
    data["missionList"][0]["events"] += events
    made = campaign(data)
    return run(made, EXACT if exact else spacenets(made))


def troubles(history: History) -> list[str]:
    return [trouble.text for trouble in history.troubles]


def test_the_capsule_arrives_and_the_stage_is_gone() -> None:
    after = event("Remove Elements", "check", 9, "base", elements=[ident("capsule"), ident("person")])
    gone = event("Remove Elements", "gone", 9, "base", elements=[ident("stage")])
    assert troubles(happens(small(), after, gone)) == ["stage 1 was not found: it does not exist, or no more"]


def test_burns_follow_the_rocket_equation() -> None:
    history = happens(small())
    first_kg = 1900.0 * (1 - math.exp(-1000.0 / (300.0 * 9.80665)))
    second_kg = (1900.0 - first_kg) * (1 - math.exp(-500.0 / (300.0 * 9.80665)))
    assert [burn.given[0].used_kg for burn in history.burns] == pytest.approx([first_kg, second_kg])
    assert dict(history.left_kg) == {"stage 1": pytest.approx(1000.0 - first_kg - second_kg)}
    assert [burn.day_d for burn in history.burns] == [
        11.0,
        13.0,
    ]  # the mission starts on day 10, the flight a day later
    assert history.troubles == ()


def short() -> dict[str, Any]:
    data = small()
    data["network"]["edges"][0]["burns"][1]["deltaV"] = 5000.0
    return data


def test_a_shortfall_stops_a_flight_by_exact_rules() -> None:
    """The stage can give 300 g0 ln(1900 / 900) = 2198 m/s of 6000."""
    look = event("Remove Elements", "look", 9, "base", elements=[ident("capsule")])
    history = happens(short(), look)
    lacking_m_s = 6000.0 - 300.0 * 9.80665 * math.log(1900.0 / 900.0)
    assert history.burns[1].asked_m_s - history.burns[1].achieved_m_s == pytest.approx(lacking_m_s)
    assert troubles(history) == [
        f"burn 2 falls {lacking_m_s:,.1f} m/s short of 5,000.0 m/s; {STOPS}",
        "capsule 1 is at way, not at base",
    ]


def test_a_shortfall_only_warns_by_spacenets_rules() -> None:
    look = event("Remove Elements", "look", 9, "base", elements=[ident("capsule")])
    told = troubles(happens(short(), look, exact=False))
    assert len(told) == 1
    assert told[0].endswith("; SpaceNet lets the flight go on (by exact rules it would stop)")


def test_a_burn_without_actions_falls_short() -> None:
    data = small()
    del data["missionList"][0]["events"][FLIGHT]["burnStageSequence"][1]
    assert troubles(happens(data))[0].startswith("burn 2 falls 500.0 m/s short of 500.0 m/s")


def test_a_stage_dropped_twice_is_told_and_what_follows_is_not_done() -> None:
    """As in a published example, where one booster burns twice and the other never."""
    data = small()
    actions = data["missionList"][0]["events"][FLIGHT]["burnStageSequence"][1]["actions"]
    actions += [{"type": "Stage", "element": ident("stage")}, {"type": "Stage", "element": ident("capsule")}]
    told = troubles(happens(data))
    assert told[0].startswith(
        "burn 2: stage 1 is not in the stack, and what follows it is not done; the flight stops"
    )


def test_times_and_masses_are_rounded_by_spacenets_rules() -> None:
    """2 h 24 min = 0.1 d; 0.07 d rounds to 0.05; a mass of 300.004 kg is 300."""
    data = small()
    data["elementTemplates"][1]["mass"] = 300.004
    data["missionList"][0]["events"][FLIGHT]["missionTime"] = 1.07 * 86400
    history = happens(data, exact=False)
    assert history.burns[0].day_d == pytest.approx(11.05)
    assert history.departures[0].mass_kg == pytest.approx(1900.0)


def test_events_of_one_moment_go_by_priority_and_then_by_name() -> None:
    data = small()
    move = event("Move Elements", "b moves", 0, "orbit", elements=[ident("person")], container=ident("orbit"))
    back = event(
        "Move Elements", "c moves back", 0, "orbit", elements=[ident("person")], container=ident("capsule")
    )
    assert happens(data, back | {"priority": 3}, move | {"priority": 3}).troubles == ()
    early = happens(small(), move | {"priority": 0})
    assert troubles(early) == ["person was not found: it does not exist, or no more"]


def test_carriers_have_room_for_so_many_and_so_much() -> None:
    data = small()
    data["instantiatedElements"] += [
        {"id": ident("other"), "type": "Human Agent", "name": "other", "mass": 80.0},
        {"id": ident("crate"), "type": "Element", "name": "crate", "mass": 250.0},
        {"id": ident("soft"), "type": "Element", "name": "soft", "mass": 1.0, "environment": "Pressurized"},
    ]
    events = [
        event("Create Elements", key, 0, "orbit", elements=[ident(key)], container=ident("capsule"))
        | {"priority": 5}
        for key in ("crate", "other", "soft")
    ]
    assert troubles(happens(data, *events)) == [
        "capsule 1 holds 200.0 kg, not 250.0 kg",
        "capsule 1 has room for a crew of 1, not 2",
    ]
    data["configuration"]["environmentConstrained"] = True
    data["missionList"][0]["events"] = data["missionList"][0]["events"][:4]
    assert troubles(happens(data, events[2])) == ["soft needs pressure, which capsule 1 does not have"]


def test_nothing_goes_into_itself() -> None:
    into = event("Move Elements", "into", 0, "orbit", elements=[ident("capsule")], container=ident("capsule"))
    assert troubles(happens(small(), into | {"priority": 5})) == [
        "capsule 1 cannot go into itself, or lies too deep"
    ]


def test_flights_have_a_limit_on_mass_and_on_crew_in_carriers() -> None:
    data = small()
    data["network"]["edges"].append(
        {"id": ident("hop"), "type": "Flight Edge", "name": "hop", "origin": ident("orbit"),
         "destination": ident("cape"), "duration": "P1D", "maxCrew": 0, "maxCargo": 400.0}
    )  # fmt: skip
    hop = event("Flight Transport", "hop", 0.5, "orbit", edge=ident("hop"), elements=[ident("capsule")])
    assert "a crew of 1; hop takes 0" in troubles(happens(data, hop))
    data["network"]["edges"][1] |= {"maxCrew": 1, "maxCargo": 399.9}
    assert "400.0 kg; hop takes 399.9 kg" in troubles(happens(data))
    data["network"]["edges"][1] |= {"maxCargo": 400.0}
    assert "capsule 1 is at hop, not at orbit" in troubles(happens(data))  # it left before the big flight


def test_resources_are_added_moved_and_used() -> None:
    some = [{"resource": ident("water"), "amount": 25.0}]
    data = small()
    data["instantiatedElements"].append(
        {"id": ident("jar"), "type": "Resource Container", "name": "jar", "mass": 1.0, "maxCargoMass": 30.0}
    )
    events = [
        event("Create Elements", "jar", 0, "base", elements=[ident("jar")], container=ident("base")),
        event("Add Resources", "add", 1, "base", resources=some, container=ident("box")),
        event("Transfer Resources", "pour", 2, "base", resources=some, originContainer=ident("box"),
              destinationContainer=ident("jar")),
        event("Consume Resources", "drink", 3, "base", resources=some, source=ident("jar")),
        event("Consume Resources", "thirst", 4, "base", resources=some, source=ident("jar")),
        event("Add Resources", "spill", 5, "base", resources=some, container=ident("jar")),
        event("Add Resources", "spill over", 6, "base", resources=some, container=ident("jar")),
    ]  # fmt: skip
    assert troubles(happens(data, *events)) == [
        "jar has 0.00 of water, not 25.00",
        "jar holds at most 30.0 kg",
    ]


def test_states_are_taken_up() -> None:
    data = small()
    rated = {"type": "Rated", "name": "leak", "demands": [{"resource": ident("water"), "rate": 2.0}]}
    once = {"type": "Timed Impulse", "name": "kit", "demands": [{"classOfSupply": 302, "amount": 7.0}]}
    data["elementTemplates"][1]["states"] = [
        {"name": "off", "type": "Dormant", "demandModels": []},
        {"name": "on", "type": "Active", "demandModels": [rated, once]},
    ]
    data["elementTemplates"][1]["currentStateIndex"] = 0
    on = event("Reconfigure Elements", "on", 0.5, "orbit", elements=[ident("capsule")], stateType="Active")
    history = happens(data, on)
    assert sum(one.mass_kg for one in history.demands if one.resource == "water") == pytest.approx(2.0 * 3.0)
    assert [(one.mass_kg, one.class_of_supply) for one in history.demands if not one.resource] == [(7.0, 302)]
    assert {one.place for one in history.demands} == {"orbit", "way"}


def test_what_has_no_such_state_is_told() -> None:
    on = event("Reconfigure Elements", "on", 0.5, "orbit", elements=[ident("capsule")], stateType="Active")
    assert troubles(happens(small(), on)) == ["capsule 1 has no state of type Active"]


def test_a_drive_takes_its_time_and_goes_both_ways() -> None:
    data = small()
    data["network"]["nodes"].append(
        {
            "id": ident("ridge"),
            "type": "Surface Node",
            "name": "ridge",
            "body1": "Moon",
            "latitude": 0,
            "longitude": 0,
        }
    )
    data["network"]["edges"].append(
        {"id": ident("track"), "type": "Surface Edge", "name": "track", "origin": ident("ridge"),
         "destination": ident("base"), "distance": 48.0}
    )  # fmt: skip
    data["instantiatedElements"].append(
        {
            "id": ident("rover"),
            "type": "Surface Vehicle",
            "name": "rover",
            "mass": 900.0,
            "maxCrew": 2,
            "maxSpeed": 9,
        }
    )
    drive: dict[str, Any] = {
        "edge": ident("track"),
        "vehicle": ident("rover"),
        "speed": 4.0,
        "dutyCycle": 0.5,
    }
    events = [
        event("Create Elements", "rover", 0, "base", elements=[ident("rover")], container=ident("base")),
        event("Surface Transport", "there", 1, "base", **drive),  # 48 km at 4 km/h half of the time: a day
        event("Surface Transport", "too early", 1.9, "ridge", **drive),
        event("Surface Transport", "back", 2.0, "ridge", **drive),
        event("Surface Transport", "stuck", 4, "base", **drive | {"speed": 0.0}),
    ]
    assert troubles(happens(data, *events)) == [
        "rover is at track, not at ridge",
        "it does not move: its speed or duty cycle is 0",
    ]


def test_people_on_the_ground_of_another_body_are_counted() -> None:
    stay = event("Remove Elements", "end", 13.5, "base", elements=[ident("capsule")])
    assert happens(small(), stay).crew_surface_d == pytest.approx(10.0)  # landed on day 3.5 of the mission


def test_spacewalks_lie_at_equal_gaps_and_end_in_the_vehicle() -> None:
    """7 d, 2 a week of 6 h: gaps of (168 - 12) / 3 = 52 h, so they begin 52 h and 104 h after the start."""
    made = read(TUG).campaign
    history = run(made, EXACT)
    assert history.troubles == ()
    assert history.ends_d == pytest.approx(10 + 6 + (104 + 6) / 24)


def test_attitude_burns_draw_on_their_own_tank() -> None:
    """12 200 kg: 2000 m/s at 450 s from the main tank, then 10 m/s at 300 s from the small one."""
    made = read(TUG).campaign
    history = run(made, spacenets(made))
    main_kg = 12_200.0 * (1 - math.exp(-2000.0 / (450.0 * 9.81)))
    small_kg = (12_200.0 - main_kg) * (1 - math.exp(-10.0 / (300.0 * 9.81)))
    assert [burn.given[0].left_kg for burn in history.burns] == pytest.approx(
        [8000.0 - main_kg, 100.0 - small_kg], abs=0.01
    )


def test_exploration_mass_that_lands_is_counted() -> None:
    data = small()
    data["elementTemplates"][1]["classOfSupply"] = 801
    history = happens(data)
    assert history.exploration_kg == pytest.approx(300.0)


@pytest.mark.parametrize(("supply", "expected"), [(203, 2), (9021, 9), (10, 10), (101, 1), (0, 0), (8, 8)])
def test_families_of_supply(supply: int, expected: int) -> None:
    assert family(supply) == expected


def test_towers_of_carriers_end_at_a_height_that_nobody_means() -> None:
    """Built from below, each into the next: at most 20 deep, so that whoever walks them comes to an end."""
    data = small()
    shell = {"type": "Element Carrier", "mass": 0.0, "maxCargoMass": 1e9, "maxCrew": 9}
    names = [f"shell {number:02d}" for number in range(40)]
    data["instantiatedElements"] += [shell | {"id": ident(name), "name": name} for name in names]
    made = event(
        "Create Elements", "a", 0, "base", elements=[ident(n) for n in names], container=ident("base")
    )
    moves = [
        event(
            "Move Elements",
            f"b {n:02d}",
            0,
            "base",
            elements=[ident(names[n])],
            container=ident(names[n + 1]),
        )
        for n in range(39)
    ]
    told = troubles(happens(data, made, *(move | {"priority": 2} for move in moves)))
    assert told == [f"{names[20]} cannot go into itself, or lies too deep"]


def test_many_things_are_run_through_in_a_second() -> None:
    data = small()
    one = data["instantiatedElements"][1]
    for number in range(2_000):
        key = ident(f"copy {number}")
        data["instantiatedElements"].append(one | {"id": key})
        data["missionList"][0]["events"].append(
            event("Create Elements", "more", number / 100, "orbit", elements=[key], container=ident("orbit"))
        )
    made, began = campaign(data), time.process_time()
    assert run(made, EXACT).troubles == ()
    assert time.process_time() - began < 1.0  # it takes a fifth of that
