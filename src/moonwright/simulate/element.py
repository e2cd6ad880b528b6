"""Elements: every copy is delivered once, commissioned with the work it needs, and serves out its life."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from moonwright.scenario.element import Element
from moonwright.simulate.horizon import booked
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D, WORK_H, over
from moonwright.simulate.vehicle import Wait


@dataclass(frozen=True)
class Copy:
    """One copy of an element: when it came to its node, and when it went to work (None: never)."""

    element: str
    copy_no: int
    came_d: float
    at_start: bool
    commissioned_d: float | None


@dataclass(frozen=True)
class Elements:
    """All copies, and how many of each element serve on each day (closing period included)."""

    copies: tuple[Copy, ...]
    serving: Mapping[str, Days]

    def at(self, setting: Setting, node: str) -> Iterator[tuple[Element, Days]]:
        """The elements of a node, with the number of copies that serve on each day."""
        for name, serving in self.serving.items():
            if setting.scenario.elements[name].node == node:
                yield setting.scenario.elements[name], serving


def elements(setting: Setting, voyages: Sequence[Voyage]) -> Elements:
    """Copies from the initial state, flights under way, and the plan's flights; then the plan's builds."""
    builds = {(build.element, build.copy_no): build.day_d for build in setting.plan.builds}
    copies = [*_at_start(setting, builds)]
    known = {(copy.element, copy.copy_no) for copy in copies}
    came: dict[tuple[str, int], float] = {}
    for voyage in voyages:
        for item in voyage.flight.items:
            if voyage.stop(item.alight) == setting.scenario.elements[item.element].node:
                key, day_d = (item.element, item.copy_no), voyage.reach_d(item.alight)
                came[key] = min(day_d, came.get(key, day_d))
    for key, day_d in sorted(came.items(), key=lambda entry: (entry[1], entry[0])):
        if key not in known:
            copies.append(Copy(*key, day_d, False, builds.get(key)))
    serving = {name: np.zeros(setting.calendar.closing_d) for name in setting.scenario.elements}
    for copy in copies:
        if copy.commissioned_d is not None:
            first = max(0, booked(copy.commissioned_d))
            serving[copy.element][first : max(first, served_until(setting, copy))] += 1.0
    return Elements(tuple(copies), serving)


def _at_start(setting: Setting, builds: Mapping[tuple[str, int], float]) -> Iterator[Copy]:
    """Copies that were there or under way, numbered from 1 in the order of the scenario file."""
    initial, day_of = setting.scenario.initial, setting.calendar.day_of
    count: dict[str, int] = defaultdict(int)
    for entry in initial.elements:
        for _ in range(int(entry.count)):
            count[entry.element] += 1
            since_d = float(day_of(entry.since)) if entry.since else 0.0
            key = (entry.element, count[entry.element])
            yield Copy(*key, min(since_d, 0.0), True, since_d if entry.commissioned else builds.get(key))
    for arrival in initial.under_way:
        for name, number in arrival.elements.items():
            for _ in range(int(number)):
                count[name] += 1
                key = (name, count[name])
                yield Copy(*key, float(day_of(arrival.on)), True, builds.get(key))


def worn_out_d(setting: Setting, copy: Copy) -> float | None:
    """When a commissioned copy is at the end of its life, or lost before; None where neither is said."""
    element = setting.scenario.elements[copy.element]
    ends = [] if element.life is None or copy.commissioned_d is None else [copy.commissioned_d + element.life]
    if element.lost is not None:
        ends.append(float(setting.calendar.day_of(element.lost)))
    return min(ends, default=None)


def served_until(setting: Setting, copy: Copy) -> int:
    """First day on which a commissioned copy no longer serves: the last border of periods within its life."""
    ends_d = worn_out_d(setting, copy)
    if ends_d is None:
        return setting.calendar.closing_d
    borders = (*setting.calendar.borders, setting.calendar.closing_d)
    return max((border for border in borders if border <= ends_d + TIME_D), default=0)


@rule
def commissioning(setting: Setting, found: Elements) -> Iterator[Broken]:
    """A copy is commissioned once, no earlier than it came, and work on it begins no earlier either."""
    came = {(copy.element, copy.copy_no): copy for copy in found.copies}
    seen: set[tuple[str, int]] = set()
    for build in setting.plan.builds:
        key, where = (build.element, build.copy_no), f"builds.{build.element}-{build.copy_no}"
        copy, element = came.get(key), setting.scenario.elements[build.element]
        if copy is None:
            yield Broken(build.day_d, where, "is commissioned, but was never delivered")
            continue
        if key in seen or (copy.at_start and copy.commissioned_d != build.day_d):
            yield Broken(build.day_d, where, "is commissioned although it already has been")
        seen.add(key)
        needs_work = element.crew_work > 0 or element.robot_work > 0
        earliest_d = build.begun_d if needs_work else build.day_d
        if earliest_d < copy.came_d - TIME_D or build.day_d < build.begun_d - TIME_D:
            told = (
                f"came on day {copy.came_d:g}; work lasts from day {build.begun_d:g} to day {build.day_d:g}"
            )
            yield Broken(build.day_d, where, told)
        if build.day_d > setting.horizon_d + TIME_D:
            yield Broken(build.day_d, where, "is commissioned after the horizon's end")
        if element.lost is not None and build.day_d > setting.calendar.day_of(element.lost) - TIME_D:
            yield Broken(build.day_d, where, f"is commissioned although it is lost on {element.lost}")


@rule
def prerequisites(setting: Setting, found: Elements) -> Iterator[Broken]:
    """An element goes to work no earlier than one copy of everything in its `after`."""
    first: dict[str, float] = {}
    for copy in found.copies:
        if copy.commissioned_d is not None:
            first[copy.element] = min(first.get(copy.element, np.inf), copy.commissioned_d)
    for build in setting.plan.builds:
        for before in setting.scenario.elements[build.element].after:
            if first.get(before, np.inf) > build.day_d + TIME_D:
                where = f"builds.{build.element}-{build.copy_no}"
                yield Broken(build.day_d, where, f"is commissioned before {before}, which it builds upon")


@rule
def ports(setting: Setting, waits: Sequence[Wait], found: Elements) -> Iterator[Broken]:
    """Where elements have ports of a kind, no more vehicles dock to them at one moment than there are."""
    for node in setting.places:
        there = [(wait, setting.scenario.vehicles[wait.vehicle].port) for wait in waits if wait.node == node]
        for kind in dict.fromkeys(kind for _, kind in there if kind is not None):
            free = np.zeros(setting.calendar.closing_d)
            for element, serving in found.at(setting, node):
                free += element.provides.ports.get(kind, 0) * serving
            docked = [wait for wait, its in there if its == kind]
            for moment_d in sorted({wait.from_d for wait in docked if wait.from_d <= setting.horizon_d}):
                day = min(max(0, booked(moment_d) - 1), len(free) - 1) if moment_d > 0 else 0
                number = sum(w.from_d <= moment_d + TIME_D and moment_d <= w.until_d + TIME_D for w in docked)
                if 0 < free[day] < number:
                    told = f"{number} vehicles at {free[day]:g} ports of kind {kind}"
                    yield Broken(moment_d, f"nodes.{node}", told)


@rule
def crew_work(setting: Setting, found: Elements, crew_hours: Mapping[str, Days]) -> Iterator[Broken]:
    """The crew has the hours for activities and, between each build's first and last day, for its work."""
    for node, hours in crew_hours.items():
        works = _works(setting, node, "crew_work")
        short = _short_of_hours(works, _spare(setting, hours))
        for text, day_d in short:
            yield Broken(day_d, f"nodes.{node}", f"crew have too few hours for {text}")
        for first, after in setting.calendar.periods:
            lacking = -float(hours[first:after].sum())
            if lacking > WORK_H:
                yield Broken(
                    first, f"nodes.{node}", f"activities ask for {lacking:,.1f} h more than the crew has"
                )


@rule
def robot_work(setting: Setting, found: Elements) -> Iterator[Broken]:
    """The robots that serve have the hours, between each build's first and last day, for its work."""
    for node in setting.places:
        hours = np.zeros(setting.calendar.closing_d)
        for element, serving in found.at(setting, node):
            hours += element.provides.robot_hours * serving
        for text, day_d in _short_of_hours(_works(setting, node, "robot_work"), hours):
            yield Broken(day_d, f"nodes.{node}", f"robots have too few hours for {text}")


def _spare(setting: Setting, hours: Days) -> Days:
    """Hours that are left for builds: a day on which activities overdraw is made up within its period."""
    spare = hours.copy()
    for first, after in setting.calendar.periods:
        if (spare[first:after] < 0).any():
            spare[first:after] = max(0.0, float(spare[first:after].mean()))
    return spare


def _works(setting: Setting, node: str, kind: str) -> list[tuple[int, int, float, str]]:
    """(first day, first day after, hours, name) of each build's work at a node."""
    works = []
    for build in setting.plan.builds:
        element = setting.scenario.elements[build.element]
        hours = float(getattr(element, kind))
        if element.node == node and hours > 0:
            name = f"{build.element} {build.copy_no}"
            works.append((booked(build.begun_d), booked(build.day_d), hours, name))
    return works


def _short_of_hours(works: list[tuple[int, int, float, str]], hours: Days) -> Iterator[tuple[str, float]]:
    """Divisible work fits exactly when, in every span of days, what must be done then fits the hours then."""
    total = np.concatenate(([0.0], np.cumsum(hours)))
    for first, after in product(sorted({w[0] for w in works}), sorted({w[1] for w in works})):
        inside = [work for work in works if first <= work[0] and work[1] <= after]
        if not inside or after > len(hours):
            continue
        asked = sum(work[2] for work in inside)
        there = float(total[after] - total[max(0, first)]) if after > first else 0.0
        if over(asked, there, WORK_H):
            names = ", ".join(work[3] for work in inside)
            yield f"{names}: {asked:,.1f} h asked, {there:,.1f} h there", float(after)
