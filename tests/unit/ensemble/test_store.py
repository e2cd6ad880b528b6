"""Trials on disk: taken up again, refused where they are others', never half."""

import errno
import json
from pathlib import Path

import numpy as np
import pytest

from moonwright.ensemble import store as store_module
from moonwright.ensemble.gather import gather
from moonwright.ensemble.job import AS_STATED, Job, Variant
from moonwright.ensemble.store import Identity, Store
from moonwright.ensemble.workers import here
from moonwright.errors import EnsembleError
from unit.ensemble.urn import Urn

ONE = Identity("plan", "scenario", "programme", "1", 7)
JOB = Job(AS_STATED, 0, 10)


def opened(directory: Path, identity: Identity = ONE, *, anew: bool = False) -> Store:
    store = Store(directory)
    store.open(identity, {"name": "Mond"}, anew=anew)
    return store


def test_what_is_kept_is_found_again_in_another_process(tmp_path: Path) -> None:
    urn = Urn(seed=7)
    opened(tmp_path / "e").keep(JOB, urn(JOB))
    again = opened(tmp_path / "e")
    assert again.finished(AS_STATED) == ((0, 10),)
    assert again.finished(Variant("another", off=(1,))) == ()
    rows = again.rows(AS_STATED, 4)
    assert rows is not None
    np.testing.assert_array_equal(rows["pair"], urn(Job(AS_STATED, 0, 4))["pair"])
    assert again.rows(AS_STATED, 11) is None


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (Identity("plan 2", "scenario", "programme", "1", 7), "another plan;"),
        (
            Identity("plan", "scenario 2", "programme 2", "1", 7),
            "another scenario, another noise or reactions;",
        ),
        (
            Identity("plan", "scenario", "programme", "2", 7),
            r"another version of the simulator \(1, not 2\);",
        ),
        (Identity("plan", "scenario", "programme", "1", 8), r"another seed \(7, not 8\);"),
    ],
)
def test_trials_of_something_else_are_refused_until_one_asks_to_drop_them(
    tmp_path: Path, other: Identity, told: str
) -> None:
    opened(tmp_path / "e").keep(JOB, Urn(seed=7)(JOB))
    with pytest.raises(EnsembleError, match=told):
        opened(tmp_path / "e", other)
    assert opened(tmp_path / "e").finished(AS_STATED) == ((0, 10),)
    assert opened(tmp_path / "e", other, anew=True).finished(AS_STATED) == ()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"plan_digest": 1}'])
def test_a_folder_of_something_else_is_never_touched(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "ensemble.json").write_text(text, encoding="utf-8")
    with pytest.raises(EnsembleError, match="something else than an ensemble"):
        opened(tmp_path, anew=True)
    with pytest.raises(EnsembleError, match="something else than an ensemble"):
        opened(tmp_path / "mine.txt", anew=True)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_left_before_its_manifest_was_whole_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / ".ensemble.json.part").write_text('{"plan_dig', encoding="utf-8")
    opened(tmp_path / "e")
    assert json.loads((tmp_path / "e" / "ensemble.json").read_text(encoding="utf-8"))["name"] == "Mond"


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, urn = opened(tmp_path / "e"), Urn(seed=7)
    store.keep(JOB, urn(JOB))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store_module.os, "fsync", full)
        with pytest.raises(EnsembleError, match="No space left on device; the trials that are there stay"):
            store.keep(Job(AS_STATED, 10, 10), urn(Job(AS_STATED, 10, 10)))
    assert store.finished(AS_STATED) == ((0, 10),)
    assert list((tmp_path / "e").rglob(".*")) == []


def test_trials_that_the_disk_spoilt_are_carried_out_again(tmp_path: Path) -> None:
    store, urn = opened(tmp_path / "e"), Urn(seed=7)
    jobs = [Job(AS_STATED, first, 10) for first in (0, 10, 20)]
    for job in jobs:
        store.keep(job, urn(job))
    cut, turned, *_ = sorted((tmp_path / "e").rglob("*.npz"))
    cut.write_bytes(cut.read_bytes()[:-100])
    data = bytearray(turned.read_bytes())
    data[len(data) // 3] ^= 0x10
    turned.write_bytes(data)
    found = gather(urn, {AS_STATED: 30}, store, here, lambda done, asked: None)[AS_STATED]
    np.testing.assert_array_equal(found["pair"], urn(Job(AS_STATED, 0, 30))["pair"])
    np.testing.assert_array_equal(found["whole"], urn(Job(AS_STATED, 0, 30))["whole"])
