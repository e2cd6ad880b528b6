"""Pinned decisions: a flight that stays, or one that must not be flown, whatever else is planned.

A pin speaks of the flights of one mission on one launcher that leave in one period: at least so many, or at most so many.
What is aboard is planned anew. Flights that a pin cannot tell apart are alike to the planner too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from moonwright.errors import MoonwrightError
from moonwright.network.expand import expand
from moonwright.network.network import Network, Period
from moonwright.network.period import cut, period_of
from moonwright.optimise.highs import Limits, Progress, solve
from moonwright.optimise.model import Model, assemble, with_rows
from moonwright.optimise.optimise import Result, optimise
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Found, search
from moonwright.optimise.row import Row, Terms
from moonwright.plan import Flight, Plan
from moonwright.scenario.finding import did_you_mean
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

_SAME_D = 1e-9  # moments closer than this are one, as in network/period.py
_A_QUESTION_S = 20.0  # for one question whether some pins can hold together


@dataclass(frozen=True)
class Pin:
    """`least` to `most` flights (None: any number) of a mission on a launcher leave in the period of a date.

    `names`: the flights that its author means.
    """

    names: tuple[str, ...]
    mission: str
    launcher: str | None
    leaves: date
    least: int = 0
    most: int | None = None

    @property
    def told(self) -> str:
        """What it asks, in words."""
        named = ", ".join(self.names)
        plural = len(self.names) > 1
        if self.least:
            return f"{named} {'stay' if plural else 'stays'}"
        return f"{named} {'are' if plural else 'is'} forbidden"


class PinsError(MoonwrightError):
    """Pins that cannot be used, or cannot hold. `faults`: one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def pins_of(scenario: Scenario, plan: Plan, stay: Sequence[str], forbid: Sequence[str]) -> tuple[Pin, ...]:
    """Pins for flights of a plan for a scenario, by name: those that stay, and those that must not be flown.

    To forbid one of three flights of a mission and launcher in a period leaves room for two. Raises PinsError where
    there is no flight of a name, or where one is both to stay and forbidden.
    """
    flights = {flight.name: flight for flight in plan.flights}
    faults = [
        f"no flight {name!r} in the plan; {did_you_mean(name, flights) or 'see its table of flights'}"
        for name in (*stay, *forbid)
        if name not in flights
    ]
    faults += [f"{name!r} cannot both stay and be forbidden" for name in sorted({*stay} & {*forbid})]
    if faults:
        raise PinsError(faults)
    places: dict[tuple[str, str | None, int], list[Flight]] = defaultdict(list)
    periods = cut(scenario.horizon)
    for flight in plan.flights:
        places[flight.mission, flight.launcher, period_of(periods, flight.departure_d)].append(flight)
    return tuple(pin for there in places.values() for pin in _pins(scenario, there, {*stay}, {*forbid}))


def _pins(scenario: Scenario, there: list[Flight], stay: set[str], forbid: set[str]) -> Iterator[Pin]:
    """Pins for flights that leave together."""
    one = there[0]
    leaves = _day_of(scenario.horizon.start, one.departure_d)
    staying = tuple(flight.name for flight in there if flight.name in stay)
    unwanted = tuple(flight.name for flight in there if flight.name in forbid)
    if staying:
        yield Pin(staying, one.mission, one.launcher, leaves, least=len(staying))
    if unwanted:
        yield Pin(unwanted, one.mission, one.launcher, leaves, most=len(there) - len(unwanted))


def _day_of(start: date, moment_d: float) -> date:
    """The day that a moment lies in, and so its period; one on a border of days belongs to the day that it ends.

    The moment at which the horizon opens ends no day of it: it belongs to the first.
    """
    return start + timedelta(days=max(0, math.ceil(moment_d - _SAME_D) - 1))


def plan_pinned(
    scenario: Scenario, pins: Sequence[Pin], limits: Limits, progress: Progress | None = None
) -> Result:
    """The best plan in which every pin holds; None where there would be no plan without them either.

    Raises PinsError where a pin cannot hold at all, or where some cannot hold together: it names as few as it can.
    """
    network = expand(observe(scenario))
    if faults := [fault for pin in pins for fault in _impossible(network, pin)]:
        raise PinsError(faults)

    def searched(problem: Problem, model: Model, within: Limits, told: Progress | None) -> Found:
        return search(problem, pinned(problem, model, pins), within, told)

    found = optimise(network, limits, progress, searched)
    if found.status == "infeasible" and pins:
        conflict = _conflict(network, pins)
        if conflict:
            told = "; ".join(pin.told for pin in conflict)
            raise PinsError([f"what is pinned leaves no plan: these cannot all hold together: {told}"])
    return found


def pinned(problem: Problem, model: Model, pins: Sequence[Pin]) -> Model:
    """The model in which pins hold."""
    there = _departing(problem)
    rows = []
    for n, pin in enumerate(pins):
        period = _period(problem.network, pin.leaves)
        terms = there.get((pin.mission, pin.launcher, -1 if period is None else period.index), [])
        most = math.inf if pin.most is None else float(pin.most)
        rows.append(("pin", Row((n, *pin.names), terms, float(pin.least), most)))
    return with_rows(model, rows)


def _departing(problem: Problem) -> Mapping[tuple[str, str | None, int], Terms]:
    """Flights as terms, by mission, launcher and period of departure."""
    found: dict[tuple[str, str | None, int], Terms] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        course = arc.itinerary.course
        found[course.mission, course.launcher, arc.depart].append((problem.flights[a], 1.0))
    return found


def _period(network: Network, leaves: date) -> Period | None:
    day = network.world.day_of(leaves)
    return next((period for period in network.periods if period.start_d <= day < period.end_d), None)


def _impossible(network: Network, pin: Pin) -> Iterator[str]:
    """Why a pin alone cannot hold, as far as no solver is needed."""
    scenario, named = network.world.scenario, ", ".join(pin.names)
    period = _period(network, pin.leaves)
    courses = {(i.course.mission, i.course.launcher) for i in network.itineraries}
    if pin.mission not in scenario.missions:
        yield f"{named}: no mission {pin.mission!r}; {did_you_mean(pin.mission, scenario.missions) or 'see the scenario'}"
    elif (pin.mission, pin.launcher) not in courses:
        on = f"on {pin.launcher}" if pin.launcher else "without a launcher"
        yield f"{named}: mission {pin.mission!r} is not flown {on}, or by partners that may not fly together"
    elif period is None:
        yield f"{named}: {pin.leaves} does not lie within the horizon"
    elif pin.least and not any(
        (arc.itinerary.course.mission, arc.itinerary.course.launcher, arc.depart)
        == (pin.mission, pin.launcher, period.index)
        for arc in network.arcs
    ):
        first, last = (network.world.date_of(day) for day in (period.start_d, period.end_d - 1))
        yield (
            f"{named}: {pin.mission!r} may not leave from {first} to {last}; see the dates of "
            "the mission, its launcher, vehicles and partners, outages and windows"
        )


def _conflict(network: Network, pins: Sequence[Pin]) -> tuple[Pin, ...]:
    """As few pins as can be told that cannot hold together; none where there is no plan without pins either.

    One pin after the other is left out; it is needed for the conflict where the rest may hold. A question that takes
    too long counts as "may hold", so that the set may then be larger than it must be.
    """
    problem = pose(network)
    model = assemble(problem)
    nothing = np.zeros(len(model.column_lower))

    def impossible(some: Sequence[Pin]) -> bool:
        answer = solve(pinned(problem, model, some), nothing, Limits(1.0, _A_QUESTION_S))
        return answer.status == "infeasible"

    if impossible(()):
        return ()
    needed = list(pins)
    for pin in pins:
        fewer = [other for other in needed if other is not pin]
        if impossible(fewer):
            needed = fewer
    return tuple(needed)
