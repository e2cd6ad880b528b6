"""The one door to HiGHS (MIT licence, Huangfu and Hall 2018): Model in, Answer out."""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import highspy
import numpy as np

from moonwright.errors import InternalError
from moonwright.optimise.model import Floats, Model, divisible
from moonwright.plan import Stopped

_threads = 2  # always: another number might search in another order, and HiGHS allows one number a process

Status = Literal["optimal", "feasible", "infeasible", "no_plan"]
Progress = Callable[[float, float, float, float], None]  # seconds, objective, bound, gap


@dataclass(frozen=True)
class Answer:
    """What the solver found. `values` is empty where it found no plan; `first_s` is when it found the first.

    `stopped` is what ended the search: the gap asked for (or a proof that there is no plan), or a limit.
    """

    status: Status
    values: Floats
    objective: float
    bound: float
    gap: float
    wall_s: float
    first_s: float | None
    stopped: Stopped = "gap"


@dataclass(frozen=True)
class Limits:
    """When to stop: at a relative gap, or after so many seconds; `settle_s` with a plan, `first_by_s` without one.

    `nodes` limits every single solve by branch-and-bound nodes, so that the search is the same on every machine:
    the clock then decides nothing, and `time_s` is only the net under it. A solve that the net caught says so.
    """

    gap: float
    time_s: float
    settle_s: float = math.inf
    first_by_s: float = math.inf
    nodes: int | None = None

    def part(
        self,
        left_s: float,
        share: float = 1.0,
        *,
        gap: float | None = None,
        settle_s: float = math.inf,
        first_by_s: float = math.inf,
    ) -> Limits:
        """Limits of one solve of several: a share of the seconds left, at least one.

        Where nodes are limited, all that is left is its net, and it neither settles nor gives up by the clock.
        """
        asked = replace(self, gap=self.gap if gap is None else gap)
        if self.nodes is not None:
            return replace(asked, time_s=max(1.0, left_s), settle_s=math.inf, first_by_s=math.inf)
        return replace(asked, time_s=max(1.0, share * left_s), settle_s=settle_s, first_by_s=first_by_s)


# How far a row or a bound may be missed, and a whole number from being whole; in the row's own unit.
FEASIBILITY = 1e-8
INTEGRALITY = 1e-7
_PRICES_S = 60.0  # for one LP; the largest seen takes a second or two
_TINY = 1e-9  # an objective of nought has no relative gap
# HiGHS would probe for up to a tenth of the time limit, by the clock; what it finds, the rows of strength.py say already.
_PROBING = 1 << 15
_SAME_OBJECTIVE = 1e-6  # relative to the sum of what is added up: solver tolerance

SOLVER = f"HiGHS {version('highspy')}"


def solve(  # noqa: PLR0913  # one door: every option of a solve passes here by name
    model: Model,
    costs: Floats,
    limits: Limits,
    *,
    offset: float = 0.0,
    start: Floats | None = None,
    upper: Floats | None = None,
    progress: Progress | None = None,
    seed: int = 0,
) -> Answer:
    """Minimise costs * x + offset over a model. `upper` replaces the columns' upper bounds; `start` is a plan to begin with.

    Ctrl-C stops the search and keeps the best plan so far.
    """
    began = time.perf_counter()
    most = model.column_upper if upper is None else upper
    answer = _run(model, costs, limits, offset, start, upper=most, progress=progress, seed=seed)
    if start is not None and not _worth_its_objective(answer, costs, offset):
        left = replace(limits, time_s=max(1.0, limits.time_s - (time.perf_counter() - began)))
        again = _run(model, costs, left, offset, None, upper=most, progress=progress, seed=seed)
        answer = again if again.values.size else _at_its_worth(answer, costs, offset)
    if not _worth_its_objective(answer, costs, offset):
        raise InternalError(f"{SOLVER} returned values that do not have the objective it reports")
    return replace(answer, wall_s=time.perf_counter() - began)


def _run(  # noqa: PLR0913  # the options of `solve`, once more
    model: Model,
    costs: Floats,
    limits: Limits,
    offset: float,
    start: Floats | None,
    *,
    upper: Floats,
    progress: Progress | None,
    seed: int,
) -> Answer:
    began = time.perf_counter()
    solver = quiet_solver()
    _options(solver, limits, seed)
    _pass(solver, model, costs, offset, upper)
    if start is not None and start.size:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    watch = _Watch(began, limits, progress)
    with _stopping(solver, watch):
        solver.run()
    return _answer(solver, limits, watch, time.perf_counter() - began)


def gap_to(bound: float, objective: float) -> float:
    """How far an objective is from a bound on it, as a fraction; infinite where nothing is proven."""
    return max(0.0, objective - bound) / max(abs(objective), _TINY)


def single_thread() -> None:
    """Give all solves of this process one thread: for processes of which several run side by side. Call it before any."""
    global _threads  # noqa: PLW0603  # HiGHS itself keeps one number a process
    _threads = 1


def small_solver() -> highspy.Highs:
    """A solver for small programs that are not models, with the process's number of threads."""
    solver = quiet_solver()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", _threads)
    return solver


def row_prices(model: Model, costs: Floats) -> Floats | None:
    """What one more unit on the right side of each row would change the least costs * x by; None where no plan is.

    Whole columns are taken as divisible; fix them first (`with_whole_fixed`) to have the prices of a plan as it flies.
    """
    solver = quiet_solver()
    _options(solver, Limits(gap=0.0, time_s=_PRICES_S), seed=0)
    _pass(solver, divisible(model), costs, 0.0, model.column_upper)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().row_dual)


def _worth_its_objective(answer: Answer, costs: Floats, offset: float) -> bool:
    """Whether the values have the objective that is reported.

    HiGHS 1.16.0, given a start, may report the optimum and hand back the values of the start.
    """
    if not answer.values.size:
        return True
    worth = float(costs @ answer.values) + offset
    scale = 1.0 + abs(offset) + float(np.abs(costs) @ np.abs(answer.values))
    return abs(worth - answer.objective) <= _SAME_OBJECTIVE * scale


def _at_its_worth(answer: Answer, costs: Floats, offset: float) -> Answer:
    """The answer with the objective that its values have: a plan, though not the one that was reported."""
    worth = float(costs @ answer.values) + offset
    gap = abs(worth - answer.bound) / max(abs(worth), _TINY)
    return replace(answer, status="feasible", objective=worth, gap=gap)


def quiet_solver() -> highspy.Highs:
    """A solver, made without the banner that HiGHS prints to the process's stdout, where results must stand alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            return highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _options(solver: highspy.Highs, limits: Limits, seed: int) -> None:
    for name, value in (
        ("output_flag", False),
        ("mip_rel_gap", limits.gap),
        ("time_limit", max(0.1, limits.time_s)),
        ("random_seed", seed),
        ("threads", _threads),
        ("presolve_rule_off", _PROBING),
        ("mip_feasibility_tolerance", INTEGRALITY),
        ("primal_feasibility_tolerance", FEASIBILITY),
        *(() if limits.nodes is None else (("mip_max_nodes", limits.nodes),)),
    ):
        solver.setOptionValue(name, value)


def _pass(solver: highspy.Highs, model: Model, costs: Floats, offset: float, upper: Floats) -> None:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(model.row_lower)
    lp.col_cost_, lp.offset_ = costs, offset
    lp.col_lower_, lp.col_upper_ = model.column_lower, upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = model.starts, model.indices, model.values
    if model.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in model.whole]
    if solver.passModel(lp) == highspy.HighsStatus.kError:
        raise InternalError("HiGHS refused the model")


class _Watch:
    """What happens while the solver runs: first plan, progress, a wish to stop."""

    def __init__(self, began: float, limits: Limits, progress: Progress | None) -> None:
        self.began, self.limits, self.progress = began, limits, progress
        self.first_s: float | None = None
        self.stop = False
        self.told_s = -math.inf

    def improved(self, event: Any) -> None:
        """A better plan was found."""
        if self.first_s is None:
            self.first_s = time.perf_counter() - self.began
        self.tell(event, force=True)

    def tell(self, event: Any, *, force: bool = False) -> None:
        """Report progress, at most once a second unless forced."""
        seconds = time.perf_counter() - self.began
        if self.progress and (force or seconds - self.told_s >= 1.0):
            self.told_s = seconds
            out = event.data_out
            self.progress(seconds, out.mip_primal_bound, out.mip_dual_bound, out.mip_gap)

    def ask(self, event: Any) -> None:
        """The solver asks whether to stop."""
        self.tell(event)
        allowed_s = self.limits.first_by_s if self.first_s is None else self.limits.settle_s
        late = self.limits.nodes is None and time.perf_counter() - self.began > allowed_s
        if self.stop or late:
            event.data_in.user_interrupt = True

    def why(self, kind: highspy.HighsModelStatus) -> Stopped:
        """What ended a search that did not reach its gap."""
        if self.stop:
            return "interrupted"
        return "nodes" if kind == highspy.HighsModelStatus.kSolutionLimit else "time"


@contextmanager
def _stopping(solver: highspy.Highs, watch: _Watch) -> Iterator[None]:
    """While the solver runs, Ctrl-C only asks it to stop."""
    solver.cbMipImprovingSolution += watch.improved
    solver.cbMipInterrupt += watch.ask

    def stop(_signal: int, _frame: object) -> None:
        watch.stop = True

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not in the main thread: whoever runs us handles signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _answer(solver: highspy.Highs, limits: Limits, watch: _Watch, wall_s: float) -> Answer:
    kind, info = solver.getModelStatus(), solver.getInfo()
    status = highspy.HighsModelStatus
    if kind in (status.kInfeasible, status.kUnboundedOrInfeasible):
        return Answer("infeasible", np.empty(0), math.inf, math.inf, math.inf, wall_s, None)
    if kind in (
        status.kModelError,
        status.kSolveError,
        status.kPresolveError,
        status.kPostsolveError,
        status.kUnbounded,
    ):
        raise InternalError(f"HiGHS could not solve the model: {solver.modelStatusToString(kind)}")
    if info.primal_solution_status != 2:  # kSolutionStatusFeasible
        return Answer(
            "no_plan", np.empty(0), math.inf, info.mip_dual_bound, math.inf, wall_s, None, watch.why(kind)
        )
    objective = info.objective_function_value
    whole = solver.getLp().integrality_
    bound = info.mip_dual_bound if whole else objective  # an LP is its own bound
    gap = abs(objective - bound) / max(abs(objective), _TINY) if objective != bound else 0.0
    done = kind == status.kOptimal or gap <= limits.gap
    values = np.array(solver.getSolution().col_value)
    reached: Status = "optimal" if done else "feasible"
    stopped: Stopped = "gap" if done else watch.why(kind)
    return Answer(reached, values, objective, bound, gap, wall_s, watch.first_s or wall_s, stopped)
