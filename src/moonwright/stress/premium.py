"""What security costs: the premium as contingency after contingency is insured against, what is bought, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.choose.roles import difference, flown
from moonwright.optimise.highs import Limits
from moonwright.scenario.contingency import Contingency
from moonwright.stress.hedge import Secure, last_hedge_day, secure
from moonwright.stress.replan import opening


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Bought(_Told):
    """Flights of a mission more (or fewer) than in the base plan, before a contingency's date (None: in all)."""

    mission: str
    more: int


class Step(_Told):
    """One more contingency insured against. Premiums are MUSD over the base plan; `bearable`: whether one bears all so far.

    `last_hedge`: the latest date on which hedging against this one alone can begin, "" where nothing need be done before it
    comes, None where it cannot be borne or was not asked.
    """

    contingency: str
    on: str
    bearable: bool | None
    premium_low_musd: float | None
    premium_high_musd: float | None
    bought: tuple[Bought, ...] = ()
    last_hedge: str | None = None
    stopped: str = "gap"


def curve(
    base: Result, contingencies: Mapping[str, Contingency], limits: Limits, *, dates: bool = False
) -> tuple[tuple[Step, ...], Secure | None]:
    """The premium of the first contingency, of the first two, and so on; and the plan that bears most of them.

    One that no plan bears together with those before it is told so and left out of the rest. `dates`: also find the last
    date of hedging against each alone.
    """
    known: dict[str, Contingency] = {}
    steps: list[Step] = []
    best: Secure | None = None
    lowest = _least_musd(base)
    for name, one in contingencies.items():
        found = secure(base, {**known, name: one}, limits)
        last = _last(base, name, one, limits) if dates else None
        if found.result is None:
            bearable = False if found.known else None
            steps.append(_step(base, name, one, found, bearable=bearable, last=last, lowest=lowest))
            continue
        known[name], best = one, found
        steps.append(_step(base, name, one, found, bearable=True, last=last, lowest=lowest))
    return tuple(steps), best


def _least_musd(base: Result) -> float:
    """What is proven of the cost of the base plan."""
    return next(rank.bound for rank in base.plan.outcome.ranks if rank.name == "cost")


def _step(
    base: Result,
    name: str,
    one: Contingency,
    found: Secure,
    *,
    bearable: bool | None,
    last: str | None,
    lowest: float,
) -> Step:
    result = found.result
    reached = base.run.discounted_musd
    return Step(
        contingency=name,
        on=one.on.isoformat(),
        bearable=bearable,
        premium_low_musd=None if result is None else max(0.0, found.bound_musd - reached),
        premium_high_musd=None if result is None else max(0.0, found.cost_musd - lowest),
        bought=() if result is None else _bought(base, result),
        last_hedge=last,
        stopped=found.stopped,
    )


def _bought(base: Result, secured: Result) -> tuple[Bought, ...]:
    changes = difference(flown(base.plan), flown(secured.plan))
    return tuple(Bought(mission=role.told, more=more) for role, more in changes.items())


def _last(base: Result, name: str, one: Contingency, limits: Limits) -> str | None:
    day = last_hedge_day(base, name, one, limits)
    if day is None:
        return None
    if day == opening(base.scenario, one.on):
        return ""
    return (base.scenario.horizon.start + timedelta(days=day)).isoformat()
