"""The XML of SpaceNet's Java tool, from a file of our own making in its form; expected values stand in that file."""

import re

import pytest

from laws.interop.spacenet_files import TUG
from moonwright.errors import ScenarioError
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import HumanAgent, PropulsiveVehicle
from moonwright.interop.spacenet.event import Exploration, SpaceTransport
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge
from moonwright.interop.spacenet.read import read_bytes
from moonwright.interop.spacenet.supply import CrewModel

TEXT = TUG.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tug() -> Campaign:
    found = read_bytes("tug.xml", TEXT.encode())
    assert found.left_behind == ()
    return found.campaign


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        read_bytes("tug.xml", text.encode())
    return str(refused.value)


def test_places(tug: Campaign) -> None:
    assert [(node.name, node.type, node.body) for node in tug.network.nodes] == [
        ("Cape", "Surface Node", "Earth"),
        ("Orbit", "Orbital Node", "Moon"),
        ("Base", "Surface Node", "Moon"),
    ]
    launch, landing = tug.network.edges
    assert isinstance(launch, FlightEdge)
    assert isinstance(landing, SpaceEdge)
    assert (launch.duration_d, launch.max_crew, launch.max_cargo_kg) == (4.0, 2, 20_000.0)
    assert (tug.title(landing.origin), tug.title(landing.destination)) == ("Orbit", "Base")
    assert [(burn.time_d, burn.dv_m_s, burn.engine) for burn in landing.burns] == [
        (0.0, 2000.0, "main"),
        (0.25, 10.0, "attitude"),
    ]


def test_eastern_standard_time_is_five_hours_late(tug: Campaign) -> None:
    assert tug.start.isoformat() == "2031-01-01T05:00:00+00:00"


def test_both_tanks_are_kept_apart(tug: Campaign) -> None:
    vehicle = next(one for one in tug.elements if isinstance(one, PropulsiveVehicle))
    assert vehicle.attitude is not None
    assert vehicle.attitude.fuel is not None
    assert (vehicle.isp_s, vehicle.fuel.amount, vehicle.attitude.isp_s, vehicle.attitude.fuel.amount) == (
        450.0, 8000.0, 300.0, 100.0,
    )  # fmt: skip
    names = [tug.title(str(fuel.resource)) for fuel in (vehicle.fuel, vehicle.attitude.fuel)]
    assert names == ["LH2/LOX", "MMH/N2O4"]


def test_an_attitude_tank_may_be_the_main_one() -> None:
    """<rcsFuelTank reference="../omsFuelTank"/>: one tank, two specific impulses."""
    shared = re.sub(
        r"<rcsFuelTank>.*?</rcsFuelTank>", '<rcsFuelTank reference="../omsFuelTank"/>', TEXT, flags=re.DOTALL
    )
    vehicle = next(
        one
        for one in read_bytes("x", shared.encode()).campaign.elements
        if isinstance(one, PropulsiveVehicle)
    )
    assert vehicle.attitude is not None
    assert (vehicle.attitude.isp_s, vehicle.attitude.fuel) == (300.0, None)


def test_states_parts_and_people(tug: Campaign) -> None:
    vehicle, person = tug.elements
    assert isinstance(person, HumanAgent)
    assert person.active_share == 0.66
    assert [state.name for state in vehicle.states] == ["Tug asleep", "Tug awake"]
    assert vehicle.state == 1
    part = vehicle.parts[0]
    assert (tug.title(part.resource), part.quantity, part.time_to_failure_d, part.time_to_repair_d) == (
        "Fan", 3.0, None, 2.0 / 24.0,
    )  # fmt: skip


def test_events_and_crew_model(tug: Campaign) -> None:
    mission = tug.missions[0]
    landing, outside = mission.events[3], mission.events[4]
    assert isinstance(landing, SpaceTransport)
    assert isinstance(outside, Exploration)
    assert [len(one.actions) for one in landing.sequence] == [1, 1]
    assert (outside.at_d, outside.duration_d, outside.per_week, outside.outside_d) == (6.0, 7.0, 2.0, 0.25)
    model = mission.demand_models[0]
    assert isinstance(model, CrewModel)
    assert (model.reserves_d, model.water_recovery, model.no_transit, model.clothing_life_d) == (
        10.0,
        0.5,
        True,
        4.0,
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<scenario>", "<!DOCTYPE s [<!ENTITY a 'b'>]><scenario>", "document type declaration"),
        ("<scenario>", "<book>", "mismatched tag"),
        ('"../../../nodeLibrary/orbitalNode"', '"../../../nodeLibrary/orbitalNode[9]"', "leads nowhere"),
        ('"../../../nodeLibrary/orbitalNode"', '"../../../../../../../../.."', "leads nowhere"),
        ("<duration>0.5</duration>", "<duration>half a day</duration>", "'half a day'; allowed: a duration"),
        ("EST</startDate>", "XYZ</startDate>", "allowed: a date and time"),
        ("<omsIsp>450.0</omsIsp>", "<omsIsp>-1</omsIsp>", "isp: -1.0; allowed: a number, at least 0"),
        ("<burnStage>Burn</burnStage>", "<burnStage>Boom</burnStage>", "'Boom'; allowed: Burn, Stage"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, told: str) -> None:
    assert old in TEXT
    message = refusal(TEXT.replace(old, new, 1))
    assert told in message
    assert re.match(r"tug\.xml:\d+: ", message)


def test_another_kind_of_xml_is_named() -> None:
    assert refusal("<html/>") == "tug.xml:1: (whole file): <html>; allowed: a SpaceNet file: <scenario>"
