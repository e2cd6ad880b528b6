"""Itineraries set in time: which of them may depart when."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.network.course import covers
from moonwright.network.network import Arc, Course, Itinerary, Period
from moonwright.network.partner import apart, take_part
from moonwright.network.period import period_of
from moonwright.scenario.node import Recovery
from moonwright.world.world import World


def arcs(world: World, periods: tuple[Period, ...], itinerary: Itinerary) -> Iterator[Arc]:
    """The arcs of an itinerary: one for each period that its anchor moment can end."""
    for period in periods:
        departure_d = _latest_open(world, itinerary, period, periods)
        if departure_d is not None and allowed(world, itinerary.course, departure_d):
            yield from departing(world, periods, itinerary, departure_d)


def departing(
    world: World, periods: tuple[Period, ...], itinerary: Itinerary, departure_d: float
) -> Iterator[Arc]:
    """The arc of an itinerary that leaves on a day; none where it would still be under way when the horizon ends."""
    loads = tuple(_riding(world, itinerary, departure_d))
    course = itinerary.course
    reached = tuple(period_of(periods, departure_d + course.reached_d(s)) for s in range(len(course.stops)))
    if any(
        reached[s] == len(periods) and not isinstance(world.scenario.nodes[course.stops[s]], Recovery)
        for s in range(1, len(course.stops))
    ):
        return  # only a flight home may be
    left = tuple(period_of(periods, departure_d + course.left_d(s)) for s in range(len(course.stops)))
    yield Arc(itinerary, departure_d, left[0], reached, left, loads)


def may_leave(world: World, arc: Arc, departure_d: float) -> bool:
    """True where a flight of an arc may leave on another day too, with all that the arc may carry."""
    flown = arc.itinerary
    ready = (
        covers(world, flown.course, departure_d)
        and windows_open(world, flown.course, departure_d)
        and allowed(world, flown.course, departure_d)
    )
    return ready and set(arc.loads) <= set(_riding(world, flown, departure_d))


def _latest_open(
    world: World, itinerary: Itinerary, period: Period, periods: tuple[Period, ...]
) -> float | None:
    """The latest departure whose anchor lies in the period and whose legs find their windows open."""
    latest = period.end_d - itinerary.anchor_d
    for early in range(period.length_d):
        departure_d = latest - early
        if departure_d < periods[0].start_d:
            return None
        if windows_open(world, itinerary.course, departure_d):
            return departure_d
    return None


def windows_open(world: World, course: Course, departure_d: float) -> bool:
    """True where each leg finds the windows of its route open."""
    for ride in course.rides:
        days = world.open_days.get(ride.route)
        entered = int((departure_d + ride.starts_d) // 1)
        if days is not None and (entered >= len(days) or not days[entered]):
            return False
    return True


def allowed(world: World, course: Course, departure_d: float) -> bool:
    """Launcher, vehicles, mission and partners are all in service on the day of departure."""
    scenario = world.scenario
    when = world.date_of(departure_d)
    if not scenario.missions[course.mission].holds(when):
        return False
    # what is out there already may fly on, whoever has left
    lifted = course.launcher is not None
    if lifted and (not take_part(scenario, course.owners, when) or apart(scenario, course.owners, when)):
        return False
    for part in course.parts:
        vehicle = scenario.vehicles[part.vehicle]
        if (vehicle.ready and when < vehicle.ready) or (
            part.launched and vehicle.retired and when >= vehicle.retired
        ):
            return False
    if course.launcher is None:
        return True
    launcher = scenario.launchers[course.launcher]
    early = launcher.first_flight is not None and when < launcher.first_flight
    late = launcher.last_flight is not None and when > launcher.last_flight
    return not early and not late and not any(outage.holds(when) for outage in launcher.outages)


def _riding(world: World, itinerary: Itinerary, departure_d: float) -> Iterator[int]:
    """Loads that may ride on that day: elements that are ready, people and elements of partners that take part and may."""
    scenario, course = world.scenario, itinerary.course
    when = world.date_of(departure_d)
    for index, load in enumerate(itinerary.loads):
        if load.kind == "element":
            element = scenario.elements[load.name]
            early = element.ready is not None and when < element.ready
            late = element.retired is not None and when >= element.retired and load.board == 0
            if early or (late and course.launcher) or not take_part(scenario, [element.owner], when):
                continue
        outward = load.kind == "crew" and load.board == 0 and not itinerary.homeward
        if outward and not take_part(scenario, [scenario.crew[load.name].owner], when):
            continue  # nobody new comes; whoever is out may always come home
        if course.launcher and load.kind in ("crew", "element"):
            owned = scenario.crew if load.kind == "crew" else scenario.elements
            if apart(scenario, [*course.owners, owned[load.name].owner], when):
                continue
        yield index
