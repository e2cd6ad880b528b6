"""The XML files of SpaceNet's Java tool, told in the keys of its JSON files.

What comes out is a tree like that of a JSON file, so that both are checked by the same models: the lines are those
of the XML text, the paths those of the JSON format. Ids are made from where a thing stands, as XML has none.
"""

from __future__ import annotations

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.spacenet.xml_text import Node, read_nodes
from moonwright.interop.spacenet.xstream_thing import Things
from moonwright.interop.spacenet.xstream_value import Entries, short
from moonwright.scenario.document import Tree, printable

_NODES = {"surfaceNode": "Surface Node", "orbitalNode": "Orbital Node", "lagrangeNode": "Lagrange Node"}
_EDGES = {"spaceEdge": "Space Edge", "flightEdge": "Flight Edge", "surfaceEdge": "Surface Edge"}
_EVENTS = {
    "CreateEvent": "Create Elements", "MoveEvent": "Move Elements", "RemoveEvent": "Remove Elements",
    "ReconfigureEvent": "Reconfigure Element", "ReconfigureGroupEvent": "Reconfigure Elements",
    "AddEvent": "Add Resources", "TransferEvent": "Transfer Resources", "DemandEvent": "Consume Resources",
    "BurnEvent": "Propulsive Burn", "SpaceTransport": "Space Transport", "FlightTransport": "Flight Transport",
    "SurfaceTransport": "Surface Transport", "EvaEvent": "Crewed EVA",
    "ExplorationProcess": "Crewed Exploration",
}  # fmt: skip
_SETTINGS = (
    "timePrecision", "demandPrecision", "massPrecision", "volumePrecision", "volumeConstrained",
    "environmentConstrained", "itemDiscretization", "itemAggregation", "scavengeSpares", "detailedEva",
    "detailedExploration",
)  # fmt: skip


def read_xml(file: str, data: bytes) -> tuple[Tree, tuple[Fault, ...]]:
    """The tree of an XML file, and the faults found while it was read. Raises ScenarioError where it is no XML."""
    top = read_nodes(file, data)
    if top.tag.rpartition(".")[2].lower() != "scenario":
        fault = Fault(file, top.line, "", f"<{printable(top.tag[:60])}>", "a SpaceNet file: <scenario>", "")
        raise ScenarioError((fault,))
    teller = _Teller(file)
    return teller.scenario(top), tuple(teller.faults)


class _Teller(Things):
    """Tells a scenario: its network, and its missions event by event."""

    def scenario(self, top: Node) -> Tree:
        told = self.simple(top, ("name", "description", "createdBy", "scenarioType"))
        if kind := told.get("scenarioType"):
            told["scenarioType"] = self.tree(top, str(kind.value).title())
        told["startDate"] = self.when(top)
        network = top.child("network") or top
        places = {
            "nodes": self.rows(network, "nodes", self._node),
            "edges": self.rows(network, "edges", self._edge),
        }
        told["network"] = self.tree(network, places)
        told["missionList"] = self.rows(top, "missionList", self._mission)
        told["instantiatedElements"] = self.tree(top, list(self.elements.values()))
        told["resourceList"] = self.tree(top, list(self.resources.values()))
        if manifest := top.child("manifest"):
            kept = any(any(one.each()) for one in manifest.each() if one.tag != "scenario")
            told["manifest"] = self.tree(manifest, {"packed": self.tree(manifest, kept)} if kept else {})
        told["configuration"] = self.tree(top, self.simple(top, _SETTINGS))
        return self.tree(top, told)

    def _node(self, node: Node) -> Tree:
        told = {"id": self.made_id(node), "type": self.kind(node, _NODES), **self.rest(node)}
        if number := told.pop("number", None):
            told["lpNumber"] = number
        for key in ("body1", "body2"):
            if body := told.get(key):
                told[key] = self.tree(node, str(body.value).title())
        return self.tree(node, told)

    def _edge(self, node: Node) -> Tree:
        told = {"id": self.made_id(node), "type": self.kind(node, _EDGES), **self.rest(node, "burns")}
        if most := told.pop("maxCargoMass", None):
            told["maxCargo"] = most
        self.refer(node, told, "origin", "destination")
        if node.child("burns"):
            told["burns"] = self.rows(node, "burns", self._burn)
        return self.tree(node, told)

    def _burn(self, node: Node) -> Tree:
        told: Entries = {"id": self.made_id(node)}
        for key, value in self.rest(node, "name", "description").items():
            told["time" if key == "missionTime" else key] = value
        kind = str(told.pop("burnType", self.tree(node, "OMS")).value).upper()
        told["engine"] = self.tree(node, "attitude" if kind == "RCS" else "main")
        return self.tree(node, told)

    def _mission(self, node: Node) -> Tree:
        told = self.simple(node, ("name",))
        told["startDate"] = self.when(node)
        told["events"] = self.rows(node, "eventList", self._event)
        told["demandModels"] = self.rows(node, "demandModels", self.model)
        self.refer(node, told, "origin", "destination", "returnOrigin", "returnDestination")
        return self.tree(node, told)

    def _event(self, node: Node) -> Tree | None:
        if short(node) == "ManifestEvent":  # how the tool loads its own packing list: not told in JSON either
            return None
        aside = ("elements", "burnStageSequence", "stateMap", "demands", "demandModel", "burn")
        told = {"type": self.kind(node, _EVENTS), **self.rest(node, *aside)}
        self.refer(node, told, "location", "container", "edge", "vehicle", "source")
        self.refer(node, told, "originContainer", "destinationContainer")
        if node.child("elements"):
            told["elements"] = self.rows(node, "elements", self.element_id)
        if kind := told.pop("stateType", None):
            told["stateType"] = kind
        if sequence := node.child("burnStageSequence"):
            told |= self._sequence(node, sequence)
        if burn := node.child("burn"):
            told["burn"] = self._burn(self.there(burn) or burn)
        if postures := node.child("stateMap"):
            told["elementStates"] = self.tree(postures, [self._posture(entry) for entry in postures.each()])
        if demands := node.child("demands"):
            key = (
                "resources"
                if short(node) in ("AddEvent", "TransferEvent", "DemandEvent")
                else "additionalDemands"
            )
            told[key] = self.amounts(demands, "amount")
        if element := node.child("element"):
            key = "source" if short(node) == "DemandEvent" else "element"
            told[key] = self.element_id(self.there(element) or element)
        return self.tree(node, told)

    def _sequence(self, event: Node, sequence: Node) -> Entries:
        """A list of lists of actions, one a burn of the edge; of a single burn, one list of actions."""
        if short(event) == "BurnEvent":
            return {"actions": self.tree(sequence, [self._action(one) for one in sequence.each()])}
        edge = event.child("edge")
        there = self.there(edge) if edge else None
        burns = there.child("burns") if there else None
        told: list[Tree] = []
        for burn, actions in zip(burns.each() if burns else (), sequence.each(), strict=False):
            rows = self.tree(actions, [self._action(one) for one in actions.each()])
            told.append(self.tree(actions, {"burn": self.made_id(burn), "actions": rows}))
        return {"burnStageSequence": self.tree(sequence, told)}

    def _action(self, node: Node) -> Tree:
        does, element = node.child("burnStage"), node.child("element")
        told = {"type": self.tree(node, does.text.title() if does else "")}
        if element and (there := self.there(element)):
            told["element"] = self.element_id(there)
        return self.tree(node, told)

    def _posture(self, entry: Node) -> Tree:
        sides = list(entry.each())
        told: Entries = {}
        if sides and (there := self.there(sides[0])):
            told["element"] = self.element_id(there)
            if len(sides) > 1 and sides[1].tag != "null" and (state := self.there(sides[1])):
                told["stateIndex"] = self.state_index(there, state, entry)
        return self.tree(entry, told)
