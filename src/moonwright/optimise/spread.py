"""Loads shared out over flights that are alike so that the loss of one flight hurts least: an LP; a MILP if wholes move.

With x[l,f] of load l on flight f, T_g the total of group g, while every flight keeps its limits:

    sum_f x[l,f] = total_l,  sum_(l in g) x[l,f] <= T_g share_g,  share_g <= largest for life-critical g.

First `largest` is made least, then, with it held, the sum of all shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from moonwright.errors import InternalError
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.hold import Bools, Hold, Ints
from moonwright.optimise.model import Floats, Model

_AT_ONCE = Limits(gap=1e-6, time_s=20.0)  # of a pouring: an LP, or a MILP of a few items in a few rooms
_HELD = 1e-6  # how far the largest share may drift while the others are made least
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
        capacity=hold.granted - (hold.weights[:, : hold.loads] @ wholes).T,
        whole=hold.whole[moving],
        totals=totals[hold.poured],
        most=totals[hold.poured],
        critical=tuple(np.searchsorted(hold.poured, group) for group in hold.critical),
    )
    model = sharing.model()
    values = _tried(model, sharing.largest(), _AT_ONCE)
    if values is None:
        return None
    held = model.column_upper.copy()
    held[-1] = values[-1] + _HELD
    evener = _tried(replace(model, column_upper=held), sharing.shares(), _AT_ONCE)
    found = wholes.copy()
    found[hold.poured] = sharing.table(values if evener is None else evener)
    return found if hold.within(found) else None


def placed_by_search(
    hold: Hold, flights: int, totals: Floats, limits: Limits, start: Floats | None
) -> Floats | None:
    """Whole loads as in the best sharing of everything that is found within limits, as a table; None where none is."""
    sharing = _Sharing(
        weights=hold.weights,
        capacity=np.tile(hold.granted, (flights, 1)),
        whole=hold.whole,
        totals=totals,
        most=np.minimum(hold.most, totals),
        critical=hold.critical,
    )
    told = None if start is None or not hold.roomy else sharing.told(start)
    values = _tried(sharing.model(), sharing.largest(), limits, told)
    if values is None:
        return None
    return np.where(hold.whole[: hold.loads, None], np.round(sharing.table(values)), 0.0)


def _tried(model: Model, costs: Floats, limits: Limits, start: Floats | None = None) -> Floats | None:
    """Values; None where there are none, or where HiGHS gives up, as 1.16.0 may where there is hardly any room left."""
    try:
        values = solve(model, costs, limits, start=start).values
    except InternalError:
        return None
    return values if values.size else None


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

    @property
    def units(self) -> Floats:
        """What one of each column is, so that the solver sees numbers about one: of what can be divided, all or a tonne."""
        auxiliary = np.full(self.weights.shape[1] - len(self.totals), 1000.0)
        return np.where(
            self.whole, 1.0, np.concatenate([np.where(self.totals > 0, self.totals, 1.0), auxiliary])
        )

    def table(self, values: Floats) -> Floats:
        """Loads by flight, summing up to the totals without the solver's rounding."""
        size = self.flights * self.weights.shape[1]
        found = (values[:size].reshape(self.flights, -1) * self.units)[:, : len(self.totals)].T
        found = np.where(self.totals[:, None] > 0, np.maximum(found, 0.0), 0.0)
        sums = found.sum(axis=1)
        return found * np.where(sums > 0, self.totals / np.where(sums > 0, sums, 1.0), 1.0)[:, None]

    def told(self, table: Floats) -> Floats:
        """Values of all columns for a table of loads."""
        shares = [table[g].sum(axis=0).max() / self.totals[g].sum() for g in self.groups]
        largest = max(shares[: self.life], default=1.0)
        return np.concatenate([(table / self.units[:, None]).T.ravel(), shares, [largest]])

    def model(self) -> Model:
        """All columns, in their units, and rows, limits as shares of their capacity."""
        flights, (limits, width) = self.flights, self.weights.shape
        groups, loads, units = self.groups, len(self.totals), self.units
        blocks = _Rows()
        sums = np.arange(flights)[None, :] * width + np.arange(loads)[:, None]
        there = self.totals / units[:loads]
        blocks.add(sums, np.ones((loads, flights)), there, there)
        for f in range(flights):
            scale = 1.0 / np.maximum(1.0, np.abs(self.capacity[f]))
            columns = np.tile(np.arange(width) + f * width, (limits, 1))
            weights = self.weights * units * scale[:, None]
            blocks.add(columns, weights, np.full(limits, -np.inf), self.capacity[f] * scale)
        largest = flights * width + len(groups)
        for g, group in enumerate(groups):
            share = flights * width + g
            columns = np.hstack([np.arange(flights)[:, None] * width + group, np.full((flights, 1), share)])
            parts = np.tile(units[group] / self.totals[group].sum(), (flights, 1))
            rows = np.hstack([parts, -np.ones((flights, 1))])
            blocks.add(columns, rows, np.full(flights, -np.inf), np.zeros(flights))
            if g < self.life:
                pair = np.array([[share, largest]])
                blocks.add(pair, np.array([[1.0, -1.0]]), np.array([-np.inf]), np.zeros(1))
        least = np.concatenate([np.zeros(flights * width), np.full(len(groups) + 1, 1.0 / flights)])
        each = np.concatenate([self.most / units[:loads], np.full(width - loads, np.inf)])
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
