"""Trials gathered: those that are kept already, and those that are still to be carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from moonwright.ensemble.job import Job, Rows, Span, Variant, Work, jobs, joined, missing
from moonwright.ensemble.workers import Answers

Spread = Callable[[Work, Iterable[Job]], Answers]  # who shares out the jobs
Told = Callable[[int, int], None]  # is told of trials done and trials asked for

# A piece is what a kill can cost a worker, and each is a file that waits for the disk.
_LEAST, _MOST, _PIECES = 25, 2000, 64


class Keep(Protocol):
    """Where finished trials stay."""

    def finished(self, variant: Variant) -> tuple[Span, ...]: ...
    def keep(self, job: Job, rows: Rows) -> None: ...
    def rows(self, variant: Variant, count: int) -> Rows | None: ...


class Memory:
    """Keeps trials for as long as this process lives."""

    def __init__(self) -> None:
        self._held: dict[Variant, list[tuple[Span, Rows]]] = {}

    def finished(self, variant: Variant) -> tuple[Span, ...]:
        """The spans of a variant's trials that are there."""
        return tuple(span for span, _ in self._held.get(variant, []))

    def keep(self, job: Job, rows: Rows) -> None:
        """Take what a job gave."""
        self._held.setdefault(job.variant, []).append(((job.first, job.first + job.count), rows))

    def rows(self, variant: Variant, count: int) -> Rows | None:
        """The first `count` trials of a variant; None where some are missing."""
        return None if any(missing(self.finished(variant), count)) else joined(self._held[variant], count)


def gather(
    work: Work, wanted: Mapping[Variant, int], keep: Keep, spread: Spread, told: Told
) -> dict[Variant, Rows]:
    """The first so many trials of each variant. What is finished is kept before the next is asked for.

    The answer is the same however the work is spread, and however often it was broken off before.
    """
    most = min(max(sum(wanted.values()) // _PIECES, _LEAST), _MOST)
    gathered: dict[Variant, Rows] = {}
    while len(gathered) < len(wanted):  # again only where a kept file turns out to be spoilt
        todo = [
            job
            for variant, count in wanted.items()
            if variant not in gathered
            for job in jobs(variant, missing(keep.finished(variant), count), most)
        ]
        done, asked = sum(wanted.values()) - sum(job.count for job in todo), sum(wanted.values())
        told(done, asked)
        for job, rows in spread(work, todo):
            keep.keep(job, rows)
            done += job.count
            told(done, asked)
        for variant, count in wanted.items():
            found = None if variant in gathered else keep.rows(variant, count)
            if found is not None:
                gathered[variant] = found
    return gathered
