"""A first day that could not have come about."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.check.element import given
from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.scenario import Scenario


def dates(scenario: Scenario) -> Iterator[Finding]:
    """What is there on the first day, but came later; what is under way, but came before."""
    start, state = scenario.horizon.start, scenario.initial
    came: list[tuple[Path, object]] = [
        (("initial", "crew", n, "arrived"), aboard.arrived) for n, aboard in enumerate(state.crew)
    ]
    came += [(("initial", "vehicles", n, "arrived"), there.arrived) for n, there in enumerate(state.vehicles)]
    came += [(("initial", "elements", n, "since"), e.since) for n, e in enumerate(state.elements) if e.since]
    for path, day in came:
        if day > start:  # type: ignore[operator]  # all of them dates
            yield Finding(path, str(day), f"{start} or earlier: the horizon starts then")
    for number, arrival in enumerate(state.under_way):
        if arrival.on < start:
            path = ("initial", "under_way", number, "on")
            yield Finding(path, str(arrival.on), f"{start} or later: the horizon starts then")


def counts(scenario: Scenario) -> Iterator[Finding]:
    """More copies or flights than there can be."""
    state = scenario.initial
    copies = given(scenario)
    for name, element in scenario.elements.items():
        if copies[name] > element.quantity:
            allowed = f"at least {copies[name]}, as many as `initial` gives"
            yield Finding(("elements", name, "quantity"), f"{element.quantity:g}", allowed)
    for number, fleet in enumerate(state.fleet):
        path: Path = ("initial", "fleet", number)
        vehicle = scenario.vehicles.get(fleet.vehicle)
        if vehicle and vehicle.reuse is None:
            found = f"{fleet.vehicle!r} flies once only"
            yield Finding(
                (*path, "vehicle"),
                found,
                "a vehicle with `reuse`",
                f"add `reuse` to vehicles.{fleet.vehicle}",
            )
        elif vehicle and vehicle.reuse and fleet.flights_left > vehicle.reuse.flights:
            allowed = f"at most {vehicle.reuse.flights:g}, which is vehicles.{fleet.vehicle}.reuse.flights"
            yield Finding((*path, "flights_left"), f"{fleet.flights_left:g}", allowed)
