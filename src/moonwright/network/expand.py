"""World -> Network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from moonwright.network.arc import arcs, departing
from moonwright.network.course import by_day, courses
from moonwright.network.itinerary import itinerary
from moonwright.network.load import homes, loads, wanted
from moonwright.network.network import Arc, Course, Itinerary, Network
from moonwright.network.period import cut
from moonwright.network.presolve import reachable
from moonwright.network.sized import Sizing, sizings
from moonwright.network.tank import standing_fills
from moonwright.scenario.node import Recovery
from moonwright.world.world import World


def expand(world: World, *, lean: bool = True) -> Network:
    """All that may be decided in a world. `lean` leaves out what no plan could use; whoever asks why wants that too."""
    scenario = world.scenario
    periods = cut(scenario.horizon)
    flown = courses(world)
    useful = wanted(scenario, flown)
    sized = {
        course: sizings(world, periods, course, loads(scenario, course, useful))
        for course in flown
        if by_day(world, course)
    }
    fills = standing_fills(scenario, [one for course in flown for one in _sizes(world, course, sized)])
    itineraries: list[Itinerary] = []
    found: list[Arc] = []
    for course in flown:
        known: dict[Course, Itinerary] = {
            one: itinerary(scenario, one, useful, fills, lean=lean) for one in _sizes(world, course, sized)
        }
        itineraries += known.values()
        if course not in sized:
            found += arcs(world, periods, known[course])
        for day in sized.get(course, ()):
            found += departing(world, periods, known[day.course], day.departure_d)
    flyable = reachable(world, found, len(periods)) if lean else tuple(found)
    return Network(world, periods, tuple(itineraries), flyable, homes(scenario))


def _sizes(world: World, course: Course, sized: Mapping[Course, tuple[Sizing, ...]]) -> Iterator[Course]:
    """The course as it is flown: once where it does not depend on the day, else once for each size.

    And for the dearest day, where it takes people home with what waits: they must be able to leave at once.
    """
    if course not in sized:
        yield course
        return
    yield from dict.fromkeys(day.course for day in sized[course])
    if course.launcher is None and isinstance(world.scenario.nodes[course.stops[-1]], Recovery):
        yield course
