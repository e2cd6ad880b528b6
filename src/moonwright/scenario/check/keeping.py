"""Station keeping: a need that is stated, or an orbit for which it can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Orbit
from moonwright.scenario.scenario import Scenario


def needs(scenario: Scenario) -> Iterator[Finding]:
    """Stations of which nothing says what they need, or that weigh nothing."""
    for number, keeping in enumerate(scenario.station_keeping):
        path: Path = ("station_keeping", number)
        masses = {path: keeping.mass} | {(*path, "growth", n): g.mass for n, g in enumerate(keeping.growth)}
        for where, mass_kg in masses.items():
            if mass_kg == 0.0:
                yield Finding((*where, "mass"), "0 kg", "the mass of a station, such as '420 t'")
        if not keeping.needs and not keeping.drag:
            yield Finding(
                ("station_keeping", number), "neither `needs` nor `drag` is given", "at least one of them"
            )


def orbits(scenario: Scenario) -> Iterator[Finding]:
    """Drag where there is no air, or in an orbit of which too little is said."""
    for number, keeping in enumerate(scenario.station_keeping):
        node = scenario.nodes.get(keeping.node)
        if not keeping.drag or node is None:
            continue
        path = ("station_keeping", number, "drag")
        allowed = (
            "a node of kind orbit about earth, with its altitude and inclination; or `needs` stated by hand"
        )
        if not isinstance(node, Orbit):
            yield Finding(path, f"the air at {keeping.node!r}, which is of kind {node.kind}", allowed)
        elif node.body != "earth":
            yield Finding(path, f"the air about {node.body!r}", allowed)
        elif node.mean_altitude is None or node.inclination is None:
            lacks = "altitude" if node.mean_altitude is None else "inclination"
            yield Finding(path, f"the air at {keeping.node!r}, of which no {lacks} is given", allowed)
