"""How elements get to where they stand: from a launch site, at once or by way of places where they wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moonwright.plan import Item
from moonwright.simulate.element import Elements
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D


@dataclass(frozen=True)
class _Ride:
    """One copy aboard one flight, from stop to stop."""

    voyage: Voyage
    item: Item

    @property
    def what(self) -> str:
        """How a violation names it."""
        return f"{self.item.element} {self.item.copy_no}"

    @property
    def origin(self) -> str:
        """Where it boards."""
        return self.voyage.stop(self.item.board)

    @property
    def destination(self) -> str:
        """Where it alights."""
        return self.voyage.stop(self.item.alight)

    @property
    def boards_d(self) -> float:
        """When it boards."""
        return self.voyage.leave_d(self.item.board)

    @property
    def alights_d(self) -> float:
        """When it alights."""
        return self.voyage.reach_d(self.item.alight)


@rule
def delivery(setting: Setting, voyages: Sequence[Voyage], found: Elements) -> Iterator[Broken]:
    """A copy is launched once, when it is ready, boards only where it is, and stays once at its node."""
    rides: dict[tuple[str, int], list[_Ride]] = defaultdict(list)
    for voyage in voyages:
        for item in voyage.flight.items:
            rides[item.element, item.copy_no].append(_Ride(voyage, item))
    at_start = {(copy.element, copy.copy_no): copy.came_d for copy in found.copies if copy.at_start}
    for key, taken in rides.items():
        node = setting.scenario.elements[key[0]].node
        where, since_d = (node, at_start[key]) if key in at_start else (None, 0.0)
        for ride in sorted(taken, key=lambda one: one.boards_d):
            yield from _ride_faults(setting, ride, where, since_d)
            where, since_d = ride.destination, ride.alights_d


def _ride_faults(setting: Setting, ride: _Ride, where: str | None, since_d: float) -> Iterator[Broken]:
    element, calendar = setting.scenario.elements[ride.item.element], setting.calendar
    departure_d = ride.voyage.flight.departure_d
    if where is None and not setting.launch_site(ride.origin):
        yield Broken(
            ride.boards_d, ride.voyage.where, f"{ride.what} boards at {ride.origin} before it is launched"
        )
    elif where is not None and setting.launch_site(ride.origin):
        yield Broken(
            ride.boards_d, ride.voyage.where, f"{ride.what} is launched although it already has been"
        )
    elif where is not None and (where != ride.origin or since_d > ride.boards_d + TIME_D):
        told = f"{ride.what} boards at {ride.origin}, but is at {where} from day {since_d:g} on"
        yield Broken(ride.boards_d, ride.voyage.where, told)
    elif where == element.node:
        yield Broken(ride.boards_d, ride.voyage.where, f"{ride.what} leaves {where}, where it is to stand")
    if setting.recovery(ride.destination):
        yield Broken(ride.alights_d, ride.voyage.where, f"{ride.what} is brought home")
    if where is None and element.ready and departure_d < calendar.day_of(element.ready) - TIME_D:
        yield Broken(departure_d, ride.voyage.where, f"{ride.what} is ready only on {element.ready}")
    if where is None and element.retired and departure_d > calendar.day_of(element.retired) - TIME_D:
        yield Broken(
            departure_d, ride.voyage.where, f"none of {ride.what} is launched since {element.retired}"
        )
    if ride.item.copy_no > element.quantity:
        yield Broken(
            departure_d, ride.voyage.where, f"{ride.what}: there are only {element.quantity:g} copies"
        )
