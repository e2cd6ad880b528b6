"""What partners are worth without the others: the best plan of every coalition, from a date on or from the start.

V(S) = the most that demands' worth to S less what S spends can be, doing nothing allowed; C(S) = the least cost at which S
meets all demands that the plan of the whole meets, infinite where one of them fails.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from moonwright.choose.onward import onward
from moonwright.choose.result import Result
from moonwright.errors import StressError
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.optimise import Result as Found
from moonwright.optimise.optimise import optimise
from moonwright.plan import Plan
from moonwright.scenario.contingency import Contingency, Withdrawal
from moonwright.scenario.datum import Datum
from moonwright.scenario.demand import Demand, ReserveDemand
from moonwright.scenario.objective import Objective
from moonwright.scenario.scenario import Scenario
from moonwright.simulate import money
from moonwright.simulate.replay import replay, tell
from moonwright.stress.answers import Told, answered
from moonwright.stress.board import key_of
from moonwright.stress.replan import able_to_give_up, idle, opening
from moonwright.stress.shock import struck
from moonwright.world.observe import observe

What = Literal["value", "cost"]


class Worth(BaseModel):
    """What a coalition is worth, or costs: MUSD, between a plan that was found and a bound on all plans.

    `low` and `high` are infinite where no plan meets the hard demands (a cost), or nothing is known. `certified`: the replay
    found nothing wrong with the plan. `cut`: the clock ended the search, so another run may find another interval.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    members: tuple[str, ...]
    what: What
    low: float
    high: float
    certified: bool
    cut: bool = False
    wall_s: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One coalition, with all that its answer depends on. `on` None: it plans from the start."""

    base: Result
    members: tuple[str, ...]
    what: What
    on: date | None
    limits: Limits

    @property
    def key(self) -> str:
        """What names its answer on disk."""
        return key_of(self.base, self.limits, self.what, sorted(self.members), str(self.on))

    def answer(self) -> Worth:
        """Plan for the coalition alone."""
        found = _Sought(self.base, self.on, self.limits)
        if self.what == "cost":
            return found.cost(self.members)
        return found.value(self.members)


def worths(  # noqa: PLR0913  # what is asked, and how it is carried out
    base: Result,
    coalitions: Sequence[Collection[str]],
    what: What,
    limits: Limits,
    *,
    on: date | None = None,
    workers: int = 1,
    kept: Path | None = None,
    told: Told[Worth] | None = None,
) -> tuple[Worth, ...]:
    """What each coalition is worth or costs, in the order asked. Nobody is worth nothing, and is not asked."""
    order = tuple(base.scenario.partners)
    unknown = sorted({name for members in coalitions for name in members} - set(order))
    if unknown:
        raise StressError(f"the scenario has no partner {unknown[0]!r}; it has {', '.join(order)}")
    asked = [
        Asked(base, tuple(name for name in order if name in members), what, on, limits)
        for members in coalitions
    ]
    return answered(asked, Worth, workers=workers, kept=kept, told=told)


def alone(scenario: Scenario, members: Collection[str], on: date) -> Scenario:
    """The scenario in which only some partners take part from a date on."""
    others = [name for name in scenario.partners if name not in members]
    if not others:
        return able_to_give_up(scenario)
    leave = tuple(Withdrawal(kind="withdrawal", partner=name) for name in others)
    return able_to_give_up(struck(scenario, Contingency(on=on, shocks=leave)))


def for_itself(scenario: Scenario, members: Collection[str]) -> Scenario:
    """The scenario in which a coalition does what pays for it: demands are worth what they are to its members, no more.

    Contracts bind nobody; reserves for whoever is there do, since they are about safety. What is worth nothing to them
    stands there still, so that it is known what was done for it.
    """
    wanted: dict[str, Demand] = {}
    for name, demand in scenario.demands.items():
        if isinstance(demand, ReserveDemand):
            wanted[name] = demand
            continue
        worth = {partner: demand.worth.get(partner, Datum(0.0)) for partner in members}
        wanted[name] = demand.model_copy(update={"worth": worth, "rank": 1})
    return scenario.model_copy(
        update={
            "demands": wanted,
            "objective": Objective(minimise=("net",)),
            "initial": scenario.initial.model_copy(update={"contracts": ()}),
        }
    )


def firm(base: Result) -> Scenario:
    """The scenario in which all demands that a plan meets in full are hard, and cost alone is made least."""
    short = {one.demand for one in base.plan.shortfalls if one.amount > 0.0}
    demands: dict[str, Demand] = {
        name: demand if name in short else demand.model_copy(update={"rank": "hard"})
        for name, demand in base.scenario.demands.items()
    }
    return base.scenario.model_copy(update={"demands": demands, "objective": Objective(minimise=("cost",))})


@dataclass(frozen=True)
class _Sought:
    base: Result
    on: date | None
    limits: Limits

    def cost(self, members: tuple[str, ...]) -> Worth:
        """C(S), from the least aim of cost; its constant past is left in, for all coalitions alike."""
        found, scenario = self._planned([alone(firm(self.base), members, self._when)])
        if found.plan is None:
            known = found.status == "infeasible"
            return self._told(members, "cost", math.inf if known else -math.inf, math.inf, found, scenario)
        rank = next(rank for rank in found.plan.outcome.ranks if rank.name == "cost")
        return self._told(members, "cost", rank.bound, rank.value, found, scenario)

    def value(self, members: tuple[str, ...]) -> Worth:
        """V(S) = - the least net cost. What these cannot keep running alone may be left idle."""
        asked = for_itself(alone(self.base.scenario, members, self._when), members)
        found, scenario = self._planned([asked, idle(asked, self._when)])
        if found.plan is None:
            high = -math.inf if found.status == "infeasible" else math.inf
            return self._told(members, "value", -math.inf, high, found, scenario)
        rank, theirs_musd = found.plan.outcome.last, self._paid_by_others(members, found.plan, scenario)
        return self._told(
            members, "value", theirs_musd - rank.value, theirs_musd - rank.bound, found, scenario
        )

    def _paid_by_others(self, members: tuple[str, ...], plan: Plan, scenario: Scenario) -> float:
        """What those who have left had paid until then, which the coalition has not; nothing from the start."""
        if self.on is None:
            return 0.0
        paid = paid_until(scenario, plan, opening(self.base.scenario, self.on))
        return sum(musd for partner, musd in paid.items() if partner not in members)

    @property
    def _when(self) -> date:
        return self.base.scenario.horizon.start if self.on is None else self.on

    def _planned(self, rungs: Sequence[Scenario]) -> tuple[Found, Scenario]:
        """The best plan of the first scenario that has one."""
        found, scenario = self._plan(rungs[0]), rungs[0]
        for asked in rungs[1:]:
            if found.plan is not None or found.status != "infeasible":
                break
            found, scenario = self._plan(asked), asked
        return found, scenario

    def _plan(self, scenario: Scenario) -> Found:
        if self.on is None:
            return optimise(expand(observe(scenario)), self.limits)
        return onward(scenario, self.base.plan, opening(self.base.scenario, self.on), self.limits)

    def _told(
        self, members: tuple[str, ...], what: What, low: float, high: float, found: Found, scenario: Scenario
    ) -> Worth:
        day = 0 if self.on is None else opening(self.base.scenario, self.on)
        run = None if found.plan is None else replay(found.plan, observe(scenario))
        sound = (
            run is not None and all(one.day_d <= day for one in run.violations)
            if day
            else bool(run and run.certified)
        )
        cut = found.status == "no_plan" or (found.plan is not None and found.plan.outcome.stopped == "time")
        return Worth(
            members=members, what=what, low=low, high=high, certified=sound, cut=cut, wall_s=found.wall_s
        )  # fmt: skip


def paid_until(scenario: Scenario, plan: Plan, day_d: float = math.inf) -> dict[str, float]:
    """MUSD that each partner pays until a day, in money of the first year where there is a discount rate."""
    story = tell(plan, observe(scenario))
    charges = money.charges(story.setting, story.voyages, story.elements, day_d)
    rate, year = float(scenario.discount_rate), scenario.horizon.start.year
    return {
        name: money.discounted([one for one in charges if one.partner == name], rate, year)
        for name in scenario.partners
    }


def every(partners: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """All coalitions but that of nobody, in the order of a game's table."""
    return tuple(
        tuple(name for bit, name in enumerate(partners) if coalition >> bit & 1)
        for coalition in range(1, 1 << len(partners))
    )


def bounded(found: Sequence[Worth], partners: Sequence[str]) -> Iterator[Worth]:
    """Values whose intervals use that more partners can do all that fewer can: V(S) <= V(T) where S is part of T.

    Holds from the start of a campaign, where nobody brings anything along that would have to be operated.
    """
    numbers = {one.members: one for one in found}
    order = {name: bit for bit, name in enumerate(partners)}

    def code(members: tuple[str, ...]) -> int:
        return sum(1 << order[name] for name in members)

    table: Mapping[int, Worth] = {code(members): one for members, one in numbers.items()}
    for one in found:
        mine = code(one.members)
        low = max([one.low, *(other.low for s, other in table.items() if s & mine == s)])
        high = min([one.high, *(other.high for s, other in table.items() if s & mine == mine)])
        yield one.model_copy(update={"low": low, "high": max(low, high)})
