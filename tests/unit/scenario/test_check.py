"""Checks: one small campaign in which nothing is wrong, spoilt in one place at a time."""

from typing import Any

import pytest

from moonwright.scenario.check import check
from moonwright.scenario.document import spelt
from moonwright.scenario.finding import Finding
from moonwright.scenario.scenario import Scenario

GONE = object()
PUMP = {
    "resource": "water",
    "count": 1,
    "mass": "1 kg",
    "mean_life": "2 yr",
    "lasts": "1 yr",
    "confidence": "95 %",
}


def spoilt(campaign: dict[str, Any], changes: dict[str, Any]) -> tuple[Finding, ...]:
    """What is found once the values at some dotted paths are replaced (or gone)."""
    for path, value in changes.items():
        *outer, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
        place: Any = campaign
        for step in outer:
            place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return check(Scenario.model_validate(campaign))


def test_nothing_is_wrong_with_the_campaign(campaign: dict[str, Any]) -> None:
    assert spoilt(campaign, {}) == ()


CASES: list[tuple[dict[str, Any], str, str]] = [
    # names
    ({"launchers/big/owner": "nord"}, "launchers.big.owner", "did you mean 'north'?"),
    ({"partners/north/may_not_carry": ["east"]}, "partners.north.may_not_carry[0]", "no partner 'east'"),
    ({"partners/south/may_not_fly_with": ["Nort"]}, "partners.south.may_not_fly_with[0]", "'north'"),
    ({"routes/ascent/from": "cap"}, "routes.ascent.from", "did you mean 'cape'?"),
    ({"launchers/big/payload": {"tli": "27 t", "leo": "70 t"}}, "launchers.big.payload.leo", "no node 'leo'"),
    ({"vehicles/tug/tank/resource": "feul"}, "vehicles.tug.tank.resource", "did you mean 'fuel'?"),
    ({"vehicles/tug/tank/resource": "oxygen"}, "vehicles.tug.tank.resource", "the library has it"),
    ({"missions/cargo/legs/1/route": "captur"}, "missions.cargo.legs[1].route", "did you mean 'capture'?"),
    ({"missions/sortie/units/ferry": "landr"}, "missions.sortie.units.ferry", "did you mean 'lander'?"),
    ({"missions/cargo/payer": "nasa"}, "missions.cargo.payer", "no owner 'nasa'"),
    ({"missions/cargo/legs/1/by": "landr"}, "missions.cargo.legs[1].by", "did you mean 'lander'?"),
    ({"missions/cargo/legs/0/by": ["big", "bigger"]}, "missions.cargo.legs[0].by[1]", "no launcher 'bigger'"),
    ({"missions/cargo/legs/1/by": ["lander"]}, "missions.cargo.legs[1].by[0]", "write `by: lander`"),
    ({"missions/cargo/legs/0/carrying": ["ladder"]}, "missions.cargo.legs[0].carrying[0]", "'lander'"),
    ({"missions/cargo/expends": ["ship"]}, "missions.cargo.expends[0]", "no unit 'ship'"),
    ({"missions/sortie/refuels": ["tug"]}, "missions.sortie.refuels[0]", "no unit 'tug'"),
    ({"elements/habitat/owner": "nasa"}, "elements.habitat.owner", "no owner 'nasa'"),
    ({"elements/plant/after": ["habitt"]}, "elements.plant.after[0]", "did you mean 'habitat'?"),
    (
        {"elements/plant/provides": {"closure": {"air": {"share": 0.5, "crew": 3}}}},
        "elements.plant.provides.closure.air",
        "no resource 'air'",
    ),
    (
        {
            "elements/plant/provides": {
                "produces": {"water": {"rate": "1 kg/d", "inputs": {"ice": "1 kg/kg"}}}
            }
        },
        "elements.plant.provides.produces.water.inputs.ice",
        "no resource 'ice'",
    ),
    ({"elements/plant/uses": {"spares": {"parts": "5 %/yr"}}}, "elements.plant.uses.spares.parts", "'parts'"),
    ({"crew/pilot/uses/air": "1 kg/d"}, "crew.pilot.uses.air", "no resource 'air'"),
    ({"crew/pilot/spacewalk": {"uses": {"air": "1 kg/h"}}}, "crew.pilot.spacewalk.uses.air", "'air'"),
    ({"activities/survey/node": "bass"}, "activities.survey.node", "did you mean 'base'?"),
    ({"station_keeping/0/node": "orbti"}, "station_keeping[0].node", "did you mean 'orbit'?"),
    ({"station_keeping/0/growth": [{"mass": "0 t"}]}, "station_keeping[0].growth[0].mass", "0 kg"),
    (
        {"elements/plant/provides": {"plants": {"air": "polar ice"}}},
        "elements.plant.provides.plants.air",
        "'air'",
    ),
    (
        {"elements/plant/uses": {"parts": {"pump": {**PUMP, "resource": "parts"}}}},
        "elements.plant.uses.parts.pump.resource",
        "no resource 'parts'",
    ),
    # life support
    ({"crew/pilot/uses": GONE}, "crew.pilot", "neither `uses` nor `metabolism`"),
    ({"crew/pilot/metabolism": "nominal"}, "crew.pilot.metabolism", "no resource is oxygen or water or food"),
    (
        {"resources/water/substance": "water", "resources/fuel/substance": "water"},
        "resources.water.substance",
        "which 'fuel' is too",
    ),
    (
        {"elements/plant/provides": {"life_support": {"system": "bare-bones", "crew": 2}}},
        "elements.plant.provides.life_support",
        "lithium hydroxide",
    ),
    (
        {"elements/plant/provides": {"life_support": {"system": "iss-2021", "crew": 2, "leak": "1 kg/d"}}},
        "elements.plant.provides.life_support.leak",
        "no resource is nitrogen",
    ),
    (
        {"crew/pilot/spacewalk": {"walk": {"people": 0, "lasts": "6 h"}}},
        "crew.pilot.spacewalk.walk.people",
        "nobody",
    ),
    ({"crew/pilot/spacewalk": {"walk": {"lasts": "0 h"}}}, "crew.pilot.spacewalk.walk.lasts", "0 h"),
    (
        {"elements/plant/uses": {"parts": {"pump": {**PUMP, "confidence": 1}}}},
        "elements.plant.uses.parts.pump.confidence",
        "1",
    ),
    (
        {"elements/plant/uses": {"parts": {"pump": {**PUMP, "mean_life": "0 d"}}}},
        "elements.plant.uses.parts.pump.mean_life",
        "0 d",
    ),
    (
        {"elements/plant/uses": {"parts": {"pump": {**PUMP, "count": 100_000}}}},
        "elements.plant.uses.parts.pump.lasts",
        "50000 failures",
    ),
    (
        {
            "elements/plant/mass": "300 kg",
            "elements/plant/provides": {"plants": {"water": "molten regolith"}},
        },
        "elements.plant.provides.plants.water",
        "a plant of 300 kg",
    ),
    ({"demands/lived in/of": "pilots"}, "demands.lived in.of", "did you mean 'pilot'?"),
    ({"demands/stands/element": "habitats"}, "demands.stands.element", "did you mean 'habitat'?"),
    ({"demands/visited/mission": "sorty"}, "demands.visited.mission", "did you mean 'sortie'?"),
    ({"demands/safe/resources": ["wather"]}, "demands.safe.resources[0]", "did you mean 'water'?"),
    ({"demands/safe/worth": {"east": "1 MUSD"}}, "demands.safe.worth.east", "no partner 'east'"),
    ({"initial/stocks": {"base": {"watr": "1 t"}}}, "initial.stocks.base.watr", "did you mean 'water'?"),
    ({"initial/stocks": {"bse": {"water": "1 t"}}}, "initial.stocks.bse", "did you mean 'base'?"),
    ({"initial/spent": {"nord": "1 MUSD"}}, "initial.spent.nord", "did you mean 'north'?"),
    (
        {"initial/contracts": [{"mission": "crgo", "from": "2031-01-01", "until": "2032-01-01"}]},
        "initial.contracts[0].mission",
        "did you mean 'cargo'?",
    ),
    (
        {"initial/under_way": [{"node": "base", "on": "2031-02-01", "elements": {"habitt": 1}}]},
        "initial.under_way[0].elements.habitt",
        "did you mean 'habitat'?",
    ),
    ({"launchers/big/source": "S1"}, "launchers.big.source", "no source 'S1'"),
    ({"launchers/big/price": {"value": "1 MUSD", "source": "S1"}}, "launchers.big.price", "no source 'S1'"),
    ({"partners/x y ": {"name": "X"}}, "partners.x y ", "no space at either end"),
    ({"vehicles/big": {"owner": "north", "dry_mass": "1 t"}}, "vehicles.big", "is a launcher too"),
    # time
    ({"horizon/end": "2030-12-31"}, "horizon.end", "a date after 2031-01-01"),
    ({"horizon/end": "2999-12-31"}, "horizon.end", "from 1950-01-01 to 2200-01-01"),
    (
        {"partners/north/from": "2032-01-01", "partners/north/until": "2031-01-01"},
        "partners.north.until",
        "a date after 2032-01-01",
    ),
    (
        {"launchers/big/first_flight": "2032-01-02", "launchers/big/last_flight": "2032-01-01"},
        "launchers.big.last_flight",
        "which is `first_flight`",
    ),
    (
        {"launchers/big/outages": [{"from": "2032-01-01", "until": "2032-01-01"}]},
        "launchers.big.outages[0].until",
        "which is `from`",
    ),
    (
        {"routes/ascent/windows": [{"opens": "2032-01-01", "closes": "2031-01-01"}]},
        "routes.ascent.windows[0].closes",
        "which is `opens`",
    ),
    (
        {"vehicles/tug/ready": "2032-01-01", "vehicles/tug/retired": "2031-01-01"},
        "vehicles.tug.retired",
        "which is `ready`",
    ),
    (
        {"horizon/periods": [{"length": "1 month"}, {"length": "3 months"}]},
        "horizon.periods[0]",
        "say when the next rule takes over",
    ),
    (
        {
            "horizon/periods": [
                {"length": "1 month", "until": "2032-01-01"},
                {"length": "1 d", "until": "2031-06-01"},
            ]
        },
        "horizon.periods[1].until",
        "a date after 2032-01-01",
    ),
    (
        {"horizon/periods": [{"length": "1 month", "until": "2032-12-01"}]},
        "horizon.periods[0].until",
        "before the horizon ends",
    ),
    ({"horizon/periods": []}, "horizon.periods", "at least one"),
    ({"horizon/periods": [{"length": "0 months"}]}, "horizon.periods[0].length", "at least 1 d"),
    (
        {"horizon/periods": [{"length": "1 d"}], "horizon/end": "2041-01-01"},
        "horizon.periods",
        "too many periods",
    ),
    ({"demands/visited/every": "0 d"}, "demands.visited.every", "at least 1 d"),
    ({"crew/pilot/rotation/longest": "4 d"}, "crew.pilot.rotation.longest", "at least 5 d"),
    # partners and places
    ({"partners/north/share": 0.5}, "elements.plant.owner", "the shares add to 0.9"),
    (
        {"partners/north/share": GONE, "partners/south/share": GONE},
        "elements.plant.owner",
        "no partner has a `share`",
    ),
    ({"partners/shared": {"name": "All"}}, "partners.shared", "rename it"),
    (
        {"launchers/big/site": "orbit", "launchers/big/payload": {"tli": "1 t", "base": "1 t"}},
        "launchers.big.site",
        "a launch site: cape",
    ),
    ({"elements/plant/node": "tli"}, "elements.plant.node", "nothing waits there"),
    ({"demands/lived in/node": "earth"}, "demands.lived in.node", "nothing waits there"),
    ({"demands/watered/node": "cape"}, "demands.watered.node", "or recovery"),
    ({"station_keeping/0/node": "earth"}, "station_keeping[0].node", "of kind recovery"),
    ({"initial/vehicles/0/node": "tli"}, "initial.vehicles[0].node", "of kind transfer"),
    # missions
    (
        {"missions/cargo/legs/1/route": "landing"},
        "missions.cargo.legs[1].route",
        "the leg before ends at 'tli'",
    ),
    (
        {
            "missions/sortie/legs/4/by": "tug",
            "missions/sortie/legs/1/carrying": ["tug"],
            "vehicles/ship/pushes": True,
            "missions/sortie/legs/2/carrying": ["tug"],
            "vehicles/lander/pushes": True,
        },
        "missions.sortie.legs[4].by",
        "'tug' was left at 'base', but the leg starts at 'orbit'",
    ),
    ({"missions/cargo/legs/1/by": "big"}, "missions.cargo.legs[1].by", "launchers fly the first leg only"),
    (
        {
            "nodes/pad": {"kind": "launch site", "body": "earth", "latitude": "0 deg", "longitude": "0 deg"},
            "launchers/big/site": "pad",
        },
        "missions.cargo.legs[0].by",
        "stands at 'pad'",
    ),
    ({"launchers/big/payload": {"orbit": "20 t"}}, "missions.cargo.legs[0].by", "no payload to 'tli'"),
    (
        {"missions/cargo/legs/0": {"by": "lander", "route": "ascent"}},
        "missions.cargo.legs[0].by",
        "at the launch site 'cape' by itself",
    ),
    (
        {"vehicles/lander/tank": GONE, "vehicles/lander/refuelled": GONE, "missions/sortie/refuels": []},
        "missions.cargo.legs[1].by",
        "has no tank",
    ),
    ({"missions/cargo/legs/1/carrying": ["tug"]}, "missions.cargo.legs[1].by", "cannot push tug"),
    ({"missions/cargo/legs/0/stay": "1 d"}, "missions.cargo.legs[0].stay", "no stay there"),
    (
        {"missions/half": {"legs": [{"by": "big", "carrying": ["tug"], "route": "ascent"}]}},
        "missions.half.legs[0].route",
        "an end where things can wait",
    ),
    (
        {"missions/half": {"legs": [{"by": "tug", "route": "capture"}]}},
        "missions.half.legs[0].route",
        "nothing waits there",
    ),
    (
        {
            "routes/again": {"from": "earth", "to": "orbit", "duration": "1 d"},
            "missions/half": {"legs": [{"by": "tug", "route": "again"}]},
        },
        "missions.half.legs[0].route",
        "has left",
    ),
    (
        {"missions/cargo/legs/0/carrying": ["lander", "tug"]},
        "missions.cargo.legs[0].carrying[1]",
        "`expends`",
    ),
    ({"missions/sortie/least_crew": 6}, "missions.sortie.least_crew", "at most 5"),
    ({"vehicles/lander/refuelled": False}, "missions.sortie.refuels[0]", "`refuelled: true`"),
    # elements and demands
    ({"elements/habitat/after": ["plant"]}, "elements.plant.after", "habitat after plant after habitat"),
    ({"elements/plant/after": ["plant"]}, "elements.plant.after", "a circle: plant after plant"),
    ({"elements/habitat/mass": "3.1 t"}, "elements.habitat.mass", "at most 3 t"),
    (
        {
            "elements/habitat/room": "pressurised",
            "vehicles/lander/room": {"total": "3 t", "pressurised": "2 t"},
        },
        "elements.habitat.mass",
        "at most 2 t",
    ),
    (
        {
            "nodes/far": {"kind": "surface", "body": "mars", "latitude": "0 deg", "longitude": "0 deg"},
            "elements/plant/node": "far",
        },
        "elements.plant.node",
        "no mission reaches 'far'",
    ),
    ({"vehicles/lander/room": GONE}, "elements.habitat.node", "has `room` for cargo"),
    ({"demands/stands/count": 2}, "demands.stands.count", "at most 1"),
    (
        {
            "nodes/far": {"kind": "surface", "body": "mars", "latitude": "0 deg", "longitude": "0 deg"},
            "demands/watered/node": "far",
        },
        "demands.watered.node",
        "no mission reaches 'far'",
    ),
    (
        {
            "nodes/far": {"kind": "surface", "body": "mars", "latitude": "0 deg", "longitude": "0 deg"},
            "demands/safe/node": "far",
        },
        "demands.safe.node",
        "no mission reaches 'far'",
    ),
    ({"vehicles/lander/seats": 0}, "demands.lived in.node", "no mission with seats reaches 'base'"),
    # the first day
    ({"initial/vehicles/0/arrived": "2031-02-01"}, "initial.vehicles[0].arrived", "2031-01-01 or earlier"),
    (
        {"initial/crew": [{"kind": "pilot", "node": "base", "count": 1, "arrived": "2031-02-01"}]},
        "initial.crew[0].arrived",
        "2031-01-01 or earlier",
    ),
    ({"initial/under_way": [{"node": "base", "on": "2030-12-31"}]}, "initial.under_way[0].on", "or later"),
    ({"initial/elements": [{"element": "habitat", "count": 2}]}, "elements.habitat.quantity", "at least 2"),
    ({"initial/fleet/0/vehicle": "tug"}, "initial.fleet[0].vehicle", "flies once only"),
    ({"initial/fleet/0/flights_left": 6}, "initial.fleet[0].flights_left", "at most 5"),
]


@pytest.mark.parametrize(
    ("changes", "path", "told"), CASES, ids=[f"{n}-{path}" for n, (_, path, _) in enumerate(CASES)]
)
def test_a_spoilt_campaign_is_told_at_its_place(
    campaign: dict[str, Any], changes: dict[str, Any], path: str, told: str
) -> None:
    found = [(spelt(f.path), f"{f.found}; {f.allowed}; {f.todo}") for f in spoilt(campaign, changes)]
    [words] = [words for place, words in found if place == path]
    assert told in words


FINE: list[dict[str, Any]] = [
    # A what-if that no plan can meet is for the planner to say.
    {"elements/habitat/ready": "2050-01-01"},
    {"demands/stands/by": "2031-01-02"},
    {"launchers/big/first_flight": "2040-01-01"},
    {"launchers/big/first_flight": "2032-01-01", "launchers/big/last_flight": "2032-01-01"},
    {"elements/habitat/mass": "3 t"},
    {"missions/sortie/least_crew": 5},
    {"demands/lived in/from": "2040-01-01"},
    # What stands there at the start need not be brought.
    {"elements/habitat/mass": "30 t", "initial/elements": [{"element": "habitat"}]},
    {
        "vehicles/lander/seats": 0,
        "initial/crew": [{"kind": "pilot", "node": "base", "count": 1, "arrived": "2030-12-01"}],
        "missions/sortie/least_crew": 3,
    },
    # A unit that waits may join half-way, and what reaches a recovery node is gone.
    {"missions/sortie/expends": ["ferry"]},
    {"missions/cargo/legs/0/by": ["big"]},
    {"demands/watered/node": "earth"},
]


@pytest.mark.parametrize("changes", FINE, ids=[next(iter(changes)) for changes in FINE])
def test_what_may_be_right_is_left_alone(campaign: dict[str, Any], changes: dict[str, Any]) -> None:
    assert spoilt(campaign, changes) == ()


def test_a_name_missing_in_many_places_is_told_once(campaign: dict[str, Any]) -> None:
    found = spoilt(campaign, {"resources/water": GONE})
    assert [(spelt(f.path), f.found) for f in found] == [
        ("crew.pilot.uses.water", "no resource 'water' (nor for 3 more that ask for it)")
    ]


def test_a_long_chain_of_prerequisites_is_no_trouble(campaign: dict[str, Any]) -> None:
    chain = {
        f"e{n}": {"owner": "north", "node": "base", "mass": "1 t", "after": [f"e{n + 1}"]}
        for n in range(3000)
    }
    chain["e3000"] = {"owner": "north", "node": "base", "mass": "1 t"}
    campaign["elements"] |= chain
    assert check(Scenario.model_validate(campaign)) == ()
