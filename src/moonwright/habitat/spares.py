"""Spare parts: so many kilogrammes a year, or so many that they last with a wanted probability."""

from __future__ import annotations

import math

from moonwright.errors import InternalError

DAYS_PER_YEAR = 365.25


def spares_kg(installed_kg: float, share_per_year: float, duration_d: float) -> float:
    """Spares as a share of what is installed, used up evenly."""
    return installed_kg * share_per_year * duration_d / DAYS_PER_YEAR


def spares_for(units: int, mean_life_d: float, duration_d: float, confidence: float) -> int:
    """The fewest spares of one kind that last for `duration_d` with a probability of `confidence`.

    Units fail at random at a constant rate, one in `mean_life_d` each, and are replaced at once: the number of failures is a
    Poisson variable. Wear and failures of a common cause are worse than that.
    """
    if units < 0 or not (mean_life_d > 0.0 and duration_d >= 0.0 and 0.0 < confidence < 1.0):
        raise InternalError(f"no spares for {units} units of {mean_life_d} d, {duration_d} d, {confidence}")
    expected = units * duration_d / mean_life_d
    spares, enough = 0, _poisson(0, expected)
    while enough < confidence:
        spares += 1
        term = _poisson(spares, expected)
        enough += term
        if term == 0.0 and spares > expected:  # what doubles can add up to: a confidence within 1e-16 of 1
            break
    return spares


def _poisson(number: int, expected: float) -> float:
    """Probability of so many failures where `expected` are expected."""
    if expected == 0.0:
        return 1.0 if number == 0 else 0.0
    return math.exp(number * math.log(expected) - expected - math.lgamma(number + 1))
