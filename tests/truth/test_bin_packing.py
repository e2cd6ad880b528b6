"""Bin packing, whose hard cases are known: flights are bins, items are elements."""

from __future__ import annotations

import numpy as np
import pytest

import moonwright
from moonwright.optimise.hold import Hold
from moonwright.optimise.model import Floats
from moonwright.optimise.pack import share_out
from moonwright.optimise.place import placings
from moonwright.scenario.scenario import Scenario
from worlds import cape_and_base, one_way, rocket


def bins(capacity: float, *sizes: float) -> Hold:
    """A hold with one limit and nothing but items."""
    return Hold(
        weights=np.array([sizes]),
        capacity=np.array([capacity]),
        whole=np.ones(len(sizes), dtype=bool),
        most=np.floor(capacity / np.array(sizes)),
        critical=(),
        people=np.array([], dtype=np.intp),
    )


def packs(hold: Hold, numbers: list[float], into: int) -> bool:
    """Whether a packing is found; it must then be one."""
    totals: Floats = np.array(numbers)
    table = share_out(hold, into, totals)
    if table is not None:
        assert table.sum(axis=1).tolist() == numbers
        assert hold.within(table)
    return table is not None


def first_fit_decreasing(capacity: float, sizes: list[float]) -> int:
    """Bins that the rule takes, written out here once more."""
    free: list[float] = []
    for size in sorted(sizes, reverse=True):
        into = next((b for b, left in enumerate(free) if left >= size), None)
        if into is None:
            free.append(capacity - size)
        else:
            free[into] -= size
    return len(free)


def test_where_first_fit_decreasing_takes_11_bins_for_9() -> None:
    """The worst case of the rule, 11/9 of the best (D. S. Johnson, Near-optimal bin packing algorithms, MIT 1973).

    Six bins hold 51 + 26 + 23, three hold 27 + 27 + 23 + 23; every bin is full to the brim.
    """
    sizes, numbers = (51.0, 27.0, 26.0, 23.0), [6.0, 6.0, 6.0, 12.0]
    single = [size for size, number in zip(sizes, numbers, strict=True) for _ in range(int(number))]
    assert first_fit_decreasing(100, single) == 11
    assert packs(bins(100, *sizes), numbers, 9)
    assert not packs(bins(100, *sizes), numbers, 8)


@pytest.mark.parametrize(
    "triplets",
    [
        ((488, 253, 259), (477, 256, 267), (385, 266, 349), (445, 265, 290)),
        ((410, 287, 303), (449, 254, 297), (427, 280, 293), (460, 268, 272)),
        ((421, 259, 320), (430, 253, 317), (389, 302, 309), (448, 253, 299)),
    ],
)
def test_triplets_defeat_placing_one_by_one_but_not_the_search(
    triplets: tuple[tuple[float, ...], ...],
) -> None:
    """Each bin is filled to the brim by three items (made to be hard: E. Falkenauer, J. Heuristics 2, 1996)."""
    sizes = [size for triplet in triplets for size in triplet]
    ones = [1.0] * len(sizes)
    assert first_fit_decreasing(1000, sizes) > len(triplets)
    hold = bins(1000, *sizes)
    assert list(placings(hold, len(triplets), np.array(ones), np.zeros(len(sizes)))) == []
    assert packs(hold, ones, len(triplets))


@pytest.mark.parametrize(("into", "possible"), [(2, False), (3, True)])
def test_where_fractions_fit_but_wholes_do_not(into: int, possible: bool) -> None:
    """Lengths 44, 33, 12 for 2, 3, 6 pieces and stock of 132: in fractions 259/132 = 1.96 suffice, whole ones take 3.

    The smallest known cutting-stock problem without the rounding-up property (M. Fieldhouse, The duality gap in trim
    problems, SICUP Bulletin 5, 1990).
    """
    assert packs(bins(132, 44, 33, 12), [2, 3, 6], into) == possible


@pytest.mark.parametrize(("into", "possible"), [(4, False), (5, True)])
def test_weights_may_fit_where_volumes_do_not(into: int, possible: bool) -> None:
    """Ten items of 1 t and 6 m3 weigh 10 t in all; two go by volume into a flight of 4 t and 12 m3."""
    hold = bins(4, 1)
    both = Hold(np.array([[1.0], [6.0]]), np.array([4.0, 12.0]), hold.whole, hold.most, (), hold.people)
    assert packs(both, [10], into) == possible


@pytest.mark.parametrize(
    ("room_t", "items", "least"),
    [
        # 4.7 t in flights of 3 t: by mass two, one of each by number; but 1.6 t goes beside neither 1.6 t nor 1.5 t.
        (3.0, {1.6: 2, 1.5: 1}, 3),
        # 5.8 t in flights of 3 t; but 2.4 t go alone, and what is left is 3.4 t.
        (3.0, {2.4: 1, 1.7: 1, 1.0: 1, 0.7: 1}, 3),
        # No row can say why two flights are too few, as more items exist than are asked for: in fractions they are not.
        (1.32, {0.44: 2, 0.33: 3, 0.12: 6}, 3),
    ],
)
def test_the_planner_is_told_until_it_sends_as_many_flights_as_it_takes(
    room_t: float, items: dict[float, int], least: int
) -> None:
    """The least number of flights, which trying every place of every item finds too."""
    single = [mass for mass, number in items.items() for _ in range(number)]
    assert fewest(room_t, single) == least
    data = campaign(room_t, items)
    plan = moonwright.plan(data, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    assert moonwright.simulate(data, plan).certified
    assert len(plan.flights) == least


def fewest(room_t: float, masses_t: list[float]) -> int:
    """Bins of a size that masses need: each next mass goes to every open bin in turn, or to a new one."""

    def bins_from(left: list[float], free: list[float]) -> int:
        if not left:
            return len(free)
        first, rest = left[0], left[1:]
        found = [bins_from(rest, [*free, room_t - first])]
        for place, room in enumerate(free):
            if room >= first - 1e-9 and room not in free[:place]:
                found.append(bins_from(rest, [*free[:place], room - first, *free[place + 1 :]]))
        return min(found)

    return bins_from(sorted(masses_t, reverse=True), [])


def campaign(room_t: float, items: dict[float, int]) -> Scenario:
    """Items of these masses to a base in one quarter; a flight has so much room."""
    kinds = {f"of {mass} t": (mass, number) for mass, number in items.items()}
    data = cape_and_base(
        "bins",
        {"start": "2030-01-01", "end": "2030-07-01", "periods": [{"length": "3 months"}]},
        launchers={"rocket": rocket("9 t", "9 /yr", price="50 MUSD", first_flight="2030-04-01")},
        vehicles={"truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": f"{room_t} t"}}},
        missions={"haul": one_way("truck")},
        elements={
            name: {"owner": "a", "node": "base", "mass": f"{mass} t", "quantity": 11}
            for name, (mass, number) in kinds.items()
        },
        demands={
            f"{name} built": {"kind": "build", "element": name, "count": number, "by": "2030-07-01"}
            for name, (_, number) in kinds.items()
        },
    )
    return Scenario.model_validate(data)
