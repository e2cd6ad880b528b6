"""Which ways between two nodes can be computed: out to the Moon, back, down to its ground and up again."""

from __future__ import annotations

from typing import Literal

from moonwright.scenario.node import Node, Orbit, Recovery, Surface, Transfer

Way = Literal["out", "back", "down", "up"]


def way(origin: Node, destination: Node) -> Way | None:
    """What going from one node to another is, by their kinds and bodies; None: nothing that can be computed."""
    leaves, comes = _place(origin), _place(destination)
    if leaves in ("earth", "passed") and comes in ("moon", "ground"):
        return "out"
    if leaves in ("moon", "ground") and comes in ("earth", "home"):
        return "back"
    if (leaves, comes) == ("moon", "ground"):
        return "down"
    return "up" if (leaves, comes) == ("ground", "moon") else None


def _place(node: Node) -> str | None:
    """An orbit of the Earth or the Moon by its body; the Moon's ground; home; or a point just after injection."""
    if isinstance(node, Transfer):
        return "passed"
    if isinstance(node, Recovery):
        return "home" if node.body == "earth" else None
    if isinstance(node, Surface):
        return "ground" if node.body == "moon" else None
    return node.body if isinstance(node, Orbit) and node.body in ("earth", "moon") else None
