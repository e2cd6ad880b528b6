"""Loads shared out over flights that are alike so that the loss of one flight hurts least: an LP; a MILP if wholes move.

With x[l,f] of load l on flight f, T_g the total of group g, while every flight keeps its limits:

    sum_f x[l,f] = total_l,  sum_(l in g) x[l,f] <= T_g share_g,  share_g <= largest for life-critical g.

First `largest` is made least, then, with it held, the sum of all shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.hold import Bools, Hold, Ints
from moonwright.optimise.model import Floats, Model

_AT_ONCE = Limits(gap=1e-6, time_s=20.0)  # of a pouring: an LP, or a MILP of a few items in a few rooms
_HELD = 1e-7  # how far the largest share may drift while the others are made least
_EVEN = 1e-6  # shares closer than this are alike


def largest_share(table: Floats, critical: Sequence[Ints]) -> float:
    """The largest share of a life-critical resource on one flight; 0 where none is aboard."""
    aboard = [table[group].sum(axis=0) for group in critical]
    return max((float(kg.max() / kg.sum()) for kg in aboard if kg.sum() > 0), default=0.0)


def is_even(share: float, flights: int) -> bool:
    """True where no flight carries more than its part: nothing can be spread better."""
    return share <= 1.0 / flights + _EVEN


def poured(hold: Hold, wholes: Floats, totals: Floats) -> Floats | None:
    """The table `wholes` filled with what can be divided, spread as well as it allows; None where there is no room."""
    flights = wholes.shape[1]
    even = np.where(hold.whole[: hold.loads, None], wholes, totals[:, None] / flights)
    if hold.roomy and hold.within(even):
        return even
    moving = np.concatenate([hold.poured, np.arange(hold.loads, hold.columns)])
    sharing = _Sharing(
        weights=hold.weights[:, moving],
        capacity=hold.capacity - (hold.weights[:, : hold.loads] @ wholes).T,
        whole=hold.whole[moving],
        totals=totals[hold.poured],
        most=totals[hold.poured],
        critical=tuple(np.searchsorted(hold.poured, group) for group in hold.critical),
    )
    model = sharing.model()
    answer = solve(model, sharing.largest(), _AT_ONCE)
    if not answer.values.size:
        return None
    held = model.column_upper.copy()
    held[-1] = answer.values[-1] + _HELD
    evener = solve(replace(model, column_upper=held), sharing.shares(), _AT_ONCE)
    found = wholes.copy()
    found[hold.poured] = sharing.table(evener if evener.values.size else answer)
    return found if hold.within(found) else None


def shared(hold: Hold, flights: int, totals: Floats, limits: Limits, start: Floats | None) -> Answer:
    """The best sharing of everything, wholes too, within limits; read it with `wholes_of`."""
    sharing = _Sharing(
        weights=hold.weights,
        capacity=np.tile(hold.capacity, (flights, 1)),
        whole=hold.whole,
        totals=totals,
        most=np.minimum(hold.most, totals),
        critical=hold.critical,
    )
    told = None if start is None or not hold.roomy else sharing.told(start)
    return solve(sharing.model(), sharing.largest(), limits, start=told)


def wholes_of(hold: Hold, flights: int, answer: Answer) -> Floats:
    """The whole loads in an answer of `shared`, as a table with noughts for what is poured."""
    width = hold.columns
    table = answer.values[: flights * width].reshape(flights, width)[:, : hold.loads].T
    return np.where(hold.whole[: hold.loads, None], np.round(table), 0.0)


@dataclass(frozen=True)
class _Sharing:
    """What is shared out: columns (flight, load or auxiliary), then a share for each group, then the largest.

    `capacity` has a row for each flight; `totals` and `most` speak of the first columns of `weights`, the loads.
    """

    weights: Floats
    capacity: Floats
    whole: Bools
    totals: Floats
    most: Floats
    critical: tuple[Ints, ...]

    @property
    def flights(self) -> int:
        return len(self.capacity)

    @property
    def groups(self) -> list[Ints]:
        """Critical groups first, then every other load that can be divided by itself; only those that there are."""
        known = {int(load) for group in self.critical for load in group}
        loads = len(self.totals)
        others = [np.array([i]) for i in range(loads) if not self.whole[i] and i not in known]
        return [group for group in (*self.critical, *others) if self.totals[group].sum() > 0]

    @property
    def life(self) -> int:
        """How many of the groups are life-critical."""
        return sum(self.totals[group].sum() > 0 for group in self.critical)

    def largest(self) -> Floats:
        """Costs of the largest share."""
        costs = np.zeros(self.flights * self.weights.shape[1] + len(self.groups) + 1)
        costs[-1] = 1.0 if self.life else 0.0
        return costs

    def shares(self) -> Floats:
        """Costs of all shares alike."""
        costs = np.zeros_like(self.largest())
        costs[self.flights * self.weights.shape[1] : -1] = 1.0
        return costs

    def table(self, answer: Answer) -> Floats:
        """Loads by flight, summing up to the totals without the solver's rounding."""
        size = self.flights * self.weights.shape[1]
        found = answer.values[:size].reshape(self.flights, -1)[:, : len(self.totals)].T
        found = np.where(self.totals[:, None] > 0, np.maximum(found, 0.0), 0.0)
        sums = found.sum(axis=1)
        return found * np.where(sums > 0, self.totals / np.where(sums > 0, sums, 1.0), 1.0)[:, None]

    def told(self, table: Floats) -> Floats:
        """Values of all columns for a table of loads."""
        shares = [table[g].sum(axis=0).max() / self.totals[g].sum() for g in self.groups]
        return np.concatenate([table.T.ravel(), shares, [max(shares[: self.life], default=1.0)]])

    def model(self) -> Model:
        """All columns and rows."""
        flights, (limits, width) = self.flights, self.weights.shape
        groups, loads = self.groups, len(self.totals)
        blocks = _Rows()
        sums = np.arange(flights)[None, :] * width + np.arange(loads)[:, None]
        blocks.add(sums, np.ones((loads, flights)), self.totals, self.totals)
        for f in range(flights):
            columns = np.tile(np.arange(width) + f * width, (limits, 1))
            blocks.add(columns, self.weights, np.full(limits, -np.inf), self.capacity[f])
        for g, group in enumerate(groups):
            share = flights * width + g
            columns = np.hstack([np.arange(flights)[:, None] * width + group, np.full((flights, 1), share)])
            part = np.full((flights, len(group)), 1.0 / self.totals[group].sum())
            rows = np.hstack([part, -np.ones((flights, 1))])
            blocks.add(columns, rows, np.full(flights, -np.inf), np.zeros(flights))
        largest = flights * width + len(groups)
        for g in range(self.life):
            blocks.add(
                np.array([[flights * width + g, largest]]),
                np.array([[1.0, -1.0]]),
                np.array([-np.inf]),
                np.zeros(1),
            )
        least = np.concatenate([np.zeros(flights * width), np.full(len(groups) + 1, 1.0 / flights)])
        each = np.concatenate([self.most, np.full(width - loads, np.inf)])
        most = np.concatenate([np.tile(each, flights), np.ones(len(groups) + 1)])
        whole = np.concatenate([np.tile(self.whole, flights), np.zeros(len(groups) + 1, dtype=bool)])
        return blocks.model(least, most, whole)


class _Rows:
    """Rows under construction, added as dense blocks."""

    def __init__(self) -> None:
        self.columns: list[Ints] = []
        self.weights: list[Floats] = []
        self.sizes: list[int] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []

    def add(self, columns: Ints, weights: Floats, lower: Floats, upper: Floats) -> None:
        """A block of rows; noughts are left out."""
        kept = weights != 0.0
        self.columns.append(columns[kept])
        self.weights.append(weights[kept])
        self.sizes += kept.sum(axis=1).tolist()
        self.lower.append(lower)
        self.upper.append(upper)

    def model(self, least: Floats, most: Floats, whole: Bools) -> Model:
        """The model of these rows."""
        return Model(
            column_lower=least,
            column_upper=most,
            whole=whole,
            column_labels=(),
            row_lower=np.concatenate(self.lower),
            row_upper=np.concatenate(self.upper),
            row_labels=(),
            starts=np.cumsum([0, *self.sizes], dtype=np.int32),
            indices=np.concatenate(self.columns).astype(np.int32),
            values=np.concatenate(self.weights),
        )
