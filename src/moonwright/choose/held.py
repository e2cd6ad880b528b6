"""What a known plan reached, held while something else is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from moonwright.errors import InternalError
from moonwright.optimise.highs import gap_to
from moonwright.optimise.model import Floats, Model
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim, aims, held
from moonwright.plan import Rank

_NOTHING = 1e-9  # a shortfall below this is none


def aims_of(problem: Problem, ranks: Sequence[Rank]) -> list[Aim]:
    """The aim behind each rank."""
    shortfalls, goals = aims(problem)
    known = {aim.name: aim for aim in (*shortfalls, *goals)}
    if unknown := [rank.name for rank in ranks if rank.name not in known]:
        raise InternalError(f"the plan has ranks that its scenario does not ask for: {', '.join(unknown)}")
    return [known[rank.name] for rank in ranks]


def holding(problem: Problem, model: Model, ranks: Sequence[Rank], loosened: float | None = None) -> Model:
    """The model in which no rank is worse than what it was, but for its slack, or for the fraction `loosened`."""
    for rank, aim in zip(ranks, aims_of(problem, ranks), strict=True):
        model = held(model, aim, rank.value, rank.slack if loosened is None else loosened)
    return model


def reached(problem: Problem, ranks: Sequence[Rank], values: Floats) -> tuple[Rank, ...]:
    """Ranks that tell what values keep of each; the last one's value is theirs, against the bound proven before."""
    kept = [worth(aim, values) for aim in aims_of(problem, ranks)]
    told = [rank.model_copy(update={"kept": value}) for rank, value in zip(ranks, kept, strict=True)]
    last = ranks[-1]
    return (*told[:-1], told[-1].model_copy(update={"value": kept[-1], "gap": gap_to(last.bound, kept[-1])}))


def worth(aim: Aim, values: Floats) -> float:
    """What values reach in an aim."""
    return float(sum(weight * values[column] for column, weight in aim.terms)) + aim.constant
