"""Campaigns written: what SpaceNet's JSON cannot hold is told, our own file holds all."""

import json

from laws.interop.spacenet_files import ARTEMIS, TUG, campaign, event, ident, small
from moonwright.interop.spacenet.read import read, read_bytes
from moonwright.interop.spacenet.write import write_spacenet


def test_the_example_comes_back_as_it_went() -> None:
    """Key for key, but for what was left to defaults."""
    told = json.loads(ARTEMIS.read_text(encoding="utf-8"))
    sent = json.loads(write_spacenet(read(ARTEMIS).campaign, "a").files["a"])
    assert sent["missionList"][0]["events"] == told["missionList"][0]["events"]
    assert [edge["burns"] for edge in sent["network"]["edges"]] == [
        e["burns"] for e in told["network"]["edges"]
    ]
    assert sent["instantiatedElements"] == told["instantiatedElements"]
    for template, before in zip(sent["elementTemplates"], told["elementTemplates"], strict=True):
        assert before.items() <= template.items()


def test_the_split_of_tanks_is_told_as_left_behind() -> None:
    sent = write_spacenet(read(TUG).campaign, "a")
    assert sent.left_behind == (
        "First | Tug: its engines and tank for attitude control; there the main ones do such burns",
        "Landing: which of its burns are for attitude control",
    )
    assert b"attitude" not in sent.files["a"]
    assert b'"engine"' not in sent.files["a"]
    back = read_bytes("a", sent.files["a"])
    assert back.left_behind == ()


def test_every_instance_has_a_template_as_the_python_tool_asks() -> None:
    data = json.loads(write_spacenet(campaign(small()), "a").files["a"])
    templates = {one["id"]: one for one in data["elementTemplates"]}
    for one in data["instantiatedElements"]:
        assert one["templateId"] in templates
        assert one["type"] == templates[one["templateId"]]["type"]
        assert one["id"]
        assert one["name"]
    assert {one["name"] for one in templates.values()} == {"stage", "capsule", "person", "box"}


def test_a_single_burn_is_written_for_both_tools() -> None:
    data = small()
    burn = event("Propulsive Burn", "b", 0.5, "orbit", elements=[ident("stage")], actions=[])
    burn["burn"] = {"id": ident("b"), "time": 0, "deltaV": 5}
    data["missionList"][0]["events"].append(burn)
    sent = write_spacenet(campaign(data), "a").files["a"]
    last = json.loads(sent)["missionList"][0]["events"][-1]
    assert last["actions"] == last["burnStageSequence"] == []
    assert read_bytes("a", sent).campaign == campaign(data)
