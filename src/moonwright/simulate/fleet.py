"""The fleet: reusable vehicles on the ground, those bought, and how often each can fly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moonwright.simulate.flight import Flown
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D
from moonwright.simulate.vehicle import Craft, Use


@dataclass(frozen=True)
class Slot:
    """A vehicle that may fly: from which day, and how often."""

    from_d: float
    flights: int


@rule
def fleet(setting: Setting, uses: Sequence[Use], crafts: Sequence[Craft]) -> Iterator[Broken]:
    """Reusable vehicles that fly were there at the start or are bought; none flies more often than it can."""
    for name, vehicle in setting.scenario.vehicles.items():
        if vehicle.reuse is None:
            continue
        flown, most, where = _flown(uses, name), int(vehicle.reuse.flights), f"vehicles.{name}"
        for serial in _from_space(crafts, flown):
            days = flown.pop(serial)
            if len(days) > most - 1:
                yield Broken(days[-1], where, f"{serial} flies more than {most} times")
        held = assign(slots(setting, name), list(flown.values()))
        for number, days in enumerate(flown.values()):
            if number not in held.values():
                told = (
                    f"a {name} flies {len(days)} times from day {days[0]:g}; none is there or bought for it"
                )
                yield Broken(days[0], where, told)


def _flown(uses: Sequence[Use], vehicle: str) -> dict[str, list[float]]:
    """The days on which each single vehicle of a type uses up a flight, by serial."""
    days: dict[str, list[float]] = defaultdict(list)
    for use in sorted(uses, key=lambda one: one.day_d):
        if use.vehicle == vehicle:
            days[use.serial].append(use.day_d)
    return dict(days)


def _from_space(crafts: Sequence[Craft], flown: dict[str, list[float]]) -> list[str]:
    """Vehicles that waited somewhere at the start: one of their flights is spent."""
    return [craft.serial for craft in crafts if craft.at_start and craft.serial in flown]


def slots(setting: Setting, vehicle: str) -> list[Slot]:
    """The vehicles of a type that may fly: the fleet at the start, and purchases."""
    reuse = setting.scenario.vehicles[vehicle].reuse
    found = [
        Slot(-math.inf, int(group.flights_left))
        for group in setting.scenario.initial.fleet
        if group.vehicle == vehicle
        for _ in range(int(group.count))
    ]
    for purchase in setting.plan.purchases:
        if purchase.vehicle == vehicle and reuse is not None:
            found += [Slot(purchase.day_d, int(reuse.flights))] * purchase.count
    return found


def assign(slots: Sequence[Slot], wanted: Sequence[list[float]]) -> dict[int, int]:
    """{slot: flight list} for as many lists as can have one (bipartite matching by augmenting paths)."""
    holder: dict[int, int] = {}

    def place(want: int, tried: set[int]) -> bool:
        days = wanted[want]
        for index, slot in enumerate(slots):
            if index in tried or slot.from_d > days[0] + TIME_D or slot.flights < len(days):
                continue
            tried.add(index)
            if index not in holder or place(holder[index], tried):
                holder[index] = want
                return True
        return False

    for want in range(len(wanted)):
        place(want, set())
    return holder


def grounded(setting: Setting, vehicle: str, flown: Flown, day: float) -> list[int]:
    """The flights left to each reusable vehicle of a type that is on the ground, or going there, on a day."""
    reuse, days = setting.scenario.vehicles[vehicle].reuse, _flown(flown.uses, vehicle)
    home = [landing.serial for landing in flown.landings if landing.left_d <= day + TIME_D]
    remaining = []

    def look_at(serial: str, flights: int, was_away: int) -> None:
        flown_by = sum(day_d <= day + TIME_D for day_d in days.get(serial, ()))
        launched = sum(one.serial == serial and one.day_d <= day + TIME_D for one in flown.launches)
        if launched + was_away == home.count(serial) and flights > flown_by:
            remaining.append(flights - flown_by)

    from_space = [craft.serial for craft in flown.crafts if craft.at_start and craft.vehicle == vehicle]
    for serial in from_space:
        look_at(serial, int(reuse.flights) - 1 if reuse else 0, 1)
    fresh = {serial: flights for serial, flights in days.items() if serial not in from_space}
    there = slots(setting, vehicle)
    held = assign(there, list(fresh.values()))
    for index, slot in enumerate(there):
        if slot.from_d <= day:
            look_at(list(fresh)[held[index]] if index in held else "", slot.flights, 0)
    return remaining
