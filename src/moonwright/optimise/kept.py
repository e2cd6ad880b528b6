"""What a finished plan keeps of the aims that later ones were allowed to worsen."""

from __future__ import annotations

from dataclasses import replace

from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Model, dense, with_row, with_whole_fixed
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Found, aims
from moonwright.optimise.row import at_most

_LEAST_S = 60.0  # for one LP, at least: it takes a second or two
_ROUNDING = 1e-9  # settled values keep to their own aims but for this: no second drift on top of HELD


def settled(problem: Problem, model: Model, found: Found, limits: Limits) -> Found:
    """The same whole decisions, with every aim that has slack made as small as the others allow.

    An aim such as the finish is bounded by the plan only from below: where its slack lets it, the solver may leave it
    higher than what the plan does. Afterwards `kept` is what the plan has.
    """
    told = {aim.name: aim for group in aims(problem) for aim in group}
    ranked = [told[rank.name] for rank in found.ranks if rank.name in told]
    loose = [told[rank.name] for rank in found.ranks if rank.slack and rank.name in told]
    values = found.answer.values
    if not loose or not values.size:
        return found
    for aim in loose:
        fixed = with_whole_fixed(model, values)
        for other in ranked:
            reached = float(dense(problem, other.terms) @ values)
            most = reached + _ROUNDING * (1.0 + abs(reached))
            fixed = with_row(fixed, "held", at_most((other.name,), other.terms, most))
        enough = replace(limits, gap=0.0, time_s=max(_LEAST_S, limits.time_s))
        again = solve(fixed, dense(problem, aim.terms), enough, offset=aim.constant)
        values = again.values if again.values.size else values
    kept = {aim.name: float(dense(problem, aim.terms) @ values) + aim.constant for aim in ranked}
    ranks = tuple(rank.model_copy(update={"kept": kept.get(rank.name, rank.kept)}) for rank in found.ranks)
    return replace(found, answer=replace(found.answer, values=values), ranks=ranks)
