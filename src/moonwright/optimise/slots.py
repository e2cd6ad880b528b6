"""Launches of one launcher in one period are set apart by its turnaround: which earlier days mean the same to a flight."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from moonwright.network.arc import may_leave
from moonwright.network.demand import requirements
from moonwright.network.network import Arc, Network
from moonwright.network.period import period_of
from moonwright.scenario.demand import DeliverDemand, FlyDemand

_SAME_D = 1e-9  # moments closer than this are one


@dataclass(frozen=True)
class Slots:
    """The days on which flights of a network may leave instead of their own."""

    network: Network

    def last(self, arc: Arc, latest_d: float) -> float | None:
        """The last day up to `latest_d` on which a flight may leave and mean what its arc means; None: there is none.

        Days are counted back from the arc's own. The later `latest_d`, the later the answer.
        """
        early = 0 if latest_d >= arc.departure_d else math.ceil(arc.departure_d - latest_d - _SAME_D)
        opens_d = self.network.periods[arc.depart].start_d
        day_d = arc.departure_d - early
        while day_d >= opens_d - _SAME_D:
            if self._same_meaning(arc, day_d):
                return day_d
            day_d -= 1.0
        return None

    def days(self, arcs: Sequence[Arc], apart_d: float) -> tuple[float, ...]:
        """When launches of one launcher in a period leave at the earliest, whichever of these arcs they are, latest first.

        The first leaves on its arc's own day; each further one at least the turnaround before, and as long after
        the period opens, so that it keeps apart from launches of the period before.
        """
        opens_d = self.network.periods[arcs[0].depart].start_d
        found = [min(arc.departure_d for arc in arcs)]
        while found[-1] - apart_d >= opens_d + apart_d - _SAME_D:
            days = [self.last(arc, found[-1] - apart_d) for arc in arcs]
            earliest_d = min(-1.0 if day is None else day for day in days)
            if earliest_d < opens_d + apart_d - _SAME_D:
                break
            found.append(earliest_d)
        return tuple(found)

    @cached_property
    def earliest(self) -> tuple[float, ...]:
        """The earliest day on which a flight of each arc may leave: its own, unless it may be set apart from another."""
        launchers = self.network.world.scenario.launchers
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        found = [arc.departure_d for arc in self.network.arcs]
        for a, arc in enumerate(self.network.arcs):
            launcher = arc.itinerary.course.launcher
            if launcher and launchers[launcher].turnaround > 0:
                groups[launcher, arc.depart].append(a)
        for (launcher, _), group in groups.items():
            days = self.days([self.network.arcs[a] for a in group], float(launchers[launcher].turnaround))
            for a in group:
                if len(days) > 1 and not self.network.arcs[a].itinerary.carries_crew:
                    found[a] = min(found[a], days[-1])
        return tuple(found)

    def _same_meaning(self, arc: Arc, day_d: float) -> bool:
        """True where a day is as good as the arc's own: same loads, year and periods, on the same side of all dates."""
        network, course = self.network, arc.itinerary.course
        if day_d == arc.departure_d:
            return True
        same_year = network.world.year_of(day_d) == network.world.year_of(arc.departure_d)
        same_periods = all(
            period_of(network.periods, day_d + course.reached_d(stop)) == arc.reached[stop]
            and period_of(network.periods, day_d + course.left_d(stop)) == arc.left[stop]
            for stop in range(len(course.stops))
        )
        return (
            same_year
            and same_periods
            and not self._parted(arc, day_d)
            and may_leave(network.world, arc, day_d)
        )

    def _parted(self, arc: Arc, day_d: float) -> bool:
        """True where a date lies between two days of departure, or between the arrivals that follow from them."""
        course = arc.itinerary.course
        return any(
            day_d + after_d <= border_d + _SAME_D and border_d < arc.departure_d + after_d - _SAME_D
            for after_d in (0.0, *(course.reached_d(stop) for stop in range(1, len(course.stops))))
            for border_d in self._borders
        ) or any(abs(border_d - arc.departure_d) <= _SAME_D for border_d in self._borders)

    @cached_property
    def _borders(self) -> tuple[float, ...]:
        """Days on which a window opens or closes within which deliveries or flights count."""
        return tuple(sorted(set(_dates(self.network))))


def _dates(network: Network) -> Iterator[float]:
    scenario, world = network.world.scenario, network.world
    for demand in scenario.demands.values():
        if isinstance(demand, DeliverDemand | FlyDemand):
            for asked in requirements(network, demand):
                yield from (asked.from_d, asked.until_d)
    for contract in scenario.initial.contracts:
        yield from (float(world.day_of(contract.starts)), float(world.day_of(contract.until)))
