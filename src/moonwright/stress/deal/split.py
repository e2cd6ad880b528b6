"""The split that a plan makes by itself: each pays for what is its own, and has what met demands are worth to it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.simulate.demand import lacking
from moonwright.simulate.replay import tell
from moonwright.simulate.worth import worth_by_partner
from moonwright.stress.coalition import paid_until
from moonwright.stress.deal.between import Between
from moonwright.world.observe import observe

Values = Mapping[tuple[str, ...], Between]  # of coalitions

_SAME = 1e-6  # of the largest worth: what solvers leave of a tie


class Account(BaseModel):
    """What a partner has of a plan: its worth, less cost from the date on, plus what others hand over, MUSD."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    worth_musd: float
    cost_musd: float
    received_musd: float = 0.0

    @property
    def net_musd(self) -> float:
        """What is left."""
        return self.worth_musd - self.cost_musd + self.received_musd


class Leaving(BaseModel):
    """A coalition that has more by itself than the split gives its members: surely where `gain.low` is more than nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    players: tuple[str, ...]
    gain: Between

    @property
    def surely(self) -> bool:
        """True where a plan shows the gain."""
        return self.gain.low > 0.0


def accounts(
    result: Result, day_d: float = 0.0, received: Mapping[str, float] | None = None
) -> dict[str, Account]:
    """Each partner's account of a plan, of costs from a day on."""
    story = tell(result.plan, observe(result.scenario))
    worth = worth_by_partner(story.setting, lacking(story.setting, story.evidence))
    before = paid_until(result.scenario, result.plan, day_d) if day_d > 0.0 else {}
    whole = paid_until(result.scenario, result.plan, math.inf)
    return {
        name: Account(
            worth_musd=worth[name],
            cost_musd=whole[name] - before.get(name, 0.0),
            received_musd=(received or {}).get(name, 0.0),
        )
        for name in result.scenario.partners
    }


def leaving(values: Values, split: Mapping[str, float]) -> tuple[Leaving, ...]:
    """The coalitions that gain by going, the greatest gain first; all together have no other place to go."""
    tiny = _SAME * max(1.0, *(one.high for one in values.values()))
    found = []
    for players, worth in values.items():
        gain = worth.less(sum(split[name] for name in players))
        if gain.high > tiny and len(players) < len(split):
            low = gain.low if abs(gain.low) > tiny else 0.0
            found.append(Leaving(players=players, gain=gain.model_copy(update={"low": low})))
    return tuple(sorted(found, key=lambda one: (-one.gain.low, -one.gain.high)))
