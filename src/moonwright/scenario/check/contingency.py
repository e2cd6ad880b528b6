"""Contingencies that mean nothing: shocks of nothing, at no time, to what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.contingency import (
    BudgetCut,
    CutOff,
    Delay,
    Loss,
    PriceRise,
    Shock,
    Withdrawal,
)
from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.scenario import Scenario

_ROUNDING = 1e-9
_NOUNS = ("partners", "launchers", "vehicles", "elements")


def contingencies(scenario: Scenario) -> Iterator[Finding]:
    """Dates outside the horizon, shocks that lack what they need, futures that add up to more than certainty."""
    start, end = scenario.horizon.start, scenario.horizon.end
    for name, contingency in scenario.contingencies.items():
        if not start < contingency.on < end:
            allowed = f"a date after {start} and before {end}"
            yield Finding(("contingencies", name, "on"), f"{contingency.on}, outside the horizon", allowed)
        for number, shock in enumerate(contingency.shocks):
            yield from _lacking(scenario, ("contingencies", name, "shocks", number), shock)
    weighed = [name for name, one in scenario.contingencies.items() if one.probability is not None]
    total = sum(float(scenario.contingencies[name].probability or 0.0) for name in weighed)
    if total > 1.0 + _ROUNDING:
        path = ("contingencies", weighed[-1], "probability")
        yield Finding(
            path,
            f"the probabilities add up to {total:g}",
            "at most 1 in all",
            "what is left is that none comes",
        )


def _lacking(scenario: Scenario, path: Path, shock: Shock) -> Iterator[Finding]:
    if isinstance(shock, Withdrawal):
        yield from _withdrawal(path, shock)
    if isinstance(shock, BudgetCut):
        partner = scenario.partners.get(shock.partner)
        if partner is not None and partner.budget is None and not partner.budgets:
            todo = f"give partners.{shock.partner} a `budget`"
            yield Finding(
                (*path, "partner"), f"{shock.partner} has no budget to cut", "a partner with a budget", todo
            )
    if isinstance(shock, Loss) and not (shock.elements or shock.nodes):
        yield Finding(path, "a loss of nothing", "some `elements` or `nodes`")
    if isinstance(shock, Delay | PriceRise | CutOff) and not any(getattr(shock, noun) for noun in _NOUNS):
        yield Finding(path, f"a {shock.kind} of nothing", f"some of {', '.join(_NOUNS)}")


def _withdrawal(path: Path, shock: Withdrawal) -> Iterator[Finding]:
    if (shock.mode == "hard stop") == (shock.over > 0.0):
        found = f"{shock.mode} over {shock.over:g} d"
        yield Finding(
            (*path, "over"),
            found,
            "a time above 0 with `wind-down` or `no new starts`, none with a `hard stop`",
        )
    if (shock.hardware == "unsupported") != (shock.failures is not None):
        given = "no `failures`" if shock.failures is None else "`failures`"
        yield Finding(
            (*path, "failures"),
            f"{given} where hardware {shock.hardware}",
            "`failures` where hardware is `unsupported`",
        )
