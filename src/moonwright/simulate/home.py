"""A ride home: on every day each person has a seat in a set of return missions that could leave at once.

The vehicles are those that wait all day long, with the propellant that is left at the end of their wait: one
counts for a mission only where that takes it home with every seat taken. Nobody waits for a window, for a
refuelling or for a partner's leave; a computed route counts with its dearest day, whichever it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from moonwright.scenario.mission import Mission
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.crew import Present
from moonwright.simulate.horizon import stretches
from moonwright.simulate.mission import Hop, cast
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.tank import need_kg
from moonwright.simulate.tolerance import MASS_KG, RELATIVE
from moonwright.simulate.vehicle import Wait

Group = tuple[str, str]  # node, owner of the people
People = tuple[tuple[Group, int], ...]
Parked = tuple[
    tuple[tuple[str, str, frozenset[str]], int], ...
]  # (vehicle, node, missions it can fly) -> how many


@dataclass(frozen=True)
class Return:
    """A mission home with vehicles that wait: who may board where, and the seats on each leg."""

    name: str
    takes: tuple[tuple[str, str], ...]  # (vehicle, node) of each part
    needs_kg: tuple[float, ...]  # propellant that each part must hold
    stops: tuple[str, ...]  # where people may board
    seats: tuple[int, ...]  # on each leg; all ride to the end
    least: int
    banned: frozenset[str]  # owners whose people its vehicles may not carry


def returns(setting: Setting) -> tuple[Return, ...]:
    """The return missions of a scenario."""
    scenario = setting.scenario
    found = []
    for name, mission in scenario.missions.items():
        launched = mission.legs[0].flyers[0] in scenario.launchers
        last = scenario.routes[mission.legs[-1].route].destination
        if not launched and not mission.uncrewed and setting.recovery(last):
            one = _return(setting, name, mission)
            if min(one.seats) > 0:
                found.append(one)
    return tuple(found)


def _return(setting: Setting, name: str, mission: Mission) -> Return:
    scenario = setting.scenario
    parts = cast(scenario, mission)
    hops = _hops(setting, mission)
    seats = tuple(sum(int(scenario.vehicles[parts[part]].seats) for part in hop.parts) for hop in hops)
    first = {part: next(hop.origin for hop in hops if part in hop.parts) for part in parts}
    owners = setting.owners(scenario.vehicles[vehicle].owner for vehicle in parts.values())
    return Return(
        name=name,
        takes=tuple((vehicle, first[part]) for part, vehicle in parts.items()),
        needs_kg=tuple(_need_kg(setting, parts, hops, seats, part) for part in parts),
        stops=tuple(hop.origin for hop in hops),
        seats=seats,
        least=int(mission.least_crew),
        banned=frozenset(banned for owner in owners for banned in scenario.partners[owner].may_not_carry),
    )


def _hops(setting: Setting, mission: Mission) -> list[Hop]:
    hops, clock_d = [], 0.0
    for number, leg in enumerate(mission.legs, start=1):
        flyer = leg.flyers[0]
        route = setting.scenario.routes[leg.route]
        passing = setting.world.passages.dearest(leg.route)
        parts, ends_d = (flyer, *leg.carrying), clock_d + passing.duration_d
        ends, times_d = (route.origin, route.destination), (clock_d, ends_d)
        hops.append(Hop(number, leg.route, *ends, flyer, parts, *times_d, passing.burns_m_s))
        clock_d = ends_d + leg.stay
    return hops


def _need_kg(
    setting: Setting, parts: dict[str, str], hops: Sequence[Hop], seats: Sequence[int], part: str
) -> float:
    """Propellant for a part's own legs, last leg first; seats that go home taken, all it pushes full."""
    scenario = setting.scenario
    vehicle = scenario.vehicles[parts[part]]
    if vehicle.tank is None:
        return 0.0
    person_kg = _person_kg(scenario, hops[-1].leave_d - hops[0].enter_d)
    needed_kg = 0.0
    for index in reversed(range(len(hops))):
        if hops[index].flyer != part:
            continue
        carried = [scenario.vehicles[parts[other]] for other in hops[index].carried]
        pushed_kg = sum(other.dry_mass + (other.tank.capacity if other.tank else 0.0) for other in carried)
        after_kg = vehicle.dry_mass + min(seats[index:]) * person_kg + pushed_kg + needed_kg
        needed_kg += need_kg(vehicle.tank, hops[index].burns_m_s, after_kg)
    return needed_kg


def _person_kg(scenario: Scenario, days: float) -> float:
    """The heaviest person there is, with provisions for some days in their packing."""
    most = 0.0
    for kind in scenario.crew.values():
        daily = sum(rate * (1.0 + scenario.resources[name].packing) for name, rate in kind.uses.items())
        most = max(most, kind.mass + days * daily)
    return most


class Homeward:
    """Whether groups of people can get home, and how many could. Every question is answered once."""

    def __init__(self, missions: Sequence[Return]) -> None:
        self.missions = tuple(missions)
        self.all_home = cache(self._all_home)
        self.most_home = cache(self._most_home)

    def _all_home(self, people: People, parked: Parked, first: int = 0) -> bool:
        """True where flights of the missions from number `first` on take everybody."""
        if not people:
            return True
        for index in range(first, len(self.missions)):
            left = _without(parked, self.missions[index])
            if left is None:
                continue
            for remaining in _boardings(people, self.missions[index]):
                if self.all_home(remaining, left, index):
                    return True
        return False

    def _most_home(self, node: str, parked: Parked, first: int = 0) -> int:
        """The most people that could leave from one node."""
        most = 0
        for index in range(first, len(self.missions)):
            mission = self.missions[index]
            left = _without(parked, mission) if node in mission.stops else None
            if left is not None:
                taken = min(mission.seats[mission.stops.index(node) :])
                most = max(most, taken + self.most_home(node, left, index))
        return most


def _without(parked: Parked, mission: Return) -> Parked | None:
    """What waits once a mission has left, the least able vehicles first; None where they are not there."""
    left = dict(parked)
    for vehicle, node in mission.takes:
        able = [key for key, n in left.items() if n and key[:2] == (vehicle, node) and mission.name in key[2]]
        if not able:
            return None
        left[min(able, key=lambda key: (len(key[2]), sorted(key[2])))] -= 1
    return tuple((key, n) for key, n in left.items() if n)


def _boardings(people: People, mission: Return) -> Iterator[People]:
    """Who is left after each way to fill a mission's seats. People who board ride to its end."""
    able = [
        i
        for i, ((node, owner), _) in enumerate(people)
        if node in mission.stops and owner not in mission.banned
    ]

    def fill(rank: int, seats: tuple[int, ...], taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if rank == len(able):
            yield taken
            return
        (node, _), count = people[able[rank]]
        stop = mission.stops.index(node)
        for number in range(min(count, *seats[stop:]), -1, -1):
            left = (*seats[:stop], *(seat - number for seat in seats[stop:]))
            yield from fill(rank + 1, left, (*taken, number))

    for taken in fill(0, mission.seats, ()):
        if sum(taken) >= max(1, mission.least):
            boarded = Counter(dict(zip(able, taken, strict=True)))
            rest = ((group, count - boarded[i]) for i, (group, count) in enumerate(people))
            yield tuple((group, count) for group, count in rest if count)


def parked_by_day(setting: Setting, waits: Sequence[Wait], missions: Sequence[Return]) -> list[Parked]:
    """The vehicles that wait all day long, for each day of the horizon and the first one after it."""
    days = setting.horizon_d + 1
    counts: dict[tuple[str, str, frozenset[str]], Days] = {}
    for wait in waits:
        if wait.between:
            continue
        able = frozenset(mission.name for mission in missions if _able(wait, mission))
        first, until = wait.days
        last = days if math.isinf(until) else min(days, int(until))
        key = (wait.vehicle, wait.node, able)
        counts.setdefault(key, np.zeros(days))[max(0, first) : max(0, last)] += 1
    keys = sorted(counts, key=lambda key: (key[0], key[1], sorted(key[2])))
    table = np.stack([counts[key] for key in keys], axis=1).astype(int).tolist() if keys else [[]] * days
    seen: dict[tuple[int, ...], Parked] = {}
    found = []
    for row in map(tuple, table):
        if row not in seen:
            seen[row] = tuple((key, n) for key, n in zip(keys, row, strict=True) if n)
        found.append(seen[row])
    return found


def _able(wait: Wait, mission: Return) -> bool:
    """True where a vehicle's propellant suffices for every part that its type plays in a mission."""
    needs = [
        need
        for take, need in zip(mission.takes, mission.needs_kg, strict=True)
        if take == (wait.vehicle, wait.node)
    ]
    return bool(needs) and wait.held_until_kg >= max(needs) * (1 - RELATIVE) - MASS_KG


def people_by_day(setting: Setting, present: Present) -> list[People]:
    """The people at each node by owner, for each day of the horizon and the first one after it."""
    days = setting.horizon_d + 1
    groups: dict[Group, Days] = {}
    for (node, kind), count in present.items():
        group = (node, setting.scenario.crew[kind].owner)
        groups[group] = groups.get(group, np.zeros(days)) + count[:days]
    keys = sorted(key for key in groups if groups[key].any())
    if not keys:
        return [()] * days
    table = np.stack([groups[key] for key in keys], axis=1).astype(int).tolist()
    return [tuple((key, n) for key, n in zip(keys, row, strict=True) if n) for row in table]


@rule
def ride_home(
    setting: Setting, homeward: Homeward, people: Sequence[People], parked: Sequence[Parked]
) -> Iterator[Broken]:
    """On every day, and when the horizon closes, all have seats in missions home with vehicles that wait."""
    stranded = np.array([not homeward.all_home(p, w) for p, w in zip(people, parked, strict=True)])
    for first, after in stretches(stranded):
        told = ", ".join(f"{n} of {owner} at {node}" for (node, owner), n in people[first])
        yield Broken(
            first, "crew", f"not everybody has a ride home ({told}), from day {first} to day {after}"
        )


def seats_by_day(setting: Setting, homeward: Homeward, parked: Sequence[Parked]) -> dict[str, Days]:
    """By node, how many people could leave for home on each day of the horizon."""
    return {
        node: np.array(
            [homeward.most_home(node, there) for there in parked[: setting.horizon_d]], dtype=float
        )
        for node in setting.places
    }
