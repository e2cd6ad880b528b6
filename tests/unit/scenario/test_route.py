"""Routes: what may be left to physics, and what is told of those that ask too little, too much or the impossible."""

from __future__ import annotations

from typing import Any

import pytest

from moonwright.scenario.check import check
from moonwright.scenario.document import spelt
from moonwright.scenario.scenario import Scenario
from worlds import cape_and_base

CIRCLE = {"altitude": "185 km", "inclination": "28.5 deg"}
NODES = {
    "tli": {"kind": "transfer"},
    "leo": {"kind": "orbit", "body": "earth", "altitude": "400 km", "inclination": "28.5 deg"},
    "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
    "flat": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "10 deg"},
    "vague": {"kind": "orbit", "body": "moon"},
    "halo": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
    "phobos": {"kind": "surface", "body": "phobos", "latitude": "0 deg", "longitude": "0 deg"},
    "earth": {"kind": "recovery", "body": "earth"},
}


def findings(route: dict[str, Any]) -> list[str]:
    routes = {"up": {"from": "cape", "to": "base", "duration": "5 d"}, "asked": route}
    told = cape_and_base("routes", {"start": "2031-01-01", "end": "2032-01-01"}, NODES, routes=routes)
    return [f"{spelt(one.path)}: {one.found}" for one in check(Scenario.model_validate(told))]


@pytest.mark.parametrize(
    ("origin", "destination", "computed"),
    [
        ("tli", "llo", {"at_earth": CIRCLE, "flights": ["4 d", "5 d"]}),
        ("leo", "llo", {}),
        ("tli", "base", {"at_earth": CIRCLE, "at_moon": {"altitude": "100 km", "inclination": "90 deg"}}),
        ("llo", "earth", {"at_earth": CIRCLE}),
        ("llo", "leo", {"reserve": "5 %", "most": "5 km/s"}),
        ("llo", "base", {}),
        ("base", "llo", {}),
    ],
)
def test_what_can_be_computed_is_not_found_fault_with(
    origin: str, destination: str, computed: dict[str, Any]
) -> None:
    assert findings({"from": origin, "to": destination, "computed": computed}) == []


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ({"from": "tli", "to": "llo", "burns": ["900 m/s"]}, "routes.asked: no `duration`"),
        (
            {"from": "llo", "to": "base", "burns": ["2 km/s"], "duration": "1 d", "computed": {}},
            "nothing is left to compute",
        ),
        ({"from": "cape", "to": "llo", "computed": {}}, "from 'cape' (kind launch site, earth) to 'llo'"),
        ({"from": "tli", "to": "halo", "computed": {}}, "to 'halo' (kind libration)"),
        ({"from": "tli", "to": "phobos", "computed": {}}, "to 'phobos' (kind surface, phobos)"),
        ({"from": "leo", "to": "vague", "computed": {}}, "nobody says its altitude and its inclination"),
        ({"from": "tli", "to": "llo", "computed": {}}, "no `at_earth`"),
        ({"from": "leo", "to": "base", "computed": {}}, "no `at_moon`"),
        ({"from": "leo", "to": "llo", "computed": {"at_earth": CIRCLE}}, "computed.at_earth: given where"),
        ({"from": "llo", "to": "base", "computed": {"at_moon": CIRCLE}}, "computed.at_moon: given where"),
        ({"from": "leo", "to": "llo", "computed": {"flights": ["3 d", "9 h"]}}, "flights[1]: 0.375 d"),
        ({"from": "leo", "to": "llo", "duration": "40 d", "computed": {}}, "routes.asked.duration: 40 d"),
        (
            {"from": "leo", "to": "llo", "duration": "4 d", "computed": {"flights": ["4 d"]}},
            "flights: beside a stated `duration`",
        ),
        ({"from": "llo", "to": "base", "computed": {"flights": ["4 d"]}}, "for a landing or an ascent"),
        ({"from": "flat", "to": "base", "computed": {}}, "tilted by 10 deg over a place at -89 deg"),
    ],
)
def test_what_cannot_is_told_in_one_sentence(route: dict[str, Any], told: str) -> None:
    (found,) = findings(route)
    assert told in found


def test_who_burns_on_a_computed_route_needs_a_tank() -> None:
    told = cape_and_base(
        "routes",
        {"start": "2031-01-01", "end": "2032-01-01"},
        NODES,
        routes={
            "up": {"from": "cape", "to": "llo", "duration": "5 d"},
            "down": {"from": "llo", "to": "base", "computed": {}},
        },
        launchers={"rocket": {"owner": "a", "site": "cape", "payload": {"llo": "9 t"}, "cadence": "4 /yr"}},
        vehicles={"glider": {"owner": "a", "dry_mass": "1 t"}},
        missions={
            "trip": {
                "legs": [
                    {"by": "rocket", "carrying": ["glider"], "route": "up"},
                    {"by": "glider", "route": "down"},
                ],
                "expends": ["glider"],
            }
        },
    )
    (found,) = check(Scenario.model_validate(told))
    assert found.found == "'glider' has no tank, but 'down' has burns"
