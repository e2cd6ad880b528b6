"""Ways to share what all are worth together, each with how well its shares are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from moonwright.errors import GameError
from moonwright.stress.deal.between import Between
from moonwright.stress.deal.table import Table
from moonwright.stress.game.core import has_core, least_core
from moonwright.stress.game.game import Floats, Game, from_table
from moonwright.stress.game.gately import gately_point
from moonwright.stress.game.nucleolus import nucleolus
from moonwright.stress.game.ranking import tiers
from moonwright.stress.game.shapley import Sampled, shapley

DRAWN = (
    12  # games between the bounds, besides the bounds themselves and the corners that bound the Shapley value
)
_SEED = 0

Known = Literal["yes", "no", "not known"]


class Way(BaseModel):
    """One way to share. `exact`: the intervals hold whatever the coalitions are worth within theirs; else they are the
    spread over games drawn there. `tiers`: partners in groups, each surely ahead of the next.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    shares: Mapping[str, Between]
    exact: bool
    tiers: tuple[tuple[str, ...], ...]
    standard_error: Mapping[str, float] = {}


class Core(BaseModel):
    """Whether some shares leave no coalition a gain by going, and `excess`: the least that the best-off one can be made
    to gain, in the game of the plans found (negative: all lose by going)."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    exists: Known
    excess: float


SOLUTIONS: Mapping[str, Callable[[Game], Floats]] = {
    "Shapley value": shapley,
    "nucleolus": nucleolus,
    "Gately point": gately_point,
}


def ways(table: Table) -> tuple[Way, ...]:
    """Each way that the game of the plans found allows."""
    drawn = tuple(_drawn(table))
    return tuple(
        found for name, solution in SOLUTIONS.items() if (found := _way(name, solution, table, drawn))
    )


def _way(name: str, solution: Callable[[Game], Floats], table: Table, drawn: Sequence[Game]) -> Way | None:
    found = _solved(solution, table.low)
    if found is None:
        return None
    others = [shares for game in drawn if (shares := _solved(solution, game)) is not None]
    every = np.array([found, *others])
    low, high = every.min(axis=0), every.max(axis=0)
    return Way(
        name=name,
        shares=_told(table.players, low, found, high),
        exact=solution is shapley or table.widest == 0.0,
        tiers=tiers(table.players, low, high),
    )


def _solved(solution: Callable[[Game], Floats], game: Game) -> Floats | None:
    try:
        return solution(game)
    except GameError:
        return None


def _drawn(table: Table) -> Iterator[Game]:
    """Games between the bounds: the upper one, for each player the corners that bound its Shapley value, and some drawn."""
    if table.widest == 0.0:
        return
    low, high = table.low.worth, table.high.worth
    numbers = np.arange(len(low))
    yield table.high
    for player in range(len(table.players)):
        has = (numbers >> player & 1).astype(np.bool_)
        yield table.game(np.where(has, low, high))
        yield table.game(np.where(has, high, low))
    rng = np.random.default_rng(_SEED)
    for _ in range(DRAWN):
        yield table.game(low + rng.random(len(low)) * (high - low))


def core(table: Table) -> Core:
    """Whether there is a core, said only where the coalitions' intervals allow no other answer."""
    if len(table.players) == 1:
        return Core(exists="yes", excess=float("-inf"))
    hardest = _with_whole(table.high, table.low.whole)
    easiest = _with_whole(table.low, table.high.whole)
    exists: Known = "yes" if has_core(hardest) else "not known" if has_core(easiest) else "no"
    return Core(exists=exists, excess=least_core(table.low).excess)


def _with_whole(game: Game, whole: float) -> Game:
    return from_table(game.players, np.append(game.worth[:-1], whole))


def sampled_way(players: Sequence[str], found: Sampled, width: float) -> Way:
    """The Shapley value from random orders. What solvers leave open moves no share by more than the widest interval;
    sampling errors come on top, three of them here."""
    margin = width + 3.0 * found.standard_error
    low, high = found.shares - margin, found.shares + margin
    return Way(
        name="Shapley value, sampled",
        shares=_told(players, low, found.shares, high),
        exact=False,
        tiers=tiers(players, low, high),
        standard_error=dict(zip(players, map(float, found.standard_error), strict=True)),
    )


def _told(players: Sequence[str], low: Floats, found: Floats, high: Floats) -> dict[str, Between]:
    return {
        name: Between(low=float(a), found=float(b), high=float(c))
        for name, a, b, c in zip(players, low, found, high, strict=True)
    }
