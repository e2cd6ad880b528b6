"""Whatever is shared out over flights: it sums up, it fits flight by flight, and no flight carries more than it must
of what people cannot live without.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moonwright.optimise.hold import SLACK, Hold
from moonwright.optimise.model import Floats
from moonwright.optimise.pack import share_out
from moonwright.optimise.packing_cut import parting
from moonwright.optimise.spread import largest_share

SAME = 1e-4  # shares: the slack of limits, in shares of a small total, and the solver's gap


A_PERSON_KG = 5.0


@dataclass(frozen=True)
class Case:
    """Items with a mass and a volume, goods with a mass, of which the first `vital` are life-critical; people.

    Every flight takes at least `least` people and at most `seats`.
    """

    flights: int
    mass_kg: float
    volume_m3: float
    items: list[tuple[float, float]]
    numbers: list[int]
    goods_kg: list[float]
    vital: int
    people: int
    seats: int
    least: int

    @property
    def hold(self) -> Hold:
        """Loads: items, goods, people. Limits: mass, volume, seats, least crew."""
        items, goods = len(self.items), len(self.goods_kg)
        masses = [mass for mass, _ in self.items] + [1.1] * goods + [A_PERSON_KG]
        volumes = [volume for _, volume in self.items] + [0.0] * goods + [0.0]
        seated = np.array([0.0] * (items + goods) + [1.0])
        return Hold(
            weights=np.array([masses, volumes, seated, -seated]),
            capacity=np.array([self.mass_kg, self.volume_m3, self.seats, -self.least]),
            whole=np.array([True] * items + [False] * goods + [True]),
            most=np.array([*self.numbers, *[self.mass_kg / 1.1] * goods, self.seats], dtype=float),
            critical=tuple(np.array([items + g]) for g in range(self.vital)),
            people=np.array([items + goods], dtype=np.intp),
        )

    @property
    def totals(self) -> Floats:
        return np.array([*self.numbers, *self.goods_kg, self.people], dtype=float)

    @property
    def crews(self) -> Iterator[tuple[int, ...]]:
        """All ways to seat everybody."""
        for crew in itertools.product(range(self.least, self.seats + 1), repeat=self.flights):
            if sum(crew) == self.people:
                yield crew


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to three flights, five items, three goods; filled to the brim now and then; people on half of them."""
    kinds = draw(st.integers(1, 3))
    items = [(draw(st.integers(1, 60)) * 1.0, draw(st.integers(0, 9)) * 1.0) for _ in range(kinds)]
    numbers = [draw(st.integers(1, 5 // kinds)) for _ in range(kinds)]
    goods = draw(st.integers(1, 3))
    flights = draw(st.integers(2, 3))
    goods_kg = [draw(st.integers(1, 80)) * 1.0 for _ in range(goods)]
    seats = draw(st.sampled_from([0, 0, 1, 2, 3]))
    people = draw(st.integers(0, seats * flights))
    in_all = sum(n * mass for n, (mass, _) in zip(numbers, items, strict=True)) + 1.1 * sum(goods_kg)
    room = draw(st.sampled_from([1.0, 1.02, 1.1, 1.3, 2.0]))
    return Case(
        flights=flights,
        mass_kg=(in_all + A_PERSON_KG * people) / flights * room,
        volume_m3=draw(st.integers(5, 30)) * 1.0,
        items=items,
        numbers=numbers,
        goods_kg=goods_kg,
        vital=draw(st.integers(0, goods)),
        people=people,
        seats=seats,
        least=draw(st.integers(0, people // flights)),
    )


def least_share(case: Case) -> float | None:
    """The least possible largest share, found by trying every place of everything whole; None where nothing fits."""
    single = [item for item, n in zip(case.items, case.numbers, strict=True) for _ in range(n)]
    rooms_left = set()
    for places in itertools.product(range(case.flights), repeat=len(single)):
        mass_kg, volume_m3 = [0.0] * case.flights, [0.0] * case.flights
        for (mass, volume), place in zip(single, places, strict=True):
            mass_kg[place] += mass
            volume_m3[place] += volume
        if max(volume_m3) <= case.volume_m3:
            for crew in case.crews:
                aboard = [kg + A_PERSON_KG * n for kg, n in zip(mass_kg, crew, strict=True)]
                left_kg = sorted(case.mass_kg * (1.0 + SLACK) - kg for kg in aboard)
                if min(left_kg) >= 0.0:
                    rooms_left.add(tuple(round(kg, 9) for kg in left_kg))
    shares = [least_share_beside(case, list(left_kg)) for left_kg in rooms_left]
    return min((share for share in shares if share is not None), default=None)


def least_share_beside(case: Case, left_kg: list[float]) -> float | None:
    """Bisection on the share. What is poured fits exactly when no set of goods is too much for where it may go:

    sum over flights of min(room left, what of the set may go there) >= mass of the set (Gale 1957, from max-flow = min-cut).
    """
    packed_kg = [1.1 * kg for kg in case.goods_kg]

    def possible(share: float) -> bool:
        caps = [kg * (share if g < case.vital else 1.0) for g, kg in enumerate(packed_kg)]
        sets = itertools.chain.from_iterable(
            itertools.combinations(range(len(packed_kg)), size) for size in range(1, len(packed_kg) + 1)
        )
        return all(
            sum(min(left, sum(caps[g] for g in chosen)) for left in left_kg)
            >= sum(packed_kg[g] for g in chosen) - 1e-9
            for chosen in sets
        )

    low, high = 1.0 / case.flights, 1.0
    if not possible(high):
        return None
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if possible(middle) else (middle, high)
    return high if case.vital else 0.0


@given(case=cases())
def test_what_is_shared_out_sums_up_fits_and_is_spread_as_well_as_can_be(case: Case) -> None:
    """Against brute force: found exactly where there is a packing, and with the least possible largest share."""
    table = share_out(case.hold, case.flights, case.totals)
    least = least_share(case)
    assert (table is not None) == (least is not None)
    if table is None or least is None:
        return
    assert np.allclose(table.sum(axis=1), case.totals, rtol=1e-12, atol=0.0)
    assert table.min() >= 0.0
    wholes = table[case.hold.whole]
    assert np.array_equal(wholes, np.round(wholes))
    assert case.hold.within(table)
    assert largest_share(table, case.hold.critical) <= least + SAME


@given(case=cases())
def test_what_parts_a_group_from_every_flight_cuts_off_no_flight(case: Case) -> None:
    """An inequality is broken by the group and kept by every single flight, of which all extreme ones are tried."""
    parted = parting(case.hold, case.flights, case.totals)
    if least_share(case) is not None:
        assert parted is None
    if parted is not None:
        weights, most = parted
        assert weights @ case.totals > most * case.flights
        assert all(weights @ flight <= most + 1e-9 for flight in extreme_flights(case))


def extreme_flights(case: Case) -> Iterator[Floats]:
    """All whole loads that one flight holds, with the rest of it empty and filled with one of the goods."""
    crews = range(case.least, case.seats + 1)
    for *numbers, people in itertools.product(*(range(number + 1) for number in case.numbers), crews):
        mass_kg = (
            sum(n * mass for n, (mass, _) in zip(numbers, case.items, strict=True)) + A_PERSON_KG * people
        )
        volume_m3 = sum(n * volume for n, (_, volume) in zip(numbers, case.items, strict=True))
        if mass_kg <= case.mass_kg and volume_m3 <= case.volume_m3:
            for good in range(len(case.goods_kg)):
                poured = np.zeros(len(case.goods_kg))
                yield np.array([*numbers, *poured, people])
                poured[good] = (case.mass_kg - mass_kg) / 1.1
                yield np.array([*numbers, *poured, people])
