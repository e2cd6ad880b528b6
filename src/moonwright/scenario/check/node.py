"""Kinds of place: where launchers stand, and where things can wait and people live."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.demand import CrewDemand, DeliverDemand, ReserveDemand
from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Habitable, LaunchSite, Recovery, Surface
from moonwright.scenario.scenario import Scenario

_HABITABLE = "a node of kind surface, orbit or libration"


def sites(scenario: Scenario) -> Iterator[Finding]:
    """Launchers that stand where nothing is launched."""
    allowed = [name for name, node in scenario.nodes.items() if isinstance(node, LaunchSite)]
    for name, launcher in scenario.launchers.items():
        node = scenario.nodes.get(launcher.site)
        if node is not None and not isinstance(node, LaunchSite):
            found = f"{launcher.site!r}, which is of kind {node.kind}"
            yield Finding(
                ("launchers", name, "site"),
                found,
                "a launch site: " + (", ".join(allowed) or "none is given"),
            )


def skylines(scenario: Scenario) -> Iterator[Finding]:
    """Skylines that say twice what the ground is like."""
    for name, node in scenario.nodes.items():
        if isinstance(node, Surface) and node.skyline is not None and len(node.skyline.given) > 1:
            allowed = "one of profile, horizon, terrain and directions, or none: flat"
            yield Finding(("nodes", name, "skyline"), f"both {' and '.join(node.skyline.given)}", allowed)


def waiting(scenario: Scenario) -> Iterator[Finding]:
    """Things and people that should stay where nothing can."""
    for path, name in _places(scenario):
        node = scenario.nodes.get(name)
        if node is not None and not isinstance(node, Habitable):
            yield Finding(path, f"{name!r}, which is of kind {node.kind}: nothing waits there", _HABITABLE)
    for name, demand in scenario.demands.items():
        node = scenario.nodes.get(demand.node) if isinstance(demand, DeliverDemand) else None
        if node is not None and not isinstance(node, (*Habitable, Recovery)):
            found = f"{getattr(demand, 'node', '')!r}, which is of kind {node.kind}"
            yield Finding(("demands", name, "node"), found, f"{_HABITABLE}, or recovery")


def _places(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    state = scenario.initial
    for name, element in scenario.elements.items():
        yield ("elements", name, "node"), element.node
    for name, activity in scenario.activities.items():
        yield ("activities", name, "node"), activity.node
    for number, keeping in enumerate(scenario.station_keeping):
        yield ("station_keeping", number, "node"), keeping.node
    for name, demand in scenario.demands.items():
        if isinstance(demand, CrewDemand | ReserveDemand):
            yield ("demands", name, "node"), demand.node
    for number, aboard in enumerate(state.crew):
        yield ("initial", "crew", number, "node"), aboard.node
    for number, there in enumerate(state.vehicles):
        yield ("initial", "vehicles", number, "node"), there.node
    for number, arrival in enumerate(state.under_way):
        yield ("initial", "under_way", number, "node"), arrival.node
    for name in state.stocks:
        yield ("initial", "stocks", name), name
