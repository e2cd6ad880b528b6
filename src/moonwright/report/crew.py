"""Rotations: the table of who stays where how long, and the bars of their chart."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from moonwright.plan import Stay
from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE, sheet
from moonwright.report.subject import Subject
from moonwright.report.thin import thin
from moonwright.simulate.run import Days

STAYS = {
    "kind": TEXT, "partner": TEXT, "node": TEXT, "count": WHOLE, "arrived": DATE, "arrived_d": REAL,
    "leaves": DATE, "leaves_d": REAL, "stay_d": REAL, "flight_up": TEXT, "flight_down": TEXT,
}  # fmt: skip


def crew_table(subject: Subject) -> pa.Table:
    """One row a rotation. `leaves` empty: still there at the horizon's end."""
    return sheet(STAYS, (_row(subject, stay) for stay in subject.plan.stays))


def _row(subject: Subject, stay: Stay) -> tuple[object, ...]:
    leaves_d = stay.leaves_d
    leaves, stay_d = (
        (None, None) if leaves_d is None else (subject.date_of(leaves_d), leaves_d - stay.arrived_d)
    )
    return (
        stay.kind, subject.scenario.crew[stay.kind].owner, stay.node, stay.count,
        subject.date_of(stay.arrived_d), stay.arrived_d,
        leaves, leaves_d, stay_d, stay.up, stay.down,
    )  # fmt: skip


def crew_days(subject: Subject) -> float:
    """Person-days lived off Earth within the horizon."""
    return float(sum(history.present.sum() for history in subject.run.crew))


def stays_chart(subject: Subject) -> list[Mapping[str, object]]:
    """Bars of the rotations chart, packed into as few lanes as hold them without overlap, node by node."""
    bars: list[Mapping[str, object]] = []
    nodes = dict.fromkeys(stay.node for stay in subject.plan.stays)
    for node in nodes:
        free_d: list[float] = []  # when each lane is free again
        for stay in sorted(
            (s for s in subject.plan.stays if s.node == node), key=lambda s: (s.arrived_d, s.kind)
        ):
            ends_d = subject.plan.horizon_d if stay.leaves_d is None else stay.leaves_d
            starts_d = max(stay.arrived_d, 0.0)
            lane = next((i for i, until_d in enumerate(free_d) if until_d <= starts_d), len(free_d))
            free_d[lane : lane + 1] = [ends_d]
            bars.append(_bar(subject, stay, lane, (starts_d, ends_d)))
    return bars


def _bar(subject: Subject, stay: Stay, lane: int, days: tuple[float, float]) -> Mapping[str, object]:
    return {
        "node": subject.name_of("nodes", stay.node),
        "lane": lane,
        "kind": subject.name_of("crew", stay.kind),
        "partner": subject.scenario.crew[stay.kind].owner,
        "count": stay.count,
        "from": days[0],
        "until": days[1],
        "up": stay.up,
        "down": stay.down,
    }


def present_by_node(subject: Subject) -> Mapping[str, Days]:
    """People of all kinds at each node where anybody ever is, day by day."""
    told: dict[str, Days] = {}
    for history in subject.run.crew:
        if history.present.any():
            before = told.get(history.node)
            told[history.node] = history.present if before is None else before + history.present
    return told


def presence_chart(subject: Subject) -> list[Mapping[str, object]]:
    """People at each node day by day, and seats that could bring them home."""
    seats = {history.node: history.seats_home for history in subject.run.nodes}
    return [
        {
            "node": subject.name_of("nodes", node),
            "present": thin(present),
            "seats": thin(seats[node]) if node in seats else [],
        }
        for node, present in present_by_node(subject).items()
    ]
