"""What a scenario of ours takes from a SpaceNet campaign but its flights: places, ways, resources and crews."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from moonwright.interop.spacenet.agenda import family
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.demand import lasts_d, start_d
from moonwright.interop.spacenet.element import HumanAgent, ResourceContainer
from moonwright.interop.spacenet.event import CreateElements
from moonwright.interop.spacenet.place import (
    FlightEdge,
    LagrangeNode,
    Node,
    OrbitalNode,
    SpaceEdge,
)
from moonwright.interop.spacenet.supply import CrewModel
from moonwright.scenario.check import check
from moonwright.scenario.document import Path, spelt
from moonwright.scenario.faults import findings_of
from moonwright.scenario.finding import Finding
from moonwright.scenario.scenario import Scenario

Entry = dict[str, Any]

PARTNER = "campaign"
UNSAID = "SpaceNet does not say"  # why whatever it leaves out is assumed
SLACK_D = 60  # how much later than in the campaign things may happen: our plans wait for the next period
_LONGEST_NAME = 60
_ROUNDS = 20  # of leaving out what cannot be told


@dataclass
class Frame:
    """A scenario in the making: entries by noun, our names by SpaceNet's ids, and what has no place in it."""

    campaign: Campaign
    data: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)  # names, and the last number that one like it got
    left: list[str] = field(default_factory=list)

    def name(self, key: str, wanted: str) -> str:
        """The name of a thing, once given: in small letters, and its own."""
        if key not in self.names:
            self.names[key] = self.free(wanted)
        return self.names[key]

    def free(self, wanted: str) -> str:
        """A name like `wanted` that nothing has."""
        told = "".join(letter if letter.isalnum() else "-" for letter in wanted.lower())
        base = "-".join(part for part in told.split("-") if part)[:_LONGEST_NAME] or "nameless"
        number, made = self.taken.get(base, 1), base
        while made in self.taken:
            number += 1
            made = f"{base}-{number}"
        self.taken |= {base: number, made: 1}
        return made

    def arrival(self, node: str) -> str:
        """Where what comes to a node ends: a launch site takes nothing back, so beside it lies a place that does."""
        return self.names.get(f"landing at {node}", self.names[node])


def framed(campaign: Campaign) -> Frame:
    """All of a campaign that a scenario can say, but its flights."""
    frame = Frame(campaign, _frame(campaign))
    frame.names[PARTNER] = PARTNER
    frame.taken[PARTNER] = 1
    _nodes(frame)
    _routes(frame)
    _resources(frame)
    _crew(frame)
    return frame


def _frame(campaign: Campaign) -> dict[str, Any]:
    first = campaign.start.date()
    days = max(1, math.ceil(last_d(campaign))) + 1 + SLACK_D
    length = "5 d" if days <= 120 else "1 month"
    return {
        "name": campaign.name.strip()[:200] or "A SpaceNet campaign",
        "description": campaign.description,
        "currency_year": first.year,
        "horizon": {
            "start": first.isoformat(),
            "end": (first + timedelta(days=days)).isoformat(),
            "periods": [{"length": length}],
        },
        "partners": {PARTNER: {"name": campaign.created_by.strip() or "The campaign"}},
        "nodes": {},
        "demands": {},
    }


def last_d(campaign: Campaign) -> float:
    """The day on which the last event ends."""
    ends = (
        start_d(campaign, mission) + event.at_d + min(lasts_d(campaign, event), 3650.0)
        for mission in campaign.missions
        for event in mission.events
    )
    return max(ends, default=0.0)


def day(campaign: Campaign, day_d: float) -> date:
    """The date of a day of the campaign."""
    return campaign.start.date() + timedelta(days=math.floor(day_d))


def _nodes(frame: Frame) -> None:
    campaign = frame.campaign
    begins = {edge.origin for edge in campaign.network.edges}
    begins |= {e.location for m in campaign.missions for e in m.events if isinstance(e, CreateElements)}
    ends = {edge.destination for edge in campaign.network.edges}
    for node in campaign.network.nodes:
        name = frame.name(node.id, node.name)
        told = _node(node, node.id in begins)
        frame.data["nodes"][name] = {"name": node.description or node.name, **told}
        if told["kind"] == "launch site" and node.id in ends:
            landing = frame.free(f"{name} landing")
            frame.names[f"landing at {node.id}"] = landing
            frame.data["nodes"][landing] = {"kind": "recovery", "body": "earth"}


def _node(node: Node, begins: bool) -> Entry:
    given = {"assumed": "as the SpaceNet file has it"}
    if isinstance(node, LagrangeNode):
        bodies = [node.body.lower(), node.minor_body.lower()]
        return {"kind": "libration", "bodies": bodies, "point": f"L{node.point}", **given}
    if isinstance(node, OrbitalNode):
        low, high = sorted((node.periapsis_km, node.apoapsis_km))
        told = {"kind": "orbit", "body": node.body.lower(), "inclination": f"{node.inclination_deg!r} deg"}
        return {**told, "periapsis": f"{low!r} km", "apoapsis": f"{high!r} km", **given}
    if node.body.lower() == "earth" and not begins:
        return {"kind": "recovery", "body": "earth"}
    kind = "launch site" if node.body.lower() == "earth" else "surface"
    place = {"latitude": f"{node.latitude_deg!r} deg", "longitude": f"{node.longitude_deg!r} deg"}
    return {"kind": kind, "body": node.body.lower(), **place, **given}


def _routes(frame: Frame) -> None:
    routes: dict[str, Entry] = {}
    for edge in frame.campaign.network.edges:
        if not isinstance(edge, SpaceEdge | FlightEdge):
            frame.left.append(f"{edge.name}: a way over ground")
            continue
        told: Entry = {"from": frame.names[edge.origin], "to": frame.arrival(edge.destination)}
        if isinstance(edge, SpaceEdge) and edge.burns:
            told["burns"] = [f"{burn.dv_m_s!r} m/s" for burn in edge.burns]
        told |= {"duration": f"{edge.duration_d!r} d", "assumed": "as the SpaceNet file has it"}
        routes[frame.name(edge.id, edge.name)] = told
    frame.data["routes"] = routes


def _resources(frame: Frame) -> None:
    told: dict[str, Entry] = {}
    for resource in frame.campaign.resources:
        supply = family(resource.class_of_supply)
        if not supply:
            frame.left.append(f"{resource.name}: a resource of no class of supply")
            continue
        storage = "tank" if supply == 1 else resource.environment.lower().replace("ized", "ised")
        name = frame.name(resource.id, resource.name)
        told[name] = {"name": resource.name, "supply_class": supply, "storage": storage}
        if resource.packing_factor:
            told[name] |= {"packing": f"{resource.packing_factor * 100!r} %", "assumed": "as SpaceNet has it"}
    frame.data["resources"] = told


def _crew(frame: Frame) -> None:
    """One kind of crew for each template of people; what they use is that of the first model of crew consumables."""
    campaign = frame.campaign
    models = [
        one for mission in campaign.missions for one in mission.demand_models if isinstance(one, CrewModel)
    ]
    people = {one.template_id or one.id: one for one in campaign.elements if isinstance(one, HumanAgent)}
    templates = {one.id: one.name for one in campaign.templates}
    uses = _uses(frame, models[0]) if models and people else {}
    if len(set(models)) > 1:
        frame.left.append(
            f"{len(set(models)) - 1} more models of crew consumables: the first one is taken for all"
        )
    told: dict[str, Entry] = {}
    for key, person in people.items():
        longest = max(1, math.ceil(last_d(campaign))) + 1
        name = frame.name(f"crew {key}", templates.get(key, person.name))
        told[name] = {
            "name": templates.get(key, person.name),
            "owner": PARTNER,
            "mass": f"{person.mass_kg!r} kg",
            "uses": uses,
            "rotation": {"longest": f"{longest} d", "assumed": UNSAID},
            "assumed": "as the SpaceNet file has it",
        }
    frame.data["crew"] = told


def _uses(frame: Frame, model: CrewModel) -> Entry:
    """A person's day. What is not used by the day (kits, suits, spacewalks) has no place here."""
    frame.left.append(
        "crew consumables by the person and by the crew-hour outside: kits, suits, equipment, spacewalks"
    )
    rates = {
        ("water", 2): model.water * (1 - model.water_recovery),
        ("food", 2): model.food_support + model.ambient_food + model.chilled_food,
        ("gases", 2): model.oxygen + model.nitrogen,
        ("hygiene", 2): model.hygiene,
        ("clothing", 2): model.clothing / max(1.0, model.clothing_life_d),
        ("waste-containment", 7): model.waste_containment + model.trash_bags,
    }
    uses: Entry = {}
    for (what, supply), rate in rates.items():
        name = frame.free(what)
        frame.data["resources"][name] = {"supply_class": supply}
        uses[name] = f"{rate!r} kg/d"
    return uses


def settled(frame: Frame) -> tuple[Scenario | None, tuple[str, ...]]:
    """The scenario, without what our rules refuse; and all that is left behind. None where nothing would be left."""
    data = frame.data
    for container in frame.campaign.elements:
        if isinstance(container, ResourceContainer) and container.contents:
            frame.left.append(f"{container.name}: what it holds at the start")
    for _ in range(_ROUNDS):
        scenario, findings = _tried(data)
        if scenario is not None and not findings:
            return scenario, tuple(dict.fromkeys(frame.left))
        told = {_entry(finding.path): finding for finding in findings}
        gone = [place for place in told if _leave_out(data, place)]
        frame.left += [f"{' '.join(at)}: {spelt(told[at].path)} would be {told[at].found}" for at in gone]
        if not gone:
            frame.left += [
                f"no scenario at all: {spelt(one.path)} would be {one.found}" for one in told.values()
            ]
            break
    return None, tuple(dict.fromkeys(frame.left))


def _tried(data: Mapping[str, Any]) -> tuple[Scenario | None, Iterable[Finding]]:
    try:
        scenario = Scenario.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, findings_of(error, data)
    return scenario, check(scenario)


def _entry(path: Path) -> tuple[str, ...]:
    """The entry to which a path belongs: of `initial`, the kind of things that wait."""
    return tuple(str(step) for step in path[:2])


def _leave_out(data: dict[str, Any], place: tuple[str, ...]) -> bool:
    """Take an entry out; a node, to which others point, becomes one of which nothing is known."""
    noun, name = place if len(place) == 2 else (*place, "", "")[:2]
    shelf = data.get(noun)
    if not isinstance(shelf, dict) or name not in shelf or noun in ("partners", "horizon"):
        return False
    unknown = {"kind": "transfer"}
    if noun == "nodes":
        known, shelf[name] = shelf[name], unknown
        return bool(known != unknown)
    del shelf[name]
    return True
