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


def expand(world: World, *, lean: bool = True) -> Network:
    """All that may be decided in a world. `lean` leaves out what no plan could use; whoever asks why wants that too."""
    scenario = world.scenario
    periods = cut(scenario.horizon)
    flown = courses(scenario)
    useful = wanted(scenario, flown)
    fills = standing_fills(scenario, flown)
    itineraries = tuple(itinerary(scenario, course, useful, fills, lean=lean) for course in flown)
    found = tuple(arc for one in itineraries for arc in arcs(world, periods, one))
    flyable = reachable(world, found, len(periods)) if lean else found
    return Network(world, periods, itineraries, flyable, homes(scenario))
