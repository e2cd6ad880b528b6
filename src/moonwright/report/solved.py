"""What the solver says of its own work: bounds, gaps, tolerances, limits, and what ended the search."""

from __future__ import annotations

from math import isfinite

from moonwright.plan import Outcome, Rank, Tolerances
from moonwright.report.wording import digits, grouped, percent


def solved_data(outcome: Outcome) -> dict[str, object]:
    """The solver's account as plain data: aims in order of rank, None where nothing is proven."""
    return {
        "status": outcome.status,
        "stopped": outcome.stopped,
        "repeatable": repeatable(outcome),
        "asked_gap": outcome.asked_gap,
        "time_limit_s": outcome.time_limit_s,
        "nodes": outcome.nodes,
        "solver": outcome.solver,
        "strategy": outcome.strategy,
        "tolerances": outcome.tolerances.model_dump() if outcome.tolerances else None,
        "ranks": [_rank_data(rank) for rank in outcome.ranks],
    }


def _rank_data(rank: Rank) -> dict[str, object]:
    told = rank.model_dump()
    return {
        key: value if not isinstance(value, float) or isfinite(value) else None for key, value in told.items()
    }


def repeatable(outcome: Outcome) -> bool:
    """Whether the clock decided nothing, so that the same versions give the same plan on another machine."""
    clocked = {"time", "interrupted"} & {outcome.stopped, *(rank.stopped for rank in outcome.ranks)}
    return outcome.nodes is not None and not clocked


def ended(outcome: Outcome) -> str:
    """What ended the search for the last aim, in plain words."""
    return {
        "gap": "reaching the gap asked for",
        "time": "the time limit" + (f" of {_seconds(outcome.time_limit_s)}" if outcome.time_limit_s else ""),
        "nodes": "the node limit" + (f" of {grouped(outcome.nodes)} a search" if outcome.nodes else ""),
        "interrupted": "an interruption",
        "wear": "the best plan whose vehicles surely fly no more often than they may",
    }[outcome.stopped]


def limits(outcome: Outcome) -> str:
    """What the search was allowed."""
    told = [f"a gap of {percent(outcome.asked_gap)}"]
    told += [_seconds(outcome.time_limit_s)] if outcome.time_limit_s is not None else []
    told += [f"{grouped(outcome.nodes)} nodes a search"] if outcome.nodes is not None else []
    return ", ".join(told)


def closely(tolerances: Tolerances) -> str:
    """How closely the solver keeps to its model, in one sentence."""
    return (
        f"rows and bounds within {digits(tolerances.feasibility)} of their unit; whole numbers within "
        f"{digits(tolerances.integrality)} while searching, exact in the plan; an aim that is held within a "
        f"fraction of {digits(tolerances.held)}"
    )


def _seconds(time_s: float | None) -> str:
    return f"{grouped(time_s or 0.0)} s"
