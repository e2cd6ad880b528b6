"""The dependency matrix: how much of each capability hangs on each partner, and how soon another could give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from moonwright.choose.held import holding
from moonwright.choose.result import Result
from moonwright.choose.roles import columns
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Model, assemble, costs_of, divisible
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Terms
from moonwright.optimise.strength import strengthened
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.stress.case import BUILT_IN_D
from moonwright.stress.means import Capability, Means, capabilities
from moonwright.world.observe import observe

WITHIN = 0.05  # how much dearer a plan may be and still count as nearly the best
_RELAXED = Limits(gap=0.0, time_s=600.0)  # an LP takes seconds; only a broken machine meets this
_SOME = 1e-4  # flights, of a bound: less is the solver's tolerance


class Part(BaseModel):
    """A partner's part in a capability.

    `share`: what it takes part in, as a fraction of the whole; where several have a part in one flight, each takes part
    in all of it. `sole`: nothing of it comes without the partner. `anew_d`: days from the campaign's first until another
    way is ready (0: there is one at once); `assumed`: no other is known, so this is the time that it takes to build a ship.
    `least`: flights or builds in which it has a part in every nearly best plan, at least; None where that is not
    known, or where the thing was there from the start.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    partner: str
    amount: float
    share: float
    sole: bool
    anew_d: float
    assumed: bool
    least: float | None = None

    @property
    def critical(self) -> bool | None:
        """True where no nearly best plan does without the partner's part; None where that is not known."""
        return None if self.least is None else self.least > _SOME


class Dependence(BaseModel):
    """A capability and who gives it.

    `dissimilar`: most ways, used or not, no two of which share a launcher, vehicle or element. `herfindahl`: sum of squared
    shares, each flight's parted equally among those with a part in it: 1 where one gives all, 1/n where n give as much.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    capability: str
    unit: str
    total: float
    herfindahl: float
    dissimilar: int
    parts: tuple[Part, ...]


def matrix(base: Result, *, within: float | None = WITHIN) -> tuple[Dependence, ...]:
    """The capabilities that the base plan gives, and each partner's part in them.

    `within`: which plans count as nearly the best: no shortfall or earlier aim is worse, and the last aim by this
    fraction at most. The least use is a bound by linear relaxation: no such plan has less, some may need more. None: it is
    not asked for, which takes no solver.
    """
    found = capabilities(base.scenario, base.plan)
    least = None if within is None else _Least(base.scenario, base.plan, within)
    return tuple(_dependence(base.scenario, one, least) for one in found)


def _dependence(scenario: Scenario, capability: Capability, least: _Least | None) -> Dependence:
    equal = dict.fromkeys(scenario.partners, 0.0)
    for means in capability.means:
        for owner in means.owners:
            equal[owner] += means.amount / len(means.owners) / capability.total
    partners = [name for name, share in equal.items() if share > 0.0]
    return Dependence(
        capability=capability.name,
        unit=capability.unit,
        total=capability.total,
        herfindahl=sum(share**2 for share in equal.values()),
        dissimilar=dissimilar(capability.means),
        parts=tuple(_part(scenario, capability, name, least) for name in partners),
    )


def _part(scenario: Scenario, capability: Capability, partner: str, least: _Least | None) -> Part:
    mine = [means for means in capability.means if partner in means.owners]
    amount = sum(means.amount for means in mine)
    anew_d = _anew_d(scenario.horizon.start, [m for m in capability.means if partner not in m.owners])
    return Part(
        partner=partner,
        amount=amount,
        share=amount / capability.total,
        sole=amount >= capability.total * (1.0 - 1e-9),
        anew_d=BUILT_IN_D if anew_d is None else anew_d,
        assumed=anew_d is None,
        least=None if least is None else least.of(mine),
    )


def _anew_d(start: date, others: Iterable[Means]) -> float | None:
    """Days until the first of some means is ready; None where there is none."""
    return min((max(0.0, float((m.ready - start).days)) if m.ready else 0.0 for m in others), default=None)


def dissimilar(means: Sequence[Means]) -> int:
    """The most means of which no two share a design: one fault of a design then takes one of them away, not two.

    Found by trying all, the ones that are like others left out: what counts are distinct sets of designs.
    """
    kinds = sorted({one.designs for one in means}, key=lambda designs: (len(designs), sorted(designs)))
    kinds = [kind for kind in kinds if not any(other < kind for other in kinds)]
    return _most(kinds, frozenset())


def _most(kinds: Sequence[frozenset[str]], taken: frozenset[str]) -> int:
    free = [kind for kind in kinds if not kind & taken]
    if not free:
        return 0
    first, others = free[0], free[1:]
    if not any(first & other for other in others):
        return 1 + _most(others, taken)
    return max(1 + _most(others, taken | first), _most(others, taken))


class _Least:
    """The least of what partners do, over all nearly best plans: the linear relaxation, which no plan can undercut."""

    def __init__(self, scenario: Scenario, plan: Plan, within: float) -> None:
        self.problem = pose(expand(observe(scenario)))
        ranks = plan.outcome.ranks
        model = holding(self.problem, assemble(self.problem), ranks[:-1])
        model = holding(self.problem, strengthened(self.problem, model), ranks[-1:], within)
        self.model: Model = divisible(model)
        self.roles = columns(self.problem)

    def of(self, means: Sequence[Means]) -> float | None:
        """The least number of flights, builds or pushes by some means together; None where one was there from the start."""
        if any(one.there for one in means):
            return None
        terms = [term for one in means for term in self._terms(self.problem, one)]
        if not terms:
            return 0.0
        answer = solve(self.model, costs_of(self.model, terms), _RELAXED)
        return max(0.0, answer.bound) if answer.values.size else None

    def _terms(self, problem: Problem, one: Means) -> Terms:
        if one.role is not None:
            return list(self.roles.get(one.role, ()))
        if one.element is not None:
            return [(column, 1.0) for (name, _), column in problem.built.items() if name == one.element]
        return [(column, 1.0) for (name, _, _), column in problem.pushed.items() if name == one.pushes]
