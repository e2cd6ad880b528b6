"""Processes that share jobs, and end when they should."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from moonwright.ensemble.job import AS_STATED, Job, Rows
from moonwright.ensemble.workers import shared
from moonwright.errors import EnsembleError

JOBS = [Job(AS_STATED, first, 10) for first in range(0, 200, 10)]


def falls_over(job: Job) -> Rows:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def complains(job: Job) -> Rows:
    raise ZeroDivisionError(job.first)


def test_without_workers_nothing_is_done() -> None:
    with pytest.raises(EnsembleError, match="0 workers: at least one is needed"):
        list(shared(complains, JOBS, 0))


def test_a_killed_worker_is_told_in_words() -> None:
    with pytest.raises(EnsembleError, match="a worker was killed"):
        list(shared(falls_over, JOBS, 2))


def test_a_fault_in_a_worker_reaches_whoever_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        list(shared(complains, JOBS, 2))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_end_with_the_process_that_began_them(tmp_path: Path) -> None:
    program = """
import sys
sys.path.insert(0, sys.argv[1])
from unit.ensemble.urn import Urn
from moonwright.ensemble.job import AS_STATED, Job
from moonwright.ensemble.workers import shared
for job, rows in shared(Urn(seed=1, pause_s=0.02), (Job(AS_STATED, n, 1) for n in range(10_000)), 3):
    print(job.first, flush=True)
"""
    command = [sys.executable, "-c", program, str(Path(__file__).parents[2])]
    began = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert began.stdout is not None
    began.stdout.readline()
    workers = Path(f"/proc/{began.pid}/task/{began.pid}/children").read_text(encoding="utf-8").split()
    assert len(workers) == 3
    began.kill()
    began.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline, "workers live on without the process that began them"
        time.sleep(0.02)
    began.stdout.close()
