"""Flights and what is aboard them: tables, and the rows that the report shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from moonwright.plan import Cargo, Flight
from moonwright.report.sheet import DATE, FLAG, REAL, TEXT, WHOLE, sheet
from moonwright.report.subject import Subject, elements_kg, packed_kg, people, supplies_kg
from moonwright.report.wording import mass, plural

FLIGHTS = {
    "flight": TEXT, "mission": TEXT, "partner": TEXT, "launcher": TEXT, "vehicles": TEXT,
    "from_node": TEXT, "to_node": TEXT,
    "departure": DATE, "departure_d": REAL, "arrival": DATE, "arrival_d": REAL,
    "launched_kg": REAL, "payload_kg": REAL, "tanked_kg": REAL, "burned_kg": REAL, "left_kg": REAL,
    "people": WHOLE,
}  # fmt: skip
MANIFESTS = {
    "flight": TEXT, "kind": TEXT, "what": TEXT, "copy_no": WHOLE, "count": WHOLE, "mass_kg": REAL,
    "packed_kg": REAL, "room": TEXT, "life_critical": FLAG, "from_node": TEXT, "to_node": TEXT,
}  # fmt: skip


def flights_table(subject: Subject) -> pa.Table:
    """One row a flight: who, by what, from where to where, when, how heavy."""
    return sheet(FLIGHTS, (_flight_row(subject, flight) for flight in subject.plan.flights))


def _flight_row(subject: Subject, flight: Flight) -> tuple[object, ...]:
    record = subject.records.get(flight.name)
    nodes = subject.nodes_of(flight)
    masses: tuple[float | None, ...] = (None, None, None, None)
    if record is not None:
        burned_kg, left_kg = sum(record.burned_kg.values()), sum(record.left_kg.values())
        masses = (record.launched_kg, record.payload_kg, burned_kg, left_kg)
    launched_kg, payload_kg, burned, left = masses
    return (
        flight.name, flight.mission, subject.flown_by(flight), flight.launcher,
        " ".join(unit.serial for unit in flight.units), nodes[0], nodes[-1],
        subject.date_of(flight.departure_d), flight.departure_d,
        subject.date_of(flight.arrival_d), flight.arrival_d,
        launched_kg, payload_kg, sum(unit.tanked_kg for unit in flight.units), burned, left,
        sum(seat.count for seat in flight.crew),
    )  # fmt: skip


def manifests_table(subject: Subject) -> pa.Table:
    """One row a thing aboard: vehicles (dry), propellant, elements, resources, people.

    `packed_kg` is a resource with its packing; `room` where it rides: pressurised, unpressurised, either, tank.
    """
    return sheet(MANIFESTS, (row for flight in subject.plan.flights for row in _manifest(subject, flight)))


def _manifest(subject: Subject, flight: Flight) -> Iterator[tuple[object, ...]]:
    scenario, nodes = subject.scenario, subject.nodes_of(flight)
    ends = nodes[0], nodes[-1]
    for unit in flight.units:
        vehicle = scenario.vehicles[unit.vehicle]
        dry_kg = float(vehicle.dry_mass)
        yield (flight.name, "vehicle", unit.serial, None, 1, dry_kg, None, None, None, *ends)
        if vehicle.tank is not None and unit.tanked_kg:
            what = f"{vehicle.tank.resource} in {unit.serial}"
            yield (flight.name, "propellant", what, None, None, unit.tanked_kg, None, "tank", None, *ends)
    for item in flight.items:
        element, way = scenario.elements[item.element], (nodes[item.board], nodes[item.alight])
        told = (item.element, item.copy_no, 1, float(element.mass), None, element.room, None)
        yield (flight.name, "element", *told, *way)
    for cargo in flight.cargo:
        way = nodes[cargo.board], nodes[cargo.alight]
        vital = scenario.resources[cargo.resource].life_critical
        masses = cargo.mass_kg, packed_kg(subject, cargo)
        yield (
            flight.name,
            "resource",
            cargo.resource,
            None,
            None,
            *masses,
            _room(subject, cargo),
            vital,
            *way,
        )
    for seat in flight.crew:
        mass_kg = float(scenario.crew[seat.kind].mass) * seat.count
        way = nodes[seat.board], nodes[seat.alight]
        yield (flight.name, "crew", seat.kind, None, seat.count, mass_kg, None, None, None, *way)


def _room(subject: Subject, cargo: Cargo) -> str:
    """Where a resource rides: in a propellant tank, in rooms of its kind, or in either kind."""
    if cargo.tank is not None:
        return "tank"
    kind = subject.scenario.resources[cargo.resource].storage
    return "either" if kind == "tank" else kind


@dataclass(frozen=True)
class Aboard:
    """One line of a manifest as the report tells it. `amount` is a mass or a number with its unit.

    `note` says what people cannot live without, and which room it rides in.
    """

    what: str
    amount: str
    way: str
    note: str = ""


@dataclass(frozen=True)
class FlightRow:
    """One flight as the report lists it; `summary` says in a few words what is aboard."""

    name: str
    partner: str
    mission: str
    lifted_by: str
    partner_name: str
    origin: str
    destination: str
    departs: date
    arrives: date
    launched_kg: float
    summary: str
    manifest: tuple[Aboard, ...]


def flight_rows(subject: Subject) -> tuple[FlightRow, ...]:
    """All flights by departure."""
    by_departure = sorted(subject.plan.flights, key=lambda flight: (flight.departure_d, flight.name))
    return tuple(_told(subject, flight) for flight in by_departure)


def _told(subject: Subject, flight: Flight) -> FlightRow:
    record = subject.records.get(flight.name)
    nodes = subject.nodes_of(flight)
    return FlightRow(
        name=flight.name,
        partner=subject.flown_by(flight),
        mission=subject.name_of("missions", flight.mission),
        lifted_by=_lifted_by(subject, flight),
        partner_name=subject.partner_name(subject.flown_by(flight)),
        origin=subject.name_of("nodes", nodes[0]),
        destination=subject.name_of("nodes", nodes[-1]),
        departs=subject.date_of(flight.departure_d),
        arrives=subject.date_of(flight.arrival_d),
        launched_kg=record.launched_kg if record is not None else 0.0,
        summary=summary(subject, flight),
        manifest=tuple(_lines(subject, flight)),
    )


def _lifted_by(subject: Subject, flight: Flight) -> str:
    """The launcher; where nothing is launched, the ship that goes."""
    if flight.launcher is not None:
        return subject.name_of("launchers", flight.launcher)
    return subject.name_of("vehicles", flight.units[-1].vehicle)


def _way(subject: Subject, board: str, alight: str) -> str:
    return f"{subject.name_of('nodes', board)} → {subject.name_of('nodes', alight)}"


def _lines(subject: Subject, flight: Flight) -> Iterator[Aboard]:
    nodes, vehicles = subject.nodes_of(flight), subject.scenario.vehicles

    def way(board: int, alight: int) -> str:
        return _way(subject, nodes[board], nodes[alight])

    def vital(cargo: Cargo) -> bool:
        return subject.scenario.resources[cargo.resource].life_critical

    for unit in flight.units:
        fuel = f", {mass(unit.tanked_kg)} propellant" if unit.tanked_kg else ""
        amount = f"{mass(vehicles[unit.vehicle].dry_mass)} dry{fuel}"
        yield Aboard(f"{subject.name_of('vehicles', unit.vehicle)} ({unit.serial})", amount, "")
    for seat in flight.crew:
        what = subject.name_of("crew", seat.kind)
        yield Aboard(what, plural(seat.count, "person", "people"), way(seat.board, seat.alight))
    for cargo in (c for c in flight.cargo if vital(c)):
        yield _cargo_line(subject, cargo, way(cargo.board, cargo.alight), ("life-critical",))
    for item in flight.items:
        element = subject.scenario.elements[item.element]
        what = f"{subject.name_of('elements', item.element)} no. {item.copy_no}"
        yield Aboard(what, mass(element.mass), way(item.board, item.alight), _SIDES[element.room])
    for cargo in (c for c in flight.cargo if not vital(c)):
        yield _cargo_line(subject, cargo, way(cargo.board, cargo.alight), ())


_SIDES = {"pressurised": "pressurised", "unpressurised": "unpressurised", "either": "", "tank": "in a tank"}


def _cargo_line(subject: Subject, cargo: Cargo, way: str, notes: tuple[str, ...]) -> Aboard:
    packing_kg = packed_kg(subject, cargo) - cargo.mass_kg
    packed = f" + {mass(packing_kg)} packing" if packing_kg else ""
    note = " · ".join(filter(None, (*notes, _SIDES[_room(subject, cargo)])))
    return Aboard(subject.name_of("resources", cargo.resource), mass(cargo.mass_kg) + packed, way, note)


def summary(subject: Subject, flight: Flight) -> str:
    """What is aboard, in a few words: people and elements by name, supplies as one mass."""
    parts = [plural(sum(seat.count for seat in flight.crew), "person", "people")] if flight.crew else []
    elements = Counter(item.element for item in flight.items)
    for key, count in elements.items():
        times = f" ×{count}" if count > 1 else ""
        parts.append(f"{subject.name_of('elements', key)}{times}")
    supplies = sum(cargo.mass_kg for cargo in flight.cargo)
    if supplies:
        parts.append(f"{mass(supplies)} supplies")
    return " · ".join(parts) or "vehicles only"  # names may hold commas


def lifted_kg(subject: Subject, flight: Flight) -> float:
    """Payload that a launch lifts: elements, people, supplies with packing. 0 where nothing is launched."""
    if flight.launcher is None:
        return 0.0
    crew = subject.scenario.crew
    people_kg = float(sum(crew[seat.kind].mass * seat.count for seat in flight.crew if seat.board == 0))
    return supplies_kg(subject, flight) + elements_kg(subject, flight) + people_kg


def seats_up(flight: Flight) -> int:
    """People whom a launch carries up."""
    return people(flight) if flight.launcher is not None else 0
