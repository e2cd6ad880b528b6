"""The smallest conflict, among givens of which it is known what conflicts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from moonwright.explain.given import Given
from moonwright.explain.sift import smallest

LETTERS = tuple(Given("demand", ("demands", letter)) for letter in "abcdefghij")
Numbers = frozenset[int]


def referee(conflicts: Sequence[Numbers]) -> tuple[list[int], object]:
    """Says that givens conflict where they hold one of some sets; counts how often it is asked."""
    asked = [0]

    def conflict(givens: Sequence[Given]) -> bool:
        asked[0] += 1
        held = {LETTERS.index(given) for given in givens}
        return any(one <= held for one in conflicts)

    return asked, conflict


@drawn(st.lists(st.frozensets(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_found_conflicts_and_no_part_of_it_does(conflicts: list[Numbers]) -> None:
    _, conflict = referee(conflicts)
    found = smallest(LETTERS, conflict)  # type: ignore[arg-type]
    held = {LETTERS.index(given) for given in found}
    assert any(one <= held for one in conflicts)
    for less in itertools.combinations(held, len(held) - 1):
        assert not any(one <= set(less) for one in conflicts)


def test_of_two_conflicts_the_one_with_what_stands_first_is_told() -> None:
    _, conflict = referee([frozenset({0, 1}), frozenset({8, 9})])
    assert smallest(LETTERS, conflict) == LETTERS[:2]  # type: ignore[arg-type]


def test_nothing_is_named_where_nothing_given_is_needed() -> None:
    _, conflict = referee([frozenset()])
    assert smallest(LETTERS, conflict) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_few_questions_are_asked(size: int) -> None:
    """At most 2k log2(n / k) + 2k, and one whether nothing at all conflicts (Junker 2004)."""
    asked, conflict = referee([frozenset(range(size))])
    smallest(LETTERS, conflict)  # type: ignore[arg-type]
    assert asked[0] <= {1: 10, 2: 15, 3: 18}[size]
