"""Builds: the table of what is put to work when, and the bars of its chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE, sheet
from moonwright.report.subject import Subject

BUILDS = {
    "element": TEXT, "copy_no": WHOLE, "partner": TEXT, "node": TEXT, "flight": TEXT, "delivered": DATE,
    "delivered_d": REAL, "begun": DATE, "begun_d": REAL, "commissioned": DATE, "commissioned_d": REAL,
    "life_ends": DATE, "life_ends_d": REAL, "mass_kg": REAL,
}  # fmt: skip


@dataclass(frozen=True)
class Life:
    """One copy of an element from delivery to the end of its life, in days.

    `delivered_d` None: there at the start. `begun_d` and `commissioned_d` None: delivered, never built.
    """

    element: str
    copy_no: int
    flight: str | None
    delivered_d: float | None
    begun_d: float | None
    commissioned_d: float | None
    life_ends_d: float | None


def lives(subject: Subject) -> tuple[Life, ...]:
    """Every copy that the plan delivers or builds, by commissioning, then delivery."""
    delivered = dict(_deliveries(subject))
    builds = {(build.element, build.copy_no): build for build in subject.plan.builds}
    told = []
    for key in dict.fromkeys([*builds, *delivered]):
        element, build = subject.scenario.elements[key[0]], builds.get(key)
        flight, delivered_d = delivered.get(key, (None, None))
        ends_d = build.day_d + element.life if build is not None and element.life is not None else None
        begun_d, day_d = (build.begun_d, build.day_d) if build is not None else (None, None)
        told.append(Life(*key, flight, delivered_d, begun_d, day_d, ends_d))
    last = subject.plan.horizon_d
    return tuple(sorted(told, key=lambda life: (_or(life.commissioned_d, last), _or(life.delivered_d, 0.0))))


def _or(day_d: float | None, otherwise_d: float) -> float:
    return otherwise_d if day_d is None else day_d


def _deliveries(subject: Subject) -> Iterator[tuple[tuple[str, int], tuple[str, float]]]:
    for flight in subject.plan.flights:
        for item in flight.items:
            yield (item.element, item.copy_no), (flight.name, flight.arrival_d)


def builds_table(subject: Subject) -> pa.Table:
    """One row a copy of an element: delivered, begun, commissioned, and when its life ends."""
    return sheet(BUILDS, (_row(subject, life) for life in lives(subject)))


def _row(subject: Subject, life: Life) -> tuple[object, ...]:
    element = subject.scenario.elements[life.element]
    days = (life.delivered_d, life.begun_d, life.commissioned_d, life.life_ends_d)
    dated = [(None if day_d is None else subject.date_of(day_d), day_d) for day_d in days]
    told = [cell for pair in dated for cell in pair]
    return (life.element, life.copy_no, element.owner, element.node, life.flight, *told, float(element.mass))


def builds_chart(subject: Subject) -> list[Mapping[str, object]]:
    """Bars of the builds chart: one a copy, with its three dates (days) and its owner."""
    return [_bar(subject, life) for life in lives(subject)]


def _bar(subject: Subject, life: Life) -> Mapping[str, object]:
    element = subject.scenario.elements[life.element]
    number = f" no. {life.copy_no}" if subject.copies[life.element] > 1 else ""
    return {
        "name": subject.name_of("elements", life.element) + number,
        "partner": element.owner,
        "node": subject.name_of("nodes", element.node),
        "delivered": life.delivered_d,
        "begun": life.begun_d,
        "commissioned": life.commissioned_d,
        "ends": life.life_ends_d,
    }
