"""What it means, for the others and for whoever is left, that a partner leaves on a date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from moonwright.stress.coalition import Worth
from moonwright.stress.deal.between import Between


class Leverage(BaseModel):
    """The price of a partner's staying, from a date on, MUSD.

    `price`: C(N without p) - C(N), the most that the others can pay p beyond what p spends itself; infinite where they
    cannot do without. `own_musd`: what p spends from then on by the plan; price and this together are all they can pay.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    partner: str
    on: date
    price: Between
    own_musd: float


class Threshold(BaseModel):
    """How sure a partner must be that the others stay, where it joins and they may leave on a date.

    `sure`: the probability at which staying is worth as much, in the mean, as going alone from the start: 0 where it
    loses nothing even then, 1 where only certainty would do, infinite where it has less together than alone in any case.
    `stranded`: what it has where the others leave then, its own past costs counted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    partner: str
    on: date
    stranded: Between
    sure: Between


def leverages(
    on: date, partners: Sequence[str], costs: Mapping[frozenset[str], Worth], own: Mapping[str, float]
) -> Iterator[Leverage]:
    """The price of each partner's staying, from the costs of all and of all but one, known from that date on."""
    everybody = frozenset(partners)
    whole = costs[everybody]
    for name in partners:
        without = costs[everybody - {name}]
        price = Between(
            low=_less(without.low, whole.high),
            found=_less(without.high, whole.high),
            high=_less(without.high, whole.low),
        )
        yield Leverage(partner=name, on=on, price=price, own_musd=own[name])


def thresholds(
    on: date,
    stranded: Mapping[str, Between],
    together: Mapping[str, float],
    alone: Mapping[str, Between],
) -> Iterator[Threshold]:
    """How sure each must be: q with q * together + (1 - q) * stranded = alone."""
    for name, left in stranded.items():
        least = _sure(alone[name].low, left.high, together[name])
        most = _sure(alone[name].high, left.low, together[name])
        found = _sure(alone[name].found, left.found, together[name])
        yield Threshold(partner=name, on=on, stranded=left, sure=Between(low=least, found=found, high=most))


def _sure(alone: float, stranded: float, together: float) -> float:
    """The probability; infinite where even certainty would not do."""
    if stranded >= alone:
        return 0.0
    if together < alone:
        return math.inf
    if math.isinf(stranded) or together == alone:
        return 1.0
    return (alone - stranded) / (together - stranded)


def _less(one: float, other: float) -> float:
    """one - other, of costs that may be infinite: nothing is known of infinity less infinity but that it is not less."""
    return 0.0 if math.isinf(one) and one == other else one - other
