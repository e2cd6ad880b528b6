"""Several futures, one trunk: what is decided before a future parts from it is the same for all that have not parted yet.

The extensive form of a program with recourse (Birge and Louveaux, Introduction to Stochastic Programming, 2011): the models
of all futures side by side, with one column for each decision that they share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import StressError
from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.model import Floats, Model, with_columns, with_rows
from moonwright.optimise.row import Row, Terms, at_least

Ints = NDArray[np.int64]
NEVER = float("inf")


@dataclass(frozen=True)
class Future:
    """One way in which things may go: minimise costs * x + offset over a model whose columns have labels.

    `openings`: when each column is decided, shape (columns,); what comes before `parts` is decided on the trunk.
    """

    name: str
    probability: float
    model: Model
    costs: Floats
    openings: Ints
    parts: float
    offset: float = 0.0

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Which columns are the trunk's."""
        return np.asarray(self.openings < self.parts)


@dataclass(frozen=True)
class Together:
    """All futures in one model. `places[f]`: where the columns of future f stand in it; `trunk`: what some share."""

    futures: tuple[Future, ...]
    model: Model
    places: tuple[Ints, ...]
    trunk: NDArray[np.bool_]

    def of(self, values: Floats, future: int) -> Floats:
        """What one future has of a solution, by its own columns."""
        return np.asarray(values[self.places[future]])

    def costs_of(self, values: Floats) -> Floats:
        """What a solution costs in each future."""
        return np.array([float(f.costs @ self.of(values, n)) + f.offset for n, f in enumerate(self.futures)])

    def expected(self) -> tuple[Floats, float]:
        """(cost of each column, offset) of the mean over futures."""
        costs = np.zeros(len(self.model.column_lower))
        for place, future in zip(self.places, self.futures, strict=True):
            np.add.at(costs, place, future.probability * future.costs)
        return costs, sum(f.probability * f.offset for f in self.futures)


def together(futures: Sequence[Future]) -> Together:
    """The futures in one model.

    A decision of the trunk that some future does not know is nought there, so it is nought for all; bounds are those that
    every future allows that shares them. Raises StressError unless the probabilities add up to one.
    """
    total = sum(future.probability for future in futures)
    if not isclose(total, 1.0, abs_tol=1e-9):
        raise StressError(f"the probabilities of the futures add up to {total:g}, not to 1")
    decided: dict[str, int] = {}  # labels of the trunk, and when each is decided
    for future in futures:
        for at in np.flatnonzero(future.shared):
            decided.setdefault(future.model.column_labels[at], int(future.openings[at]))
    numbers = {label: n for n, label in enumerate(decided)}
    places, end = [], len(numbers)
    for future in futures:
        place = np.full(len(future.costs), -1, dtype=np.int64)
        for at in np.flatnonzero(future.shared):
            place[at] = numbers[future.model.column_labels[at]]
        own = place < 0
        place[own] = end + np.arange(int(own.sum()))
        end += int(own.sum())
        places.append(place)
    model = _side_by_side(futures, tuple(places), end, decided)
    return Together(tuple(futures), model, tuple(places), np.arange(end) < len(numbers))


def _side_by_side(
    futures: Sequence[Future], places: Sequence[Ints], count: int, decided: Mapping[str, int]
) -> Model:
    lower, upper, whole = np.full(count, -np.inf), np.full(count, np.inf), np.zeros(count, dtype=np.bool_)
    labels = [*decided, *[""] * (count - len(decided))]
    when = np.array(list(decided.values()), dtype=np.int64)
    for future, place in zip(futures, places, strict=True):
        model = future.model
        lower[place] = np.maximum(lower[place], model.column_lower)
        upper[place] = np.minimum(upper[place], model.column_upper)
        whole[place] |= model.whole
        for at, label in zip(place.tolist(), model.column_labels, strict=True):
            labels[at] = label if at < len(decided) else f"{label} | {future.name}"
        absent = np.setdiff1d(np.flatnonzero(when < future.parts), place)
        lower[absent], upper[absent] = np.maximum(lower[absent], 0.0), np.minimum(upper[absent], 0.0)
    models = [future.model for future in futures]
    sizes = np.concatenate([np.diff(model.starts) for model in models])
    return Model(
        column_lower=lower,
        column_upper=upper,
        whole=whole,
        column_labels=tuple(labels),
        row_lower=np.concatenate([model.row_lower for model in models]),
        row_upper=np.concatenate([model.row_upper for model in models]),
        row_labels=tuple(f"{label} | {f.name}" for f in futures for label in f.model.row_labels),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        indices=np.concatenate(
            [place[model.indices] for place, model in zip(places, models, strict=True)]
        ).astype(np.int32),
        values=np.concatenate([model.values for model in models]),
    )


def least_expected(stage: Together, limits: Limits, start: Floats | None = None) -> Answer:
    """The trunk, and what follows in each future, of the least mean cost."""
    costs, offset = stage.expected()
    return solve(stage.model, costs, limits, offset=offset, start=start)


def least_risk(stage: Together, limits: Limits, *, tail: float, weight: float) -> Answer:
    """The same for (1 - weight) * mean + weight * CVaR: the mean of the dearest `tail` of the futures' probability.

    CVaR = min over t of t + sum of p_f u_f / tail, with u_f >= cost_f - t and u_f >= 0 (Rockafellar and Uryasev, Journal of
    Risk 2, 2000).
    """
    if not (0.0 < tail <= 1.0 and 0.0 <= weight <= 1.0):
        raise StressError(
            f"a tail of {tail:g} with a weight of {weight:g}: the tail is above 0, both at most 1"
        )
    first, count = len(stage.model.column_lower), len(stage.futures)
    lower = np.concatenate([[-np.inf], np.zeros(count)])
    labels = ["threshold", *(f"beyond threshold | {f.name}" for f in stage.futures)]
    wider = with_columns(stage.model, lower, np.full(1 + count, np.inf), labels=labels)
    rows: list[tuple[str, Row]] = []
    for n, future in enumerate(stage.futures):
        terms: Terms = [(first + 1 + n, 1.0), (first, 1.0)]
        terms += [(int(at), -float(c)) for at, c in zip(stage.places[n], future.costs, strict=True) if c]
        rows.append(("tail", at_least((future.name,), terms, future.offset)))
    costs, offset = stage.expected()
    of_tail = [weight, *(weight * f.probability / tail for f in stage.futures)]
    whole = with_rows(wider, rows)
    answer = solve(whole, np.append((1.0 - weight) * costs, of_tail), limits, offset=(1.0 - weight) * offset)
    return replace(answer, values=answer.values[:first])


def with_trunk(stage: Together, values: Floats) -> Model:
    """The model in which the trunk is decided as in `values`, by its columns; whole ones are rounded."""
    fixed = np.where(stage.model.whole, np.round(values), values)
    return replace(
        stage.model,
        column_lower=np.where(stage.trunk, fixed, stage.model.column_lower),
        column_upper=np.where(stage.trunk, fixed, stage.model.column_upper),
    )


def cvar(costs: Floats, probabilities: Floats, tail: float) -> float:
    """The mean of the dearest `tail` of a distribution of costs."""
    left, total = tail, 0.0
    for at in np.argsort(-costs, kind="stable"):
        part = min(left, float(probabilities[at]))
        total += part * float(costs[at])
        left -= part
        if left <= 0.0:
            break
    return total / tail
