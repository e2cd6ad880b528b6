"""Stocks: what is in store at each node on each day, and what may never happen to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from moonwright.simulate.crew import Present, active
from moonwright.simulate.element import Elements
from moonwright.simulate.exchange import Movement
from moonwright.simulate.horizon import booked, stretches
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MASS_KG, RELATIVE
from moonwright.units import DAYS_PER_YEAR

Key = tuple[str, str]  # node, resource


@dataclass(frozen=True)
class Flow:
    """Everything that changes one stock, kg a day: `moved` between days, the others during the day."""

    moved: Days
    used: Days
    made: Days


@dataclass(frozen=True)
class Stock:
    """One stock at each day's opening (after that moment's arrivals and departures) and end, and boil-off.

    `opening` has one day more: the state after the last day.
    """

    node: str
    resource: str
    flow: Flow
    opening: Days
    ending: Days
    boiled_off: Days


@dataclass
class Flows:
    """The flows of all stocks while they are gathered."""

    days: int
    found: dict[Key, Flow] = field(default_factory=dict)

    def at(self, node: str, resource: str) -> Flow:
        """The flow of a stock, new where nothing has touched it."""
        if (node, resource) not in self.found:
            zeros = (np.zeros(self.days + 1), np.zeros(self.days), np.zeros(self.days))
            self.found[node, resource] = Flow(*zeros)
        return self.found[node, resource]


def flows(setting: Setting, movements: Sequence[Movement], present: Present, found: Elements) -> Flows:
    """What is moved and used. What is made, and what making and reboosting take, their own books add."""
    gathered = Flows(setting.calendar.closing_d)
    initial = setting.scenario.initial
    for node, stocks in initial.stocks.items():
        for resource, mass_kg in stocks.items():
            gathered.at(node, resource).moved[0] += mass_kg
    for arrival in initial.under_way:
        for resource, mass_kg in arrival.resources.items():
            gathered.at(arrival.node, resource).moved[max(0, setting.calendar.day_of(arrival.on))] += mass_kg
    for movement in movements:
        day = booked(movement.day_d)
        if 0 <= day <= gathered.days:
            gathered.at(movement.node, movement.resource).moved[day] += movement.mass_kg
    _people_use(setting, gathered, present)
    _elements_use(setting, gathered, found)
    _activities_use(setting, gathered)
    return gathered


def _people_use(setting: Setting, gathered: Flows, present: Present) -> None:
    for (node, kind), days in present.items():
        if days.any():
            for resource, rate in setting.scenario.crew[kind].uses.items():
                gathered.at(node, resource).used[:] += rate * days


def _elements_use(setting: Setting, gathered: Flows, found: Elements) -> None:
    for name, serving in found.serving.items():
        element = setting.scenario.elements[name]
        if serving.any():
            for resource, rate in element.uses.resources.items():
                gathered.at(element.node, resource).used[:] += rate * serving
            for resource, share in element.uses.spares.items():
                gathered.at(element.node, resource).used[:] += share * element.mass / DAYS_PER_YEAR * serving


def _activities_use(setting: Setting, gathered: Flows) -> None:
    for activity in setting.scenario.activities.values():
        days = active(setting, activity.starts, activity.until)
        for resource, rate in activity.uses.items():
            gathered.at(activity.node, resource).used[:] += rate * days
        if activity.spacewalks:
            outside = activity.spacewalk_uses or spacewalk_uses(setting)
            for resource, per_hour in outside.items():
                gathered.at(activity.node, resource).used[:] += per_hour * activity.spacewalks * days


def spacewalk_uses(setting: Setting) -> Mapping[str, float]:
    """What a crew-hour outside uses where the activity does not say: the most that any kind of crew uses."""
    most: dict[str, float] = {}
    for kind in setting.scenario.crew.values():
        for resource, per_hour in kind.spacewalk.uses.items():
            most[resource] = max(most.get(resource, 0.0), float(per_hour))
    return most


def stocks(setting: Setting, gathered: Flows) -> tuple[Stock, ...]:
    """Each stock day by day: boil-off on what the day opens with, then use and production."""
    return tuple(
        _stock(node, resource, flow, float(setting.scenario.resources[resource].boil_off))
        for (node, resource), flow in sorted(gathered.found.items())
    )


def _stock(node: str, resource: str, flow: Flow, boil_off: float) -> Stock:
    change = flow.made - flow.used
    if boil_off == 0.0:
        opening = np.cumsum(flow.moved)
        opening[1:] += np.cumsum(change)
        return Stock(node, resource, flow, opening, opening[:-1] + change, np.zeros(len(change)))
    opening, boiled_off = np.empty(len(flow.moved)), np.empty(len(change))
    held = opening[0] = float(flow.moved[0])
    for day, (net, moved) in enumerate(zip(change.tolist(), flow.moved[1:].tolist(), strict=True)):
        boiled_off[day] = lost = max(0.0, held) * boil_off
        held = opening[day + 1] = held - lost + net + moved
    return Stock(node, resource, flow, opening, opening[:-1] - boiled_off + change, boiled_off)


def slack_kg(stock: Stock) -> Days:
    """What rounding may have taken from a stock by each day: a gram, and a millionth of all that came."""
    came = np.cumsum(np.maximum(stock.flow.moved[:-1], 0.0)) + np.cumsum(stock.flow.made)
    return MASS_KG + RELATIVE * came


@rule
def stock(setting: Setting, found: Sequence[Stock]) -> Iterator[Broken]:
    """No stock is ever negative: not at a day's end, and not once the departures of a moment are gone."""
    for one in found:
        lowest = np.minimum(one.opening[:-1], one.ending)
        for first, after in stretches(lowest < -slack_kg(one)):
            lacking = -float(lowest[first:after].min())
            told = f"{lacking:,.3f} kg of {one.resource} are lacking, from day {first} to day {after}"
            yield Broken(first, f"nodes.{one.node}", told + _closing(setting, first))


@rule
def storage(setting: Setting, found: Sequence[Stock], built: Elements) -> Iterator[Broken]:
    """Where elements store a resource, no more of it is there than they hold."""
    for one in found:
        limit = np.zeros(setting.calendar.closing_d)
        for element, serving in built.at(setting, one.node):
            limit += element.provides.storage.get(one.resource, 0.0) * serving
        days = setting.horizon_d
        most = np.maximum(one.opening[:-1], one.ending)
        full = (limit > 0) & (most > limit * (1 + RELATIVE) + slack_kg(one))
        for first, after in stretches(full[:days]):
            excess = float((most - limit)[first:after].max())
            told = f"{excess:,.1f} kg of {one.resource} find no room, from day {first} to day {after}"
            yield Broken(first, f"nodes.{one.node}", told)


def _closing(setting: Setting, day: int) -> str:
    """A stock that fails only after the horizon fails the state that closes it."""
    return "" if day < setting.horizon_d else " (the closing state must cover one more period)"


def gross_use(setting: Setting, present: Present) -> dict[Key, Days]:
    """What people use in a day, by node and resource; recovery off, and without what elements use."""
    gross: dict[Key, Days] = defaultdict(lambda: np.zeros(setting.calendar.closing_d))
    for (node, kind), days in present.items():
        for resource, rate in setting.scenario.crew[kind].uses.items():
            gross[node, resource] = gross[node, resource] + rate * days
    return dict(gross)
