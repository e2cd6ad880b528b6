"""Stuff that is shipped, stored and consumed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.scenario.datum import Money, Share, SharePerDay, datum
from moonwright.scenario.habitat import Substance
from moonwright.scenario.noun import Noun


class Resource(Noun):
    """What is used up.

    Class of supply: 1 propellant, 2 crew provisions, 3 crew operations, 4 maintenance, 5 stowage,
    6 exploration, 7 waste, 8 habitation and infrastructure, 9 transport, 10 other.
    """

    name: str | None = None
    substance: Substance | None = Field(
        None, description="what it is to life support, where that is computed; of each at most one resource"
    )
    supply_class: Annotated[int, Field(ge=1, le=10)]
    storage: Literal["pressurised", "unpressurised", "tank"] = Field(
        "pressurised", description="the room it travels in; `tank`: either kind of room"
    )
    packing: Share = Field(datum(0.0), description="container mass as a share of what it holds")
    boil_off: SharePerDay = Field(datum(0.0), description="lost from a node's stock")
    life_critical: bool = Field(False, description="crews die without it: reserves are asked of it")
    price: Money = Field(datum(0.0), description="of a tonne at a launch site")
