"""World -> Network."""

from __future__ import annotations

from moonwright.network.arc import arcs
from moonwright.network.course import courses
from moonwright.network.itinerary import itinerary
from moonwright.network.load import homes, wanted
from moonwright.network.network import Network
from moonwright.network.period import cut
from moonwright.network.presolve import reachable
from moonwright.network.tank import standing_fills
from moonwright.world.world import World


def expand(world: World) -> Network:
    """All that may be decided in a world."""
    scenario = world.scenario
    periods = cut(scenario.horizon)
    flown = courses(scenario)
    useful = wanted(scenario, flown)
    fills = standing_fills(scenario, flown)
    itineraries = tuple(itinerary(scenario, course, useful, fills) for course in flown)
    found = tuple(arc for one in itineraries for arc in arcs(world, periods, one))
    return Network(world, periods, itineraries, reachable(world, found, len(periods)), homes(scenario))
