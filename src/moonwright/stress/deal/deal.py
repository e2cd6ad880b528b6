"""The deal as a whole: every coalition's value, ways to share, and whether the plan's own split will hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.errors import StressError
from moonwright.optimise.highs import Limits
from moonwright.plan import digest
from moonwright.stress.answers import Told
from moonwright.stress.case import check_dates
from moonwright.stress.coalition import What, Worth, every, paid_until, worths
from moonwright.stress.deal.between import Between
from moonwright.stress.deal.dated import Leverage, Threshold, leverages, thresholds
from moonwright.stress.deal.split import Account, Leaving, Values, accounts, leaving
from moonwright.stress.deal.table import most, settled, tabled
from moonwright.stress.deal.way import Core, Way, core, sampled_way, ways
from moonwright.stress.game.gately import propensity_to_disrupt
from moonwright.stress.game.shapley import sampled_shapley
from moonwright.stress.replan import opening

MOST_EXACT = 8  # partners whose coalitions, 255 then, are all looked at; of more, random orders are drawn
ORDERS = 16
_SEED = 0


class Stake(BaseModel):
    """What a partner has of the deal.

    `account` is of the plan as it stands, `alone` what it would be worth by itself. `critical`: the part of what all are
    worth that is lost without it. `propensity`: what the others lose if it goes, for each MUSD that it loses itself; None
    where neither loses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    account: Account
    alone: Between
    critical: Between | None
    propensity: float | None

    @property
    def gain(self) -> Between:
        """What it has more than alone."""
        have = self.account.net_musd
        return Between(low=have - self.alone.high, found=have - self.alone.found, high=have - self.alone.low)


class Deal(BaseModel):
    """All that is known of a deal. MUSD; what each coalition is worth is v(S) = max(0, V(S)), from `on` or the start.

    `exact`: every coalition was looked at. `wanting_nothing`: partners to whom no demand is worth anything.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    scenario: str
    scenario_digest: str
    on: date | None
    exact: bool
    coalitions: tuple[Worth, ...]
    whole: Between
    stakes: Mapping[str, Stake]
    ways: tuple[Way, ...]
    core: Core | None
    leaving: tuple[Leaving, ...]
    leverage: tuple[Leverage, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    wanting_nothing: tuple[str, ...] = ()

    @property
    def unused(self) -> Between:
        """What the best plan for all is worth more than the plan that stands."""
        return self.whole.less(sum(stake.account.net_musd for stake in self.stakes.values()))

    @property
    def widest(self) -> float:
        """The widest interval of a coalition, as a part of what all are worth; 0 where that is nothing."""
        width = max(one.high - one.low for one in self.coalitions)
        return width / self.whole.high if self.whole.high > 0.0 else 0.0

    @property
    def cut(self) -> tuple[tuple[str, ...], ...]:
        """Coalitions whose search the clock cut short: another run may find another interval."""
        return tuple(one.members for one in self.coalitions if one.cut)


@dataclass(frozen=True)
class Asker:
    """How coalitions are planned for: within which limits, by how many processes, and where answers are kept."""

    limits: Limits
    workers: int = 1
    kept: Path | None = None
    told: Told[Worth] | None = None

    def __call__(
        self, base: Result, coalitions: Sequence[tuple[str, ...]], what: What, on: date | None
    ) -> tuple[Worth, ...]:
        """The answers in the coalitions' order."""
        return worths(
            base, coalitions, what, self.limits, on=on, workers=self.workers, kept=self.kept, told=self.told
        )


Ask = Callable[[Result, Sequence[tuple[str, ...]], What, date | None], tuple[Worth, ...]]


def deal(  # what is asked of whom
    base: Result,
    ask: Ask,
    *,
    on: date | None = None,
    leave: Sequence[date] = (),
    received: Mapping[str, float] | None = None,
    orders: int = ORDERS,
) -> Deal:
    """The deal that a plan makes, from its start or from a date on; `received`: what each is handed by others, MUSD.

    `leave`: dates on which somebody might leave, for the price of staying and how sure each must be that all stay.
    Beyond MOST_EXACT partners, `orders` random orders of joining stand for all. Raises StressError where nobody is said
    to want anything.
    """
    partners, scenario = tuple(base.scenario.partners), base.scenario
    check_dates(scenario, [*leave, *([] if on is None else [on])])
    if most(scenario, partners) == 0.0:
        raise StressError(
            "no demand says what it is worth, so no deal can be weighed; give demands `worth: {PARTNER: 1000 MUSD}`"
        )
    day_d = 0 if on is None else opening(scenario, on)
    paid = dict.fromkeys(partners, 0.0) if on is None else paid_until(scenario, base.plan, day_d)
    exact = len(partners) <= MOST_EXACT
    asked = every(partners) if exact else tuple(_sampled(partners, orders))
    found = settled(scenario, ask(base, asked, "value", on), paid, nested=on is None)
    values = {one.members: Between(low=one.low, found=one.low, high=one.high) for one in found}
    split = accounts(base, day_d, received)
    stakes = _stakes(partners, found, values, split, exact)
    return Deal(
        scenario=scenario.name,
        scenario_digest=digest(scenario),
        on=on,
        exact=exact,
        coalitions=found,
        whole=values[partners],
        stakes=stakes,
        ways=ways(tabled(partners, found, nested=on is None))
        if exact
        else (_drawn_way(partners, values, orders),),
        core=core(tabled(partners, found)) if exact else None,
        leaving=leaving(values, {name: one.net_musd for name, one in split.items()}),
        leverage=tuple(one for when in leave for one in _leverage(base, ask, when)),
        thresholds=tuple(one for when in leave for one in _thresholds(base, ask, when, stakes, paid)),
        wanting_nothing=tuple(name for name in partners if most(scenario, [name]) == 0.0),
    )


def _stakes(
    partners: tuple[str, ...],
    found: Sequence[Worth],
    values: Values,
    split: Mapping[str, Account],
    exact: bool,
) -> dict[str, Stake]:
    shares = [split[name].net_musd for name in partners]
    threats = [math.nan] * len(partners)
    if exact:
        threats = list(map(float, propensity_to_disrupt(tabled(partners, found).low, shares)))
    return {
        name: Stake(
            account=split[name],
            alone=values[name,],
            critical=_critical(values[partners], values.get(_without(partners, name))),
            propensity=None if math.isnan(threat) else threat,
        )
        for name, threat in zip(partners, threats, strict=True)
    }


def _critical(whole: Between, without: Between | None) -> Between | None:
    """[v(N) - v(N without p)] / v(N); None where all together are worth nothing for sure."""
    if whole.high <= 0.0:
        return None
    if without is None:  # the only partner
        return Between(low=1.0, found=1.0, high=1.0)

    def lost(least: float, of: float) -> float:
        return 1.0 - least / of if of > 0.0 else 0.0

    return Between(
        low=max(0.0, lost(without.high, whole.low)),
        found=lost(without.found, whole.found),
        high=min(1.0, max(0.0, lost(without.low, whole.high))),
    )


def _leverage(base: Result, ask: Ask, on: date) -> Iterator[Leverage]:
    partners = tuple(base.scenario.partners)
    if len(partners) == 1:
        return
    coalitions = [partners, *(_without(partners, name) for name in partners)]
    costs = {frozenset(one.members): one for one in ask(base, coalitions, "cost", on)}
    day_d = opening(base.scenario, on)
    own = {name: account.cost_musd for name, account in accounts(base, day_d).items()}
    yield from leverages(on, partners, costs, own)


def _thresholds(
    base: Result, ask: Ask, on: date, stakes: Mapping[str, Stake], paid: Mapping[str, float]
) -> Iterator[Threshold]:
    """Whoever is left alone has paid its part until then; what was paid before the deal is past."""
    found = ask(base, [(name,) for name in stakes], "value", on)
    stranded = {
        one.members[0]: Between(
            low=one.low, found=one.low, high=min(one.high, most(base.scenario, one.members))
        ).less(-paid[one.members[0]])
        for one in found
    }
    yield from thresholds(
        on,
        stranded,
        {name: stake.account.net_musd for name, stake in stakes.items()},
        {name: stake.alone for name, stake in stakes.items()},
    )


def _without(partners: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in partners if one != name)


def _sampled(partners: tuple[str, ...], orders: int) -> Iterator[tuple[str, ...]]:
    """The coalitions that random orders of joining ask for, with all, each, and all but each."""
    asked: set[int] = {(1 << len(partners)) - 1}
    for size in (1, len(partners) - 1):
        asked |= {sum(1 << bit for bit in chosen) for chosen in combinations(range(len(partners)), size)}

    def heard(number: int) -> float:
        asked.add(number)
        return 0.0

    sampled_shapley(len(partners), heard, orders, _rng())
    for number in sorted(asked):
        yield _named(partners, number)


def _drawn_way(partners: tuple[str, ...], values: Values, orders: int) -> Way:
    """The Shapley value of the same orders, now that it is known what their coalitions are worth."""
    found = sampled_shapley(
        len(partners), lambda number: values[_named(partners, number)].low, orders, _rng()
    )
    return sampled_way(partners, found, max(one.width for one in values.values()))


def _rng() -> np.random.Generator:
    return np.random.default_rng(_SEED)


def _named(partners: tuple[str, ...], number: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(partners) if number >> bit & 1)
