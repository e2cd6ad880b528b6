"""Why a vehicle, launcher or mission is not used: it cannot be, or it is dearer than what is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from moonwright.errors import PlanError
from moonwright.explain.whatif import Change, Difference, Known, with_less
from moonwright.network.expand import expand
from moonwright.network.network import Course, Itinerary, Limit
from moonwright.optimise.model import Model, with_row
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import at_most
from moonwright.scenario.mission import Mission
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

Sort = Literal["vehicle", "launcher", "mission"]


@dataclass(frozen=True)
class Unused:
    """Why nothing flies that is called `name`.

    `flights`: those that do use it, where the question was mistaken. `reasons`: why it cannot fly at all, whatever is asked.
    `forced`: what the best plan with one flight of it would have, where it can (None: it cannot, or it flies).
    """

    name: str
    sort: Sort
    flights: tuple[str, ...]
    reasons: tuple[str, ...]
    forced: Difference | None


def unused(base: Known, name: str, *, time_s: float = 60.0) -> Unused:
    """Why a vehicle, launcher or mission is not used. Raises PlanError where the scenario has none of that name."""
    sort = _sort(base.scenario, name)
    flights = tuple(
        flight.name
        for flight in base.plan.flights
        if name in (flight.mission, flight.launcher, *(unit.vehicle for unit in flight.units))
    )
    if flights:
        return Unused(name, sort, flights, (), None)
    reasons = tuple(_reasons(base, name))
    forced = None if reasons else with_less(base, _one(name), time_s)
    return Unused(name, sort, (), reasons, forced)


def _sort(scenario: Scenario, name: str) -> Sort:
    tables: tuple[tuple[Sort, Sequence[str]], ...] = (
        ("vehicle", list(scenario.vehicles)),
        ("launcher", list(scenario.launchers)),
        ("mission", list(scenario.missions)),
    )
    for sort, names in tables:
        if name in names:
            return sort
    known = "; ".join(f"{sort}s: {', '.join(names)}" for sort, names in tables)
    raise PlanError(f"the scenario has no vehicle, launcher or mission {name!r}; it has {known}")


def _takes(course: Course, name: str) -> bool:
    return name in (course.mission, course.launcher, *(part.vehicle for part in course.parts))


def _one(name: str) -> Change:
    """At least one flight with it."""

    def change(problem: Problem, model: Model) -> Model:
        flown = [
            (problem.flights[a], -1.0)
            for a, arc in enumerate(problem.network.arcs)
            if _takes(arc.itinerary.course, name)
        ]
        return with_row(model, "at_least_one", at_most((name,), flown, -1.0))

    return change


def _reasons(base: Known, name: str) -> Iterator[str]:
    """Why it cannot fly, from what the scenario says of it alone."""
    scenario = base.scenario
    missions = [m for m, mission in scenario.missions.items() if _named(mission, m, name)]
    if not missions:
        yield f"no mission flies {name}"
        return
    whole = expand(observe(scenario), lean=False)
    ways = [way for way in whole.itineraries if _takes(way.course, name)]
    arcs = [arc for arc in whole.arcs if _takes(arc.itinerary.course, name)]
    if not ways:
        yield f"its missions need partners that may not fly together: {', '.join(missions)}"
    elif all(_hopeless(way) for way in ways):
        for way in ways:
            for limit in _hopeless(way):
                yield f"{way.name}: even without cargo, {limit.name} is too small by {-limit.capacity:,.0f} kg"
    elif not arcs:
        yield from _never(base, name, ways)
    elif not any(_takes(arc.itinerary.course, name) for arc in base.network.arcs):
        yield from _unmet(ways)


def _unmet(ways: Sequence[Itinerary]) -> Iterator[str]:
    """What no flight finds in time where it begins."""
    for way in ways:
        course = way.course
        waits = [
            f"{part.vehicle} at {course.stops[part.starts]}" for part in course.parts if not part.launched
        ]
        if waits:
            yield f"{way.name}: it begins with {', '.join(waits)}, which cannot be there in time"
        else:
            yield f"{way.name}: nobody may ride on it, and it does not fly without a crew"


def _named(mission: Mission, called: str, name: str) -> bool:
    legs = [unit for leg in mission.legs for unit in (*leg.carrying, *leg.flyers)]
    return name in (called, *legs, *mission.units.values())


def _hopeless(itinerary: Itinerary) -> list[Limit]:
    """Limits that no flight can keep, whatever it carries."""
    return [
        limit
        for limit in itinerary.limits
        if not limit.least and limit.capacity < 0 and all(weight >= 0 for weight in limit.weights)
    ]


def _never(base: Known, name: str, ways: Sequence[Itinerary]) -> Iterator[str]:
    """Dates that keep all of its flights outside the horizon."""
    scenario = base.scenario
    start, end = scenario.horizon.start, scenario.horizon.end
    courses = [way.course for way in ways]
    found = []
    for vehicle in dict.fromkeys(part.vehicle for course in courses for part in course.parts):
        x = scenario.vehicles[vehicle]
        found += [_late(f"{vehicle} is ready", x.ready, end), _gone(f"{vehicle} retires", x.retired, start)]
    for launcher in dict.fromkeys(course.launcher for course in courses if course.launcher):
        y = scenario.launchers[launcher]
        found += [
            _late(f"{launcher} first flies", y.first_flight, end),
            _gone(f"{launcher} last flies", y.last_flight, start),
        ]
    for mission in dict.fromkeys(course.mission for course in courses):
        z = scenario.missions[mission]
        found += [
            _late(f"{mission} is flown", z.starts, end),
            _gone(f"{mission} is no longer flown", z.until, start),
        ]
    for owner in dict.fromkeys(owner for course in courses for owner in course.owners):
        if partner := scenario.partners.get(owner):
            found += [
                _late(f"{owner} takes part", partner.starts, end),
                _gone(f"{owner} leaves", partner.until, start),
            ]
    told = [reason for reason in found if reason]
    yield from told
    if not told:
        yield f"no day suits {name}: its dates, those of its launchers and the windows of its routes do not meet"


def _late(what: str, since: date | None, end: date) -> str:
    return (
        f"{what} only from {since.isoformat()}, when the campaign is over" if since and since >= end else ""
    )


def _gone(what: str, until: date | None, start: date) -> str:
    return f"{what} on {until.isoformat()}, before the campaign begins" if until and until <= start else ""
