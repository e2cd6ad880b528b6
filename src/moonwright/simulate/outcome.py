"""What the solver says that it reached, against what the replay finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import AIM, TIME_D


@rule
def outcome(setting: Setting, found: Mapping[str, float | None]) -> Iterator[Broken]:
    """The last aim is what the replay finds; an earlier one is no worse than what is said to be kept, and than its slack."""
    ranks = setting.plan.outcome.ranks
    for rank in ranks:
        actual, slack = found.get(rank.name), float(setting.scenario.objective.slack)
        if actual is None:
            continue
        allowed = AIM * abs(rank.value) + TIME_D
        worse = actual - rank.value - (0.0 if rank is ranks[-1] else slack * abs(rank.value))
        if worse > allowed or (rank is ranks[-1] and -worse > allowed):
            told = f"says {rank.name} {rank.value:,.6f} {rank.unit}; the replay finds {actual:,.6f}"
            yield Broken(setting.horizon_d, "outcome", told)
        if rank.kept is not None and actual - rank.kept > allowed:
            told = f"says that of {rank.name} {rank.kept:,.6f} {rank.unit} is kept; the replay finds {actual:,.6f}"
            yield Broken(setting.horizon_d, "outcome", told)
