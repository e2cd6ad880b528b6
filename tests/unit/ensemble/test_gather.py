"""Gathering trials: the same whoever carries them out, and nothing carried out twice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from moonwright.ensemble.gather import Keep, Memory, gather
from moonwright.ensemble.job import AS_STATED, Job, Rows, Variant
from moonwright.ensemble.store import Identity, Store
from moonwright.ensemble.workers import here, shared
from unit.ensemble.urn import Urn

WITHOUT = Variant("without launch", off=(0,))
WANTED = {AS_STATED: 137, WITHOUT: 60}


def stored(directory: Path) -> Store:
    store = Store(directory)
    store.open(Identity("p", "s", "n", "1", 7), {})
    return store


def silent(done: int, asked: int) -> None:
    """Tell nobody."""


def same(one: Rows, other: Rows) -> bool:
    return one.keys() == other.keys() and all(one[name].tobytes() == other[name].tobytes() for name in one)


@pytest.mark.parametrize(
    "keep", [lambda path: Memory(), lambda path: stored(path / "e")], ids=["memory", "disk"]
)
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_gathers_the_same_bytes(
    tmp_path: Path, keep: Callable[[Path], Keep], workers: int
) -> None:
    urn = Urn(seed=7)
    found = gather(urn, WANTED, keep(tmp_path), partial(shared, workers=workers), silent)
    assert list(found) == list(WANTED)
    for variant, count in WANTED.items():
        assert same(found[variant], urn(Job(variant, 0, count)))


def test_only_what_is_missing_is_carried_out(tmp_path: Path) -> None:
    carried: list[Job] = []

    def counted(job: Job) -> Rows:
        carried.append(job)
        return Urn(seed=7)(job)

    first = gather(counted, {AS_STATED: 60}, stored(tmp_path / "e"), here, silent)
    before = len(carried)
    second = gather(counted, {AS_STATED: 137}, stored(tmp_path / "e"), here, silent)
    assert sum(job.count for job in carried[:before]) == 60
    assert sum(job.count for job in carried[before:]) == 77
    assert same(second[AS_STATED], Urn(seed=7)(Job(AS_STATED, 0, 137)))
    assert same(first[AS_STATED], Urn(seed=7)(Job(AS_STATED, 0, 60)))


def test_progress_begins_with_what_is_kept_and_ends_with_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    urn = Urn(seed=7)
    gather(urn, {AS_STATED: 60}, stored(tmp_path / "e"), here, silent)
    gather(urn, WANTED, stored(tmp_path / "e"), here, lambda done, asked: told.append((done, asked)))
    assert (told[0], told[-1]) == ((60, 197), (197, 197))
    assert told == sorted(told)
