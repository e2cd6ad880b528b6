"""Games are told by their coalitions, and what is no game is refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from moonwright.errors import GameError
from moonwright.stress.game.core import least_core
from moonwright.stress.game.game import from_table, game, of_costs
from moonwright.stress.game.gately import (
    gately_point,
    propensity_to_disrupt,
    separable_cost_remaining_benefit,
)
from moonwright.stress.game.nucleolus import contents, nucleolus
from moonwright.stress.game.ranking import surely_ahead, tiers
from moonwright.stress.game.shapley import sampled_shapley


def test_worth_is_asked_by_name() -> None:
    asked = []
    found = game(["east", "west"], lambda who: asked.append(who) or float(len(who)))
    assert asked == [("east",), ("west",), ("east", "west")]
    assert found.worth.tolist() == [0.0, 1.0, 1.0, 2.0]
    assert found.named(2) == ("west",)


def test_savings_of_costs() -> None:
    assert of_costs(["a", "b"], [0.0, 5.0, 7.0, 9.0]).worth.tolist() == [0.0, 0.0, 0.0, 3.0]


@pytest.mark.parametrize(
    ("players", "worth", "told"),
    [
        ("ab", [0.0, 1.0, 1.0], "2 players have 4 coalitions, not 3"),
        ("ab", [1.0, 1.0, 1.0, 2.0], "nobody is worth 0, not 1"),
        ("ab", [0.0, 1.0, 1.0, np.nan], "the worth of a with b is not a number"),
        ("aa", [0.0, 1.0, 1.0, 2.0], "two players have the same name"),
        ("", [0.0], "1 to 16 players, not 0"),
    ],
)
def test_what_is_no_game(players: str, worth: list[float], told: str) -> None:
    with pytest.raises(GameError, match=told):
        from_table(players, worth)


def test_seventeen_are_too_many() -> None:
    with pytest.raises(GameError, match="not 17"):
        game([str(at) for at in range(17)], lambda _: 0.0)


def test_nobody_shares_where_all_have_less_than_each() -> None:
    with pytest.raises(GameError, match="less than each alone"):
        nucleolus(from_table("ab", [0.0, 3.0, 3.0, 5.0]))


def test_one_player_has_all() -> None:
    alone = from_table("a", [0.0, 4.0])
    assert nucleolus(alone).tolist() == [4.0]
    assert least_core(alone).shares.tolist() == [4.0]


def test_nothing_to_share_leaves_each_its_own() -> None:
    inessential = from_table("abc", [0.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0])
    assert nucleolus(inessential) == pytest.approx([1.0, 2.0, 3.0])
    assert gately_point(inessential) == pytest.approx([1.0, 2.0, 3.0])
    assert np.isnan(propensity_to_disrupt(inessential, [1.0, 2.0, 3.0])).all()


def test_who_has_nothing_to_lose_has_an_infinite_threat() -> None:
    both_needed = from_table("ab", [0.0, 0.0, 0.0, 10.0])
    assert propensity_to_disrupt(both_needed, [0.0, 10.0]).tolist() == [np.inf, 0.0]


def test_shares_that_do_not_add_up_are_no_nucleolus() -> None:
    assert not contents(from_table("ab", [0.0, 0.0, 0.0, 10.0]), [5.0, 4.0])


def test_no_gately_point_where_nobody_adds_anything() -> None:
    with pytest.raises(GameError, match="no Gately point"):
        gately_point(from_table("abc", [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0]))


def test_no_remaining_benefit() -> None:
    with pytest.raises(GameError, match="nobody saves"):
        separable_cost_remaining_benefit([1.0, 1.0], [2.0, 2.0], 3.0)


def test_a_sample_of_two_orders_has_no_error() -> None:
    with pytest.raises(GameError, match="four orders or more"):
        sampled_shapley(3, lambda _: 0.0, 2, np.random.default_rng(0))


def test_a_game_is_asked_once_of_a_coalition() -> None:
    asked: list[int] = []
    sampled_shapley(4, lambda s: asked.append(s) or float(s.bit_count()), 100, np.random.default_rng(0))
    assert len(asked) == len(set(asked)) == 15


def test_ranks_are_told_only_where_intervals_part() -> None:
    low, high = [5.0, 4.0, 0.0], [8.0, 6.0, 3.0]
    assert tiers("abc", low, high) == (("a", "b"), ("c",))
    assert surely_ahead("abc", low, high) == (("a", "c"), ("b", "c"))
