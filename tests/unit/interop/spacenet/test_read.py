"""SpaceNet files read: both spellings of everything, templates, and what is told of a file that is wrong."""

import json
from typing import Any

import pytest

from laws.interop.spacenet_files import ARTEMIS, ident, small, taken, written
from moonwright.errors import ScenarioError
from moonwright.interop.spacenet.element import PropulsiveVehicle
from moonwright.interop.spacenet.event import SpaceTransport
from moonwright.interop.spacenet.read import read_bytes


def refusal(data: dict[str, Any]) -> str:
    with pytest.raises(ScenarioError) as refused:
        taken(data)
    return str(refused.value)


def test_an_instance_inherits_what_it_leaves_out() -> None:
    data = small()
    data["instantiatedElements"][0] |= {"mass": 450.0, "isp": None}
    stage = taken(data).campaign.element[ident("stage")]
    assert isinstance(stage, PropulsiveVehicle)
    assert (stage.name, stage.mass_kg, stage.isp_s, stage.fuel.amount) == ("stage 1", 450.0, 300.0, 1000.0)


def test_a_state_inherits_its_demand_model_through_its_template() -> None:
    data = small()
    model = {"id": ident("model"), "type": "Sparing by Mass", "name": "m", "unpressurizedSparesRate": 0.1}
    data["demandModels"] = [model]
    own = {
        "name": "mine",
        "type": "Sparing By Mass",
        "templateId": ident("model"),
        "pressurizedSparesRate": 0.2,
    }
    data["elementTemplates"][1]["states"] = [{"name": "on", "type": "Active", "demandModels": [own]}]
    found = taken(data).campaign.element[ident("capsule")].states[0].demand_models[0]
    assert (found.name, found.unpressurized_per_yr, found.pressurized_per_yr) == ("mine", 0.1, 0.2)  # type: ignore[union-attr]


def test_types_may_be_spelt_with_and_without_spaces() -> None:
    text = written(small()).decode()
    for spaced in ("Surface Node", "Space Edge", "Propulsive Vehicle", "Create Elements", "Space Transport"):
        text = text.replace(spaced, spaced.replace(" ", ""))
    assert read_bytes("file.json", text.encode()).campaign == taken(small()).campaign


def test_seconds_and_iso_say_the_same() -> None:
    data = small()
    data["network"]["edges"][0]["duration"] = 216_000.0
    data["network"]["edges"][0]["burns"][1]["time"] = 172_800
    assert taken(data).campaign == taken(small()).campaign


def test_both_tools_keys_for_a_burn_are_read() -> None:
    """The Python tool: burnStageSequence; the Java tool: actions; a burn's id bare or wrapped."""
    data = small()
    flight = data["missionList"][0]["events"][3]
    flight["burnStageSequence"][0] = {
        "burn": {"id": ident("first")},
        "burnStageSequence": flight["burnStageSequence"][0]["actions"],
    }
    assert taken(data).campaign == taken(small()).campaign
    told = []
    for key in ("actions", "burnStageSequence"):
        data = small()
        burn = {"type": "Propulsive Burn", "name": "b", "missionTime": 0, "location": ident("orbit")}
        burn |= {"elements": [ident("stage")], "burn": {"id": ident("b"), "time": 0, "deltaV": 5}}
        burn[key] = [{"type": "Burn", "element": ident("stage")}]
        data["missionList"][0]["events"].append(burn)
        told.append(taken(data).campaign)
    assert told[0] == told[1]
    assert len(told[0].missions[0].events[-1].actions) == 1  # type: ignore[union-attr]


def test_unknown_keys_are_listed_and_the_rest_is_read() -> None:
    data = small()
    data["elementTemplates"][0]["colour"] = "red"
    data["network"]["nodes"][0]["latitudes"] = 1
    found = taken(data)
    assert found.campaign == taken(small()).campaign
    assert [left.partition(": ")[2] for left in found.left_behind] == [
        "network.nodes[0].latitudes: a key that SpaceNet's format does not have here; did you mean 'latitude'?",
        "elementTemplates[0].colour: a key that SpaceNet's format does not have here",
    ]


def test_contents_of_nodes_and_a_manifest_are_listed() -> None:
    data = small() | {"manifest": {"x": 1}}
    data["network"]["nodes"][0]["contents"] = [ident("box")]
    assert [left.partition(": ")[2] for left in taken(data).left_behind] == [
        "manifest: a manifest, which the simulator does not read either",
        "network.nodes[0].contents: contents, which the simulator does not read either",
    ]


def test_all_faults_are_told_at_once_each_with_its_line() -> None:
    data = small()
    data["network"]["nodes"][0]["latitude"] = "north"
    data["network"]["edges"][0]["duration"] = "P1M"
    data["missionList"][0]["events"][0]["type"] = "Create Element"
    data["elementTemplates"][0]["mass"] = -1
    del data["startDate"]
    lines = written(data).decode().splitlines()
    faults = refusal(data).splitlines()
    assert len(faults) == 5
    for fault, text, words in zip(
        faults,
        (None, '"latitude": "north"', '"duration": "P1M"', '"type": "Create Element"', '"mass": -1'),
        ("startDate: missing", "'north'; allowed: an angle", "months are of no fixed length",
         "did you mean 'Create Elements'?", "-1; allowed: a number, at least 0"),
        strict=True,
    ):  # fmt: skip
        assert words in fault
        if text is not None:
            line = int(fault.split(":")[1])
            assert text in lines[line - 1]


def test_what_is_wrong_in_a_template_is_told_there_only() -> None:
    data = small()
    data["elementTemplates"][0]["isp"] = "fast"
    assert refusal(data).count("'fast'") == 1
    assert "elementTemplates[0].isp" in refusal(data)


def test_the_older_format_is_recognised() -> None:
    data = small()
    data["network"]["nodes"] = {ident("cape"): {"type": "SurfaceNode", "name": "KSC", "body_1": "Earth"}}
    assert "older format (before November 2022)" in refusal(data)
    assert "write nodes and edges as lists, and each burn with its time" in refusal(
        {"name": "old", "elementList": {}}
    )


def test_templates_that_multiply_are_stopped() -> None:
    """A few kilobytes that would become more than a million values, and might as well be billions."""
    data = small()
    data["elementTemplates"][1]["parts"] = [{"resource": ident("fuel")}] * 2_000
    one = data["instantiatedElements"][1]
    data["instantiatedElements"] += [{**one, "id": ident(f"copy {number}")} for number in range(300)]
    assert "instances inherit too much" in refusal(data)


def test_the_example_is_read_whole() -> None:
    told = json.loads(ARTEMIS.read_text(encoding="utf-8"))
    found = read_bytes("a", ARTEMIS.read_bytes())
    assert found.left_behind == ()
    flights = [one for one in found.campaign.missions[0].events if isinstance(one, SpaceTransport)]
    assert sum(len(flight.sequence) for flight in flights) == sum(
        len(e["burns"]) for e in told["network"]["edges"]
    )
    assert len(found.campaign.elements) == len(told["instantiatedElements"]) == 13


def test_a_needed_key_that_is_misspelt_is_one_fault() -> None:
    data = small()
    data["elementTemplates"][0]["isps"] = data["elementTemplates"][0].pop("isp")
    (fault,) = refusal(data).splitlines()
    assert fault.endswith('elementTemplates[0].isp: missing; write "isp" for "isps"')


def test_an_instance_whose_template_is_not_there_is_one_fault() -> None:
    data = small()
    data["instantiatedElements"][0]["templateId"] = ident("gone")
    (fault,) = refusal(data).splitlines()
    assert "instantiatedElements[0].templateId: no template has the id" in fault


def test_an_id_missing_in_many_places_is_one_fault() -> None:
    data = small()
    del data["network"]["nodes"][2]
    faults = [fault for fault in refusal(data).splitlines() if ident("base") in fault]
    assert len(faults) == 1
    assert "(nor for 3 more that ask for it)" in faults[0]
