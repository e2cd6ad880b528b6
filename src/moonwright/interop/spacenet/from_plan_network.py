"""The places and resources of a scenario of ours, as SpaceNet tells them."""

from __future__ import annotations

import uuid

from moonwright.interop.spacenet.place import Edge, LagrangeNode, Network, Node, OrbitalNode, SurfaceNode
from moonwright.interop.spacenet.supply import Resource
from moonwright.scenario.node import LaunchSite, Libration, Orbit, Surface
from moonwright.scenario.node import Node as OurNode
from moonwright.scenario.scenario import Scenario


def identity(what: str, name: str) -> str:
    """An id for something of ours: the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"moonwright:{what}:{name}"))


def network(scenario: Scenario, edges: tuple[Edge, ...]) -> Network:
    """All nodes of a scenario, and the edges that are flown."""
    nodes = tuple(_node(name, node) for name, node in scenario.nodes.items())
    return Network(nodes=nodes, edges=edges)


def _node(name: str, node: OurNode) -> Node:
    key, told = identity("node", name), node.name or ""
    if isinstance(node, LaunchSite | Surface):
        body, place = node.body.title(), (float(node.latitude), float(node.longitude))
        return SurfaceNode(
            id=key, name=name, description=told, body=body, latitude_deg=place[0], longitude_deg=place[1]
        )
    if isinstance(node, Orbit):
        low_m, high_m = (
            (node.altitude, node.altitude) if node.altitude is not None else (node.periapsis, node.apoapsis)
        )
        return OrbitalNode(
            id=key, name=name, description=told, body=node.body.title(), inclination_deg=float(node.inclination or 0.0),
            periapsis_km=float(low_m or 0.0) / 1000.0, apoapsis_km=float(high_m or 0.0) / 1000.0,
        )  # fmt: skip
    if isinstance(node, Libration):
        body, minor = (one.title() for one in node.bodies)
        return LagrangeNode(
            id=key, name=name, description=told, body=body, minor_body=minor, point=int(node.point[1])
        )
    if node.kind == "recovery":
        return SurfaceNode(id=key, name=name, description=told, body=node.body.title())
    return OrbitalNode(id=key, name=name, description=told or "passed through", body="Earth")


def resources(scenario: Scenario) -> tuple[Resource, ...]:
    """All resources of a scenario, in kilograms."""
    return tuple(
        Resource(
            id=identity("resource", name),
            name=name,
            description=resource.name or "",
            class_of_supply=int(resource.supply_class),
            environment="Unpressurized" if resource.storage != "pressurised" else "Pressurized",
            packing_factor=float(resource.packing),
        )
        for name, resource in scenario.resources.items()
    )
