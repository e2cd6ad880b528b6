"""The axioms of each way to share: what its inventors promised of it, of any game."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given

from moonwright.stress.game.core import blocking, has_core, least_core
from moonwright.stress.game.game import Game, from_table, members
from moonwright.stress.game.gately import gately_point, propensity_to_disrupt
from moonwright.stress.game.nucleolus import contents, nucleolus
from moonwright.stress.game.ranking import surely_ahead, tiers
from moonwright.stress.game.shapley import sampled_shapley, shapley, shapley_between

NAMES = "abcde"
CLOSE = 1e-6

worths = st.one_of(st.integers(0, 20).map(float), st.floats(0.0, 100.0))


@st.composite
def games(draw: st.DrawFn, least: int = 2, most: int = 5) -> Game:
    """Any game in which all together have at least what each has alone."""
    size = draw(st.integers(least, most))
    table = np.array([0.0, *draw(st.lists(worths, min_size=2**size - 1, max_size=2**size - 1))])
    table[-1] = max(table[-1], table[1 << np.arange(size)].sum() + draw(worths))
    return from_table(NAMES[:size], table)


@st.composite
def orders(draw: st.DrawFn) -> tuple[Game, list[int]]:
    game = draw(games())
    return game, draw(st.permutations(range(game.size)))


def renamed(game: Game, order: list[int]) -> Game:
    """The same game with player order[i] sitting in seat i."""
    before = (members(game.size) * (1 << np.array(order))).sum(axis=1)
    return from_table([game.players[at] for at in order], game.worth[before])


SOLUTIONS = [shapley, nucleolus, gately_point]
solutions = pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda one: one.__name__)


def solvable(game: Game, solution: object) -> bool:
    """A Gately point needs somebody who adds something."""
    added = float((game.whole - game.without - game.alone).sum())
    return solution is not gately_point or abs(added) > 1e-3 * (1.0 + abs(game.whole))


@solutions
@given(game=games())
def test_all_is_shared(solution, game: Game) -> None:
    assume(solvable(game, solution))
    assert solution(game).sum() == pytest.approx(game.whole, abs=CLOSE * (1.0 + abs(game.whole)))


@solutions
@given(asked=orders())
def test_seats_do_not_matter(solution, asked: tuple[Game, list[int]]) -> None:
    game, order = asked
    assume(solvable(game, solution))
    there = dict(zip(game.players, solution(game), strict=True))
    moved = renamed(game, order)
    scale = 1.0 + np.abs(solution(game)).max()
    assert solution(moved) == pytest.approx([there[name] for name in moved.players], abs=CLOSE * scale)


@solutions
@given(
    game=games(), factor=st.floats(0.1, 10.0), gift=st.lists(st.floats(-50.0, 50.0), min_size=5, max_size=5)
)
def test_units_and_gifts_go_through(solution, game: Game, factor: float, gift: list[float]) -> None:
    """x(a v + b) = a x(v) + b."""
    assume(solvable(game, solution))
    given_away = np.array(gift[: game.size])
    other = from_table(game.players, factor * game.worth + members(game.size) @ given_away)
    scale = 1.0 + np.abs(solution(game)).max() + 50.0
    assert solution(other) == pytest.approx(factor * solution(game) + given_away, abs=CLOSE * scale)


@given(game=games())
def test_who_adds_nothing_gets_what_it_has_alone(game: Game) -> None:
    """Dummy, for the Shapley value: a player who adds the same to everybody."""
    table = np.concatenate([game.worth, game.worth + 3.0])
    joined = from_table([*game.players, "dummy"], table)
    assert shapley(joined) == pytest.approx([*shapley(game), 3.0])


@given(game=games(), seed=st.integers(0, 1000))
def test_shapley_adds_up(game: Game, seed: int) -> None:
    other = from_table(
        game.players, np.append(0.0, np.random.default_rng(seed).uniform(0, 50, game.everybody))
    )
    both = from_table(game.players, game.worth + other.worth)
    assert shapley(both) == pytest.approx(shapley(game) + shapley(other))


@given(game=games())
def test_nobody_gets_less_from_the_nucleolus_than_alone(game: Game) -> None:
    assert (nucleolus(game) >= game.alone - CLOSE).all()


@given(game=games())
def test_the_nucleolus_is_in_the_core_where_there_is_one(game: Game) -> None:
    if has_core(game):
        assert game.excess(nucleolus(game))[1:-1].max() <= CLOSE * (1.0 + abs(game.whole))


@given(game=games(), seed=st.integers(0, 1000))
def test_no_other_shares_content_the_worst_off_more(game: Game, seed: int) -> None:
    """Excesses in falling order are never less, one after the other, under any other shares."""
    best = nucleolus(game)
    spare = game.whole - game.alone.sum()
    other = game.alone + np.random.default_rng(seed).dirichlet(np.ones(game.size)) * spare
    here, there = (np.sort(game.excess(shares)[1:-1])[::-1] for shares in (best, other))
    differ = np.flatnonzero(np.abs(here - there) > CLOSE * (1.0 + abs(game.whole)))
    assert not differ.size or here[differ[0]] < there[differ[0]]


@given(game=games(least=3))
def test_kohlberg_refuses_shares_moved_by_a_hundredth(game: Game) -> None:
    best = nucleolus(game)
    spare = game.whole - float(game.alone.sum())
    assume(spare > 1.0)
    rich = int(np.argmax(best - game.alone))
    moved = best.copy()
    moved[rich] -= 0.01 * spare
    moved[(rich + 1) % game.size] += 0.01 * spare
    assert contents(game, best)
    assert not contents(game, moved)


@given(game=games(), seed=st.integers(0, 1000))
def test_no_shares_have_less_excess_than_the_least_core(game: Game, seed: int) -> None:
    least = least_core(game)
    scale = 1.0 + abs(game.whole)
    assert game.excess(least.shares)[1:-1].max() == pytest.approx(least.excess, abs=CLOSE * scale)
    shares = np.random.default_rng(seed).dirichlet(np.ones(game.size)) * game.whole
    assert game.excess(shares)[1:-1].max() >= least.excess - CLOSE * scale


@given(game=games(), seed=st.integers(0, 1000))
def test_who_blocks_gains_what_is_told(game: Game, seed: int) -> None:
    shares = np.random.default_rng(seed).dirichlet(np.ones(game.size)) * game.whole
    found = blocking(game, shares)
    share = dict(zip(game.players, shares, strict=True))
    worth = {game.named(s): game.worth[s] for s in range(1, game.everybody)}
    told = {one.players: one.gain for one in found}
    for players, has in worth.items():
        gain = has - sum(share[name] for name in players)
        assert told.get(players, 0.0) == pytest.approx(max(0.0, gain), abs=CLOSE)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)


@given(game=games())
def test_gately_gives_all_the_same_power_to_disrupt(game: Game) -> None:
    assume(solvable(game, gately_point))
    added = game.whole - game.without - game.alone
    assume((np.abs(added) > 1e-3).all() and game.whole - game.alone.sum() > 1e-3)
    threats = propensity_to_disrupt(game, gately_point(game))
    assert threats == pytest.approx(np.full(game.size, threats[0]), rel=1e-6, abs=1e-6)


@given(game=games(), seed=st.integers(0, 1000), width=st.floats(0.0, 5.0))
def test_shares_lie_between_their_bounds(game: Game, seed: int, width: float) -> None:
    rng = np.random.default_rng(seed)
    below, above = (np.append(0.0, rng.uniform(0.0, width, game.everybody)) for _ in "la")
    low, high = shapley_between(
        from_table(game.players, game.worth - below), from_table(game.players, game.worth + above)
    )
    assert (low <= shapley(game) + CLOSE).all()
    assert (high >= shapley(game) - CLOSE).all()


@given(game=games(least=3), seed=st.integers(0, 1000))
def test_sampled_shares_come_near(game: Game, seed: int) -> None:
    found = sampled_shapley(game.size, lambda s: float(game.worth[s]), 400, np.random.default_rng(seed))
    assert found.shares.sum() == pytest.approx(game.whole)
    assert (np.abs(found.shares - shapley(game)) <= 6.0 * found.standard_error + CLOSE).all()


@given(ends=st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)), min_size=1, max_size=8))
def test_tiers_say_nothing_that_pairs_do_not(ends: list[tuple[float, float]]) -> None:
    names = [f"p{at}" for at in range(len(ends))]
    low, high = [a for a, _ in ends], [a + width for a, width in ends]
    groups = tiers(names, low, high)
    ahead = set(surely_ahead(names, low, high))
    assert sorted(name for group in groups for name in group) == sorted(names)
    for above, below in pairwise(groups):
        assert {(a, b) for a in above for b in below} <= ahead
