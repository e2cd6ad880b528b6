"""Why there is no plan: from the quickest question to the slowest, until one of them finds a conflict."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from moonwright.explain.conflict import Cause, Conflict, WhyNot
from moonwright.explain.given import Given
from moonwright.explain.lever import paths
from moonwright.explain.liftable import liftable
from moonwright.explain.repair import Bench, repairs, together
from moonwright.explain.sift import Referee, first_opening, smallest
from moonwright.explain.words import said
from moonwright.scenario.document import spelt
from moonwright.scenario.scenario import Scenario

TIME_LIMIT_S = 30.0
_FOR_CONFLICT = 0.5  # of the time, at most; the rest is for repairs
_ONE_QUESTION = 0.2  # of the time for the conflict, at most, for one question in whole numbers
_MOST_CONFLICTS = 5  # repaired together
_ORDER = ("demand", "date", "budget", "capacity")  # what one would rather be told


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


def _explained(scenario: Scenario, began: float, time_limit_s: float) -> WhyNot:
    ends = began + time_limit_s
    model = liftable(scenario)
    givens = sorted(model.givens, key=lambda given: _ORDER.index(given.kind))
    possible: bool | None = None
    for whole in (False, True):
        referee = Referee(
            model, ends, whole, (ends - time.perf_counter()) * (_ONE_QUESTION if whole else 1.0)
        )
        if not referee.conflict(givens):
            possible = True if whole and not referee.unsure else None
            continue
        conflicting, near = _conflict(referee, givens, began + _FOR_CONFLICT * time_limit_s)
        conflict = _told(scenario, near, conflicting, began)
        bench = Bench(scenario, ends, model, model.problem.last if near.until is None else near.until)
        mended = repairs(bench, conflicting) or together(bench, _all_conflicts(near, givens, conflicting))
        return WhyNot(False, conflict, mended, time.perf_counter() - began)
    return WhyNot(possible, None, (), time.perf_counter() - began)


def _conflict(referee: Referee, givens: Sequence[Given], ends: float) -> tuple[tuple[Given, ...], Referee]:
    """A smallest conflict among givens that conflict, and who found it: first until when, then of what."""
    until = first_opening(referee, givens)
    near = replace(referee, until=until, ends=ends, known={}, unsure=0)
    return smallest(near.suspects(givens), near.conflict), near


def _all_conflicts(
    referee: Referee, givens: Sequence[Given], first: tuple[Given, ...]
) -> list[tuple[Given, ...]]:
    """What to ease together: of one conflict after the other that given which can be eased, set aside in the next."""
    aside = [first[-1]]
    asked = replace(referee, until=None, known={}, ends=referee.ends)
    while len(aside) < _MOST_CONFLICTS:
        rest = [given for given in givens if given not in aside]
        if not asked.conflict(rest):
            break
        more, _ = _conflict(asked, rest, referee.ends)
        if not more:
            break
        aside.append(more[-1])
    return [(given,) for given in aside]


def _told(scenario: Scenario, referee: Referee, givens: Sequence[Given], began: float) -> Conflict:
    problem = referee.model.problem
    until = problem.last if referee.until is None else referee.until
    return Conflict(
        causes=tuple(
            Cause(given.kind, tuple(spelt(path) for path in paths(scenario, given)), said(scenario, given))
            for given in givens
        ),
        smallest=not referee.unsure,
        found="in whole numbers" if referee.whole else "in the relaxation",
        by=problem.network.world.date_of(problem.network.openings[until].start_d),
        within_s=time.perf_counter() - began,
    )
