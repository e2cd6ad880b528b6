"""From all that is given to a smallest set that conflicts: none of it can be left out.

QuickXplain (Junker, AAAI 2004, "Preferred explanations and relaxations for over-constrained problems"): halves that
are not needed go at once, so that k givens out of n take about 2k log2(n / k) + 2k questions. Each question is a
solve: of the relaxation, which is quick, or in whole numbers, which may run out of time. What is not proven to
conflict is taken not to, so that the set found always conflicts, though it may then not be smallest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from moonwright.explain.given import Given
from moonwright.explain.liftable import Liftable
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import divisible

_NEAR = 3  # openings looked at first, in whole numbers
_ANY_PLAN = 1e9  # a gap that the first plan found meets


@dataclass
class Referee:
    """Says whether givens conflict. `whole`: in whole numbers, or in the relaxation. `unsure` counts the questions
    that it had no time to answer; `until` is the last opening that it looks at."""

    model: Liftable
    ends: float
    whole: bool
    most_s: float
    until: int | None = None
    unsure: int = 0
    asked: int = 0
    known: dict[frozenset[Given], bool] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last opening that it looks at."""
        return self.model.problem.last if self.until is None else self.until

    def conflict(self, givens: Sequence[Given]) -> bool:
        """True where they are proven to conflict."""
        key = frozenset(givens)
        if key not in self.known:
            self.known[key] = self._proven(key)
        return self.known[key]

    def suspects(self, givens: Sequence[Given]) -> tuple[Given, ...]:
        """Those of some conflicting givens that the relaxation blames, which conflict too; all, where it has a solution.

        Rows may be broken at a price; those that then have a shadow price prove that no plan breaks none (Farkas).
        """
        if self.whole:
            return tuple(givens)
        blamed = self.model.blamed(frozenset(givens), self.until)
        return tuple(given for given in givens if given in blamed) or tuple(givens)

    def _proven(self, givens: frozenset[Given]) -> bool:
        left_s = self.ends - time.perf_counter()
        if left_s <= 0.0:
            self.unsure += 1
            return False
        model = self.model.standing(givens, self.until)
        if not self.whole:
            model = divisible(model)
        self.asked += 1
        answer = solve(model, np.zeros(len(model.column_lower)), Limits(_ANY_PLAN, min(self.most_s, left_s)))
        self.unsure += answer.status == "no_plan"
        return answer.status == "infeasible"


def smallest(givens: Sequence[Given], conflict: Callable[[Sequence[Given]], bool]) -> tuple[Given, ...]:
    """A conflicting set of which no part conflicts, out of a conflicting whole; rather of what stands first."""
    if conflict(()):
        return ()
    found = set(_needed([], False, list(givens), conflict))
    return tuple(given for given in givens if given in found)


def _needed(
    kept: list[Given], grown: bool, among: list[Given], conflict: Callable[[Sequence[Given]], bool]
) -> list[Given]:
    if grown and conflict(kept):
        return []
    if len(among) == 1:
        return among
    half = len(among) // 2
    first, second = among[:half], among[half:]
    of_second = _needed([*kept, *first], True, second, conflict)
    of_first = _needed([*kept, *of_second], bool(of_second), first, conflict)
    return [*of_first, *of_second]


def first_opening(referee: Referee, givens: Sequence[Given]) -> int:
    """The earliest opening until which all of them already conflict; the last one where only all of it does."""
    least, most = 0, referee.last
    while least < most:
        middle = (least + most) // 2
        if replace(referee, until=middle, known={}).conflict(givens):
            most = middle
        else:
            least = middle + 1
    return least


def until_they_conflict(referee: Referee, givens: Sequence[Given]) -> Referee | None:
    """The referee who looks no further than he needs to see them conflict: twice as far each time, as far as time allows.

    In whole numbers a few periods are soon seen through, many perhaps never.
    """
    until = _NEAR
    while until < referee.last:
        near = replace(referee, until=until, known={})
        if near.conflict(givens):
            return near
        until *= 2
    return referee if referee.conflict(givens) else None
