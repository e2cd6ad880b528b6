"""What every coalition is worth, as two games: what plans show, and what no plan can exceed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from moonwright.scenario.demand import ReserveDemand
from moonwright.scenario.scenario import Scenario
from moonwright.stress.coalition import Worth, bounded
from moonwright.stress.game.game import Floats, Game, from_table


@dataclass(frozen=True)
class Table:
    """v(S) = max(0, V(S)) of every coalition, between two games; the low one is that of plans that were found.

    `nested`: whoever is more can do all that fewer can.
    """

    low: Game
    high: Game
    nested: bool = False

    def game(self, worth: Floats) -> Game:
        """A game between the two; where they are nested, so is it: what fewer are worth, more are worth at least."""
        table = np.array(worth)
        if self.nested:
            numbers = np.arange(len(table))
            for player in range(len(self.players)):
                has = numbers[(numbers >> player & 1).astype(np.bool_)]
                table[has] = np.maximum(table[has], table[has ^ (1 << player)])
        return from_table(self.players, table)

    @property
    def players(self) -> tuple[str, ...]:
        """The partners, in the order of the games' bits."""
        return self.low.players

    @property
    def widest(self) -> float:
        """The widest interval as a part of what all are worth; 0 where that is nothing."""
        width = float((self.high.worth - self.low.worth).max())
        return width / self.high.whole if self.high.whole > 0.0 else 0.0


def tabled(partners: Sequence[str], found: Sequence[Worth], *, nested: bool = False) -> Table:
    """The games of the values of all coalitions, each given once."""
    order = {name: bit for bit, name in enumerate(partners)}
    low, high = ([0.0] * (1 << len(partners)) for _ in "lh")
    for one in found:
        number = sum(1 << order[name] for name in one.members)
        low[number], high[number] = one.low, one.high
    return Table(from_table(partners, low), from_table(partners, high), nested)


def settled(
    scenario: Scenario, found: Sequence[Worth], paid: Mapping[str, float], *, nested: bool
) -> tuple[Worth, ...]:
    """v(S) of values V(S): what was `paid` before the date is past, and doing nothing is allowed.

    A plan that the replay refuses shows nothing; no plan can be worth more than all that is wanted. `nested`: whoever is
    more can do all that fewer can, so bounds of one coalition hold for others.
    """
    known = [_settled(scenario, one, sum(paid[name] for name in one.members)) for one in found]
    return tuple(bounded(known, tuple(scenario.partners)) if nested else known)


def _settled(scenario: Scenario, one: Worth, paid_musd: float) -> Worth:
    low = max(0.0, one.low + paid_musd) if one.certified and math.isfinite(one.low) else 0.0
    high = min(max(0.0, one.high + paid_musd), most(scenario, one.members))
    return one.model_copy(update={"low": low, "high": max(low, high)})


def most(scenario: Scenario, members: Collection[str]) -> float:
    """MUSD that all demands met in full are worth to some partners; a reserve is a means, and is worth nothing by itself."""
    wanted = [one for one in scenario.demands.values() if not isinstance(one, ReserveDemand)]
    return sum(float(demand.worth.get(name, 0.0)) for demand in wanted for name in members)
