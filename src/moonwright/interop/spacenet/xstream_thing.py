"""What exists in a file of XStream's: elements, their tanks, states and parts, resources, and demands."""

from __future__ import annotations

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.spacenet.xml_text import Node
from moonwright.interop.spacenet.xstream_value import Entries, Values, short
from moonwright.scenario.document import Tree

_ELEMENTS = {
    "Element": "Element", "CrewMember": "Human Agent", "ResourceContainer": "Resource Container",
    "ResourceTank": "Resource Tank", "Carrier": "Element Carrier", "PropulsiveVehicle": "Propulsive Vehicle",
    "SurfaceVehicle": "Surface Vehicle",
}  # fmt: skip
_MODELS = {
    "TimedImpulseDemandModel": "Timed Impulse", "RatedDemandModel": "Rated",
    "SparingByMassDemandModel": "Sparing By Mass", "CrewConsumablesDemandModel": "Crew Consumables",
}  # fmt: skip
_DEEPEST = 50  # elements within elements, by references too


class Things(Values):
    """Tells things when they are first met, and gathers them by id."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.elements: dict[str, Tree] = {}
        self.resources: dict[str, Tree] = {}
        self.depth = 0

    def element_id(self, node: Node) -> Tree:
        """The id of an element, which is told when it is first met."""
        made = self.made_id(node)
        key = str(made.value)
        if key not in self.elements:
            self.elements[key] = (
                made  # its place in the order; and it may hold something that points back at it
            )
            self.depth += 1
            if self.depth > _DEEPEST:
                found = Fault(self.file, node.line, node.tag[:60], "elements nested too deeply", "", "")
                raise ScenarioError((found,))
            self.elements[key] = self._element(node)
            self.depth -= 1
        return made

    def _element(self, node: Node) -> Tree:
        tanks = (
            "omsIsp",
            "rcsIsp",
            "omsFuelTank",
            "rcsFuelTank",
            "fuelTank",
            "currentState",
            "container",
            "resource",
        )
        told = {"id": self.made_id(node), "type": self.kind(node, _ELEMENTS), **self.rest(node, *tanks)}
        told["states"] = self.rows(node, "states", self._state)
        told["parts"] = self.rows(node, "parts", self._part)
        if (current := node.child("currentState")) and (state := self.there(current)):
            told["currentStateIndex"] = self.state_index(node, state, node)
        if contents := node.child("contents"):
            holds = self.amounts if short(node) == "ResourceContainer" else self._held
            told["contents"] = holds(contents, "amount")
        if short(node) == "PropulsiveVehicle":
            told |= self._engines(node)
        elif tank := node.child("fuelTank"):
            told |= self._tank(tank, "fuel", "maxFuel")
        elif resource := node.child("resource"):
            told["resource"] = self.resource_id(resource)
        return self.tree(node, told)

    def _held(self, contents: Node, _: str) -> Tree:
        return self.tree(
            contents, [self.element_id(there) for one in contents.each() if (there := self.there(one))]
        )

    def _engines(self, node: Node) -> Entries:
        main, attitude = node.child("omsFuelTank"), node.child("rcsFuelTank")
        told = self._tank(main, "fuel", "maxFuel") if main else {}
        told["isp"] = self.number(node, "omsIsp")
        if attitude or node.child("rcsIsp"):
            small: Entries = {"isp_s": self.number(node, "rcsIsp")}
            if attitude and (main is None or self.there(attitude) is not self.there(main)):
                small |= self._tank(attitude, "fuel", "max_fuel")
            if small["isp_s"].value:
                told["attitude"] = self.tree(node, small)
        return told

    def _tank(self, tank: Node, fuel: str, most: str) -> Entries:
        there = self.there(tank) or tank
        resource = there.child("resource")
        held: Entries = {"amount": self.number(there, "amount")}
        if resource:
            held["resource"] = self.resource_id(resource)
        return {fuel: self.tree(there, held), most: self.number(there, "maxAmount")}

    def _state(self, node: Node) -> Tree:
        told = {"id": self.made_id(node), **self.rest(node, "demandModels")}
        told["demandModels"] = self.rows(node, "demandModels", self.model)
        return self.tree(node, told)

    def state_index(self, element: Node, state: Node, place: Node) -> Tree:
        states = element.child("states")
        rows = list(states.each()) if states else []
        return self.tree(place, rows.index(state) if state in rows else -1)

    def _part(self, node: Node) -> Tree:
        told: Entries = {}
        for key, value in self.rest(node, "name", "description", "partType").items():
            if not (isinstance(value.value, float) and value.value < 0):  # -1: not known
                told[key] = value
        if kind := node.child("partType"):
            told["resource"] = self.resource_id(kind)
        return self.tree(node, told)

    def model(self, node: Node) -> Tree:
        told = {"type": self.kind(node, _MODELS), **self.rest(node, "demands")}
        if demands := node.child("demands"):
            told["demands"] = self.amounts(demands, "rate" if short(node) == "RatedDemandModel" else "amount")
        return self.tree(node, told)

    def amounts(self, node: Node, measure: str) -> Tree:
        """Amounts of resources: a set of demands, or a map from resources to numbers."""
        inner = node.child("demands") or node
        rows: list[Tree] = []
        for one in inner.each():
            there = self.there(one) or one
            resource = there.child("resource") or next(there.each(), None)
            amount = there.child("amount") or next(
                (row for row in there.each() if row.tag in ("double", "float")), None
            )
            told: Entries = {measure: self.value_tree(amount or there)}
            if resource:
                told |= self._what(resource)
            rows.append(self.tree(one, told))
        return self.tree(node, rows)

    def _what(self, node: Node) -> Entries:
        """A resource by its id, or a class of supply."""
        there = self.there(node) or node
        if "GenericResource" in (
            node.attributes.get("class", "") + there.tag + there.attributes.get("class", "")
        ):
            return self.simple(there, ("classOfSupply", "environment"))
        return {"resource": self.resource_id(there)}

    def resource_id(self, node: Node) -> Tree:
        there = self.there(node) or node
        made = self.made_id(there)
        if str(made.value) not in self.resources:
            discrete = "Item" in there.tag + there.attributes.get("class", "")
            kind = self.tree(there, "Discrete" if discrete else "Continuous")
            self.resources[str(made.value)] = self.tree(there, {"id": made, "type": kind, **self.rest(there)})
        return made

    def refer(self, node: Node, told: Entries, *keys: str) -> None:
        """Put the ids of what stands under `keys` into `told`."""
        for key in keys:
            if (child := node.child(key)) and (there := self.there(child)):
                names = (short(there), there.attributes.get("class", "").rpartition(".")[2])
                is_element = any(name in _ELEMENTS for name in names)
                told[key] = self.element_id(there) if is_element else self.made_id(there)
