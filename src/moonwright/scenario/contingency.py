"""Contingencies: what might happen to the partnership, or to its means, from some date on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.scenario.datum import Duration, Fraction, Number, PerYear, datum
from moonwright.scenario.noun import Day, Noun

Mode = Literal["hard stop", "no new starts", "wind-down"]
Hardware = Literal["stays", "unsupported", "leaves"]


class Withdrawal(Noun):
    """A partner leaves: at once (`hard stop`), or after a time in which its ships still fly.

    In a `wind-down` its elements still come for that time; with `no new starts` those not launched by the date never do.
    What it demands for itself (its crew, its flights) ends with it; its people come home.
    """

    kind: Literal["withdrawal"]
    partner: str
    mode: Mode = "hard stop"
    over: Duration = Field(datum(0.0), description="how long its ships fly on; not with a hard stop")
    hardware: Hardware = Field(
        "stays", description="its elements work on, or for a time without its support, or serve no longer"
    )
    failures: PerYear | None = Field(
        None, description="of an unsupported element: it then serves 1/failures years more"
    )


class _Means(Noun):
    """What a shock is about: all that partners own, and single things."""

    partners: tuple[str, ...] = ()
    launchers: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()


class Delay(_Means):
    """What is not there yet comes `by` later; what flies already pauses for as long."""

    kind: Literal["delay"]
    by: Duration


class PriceRise(_Means):
    """Prices, operations and refurbishment are multiplied by a factor."""

    kind: Literal["price rise"]
    factor: Number


class CutOff(_Means):
    """Technology, parts or data are withheld: none of these is launched any more."""

    kind: Literal["cut-off"]


class CarriageBan(Noun):
    """Nothing leaves the ground in which both partners have a part (sanctions), for a time or for ever."""

    kind: Literal["carriage ban"]
    between: tuple[str, str]
    lasts: Duration | None = None


class BudgetCut(Noun):
    """A partner can spend only a share of its budget, in every calendar year that begins from the date on."""

    kind: Literal["budget cut"]
    partner: str
    left: Fraction
    lasts: Duration | None = None


class Grounding(Noun):
    """A family of launchers stands down, all for one reason."""

    kind: Literal["grounding"]
    launchers: tuple[str, ...] = Field(min_length=1)
    lasts: Duration


class Loss(Noun):
    """Elements or whole sites are lost for good."""

    kind: Literal["loss"]
    elements: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()


Shock = Annotated[
    Withdrawal | Delay | PriceRise | CutOff | CarriageBan | BudgetCut | Grounding | Loss,
    Field(discriminator="kind"),
]


class Contingency(Noun):
    """Shocks that come together on a date: several of them have one cause."""

    on: Day
    shocks: tuple[Shock, ...] = Field(min_length=1)
    probability: Fraction | None = Field(
        None, description="of this future among those listed; what is left is that none comes"
    )
