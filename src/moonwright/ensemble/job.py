"""What is carried out: variants of a campaign, and the jobs that their trials are cut into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# What trials give, by name; each array has one row a trial.
Rows = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Variant:
    """Circumstances under which trials are carried out, beside those that the scenario states.

    `off`: causes that do not act. `levels`: numbers of the noise that are others, as (which, value). `fresh`: causes
    that draw from another seed than the rest. Trials of the same number share all their other draws.
    """

    name: str
    off: tuple[int, ...] = ()
    levels: tuple[tuple[int, float], ...] = ()
    fresh: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Its name as a folder's, which tells it from every other variant."""
        told = repr((self.off, self.levels, self.fresh))
        return f"{re.sub(r'[^a-z0-9-]+', '-', self.name.lower())[:60]}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


AS_STATED = Variant("as stated")


@dataclass(frozen=True)
class Job:
    """Trials `first` to `first + count - 1` of a variant."""

    variant: Variant
    first: int
    count: int


# Carries out a job, wherever it is: its answer depends on the job alone.
Work = Callable[[Job], Rows]

Span = tuple[int, int]  # from, until (the first that is not in it)


def missing(done: Iterable[Span], count: int) -> Iterator[Span]:
    """The spans of trials 0 to `count` - 1 that none of `done` covers."""
    at = 0
    for first, until in sorted(done):
        if first >= count:
            break
        if first > at:
            yield at, first
        at = max(at, until)
    if at < count:
        yield at, count


def jobs(variant: Variant, spans: Iterable[Span], most: int) -> Iterator[Job]:
    """Jobs of at most `most` trials that cover the spans."""
    for first, until in spans:
        for start in range(first, until, most):
            yield Job(variant, start, min(most, until - start))


def joined(parts: Sequence[tuple[Span, Rows]], count: int) -> Rows:
    """The rows of trials 0 to `count` - 1 from parts that cover them, in any order; they may overlap."""
    taken: list[Rows] = []
    at = 0
    for (first, until), rows in sorted(parts, key=lambda part: part[0]):
        last = min(until, count)
        if last > at:
            taken.append({name: column[at - first : last - first] for name, column in rows.items()})
            at = last
    return {name: np.concatenate([part[name] for part in taken]) for name in taken[0]}
