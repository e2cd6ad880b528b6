"""What is proven of a plan that was found among fewer choices than its scenario has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from moonwright.optimise.highs import gap_to
from moonwright.optimise.ranks import HELD, Found
from moonwright.plan import Rank


def proven(found: Found, freer: Sequence[Rank], gap: float) -> Found:
    """What was found, against the bounds that a search among all choices proved: `freer`, its ranks.

    A rank's bound holds with the earlier ranks as that search left them; where one is worse now, nothing is proven.
    """
    ranks, same = [], True
    for rank, free in zip(found.ranks, freer, strict=True):
        bound = min(rank.bound, free.bound) if same else -math.inf
        left = gap_to(bound, rank.value)
        stopped = "wear" if rank.stopped == "gap" and left > gap else rank.stopped
        ranks.append(rank.model_copy(update={"bound": bound, "gap": left, "stopped": stopped}))
        same = same and rank.value - free.value <= HELD * (1.0 + abs(free.value))
    last = ranks[-1]
    answer = replace(found.answer, bound=last.bound, gap=last.gap, stopped=last.stopped)
    if any(rank.stopped != "gap" for rank in ranks) and answer.status == "optimal":
        answer = replace(answer, status="feasible")
    return replace(found, answer=answer, ranks=tuple(ranks))
