"""An ensemble that is killed at any moment loses no finished trial, and ends with the bytes of one that never was."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from moonwright.ensemble.job import AS_STATED, Job, Variant
from moonwright.ensemble.store import Identity, Store
from unit.ensemble.urn import Urn

TESTS = Path(__file__).parents[1]
TRIALS, SEED = 1500, 7
WITHOUT = Variant("without launch", off=(0,))

PROGRAM = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from functools import partial
from pathlib import Path
from laws.test_ensemble_killed import SEED, TRIALS, WITHOUT, opened
from moonwright.ensemble.gather import gather
from moonwright.ensemble.job import AS_STATED
from moonwright.ensemble.workers import shared
from unit.ensemble.urn import Urn
store = opened(Path(sys.argv[1]))
print("begun", flush=True)
wanted = {{AS_STATED: TRIALS, WITHOUT: TRIALS // 3}}
gather(Urn(SEED, pause_s=0.002), wanted, store, partial(shared, workers=2), lambda done, asked: None)
print("ended", flush=True)
"""


def opened(directory: Path) -> Store:
    store = Store(directory)
    store.open(Identity("plan", "scenario", "programme", "1", SEED), {})
    return store


def kept(directory: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in directory.rglob("*.npz")}


def killed(place: Path, dice: random.Random) -> str:
    """Begin an ensemble and kill it at a random moment; returns what it said until then.

    Moments are counted in pieces that are finished, not in seconds, so that a busy machine makes no other test of it.
    """
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(place)], stdout=subprocess.PIPE, text=True
    ) as began:
        assert began.stdout is not None
        if dice.random() < 0.1:  # while it begins
            time.sleep(dice.uniform(0.0, 0.2))
        else:
            began.stdout.readline()
            enough = len(kept(place)) + dice.randrange(12)
            while began.poll() is None and len(kept(place)) < enough:
                time.sleep(0.0005)
            time.sleep(dice.uniform(0.0, 0.01))
        began.kill()
        return began.stdout.read()


def test_random_kills_lose_nothing(tmp_path: Path, proof: bool) -> None:
    dice = random.Random(20261124)
    kills, midway, place = 500 if proof else 6, 0, tmp_path / "ensemble"
    before: dict[Path, bytes] = {}
    for _ in range(kills):
        told = killed(place, dice)
        after = kept(place)
        assert all(after.get(path) == data for path, data in before.items()), "a finished trial was lost"
        store, urn = opened(place), Urn(SEED)
        for variant in (AS_STATED, WITHOUT):
            for first, until in store.finished(variant):
                assert until <= TRIALS
                path = place / "trials" / variant.key / f"{first}-{until}.npz"
                if path not in before:  # whole, and what a job of these trials gives
                    with np.load(path) as held:
                        right = urn(Job(variant, first, until - first))
                        assert all(np.array_equal(held[name], right[name]) for name in right)
        midway += len(after) > len(before)
        before = after
        if "ended" in told:  # enough of this one: the next begins with nothing
            shutil.rmtree(place)
            before = {}
    assert midway >= kills // 4, "the kills came before anything was done"
    subprocess.run([sys.executable, "-c", PROGRAM, str(place)], check=True, stdout=subprocess.DEVNULL)
    for variant, count in ((AS_STATED, TRIALS), (WITHOUT, TRIALS // 3)):
        rows, right = opened(place).rows(variant, count), Urn(SEED)(Job(variant, 0, count))
        assert rows is not None
        assert all(rows[name].tobytes() == right[name].tobytes() for name in right)
    assert not list(place.rglob(".*")), "something half written is left"
