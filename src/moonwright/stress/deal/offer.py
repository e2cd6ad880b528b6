"""Proposals side by side: for each partner what it would have, beside what it has today and what it would have alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.stress.answers import answered
from moonwright.stress.deal.deal import ORDERS, Asker, Deal, deal
from moonwright.stress.deal.proposal import Asked, Planned, Proposed, anew, carried_out

TODAY = "as it is"


class Offer(BaseModel):
    """A proposal and the deal that it makes. `certified`: the replay found nothing wrong with its plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    note: str | None
    certified: bool
    cost_musd: float
    deal: Deal


def offers(
    base: Result,
    proposals: Sequence[Proposed],
    ask: Asker,
    *,
    on: date | None = None,
    leave: Sequence[date] = (),
    orders: int = ORDERS,
) -> tuple[Offer, ...]:
    """The deal as it is, and those of the proposals in their order; `leave` is looked at only for the first."""
    asked = [Asked(base, one, on, ask.limits) for one in proposals if anew(base, one)]
    plans = answered(asked, Planned, workers=ask.workers, kept=ask.kept)
    planned = {one.proposed.name: plan for one, plan in zip(asked, plans, strict=True)}
    today = deal(base, ask, on=on, leave=leave, orders=orders)
    found = [
        Offer(name=TODAY, note=None, certified=base.run.certified, cost_musd=base.run.cost_musd, deal=today)
    ]
    for one in proposals:
        result = carried_out(base, one, planned.get(one.name))
        found.append(
            Offer(
                name=one.name,
                note=one.proposal.note,
                certified=result.run.certified,
                cost_musd=result.run.cost_musd,
                deal=deal(result, ask, on=on, received=one.received, orders=orders),
            )
        )
    return tuple(found)
