"""Givens and changes, in the words of those who wrote the scenario."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from moonwright import units
from moonwright.explain.change import at
from moonwright.explain.given import Given
from moonwright.explain.lever import quantity_of
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, ReserveDemand
from moonwright.scenario.document import Path, spelt
from moonwright.scenario.element import Element
from moonwright.scenario.scenario import Scenario

_KG_PER_T = 1000.0


def amount(value: float, dimension: units.Dimension) -> str:
    """A number as one would write it in the file: "3.1 t", "840 kg", "4 /yr"."""
    if dimension is units.MASS and abs(value) >= _KG_PER_T:
        return f"{value / _KG_PER_T:.6g} t"
    if dimension is units.SHARE or dimension is units.SHARE_PER_DAY:
        return f"{100 * value:.4g} %{dimension.unit}"
    return f"{value:.6g} {dimension.unit}".strip()


def told(scenario: Scenario, path: Path, value: Any) -> str:
    """A value that may stand at a path, in words."""
    quantity = quantity_of(scenario, path)
    if quantity is not None and value is not None:
        return amount(float(value), quantity.dimension)
    if isinstance(value, date):
        return value.isoformat()
    return "nothing" if value is None or value == () else str(value)


def said(scenario: Scenario, given: Given) -> str:
    """A given in a clause: what it asks, allows or forbids."""
    if given.path[0] == "demands":
        return asked(scenario, str(given.path[1]))
    return _OTHERS[str(given.path[0])](scenario, given)


def asked(scenario: Scenario, name: str) -> str:
    """What a demand asks."""
    demand = scenario.demands[name]
    if isinstance(demand, CrewDemand):
        of = f" of {demand.of}" if demand.of else ""
        return f"crew of {demand.count:g}{of} at {demand.node}{_span(demand.starts, demand.until)}"
    if isinstance(demand, BuildDemand):
        count = "" if float(demand.count) == 1.0 else f"{demand.count:g} of "
        return f"{count}{demand.element} commissioned by {demand.by}"
    if isinstance(demand, ReserveDemand):
        covered = ", ".join(demand.resources) or "all that crews die without"
        return f"a reserve of {demand.cover:g} d of {covered} at {demand.node}{_span(demand.starts, demand.until)}"
    every = f" in every {demand.every}" if demand.every else ""
    if isinstance(demand, DeliverDemand):
        mass = amount(float(demand.amount), units.MASS)
        return (
            f"{mass} of {demand.resource} brought to {demand.node}{every}{_span(demand.starts, demand.until)}"
        )
    return f"{_times(demand.count, 'flight')} of {demand.mission}{every}{_span(demand.starts, demand.until)}"


def at_most(scenario: Scenario, name: str, lacking: float) -> str:
    """What can be had of what a demand asks, at most, in a clause; nothing where that says no more than that it is short."""
    demand = scenario.demands[name]
    if isinstance(demand, ReserveDemand) or lacking <= 0.0:
        return ""
    if isinstance(demand, DeliverDemand):
        left = max(0.0, float(demand.amount) - lacking)
        return f"; {amount(float(f'{left:.4g}'), units.MASS)} can come at most" if left else "; none can come"
    most = math.floor(float(demand.count) - lacking + 1e-6)
    return f"; {most} at most can be" if most > 0 else ""


def _span(starts: date | None, until: date | None) -> str:
    return (f" from {starts}" if starts else "") + (f" until {until}" if until else "")


def _times(count: float, one: str) -> str:
    return f"{count:g} {one}" if count == 1 else f"{count:g} {one}s"


def _launcher(scenario: Scenario, given: Given) -> str:
    _, name, key, *_ = given.path
    launcher = scenario.launchers[str(name)]
    if key == "outages":
        outage = at(scenario, given.path)
        return f"{name} does not fly{_span(outage.starts, outage.until)}"
    if key == "payload":
        node = str(given.path[-1])
        return f"{name} lifts {amount(launcher.payload[node], units.MASS)} to {node}"
    return {
        "cadence": f"{name} flies at most {amount(launcher.cadence, units.PER_YEAR)}",
        "turnaround": f"{name} flies again only after {launcher.turnaround:g} d",
        "first_flight": f"{name} first flies on {launcher.first_flight}",
        "last_flight": f"{name} last flies on {launcher.last_flight}",
    }[str(key)]


def _vehicle(scenario: Scenario, given: Given) -> str:
    _, name, key, *rest = given.path
    vehicle = scenario.vehicles[str(name)]
    if key == "room":
        value = at(scenario, given.path)
        whole = vehicle.room.total if vehicle.room else 0.0
        kind = {
            "pressurised": " of pressurised cargo",
            "unpressurised": " of unpressurised cargo",
            "down": " on the way down",
        }
        unit = units.VOLUME if rest[0] == "volume" else units.MASS
        return f"{name} has room for {amount(float(whole if value is None else value), unit)}{kind.get(str(rest[0]), '')}"
    if key == "tank" and vehicle.tank:
        return f"the tank of {name} holds {amount(vehicle.tank.capacity, units.MASS)}"
    if key == "reuse" and vehicle.reuse:
        return f"each {name} flies {_times(vehicle.reuse.flights, 'time')}"
    return {
        "seats": f"{name} seats {vehicle.seats:g}",
        "stay": f"{name} may wait for {vehicle.stay or 0:g} d",
        "ready": f"{name} is ready on {vehicle.ready}",
        "retired": f"{name} is retired on {vehicle.retired}",
    }[str(key)]


def _mission(scenario: Scenario, given: Given) -> str:
    name, mission = given.path[1], scenario.missions[str(given.path[1])]
    if len(given.path) == 2:
        return f"the vehicles of {name} have only so much {given.what} together"
    return {
        "least_crew": f"{name} flies with a crew of {mission.least_crew:g} at least",
        "from": f"{name} is flown from {mission.starts} on",
        "until": f"{name} is flown until {mission.until}",
    }[str(given.path[2])]


def _element(scenario: Scenario, given: Given) -> str:
    name, element = given.path[1], scenario.elements[str(given.path[1])]
    if given.path[2] == "provides":
        made = str(given.path[4])
        rate = amount(element.provides.produces[made].rate, units.MASS_PER_DAY)
        return f"each {name} makes at most {rate} of {made}"
    return {
        "quantity": f"there {'is' if float(element.quantity) == 1.0 else 'are'} {element.quantity:g} of {name}",
        "after": f"{name} is built only after {' and '.join(element.after)}",
        "ready": f"{name} is ready on {element.ready}",
        "retired": f"{name} is not launched since {element.retired}",
    }[str(given.path[2])]


def _crew(scenario: Scenario, given: Given) -> str:
    name, rotation = given.path[1], scenario.crew[str(given.path[1])].rotation
    if given.path[-1] == "longest":
        return f"a {name} stays for {rotation.longest:g} d at most"
    return f"a {name} stays for {rotation.shortest:g} d at least"


def _partner(scenario: Scenario, given: Given) -> str:
    name, partner = given.path[1], scenario.partners[str(given.path[1])]
    if given.path[2] == "budget":
        return f"{name} can spend {amount(partner.budget or 0.0, units.MONEY)} a year"
    if given.path[2] == "budgets":
        year = int(str(given.path[3]))
        return f"{name} can spend {amount(partner.budgets[year], units.MONEY)} in {year}"
    if given.kind == "rule":
        others = ", ".join(at(scenario, given.path))
        kept = "carries nothing and nobody of" if given.path[2] == "may_not_carry" else "does not fly with"
        return f"{name} {kept} {others}"
    return {
        "from": f"{name} takes part from {partner.starts} on",
        "until": f"{name} takes part until {partner.until}",
    }[str(given.path[2])]


def _place(scenario: Scenario, given: Given) -> str:
    """What the elements at a node give together, and each of them."""
    node, what = str(given.path[1]), given.what
    first, _, last = what.rpartition(" ")
    of = _Here({name: e for name, e in scenario.elements.items() if e.node == node})
    if what == "a ride home":
        return f"everybody at {node} has a seat home in ships that wait"
    if what == "crew hours":
        hours = " and ".join(f"{kind.work:g} of each {name}" for name, kind in scenario.crew.items())
        return f"working hours a day at {node}: {hours}"
    if what == "power by night":
        stated = getattr(scenario.nodes[node], "darkness", None)
        dark = "the longest darkness" if stated is None else f"{stated:g} d of darkness"
        stored = of.each(lambda e: e.provides.energy_storage, " kWh")
        night = of.each(lambda e: e.provides.power_night, " kW")
        return f"power through {dark} at {node}: {night}; stored: {stored}"
    given_by = {
        "berths": lambda: of.each(lambda e: e.provides.berths),
        "robot hours": lambda: of.each(lambda e: e.provides.robot_hours, " a day"),
        "power by light": lambda: of.each(lambda e: e.provides.power_day, " kW in full light"),
        "power by day": lambda: of.each(lambda e: e.provides.power_day, " kW"),
        "ports of kind": lambda: of.each(lambda e: e.provides.ports.get(last, 0.0)),
        "storage of": lambda: of.each(lambda e: e.provides.storage.get(last, 0.0), " kg"),
        "recovery of": lambda: of.each(lambda e: _recovered(e, last), " people's use"),
    }
    return f"{what} at {node}: {(given_by.get(what) or given_by[first])()}"


def _recovered(element: Element, resource: str) -> float:
    closure = element.provides.closure.get(resource)
    return float(closure.share * closure.crew) if closure else 0.0


@dataclass(frozen=True)
class _Here:
    """The elements at a node, and what each of them gives."""

    elements: dict[str, Element]

    def each(self, give: Callable[[Element], float], unit: str = "") -> str:
        parts = [f"{give(e):g}{unit} from each {name}" for name, e in self.elements.items() if give(e)]
        return " and ".join(parts) or "nothing gives any"


def _route(scenario: Scenario, given: Given) -> str:
    route = scenario.routes[str(given.path[1])]
    opens = ", ".join(
        f"{w.opens} to {w.closes}" + (f" and every {w.every:g} d after" if w.every else "")
        for w in route.windows
    )
    return f"{given.path[1]} is open {opens}"


def _keeping(scenario: Scenario, given: Given) -> str:
    keeping = scenario.station_keeping[int(str(given.path[1]))]
    needs = "; ".join(
        [f"{n.need:g} m/s a year{_span(n.starts, n.until)}" for n in keeping.needs]
        + [f"against the air on {d.area:g} m2{_span(d.starts, d.until)}" for d in keeping.drag]
    )
    mass = "; ".join(
        [f"{amount(g.mass, units.MASS)}{_span(g.starts, g.until)}" for g in keeping.growth]
        + [amount(keeping.mass, units.MASS) + (" else" if keeping.growth else "")]
    )
    return f"the orbit of {keeping.node}, {mass}, is kept: {needs}"


def _contract(scenario: Scenario, given: Given) -> str:
    contract = scenario.initial.contracts[int(str(given.path[2]))]
    flights = _times(contract.count, "flight")
    return f"{flights} of {contract.mission} contracted from {contract.starts} until {contract.until}"


_OTHERS = {
    "launchers": _launcher,
    "vehicles": _vehicle,
    "missions": _mission,
    "elements": _element,
    "crew": _crew,
    "partners": _partner,
    "nodes": _place,
    "routes": _route,
    "station_keeping": _keeping,
    "initial": _contract,
}


def changed(scenario: Scenario, path: Path, old: Any, new: Any) -> str:
    """A change, with the path that a user would edit."""
    if path[-1] == "rank":
        return f"{spelt(path)}: {new} instead of {old} (met as far as can be)"
    if new == () or new is None:
        return f"{spelt(path)}: leave it out"
    return f"{spelt(path)}: {told(scenario, path, new)} instead of {told(scenario, path, old)}"
