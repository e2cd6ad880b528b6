"""A campaign as a scenario of ours: what it asks for, and what it has no word for."""

import math
from pathlib import Path

import pytest

import moonwright
from laws.interop.spacenet_files import ARTEMIS, TUG, campaign, ident, small
from moonwright.interop.spacenet.read import read
from moonwright.interop.spacenet.to_scenario import to_scenario
from moonwright.scenario.check import check
from moonwright.scenario.demand import FlyDemand
from moonwright.scenario.node import LaunchSite, Recovery
from moonwright.scenario.scenario import Scenario


def asked_for(file: Path) -> tuple[Scenario, tuple[str, ...]]:
    scenario, left = to_scenario(read(file).campaign)
    assert scenario is not None
    return scenario, left


def test_transports_of_the_same_vehicles_are_one_mission() -> None:
    """Orion goes up, out, waits and comes home; the lander goes down and comes up again."""
    scenario, left = asked_for(ARTEMIS)
    assert not check(scenario)
    assert {name: len(mission.legs) for name, mission in scenario.missions.items()} == {
        "artemis-iii-orion-cm": 5 - 1,  # five segments of three transports, of which the first is a launch
        "artemis-iii-hls": 4,
    }
    assert {demand.mission for demand in scenario.demands.values() if isinstance(demand, FlyDemand)} == set(
        scenario.missions
    )
    assert left == (
        "On the surface: spacewalks on given days (see `activities` for hours a week)",
        "Lunar samples: comes into being at LSP",
        "who is aboard which flight, and what moves between vehicles: our plans decide that",
    )


def test_what_waits_between_two_transports_stays() -> None:
    """Days 8 to 21 at the halo orbit; from landing on day 10.2 to ascent on day 18."""
    scenario, _ = asked_for(ARTEMIS)
    stays = {name: [leg.stay for leg in mission.legs] for name, mission in scenario.missions.items()}
    assert stays["artemis-iii-orion-cm"] == pytest.approx([0.75, 0.0, 13.0, 0.0])
    assert stays["artemis-iii-hls"] == pytest.approx([0.5, 7.8, 0.8, 0.0])


def test_what_never_flies_again_need_not_be_kept() -> None:
    scenario, _ = asked_for(ARTEMIS)
    assert scenario.missions["artemis-iii-hls"].expends == ("hls",)
    # the crew module is recovered; the upper stage and the service module are dropped on the way
    assert scenario.missions["artemis-iii-orion-cm"].expends == ("icps", "orion-sm")


def test_a_leg_is_cut_where_another_vehicle_burns() -> None:
    """The upper stage gives the first burn and is dropped, the service module the other four."""
    scenario, _ = asked_for(ARTEMIS)
    _, first, second, _ = scenario.missions["artemis-iii-orion-cm"].legs
    assert (first.by, first.carrying, second.by) == ("icps", ("orion-cm", "orion-sm"), "orion-sm")
    routes = scenario.routes
    assert [tuple(routes[leg.route].burns) for leg in (first, second)] == [
        (3124.0,),
        (30.0, 242.0, 1.0, 126.0),
    ]
    assert sum(routes[leg.route].duration for leg in (first, second)) == 7.0


def test_what_is_dropped_on_the_way_up_is_the_launcher() -> None:
    scenario, _ = asked_for(ARTEMIS)
    launcher = scenario.launchers["ksc-leo-launcher"]
    # full tanks, rooms and seats of upper stage, service module and crew module (tables 6 and 7)
    assert dict(launcher.payload) == {"leo": 3490 + 28576 + 6185 + 9276 + 9300 + 1100 + 400}
    assert set(scenario.vehicles) == {"icps", "orion-cm", "orion-sm", "hls"}


def test_the_lander_waits_where_it_is_made() -> None:
    waiting = asked_for(ARTEMIS)[0].initial.vehicles
    assert [(one.vehicle, one.node, one.count) for one in waiting] == [("hls", "nro", 1)]


def test_what_people_use_comes_from_the_first_model() -> None:
    scenario, left = asked_for(TUG)
    (crew,) = scenario.crew.values()
    assert crew.uses["water"] == 3.6 * 0.5
    assert any(sentence.startswith("crew consumables by the person") for sentence in left)


def test_a_launch_site_to_which_something_returns_has_a_place_beside_it() -> None:
    data = small()
    data["network"]["edges"].append(
        {"id": ident("home"), "type": "Flight Edge", "name": "home", "origin": ident("orbit"),
         "destination": ident("cape"), "duration": "P2D", "maxCrew": 9, "maxCargo": 9e5}
    )  # fmt: skip
    data["network"]["edges"].append(data["network"]["edges"][1] | {
        "id": ident("up"), "name": "up", "origin": ident("cape"), "destination": ident("orbit"),
    })  # fmt: skip
    scenario, _ = to_scenario(campaign(data))
    assert scenario is not None
    assert isinstance(scenario.nodes["cape"], LaunchSite)
    assert isinstance(scenario.nodes["cape-landing"], Recovery)
    assert scenario.routes["home"].destination == "cape-landing"


def test_what_a_mission_cannot_be_is_listed_with_its_reason() -> None:
    data = small()
    sequence = data["missionList"][0]["events"][3]["burnStageSequence"]
    sequence[0]["actions"] = []
    scenario, left = to_scenario(campaign(data))
    assert scenario is not None
    assert scenario.missions == {}
    assert "flight: burn 1 is not that of one vehicle, which may drop others after it" in left


def test_names_that_clash_are_told_apart() -> None:
    data = small()
    for node in data["network"]["nodes"]:
        node["name"] = "SAME! "
    scenario, _ = to_scenario(campaign(data))
    assert scenario is not None
    assert list(scenario.nodes) == ["same", "same-2", "same-3"]


def test_whatever_our_rules_refuse_is_left_out_and_listed() -> None:
    """A libration point of one body, and an orbit below the ground: SpaceNet never looks, we do."""
    data = small()
    data["network"]["nodes"][1] = {
        "id": ident("orbit"), "type": "Orbital Node", "name": "orbit", "body1": "Earth", "apoapsis": -20_000,
        "periapsis": -20_000, "inclination": 0,
    }  # fmt: skip
    scenario, left = to_scenario(campaign(data))
    assert scenario is not None
    assert not check(scenario)
    assert scenario.nodes["orbit"].kind == "transfer"
    assert scenario.missions == {}
    assert any(sentence.startswith("nodes orbit: nodes.orbit.") for sentence in left)
    assert any(sentence.startswith("missions first-capsule-1: ") for sentence in left)


def test_a_campaign_of_another_age_is_no_scenario_of_ours() -> None:
    data = small()
    data["startDate"] = data["missionList"][0]["startDate"] = "1905-01-01T00:00:00Z"
    scenario, left = to_scenario(campaign(data))
    assert scenario is None
    assert any("no scenario at all: horizon.start would be 1905-01-01" in sentence for sentence in left)


def test_what_comes_in_can_be_planned_as_it_stands() -> None:
    """Both missions are flown, with propellant for no more than they need.

    By hand, empty but for what the legs burn (g0 9.80665, stages and burns of tables 6-9): Orion's modules come home
    after 412 and 399 m/s at 316 s, the upper stage before gives 3124 m/s at 465 s.
    """
    scenario, _ = asked_for(ARTEMIS)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60, nodes=50)
    assert plan is not None
    run = moonwright.simulate(scenario, plan)
    assert run.violations == ()
    assert sorted(flight.mission for flight in plan.flights) == ["artemis-iii-hls", "artemis-iii-orion-cm"]
    modules_kg = (6185 + 9300) * math.exp((147 + 2 + 263 + 30 + 242 + 1 + 126) / (316 * 9.80665))
    assert run.imleo_kg == pytest.approx((modules_kg + 3490) * math.exp(3124 / (465 * 9.80665)))
