"""The least changes that make a plan possible, cheapest first; each tried on the scenario itself.

All levers are eased together, step by step, by the same relative size, so that the first to help is among the
cheapest. A step is tried in the relaxation first, which refuses quickly, then in whole numbers where the model is
small; what is proposed first has been planned, and its plan certified.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from moonwright.errors import InternalError
from moonwright.explain.change import put
from moonwright.explain.conflict import Change, Repair
from moonwright.explain.ease import Scale
from moonwright.explain.given import Given
from moonwright.explain.lever import Lever, levers
from moonwright.explain.liftable import Liftable, liftable
from moonwright.explain.reach import parts_of
from moonwright.explain.words import changed
from moonwright.network.expand import expand
from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.model import Model, assemble, divisible
from moonwright.optimise.optimise import optimise
from moonwright.optimise.pose import pose
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.world.observe import observe

COARSE = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0)  # for a large model: what lies between is sought afterwards
SIZES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0)
_FOR_SEARCH = 0.6  # of the time; the rest is for planning what was found
WANTED = 3  # repairs to choose from
_WHOLE_S = 5.0  # for a small model in whole numbers
_GLANCE_S = 2.0  # for a large one, which is refused only where that is proven
_SMALL = 400  # whole columns up to which a step is tried in whole numbers too
_ANY_PLAN = 1e9  # a gap that the first plan found meets
_FEW = 6  # levers at a time in a large model
_DROPPED = 100.0  # the size of giving a hard demand a rank: after all that keeps it
_FURTHER = (1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)  # times as far, where the relaxation was too hopeful

Step = tuple[Lever, Any]


@dataclass
class Bench:
    """Where scenarios are tried. Every answer is kept; without time left the answer is no.

    `model` is that of the scenario, which up to opening `until` already conflicts. Where it is large, a change is
    tried on it, laid anew as far as need be: first up to there, which refuses quickly, then on the whole.
    """

    scenario: Scenario
    ends: float
    model: Liftable
    until: int | None
    tried: dict[tuple[Step, ...], bool] = field(default_factory=dict)

    @cached_property
    def search_ends(self) -> float:
        """When the search ends, so that what it found can still be planned."""
        now = time.perf_counter()
        return now + _FOR_SEARCH * (self.ends - now)

    @property
    def left_s(self) -> float:
        """Seconds left for the search."""
        return self.search_ends - time.perf_counter()

    @cached_property
    def large(self) -> bool:
        """Whether the model is too large for whole numbers at every step."""
        return int(self.model.model.whole.sum()) > _SMALL

    def with_(self, steps: Iterable[Step]) -> Scenario:
        """The scenario with some levers moved."""
        scenario = self.scenario
        for lever, value in steps:
            scenario = put(scenario, lever.path, value)
        return scenario

    def possible(self, *steps: Step) -> bool:
        """Whether some levers moved let the relaxation, and a small model in whole numbers, have a plan."""
        if steps not in self.tried:
            self.tried[steps] = self.left_s > 0.0 and self._possible(steps)
        return self.tried[steps]

    def _possible(self, steps: Sequence[Step]) -> bool:
        scenario = self.with_(steps)
        if self.large:
            laid = self._relaid(scenario, [lever for lever, _ in steps])
            whole = laid.standing(laid.givens)
            return (
                self._relaxed(laid.standing(laid.givens, self.until))
                and self._relaxed(whole)
                and _answer(whole, min(_GLANCE_S, self.left_s)).status != "infeasible"
            )
        whole = assemble(pose(expand(observe(scenario))))
        return self._relaxed(whole) and bool(_answer(whole, min(_WHOLE_S, self.left_s)).values.size)

    def _relaxed(self, model: Model) -> bool:
        return bool(_answer(divisible(model), self.left_s).values.size)

    def _relaid(self, scenario: Scenario, moved: Sequence[Lever]) -> Liftable:
        parts = [parts_of(scenario, lever.path) for lever in moved]
        if None in parts:
            return liftable(scenario)
        return self.model.relaid(
            scenario, tuple(dict.fromkeys(name for part in parts for name in part or ()))
        )

    def planned(self, steps: Iterable[Step]) -> bool | None:
        """Whether there is a plan and its replay certifies it; None where time ran out first."""
        scenario = self.with_(steps)
        left_s = self.ends - time.perf_counter()
        if left_s <= 0.0:
            return None
        world = observe(scenario)
        try:
            result = optimise(expand(world), Limits(_ANY_PLAN, left_s))
        except InternalError:
            return False
        if result.plan is None:
            return None if result.status == "no_plan" else False
        return replay(result.plan, world).certified


def _answer(model: Model, time_s: float) -> Answer:
    """Any plan of a model, or none."""
    return solve(model, np.zeros(len(model.column_lower)), Limits(_ANY_PLAN, max(0.5, time_s)))


def repairs(bench: Bench, givens: Sequence[Given]) -> tuple[Repair, ...]:
    """Single changes to what conflicts that end the conflict, cheapest first; those that were planned before others."""
    found = [(lever, _least(bench, lever, less, more)) for lever, less, more in _helpful(bench, givens)]
    found.sort(key=lambda step: Scale(bench.scenario, step[0]).size(step[1]))
    made: list[Repair] = []
    for lever, value in found:
        sure = bench.large and any(
            repair.planned for repair in made
        )  # one that is sure will do: planning takes long
        step, planned = ((lever, value), None) if sure else _proven(bench, lever, value)
        if planned is not False:
            made.append(_repair(bench, (step,), planned=bool(planned)))
    made += _dropped(bench, givens)
    return tuple(sorted(made, key=lambda repair: (not repair.planned, repair.size)))


def together(bench: Bench, givens: Sequence[Given]) -> tuple[Repair, ...]:
    """One change to each of several givens, where no single change ends all conflicts."""
    chosen = [next(iter(levers(bench.scenario, [given])), None) for given in givens]
    scales = [Scale(bench.scenario, lever) for lever in chosen if lever]
    steps: list[Step] = []
    for size in SIZES:
        steps = [(scale.lever, value) for scale in scales if (value := scale.eased(size)) is not None]
        if bench.possible(*steps):
            break
    else:
        return ()
    for n, (lever, value) in enumerate(steps):
        others = (*steps[:n], *steps[n + 1 :])
        steps[n] = lever, _least(bench, lever, Scale(bench.scenario, lever).old, value, others)
    planned = bench.planned(steps)
    return () if planned is False else (_repair(bench, steps, planned=bool(planned)),)


def _helpful(bench: Bench, givens: Sequence[Given]) -> list[tuple[Lever, Any, Any]]:
    """(lever, the last value that did not help, the first that did), until there are enough of them.

    In a large model a few levers at a time, in the order in which the conflict is told: time may end before the last.
    """
    every = levers(bench.scenario, givens)
    few = _FEW if bench.large else len(every) or 1
    found: list[tuple[Lever, Any, Any]] = []
    for first in range(0, len(every), few):
        found += _helpful_of(bench, every[first : first + few], WANTED - len(found))
        if len(found) >= WANTED or bench.left_s <= 0.0:
            break
    return found


def _helpful_of(bench: Bench, some: Sequence[Lever], wanted: int) -> list[tuple[Lever, Any, Any]]:
    waiting = {lever: Scale(bench.scenario, lever).old for lever in some if _may_help(bench, lever)}
    found: list[tuple[Lever, Any, Any]] = []
    for size in COARSE if bench.large else SIZES:
        for lever, before in list(waiting.items()):
            value = Scale(bench.scenario, lever).eased(size)
            if value is None or value == before:
                continue
            if bench.possible((lever, value)):
                found.append((lever, before, value))
                del waiting[lever]
            else:
                waiting[lever] = value
        if len(found) >= wanted or bench.left_s <= 0.0:
            break
    return found


def _may_help(bench: Bench, lever: Lever) -> bool:
    """False for a date that does not help however far it moves; of a number, more may be worse at first."""
    scale = Scale(bench.scenario, lever)
    furthest = scale.eased(SIZES[-1])
    return not isinstance(scale.old, date) or (furthest is not None and bench.possible((lever, furthest)))


def _least(bench: Bench, lever: Lever, less: Any, more: Any, others: Sequence[Step] = ()) -> Any:
    """The least value that still helps, between one that does not and one that does."""
    scale = Scale(bench.scenario, lever)
    while (middle := scale.between(less, more)) is not None and bench.left_s > 0.0:
        if bench.possible(*others, (lever, middle)):
            more = middle
        else:
            less = middle
    return more


def _proven(bench: Bench, lever: Lever, value: Any) -> tuple[Step, bool | None]:
    """The step with which a plan was certified, further than `value` where need be."""
    planned = bench.planned([(lever, value)])
    scale = Scale(bench.scenario, lever)
    size = scale.size(value)
    for further in _FURTHER:
        if planned is not False:
            break
        more = scale.eased(size * further)
        if more is not None and more != value:
            value, planned = more, bench.planned([(lever, more)])
    return (lever, value), planned


def _dropped(bench: Bench, givens: Sequence[Given]) -> list[Repair]:
    """Hard demands given a rank: met as far as can be. The last resort, and always told."""
    found = []
    for given in givens:
        if given.path[0] == "demands":
            step = Lever((*given.path, "rank"), True), 1
            if bench.possible(step):
                planned = not bench.large and bool(bench.planned([step]))
                found.append(_repair(bench, (step,), planned=planned, size=_DROPPED))
    return found


def _repair(bench: Bench, steps: Sequence[Step], *, planned: bool, size: float | None = None) -> Repair:
    changes, total = [], 0.0
    for lever, value in steps:
        scale = Scale(bench.scenario, lever)
        changes.append(
            Change(lever.path, scale.old, value, changed(bench.scenario, lever.path, scale.old, value))
        )
        total += scale.size(value) if size is None else size
    return Repair(tuple(changes), total, planned)
