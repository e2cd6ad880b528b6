"""What elements make: production within rate and inputs, recovery within life support's share and crew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from moonwright.simulate.crew import Present
from moonwright.simulate.element import Elements
from moonwright.simulate.horizon import booked, stretches
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.stock import Flows
from moonwright.simulate.tolerance import MASS_KG, RELATIVE

Output = Mapping[tuple[str, str, str], Days]  # kg a day by (element, resource, produced or recovered)


def output(setting: Setting) -> Output:
    """What the plan says is made, spread evenly over the days of each stretch."""
    made: dict[tuple[str, str, str], Days] = defaultdict(lambda: np.zeros(setting.calendar.closing_d))
    for entry in setting.plan.made:
        first, after = span(setting, entry.from_d, entry.until_d)
        if after > first:
            made[entry.element, entry.resource, entry.how][first:after] += entry.mass_kg / (after - first)
    return dict(made)


def span(setting: Setting, from_d: float, until_d: float) -> tuple[int, int]:
    """First day, and first day after, of a stretch, cut to the days that are replayed."""
    days = setting.calendar.closing_d
    return min(max(0, booked(from_d)), days), min(max(0, booked(until_d)), days)


def book_output(setting: Setting, gathered: Flows, made: Output) -> None:
    """Put what is made into the stocks, and take what producing it uses."""
    for (name, resource, how), daily in made.items():
        element = setting.scenario.elements[name]
        gathered.at(element.node, resource).made[:] += daily
        production = element.provides.produces.get(resource)
        if how == "produced" and production is not None:
            for needed, share in production.inputs.items():
                gathered.at(element.node, needed).used[:] += share * daily


def book_closing_recovery(
    setting: Setting, gathered: Flows, made: Output, present: Present, found: Elements
) -> None:
    """After the horizon, where a plan need tell no more, life support recovers all that it can."""
    days = setting.horizon_d
    for node in setting.places:
        closures = [element.provides.closure for element, _ in found.at(setting, node)]
        for resource in sorted({resource for closure in closures for resource in closure}):
            told = [
                daily[days:].any()
                for (name, what, how), daily in made.items()
                if (what, how) == (resource, "recovered") and _at(setting, name, node)
            ]
            if not any(told):
                most = most_recovered(setting, node, resource, present, found.serving)
                gathered.at(node, resource).made[days:] += most[days:]


def production_kw(setting: Setting, made: Output) -> dict[str, Days]:
    """By node, the power that production takes, in the mean over each day."""
    power = {node: np.zeros(setting.calendar.closing_d) for node in setting.places}
    for (name, resource, how), daily in made.items():
        element = setting.scenario.elements[name]
        production = element.provides.produces.get(resource)
        if how == "produced" and production is not None and element.node in power:
            power[element.node] += production.energy * daily / 24.0
    return power


@rule
def made_where_it_stands(setting: Setting) -> Iterator[Broken]:
    """Output is at the node of its element, over days of the horizon, and of what the element can make."""
    for entry in setting.plan.made:
        element, where = setting.scenario.elements[entry.element], f"elements.{entry.element}"
        able = element.provides.produces if entry.how == "produced" else element.provides.closure
        if entry.resource not in able:
            yield Broken(entry.from_d, where, f"cannot have {entry.how} {entry.resource}")
        if entry.node != element.node:
            yield Broken(entry.from_d, where, f"stands at {element.node}, not at {entry.node}")
        first, after = span(setting, entry.from_d, entry.until_d)
        if after <= first or entry.from_d < 0 or entry.until_d > setting.calendar.closing_d:
            yield Broken(
                entry.from_d,
                where,
                f"days {entry.from_d:g} to {entry.until_d:g} are no stretch of the horizon",
            )


@rule
def production(setting: Setting, made: Output, found: Elements) -> Iterator[Broken]:
    """Production is within the rate of the copies that serve."""
    for (name, resource, how), daily in made.items():
        ability = setting.scenario.elements[name].provides.produces.get(resource)
        if how == "produced" and ability is not None:
            yield from _beyond(name, resource, how, daily, ability.rate * found.serving[name])


@rule
def recovery(setting: Setting, made: Output, found: Elements, present: Present) -> Iterator[Broken]:
    """Recovery is within the share of what those use whom one element, and all at a node, can serve."""
    for node in setting.places:
        resources = {
            resource for (name, resource, how) in made if how == "recovered" and _at(setting, name, node)
        }
        for resource in sorted(resources):
            together = np.zeros(setting.calendar.closing_d)
            for name, element in setting.scenario.elements.items():
                daily, closure = (
                    made.get((name, resource, "recovered")),
                    element.provides.closure.get(resource),
                )
                if element.node == node and daily is not None and closure is not None:
                    together += daily
                    alone = most_recovered(setting, node, resource, present, {name: found.serving[name]})
                    yield from _beyond(name, resource, "recovered", daily, alone)
            most = most_recovered(setting, node, resource, present, found.serving)
            yield from _beyond(f"all at {node}", resource, "recovered", together, most)


def _at(setting: Setting, name: str, node: str) -> bool:
    return setting.scenario.elements[name].node == node


def _beyond(name: str, resource: str, how: str, daily: Days, limit: Days) -> Iterator[Broken]:
    # A plan tells masses over whole stretches, rounded to a gram: so the slack is a gram a day.
    for first, after in stretches(daily > limit * (1 + RELATIVE) + MASS_KG):
        found, most = float(daily[first:after].max()), float(limit[first:after].min())
        told = f"{found:,.3f} kg of {resource} {how} a day; at most {most:,.3f} kg"
        told += f", from day {first} to day {after}"
        yield Broken(first, f"elements.{name}", told)


def most_recovered(
    setting: Setting, node: str, resource: str, present: Present, serving: Mapping[str, Days]
) -> Days:
    """The most that life support can recover each day: the best closures serve the people who use most."""
    kinds = [kind for kind, crew in setting.scenario.crew.items() if crew.uses.get(resource)]
    rates = [float(setting.scenario.crew[kind].uses[resource]) for kind in kinds]
    able = [
        (float(closure.share), int(closure.crew), name)
        for name, element in setting.scenario.elements.items()
        if element.node == node and name in serving and (closure := element.provides.closure.get(resource))
    ]

    @cache
    def most(counts: tuple[int, ...], copies: tuple[int, ...]) -> float:
        users = sorted((rate for rate, n in zip(rates, counts, strict=True) for _ in range(n)), reverse=True)
        served = [share for (share, crew, _), n in zip(able, copies, strict=True) for _ in range(crew * n)]
        return sum(rate * share for rate, share in zip(users, sorted(served, reverse=True), strict=False))

    if not kinds or not able:
        return np.zeros(setting.calendar.closing_d)
    counts = np.stack([present[node, kind] for kind in kinds], axis=1).astype(int).tolist()
    copies = np.stack([serving[name] for _, _, name in able], axis=1).astype(int).tolist()
    return np.array([most(tuple(n), tuple(c)) for n, c in zip(counts, copies, strict=True)])
