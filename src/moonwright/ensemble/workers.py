"""Jobs shared out: in this process, or among several of this machine. Where a job runs changes nothing in its answer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait as ready

from moonwright.ensemble.job import Job, Rows, Work
from moonwright.errors import EnsembleError

Answers = Iterator[tuple[Job, Rows]]
_AHEAD = 3  # jobs a worker has waiting, so that it never waits for us

_work: Work | None = None  # a worker's, set once when it begins


def here(work: Work, jobs: Iterable[Job]) -> Answers:
    """Each job after the other, in this process."""
    for job in jobs:
        yield job, work(job)


def shared(work: Work, jobs: Iterable[Job], workers: int) -> Answers:
    """Jobs shared among processes, in the order in which they are done. Raises EnsembleError where one is killed.

    Processes end with this one, however it ends. Where the system can fork, they begin with all that is compiled.
    """
    if workers < 1:
        raise EnsembleError(f"{workers} workers: at least one is needed")
    if workers == 1:
        yield from here(work, jobs)
        return
    way = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context(way), initializer=_begin, initargs=(work,)
    )
    try:
        yield from _answers(pool, iter(jobs), workers * _AHEAD)
    except BrokenProcessPool:
        raise EnsembleError(
            "a worker was killed, as happens when memory runs out; what is finished stays, so run the same again "
            "with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _answers(pool: ProcessPoolExecutor, jobs: Iterator[Job], ahead: int) -> Answers:
    waiting: dict[Future[Rows], Job] = {}
    while True:
        for job in islice(jobs, ahead - len(waiting)):
            waiting[_submitted(pool, job)] = job
        if not waiting:
            return
        for done in wait(waiting, return_when=FIRST_COMPLETED).done:
            yield waiting.pop(done), done.result()


def _submitted(pool: ProcessPoolExecutor, job: Job) -> Future[Rows]:
    with warnings.catch_warnings():
        # Python 3.12 warns of threads when it forks; those of the linear algebra library are at rest
        warnings.simplefilter("ignore", DeprecationWarning)
        return pool.submit(_carry_out, job)


def _begin(work: Work) -> None:
    """What a worker does first: Ctrl-C is the first process's business, and without that one it is of no use."""
    global _work  # noqa: PLW0603  # the one value of a worker, sent once instead of with each job
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        ready([parent.sentinel])
        os._exit(1)


def _carry_out(job: Job) -> Rows:
    assert _work is not None
    return _work(job)
