"""Rows and columns of the model, before any solver sees them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

Terms = list[tuple[int, float]]  # (column, coefficient); a column may stand several times


class Row(NamedTuple):
    """lower <= sum of terms <= upper. `key` tells this row from the others of its family."""

    key: tuple[object, ...]
    terms: Terms
    lower: float
    upper: float


def at_most(key: tuple[object, ...], terms: Terms, bound: float) -> Row:
    """sum of terms <= bound."""
    return Row(key, terms, -math.inf, bound)


def at_least(key: tuple[object, ...], terms: Terms, bound: float) -> Row:
    """sum of terms >= bound."""
    return Row(key, terms, bound, math.inf)


def equal(key: tuple[object, ...], terms: Terms, value: float) -> Row:
    """sum of terms = value."""
    return Row(key, terms, value, value)


def scaled(terms: Iterable[tuple[int, float]], factor: float) -> Terms:
    """Every coefficient times a factor."""
    return [(column, factor * weight) for column, weight in terms]


def label(family: str, key: tuple[object, ...]) -> str:
    """The readable name of a row or column: family[key, key]. Blanks are not allowed in LP files."""
    return f"{family}[{','.join(str(part) for part in key)}]".replace(" ", "_")


@dataclass
class Columns:
    """Columns under construction: bounds, kind, label and opening (the period it is decided for) of each, in order."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)

    def add(
        self,
        family: str,
        key: tuple[object, ...],
        opening: int,
        upper: float = math.inf,
        *,
        whole: bool = False,
    ) -> int:
        """A new column; returns its number."""
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        self.labels.append(label(family, key))
        self.openings.append(opening)
        return len(self.labels) - 1
