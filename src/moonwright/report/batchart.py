"""The bat chart: nodes as rows, time across, every flight a line between rows, and ships that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from moonwright.plan import Flight, Unit
from moonwright.report.flight import FlightRow
from moonwright.report.subject import Subject
from moonwright.scenario.node import LaunchSite, Libration, Orbit, Recovery, Transfer


def bat_chart(subject: Subject, rows: tuple[FlightRow, ...]) -> Mapping[str, object]:
    """Rows from home (lowest) to the farthest, flights as (day, row) points, waits as (row, from, until)."""
    levels = {node: level for level, node in enumerate(_levels(subject))}
    told = {row.name: row for row in rows}
    return {
        "rows": [subject.name_of("nodes", node) for node in levels],
        "flights": [_line(subject, flight, levels, told[flight.name]) for flight in subject.plan.flights],
        "waits": [
            (
                levels[wait.node],
                wait.from_d,
                wait.until_d,
                wait.serial,
                subject.scenario.vehicles[wait.vehicle].owner,
            )
            for wait in waits(subject)
        ],
    }


def _levels(subject: Subject) -> list[str]:
    """Nodes that flights touch, home first. Points of a trajectory are passed by: they get no row."""
    scenario = subject.scenario
    touched = {node for flight in subject.plan.flights for node in subject.nodes_of(flight)}
    home = {node.body for node in scenario.nodes.values() if isinstance(node, LaunchSite)}

    def distance(key: str) -> int:
        node = scenario.nodes[key]
        if isinstance(node, Recovery | LaunchSite):
            return 0 if isinstance(node, Recovery) else 1
        if isinstance(node, Orbit):
            return 2 if node.body in home else 4
        return 3 if isinstance(node, Libration) else 5

    rows = [key for key, node in scenario.nodes.items() if key in touched and not isinstance(node, Transfer)]
    return sorted(rows, key=distance)


def _line(
    subject: Subject, flight: Flight, levels: Mapping[str, int], row: FlightRow
) -> Mapping[str, object]:
    return {
        "name": flight.name,
        "mission": row.mission,
        "partner": row.partner,
        "lifted": row.lifted_by,
        "crewed": bool(flight.crew),
        "path": [
            (round(stop.day_d, 3), levels[stop.node]) for stop in subject.stops(flight) if stop.node in levels
        ],
        "manifest": [(line.what, line.amount) for line in row.manifest],
    }


@dataclass(frozen=True)
class Wait:
    """A vehicle docked or dormant at a node between two flights."""

    node: str
    from_d: float
    until_d: float
    serial: str
    vehicle: str


@dataclass(frozen=True)
class _Part:
    """A vehicle's part in a flight: where and when it joins and leaves."""

    vehicle: str
    joins: str
    joins_d: float
    leaves: str
    leaves_d: float


def waits(subject: Subject) -> tuple[Wait, ...]:
    """Every wait that ends with another flight of the same vehicle."""
    parts: dict[str, list[_Part]] = defaultdict(list)
    for flight in sorted(subject.plan.flights, key=lambda flight: flight.departure_d):
        for unit in flight.units:
            parts[unit.serial].append(_part(subject, flight, unit))
    told = []
    for serial, flown in parts.items():
        for before, after in pairwise(flown):
            if before.leaves == after.joins and not isinstance(
                subject.scenario.nodes[after.joins], LaunchSite | Recovery
            ):
                told.append(Wait(after.joins, before.leaves_d, after.joins_d, serial, after.vehicle))
    return tuple(told)


def _part(subject: Subject, flight: Flight, unit: Unit) -> _Part:
    """From the start of its first leg to the end of its last."""
    legs, routes = subject.scenario.missions[flight.mission].legs, subject.scenario.routes
    flown = [unit.part in leg.carrying or leg.by == unit.part for leg in legs]
    first, last = flown.index(True), len(flown) - 1 - flown[::-1].index(True)
    times_d = subject.legs_d(flight)
    return _Part(
        unit.vehicle,
        routes[legs[first].route].origin,
        times_d[first][0],
        routes[legs[last].route].destination,
        times_d[last][1],
    )
