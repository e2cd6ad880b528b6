"""Counts -> single flights: each with its loads, its day and its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from moonwright.errors import InternalError
from moonwright.network.network import Arc
from moonwright.optimise.model import Floats
from moonwright.optimise.pack import Refusal, UnpackableError, pack
from moonwright.optimise.problem import Problem

_DUST = 1e-7  # amounts below this are the solver's rounding


@dataclass(frozen=True)
class Departure:
    """One flight of an arc: `loads` in the order of its itinerary's loads."""

    arc: Arc
    loads: Floats
    day_d: float
    name: str = ""


def timetable(problem: Problem, values: Floats, *, anyhow: bool = False) -> tuple[Departure, ...]:
    """Every flight that the values decide, by day of departure. Raises UnpackableError, with all that is refused.

    `anyhow`: what is refused is dealt out evenly instead, whether it fits or not.
    """
    departures: list[Departure] = []
    refused: list[Refusal] = []
    for alike in _groups(problem, values):
        found = [_shared(problem, values, alike)]
        if len(alike) > 1 and isinstance(found[0], Refusal):
            found = [_shared(problem, values, [a]) for a in alike]
        for shared in found:
            if isinstance(shared, Refusal) and not anyhow:
                refused.append(shared)
                continue
            arc = problem.network.arcs[alike[0]]
            each = _dealt(problem, values, shared) if isinstance(shared, Refusal) else shared
            departures += [Departure(arc, loads, arc.departure_d) for loads in each]
    if refused:
        raise UnpackableError(tuple(refused))
    # Of flights that are otherwise alike, the later in the list leaves earlier.
    departures.sort(key=lambda departure: _urgency_kg(problem, departure))
    spread = sorted(_set_apart(problem, departures), key=lambda d: (d.day_d, d.arc.itinerary.name))
    numbers: dict[str, int] = defaultdict(int)
    named = []
    for departure in spread:
        mission = departure.arc.itinerary.course.mission
        numbers[mission] += 1
        named.append(replace(departure, name=f"{mission} {numbers[mission]}"))
    return tuple(named)


def _groups(problem: Problem, values: Floats) -> list[list[int]]:
    """Arcs that fly, together those that were taken apart: flights of one itinerary on one day are alike."""
    groups: dict[tuple[str, float], list[int]] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        if round(float(values[problem.flights[a]])):
            groups[arc.itinerary.name, arc.departure_d].append(a)
    return list(groups.values())


def _shared(problem: Problem, values: Floats, alike: Sequence[int]) -> list[Floats] | Refusal:
    """The loads of each flight of some arcs that are alike."""
    flights = sum(round(float(values[problem.flights[a]])) for a in alike)
    arc = problem.network.arcs[alike[0]]
    totals = sum((_totals(problem, values, a) for a in alike), np.zeros(len(arc.itinerary.loads)))
    return pack(alike[0], arc, flights, totals, problem.scenario)


def _dealt(problem: Problem, values: Floats, refused: Refusal) -> list[Floats]:
    """The loads of flights that cannot be packed: what can be divided alike on all, the rest one by one in turn."""
    arc, flights = problem.network.arcs[refused.arc], refused.flights
    totals = _totals(problem, values, refused.arc)
    whole = np.array([load.whole for load in arc.itinerary.loads])
    turns = [(totals + flights - 1 - n) // flights for n in range(flights)]
    return [np.where(whole, turn, totals / flights) for turn in turns]


def _urgency_kg(problem: Problem, departure: Departure) -> tuple[float, float]:
    """What is life-critical aboard, then all that is aboard; to the gram, so that rounding decides nothing."""
    resources = problem.scenario.resources
    riding = list(zip(departure.arc.itinerary.loads, departure.loads, strict=True))
    vital = (x for load, x in riding if load.name in resources and resources[load.name].life_critical)
    return round(float(sum(vital)), 3), round(float(sum(load.mass_kg * x for load, x in riding)), 3)


def _totals(problem: Problem, values: Floats, a: int) -> Floats:
    arc = problem.network.arcs[a]
    totals = np.zeros(len(arc.itinerary.loads))
    for i in arc.loads:
        amount = values[problem.loads[a, i]]
        totals[i] = round(amount) if arc.itinerary.loads[i].whole else amount if amount > _DUST else 0.0
    return totals


def _set_apart(problem: Problem, departures: list[Departure]) -> list[Departure]:
    """Launches of one launcher in one period, set apart by its turnaround: those that may carry crew latest."""
    groups: dict[tuple[str | None, int], list[Departure]] = defaultdict(list)
    for departure in departures:
        groups[departure.arc.itinerary.course.launcher, departure.arc.depart].append(departure)
    spread: list[Departure] = []
    for (launcher, _), group in groups.items():
        apart_d = float(problem.scenario.launchers[launcher].turnaround) if launcher else 0.0
        latest_d = float("inf")
        for departure in sorted(group, key=lambda d: (not d.arc.itinerary.carries_crew, -d.day_d)):
            day_d = problem.slots.last(departure.arc, latest_d)
            if day_d is None:
                raise InternalError(
                    f"no day is left for {departure.arc.itinerary.name} before {latest_d:g} d"
                )
            spread.append(replace(departure, day_d=day_d))
            latest_d = day_d - apart_d if apart_d else latest_d
    return spread
