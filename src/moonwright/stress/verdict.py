"""What a contingency does to a campaign, in numbers that a page can show and a file can keep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.choose.roles import difference, flown
from moonwright.plan import Plan
from moonwright.scenario.demand import BuildDemand
from moonwright.simulate import crew, stock
from moonwright.simulate.money import charges
from moonwright.simulate.replay import tell
from moonwright.simulate.setting import setting
from moonwright.stress.replan import Fate, Replan
from moonwright.units import DAYS_PER_YEAR
from moonwright.world.observe import observe

MONTH_D = DAYS_PER_YEAR / 12.0


class Lost(BaseModel):
    """A demand and how much more of it is short than in the base plan, in its unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    demand: str
    amount: float
    unit: str


class Flights(BaseModel):
    """Flights of a mission more (or fewer) than in the base plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mission: str
    more: int


class Verdict(BaseModel):
    """One case of a board. Numbers are None where there is no plan.

    `cost_musd` is what is spent from the date on, `extra_musd` that less what the base plan spends from then on;
    `by_partner_musd` parts it. `months_late`: of the most delayed wanted building that both plans finish; `never`:
    those of the base plan that do not come any more. `least_margin_d`: fewest days for which stocks of anything
    life-critical last, at gross use, where people are. `gap`: of the cost. `reproducible`: no clock cut the search short.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    case: str
    on: str
    partners: tuple[str, ...]
    fate: Fate
    certified: bool
    cost_musd: float | None = None
    extra_musd: float | None = None
    by_partner_musd: Mapping[str, float] = {}
    months_late: float | None = None
    never: tuple[str, ...] = ()
    least_margin_d: float | None = None
    crew_days: float | None = None
    lost: tuple[Lost, ...] = ()
    flights: tuple[Flights, ...] = ()
    gap: float | None = None
    stopped: str | None = None
    reproducible: bool = False
    wall_s: float = 0.0

    @property
    def crew_safe(self) -> bool:
        """True where everybody is supplied and has a way home."""
        return self.fate in ("met", "short", "idle")

    @property
    def borne(self) -> bool:
        """True where no hard demand fails: the loss can be borne."""
        return self.fate == "met"


def judged(case: str, partners: tuple[str, ...], base: Result, found: Replan) -> Verdict:
    """What a replan says of its case, against the base plan."""
    on = str(base.scenario.horizon.start + timedelta(days=found.day))
    if found.result is None:
        return Verdict(
            case=case, on=on, partners=partners, fate=found.fate, certified=False, wall_s=found.wall_s,
            reproducible=found.fate == "unsafe",
        )  # fmt: skip
    now, outcome = found.result, found.result.plan.outcome
    after, before = _spent(now, found.day), _spent(base, found.day)
    late, never = _late(base, now)
    return Verdict(
        case=case,
        on=on,
        partners=partners,
        fate=found.fate,
        certified=found.certified,
        cost_musd=sum(after.values()),
        extra_musd=sum(after.values()) - sum(before.values()),
        by_partner_musd={name: after[name] - before[name] for name in base.scenario.partners},
        months_late=late,
        never=never,
        least_margin_d=_least_margin_d(now, found.day),
        crew_days=float(sum(history.present[found.day :].sum() for history in now.run.crew)),
        lost=tuple(_lost(base, now)),
        flights=_changed(base.plan, now.plan),
        gap=outcome.last.gap,
        stopped=outcome.stopped,
        reproducible=outcome.nodes is not None and all(rank.stopped != "time" for rank in outcome.ranks),
        wall_s=found.wall_s,
    )


def _spent(result: Result, day: int) -> dict[str, float]:
    """MUSD that each partner pays from a day on, all at the prices of the result's own scenario."""
    story = tell(result.plan, observe(result.scenario))
    past = charges(story.setting, story.voyages, story.elements, day)
    totals: dict[str, float] = defaultdict(float)
    for charge in result.run.charges:
        totals[charge.partner] += charge.amount_musd
    for charge in past:
        totals[charge.partner] -= charge.amount_musd
    return totals


def _late(base: Result, now: Result) -> tuple[float | None, tuple[str, ...]]:
    """Months by which the most delayed of what is wanted and both plans build is later; and what is not built any more."""
    wanted = {demand.element for demand in base.scenario.demands.values() if isinstance(demand, BuildDemand)}
    before, after = ({(b.element, b.copy_no): b.day_d for b in one.plan.builds} for one in (base, now))
    asked = [key for key in before if key[0] in wanted]
    never = tuple(f"{name} {number}" for name, number in asked if (name, number) not in after)
    late_d = max((after[key] - before[key] for key in asked if key in after), default=None)
    return None if late_d is None else late_d / MONTH_D, never


def _least_margin_d(result: Result, day: int) -> float | None:
    """Fewest days that stocks of life-critical resources last at gross use, wherever and whenever people are."""
    given = setting(result.plan, observe(result.scenario))
    gross = stock.gross_use(given, crew.present(given))
    least = np.inf
    for history in result.run.stocks:
        use = gross.get((history.node, history.resource))
        if use is None or not result.scenario.resources[history.resource].life_critical:
            continue
        daily = use[day : len(history.stock_kg)]
        kept = history.stock_kg[day:]
        least = min(least, float((kept[daily > 0] / daily[daily > 0]).min(initial=np.inf)))
    return None if np.isinf(least) else least


def _lost(base: Result, now: Result) -> list[Lost]:
    """Demands of which more is short than in the base plan."""
    before, after = _short(base.plan), _short(now.plan)
    return [
        Lost(demand=demand, amount=amount - before[demand, unit], unit=unit)
        for (demand, unit), amount in after.items()
        if amount - before[demand, unit] > 1e-6
    ]


def _short(plan: Plan) -> Counter[tuple[str, str]]:
    totals: Counter[tuple[str, str]] = Counter()
    for short in plan.shortfalls:
        totals[short.demand, short.unit] += short.amount  # type: ignore[assignment]  # counts may be parts
    return totals


def _changed(base: Plan, now: Plan) -> tuple[Flights, ...]:
    changes = difference(flown(base), flown(now))
    return tuple(Flights(mission=role.told, more=more) for role, more in changes.items())
