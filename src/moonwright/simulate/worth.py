"""What met demands are worth to the partners, by what the replay finds short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from moonwright.plan import Shortfall
from moonwright.scenario.demand import (
    BuildDemand,
    CrewDemand,
    DeliverDemand,
    Demand,
    FlyDemand,
    ReserveDemand,
)
from moonwright.simulate.crew import active
from moonwright.simulate.demand import spans
from moonwright.simulate.setting import Setting

_KG_PER_T = 1000.0


def worth_by_partner(setting: Setting, lacks: Mapping[str, Sequence[Shortfall]]) -> dict[str, float]:
    """MUSD that each partner has of the demands, as far as they are met."""
    totals = dict.fromkeys(setting.scenario.partners, 0.0)
    for name, demand in setting.scenario.demands.items():
        if isinstance(demand, ReserveDemand):
            continue
        met = 1.0 - _missed(setting, demand, lacks[name])
        for partner, worth in demand.worth.items():
            totals[partner] += met * float(worth)
    return totals


def _missed(setting: Setting, demand: Demand, lacks: Sequence[Shortfall]) -> float:
    """The share of a demand that is not met, in its own unit."""
    full = _full(setting, demand)
    return sum(short.amount for short in lacks) / full if full > 0.0 else 0.0


def _full(setting: Setting, demand: Demand) -> float:
    """All that a demand asks, in the unit of its shortfall."""
    match demand:
        case CrewDemand():
            days = active(setting, demand.starts, demand.until)[: setting.horizon_d]
            return float(demand.count * days.sum())
        case BuildDemand():
            return float(demand.count) * max(0, setting.horizon_d - setting.calendar.day_of(demand.by))
        case DeliverDemand():
            asked = len(list(spans(setting, demand.starts, demand.until, demand.every)))
            return asked * float(demand.amount) / _KG_PER_T
        case FlyDemand():
            return float(demand.count) * len(list(spans(setting, demand.starts, demand.until, demand.every)))
        case _:
            return 0.0
