"""Steps: a number of the scenario one larger, a date a month later; always in the direction that allows more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from moonwright.explain.change import at
from moonwright.network.network import Arc
from moonwright.network.period import after
from moonwright.optimise.problem import Problem
from moonwright.scenario.datum import Datum
from moonwright.scenario.document import Path
from moonwright.scenario.scenario import Scenario

MONTH_D = 30.0


@dataclass(frozen=True)
class Step:
    """`path`: the datum; `more`: what is added to it (in its unit inside; days for a date); `words` say it."""

    path: Path
    more: float
    words: str


@dataclass(frozen=True)
class Link:
    """A row that hangs on a step, which moves its bound by `size`, times the value of column `on` where there is one."""

    step: Step
    size: float
    on: int | None = None


@dataclass(frozen=True)
class Book:
    """A problem, and what some of its columns mean."""

    problem: Problem

    @property
    def scenario(self) -> Scenario:
        """The scenario behind the problem."""
        return self.problem.scenario

    @cached_property
    def arcs(self) -> dict[int, Arc]:
        """Arcs by the column of their flights."""
        return {column: self.problem.network.arcs[a] for a, column in self.problem.flights.items()}

    @cached_property
    def elements(self) -> dict[int, str]:
        """Elements by the column of their copies at work."""
        return {column: element for (element, _), column in self.problem.active.items()}


def taken(scenario: Scenario, step: Step) -> object:
    """The datum after the step."""
    before = at(scenario, step.path)
    if isinstance(before, date):
        return after(before, "1 month", 1 if step.more > 0 else -1)
    return Datum(max(0.0, float(before) + step.more))


def dates(book: Book, flown: Mapping[int, Sequence[str]]) -> Iterator[Step]:
    """Dates that keep a flight from leaving a period earlier. `flown`: the elements aboard, by their flights' column."""
    for column, elements in flown.items():
        arc = book.arcs[column]
        course, period = arc.itinerary.course, book.problem.network.periods[arc.depart]
        places: list[Path] = [("elements", element, "ready") for element in elements]
        places += [("vehicles", part.vehicle, "ready") for part in course.parts if part.launched]
        if course.launcher:
            places.append(("launchers", course.launcher, "first_flight"))
        for path in places:
            since = at(book.scenario, path)
            earlier_d = max(0.0, arc.departure_d - period.length_d)
            if since and book.problem.network.world.day_of(since) > earlier_d:
                yield Step(path, -MONTH_D, f"{path[1]} a month earlier")
