"""What is compiled gives what Python gives, but for divisions by zero."""

import math

import numpy as np

from moonwright.compiled import compiled, inlined


@inlined
def quotient(above: float, below: float) -> float:
    return above / below


@compiled
def summed(values: np.ndarray, below: float) -> float:
    total = 0.0
    for value in values:
        total += quotient(value, below)
    return total


def test_compiled_functions_call_inlined_ones() -> None:
    assert summed(np.array([1.0, 2.0, 3.0]), 2.0) == 3.0


def test_division_by_zero_gives_infinity_as_in_numpy() -> None:
    assert summed(np.array([1.0]), 0.0) == math.inf
