"""The finder of events against functions whose crossings and extrema are known in closed form."""

import math
from collections.abc import Callable

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from moonwright.errors import InternalError
from moonwright.search import Floats, crossings, maxima, minima, spans


def test_a_sine_crosses_zero_at_the_multiples_of_pi() -> None:
    found = crossings(np.sin, 0.5, 100.0, step=0.3, tolerance=1e-9)
    assert found.times == pytest.approx([n * math.pi for n in range(1, 32)], abs=1e-9)
    assert found.rising.tolist() == [n % 2 == 0 for n in range(1, 32)]


def test_a_jump_is_found_at_its_later_side() -> None:
    found = crossings(lambda t: np.where(t < 2.0, -1.0, 1.0), 0.0, 10.0, step=1.5, tolerance=1e-6)
    assert found.rising.tolist() == [True]
    assert 2.0 <= found.times[0] <= 2.0 + 1e-6


def test_a_zero_that_is_hit_exactly_counts_as_positive() -> None:
    rises = crossings(lambda t: t - 5.0, 0.0, 10.0, step=1.0, tolerance=1e-6)
    assert rises.times == pytest.approx([5.0], abs=1e-6)
    touches = crossings(lambda t: (t - 5.0) ** 2, 0.0, 10.0, step=1.0, tolerance=1e-6)
    assert len(touches.times) == 0


@pytest.mark.parametrize("steepness", [1.0, 30.0, 1e4])
def test_steep_and_flat_functions_are_refined_to_the_tolerance(steepness: float) -> None:
    root = 3.3
    found = crossings(lambda t: np.tanh(steepness * (t - root)) ** 3, 0.0, 10.0, step=1.0, tolerance=1e-8)
    assert found.times == pytest.approx([root], abs=1e-8)


def test_a_smooth_function_is_called_a_few_times_for_all_events_together() -> None:
    calls: list[int] = []

    def counted(times: Floats) -> Floats:
        calls.append(len(times))
        return np.sin(times) + 0.1

    found = crossings(counted, 0.0, 1000.0, step=1.0, tolerance=1e-7)
    assert len(found.times) == 318  # two a turn in 159.15 turns; the rest of the last one has none
    assert len(calls) <= 15  # halving from 1 to 1e-7 would take 24
    assert calls[0] == 1001


@given(
    gaps=st.lists(st.floats(min_value=1.0, max_value=9.0), min_size=1, max_size=8),
    falling_first=st.booleans(),
)
def test_every_crossing_that_is_a_step_apart_is_found(gaps: list[float], falling_first: bool) -> None:
    roots = np.cumsum(gaps)
    sign = -1.0 if falling_first else 1.0

    def function(times: Floats) -> Floats:
        behind = np.searchsorted(roots, times, side="right")
        return sign * np.where(behind % 2 == 0, -1.0, 1.0) * np.min(np.abs(times[:, None] - roots), axis=1)

    found = crossings(function, 0.0, roots[-1] + 0.5, step=0.9, tolerance=1e-7)
    assert found.times == pytest.approx(roots, abs=1e-7)
    assert found.rising.tolist() == [(n % 2 == 0) != falling_first for n in range(len(roots))]


def test_the_function_has_its_new_sign_at_the_time_given_and_had_the_old_one_just_before() -> None:
    found = crossings(np.cos, 0.0, 50.0, step=0.7, tolerance=1e-3)
    assert (np.cos(found.times) >= 0.0).tolist() == found.rising.tolist()
    assert (np.cos(found.times - 1e-3) < 0.0).tolist() == found.rising.tolist()


def test_maxima_and_minima_of_a_sum_of_cosines() -> None:
    def function(times: Floats) -> Floats:
        return np.cos(times) + 0.3 * times

    # The derivative, 0.3 - sin t, is zero at asin 0.3 (a maximum) and at pi minus that (a minimum).
    peaks = [math.asin(0.3) + 2 * math.pi * n for n in range(3)]
    troughs = [math.pi - math.asin(0.3) + 2 * math.pi * n for n in range(3)]
    high = maxima(function, -0.5, 18.0, step=0.5, tolerance=1e-6)
    low = minima(function, -0.5, 18.0, step=0.5, tolerance=1e-6)
    assert high.times == pytest.approx(peaks, abs=1e-6)
    assert high.values == pytest.approx([math.cos(t) + 0.3 * t for t in peaks], abs=1e-12)
    assert low.times == pytest.approx(troughs, abs=1e-6)
    assert low.values == pytest.approx([math.cos(t) + 0.3 * t for t in troughs], abs=1e-12)


def test_the_ends_of_the_search_are_no_extrema() -> None:
    assert len(maxima(lambda t: t, 0.0, 1.0, step=0.1, tolerance=1e-3).times) == 0


def test_spans_hold_the_time_during_which_a_function_is_positive() -> None:
    found = spans(np.cos, 0.0, 8.0, step=0.2, tolerance=1e-9)
    assert found == pytest.approx(np.array([[0.0, math.pi / 2], [1.5 * math.pi, 2.5 * math.pi]]), abs=1e-9)
    assert len(spans(lambda t: -1.0 - 0.0 * t, 0.0, 1.0, step=0.1, tolerance=1e-3)) == 0
    assert spans(lambda t: 1.0 + 0.0 * t, 0.0, 1.0, step=0.1, tolerance=1e-3).tolist() == [[0.0, 1.0]]


def _first_only(times: Floats) -> Floats:
    return times[:1]


@pytest.mark.parametrize(
    ("function", "window", "step", "told"),
    [
        (np.sin, (1.0, 1.0), 0.1, "no time to search between 1.0 and 1.0"),
        (np.sin, (0.0, math.nan), 0.1, "no time to search"),
        (np.sin, (0.0, 1.0), 0.0, "above zero"),
        (lambda t: np.where(t > 0.5, np.nan, t), (0.0, 1.0), 0.25, "not finite at 0.75"),
        (_first_only, (0.0, 1.0), 0.5, "one number a time"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    function: Callable[[Floats], Floats], window: tuple[float, float], step: float, told: str
) -> None:
    with pytest.raises(InternalError, match=told):
        crossings(function, *window, step=step, tolerance=1e-6)
