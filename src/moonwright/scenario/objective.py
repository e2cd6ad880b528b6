"""What is made least once the shortfalls are."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.datum import Fraction, datum
from moonwright.scenario.noun import Noun

Aim = Literal["cost", "imleo", "finish", "net"]


class Objective(Noun):
    """Aims in order of rank: cost (MUSD), IMLEO (kg), finish (day the last `build` demand is met), net.

    Net is cost less what demands are worth to the partners, as far as they are met (MUSD): a ranked demand of some `worth`
    is then met where that pays, and its rank is not asked.
    """

    minimise: tuple[Aim, ...] = Field(("cost",), min_length=1)
    slack: Fraction = Field(datum(0.0), description="how far a later aim may worsen an earlier one")
