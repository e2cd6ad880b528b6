"""From an arc's aggregate to single flights: which item, which people, how much of each resource on which flight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from moonwright.network.network import Arc
from moonwright.optimise.highs import Limits
from moonwright.optimise.hold import Hold, hold_of
from moonwright.optimise.model import Floats
from moonwright.optimise.packing_cut import Cut, parting
from moonwright.optimise.place import placings
from moonwright.optimise.spread import is_even, largest_share, placed_by_search, poured
from moonwright.scenario.scenario import Scenario

# Nodes, not seconds, so that a plan comes out the same on every machine; the time is the net under it.
_TO_FIND = Limits(gap=0.5, time_s=10.0, nodes=2000)
_TO_SPREAD = Limits(gap=1e-4, time_s=5.0, nodes=500)
_SMALL = 2000  # columns up to which a better spread is searched for


@dataclass(frozen=True)
class Refusal:
    """The loads of arc number `arc` fit its `flights` in sum, but not flight by flight; on `enough` flights they do.

    `cut` tells why, for every arc of the itinerary; None where no inequality does.
    """

    arc: int
    flights: int
    enough: int
    cut: Cut | None


class UnpackableError(Exception):
    """Some arcs cannot be packed."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__(f"{len(refusals)} arcs cannot be packed")


def pack(number: int, arc: Arc, flights: int, totals: Floats, scenario: Scenario) -> list[Floats] | Refusal:
    """Loads of each of `flights` flights, in the order of the itinerary's loads; their sum is `totals`."""
    if flights == 1 and _one_room_at_most(arc, scenario):
        return [totals]
    hold = hold_of(scenario, arc.itinerary)
    table = share_out(hold, flights, totals)
    if table is None:
        parted = parting(hold, flights, totals)
        cut = parted and Cut(arc.itinerary.name, tuple(parted[0].tolist()), parted[1])
        if cut is None and flights == 1:
            return [
                totals
            ]  # nothing can be told to the planner; what is more than rounding, the replay finds
        return Refusal(number, flights, _enough(hold, flights, totals), cut)
    return list(table.T)


def _enough(hold: Hold, flights: int, totals: Floats) -> int:
    """A number of flights on which placing one by one succeeds; one more than now where none is found."""
    most = flights + round(float(totals[hold.items].sum()))
    return next(
        (n for n in range(flights + 1, most + 1) if any(True for _ in _quick(hold, n, totals))), flights + 1
    )


def share_out(hold: Hold, flights: int, totals: Floats) -> Floats | None:
    """A table (loads, flights) that sums up to the totals and fits flight by flight; None where none was found.

    The largest share of a life-critical resource on one flight is the least that was found; least of all where the
    problem is small.
    """
    there = totals > 0
    found = _shared_out(hold.only(there), flights, totals[there])
    if found is None:
        return None
    table = np.zeros((hold.loads, flights))
    table[there] = found
    return table


def _shared_out(hold: Hold, flights: int, totals: Floats) -> Floats | None:
    best: Floats | None = None
    for table in _quick(hold, flights, totals):
        best = table if best is None else _safer(hold, best, table)
        if is_even(largest_share(table, hold.critical), flights):
            break
    if best is None:
        best = _searched(hold, flights, totals, _TO_FIND, None)
    if (
        best is None
        or is_even(largest_share(best, hold.critical), flights)
        or flights * hold.columns > _SMALL
    ):
        return best
    better = _searched(hold, flights, totals, _TO_SPREAD, best)
    return best if better is None else _safer(hold, best, better)


def _searched(
    hold: Hold, flights: int, totals: Floats, limits: Limits, start: Floats | None
) -> Floats | None:
    """The best sharing among all packings that is found within limits; None where there is none."""
    wholes = placed_by_search(hold, flights, totals, limits, start)
    return None if wholes is None else poured(hold, wholes, totals)


def _safer(hold: Hold, one: Floats, other: Floats) -> Floats:
    """The one whose worst loss of a flight takes less of what is life-critical; the first where they are alike."""
    return min(one, other, key=lambda table: round(largest_share(table, hold.critical), 6))


def _quick(hold: Hold, flights: int, totals: Floats) -> Iterator[Floats]:
    """Sharings by placing wholes one by one: first beside an even part of all that is poured, at last beside nothing."""
    divided = ~hold.whole[: hold.loads]
    critical = np.zeros(hold.loads, dtype=bool)
    critical[[load for group in hold.critical for load in group]] = True
    masks = [divided, critical, np.zeros_like(divided)]
    for kept in {mask.tobytes(): mask for mask in masks}.values():
        for wholes in placings(hold, flights, totals, np.where(kept, totals / flights, 0.0)):
            table = poured(hold, wholes, totals)
            if table is not None:
                yield table


def _one_room_at_most(arc: Arc, scenario: Scenario) -> bool:
    """True where the itinerary's limits say all about one flight: in no stack has an item a choice of rooms."""
    stacks = (
        [part.vehicle for part in arc.itinerary.course.parts if part.name in ride.parts]
        for ride in arc.itinerary.course.rides
    )
    return all(sum(scenario.vehicles[vehicle].room is not None for vehicle in stack) < 2 for stack in stacks)
