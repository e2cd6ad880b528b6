"""Demands: what was asked is done, and what is missing is no more than the plan admits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

import numpy as np

from moonwright.plan import Shortfall
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, FlyDemand, ReserveDemand
from moonwright.simulate.crew import Present, active
from moonwright.simulate.element import Elements
from moonwright.simulate.horizon import later, stretches
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.stock import Key, Stock, gross_use, slack_kg
from moonwright.simulate.tolerance import RELATIVE, SHORTFALL, TIME_D


@dataclass(frozen=True)
class Evidence:
    """All that demands are judged by."""

    voyages: Sequence[Voyage]
    present: Present
    elements: Elements
    stocks: Sequence[Stock]


def lacking(setting: Setting, evidence: Evidence) -> dict[str, tuple[Shortfall, ...]]:
    """What each demand lacks, stretch by stretch, by what happens; nothing for a demand that is met."""
    return {name: tuple(_lacks(setting, evidence, name)) for name in setting.scenario.demands}


def _lacks(setting: Setting, evidence: Evidence, name: str) -> Iterator[Shortfall]:
    demand = setting.scenario.demands[name]
    rank = 0 if demand.rank == "hard" else demand.rank

    def short(amount: float, unit: str, from_d: float, until_d: float) -> Iterator[Shortfall]:
        if amount > SHORTFALL:
            yield Shortfall(demand=name, rank=rank, amount=amount, unit=unit, from_d=from_d, until_d=until_d)

    match demand:
        case CrewDemand():
            missing = _missing_people(setting, evidence, demand)
            for first, after in stretches(missing > 0):
                yield from short(float(missing[first:after].sum()), "person-days", first, after)
        case BuildDemand():
            by_d = setting.calendar.day_of(demand.by)
            for day_d in built(evidence.elements, demand):
                done_d = min(day_d, float(setting.horizon_d))
                yield from short(done_d - by_d, "days late", by_d, done_d)
        case DeliverDemand():
            arrivals = delivered(setting, evidence.voyages, demand)
            for begins, ends in spans(setting, demand.starts, demand.until, demand.every):
                brought = sum(mass_kg for day_d, mass_kg in arrivals if inside(day_d, begins, ends))
                if brought < demand.amount * (1 - RELATIVE):
                    yield from short((demand.amount - brought) / 1000.0, "t", max(0, begins), ends)
        case FlyDemand():
            moments = flown(evidence.voyages, demand)
            for begins, ends in spans(setting, demand.starts, demand.until, demand.every):
                number = sum(inside(moment, begins, ends) for moment in moments)
                yield from short(demand.count - number, "flights", max(0, begins), ends)
        case ReserveDemand():
            for stock, need in _reserved(setting, evidence.present, evidence.stocks, demand):
                deficit = _deficit_kg(stock, need)[: setting.horizon_d]
                for first, after in stretches(deficit > 0):
                    yield from short(float(deficit[first:after].sum()), "kg-days", first, after)


def _missing_people(setting: Setting, evidence: Evidence, demand: CrewDemand) -> Days:
    kinds = [
        kind
        for kind, crew in setting.scenario.crew.items()
        if demand.of is None or demand.of in (kind, crew.owner)
    ]
    nobody = np.zeros(setting.calendar.closing_d)
    there = sum((evidence.present.get((demand.node, kind), nobody) for kind in kinds), nobody)
    asked = demand.count * active(setting, demand.starts, demand.until)
    missing: Days = np.maximum(0.0, asked - there)[: setting.horizon_d]
    return missing


def built(found: Elements, demand: BuildDemand) -> list[float]:
    """When the copies asked for were commissioned, in order; infinite for those that never were."""
    days = [
        c.commissioned_d for c in found.copies if c.element == demand.element and c.commissioned_d is not None
    ]
    wanted = int(demand.count)
    return sorted([*sorted(days)[:wanted], *[np.inf] * (wanted - len(days))])


def flown(voyages: Sequence[Voyage], demand: FlyDemand) -> list[float]:
    """When each flight of a mission leaves: that is when it counts."""
    return [voyage.flight.departure_d for voyage in voyages if voyage.flight.mission == demand.mission]


def delivered(
    setting: Setting, voyages: Sequence[Voyage], demand: DeliverDemand
) -> list[tuple[float, float]]:
    """(day, kg) of each delivery of a resource to a node."""
    found = [
        (voyage.reach_d(cargo.alight), cargo.mass_kg)
        for voyage in voyages
        for cargo in voyage.flight.cargo
        if cargo.resource == demand.resource and voyage.stop(cargo.alight) == demand.node
    ]
    for arrival in setting.scenario.initial.under_way:
        if arrival.node == demand.node and demand.resource in arrival.resources:
            found.append(
                (float(setting.calendar.day_of(arrival.on)), float(arrival.resources[demand.resource]))
            )
    return found


def spans(
    setting: Setting, starts: date | None, until: date | None, every: str | None
) -> Iterator[tuple[float, int]]:
    """(from, until) in days of each span of a demand: one, or all whole ones of `every` in the horizon."""
    horizon_d, day_of = setting.horizon_d, setting.calendar.day_of
    last = horizon_d if until is None else min(day_of(until), horizon_d)
    if every is None:
        yield (-np.inf if starts is None else day_of(starts)), last
        return
    first = starts or setting.calendar.start
    for number in count():
        begins, ends = day_of(later(first, every, number)), day_of(later(first, every, number + 1))
        if ends > last:
            return
        if begins >= 0:
            yield begins, ends


def inside(moment_d: float, first: float, last: float) -> bool:
    """True where a moment lies in a span. One on a border belongs to the span that it ends."""
    return first + TIME_D < moment_d <= last + TIME_D


def _reserved(
    setting: Setting, present: Present, stocks: Sequence[Stock], demand: ReserveDemand
) -> Iterator[tuple[Stock | None, Days]]:
    """Each stock that a reserve is asked of (None: there is none), with what it asks on each day."""
    critical = [name for name, resource in setting.scenario.resources.items() if resource.life_critical]
    gross, held = gross_use(setting, present), {(stock.node, stock.resource): stock for stock in stocks}
    days = active(setting, demand.starts, demand.until)
    for resource in demand.resources or critical:
        key = (demand.node, resource)
        if key in gross:
            yield held.get(key), demand.cover * gross[key] * days


def _deficit_kg(stock: Stock | None, need: Days) -> Days:
    """By how much a stock is below its reserve at each day's end, beyond what rounding may have taken."""
    if stock is None:
        return need
    deficit = need - stock.ending
    return np.where(deficit > slack_kg(stock) + RELATIVE * need, deficit, 0.0)


def reserves(setting: Setting, evidence: Evidence) -> dict[Key, Days]:
    """By node and resource, the most that any reserve asks of a stock on each day."""
    found: dict[Key, Days] = {}
    for demand in setting.scenario.demands.values():
        if isinstance(demand, ReserveDemand):
            for stock, need in _reserved(setting, evidence.present, evidence.stocks, demand):
                if stock is not None:
                    key = (stock.node, stock.resource)
                    found[key] = np.maximum(found.get(key, 0.0), need)
    return found


@rule
def demand(setting: Setting, found: Mapping[str, Sequence[Shortfall]]) -> Iterator[Broken]:
    """A hard demand lacks nothing; a ranked one lacks no more in all than the plan's shortfalls admit."""
    for name, shorts in found.items():
        asked = setting.scenario.demands[name]
        actual, first_d = sum(short.amount for short in shorts), min((s.from_d for s in shorts), default=0.0)
        admitted = sum(short.amount for short in setting.plan.shortfalls if short.demand == name)
        if asked.rank == "hard" and shorts:
            yield Broken(first_d, f"demands.{name}", f"is hard, and lacks {actual:,.3f} {shorts[0].unit}")
        elif actual > admitted + max(SHORTFALL, RELATIVE * actual):
            told = f"lacks {actual:,.3f} {shorts[0].unit}; the plan admits {admitted:,.3f}"
            yield Broken(first_d, f"demands.{name}", told)


@rule
def due_builds(setting: Setting, found: Elements) -> Iterator[Broken]:
    """What a hard demand wants built by the horizon's end is built, though it could not be late any more."""
    for name, asked in setting.scenario.demands.items():
        if isinstance(asked, BuildDemand) and asked.rank == "hard":
            by_d = setting.calendar.day_of(asked.by)
            missing = sum(np.isinf(day_d) for day_d in built(found, asked))
            if missing and by_d == setting.horizon_d:
                yield Broken(
                    by_d, f"demands.{name}", f"{missing} {asked.element} are not built by {asked.by}"
                )


@rule
def closing_reserve(setting: Setting, evidence: Evidence) -> Iterator[Broken]:
    """The state that closes the horizon keeps hard reserves through one more period."""
    for name, asked in setting.scenario.demands.items():
        if isinstance(asked, ReserveDemand) and asked.rank == "hard":
            for stock, need in _reserved(setting, evidence.present, evidence.stocks, asked):
                deficit = _deficit_kg(stock, need)[setting.horizon_d :]
                if deficit.any():
                    day = setting.horizon_d + int(np.flatnonzero(deficit)[0])
                    resource = stock.resource if stock else "a resource that is not there"
                    told = f"{deficit.max():,.3f} kg of {resource} are lacking"
                    yield Broken(day, f"demands.{name}", f"{told} in the period after the horizon")


@rule
def contracts(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[Broken]:
    """Flights that are contracted leave between the dates of their contract."""
    for contract in setting.scenario.initial.contracts:
        moments = [v.flight.departure_d for v in voyages if v.flight.mission == contract.mission]
        number = sum(setting.calendar.within(moment, contract.starts, contract.until) for moment in moments)
        if number < contract.count:
            told = f"{number} flights leave from {contract.starts} to {contract.until}"
            until_d, where = setting.calendar.day_of(contract.until), f"missions.{contract.mission}"
            yield Broken(until_d, where, f"{told}; {contract.count:g} are contracted")


def finish_d(setting: Setting, found: Elements) -> float | None:
    """The day on which the last build demand is met; None where one is not, or where there are none."""
    days = [
        day_d
        for asked in setting.scenario.demands.values()
        if isinstance(asked, BuildDemand)
        for day_d in built(found, asked)
    ]
    return max(days) if days and np.isfinite(days).all() else None
