"""Sobol indices against functions whose indices are known in closed form."""

import numpy as np
import pytest
from numpy.typing import NDArray

from moonwright.ensemble.sobol import indices

Floats = NDArray[np.float64]


def drawn(f: "object", inputs: int, n: int, seed: int) -> tuple[Floats, Floats, list[Floats]]:
    rng = np.random.default_rng(seed)
    a, b = rng.random((n, inputs)), rng.random((n, inputs))
    mixed = []
    for i in range(inputs):
        ab = a.copy()
        ab[:, i] = b[:, i]
        mixed.append(f(ab))  # type: ignore[operator]
    return f(a), f(b), mixed  # type: ignore[operator]


def ishigami(x: Floats) -> Floats:
    """Ishigami and Homma, Proc. ISUMA 1990, with a = 7, b = 0.1, each input uniform on (-pi, pi)."""
    angle = np.pi * (2 * x - 1)
    made = np.sin(angle[:, 0]) + 7 * np.sin(angle[:, 1]) ** 2 + 0.1 * angle[:, 2] ** 4 * np.sin(angle[:, 0])
    return np.asarray(made, dtype=np.float64)


def ishigami_indices(a: float = 7.0, b: float = 0.1) -> tuple[list[float], list[float]]:
    """Saltelli et al., Global Sensitivity Analysis (2008), section 4.6."""
    v1 = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    v2, v13 = a**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return [v1 / v, v2 / v, 0.0], [(v1 + v13) / v, v2 / v, v13 / v]


def g(x: Floats) -> Floats:
    """Sobol's g-function with a = (0, 1, 4.5, 9): Saltelli and Sobol, Mat. Model. 7 (1995) 16."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    return np.asarray(np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1), dtype=np.float64)


def g_indices() -> tuple[list[float], list[float]]:
    part = 1 / (3 * (1 + np.array([0.0, 1.0, 4.5, 9.0])) ** 2)
    v = np.prod(1 + part) - 1
    return list(part / v), list(part * np.prod(1 + part) / (1 + part) / v)


@pytest.mark.parametrize(
    ("f", "inputs", "known"), [(ishigami, 3, ishigami_indices()), (g, 4, g_indices())], ids=["ishigami", "g"]
)
def test_known_indices_lie_within_the_errors_told(
    f: object, inputs: int, known: tuple[list[float], list[float]]
) -> None:
    found = indices(*drawn(f, inputs, 4096, seed=1))
    for one, first, total in zip(found, *known, strict=True):
        assert one.first == pytest.approx(first, abs=3 * one.first_error + 1e-12)
        assert one.total == pytest.approx(total, abs=3 * one.total_error + 1e-12)
        assert one.first_error < 0.05
        assert one.total_error < 0.05


def test_errors_are_as_large_as_the_scatter_among_ensembles() -> None:
    many = [indices(*drawn(ishigami, 3, 256, seed=seed)) for seed in range(300)]
    for i in range(3):
        for kind in (0, 2):
            scatter = np.std([one[i][kind] for one in many])
            told = np.mean([one[i][kind + 1] for one in many])
            assert told == pytest.approx(scatter, rel=0.15)


def test_an_outcome_that_never_changes_has_no_indices() -> None:
    still = np.full(100, 3.0)
    assert all(np.isnan(indices(still, still, [still])[0]))


def test_an_input_that_does_nothing_has_a_total_of_exactly_zero() -> None:
    a, b, mixed = drawn(ishigami, 3, 500, seed=2)
    idle = indices(a, b, [*mixed, a])[3]
    assert (idle.total, idle.total_error) == (0.0, 0.0)
    assert idle.first == pytest.approx(0.0, abs=3 * idle.first_error)
