"""What a scenario asks of life support instead of stating it: needs, recovery, spares and yields from balances of mass.

Whatever is stated beside it by hand wins, number by number.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.datum import Count, Duration, Fraction, Hours, Mass, MassPerDay, datum
from moonwright.scenario.noun import Noun

Substance = Literal["oxygen", "water", "food", "nitrogen", "lithium hydroxide"]
System = Literal["bare-bones", "iss-2021", "iss-2023", "iss-sabatier"]
PlantKind = Literal["molten regolith", "polar ice"]

LEAST_MOLTEN_KG = 400.0  # nothing is known of smaller plants (habitat/plant.py)


class LifeSupport(Noun):
    """A system of life support as docs/model/habitat.md has them: recovery, power and what a leak loses follow from it."""

    system: System
    crew: Count = Field(description="people that it is built for")
    leak: MassPerDay = Field(datum(0.0), description="air that leaves the habitat, people or none")


class Walk(Noun):
    """A usual spacewalk: what its suits and its airlock lose follows."""

    people: Count = datum(2.0)
    lasts: Hours


class Part(Noun):
    """A kind of part that fails at random: so many spares are used that each stretch of `lasts` has enough of them."""

    resource: str = Field(description="that its spares are counted as")
    count: Count = Field(description="parts at work")
    mass: Mass = Field(description="of one")
    mean_life: Duration = Field(description="of one, to its failure")
    lasts: Duration = Field(description="from one supply to the next")
    confidence: Fraction = Field(description="that the spares of such a stretch last")
