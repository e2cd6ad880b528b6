"""The model of a scenario with every given set apart, so that any of them can be lifted and laid on again.

It is posed on the network of the scenario without dates, whose arcs are a superset: dates come back as columns
that are held at nothing. A given that is lifted leaves what it rules free, or a hundred times as large where
nothing else would tie cargo to flights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from moonwright.explain.given import Given
from moonwright.explain.laying import PARTS, caps, laid
from moonwright.explain.part import elastic, joined, kept_rows, with_shortfall, within
from moonwright.explain.undated import undated, undated_network
from moonwright.optimise.highs import Limits, row_prices, solve
from moonwright.optimise.model import Model, model_of
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

_LACKING_S = 10.0  # for one LP that only adds a number to what is said
_NO_PRICE = 1e-9  # below: rounding


@dataclass(frozen=True)
class Block:
    """Rows of one part of the model, and the given that each stands for."""

    givens: tuple[Given | None, ...]
    rows: Model


@dataclass(frozen=True)
class Liftable:
    """`blocks`: rows by part. `caps`: (column, given, upper bound while the given holds)."""

    problem: Problem
    blocks: Mapping[str, Block]
    caps: tuple[tuple[int, Given, float], ...]

    @cached_property
    def givens(self) -> tuple[Given, ...]:
        """All that is given, once."""
        of_rows = [given for block in self.blocks.values() for given in block.givens if given]
        return tuple(dict.fromkeys([*of_rows, *(given for _, given, _ in self.caps)]))

    @cached_property
    def model(self) -> Model:
        """All rows, every given on; columns as if nothing capped them."""
        return joined([block.rows for block in self.blocks.values()])

    @cached_property
    def row_given(self) -> NDArray[np.int32]:
        """The number of the given that each row stands for, -1 for none."""
        number = {given: n for n, given in enumerate(self.givens)}
        stands = [number[g] if g else -1 for block in self.blocks.values() for g in block.givens]
        return np.array(stands, dtype=np.int32)

    def standing(self, active: Collection[Given], until: int | None = None) -> Model:
        """The model in which only these givens hold; of openings after `until` nothing is asked."""
        on = frozenset(active)
        upper = self.model.column_upper.copy()
        for column, given, bound in self.caps:
            if given in on:
                upper[column] = min(upper[column], bound)
        return within(replace(self.model, column_upper=upper), self._rows(on), self._seen(until))

    def blamed(self, active: Collection[Given], until: int | None = None) -> frozenset[Given]:
        """Givens whose rows or bounds have a price in the relaxation, where rows of givens may be broken at a cost."""
        on = frozenset(active)
        owners = self.row_given[kept_rows(self.model, self._rows(on), self._seen(until))]
        soft, costs = elastic(self.standing(on, until), owners >= 0)
        prices = row_prices(soft, costs)
        if prices is None:
            return on
        weights = soft.values * np.repeat(prices, np.diff(soft.starts))
        worth = np.bincount(soft.indices, weights=weights, minlength=len(costs))
        held = {given for column, given, _ in self.caps if given in on and worth[column] > _NO_PRICE}
        priced = owners[(np.abs(prices) > _NO_PRICE) & (owners >= 0)]
        return frozenset({self.givens[n] for n in priced.tolist()} | held)

    def lacking(self, demand: Given, active: Collection[Given], until: int | None = None) -> float | None:
        """How much of what a demand asks must be lacking in each of its rows, at least; None where that is not known."""
        on = frozenset(active)
        owners = self.row_given[kept_rows(self.model, self._rows(on), self._seen(until))]
        model, costs = with_shortfall(self.standing(on, until), owners == self.givens.index(demand))
        answer = solve(model, costs, Limits(0.0, _LACKING_S))
        return float(answer.objective) if answer.values.size else None

    def relaid(self, scenario: Scenario, parts: Sequence[str]) -> Liftable:
        """The same for a scenario in which only what these parts and the caps speak of has changed."""
        problem = _read_by(self.problem, scenario)
        fresh = {part: _block(problem, part) for part in parts}
        return Liftable(problem, {**self.blocks, **fresh}, tuple(caps(problem, observe(scenario))))

    def _rows(self, on: frozenset[Given]) -> NDArray[np.bool_]:
        holds = np.array([given in on for given in self.givens] + [True])  # the last stands for "none"
        return holds[self.row_given]

    def _seen(self, until: int | None) -> NDArray[np.bool_]:
        openings = np.array(self.problem.columns.openings)
        return openings <= (openings.max() if until is None else until)


def liftable(scenario: Scenario) -> Liftable:
    """The model of a scenario, every given set apart."""
    problem = _without_copies(pose(undated_network(scenario)))
    blocks = {part: _block(problem, part) for part in PARTS}
    return Liftable(problem, blocks, tuple(caps(problem, observe(scenario))))


def _block(problem: Problem, part: str) -> Block:
    rows = list(laid(problem, part))
    return Block(
        tuple(given for given, _, _ in rows), model_of(problem, [(name, row) for _, name, row in rows])
    )


def _read_by(problem: Problem, scenario: Scenario) -> Problem:
    """The same columns, read by another scenario."""
    world = observe(undated(scenario))
    return replace(problem, network=replace(problem.network, world=world))


def _without_copies(problem: Problem) -> Problem:
    """The problem with as many copies of an element as one likes: how many there are is a given."""
    upper = list(problem.columns.upper)
    for column in (*problem.built.values(), *problem.active.values()):
        upper[column] = np.inf
    return replace(problem, columns=replace(problem.columns, upper=upper))
