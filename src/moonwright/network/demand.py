"""Demands -> requirements: what must hold at which opening, or within which window of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from moonwright.network.network import Network, Period
from moonwright.network.period import after
from moonwright.scenario.demand import (
    BuildDemand,
    CrewDemand,
    DeliverDemand,
    Demand,
    FlyDemand,
    ReserveDemand,
)
from moonwright.scenario.horizon import Span

_KG_PER_T = 1000.0


@dataclass(frozen=True)
class Requirement:
    """`amount` is asked at opening `opening`, or between days `from_d` and `until_d` where `opening` is None.

    One unit of shortfall counts `weight` in the demand's own unit; `most` bounds it (None: unbounded).
    """

    label: str
    opening: int | None
    from_d: float
    until_d: float
    amount: float
    weight: float
    most: float | None
    resource: str = ""


UNITS = {"crew": "person-days", "build": "days late", "deliver": "t", "fly": "flights", "reserve": "kg-days"}


def requirements(network: Network, demand: Demand) -> tuple[Requirement, ...]:
    """All that a demand asks, in order of time."""
    if isinstance(demand, CrewDemand):
        return tuple(_crew(network, demand))
    if isinstance(demand, BuildDemand):
        return tuple(_build(network, demand))
    if isinstance(demand, ReserveDemand):
        return tuple(_reserve(network, demand))
    return tuple(_windows(network, demand))


def _overlap_d(network: Network, period: Period, starts: date | None, until: date | None) -> float:
    """Days of a period between two dates."""
    first = period.start_d if starts is None else max(period.start_d, network.world.day_of(starts))
    end = period.end_d if until is None else min(period.end_d, network.world.day_of(until))
    return float(max(0, end - first))


def _crew(network: Network, demand: CrewDemand) -> Iterator[Requirement]:
    for period in network.periods:
        days = _overlap_d(network, period, demand.starts, demand.until)
        if days > 0:
            yield _at(period, float(demand.count), days, float(demand.count))


def _build(network: Network, demand: BuildDemand) -> Iterator[Requirement]:
    due_d = network.world.day_of(demand.by)
    late = [period for period in network.periods if period.end_d > due_d]
    for period in late:
        yield _at(
            period, float(demand.count), float(period.end_d - max(due_d, period.start_d)), float(demand.count)
        )
    if not late:
        yield _at(network.openings[-1], float(demand.count), 1.0, float(demand.count))


def _reserve(network: Network, demand: ReserveDemand) -> Iterator[Requirement]:
    resources = network.world.scenario.resources
    covered = demand.resources or tuple(
        name for name, resource in resources.items() if resource.life_critical
    )
    for opening in network.openings:
        days = _overlap_d(network, opening, demand.starts, demand.until)
        if days > 0:
            for resource in covered:
                yield Requirement(
                    f"{opening.label},{resource}",
                    opening.index,
                    opening.start_d,
                    opening.end_d,
                    float(demand.cover),
                    days,
                    None,
                    resource,
                )


def _at(period: Period, amount: float, weight: float, most: float) -> Requirement:
    return Requirement(period.label, period.index, period.start_d, period.end_d, amount, weight, most)


def _windows(network: Network, demand: DeliverDemand | FlyDemand) -> Iterator[Requirement]:
    amount = float(demand.amount if isinstance(demand, DeliverDemand) else demand.count)
    weight = 1.0 / _KG_PER_T if isinstance(demand, DeliverDemand) else 1.0
    horizon = network.world.scenario.horizon
    starts, until = demand.starts or horizon.start, min(demand.until or horizon.end, horizon.end)
    for first, end in _spans(starts, until, demand.every):
        from_d, until_d = (float(network.world.day_of(day)) for day in (first, end))
        yield Requirement(first.isoformat(), None, from_d, until_d, amount, weight, amount)


def _spans(starts: date, until: date, every: Span | None) -> Iterator[tuple[date, date]]:
    """The whole window, or each full span of `every` in it, counted from its start; nothing past the horizon's end."""
    if every is None:
        if starts < until:
            yield starts, until
        return
    first = starts
    while (end := after(first, every)) <= until:
        yield first, end
        first = end
