"""Routes: something says how long they take, and what is to be computed can be."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Node, Orbit, Recovery, Surface, Transfer
from moonwright.scenario.route import Circle, Computed, Route
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.way import Way, way

# Days between Earth and Moon for which the patched conics are asked (`orbit.conics`): faster costs km/s more, slower
# is no conic any more.
_SHORTEST_D, _LONGEST_D = 1.0, 20.0

_WAYS = (
    "between an orbit of the Earth, a transfer node after injection (outward) or a recovery node (back) and an orbit or "
    "place of the Moon; between an orbit and a place of the Moon. Elsewhere state burns and duration"
)


def durations(scenario: Scenario) -> Iterator[Finding]:
    """Routes of which nothing says how long they take, and those of which nothing is left to compute."""
    for name, route in scenario.routes.items():
        if route.duration is None and route.computed is None:
            allowed = "how long it takes, such as '5 d'; or `computed`, where physics shall tell"
            yield Finding(("routes", name), "no `duration`", allowed)
        if route.computed is not None and route.duration is not None and route.burns:
            found = (
                "`computed` beside `burns` and `duration`: what is stated wins, so nothing is left to compute"
            )
            yield Finding(("routes", name, "computed"), found, "one of the three left out (or null)")


def computed(scenario: Scenario) -> Iterator[Finding]:
    """Routes that ask for what cannot be computed, or say too little or too much for it."""
    for name, route in scenario.routes.items():
        origin, destination = scenario.nodes.get(route.origin), scenario.nodes.get(route.destination)
        if route.computed is None or origin is None or destination is None:
            continue
        path: Path = ("routes", name, "computed")
        goes = way(origin, destination)
        if goes is None:
            found = f"from {_told(route.origin, origin)} to {_told(route.destination, destination)}"
            yield Finding(path, found, _WAYS)
            continue
        yield from _orbits(path, route, origin, destination)
        yield from _times(path, route, route.computed, goes)
        yield from _ends(path, route.computed, goes, origin, destination)
        yield from _over(path, route.computed, origin, destination)


def _told(name: str, node: Node) -> str:
    body = getattr(node, "body", None)
    return f"{name!r} (kind {node.kind}{f', {body}' if body else ''})"


def _orbits(path: Path, route: Route, origin: Node, destination: Node) -> Iterator[Finding]:
    for name, node in ((route.origin, origin), (route.destination, destination)):
        if isinstance(node, Orbit):
            lacks = [
                *(["its altitude"] if node.mean_altitude is None else []),
                *(["its inclination"] if node.inclination is None else []),
            ]
            if lacks:
                told = f"the orbit {name!r}, of which nobody says {' and '.join(lacks)}"
                yield Finding(
                    path, told, "a node with an altitude (or periapsis and apoapsis) and an inclination"
                )


def _times(path: Path, route: Route, asked: Computed, goes: Way) -> Iterator[Finding]:
    if asked.flights and route.duration is not None:
        yield Finding((*path, "flights"), "beside a stated `duration`, which wins", "one of the two")
    elif asked.flights and goes in ("down", "up"):
        yield Finding(
            (*path, "flights"), "for a landing or an ascent", "flight times between Earth and Moon only"
        )
    times = [((*path, "flights", n), time_d) for n, time_d in enumerate(asked.flights)]
    if route.duration is not None and goes in ("out", "back"):
        times.append(((*path[:-1], "duration"), route.duration))
    for where, time_d in times:
        if not _SHORTEST_D <= time_d <= _LONGEST_D:
            yield Finding(
                where, f"{time_d:g} d", f"{_SHORTEST_D:g} d to {_LONGEST_D:g} d between Earth and Moon"
            )


def _ends(path: Path, asked: Computed, goes: Way, origin: Node, destination: Node) -> Iterator[Finding]:
    """`at_earth` and `at_moon` stand where no node says as much, and only there."""
    earth, moon = (origin, destination) if goes == "out" else (destination, origin)
    transfer = goes in ("out", "back")
    for key, given, wanted in (
        ("at_earth", asked.at_earth, transfer and isinstance(earth, Transfer | Recovery)),
        ("at_moon", asked.at_moon, transfer and isinstance(moon, Surface)),
    ):
        example = f"`{key}: {{altitude: 185 km, inclination: 28.5 deg}}`"
        if wanted and given is None:
            yield Finding(path, f"no `{key}`, and neither node is an orbit there", f"such as {example}")
        if given is not None and not wanted:
            yield Finding((*path, key), "given where the nodes say it, or nothing asks for it", f"no `{key}`")


def _over(path: Path, asked: Computed, origin: Node, destination: Node) -> Iterator[Finding]:
    """A place can only be landed at from an orbit that passes over it."""
    for place, other in ((origin, destination), (destination, origin)):
        at_moon = isinstance(other, Orbit) and other.body == "moon"
        orbit: Orbit | Circle | None = other if isinstance(other, Orbit) and at_moon else asked.at_moon
        if not isinstance(place, Surface) or orbit is None or orbit.inclination is None:
            continue
        reaches = min(float(orbit.inclination), 180.0 - float(orbit.inclination))
        if abs(place.latitude) > reaches:
            found = f"an orbit tilted by {orbit.inclination:g} deg over a place at {place.latitude:g} deg"
            yield Finding(path, found, f"a tilt of at least {abs(place.latitude):g} deg, or stated burns")
