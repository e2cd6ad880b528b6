"""Demands that no campaign can meet."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.check.element import arriving
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, ReserveDemand
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Habitable, Recovery
from moonwright.scenario.scenario import Scenario


def builds(scenario: Scenario) -> Iterator[Finding]:
    """More copies of an element than there may be."""
    for name, demand in scenario.demands.items():
        element = scenario.elements.get(demand.element) if isinstance(demand, BuildDemand) else None
        if isinstance(demand, BuildDemand) and element and demand.count > element.quantity:
            allowed = f"at most {element.quantity:g}, which is elements.{demand.element}.quantity"
            yield Finding(("demands", name, "count"), f"{demand.count:g} of {demand.element!r}", allowed)


def reach(scenario: Scenario) -> Iterator[Finding]:
    """Deliveries to, and reserves at, a node that no mission reaches."""
    present, come = _present(scenario), arriving(scenario)
    awaited = {arrival.node for arrival in scenario.initial.under_way}
    for name, demand in scenario.demands.items():
        places = (*Habitable, Recovery) if isinstance(demand, DeliverDemand) else Habitable
        if not isinstance(demand, DeliverDemand | ReserveDemand) or not _is(scenario, demand.node, places):
            continue
        there = awaited | present if isinstance(demand, ReserveDemand) else awaited
        if demand.node not in there and demand.node not in come:
            allowed = "a node where a leg of a mission ends"
            yield Finding(("demands", name, "node"), f"no mission reaches {demand.node!r}", allowed)


def crew_reach(scenario: Scenario) -> Iterator[Finding]:
    """People wanted where no mission with seats goes and nobody is at the start."""
    come = arriving(scenario)
    lived_in = {aboard.node for aboard in scenario.initial.crew}
    lived_in |= {arrival.node for arrival in scenario.initial.under_way if arrival.crew}
    for name, demand in scenario.demands.items():
        if (
            not isinstance(demand, CrewDemand)
            or not _is(scenario, demand.node, Habitable)
            or not demand.count
        ):
            continue
        if demand.node not in lived_in and not any(v.seats for v in come.get(demand.node, {}).values()):
            found = f"no mission with seats reaches {demand.node!r}, and nobody is there at the start"
            yield Finding(("demands", name, "node"), found, "a node that a vehicle with `seats` reaches")


def _is(scenario: Scenario, node: str, places: tuple[type, ...]) -> bool:
    """True where a node is of one of some kinds; that it should be is told elsewhere."""
    return isinstance(scenario.nodes.get(node), places)


def _present(scenario: Scenario) -> set[str]:
    state = scenario.initial
    places = (
        {aboard.node for aboard in state.crew} | {there.node for there in state.vehicles} | set(state.stocks)
    )
    in_place = (scenario.elements.get(element.element) for element in state.elements)
    return places | {element.node for element in in_place if element}
