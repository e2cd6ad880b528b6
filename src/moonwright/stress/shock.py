"""Shocks: each is a pure function from a scenario to the scenario that holds from a date on.

What has been done before the date is for the replanning to keep; a shock only says what is possible after it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from moonwright.errors import StressError
from moonwright.scenario.contingency import (
    BudgetCut,
    CarriageBan,
    Contingency,
    CutOff,
    Delay,
    Grounding,
    Loss,
    PriceRise,
    Shock,
    Withdrawal,
)
from moonwright.scenario.datum import Datum
from moonwright.scenario.demand import CrewDemand, Demand, FlyDemand
from moonwright.scenario.element import Element
from moonwright.scenario.launcher import Launcher
from moonwright.scenario.noun import Interval, Noun
from moonwright.scenario.partner import Embargo, Partner
from moonwright.scenario.route import Route, Window
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle
from moonwright.units import DAYS_PER_YEAR

N = TypeVar("N", bound=Noun)
Changes = dict[str, Any]


class Owned(Protocol):
    """What belongs to somebody."""

    @property
    def owner(self) -> str:
        """A partner, or `shared`."""


def struck(scenario: Scenario, contingency: Contingency) -> Scenario:
    """The scenario after all shocks of a contingency, in their order."""
    for shock in contingency.shocks:
        scenario = shocked(scenario, shock, contingency.on)
    return scenario


def shocked(scenario: Scenario, shock: Shock, on: date) -> Scenario:
    """The scenario after one shock. Raises StressError where the scenario does not know what is struck."""
    _check_known(scenario, shock)
    return _STRIKES[type(shock)](scenario, shock, on)


def withdrawal(scenario: Scenario, shock: Withdrawal, on: date) -> Scenario:
    """A partner leaves. What is out flies on, its people come home, its own demands and contracts end."""
    ends = _Ending(shock.partner, later(on, shock.over))
    contracts = tuple(
        contract
        for contract in scenario.initial.contracts
        if contract.starts < ends.leaves or not ends.flown_by(scenario, contract.mission)
    )
    return scenario.model_copy(
        update={
            "partners": _with(scenario.partners, [shock.partner], lambda one: _until(one, ends.leaves)),
            "elements": _with(
                scenario.elements,
                _of(scenario.elements, [shock.partner]),
                lambda one: _left_behind(one, shock, on, ends.leaves),
            ),
            "demands": _demands(scenario, ends),
            "initial": scenario.initial.model_copy(update={"contracts": contracts}),
        }
    )


@dataclass(frozen=True)
class _Ending:
    """A partner, and the day from which it takes no part."""

    partner: str
    leaves: date

    def owns(self, one: Owned) -> bool:
        return one.owner == self.partner

    def flown_by(self, scenario: Scenario, mission: str) -> bool:
        """True where the mission cannot be flown without it: all launchers, or some vehicle, are its own."""
        first, *_ = scenario.missions[mission].legs
        launchers = [scenario.launchers[name] for name in first.flyers if name in scenario.launchers]
        if not launchers:
            return False  # what is out may fly on
        named = scenario.missions[mission].units
        lifted = [scenario.vehicles[named.get(part, part)] for part in first.carrying]
        return all(map(self.owns, launchers)) or any(map(self.owns, lifted))

    def wanted_by(self, scenario: Scenario, demand: Demand) -> bool:
        """True where a demand is its own: its people somewhere, or flights of its ships."""
        if isinstance(demand, CrewDemand) and demand.of is not None:
            kind = scenario.crew.get(demand.of)
            return demand.of == self.partner or (kind is not None and self.owns(kind))
        return isinstance(demand, FlyDemand) and self.flown_by(scenario, demand.mission)


def _demands(scenario: Scenario, ends: _Ending) -> dict[str, Demand]:
    """Demands of a partner that leaves end with it; those that had not begun are gone."""
    kept: dict[str, Demand] = {}
    for name, demand in scenario.demands.items():
        if not ends.wanted_by(scenario, demand):
            kept[name] = demand
            continue
        assert isinstance(demand, CrewDemand | FlyDemand)
        starts = demand.starts or scenario.horizon.start
        if starts < ends.leaves:
            kept[name] = demand.model_copy(update=_until(demand, ends.leaves))
    return kept


def _left_behind(element: Element, shock: Withdrawal, on: date, leaves: date) -> Changes:
    """What becomes of an element whose owner leaves."""
    last = on if shock.mode == "no new starts" else leaves
    changes: Changes = {"retired": _first(element.retired, last)}
    if shock.hardware == "leaves":
        changes |= lost(element, leaves)
    if shock.hardware == "unsupported" and shock.failures:
        changes |= lost(element, later(leaves, DAYS_PER_YEAR / float(shock.failures)))
    return changes


def lost(element: Element, on: date) -> Changes:
    """An element that serves no longer from a day on. Its tanks bound nothing any more: what they held may go with them."""
    provides = element.provides.model_copy(update={"storage": {}})
    return {"lost": _first(element.lost, on), "provides": provides}


def delay(scenario: Scenario, shock: Delay, on: date) -> Scenario:
    """What is to come after the date comes later; launchers that fly already pause, elements wait to be launched."""
    pause = Interval(starts=on, until=later(on, shock.by))

    def later_ready(day: date | None) -> date | None:
        return later(day, shock.by) if day is not None and day > on else day

    def flown_later(one: Launcher) -> Changes:
        flies = one.first_flight is None or one.first_flight <= on
        return (
            {"outages": (*one.outages, pause)} if flies else {"first_flight": later_ready(one.first_flight)}
        )

    return scenario.model_copy(
        update={
            "launchers": _with(scenario.launchers, _hit(scenario, shock, "launchers"), flown_later),
            "vehicles": _with(
                scenario.vehicles,
                _hit(scenario, shock, "vehicles"),
                lambda one: {"ready": later_ready(one.ready)},
            ),
            "elements": _with(
                scenario.elements,
                _hit(scenario, shock, "elements"),
                lambda one: {"ready": later(max(on, one.ready or on), shock.by)},
            ),
        }
    )


def price_rise(scenario: Scenario, shock: PriceRise, on: date) -> Scenario:
    """Prices times a factor. Those of the past rise too, on paper: compare what is spent from the date on."""

    def dearer(value: float) -> Datum:
        return Datum(float(shock.factor) * float(value))

    def ship(one: Vehicle) -> Changes:
        reuse = one.reuse and one.reuse.model_copy(update={"refurbishment": dearer(one.reuse.refurbishment)})
        return {"price": dearer(one.price), "reuse": reuse}

    return scenario.model_copy(
        update={
            "launchers": _with(
                scenario.launchers,
                _hit(scenario, shock, "launchers"),
                lambda one: {"price": dearer(one.price)},
            ),
            "vehicles": _with(scenario.vehicles, _hit(scenario, shock, "vehicles"), ship),
            "elements": _with(
                scenario.elements,
                _hit(scenario, shock, "elements"),
                lambda one: {"price": dearer(one.price), "operations": dearer(one.operations)},
            ),
        }
    )


def cut_off(scenario: Scenario, shock: CutOff, on: date) -> Scenario:
    """None of the things struck is launched from the date on; what is out stays."""
    eve = on - timedelta(days=1)
    return scenario.model_copy(
        update={
            "launchers": _with(
                scenario.launchers,
                _hit(scenario, shock, "launchers"),
                lambda one: {"last_flight": _first(one.last_flight, eve)},
            ),
            "vehicles": _with(
                scenario.vehicles,
                _hit(scenario, shock, "vehicles"),
                lambda one: {"retired": _first(one.retired, on)},
            ),
            "elements": _with(
                scenario.elements,
                _hit(scenario, shock, "elements"),
                lambda one: {"retired": _first(one.retired, on)},
            ),
        }
    )


def carriage_ban(scenario: Scenario, shock: CarriageBan, on: date) -> Scenario:
    """Two partners fly apart."""
    one, other = shock.between
    until = None if shock.lasts is None else later(on, shock.lasts)
    ban = Embargo(against=other, starts=on, until=until)
    return scenario.model_copy(
        update={
            "partners": _with(scenario.partners, [one], lambda here: {"embargoes": (*here.embargoes, ban)})
        }
    )


def budget_cut(scenario: Scenario, shock: BudgetCut, on: date) -> Scenario:
    """A share of the budget is left in every calendar year that begins from the date on, while it lasts."""
    first = on.year if (on.month, on.day) == (1, 1) else on.year + 1
    last = scenario.horizon.end.year if shock.lasts is None else later(on, shock.lasts).year

    def cut(one: Partner) -> Changes:
        years = {year: one.budgets.get(year, one.budget) for year in range(first, last + 1)}
        left = {
            year: Datum(float(shock.left) * float(most)) for year, most in years.items() if most is not None
        }
        return {"budgets": {**one.budgets, **left}}

    return scenario.model_copy(update={"partners": _with(scenario.partners, [shock.partner], cut)})


def grounding(scenario: Scenario, shock: Grounding, on: date) -> Scenario:
    """Launchers stand down."""
    pause = Interval(starts=on, until=later(on, shock.lasts))
    return scenario.model_copy(
        update={
            "launchers": _with(
                scenario.launchers, shock.launchers, lambda one: {"outages": (*one.outages, pause)}
            )
        }
    )


def loss(scenario: Scenario, shock: Loss, on: date) -> Scenario:
    """Elements serve no longer; at a lost site none does, and nobody sets out for it."""
    there = [name for name, one in scenario.elements.items() if one.node in shock.nodes]
    leading = [name for name, route in scenario.routes.items() if route.destination in shock.nodes]
    shut = Window(opens=scenario.horizon.start, closes=on)

    def closed(route: Route) -> Changes:
        early = [window for window in route.windows if window.opens < on and window.every is None]
        return {"windows": tuple(_closing(window, on) for window in early) or (shut,)}

    return scenario.model_copy(
        update={
            "elements": _with(
                scenario.elements,
                [*shock.elements, *there],
                lambda one: lost(one, on),
            ),
            "routes": _with(scenario.routes, leading, closed),
        }
    )


def _closing(window: Window, on: date) -> Window:
    return window.model_copy(update={"closes": _first(window.closes, on)})


_STRIKES: Mapping[type[Noun], Callable[[Scenario, Any, date], Scenario]] = {
    Withdrawal: withdrawal,
    Delay: delay,
    PriceRise: price_rise,
    CutOff: cut_off,
    CarriageBan: carriage_ban,
    BudgetCut: budget_cut,
    Grounding: grounding,
    Loss: loss,
}


def later(day: date, span_d: float) -> date:
    """A day so many days later, rounded to whole ones."""
    return day + timedelta(days=round(float(span_d)))


def _first(day: date | None, other: date) -> date:
    return other if day is None else min(day, other)


def _until(interval: Interval, on: date) -> Changes:
    return {"until": _first(interval.until, on)}


def _with(entries: Mapping[str, N], names: Collection[str], change: Callable[[N], Changes]) -> dict[str, N]:
    """The entries, those of some names changed."""
    return {
        name: entry.model_copy(update=change(entry)) if name in names else entry
        for name, entry in entries.items()
    }


def _of(entries: Mapping[str, Owned], partners: Collection[str]) -> list[str]:
    """The names of what belongs to some partners."""
    return [name for name, entry in entries.items() if entry.owner in partners]


def _hit(scenario: Scenario, shock: Delay | PriceRise | CutOff, noun: str) -> list[str]:
    """The names of a noun's entries that a shock is about: by themselves, or by their owner."""
    return [*getattr(shock, noun), *_of(getattr(scenario, noun), shock.partners)]


def _check_known(scenario: Scenario, shock: Shock) -> None:
    """Raise StressError where a shock names what the scenario does not have."""
    for noun in ("partners", "launchers", "vehicles", "elements", "nodes"):
        for name in getattr(shock, noun, ()):
            if name not in getattr(scenario, noun):
                raise StressError(f"the scenario has no {noun[:-1]} {name!r}")
    named = getattr(shock, "between", ()) or filter(None, [getattr(shock, "partner", None)])
    for name in named:
        if name not in scenario.partners:
            raise StressError(f"the scenario has no partner {name!r}; it has {', '.join(scenario.partners)}")
