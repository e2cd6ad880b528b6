"""A whole SpaceNet campaign as one frozen value: what exists, where, and what happens when.

Field names are ours, with units; the aliases are SpaceNet's keys. Ids are kept as they came, so that what goes out
again is recognised by whoever sent it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Self

from pydantic import ConfigDict, Field

from moonwright.interop.spacenet.element import AnyElement
from moonwright.interop.spacenet.event import Event
from moonwright.interop.spacenet.place import Edge, Network, Node
from moonwright.interop.spacenet.supply import DemandModel, MissionModel, Resource
from moonwright.interop.spacenet.value import Amount, Flag, Id, Moment, Text, Told


class Mission(Told):
    """Events that belong together, from `start` on; demands of `demand_models` are asked at the destination."""

    name: Text
    start: Moment = Field(alias="startDate")
    events: tuple[Event, ...] = ()
    demand_models: tuple[MissionModel, ...] = Field((), alias="demandModels")
    origin: Id | None = None
    destination: Id | None = None
    return_origin: Id | None = Field(None, alias="returnOrigin")
    return_destination: Id | None = Field(None, alias="returnDestination")


class Configuration(Told):
    """How the simulator reckons. What only its graphical tool reads (sizes of containers) is carried as it came."""

    model_config = ConfigDict(extra="allow")

    time_precision_d: Amount = Field(0.05, alias="timePrecision")
    demand_precision_kg: Amount = Field(0.01, alias="demandPrecision")
    mass_precision_kg: Amount = Field(0.01, alias="massPrecision")
    volume_constrained: Flag = Field(False, alias="volumeConstrained")
    environment_constrained: Flag = Field(False, alias="environmentConstrained")
    detailed_eva: Flag = Field(True, alias="detailedEva")
    detailed_exploration: Flag = Field(True, alias="detailedExploration")


class Campaign(Told):
    """Everything that a SpaceNet file says. Elements and demand models stand in full; `templates` is their shelf."""

    name: Text
    created_by: Text = Field("", alias="createdBy")
    description: Text = ""
    start: Moment = Field(alias="startDate")
    scenario_type: Text = Field("Solar System", alias="scenarioType")
    network: Network
    missions: tuple[Mission, ...] = Field((), alias="missionList")
    templates: tuple[AnyElement, ...] = Field((), alias="elementTemplates")
    elements: tuple[AnyElement, ...] = Field((), alias="instantiatedElements")
    demand_models: tuple[DemandModel, ...] = Field((), alias="demandModels")
    resources: tuple[Resource, ...] = Field((), alias="resourceList")
    configuration: Configuration = Configuration()

    @cached_property
    def node(self) -> dict[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.network.nodes}

    @cached_property
    def edge(self) -> dict[str, Edge]:
        """Edges by id."""
        return {edge.id: edge for edge in self.network.edges}

    @cached_property
    def element(self) -> dict[str, AnyElement]:
        """Elements by id, templates not among them."""
        return {element.id: element for element in self.elements}

    @cached_property
    def resource(self) -> dict[str, Resource]:
        """Resources by id."""
        return {resource.id: resource for resource in self.resources}

    def changed(self, **fields: object) -> Self:
        """The campaign with other fields. Its look-up tables are made anew."""
        made = self.model_copy(update=fields)
        for table in ("node", "edge", "element", "resource"):
            made.__dict__.pop(table, None)
        return made

    def title(self, key: str) -> str:
        """The name of a node, edge, element or resource, or its id where it has none."""
        for shelf in (self.node, self.edge, self.element, self.resource):
            if found := shelf.get(key):
                return str(found.name)
        return key
