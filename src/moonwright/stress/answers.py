"""Questions shared out among processes; what is answered is kept on disk, and taken up again.

A question always has a process of its own kind: the solver's number of threads is set once in a process, and is one here, so
that the answer is the same whatever the number of workers.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from moonwright.ensemble.store import whole
from moonwright.errors import StressError
from moonwright.optimise.highs import single_thread

A = TypeVar("A", bound=BaseModel)
A_co = TypeVar("A_co", bound=BaseModel, covariant=True)
Told = Callable[[A], None]


class Question(Protocol, Generic[A_co]):
    """Something whose answer depends on itself alone."""

    @property
    def key(self) -> str:
        """What names its answer on disk: equal for equal questions."""

    def answer(self) -> A_co:
        """Find the answer, in a process that may be another one."""


def answered(
    questions: Sequence[Question[A]],
    kind: type[A],
    *,
    workers: int = 1,
    kept: Path | None = None,
    told: Told[A] | None = None,
) -> tuple[A, ...]:
    """The answers in the questions' order. They are written to `kept`; those found there are not asked again.

    `told` hears of each as it comes. Raises StressError where a worker is killed or an answer cannot be kept; what is
    finished stays.
    """
    done: dict[str, A] = {}
    for question in questions:
        found = None if kept is None else _read(kept, question.key, kind)
        if found is not None and question.key not in done:
            done[question.key] = found
            _tell(told, found)
    missing = {question.key: question for question in questions if question.key not in done}
    for key, answer in _found(missing, workers):
        done[key] = answer
        if kept is not None:
            _keep(kept, key, answer)
        _tell(told, answer)
    return tuple(done[question.key] for question in questions)


def _found(questions: dict[str, Question[A]], workers: int) -> Iterator[tuple[str, A]]:
    """(key, answer) as each comes."""
    if not questions:
        return
    # not forked: the solver of this process may have threads of its own
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(questions)), context, initializer=_begin)
    try:
        waiting = {pool.submit(_answer, question): key for key, question in questions.items()}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BrokenProcessPool:
        raise StressError(
            "a worker was killed, as happens when memory runs out; what is finished stays, so run the same again "
            "with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _answer(question: Question[A]) -> A:
    return question.answer()


def _begin() -> None:
    """What a worker does first: one solver thread, and Ctrl-C is the first process's business."""
    single_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _tell(told: Told[A] | None, answer: A) -> None:
    if told is not None:
        told(answer)


def _read(kept: Path, key: str, kind: type[A]) -> A | None:
    """An answer that is there and can be read; anything else counts as missing."""
    try:
        return kind.model_validate_json((kept / f"{key}.json").read_bytes())
    except (OSError, ValidationError):
        return None


def _keep(kept: Path, key: str, answer: BaseModel) -> None:
    try:
        kept.mkdir(parents=True, exist_ok=True)
        whole(kept / f"{key}.json", answer.model_dump_json(indent=1).encode())
    except OSError as error:
        raise StressError(f"{kept}: cannot be written: {error.strerror or error}") from error
