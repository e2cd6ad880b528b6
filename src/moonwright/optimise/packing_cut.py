"""Why loads cannot be shared out over flights, said so that it holds for every flight of the itinerary: one inequality.

Where the mean flight lies outside the hull of what a single flight may carry, some weights u and bound b part them:
u x <= b for whatever one flight carries, and u total > b n. Summed over any number of flights the first is a row that the
model may have (docs/model/manifests.md). Found by columns, as E. A. Boyd's Fenchel cuts (Operations Research 42, 1994).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.hold import Hold
from moonwright.optimise.model import Family, Floats, Model
from moonwright.optimise.problem import Problem, arc_key
from moonwright.optimise.row import Row, at_most

_PRICING = Limits(gap=0.0, time_s=10.0, nodes=200)  # of the dearest that one flight can carry
_MASTER = Limits(gap=0.0, time_s=10.0)  # an LP
_EFFORT = 4000  # flights tried times loads, before what was found so far must do
_DEEP = 1e-4  # least violation, in mean loads, that a new row is worth
_SAFE = 1e-9  # by which a bound is raised, relative: far less than packing grants, so that what keeps the row is packed


@dataclass(frozen=True)
class Cut:
    """sum_l weights[l] * load[l] <= most * flights, for every arc of an itinerary."""

    itinerary: str
    weights: tuple[float, ...]
    most: float


def carried_together(cuts: Sequence[Cut]) -> Family:
    """sum_l u_l load_l <= b * flights, for each arc of an itinerary of which no single flight carries more than b."""

    def carried_together(problem: Problem) -> Iterator[Row]:
        for n, cut in enumerate(cuts):
            for a, arc in enumerate(problem.network.arcs):
                if arc.itinerary.name == cut.itinerary:
                    terms = [(problem.loads[a, i], cut.weights[i]) for i in arc.loads if cut.weights[i]]
                    yield at_most((*arc_key(arc), n), [*terms, (problem.flights[a], -cut.most)], 0.0)

    return carried_together


def parting(hold: Hold, flights: int, totals: Floats) -> tuple[Floats, float] | None:
    """Weights of the loads, and the most of them that one flight can carry; `totals` on so many flights exceed it.

    None where every such inequality holds: then whole flights may still not be found, but no mean of flights tells why;
    or where some load is not bounded.
    """
    if not np.isfinite(hold.most).all():
        return None
    there = np.flatnonzero(totals > 0)
    mean = totals[there] / flights
    flight = _Flight(hold)
    known: list[Floats] = []  # single flights, in mean loads
    best: tuple[float, Floats, float] | None = None
    for _ in range(1 + _EFFORT // len(there)):
        prices, asked = _master(known, len(there), hold.monotone)
        weights = np.zeros(hold.loads)
        weights[there] = prices / mean
        carried, most = flight.dearest(weights)
        if carried is None:
            break
        depth = float(prices.sum()) - most
        if best is None or depth > best[0]:
            best = depth, weights, most
        if most <= asked + _DEEP / 10 or prices.sum() - asked <= _DEEP:
            break
        known.append(carried[there] / mean)
    if best is None or best[0] <= _DEEP:
        return None
    _, weights, most = best
    return weights, most + _SAFE * abs(most)


def _master(known: Sequence[Floats], loads: int, monotone: bool) -> tuple[Floats, float]:
    """Prices in [-1, 1] and a bound that part the mean (all ones) from the known flights as far as they can."""
    table = np.array([*known]).reshape(len(known), loads)
    rows = len(known)
    free = 1.0 + loads  # no bound needs to be larger: the prices of a mean flight sum to less
    model = Model(
        column_lower=np.array([*np.full(loads, 0.0 if monotone else -1.0), -free]),
        column_upper=np.array([*np.ones(loads), free]),
        whole=np.zeros(loads + 1, dtype=bool),
        column_labels=(),
        row_lower=np.full(rows, -np.inf),
        row_upper=np.zeros(rows),
        row_labels=(),
        starts=np.arange(rows + 1, dtype=np.int32) * (loads + 1),
        indices=np.tile(np.arange(loads + 1, dtype=np.int32), rows),
        values=np.hstack([table, np.full((rows, 1), -1.0)]).ravel(),
    )
    answer = solve(model, np.array([*np.full(loads, -1.0), 1.0]), _MASTER)
    return answer.values[:-1], float(answer.values[-1])


class _Flight:
    """One flight as a model, for which the dearest that it may carry is asked again and again."""

    def __init__(self, hold: Hold) -> None:
        rows, columns = np.nonzero(hold.weights)
        wide = hold.weights.shape[1]
        self.loads = hold.loads
        self.model = Model(
            column_lower=np.zeros(wide),
            column_upper=np.concatenate([hold.most, np.full(wide - hold.loads, np.inf)]),
            whole=hold.whole,
            column_labels=(),
            row_lower=np.full(len(hold.capacity), -np.inf),
            row_upper=hold.capacity,
            row_labels=(),
            starts=np.searchsorted(rows, np.arange(len(hold.capacity) + 1)).astype(np.int32),
            indices=columns.astype(np.int32),
            values=hold.weights[rows, columns],
        )

    def dearest(self, weights: Floats) -> tuple[Floats | None, float]:
        """Loads of a flight with the largest sum of weights, and a proven bound on that sum; None where none is found."""
        costs = np.zeros(len(self.model.column_lower))
        costs[: self.loads] = -weights
        answer = solve(self.model, costs, _PRICING)
        if not answer.values.size:
            return None, np.inf
        return answer.values[: self.loads], -min(answer.bound, answer.objective)
