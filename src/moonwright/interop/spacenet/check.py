"""What the models of a SpaceNet file cannot see: ids that point nowhere, or at something of another kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from moonwright.interop.spacenet.campaign import Campaign, Mission
from moonwright.interop.spacenet.element import (
    AnyElement,
    Carrier,
    ElementCarrier,
    HumanAgent,
    PropulsiveVehicle,
    ResourceContainer,
    ResourceTank,
    SurfaceVehicle,
)
from moonwright.interop.spacenet.event import (
    Action,
    Event,
    Exploration,
    PropulsiveBurn,
    ReconfigureElement,
    SpaceTransport,
)
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge, SurfaceEdge
from moonwright.interop.spacenet.supply import Kind
from moonwright.scenario.document import Path
from moonwright.scenario.finding import FAULTS_SHOWN, Finding

_EDGES: Mapping[str, type[SpaceEdge | FlightEdge | SurfaceEdge]] = {
    "Space Transport": SpaceEdge,
    "Flight Transport": FlightEdge,
    "Surface Transport": SurfaceEdge,
}
# Of each event, the keys of ids, and of what they may be the ids.
_IDS = {
    "location": "place", "container": "holder", "source": "store", "origin": "store", "destination": "store",
    "edge": "edge", "vehicle": "carrier", "element": "element", "elements": "element",
}  # fmt: skip
MOST_WALKS = 10_000  # of one exploration: each is an event of its own
DEEPEST = 20  # carriers within carriers
_SPELT = {"origin": "originContainer", "destination": "destinationContainer"}


def check(campaign: Campaign) -> Iterator[Finding]:
    """What is found wrong with a campaign whose parts are each well formed; of each check the first faults."""
    shelves = _Shelves(campaign)
    checks = (_twice, _edges, _missions, _contents, _events, _resources)
    yield from _first_of_each(one for each in checks for one in islice(each(campaign, shelves), FAULTS_SHOWN))


def _first_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Where one id is missing in many places, the first one tells."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        key = (
            finding.found.rpartition(" has the id ")[2]
            if " has the id " in finding.found
            else str(finding.path)
        )
        groups.setdefault(key, []).append(finding)
    for first, *more in groups.values():
        told = f"{first.found} (nor for {len(more)} more that ask for it)" if more else first.found
        yield replace(first, found=told)


class _Shelves:
    """What an id may stand for, by what is wanted."""

    def __init__(self, campaign: Campaign) -> None:
        elements = campaign.element
        names = {**campaign.node, **campaign.edge, **elements, **campaign.resource}
        self.names: Mapping[str, str] = {key: found.name for key, found in names.items()}
        carriers = _of(elements, ElementCarrier, PropulsiveVehicle, SurfaceVehicle)
        stores = _of(elements, ResourceContainer, ResourceTank, PropulsiveVehicle, SurfaceVehicle)
        self.kinds: Mapping[str, Collection[str]] = {
            "node": campaign.node.keys(),
            "edge": campaign.edge.keys(),
            "place": {**campaign.node, **campaign.edge}.keys(),
            "element": elements.keys(),
            "carrier": carriers,
            "holder": {*campaign.node, *campaign.edge, *carriers, *_of(elements, ResourceContainer)},
            "store": stores,
            "resource": campaign.resource.keys(),
        }

    def wrong(self, path: Path, key: str | None, kind: str) -> Iterator[Finding]:
        """A finding where `key` is no id of a `kind`."""
        if key is None or key in self.kinds[kind]:
            return
        found = (
            f"{self.names[key]!r}, which is no {kind}" if key in self.names else f"no {kind} has the id {key}"
        )
        some = ", ".join(f"{one} ({self.names.get(one, '')})" for one in islice(self.kinds[kind], 3))
        yield Finding(path, found, f"the id of {_a(kind)}" + (f", such as {some}" if some else ""))


def _a(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def _of(elements: Mapping[str, AnyElement], *kinds: type) -> set[str]:
    return {key for key, element in elements.items() if isinstance(element, kinds)}


def _twice(campaign: Campaign, _: _Shelves) -> Iterator[Finding]:
    """One id for one thing: SpaceNet would take whichever comes last."""
    seen: dict[str, str] = {}
    rows: tuple[tuple[Path, Iterable[tuple[str, str]]], ...] = (
        (("network", "nodes"), ((node.id, node.name) for node in campaign.network.nodes)),
        (("network", "edges"), ((edge.id, edge.name) for edge in campaign.network.edges)),
        (("instantiatedElements",), ((element.id, element.name) for element in campaign.elements)),
        (("elementTemplates",), ((element.id, element.name) for element in campaign.templates)),
        (("resourceList",), ((resource.id, resource.name) for resource in campaign.resources)),
    )
    for path, entries in rows:
        for number, (key, name) in enumerate(entries):
            if key in seen:
                yield Finding((*path, number, "id"), f"the id of {seen[key]!r}, too", "an id of its own")
            seen.setdefault(key, name)


def _edges(campaign: Campaign, shelves: _Shelves) -> Iterator[Finding]:
    for number, edge in enumerate(campaign.network.edges):
        path = ("network", "edges", number)
        yield from shelves.wrong((*path, "origin"), edge.origin, "node")
        yield from shelves.wrong((*path, "destination"), edge.destination, "node")
        if isinstance(edge, FlightEdge | SpaceEdge) and edge.duration_d < 0:
            yield Finding((*path, "duration"), f"{edge.duration_d:g} days", "a duration that is not negative")


def _missions(campaign: Campaign, shelves: _Shelves) -> Iterator[Finding]:
    for number, mission in enumerate(campaign.missions):
        for key, node in _ends(mission):
            yield from shelves.wrong(("missionList", number, key), node, "node")


def _ends(mission: Mission) -> Iterator[tuple[str, str | None]]:
    yield "origin", mission.origin
    yield "destination", mission.destination
    yield "returnOrigin", mission.return_origin
    yield "returnDestination", mission.return_destination


def _contents(campaign: Campaign, shelves: _Shelves) -> Iterator[Finding]:
    """What carriers hold at the start exists, and nothing holds itself."""
    templates = {template.id for template in campaign.templates}
    held: dict[str, str] = {}
    for number, element in enumerate(campaign.elements):
        path: Path = ("instantiatedElements", number)
        if element.template_id is not None and element.template_id not in templates:
            yield Finding((*path, "templateId"), f"no template has the id {element.template_id}")
        if element.state and element.states:  # whatever has no states has none that it starts in, too
            yield from _state((*path, "currentStateIndex"), element.state, element)
        if not isinstance(element, Carrier):
            continue
        for place, inner in enumerate(element.contents):
            yield from shelves.wrong((*path, "contents", place), inner, "element")
            if inner in held:
                found = f"{campaign.title(inner)!r}, which {campaign.title(held[inner])!r} holds, too"
                yield Finding((*path, "contents", place), found, "each element in one carrier")
            held.setdefault(inner, element.id)
    yield from _nested(campaign, held)


def _nested(campaign: Campaign, held: Mapping[str, str]) -> Iterator[Finding]:
    """No carrier lies in itself, and none too deep for anybody to have meant it."""
    for number, element in enumerate(campaign.elements):
        outer, depth = held.get(element.id), 0
        while outer is not None and depth <= DEEPEST:
            outer, depth = held.get(outer), depth + 1
        if outer is not None:
            path = ("instantiatedElements", number)
            yield Finding(
                path, f"{element.name!r} lies in itself, or too deep", f"at most {DEEPEST} carriers deep"
            )


def _events(campaign: Campaign, shelves: _Shelves) -> Iterator[Finding]:
    for number, mission in enumerate(campaign.missions):
        for place, event in enumerate(mission.events):
            yield from _event(campaign, shelves, ("missionList", number, "events", place), event)


def _event(campaign: Campaign, shelves: _Shelves, path: Path, event: Event) -> Iterator[Finding]:
    for key, kind in _IDS.items():
        found = getattr(event, key, None)
        spelt = _SPELT.get(key, key)
        if isinstance(found, str):
            yield from shelves.wrong((*path, spelt), found, kind)
        for row, one in enumerate(found if isinstance(found, tuple) else ()):
            yield from shelves.wrong((*path, spelt, row), one, kind)
    wanted = _EDGES.get(event.type)
    edge = campaign.edge.get(getattr(event, "edge", ""))
    if wanted and edge is not None and not isinstance(edge, wanted):
        allowed = _a(wanted.model_fields["type"].default)
        yield Finding((*path, "edge"), f"{edge.name!r}, {_a(edge.type)}", allowed)
    if isinstance(event, SpaceTransport):
        yield from _sequences(campaign, shelves, path, event)
    if isinstance(event, Exploration) and event.duration_d * event.per_week / 7.0 > MOST_WALKS:
        found = f"{event.per_week:g} spacewalks a week for {event.duration_d:g} d"
        yield Finding((*path, "evaPerWeek"), found, f"at most {MOST_WALKS:,} in all")
    if isinstance(event, PropulsiveBurn):
        yield from _actions(campaign, shelves, (*path, "actions"), event.actions)
    if isinstance(event, ReconfigureElement) and (element := campaign.element.get(event.element)):
        yield from _state((*path, "stateIndex"), event.state, element)
    for row, posture in enumerate(getattr(event, "crew", ())):
        yield from shelves.wrong((*path, "elementStates", row, "element"), posture.element, "element")
        element = campaign.element.get(posture.element)
        if element is not None and not isinstance(element, HumanAgent):
            yield Finding((*path, "elementStates", row, "element"), f"{element.name!r}", "a Human Agent")


def _state(path: Path, state: int, element: AnyElement) -> Iterator[Finding]:
    if state >= len(element.states):
        found = f"state {state}, where {element.name!r} has {len(element.states)}"
        yield Finding(path, found, "the number of a state, from 0; -1 for none")


def _sequences(campaign: Campaign, shelves: _Shelves, path: Path, event: SpaceTransport) -> Iterator[Finding]:
    edge = campaign.edge.get(event.edge)
    burns = {burn.id for burn in edge.burns} if isinstance(edge, SpaceEdge) else None
    for row, sequence in enumerate(event.sequence):
        here: Path = (*path, "burnStageSequence", row)
        if edge is not None and burns is not None and sequence.burn not in burns:
            yield Finding((*here, "burn"), f"no burn of {edge.name!r} has the id {sequence.burn}")
        yield from _actions(campaign, shelves, (*here, "actions"), sequence.actions)


def _actions(
    campaign: Campaign, shelves: _Shelves, path: Path, actions: tuple[Action, ...]
) -> Iterator[Finding]:
    for row, action in enumerate(actions):
        yield from shelves.wrong((*path, row, "element"), action.element, "element")
        element = campaign.element.get(action.element)
        if action.type == "Burn" and element is not None and not isinstance(element, PropulsiveVehicle):
            found = f"{element.name!r}, {_a(element.type)}, burns"
            yield Finding((*path, row, "element"), found, "a Propulsive Vehicle")


def _resources(campaign: Campaign, shelves: _Shelves) -> Iterator[Finding]:
    """Every resource that is held, asked for or moved is in the list."""
    for path, kinds in _kinds(campaign):
        for row, kind in enumerate(kinds):
            yield from shelves.wrong((*path, row, "resource"), kind.resource, "resource")
    for number, element in enumerate(campaign.elements):
        path = ("instantiatedElements", number)
        if isinstance(element, PropulsiveVehicle | SurfaceVehicle) and element.fuel is not None:
            yield from shelves.wrong((*path, "fuel", "resource"), element.fuel.resource, "resource")
        if isinstance(element, ResourceTank):
            yield from shelves.wrong((*path, "resource"), element.resource, "resource")
        for row, part in enumerate(element.parts):
            yield from shelves.wrong((*path, "parts", row, "resource"), part.resource, "resource")


def _kinds(campaign: Campaign) -> Iterator[tuple[Path, tuple[Kind, ...]]]:
    for number, element in enumerate(campaign.elements):
        path: Path = ("instantiatedElements", number)
        if isinstance(element, ResourceContainer):
            yield (*path, "contents"), element.contents
        for place, state in enumerate(element.states):
            for row, model in enumerate(state.demand_models):
                here: Path = (*path, "states", place, "demandModels", row, "demands")
                yield here, getattr(model, "demands", ())
    for number, mission in enumerate(campaign.missions):
        for place, event in enumerate(mission.events):
            path = ("missionList", number, "events", place)
            yield (*path, "resources"), getattr(event, "resources", ())
            yield (*path, "additionalDemands"), getattr(event, "demands", ())
        for row, wanted in enumerate(mission.demand_models):
            yield ("missionList", number, "demandModels", row, "demands"), getattr(wanted, "demands", ())
