"""People: who is where on which day, whether every stay has its seats, and whether there are berths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from moonwright.plan import Stay
from moonwright.simulate.element import Elements
from moonwright.simulate.horizon import booked, stretches
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D

Present = Mapping[tuple[str, str], Days]  # people by (node, kind) on each day, closing period included


def present(setting: Setting) -> Present:
    """Who is there on each whole day, by the plan's stays."""
    days = setting.calendar.closing_d
    found = {(node, kind): np.zeros(days) for node in setting.places for kind in setting.scenario.crew}
    for stay in setting.plan.stays:
        until = days if stay.leaves_d is None else booked(stay.leaves_d)
        if (stay.node, stay.kind) in found:
            found[stay.node, stay.kind][max(0, booked(stay.arrived_d)) : max(0, until)] += stay.count
    return found


def people(setting: Setting, present: Present, node: str) -> Days:
    """How many people are at a node on each day."""
    nobody = np.zeros(setting.calendar.closing_d)
    return sum((days for (there, _), days in present.items() if there == node), nobody)


def crew_hours(setting: Setting, present: Present) -> dict[str, Days]:
    """By node, the crew's hours of work each day, less what activities take; may be negative."""
    hours = {node: np.zeros(setting.calendar.closing_d) for node in setting.places}
    for (node, kind), days in present.items():
        hours[node] += setting.scenario.crew[kind].work * days
    for activity in setting.scenario.activities.values():
        if activity.node in hours:
            hours[activity.node] -= activity.crew_time * active(setting, activity.starts, activity.until)
    return hours


def active(setting: Setting, starts: date | None, until: date | None) -> Days:
    """1.0 on the days from a date until another, 0.0 on the others."""
    calendar = setting.calendar
    mask = np.ones(calendar.closing_d)
    if starts is not None:
        mask[: max(0, calendar.day_of(starts))] = 0.0
    if until is not None:
        mask[max(0, calendar.day_of(until)) :] = 0.0
    return mask


@rule
def seats_up(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[Broken]:
    """Seats that end where people live begin stays of as many people at that moment, and no others do."""
    ridden = Counter[tuple[str, str, str, int]]()
    for voyage in voyages:
        for seat in voyage.flight.crew:
            if setting.place(voyage.stop(seat.alight)):
                reached_d = voyage.reach_d(seat.alight)
                ridden[voyage.flight.name, voyage.stop(seat.alight), seat.kind, _tick(reached_d)] += (
                    seat.count
                )
                if not setting.launch_site(voyage.stop(seat.board)):
                    told = f"{seat.kind} rides from {voyage.stop(seat.board)} to {voyage.stop(seat.alight)}"
                    yield Broken(
                        reached_d, voyage.where, f"{told}; people come from a launch site and go home"
                    )
    stayed = Counter[tuple[str, str, str, int]]()
    for stay in setting.plan.stays:
        if stay.up is not None:
            stayed[stay.up, stay.node, stay.kind, _tick(stay.arrived_d)] += stay.count
    yield from _unequal(ridden, stayed, "arrive")


@rule
def seats_home(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[Broken]:
    """Seats that start where people live end stays of as many people at that moment, and no others do."""
    ridden = Counter[tuple[str, str, str, int]]()
    for voyage in voyages:
        for seat in voyage.flight.crew:
            if setting.place(voyage.stop(seat.board)):
                moment = _tick(voyage.leave_d(seat.board))
                ridden[voyage.flight.name, voyage.stop(seat.board), seat.kind, moment] += seat.count
    stayed = Counter[tuple[str, str, str, int]]()
    for stay in setting.plan.stays:
        if stay.down is not None and stay.leaves_d is not None:
            stayed[stay.down, stay.node, stay.kind, _tick(stay.leaves_d)] += stay.count
        if (stay.down is None) != (stay.leaves_d is None):
            yield Broken(
                stay.leaves_d or setting.horizon_d,
                _named(stay),
                "ends without a flight, or never ends with one",
            )
    yield from _unequal(ridden, stayed, "leave")


def _tick(day_d: float) -> int:
    """A moment as a whole number of ten-second steps, so that equal moments compare equal."""
    return round(day_d * 8640)


def _unequal(
    ridden: Counter[tuple[str, str, str, int]], stayed: Counter[tuple[str, str, str, int]], verb: str
) -> Iterator[Broken]:
    for key in sorted(ridden.keys() | stayed.keys()):
        flight, node, kind, tick = key
        if ridden[key] != stayed[key]:
            told = f"on day {tick / 8640:g} {stayed[key]} {kind} {verb} at {node} by the stays"
            told += f", {ridden[key]} by the seats"
            yield Broken(tick / 8640, f"flights.{flight}", told)


@rule
def rotation(setting: Setting) -> Iterator[Broken]:
    """A stay is no shorter and no longer than its kind's rotation allows, from arrival to departure."""
    for stay in setting.plan.stays:
        limits = setting.scenario.crew[stay.kind].rotation
        stayed_d = (setting.horizon_d if stay.leaves_d is None else stay.leaves_d) - stay.arrived_d
        day_d = setting.horizon_d if stay.leaves_d is None else stay.leaves_d
        if stayed_d > limits.longest + TIME_D:
            yield Broken(day_d, _named(stay), f"lasts {stayed_d:g} d; the longest is {limits.longest:g} d")
        if stay.leaves_d is not None and stayed_d < limits.shortest - TIME_D:
            yield Broken(day_d, _named(stay), f"lasts {stayed_d:g} d; the shortest is {limits.shortest:g} d")


@rule
def aboard_at_start(setting: Setting) -> Iterator[Broken]:
    """The stays without a flight up are those of the people who were there, or under way, at the start."""
    initial, day_of = setting.scenario.initial, setting.calendar.day_of
    there = Counter[tuple[str, str, int]]()
    for entry in initial.crew:
        there[entry.node, entry.kind, _tick(day_of(entry.arrived))] += int(entry.count)
    for arrival in initial.under_way:
        for kind, count in arrival.crew.items():
            there[arrival.node, kind, _tick(day_of(arrival.on))] += int(count)
    stays = Counter[tuple[str, str, int]]()
    for stay in setting.plan.stays:
        if stay.up is None:
            stays[stay.node, stay.kind, _tick(stay.arrived_d)] += stay.count
    for key in sorted(there.keys() | stays.keys()):
        node, kind, tick = key
        if there[key] != stays[key]:
            when = setting.calendar.start + timedelta(days=tick // 8640)
            told = f"{stays[key]} {kind} are said to be there since {when}; the scenario says {there[key]}"
            yield Broken(0.0, f"nodes.{node}", told)


@rule
def berths(setting: Setting, present: Present, found: Elements) -> Iterator[Broken]:
    """Wherever people live, there is a berth for each of them on every day."""
    for node in setting.places:
        there, beds = (
            people(setting, present, node)[: setting.horizon_d],
            berths_at(setting, found, node)[: setting.horizon_d],
        )
        for first, after in stretches(there > beds):
            most = int((there - beds)[first:after].max())
            yield Broken(
                first, f"nodes.{node}", f"{most} people have no berth, from day {first} to day {after}"
            )


def berths_at(setting: Setting, found: Elements, node: str) -> Days:
    """Berths at a node on each day."""
    beds = np.zeros(setting.calendar.closing_d)
    for element, serving in found.at(setting, node):
        beds += element.provides.berths * serving
    return beds


def _named(stay: Stay) -> str:
    return f"stays.{stay.up or 'aboard'}.{stay.kind}"
