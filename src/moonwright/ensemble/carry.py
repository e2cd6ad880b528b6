"""A job carried out by the simulator."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from moonwright.ensemble.job import Job, Rows
from moonwright.trial.programme import Programme, with_levels
from moonwright.trial.trials import trials

_GOLDEN = 0x9E3779B97F4A7C15  # odd, and with no pattern in its bits


@dataclass(frozen=True)
class Carry:
    """Carries out jobs of one programme and seed, wherever it is sent."""

    programme: Programme
    seed: int

    def __call__(self, job: Job) -> Rows:
        """The trials of a job, one row each."""
        variant, programme = job.variant, self.programme
        if variant.levels:
            levels = np.array(programme.levels, dtype=np.float64)
            for which, value in variant.levels:
                levels[which] = value
            programme = with_levels(programme, levels)
        causes = range(len(programme.causes))
        seeds: dict[str, Any] = {}
        if variant.fresh:
            seeds["seeds"] = tuple(
                other_seed(self.seed) if cause in variant.fresh else self.seed for cause in causes
            )
        summaries = trials(
            programme,
            self.seed,
            job.first,
            job.count,
            on=tuple(programme.on[cause] and cause not in variant.off for cause in causes),
            **seeds,
        )
        return {name: column for name, column in vars(summaries).items() if isinstance(column, np.ndarray)}


def other_seed(seed: int) -> int:
    """A seed that shares no draws with this one."""
    return (seed ^ _GOLDEN) & (2**63 - 1)


def digest_of(programme: Programme) -> str:
    """SHA-256 over all that a programme says: trials of equal programmes are equal."""
    told = hashlib.sha256()
    for piece in _pieces(programme):
        told.update(piece)
    return told.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield repr((value.dtype.descr, value.shape)).encode()
        yield np.ascontiguousarray(value).tobytes()
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield field.name.encode()
            yield from _pieces(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield f"({len(value)}".encode()
        for part in value:
            yield from _pieces(part)
    else:
        yield repr(value).encode()
