"""Demands: what the plan leaves short of them, and in what words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE, sheet
from moonwright.report.subject import Subject
from moonwright.report.wording import KEPT, day, grouped
from moonwright.scenario.demand import (
    BuildDemand,
    CrewDemand,
    DeliverDemand,
    Demand,
    FlyDemand,
    ReserveDemand,
)

SHORTFALLS = {
    "demand": TEXT, "rank": WHOLE, "amount": REAL, "unit": TEXT,
    "from_date": DATE, "from_d": REAL, "until_date": DATE, "until_d": REAL,
}  # fmt: skip


def shortfalls_table(subject: Subject) -> pa.Table:
    """One row a stretch of days on which a ranked demand is short."""
    return sheet(
        SHORTFALLS,
        (
            (
                s.demand,
                s.rank,
                s.amount,
                s.unit,
                subject.date_of(s.from_d),
                s.from_d,
                subject.date_of(s.until_d),
                s.until_d,
            )
            for s in subject.plan.shortfalls
        ),
    )


@dataclass(frozen=True)
class Missed:
    """A demand that is short: how much in all, in words, and over which dates."""

    demand: str
    asks: str
    rank: int
    amount: str
    first: date
    last: date


def missed(subject: Subject) -> tuple[Missed, ...]:
    """Every demand that is short, the first rank first."""
    grouped_by: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, shortfall in enumerate(subject.plan.shortfalls):
        grouped_by[shortfall.rank, shortfall.demand].append(place)
    return tuple(
        _missed(subject, rank, demand, places) for (rank, demand), places in sorted(grouped_by.items())
    )


def _missed(subject: Subject, rank: int, demand: str, places: list[int]) -> Missed:
    parts = [subject.plan.shortfalls[place] for place in places]
    total = sum(part.amount for part in parts)
    wanted = subject.scenario.demands.get(demand)
    return Missed(
        demand=demand,
        asks=asks(subject, wanted) if wanted is not None else demand,
        rank=rank,
        amount=f"{grouped(total, 0 if total >= 10 or total == int(total) else 1)}{KEPT}{parts[0].unit}",
        first=subject.date_of(min(part.from_d for part in parts)),
        last=subject.date_of(max(part.until_d for part in parts)),
    )


def asks(subject: Subject, wanted: Demand) -> str:
    """What a demand asks for, as a phrase: "4 crew at Connecting Ridge"."""
    match wanted:
        case CrewDemand():
            return f"{wanted.count:.0f} crew at {subject.name_of('nodes', wanted.node)}"
        case BuildDemand():
            times = f"{wanted.count:.0f} × " if wanted.count > 1 else ""
            return f"{times}{subject.name_of('elements', wanted.element)} at work by {day(wanted.by)}"
        case DeliverDemand():
            what = subject.name_of("resources", wanted.resource)
            every = f" every {wanted.every}" if wanted.every else ""
            return f"{grouped(wanted.amount)} kg of {what} to {subject.name_of('nodes', wanted.node)}{every}"
        case FlyDemand():
            every = f" every {wanted.every}" if wanted.every else ""
            return f"{wanted.count:.0f} × {subject.name_of('missions', wanted.mission)}{every}"
        case ReserveDemand():
            return f"{wanted.cover:.0f} days of reserve at {subject.name_of('nodes', wanted.node)}"
