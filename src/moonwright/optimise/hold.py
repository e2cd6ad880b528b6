"""What one flight of an itinerary may carry, as arrays that packing works on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from moonwright.network.course import aboard
from moonwright.network.network import Course, Itinerary, Load
from moonwright.optimise.model import Floats
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Room

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

# A solver keeps its rows to about 1e-8 and whole numbers to 1e-7; the replay grants a gram of what is left of a room.
SLACK = 1e-7  # of a limit
_LEAST_SLACK, _MOST_SLACK = 1e-6, 5e-4  # kg, people
_ROUNDING = 1e-8  # of a limit, in sums of many loads that a solver found


@dataclass(frozen=True)
class Hold:
    """One flight carries amounts x of its loads if some y >= 0 has weights @ (x, y) <= capacity, and wholes are whole.

    What is shared out may be over a capacity by the solver's rounding, hence `granted`.
    `weights`: a row for each limit, a column for each load, then for each auxiliary amount y. `whole` tells which of all
    columns are whole. `most`: the most of each load that the campaign has or one flight can hold. `critical`: groups
    of loads, each one life-critical resource on its way to one stop; `people`: the loads that are people.
    """

    weights: Floats
    capacity: Floats
    whole: Bools
    most: Floats
    critical: tuple[Ints, ...]
    people: Ints

    @property
    def loads(self) -> int:
        """How many loads there are; columns beyond them are auxiliary."""
        return len(self.most)

    @property
    def columns(self) -> int:
        """How many columns there are, auxiliary ones too."""
        return int(self.weights.shape[1])

    @property
    def roomy(self) -> bool:
        """True where limits on loads are all there is, without a choice between several rooms."""
        return self.columns == self.loads

    @cached_property
    def granted(self) -> Floats:
        """The capacity, with what a solver may be over it."""
        return self.capacity + np.clip(SLACK * np.abs(self.capacity), _LEAST_SLACK, _MOST_SLACK)

    @cached_property
    def monotone(self) -> bool:
        """True where a flight that may carry something may carry less of it."""
        return bool((self.weights[:, : self.loads] >= 0.0).all())

    @cached_property
    def limits(self) -> Bools:
        """The rows that speak of loads alone."""
        return np.asarray((self.weights[:, self.loads :] == 0.0).all(axis=1), dtype=bool)

    @cached_property
    def items(self) -> Ints:
        """Whole loads that are no people."""
        return np.setdiff1d(np.flatnonzero(self.whole[: self.loads]), self.people)

    @cached_property
    def poured(self) -> Ints:
        """Loads that can be divided."""
        return np.flatnonzero(~self.whole[: self.loads])

    def only(self, there: Bools) -> Hold:
        """The hold for some of its loads, when nothing else is aboard."""
        kept = np.concatenate([there, np.ones(self.columns - self.loads, dtype=bool)])
        place = np.cumsum(there) - 1
        return Hold(
            weights=self.weights[:, kept],
            capacity=self.capacity,
            whole=self.whole[kept],
            most=self.most[there],
            critical=tuple(place[group[there[group]]] for group in self.critical if there[group].any()),
            people=place[self.people[there[self.people]]],
        )

    def within(self, loads: Floats) -> bool:
        """Whether a flight keeps the limits that speak of loads alone; `loads` may be a table, a column a flight."""
        used = self.weights[self.limits, : self.loads] @ loads
        capacity = self.granted[self.limits]
        capacity = capacity + _ROUNDING * (1.0 + np.abs(capacity))
        return bool(np.all(used <= (capacity if loads.ndim == 1 else capacity[:, None])))


def hold_of(scenario: Scenario, itinerary: Itinerary) -> Hold:
    """What one flight of an itinerary may carry: its limits, and a room for each item where a stack has several rooms."""
    loads = itinerary.loads
    signs = np.array([-1.0 if limit.least else 1.0 for limit in itinerary.limits])
    weights = np.array([limit.weights for limit in itinerary.limits]).reshape(len(signs), len(loads))
    capacity = np.array([limit.capacity for limit in itinerary.limits])
    stacks = dict.fromkeys(_stacks(scenario, itinerary.course, loads))
    found = Hold(
        weights=signs[:, None] * weights,
        capacity=signs * capacity,
        whole=np.array([load.whole for load in loads], dtype=bool),
        most=_most(scenario, loads, weights, capacity, signs),
        critical=tuple(_critical(scenario, loads)),
        people=np.array([i for i, load in enumerate(loads) if load.kind == "crew"], dtype=np.intp),
    )
    for stack in stacks:
        found = _with_rooms(found, loads, stack)
    return found


def _most(
    scenario: Scenario, loads: Sequence[Load], weights: Floats, capacity: Floats, signs: Floats
) -> Floats:
    """An upper bound for each load on one flight; infinite where nothing bounds it."""
    bounding = (weights >= 0.0).all(axis=1) & (signs > 0)
    most = np.full(len(loads), np.inf)
    for row in np.flatnonzero(bounding):
        heavy = weights[row] > 0
        most[heavy] = np.minimum(most[heavy], capacity[row] / weights[row, heavy])
    for index, load in enumerate(loads):
        if load.kind == "element":
            most[index] = min(most[index], float(scenario.elements[load.name].quantity))
        if load.whole:
            most[index] = np.floor(most[index] + 1e-9)
    return np.asarray(np.maximum(most, 0.0), dtype=float)


def _critical(scenario: Scenario, loads: Sequence[Load]) -> Iterator[Ints]:
    """Loads of each life-critical resource to each stop where it alights."""
    groups: dict[tuple[str, int], list[int]] = {}
    for index, load in enumerate(loads):
        if load.name in scenario.resources and not load.whole and scenario.resources[load.name].life_critical:
            groups.setdefault((load.name, load.alight), []).append(index)
    for members in groups.values():
        yield np.array(members, dtype=np.intp)


# ---- several rooms -----------------------------------------------------------------------------------

_Stack = tuple[tuple[Room, ...], tuple[int, ...]]  # rooms of a leg, and the loads that ride it and take room


def _stacks(scenario: Scenario, course: Course, loads: Sequence[Load]) -> Iterator[_Stack]:
    """Legs on which items have a choice of rooms: with one room, the itinerary's limits say all."""
    for leg in range(len(course.rides)):
        rooms = tuple(vehicle.room for vehicle in aboard(scenario, course, leg) if vehicle.room)
        riding = tuple(
            i for i, load in enumerate(loads) if load.room != "none" and load.board <= leg < load.alight
        )
        if len(rooms) > 1 and any(loads[i].whole for i in riding):
            yield rooms, riding


def _with_rooms(hold: Hold, loads: Sequence[Load], stack: _Stack) -> Hold:
    """The hold with an amount of each item in each room, and of what is poured, by kind.

    What is poured fits where each kind fits the rooms of its kind and all fits in all rooms; what may ride in either
    kind is what is left of all.
    """
    rooms, riding = stack
    items = [i for i in riding if loads[i].whole]
    goods = [i for i in riding if not loads[i].whole]
    width, each = hold.columns, len(items) + 2
    rows: list[Mapping[int, float]] = []
    bounds: list[float] = []

    def at_most(row: Mapping[int, float], bound: float) -> None:
        rows.append(row)
        bounds.append(bound)

    def column(room: int, index: int) -> int:
        return width + room * each + index

    pressurised, unpressurised = len(items), len(items) + 1
    for n, item in enumerate(items):
        at_most({item: 1.0, **{column(r, n): -1.0 for r in range(len(rooms))}}, 0.0)
    for kinds, columns in (
        (("pressurised",), (pressurised,)),
        (("unpressurised",), (unpressurised,)),
        (("pressurised", "unpressurised", "either"), (pressurised, unpressurised)),
    ):
        poured = {i: loads[i].mass_kg for i in goods if loads[i].room in kinds}
        at_most({**poured, **{column(r, c): -1.0 for r in range(len(rooms)) for c in columns}}, 0.0)
    for r, room in enumerate(rooms):
        masses = {column(r, n): loads[i].mass_kg for n, i in enumerate(items)}
        for kind, own, bound in (
            ("pressurised", pressurised, room.pressurised),
            ("unpressurised", unpressurised, room.unpressurised),
        ):
            inside = {column(r, n): loads[i].mass_kg for n, i in enumerate(items) if loads[i].room == kind}
            at_most({**inside, column(r, own): 1.0}, float(room.total if bound is None else bound))
        at_most({**masses, column(r, pressurised): 1.0, column(r, unpressurised): 1.0}, float(room.total))
        if room.volume is not None:
            at_most({column(r, n): loads[i].volume_m3 for n, i in enumerate(items)}, float(room.volume))
    table = np.zeros((len(rows), width + each * len(rooms)))
    for number, row in enumerate(rows):
        table[number, list(row)] = list(row.values())
    wider = np.hstack([hold.weights, np.zeros((len(hold.weights), each * len(rooms)))])
    whole = np.tile([*[True] * len(items), False, False], len(rooms))
    return Hold(
        weights=np.vstack([wider, table]),
        capacity=np.concatenate([hold.capacity, bounds]),
        whole=np.concatenate([hold.whole, whole]),
        most=hold.most,
        critical=hold.critical,
        people=hold.people,
    )
