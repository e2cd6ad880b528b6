"""Agencies and companies that build and pay together."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Fraction, MoneyPerYear
from moonwright.scenario.noun import Interval


class Embargo(Interval):
    """Between two dates nothing leaves the ground in which both partners have a part; whoever is out may come home."""

    against: str


class Partner(Interval):
    """A partner: when it takes part (`from`, `until`), what it can spend, with whom it may work."""

    name: str = Field(description="full name, for the report")
    colour: str | None = Field(None, pattern="^#[0-9a-fA-F]{6}$", description="its colour in charts")
    budget: MoneyPerYear | None = Field(None, description="most it can spend in a calendar year")
    budgets: dict[int, MoneyPerYear] = Field({}, description="the same for single years")
    share: Fraction | None = Field(None, description="its share of what is owned by `shared`")
    may_not_carry: tuple[str, ...] = Field(
        (),
        description="partners whose crew and elements its ships may not carry (export control)",
    )
    may_not_fly_with: tuple[str, ...] = Field(
        (), description="partners whose launchers and vehicles it may not fly with"
    )
    embargoes: tuple[Embargo, ...] = Field((), description="partners with whom it does not fly for a time")
