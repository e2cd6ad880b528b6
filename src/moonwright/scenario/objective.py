"""What is made least once the shortfalls are."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.datum import Fraction, datum
from moonwright.scenario.noun import Noun

Aim = Literal["cost", "imleo", "finish"]


class Objective(Noun):
    """Aims in order of rank: cost (MUSD), IMLEO (kg), finish (day the last `build` demand is met)."""

    minimise: tuple[Aim, ...] = Field(("cost",), min_length=1)
    slack: Fraction = Field(datum(0.0), description="how far a later aim may worsen an earlier one")
