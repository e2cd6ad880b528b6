"""The network of a scenario without its dates and rules: every arc that there would be if none forbade any."""

from __future__ import annotations

from dataclasses import replace

from moonwright.network.expand import expand
from moonwright.network.network import Arc, Network
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe


def undated_network(scenario: Scenario) -> Network:
    """All arcs that would be there if nothing forbade any; of a route with windows, those outside them too."""
    free = undated(scenario)
    network = expand(observe(free), lean=False)
    if not any(route.windows for route in scenario.routes.values()):
        return network
    routes = {name: route.model_copy(update={"windows": ()}) for name, route in free.routes.items()}
    known = {(arc.itinerary.name, arc.departure_d) for arc in network.arcs}
    own = {itinerary.name: itinerary for itinerary in network.itineraries}
    more: list[Arc] = [
        replace(arc, itinerary=own[arc.itinerary.name])
        for arc in expand(observe(free.model_copy(update={"routes": routes})), lean=False).arcs
        if (arc.itinerary.name, arc.departure_d) not in known
    ]
    return replace(network, arcs=(*network.arcs, *more))


def undated(scenario: Scenario) -> Scenario:
    """The scenario in which nothing and nobody begins, ends, becomes ready or pauses, and all may fly with all."""
    ever: dict[str, object] = {"starts": None, "until": None}
    lifted = {
        "partners": {**ever, "may_not_carry": (), "may_not_fly_with": (), "embargoes": ()},
        "missions": ever,
        "launchers": {"first_flight": None, "last_flight": None, "outages": ()},
        "vehicles": {"ready": None, "retired": None},
        "elements": {"ready": None, "retired": None},
    }
    return scenario.model_copy(
        update={
            noun: {name: entry.model_copy(update=change) for name, entry in getattr(scenario, noun).items()}
            for noun, change in lifted.items()
        }
    )
