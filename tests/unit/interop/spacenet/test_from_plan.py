"""A plan of ours as a campaign: the toy's, whose plan and masses are worked by hand in its file."""

import math
from typing import Any

import pytest

import moonwright
from laws.interop.spacenet_files import ROOT
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.event import CreateElements, FlightTransport, SpaceTransport
from moonwright.interop.spacenet.from_plan import from_plan
from moonwright.interop.spacenet.rules import EXACT
from moonwright.interop.spacenet.run import run
from moonwright.plan import Flight, Plan, Rank, Unit
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

TOY = moonwright.load(ROOT / "examples" / "toy.yaml")


@pytest.fixture(scope="module")
def toy() -> tuple[Campaign, tuple[str, ...]]:
    plan = moonwright.plan(TOY)
    assert plan is not None
    return from_plan(plan, observe(TOY))


def test_a_flight_is_a_mission_with_a_launch_and_a_landing(toy: tuple[Campaign, tuple[str, ...]]) -> None:
    campaign, _ = toy
    assert campaign.missions[0].name == "There at the start"
    assert len(campaign.missions) == 3  # one freighter and one courier
    for mission in campaign.missions[1:]:
        kinds = [type(event) for event in mission.events if not isinstance(event, CreateElements)]
        assert kinds[:2] == [FlightTransport, SpaceTransport]
        assert campaign.title(str(mission.destination)) == "base"


def test_what_is_delivered_stands_at_the_base(toy: tuple[Campaign, tuple[str, ...]]) -> None:
    """The habitat of 2.5 t and 1.7 t of water; both ships are thrown away."""
    campaign, _ = toy
    names = {one.name: one for one in campaign.elements}
    assert names["habitat 1"].mass_kg == 2500.0
    boxes = [one for one in campaign.elements if one.type == "Resource Container"]
    assert sum(content.amount for box in boxes for content in box.contents) == pytest.approx(1700.0)


def test_its_landing_burns_what_the_rocket_equation_asks(toy: tuple[Campaign, tuple[str, ...]]) -> None:
    """2900 m/s at 340 s; both ships land full: a ratio of 2.3863 between what is launched and what lands."""
    ratio = math.exp(2900.0 / (340.0 * 9.80665))
    campaign, _ = toy
    history = run(campaign, EXACT)
    assert history.troubles == ()
    used_kg = sum(one.used_kg for burn in history.burns for one in burn.given)
    landed_kg = 1100.0 + 700.0 + 2500.0 + 1700.0
    assert used_kg == pytest.approx(landed_kg * (ratio - 1.0))
    assert history.launch_mass_kg == pytest.approx(landed_kg * ratio)


def test_what_a_campaign_cannot_say_is_listed(toy: tuple[Campaign, tuple[str, ...]]) -> None:
    assert toy[1] == (
        "when elements are put to work",
        "money",
        "what launchers can lift: launches are flights without a limit",
        "burn times: the first burn of a leg is at its start, the others at its end",
    )


def test_a_flight_with_the_wrong_units_is_listed_and_not_flown() -> None:
    flight = Flight(
        name="odd", mission="freight", launcher="big", departure_d=1, arrival_d=7,
        units=(Unit(part="courier", vehicle="courier", serial="courier-1"),),
    )  # fmt: skip
    rank = Rank(name="cost", value=0, bound=0, gap=0, unit="MUSD")
    outcome = {"status": "feasible", "ranks": [rank], "solver": "hand", "asked_gap": 0, "wall_s": 0}
    told = {
        "scenario": "toy",
        "scenario_digest": "",
        "horizon_d": 365,
        "flights": [flight],
        "outcome": outcome,
    }
    campaign, left = from_plan(Plan.model_validate(told), observe(TOY))
    assert left[0] == "flight odd: its units do not fit its mission"
    assert [mission.name for mission in campaign.missions] == ["There at the start"]


def station(initial: dict[str, Any]) -> Scenario:
    """A station to which ships come from a cape and from which they go home."""
    data = {
        "name": "swap", "currency_year": 2030,
        "horizon": {"start": "2030-01-01", "end": "2030-03-02", "periods": [{"length": "10 d"}]},
        "partners": {"us": {"name": "We"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "station": {"kind": "orbit", "body": "earth", "altitude": "400 km"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "up": {"from": "cape", "to": "station", "duration": "1 d"},
            "down": {"from": "station", "to": "sea", "burns": ["100 m/s"], "duration": "1 d"},
        },
        "launchers": {"rocket": {"owner": "us", "site": "cape", "payload": {"station": "9 t"}, "cadence": "9 /yr"}},
        "resources": {"fuel": {"supply_class": 1, "storage": "tank"}, "food": {"supply_class": 2}},
        "vehicles": {
            "ship": {"owner": "us", "crewed": True, "dry_mass": "3 t", "seats": 3,
                     "tank": {"resource": "fuel", "capacity": "300 kg", "isp": "300 s"}}
        },
        "missions": {
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
            "go": {"legs": [{"by": "ship", "route": "down"}]},
        },
        "crew": {"pilot": {"owner": "us", "mass": "90 kg", "uses": {"food": "2 kg/d"}, "rotation": {"longest": "90 d"}}},
        "initial": initial,
    }  # fmt: skip
    return Scenario.model_validate(data)


SHIP: dict[str, Any] = {"part": "ship", "vehicle": "ship", "serial": "ship-1"}
SEAT = {"kind": "pilot", "count": 1, "board": 0, "alight": 1}
HOME = {"name": "b", "mission": "go", "launcher": None, "departure_d": 20, "arrival_d": 21, "units": [SHIP],
        "crew": [SEAT]}  # fmt: skip


def exported(scenario: Scenario, *flights: dict[str, Any]) -> Campaign:
    outcome = {"status": "feasible", "ranks": [], "solver": "hand", "asked_gap": 0, "wall_s": 0}
    told = {"scenario": "", "scenario_digest": "", "horizon_d": 60, "flights": flights, "outcome": outcome}
    return from_plan(Plan.model_validate(told), observe(scenario))[0]


def test_people_come_and_go_by_name() -> None:
    """Two at the start; the first of them goes home with the ship that brings a third."""
    crew = [{"kind": "pilot", "node": "station", "count": 2, "arrived": "2029-12-01"}]
    come = {"name": "a", "mission": "come", "launcher": "rocket", "departure_d": 9, "arrival_d": 10,
            "units": [SHIP | {"tanked_kg": 300}], "crew": [SEAT]}  # fmt: skip
    campaign = exported(station({"crew": crew}), come, HOME)
    history = run(campaign, EXACT)
    assert history.troubles == ()
    # 3000 kg, 300 kg of fuel, a pilot and the food of a day; with the oldest hand home again
    assert [departure.mass_kg for departure in history.departures] == pytest.approx([3392.0, 3392.0])
    gone = [event for event in campaign.missions[2].events if event.type == "Remove Elements"]
    assert {campaign.title(key) for key in gone[0].elements} == {
        "ship-1 on a",
        "pilot 1",
        "provisions 1 of b",
    }


def test_who_is_under_way_at_the_start_is_there_from_the_day_of_arrival() -> None:
    under_way = [{"node": "station", "on": "2030-01-11", "vehicles": {"ship": 1}, "crew": {"pilot": 1}}]
    campaign = exported(station({"under_way": under_way}), HOME)
    assert run(campaign, EXACT).troubles == ()
    opening = campaign.missions[0].events
    assert [(event.name, event.at_d) for event in opening] == [
        ("ship-1 waits", 10.0),
        ("pilot at station", 10.0),
    ]
