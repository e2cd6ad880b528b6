"""Ids that point nowhere, or at something of another kind."""

from typing import Any

import pytest

from laws.interop.spacenet_files import event, ident, small, taken
from moonwright.errors import ScenarioError

ELSEWHERE = ident("nothing has this id")


def refusal(data: dict[str, Any]) -> str:
    with pytest.raises(ScenarioError) as refused:
        taken(data)
    return str(refused.value)


def flight(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["missionList"][0]["events"][3]
    return found


def test_a_sound_file_has_no_faults() -> None:
    assert taken(small()).campaign.name == "small"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("network", "edges", 0, "origin"), "network.edges[0].origin: no node has the id"),
        (("missionList", 0, "destination"), "missionList[0].destination: no node has the id"),
        (("missionList", 0, "events", 3, "edge"), "events[3].edge: no edge has the id"),
        (("missionList", 0, "events", 3, "elements", 0), "events[3].elements[0]: no element has the id"),
        (("missionList", 0, "events", 0, "container"), "events[0].container: no holder has the id"),
        (("missionList", 0, "events", 0, "location"), "events[0].location: no place has the id"),
        (("instantiatedElements", 0, "templateId"), "templateId: no template has the id"),
        (("elementTemplates", 0, "fuel", "resource"), "fuel.resource: no resource has the id"),
        (("instantiatedElements", 3, "contents", 0, "resource"), "contents[0].resource: no resource"),
    ],
)
def test_an_id_that_points_nowhere(path: tuple[str | int, ...], told: str) -> None:
    data = small()
    if path[-1] == "templateId":
        data["instantiatedElements"][0] |= data["elementTemplates"][0] | {"id": ident("stage")}
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = ELSEWHERE
    assert told in refusal(data)


def test_an_id_of_another_kind_is_named() -> None:
    data = small()
    flight(data)["edge"] = ident("orbit")
    assert "'orbit', which is no edge; allowed: the id of an edge, such as" in refusal(data)


def test_only_propulsive_vehicles_burn() -> None:
    data = small()
    flight(data)["burnStageSequence"][0]["actions"][0]["element"] = ident("capsule")
    assert "'capsule 1', an Element Carrier, burns; allowed: a Propulsive Vehicle" in refusal(data)


def test_a_burn_is_one_of_its_edge() -> None:
    data = small()
    flight(data)["burnStageSequence"][0]["burn"] = ELSEWHERE
    assert "no burn of 'way' has the id" in refusal(data)


def test_a_space_transport_needs_a_space_edge() -> None:
    data = small()
    flight(data)["type"] = "Flight Transport"
    assert "'way', a Space Edge; allowed: a Flight Edge" in refusal(data)


def test_two_things_of_one_id() -> None:
    data = small()
    data["network"]["nodes"][1]["id"] = ident("cape")
    assert "the id of 'cape', too" in refusal(data)


def test_a_state_that_is_not_there() -> None:
    data = small()
    change = event("Reconfigure Element", "change", 1, "orbit", element=ident("capsule"), stateIndex=2)
    data["missionList"][0]["events"].append(change)
    assert "state 2, where 'capsule 1' has 0" in refusal(data)


def test_carriers_that_lie_in_themselves() -> None:
    data = small()
    data["instantiatedElements"][0]["contents"] = [ident("capsule")]
    data["instantiatedElements"][1]["contents"] = [ident("stage")]
    assert "lies in itself, or too deep" in refusal(data)


def test_only_people_go_outside() -> None:
    data = small()
    walk = event("Crewed EVA", "walk", 3, "base", evaDuration="PT8H", vehicle=ident("capsule"))
    walk["elementStates"] = [{"element": ident("stage")}]
    data["missionList"][0]["events"].append(walk)
    assert "elementStates[0].element: 'stage 1'; allowed: a Human Agent" in refusal(data)


def test_what_is_either_or_is_not_both() -> None:
    data = small()
    data["elementTemplates"][0]["fuel"]["classOfSupply"] = 1
    assert "either `resource` or `classOfSupply`" in refusal(data)


def test_nobody_walks_a_million_times() -> None:
    data = small()
    walk = event(
        "Crewed Exploration", "walk", 3, "base", evaDuration="PT8H", duration="P7D", vehicle=ident("capsule")
    )
    data["missionList"][0]["events"].append(walk | {"evaPerWeek": 1e6, "elementStates": []})
    assert "1e+06 spacewalks a week for 7 d; allowed: at most 10,000 in all" in refusal(data)
