"""Launchers: when they may fly, how often, and what they lift."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import FlightRecord
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MASS_KG, TIME_D, over
from moonwright.units import DAYS_PER_YEAR


def launches(voyages: Sequence[Voyage]) -> dict[str, list[Voyage]]:
    """The flights that each launcher lifts, in the order of time."""
    found: dict[str, list[Voyage]] = defaultdict(list)
    for voyage in sorted(voyages, key=lambda one: one.flight.departure_d):
        if voyage.flight.launcher is not None:
            found[voyage.flight.launcher].append(voyage)
    return dict(found)


@rule
def launcher_service(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A launcher flies between its first and its last flight, both days included."""
    launcher = setting.scenario.launchers[voyage.flight.launcher or ""]
    day_d, day_of = voyage.flight.departure_d, setting.calendar.day_of
    early = launcher.first_flight is not None and day_d < day_of(launcher.first_flight) - TIME_D
    late = launcher.last_flight is not None and day_d > day_of(launcher.last_flight) + 1 + TIME_D
    if early or late:
        told = f"{voyage.flight.launcher} flies on day {day_d:g}, before its first or after its last flight"
        yield Broken(day_d, voyage.where, told)


@rule
def outage(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A launcher does not fly while its pad or type is out of service."""
    launcher, day_of = setting.scenario.launchers[voyage.flight.launcher or ""], setting.calendar.day_of
    day_d = voyage.flight.departure_d
    for out in launcher.outages:
        begun = out.starts is None or day_d > day_of(out.starts) + TIME_D
        if begun and (out.until is None or day_d < day_of(out.until) - TIME_D):
            told = f"{voyage.flight.launcher} flies on day {day_d:g}, while it is out of service"
            yield Broken(day_d, voyage.where, told)


@rule
def launch_mass(setting: Setting, voyage: Voyage, record: FlightRecord) -> Iterator[Broken]:
    """A launcher lifts no more than its payload to where its leg ends, propellant and packing included."""
    launcher = setting.scenario.launchers[voyage.flight.launcher or ""]
    limit = launcher.payload.get(voyage.hops[0].destination, 0.0)
    if voyage.origin != launcher.site:
        yield Broken(voyage.flight.departure_d, voyage.where, f"leaves {voyage.origin}, not {launcher.site}")
    if over(record.launched_kg, limit, MASS_KG):
        told = f"lifts {record.launched_kg:,.1f} kg; {voyage.flight.launcher} brings {limit:,.1f} kg"
        yield Broken(voyage.flight.departure_d, voyage.where, f"{told} to {voyage.hops[0].destination}")


@rule
def cadence(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[Broken]:
    """A launcher flies in a calendar year no more than its cadence; below 1, once in 1/cadence years."""
    for name, flown in launches(voyages).items():
        limit, where = float(setting.scenario.launchers[name].cadence), f"launchers.{name}"
        if limit >= 1:
            count = Counter(setting.calendar.year_of(voyage.flight.departure_d) for voyage in flown)
            for year, number in sorted(count.items()):
                if number > limit:
                    last = max(
                        v.flight.departure_d
                        for v in flown
                        if setting.calendar.year_of(v.flight.departure_d) == year
                    )
                    yield Broken(
                        last, where, f"flies {number} times in {year}; it can fly {limit:g} times a year"
                    )
            continue
        between_d = DAYS_PER_YEAR / limit if limit > 0 else float("inf")
        for one, other in pairwise(flown):
            gap_d = other.flight.departure_d - one.flight.departure_d
            if gap_d < between_d - 1:  # a year has 365 days or 366
                told = f"flies again after {gap_d:g} d; at {limit:g} a year {between_d:g} d lie between"
                yield Broken(other.flight.departure_d, where, told)
        if limit == 0 and flown:
            yield Broken(flown[0].flight.departure_d, where, "flies, though its cadence is none")


@rule
def pad(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[Broken]:
    """Between two launches of one launcher lies at least its turnaround."""
    for name, flown in launches(voyages).items():
        turnaround_d = setting.scenario.launchers[name].turnaround
        for one, other in pairwise(flown):
            gap_d = other.flight.departure_d - one.flight.departure_d
            if gap_d < turnaround_d - TIME_D:
                told = f"flies again after {gap_d:g} d; its turnaround is {turnaround_d:g} d"
                yield Broken(other.flight.departure_d, f"launchers.{name}", told)
