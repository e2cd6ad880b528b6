"""Why there is no plan: from the quickest question to the slowest, until one of them finds a conflict."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from moonwright.explain.absolute import without_solver
from moonwright.explain.conflict import Cause, Conflict, Found, WhyNot
from moonwright.explain.given import Given, told_before
from moonwright.explain.lever import levers, paths
from moonwright.explain.liftable import Liftable, liftable
from moonwright.explain.repair import Bench, repairs, together
from moonwright.explain.sift import Referee, first_opening, smallest, until_they_conflict
from moonwright.explain.words import at_most, said
from moonwright.scenario.document import spelt
from moonwright.scenario.scenario import Scenario

TIME_LIMIT_S = 30.0
_FOR_CONFLICT = 0.5  # of the time, at most; the rest is for repairs
_ONE_QUESTION = 0.2  # of the time for the conflict, at most, for one question in whole numbers
_MOST_CONFLICTS = 5  # repaired together


def why_not(scenario: Scenario, *, demand: str | None = None, time_limit_s: float = TIME_LIMIT_S) -> WhyNot:
    """The smallest conflict that keeps a scenario from having a plan, and its cheapest repairs.

    `demand`: a ranked demand that stays short; it is taken as hard, and where that alone conflicts with nothing,
    those of its rank and of the ranks before it are too.
    """
    began = time.perf_counter()
    for asked in _asked(scenario, demand):
        answer = _explained(asked, began, time_limit_s)
        if answer.conflict is not None:
            return answer
    return answer


def _asked(scenario: Scenario, demand: str | None) -> Iterator[Scenario]:
    """What is to be explained: the scenario, or first with one demand met whatever happens, then with all before it."""
    if demand is None:
        yield scenario
        return
    yield _hardened(scenario, {demand})
    before = [rank for d in scenario.demands.values() if isinstance(rank := d.rank, int)]
    own = scenario.demands[demand].rank
    last = own if isinstance(own, int) else max(before, default=0)
    yield _hardened(
        scenario, {n for n, d in scenario.demands.items() if isinstance(d.rank, int) and d.rank <= last}
    )


def _hardened(scenario: Scenario, names: Collection[str]) -> Scenario:
    hard = {name: scenario.demands[name].model_copy(update={"rank": "hard"}) for name in names}
    return scenario.model_copy(update={"demands": {**scenario.demands, **hard}})


@dataclass(frozen=True)
class _Question:
    """A scenario to explain, its model, what it gives in the order in which one would rather be told, and the time."""

    scenario: Scenario
    model: Liftable
    givens: tuple[Given, ...]
    began: float
    limit_s: float

    @property
    def ends(self) -> float:
        return self.began + self.limit_s

    def referee(self, *, whole: bool) -> Referee:
        left_s = self.ends - time.perf_counter()
        return Referee(self.model, self.ends, whole, left_s * (_ONE_QUESTION if whole else 1.0))


def _explained(scenario: Scenario, began: float, time_limit_s: float) -> WhyNot:
    model = liftable(scenario)
    givens = tuple(sorted(model.givens, key=told_before))
    question = _Question(scenario, model, givens, began, time_limit_s)
    if absolute := without_solver(model, scenario):
        return _mended(question, question.referee(whole=False), absolute, "without a solver")
    relaxed = question.referee(whole=False)
    if relaxed.conflict(givens):
        return _sifted(question, relaxed, "in the relaxation")
    whole = question.referee(whole=True)
    if near := until_they_conflict(whole, givens):
        return _sifted(question, near, "in whole numbers")
    possible: bool | None = True
    if whole.unsure:  # whoever looks for a plan finds one sooner than whoever asks whether there is any
        possible = Bench(scenario, question.ends, model, None).planned([])
    return WhyNot(possible or None, None, (), time.perf_counter() - began)


def _sifted(question: _Question, referee: Referee, found: Found) -> WhyNot:
    referee.ends = question.began + _FOR_CONFLICT * question.limit_s
    conflicting, near = _conflict(referee, question.givens)
    return _mended(question, near, conflicting, found)


def _conflict(referee: Referee, givens: Sequence[Given]) -> tuple[tuple[Given, ...], Referee]:
    """A smallest conflict among givens that conflict, and who found it: first a small one, then until when it shows."""
    few = referee.suspects(givens)
    near = replace(referee, until=first_opening(referee, few), known={}, unsure=0)
    return smallest(near.suspects(few), near.conflict), near


def _mended(question: _Question, referee: Referee, conflicting: tuple[Given, ...], found: Found) -> WhyNot:
    conflict = _told(question, referee, conflicting, found)
    bench = Bench(question.scenario, question.ends, question.model, referee.until)
    mended = repairs(bench, conflicting)
    if not any(repair.keeps for repair in mended):
        mended = (*together(replace(bench), _one_of_each(question, referee, conflicting)), *mended)
    return WhyNot(False, conflict, mended, time.perf_counter() - question.began)


def _one_of_each(question: _Question, referee: Referee, first: tuple[Given, ...]) -> list[Given]:
    """What to ease together: one given of each of several conflicts, set aside where the next is looked for."""
    aside = [_easiest(question.scenario, first)]
    asked = replace(referee, until=None, known={}, ends=question.ends)
    while len(aside) < _MOST_CONFLICTS:
        rest = [given for given in question.givens if given not in aside]
        if not asked.conflict(rest):
            break
        more, _ = _conflict(asked, rest)
        if not more:
            break
        aside.append(_easiest(question.scenario, more))
    return aside


def _easiest(scenario: Scenario, conflict: Sequence[Given]) -> Given:
    """The last of a conflict that has a lever: rather a capacity than a demand."""
    return next((given for given in reversed(conflict) if levers(scenario, [given])), conflict[-1])


def _told(question: _Question, referee: Referee, givens: Sequence[Given], found: Found) -> Conflict:
    scenario, network = question.scenario, question.model.problem.network
    opens_d = None if referee.until is None else network.openings[referee.until].start_d
    return Conflict(
        causes=tuple(
            Cause(
                given.kind,
                tuple(spelt(path) for path in paths(scenario, given)),
                said(scenario, given) + _what_is_left(question, referee, given, givens),
            )
            for given in givens
        ),
        smallest=not referee.unsure,
        found=found,
        by=None if opens_d is None else network.world.date_of(opens_d),
        within_s=time.perf_counter() - question.began,
    )


def _what_is_left(question: _Question, referee: Referee, given: Given, givens: Sequence[Given]) -> str:
    """How much of what a demand asks the rest of the conflict leaves it."""
    if (
        given.path[0] != "demands"
        or given not in question.model.givens
        or time.perf_counter() > question.ends
    ):
        return ""
    lacking = question.model.lacking(given, givens, referee.until)
    return "" if lacking is None else at_most(question.scenario, str(given.path[1]), lacking)
