"""The board: many contingencies, each replanned in a process of its own; what is done is kept, and taken up again."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from moonwright.choose.result import Result
from moonwright.ensemble.store import whole
from moonwright.errors import StressError
from moonwright.optimise.highs import SOLVER, Limits, single_thread
from moonwright.plan import digest, write_plan
from moonwright.stress.case import Case
from moonwright.stress.replan import Replan, replan
from moonwright.stress.verdict import Verdict, judged

Told = Callable[[Verdict], None]


@dataclass(frozen=True)
class Job:
    """One case, all that its answer depends on: base, steps, limits. One solver thread, wherever it runs."""

    base: Result
    case: Case
    limits: Limits

    @property
    def key(self) -> str:
        """What names its answer on disk: equal for equal questions."""
        told = {
            "plan": write_plan(self.base.plan),
            "scenario": digest(self.base.scenario),
            "steps": [step.model_dump(mode="json", by_alias=True) for step in self.case.steps],
            "limits": asdict(self.limits),
            "solver": SOLVER,
        }
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def board(
    base: Result,
    cases: Sequence[Case],
    limits: Limits,
    *,
    workers: int = 1,
    kept: Path | None = None,
    told: Told | None = None,
) -> tuple[Verdict, ...]:
    """The verdict on each case, in the cases' order. Answers are written to `kept`; those found there are not asked again.

    The answers do not depend on the number of workers, unless the clock cut one short; it then says so.
    """
    jobs = [Job(base, case, limits) for case in cases]
    done: dict[str, Verdict] = {}
    for job in jobs:
        found = _read(kept, job)
        if found is not None:
            done[job.key] = found
            _tell(told, found)
    missing = {job.key: job for job in jobs if job.key not in done}
    for key, verdict in _answers(list(missing.values()), workers):
        done[key] = verdict
        _keep(kept, key, verdict)
        _tell(told, verdict)
    return tuple(done[job.key].model_copy(update={"case": job.case.name}) for job in jobs)


def carried_out(job: Job) -> tuple[Verdict, Replan]:
    """The steps of a case one after the other, each met by the best plan; judged against the first base.

    A step after which nobody can be kept safe ends it.
    """
    base, spent_s = job.base, 0.0
    found = None
    for step in job.case.steps:
        found = replan(base, step, job.limits)
        spent_s += found.wall_s
        if found.result is None:
            break
        base = found.result
    assert found is not None
    first = replace(found, wall_s=spent_s)
    return judged(job.case.name, job.case.partners, job.base, first), first


def _answer(job: Job) -> Verdict:
    return carried_out(job)[0]


def _answers(jobs: Sequence[Job], workers: int) -> Iterator[tuple[str, Verdict]]:
    """(key, verdict) of each job as it ends. A job always has a process of its own: the solver's threads are set once."""
    if not jobs:
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context, initializer=_begin)
    try:
        waiting = {pool.submit(_answer, job): job.key for job in jobs}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BrokenProcessPool:
        raise StressError(
            "a worker was killed, as happens when memory runs out; what is finished stays, so run the same again "
            "with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """What a worker does first: one solver thread, and Ctrl-C is the first process's business."""
    single_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _tell(told: Told | None, verdict: Verdict) -> None:
    if told is not None:
        told(verdict)


def _read(kept: Path | None, job: Job) -> Verdict | None:
    """An answer that is there and can be read; anything else counts as missing."""
    if kept is None:
        return None
    try:
        return Verdict.model_validate_json((kept / f"{job.key}.json").read_bytes())
    except (OSError, ValidationError):
        return None


def _keep(kept: Path | None, key: str, verdict: Verdict) -> None:
    if kept is None:
        return
    try:
        kept.mkdir(parents=True, exist_ok=True)
        whole(kept / f"{key}.json", verdict.model_dump_json(indent=1).encode())
    except OSError as error:
        raise StressError(f"{kept}: cannot be written: {error.strerror or error}") from error
