"""Before the walk: the plan answers this scenario, and everything it names is there and makes sense."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeVar

from moonwright.plan import (
    Build,
    Cargo,
    Flight,
    Item,
    Made,
    Plan,
    Purchase,
    Reboost,
    Seat,
    Shortfall,
    Stay,
    digest,
)
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Violation
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MASS_KG

Entry = TypeVar("Entry", Flight, Build, Stay, Made, Reboost, Purchase, Shortfall)


@rule
def same_scenario(setting: Setting) -> Iterator[Broken]:
    """A plan answers the scenario whose digest it carries, over the same horizon."""
    plan = setting.plan
    if plan.scenario_digest != digest(setting.scenario):
        yield Broken(
            0.0, "plan", f"answers another scenario than {setting.scenario.name!r}, or another state of it"
        )
    if plan.horizon_d != setting.horizon_d or setting.world.horizon_d != setting.horizon_d:
        told = f"spans {plan.horizon_d:g} d, the world {setting.world.horizon_d} d"
        told += f"; the scenario {setting.horizon_d} d"
        yield Broken(0.0, "plan", told)


@rule
def references(scenario: Scenario, plan: Plan) -> Iterator[Broken]:
    """Every name in a plan is one of the scenario's, and every number is finite and not negative."""
    for where, entry in _entries(plan):
        for fault in _faults(scenario, plan, entry):
            yield Broken(0.0, where, fault)
    names = [flight.name for flight in plan.flights]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Broken(0.0, f"flights.{name}", "is the name of more than one flight")


def sound(scenario: Scenario, plan: Plan) -> tuple[Plan, tuple[Violation, ...]]:
    """The entries of a plan that can be replayed at all, and what is wrong with the others."""

    def kept(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if not any(_faults(scenario, plan, entry)))

    flights = {flight.name: flight for flight in kept(plan.flights)}
    replayable = plan.model_copy(
        update={
            "flights": tuple(flights.values()),
            "builds": kept(plan.builds),
            "stays": kept(plan.stays),
            "made": kept(plan.made),
            "reboosts": kept(plan.reboosts),
            "purchases": kept(plan.purchases),
            "shortfalls": kept(plan.shortfalls),
        }
    )
    return replayable, references(scenario, plan)


def _entries(
    plan: Plan,
) -> Iterator[tuple[str, Flight | Build | Stay | Made | Reboost | Purchase | Shortfall]]:
    for flight in plan.flights:
        yield f"flights.{flight.name}", flight
    for kind in ("builds", "stays", "made", "reboosts", "purchases", "shortfalls"):
        for number, entry in enumerate(getattr(plan, kind), start=1):
            yield f"{kind}.{number}", entry


def _faults(
    scenario: Scenario, plan: Plan, entry: Flight | Build | Stay | Made | Reboost | Purchase | Shortfall
) -> Iterator[str]:
    """What is wrong with an entry by itself."""
    match entry:
        case Flight():
            yield from _flight_faults(scenario, entry)
        case Build():
            yield from _unknown("element", entry.element, scenario.elements)
            yield from _odd(entry.begun_d, entry.day_d)
        case Stay():
            yield from _unknown("crew kind", entry.kind, scenario.crew)
            yield from _unknown("node", entry.node, scenario.nodes)
            yield from _odd(entry.arrived_d, entry.leaves_d or 0.0, least=-math.inf)
            yield from _odd(entry.count)
            flown = [flight.name for flight in plan.flights]
            for name in (entry.up, entry.down):
                if name is not None:
                    yield from _unknown("flight", name, flown)
        case Made():
            yield from _unknown("element", entry.element, scenario.elements)
            yield from _unknown("resource", entry.resource, scenario.resources)
            yield from _odd(entry.mass_kg, entry.from_d, entry.until_d, least=-MASS_KG)
        case Reboost():
            yield from _unknown("node", entry.node, scenario.nodes)
            yield from _odd(entry.impulse_n_s, entry.from_d, entry.until_d, least=-MASS_KG)
        case Purchase():
            yield from _unknown("vehicle", entry.vehicle, scenario.vehicles)
            yield from _odd(entry.count, entry.day_d)
        case Shortfall():
            yield from _unknown("demand", entry.demand, scenario.demands)
            yield from _odd(entry.amount, least=-MASS_KG)


def _flight_faults(scenario: Scenario, flight: Flight) -> Iterator[str]:
    if flight.mission not in scenario.missions:
        yield from _unknown("mission", flight.mission, scenario.missions)
        return
    stops = len(scenario.missions[flight.mission].legs)
    yield from _odd(flight.departure_d, flight.arrival_d, least=-math.inf)
    if not flight.units:
        yield "flies without a unit"
    for unit in flight.units:
        yield from _unknown("vehicle", unit.vehicle, scenario.vehicles)
        yield from _odd(unit.tanked_kg, least=-MASS_KG)
    for cargo in flight.cargo:
        yield from _unknown("resource", cargo.resource, scenario.resources)
        yield from _odd(cargo.mass_kg, least=-MASS_KG)
        if cargo.tank is not None:
            yield from _unknown("part", cargo.tank, [unit.part for unit in flight.units])
    for item in flight.items:
        yield from _unknown("element", item.element, scenario.elements)
        yield from _odd(item.copy_no, least=1)
    for seat in flight.crew:
        yield from _unknown("crew kind", seat.kind, scenario.crew)
        yield from _odd(seat.count)
    rides: list[Cargo | Item | Seat] = [*flight.cargo, *flight.items, *flight.crew]
    for ride in rides:
        if not 0 <= ride.board < ride.alight <= stops:
            told = f"something rides from stop {ride.board} to stop {ride.alight}"
            yield f"{told} of a mission with stops 0 to {stops}"


def _unknown(kind: str, name: str, known: object) -> Iterator[str]:
    if name not in known:  # type: ignore[operator]
        yield f"{name!r} is no {kind}"


def _odd(*numbers: float, least: float = 0.0) -> Iterator[str]:
    for number in numbers:
        if not math.isfinite(number) or number < least:
            yield f"{number!r} is not a number that can stand here"
