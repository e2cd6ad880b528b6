"""From an arc's aggregate to single flights: which item, which people, how much of each resource on which flight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from moonwright.network.network import Arc
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Floats, Model


class UnpackableError(Exception):
    """The loads of an arc fit its flights in sum, but not flight by flight. `arc` is its number."""

    def __init__(self, arc: int) -> None:
        self.arc = arc
        super().__init__(f"arc {arc} cannot be packed")


def pack(number: int, arc: Arc, flights: int, totals: Floats) -> list[Floats]:
    """Loads of each of `flights` flights, in the order of the itinerary's loads; their sum is `totals`.

    Raises UnpackableError where whole items cannot be shared out within every flight's limits.
    """
    whole = [load.whole and total > 0.5 for load, total in zip(arc.itinerary.loads, totals, strict=True)]
    if flights == 1:
        return [totals]
    if not any(whole):
        return [totals / flights] * flights
    model = _packing(arc, flights, totals)
    costs = np.tile(np.arange(flights), len(totals)).astype(float)  # the first flights are filled first
    answer = solve(model, costs, Limits(0.5, 20.0))
    if not answer.values.size:
        raise UnpackableError(number)
    table = answer.values.reshape(len(totals), flights)
    rounded = np.where(np.array(whole)[:, None], np.round(table), table)
    return [rounded[:, f] for f in range(flights)]


def _packing(arc: Arc, flights: int, totals: Floats) -> Model:
    """Column (l, f): load l on flight f. Rows: each load in sum, each limit on each flight."""
    rows = [*_sums(flights, totals), *_limits(arc, flights)]
    starts = np.cumsum([0, *(len(columns) for columns, _, _, _ in rows)], dtype=np.int32)
    wholes = np.repeat([load.whole for load in arc.itinerary.loads], flights)
    return Model(
        column_lower=np.zeros(len(wholes)),
        column_upper=np.repeat(totals, flights),
        whole=wholes,
        column_labels=tuple(f"x{i}" for i in range(len(wholes))),
        row_lower=np.array([lower for _, _, lower, _ in rows]),
        row_upper=np.array([upper for _, _, _, upper in rows]),
        row_labels=tuple(f"r{i}" for i in range(len(rows))),
        starts=starts,
        indices=np.array([c for columns, _, _, _ in rows for c in columns], dtype=np.int32),
        values=np.array([w for _, weights, _, _ in rows for w in weights], dtype=float),
    )


_Sparse = tuple[list[int], list[float], float, float]


def _sums(flights: int, totals: Floats) -> Iterator[_Sparse]:
    for load, total in enumerate(totals):
        yield [load * flights + f for f in range(flights)], [1.0] * flights, float(total), float(total)


def _limits(arc: Arc, flights: int) -> Iterator[_Sparse]:
    for limit in arc.itinerary.limits:
        loads = [i for i, weight in enumerate(limit.weights) if weight]
        lower, upper = (limit.capacity, np.inf) if limit.least else (-np.inf, limit.capacity)
        for f in range(flights):
            yield [i * flights + f for i in loads], [limit.weights[i] for i in loads], lower, upper
