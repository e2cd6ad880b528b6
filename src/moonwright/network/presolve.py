"""What need not be decided: loads that no flight can carry, limits that others imply, flights that nothing can reach.

Each rule leaves every feasible plan as it is; docs/model/strength.md gives the proofs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from moonwright.network.network import Arc, Limit, Load
from moonwright.world.world import World

_ROUNDING = 1e-9  # relative: two sums of the same numbers may differ by this


def can_ride(loads: Sequence[Load], limits: Sequence[Limit]) -> tuple[bool, ...]:
    """Whether each load may ever ride: one unit of what comes in whole numbers must fit a flight by itself.

    A limit that some other load relaxes (a negative weight) excludes nothing.
    """
    strict = [limit for limit in limits if not limit.least and min(limit.weights, default=0.0) >= 0.0]
    return tuple(
        not load.whole or all(limit.weights[i] <= limit.capacity * (1.0 + _ROUNDING) for limit in strict)
        for i, load in enumerate(loads)
    )


def binding(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """The limits that no other implies: b is implied by a where w_b / c_b <= w_a / c_a for every load, c > 0.

    Seats always stay: they also say how many a way home can take.
    """
    kept: list[Limit] = []
    rates = [np.array(limit.weights) / limit.capacity if _plain(limit) else None for limit in limits]
    for n, limit in enumerate(limits):
        mine = rates[n]
        if (
            mine is not None
            and limit.name != "seats"
            and any(
                other is not None
                and bool(np.all(mine <= other * (1.0 + _ROUNDING)))
                and (m < n or not np.all(other <= mine * (1.0 + _ROUNDING)))
                for m, other in enumerate(rates)
                if m != n
            )
        ):
            continue
        kept.append(limit)
    return tuple(kept)


def _plain(limit: Limit) -> bool:
    return not limit.least and limit.capacity > 0.0 and min(limit.weights, default=0.0) >= 0.0


def reachable(world: World, found: Sequence[Arc], periods: int) -> tuple[Arc, ...]:
    """The arcs that can be flown: what waits for them can be there in time, and they can meet their least crew."""
    able = [arc for arc in found if _manned(arc) and not _hopeless(arc)]
    there = _at_start(world)
    while True:
        before = dict(there)
        for arc in able:
            if _met(arc, there):
                for part in arc.itinerary.course.parts:
                    if part.end == "waits" and arc.reached[part.ends] < periods:
                        place = part.vehicle, arc.itinerary.course.stops[part.ends]
                        there[place] = min(there.get(place, periods), arc.reached[part.ends] + 1)
        if there == before:
            return tuple(arc for arc in able if _met(arc, there))


def _at_start(world: World) -> dict[tuple[str, str], int]:
    """(vehicle, node) -> first opening at which one may wait there, by what the scenario starts with."""
    initial = world.scenario.initial
    first = {(x.vehicle, x.node): 0 for x in initial.vehicles}
    for arrival in initial.under_way:
        for vehicle in arrival.vehicles:
            first.setdefault((vehicle, arrival.node), 0)
    return first


def _met(arc: Arc, there: dict[tuple[str, str], int]) -> bool:
    course = arc.itinerary.course
    return all(
        part.launched
        or there.get((part.vehicle, course.stops[part.starts]), arc.left[part.starts] + 1)
        <= arc.left[part.starts]
        for part in course.parts
    )


def _manned(arc: Arc) -> bool:
    limits = [limit for limit in arc.itinerary.limits if limit.least]
    return all(any(limit.weights[i] > 0 for i in arc.loads) for limit in limits)


def _hopeless(arc: Arc) -> bool:
    """True where an empty flight already breaks a limit that no load relaxes."""
    return any(
        limit.capacity < 0 and all(limit.weights[i] >= 0 for i in arc.loads)
        for limit in arc.itinerary.limits
        if not limit.least
    )
