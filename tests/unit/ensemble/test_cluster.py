"""Jobs among the workers of a Dask scheduler: the same bytes, or one clear sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from moonwright.ensemble.cluster import clustered
from moonwright.errors import EnsembleError

TESTS = Path(__file__).parents[2]

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from distributed import LocalCluster
import moonwright.ensemble.cluster
from moonwright.ensemble.cluster import clustered
from moonwright.ensemble.gather import Memory, gather
from moonwright.ensemble.job import AS_STATED, Job
from moonwright.errors import EnsembleError
from unit.ensemble.urn import Urn

def main():
    urn, silent = Urn(seed=7), lambda done, asked: None
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        address = cluster.scheduler_address
        found = gather(urn, {AS_STATED: 137}, Memory(), lambda work, jobs: clustered(work, jobs, address), silent)
    alone = urn(Job(AS_STATED, 0, 137))
    print("the same bytes:", all(found[AS_STATED][name].tobytes() == alone[name].tobytes() for name in alone))
    moonwright.ensemble.cluster._PATIENCE_S = 0.5
    try:
        list(clustered(urn, [Job(AS_STATED, 0, 1)], address))
    except EnsembleError as error:
        print("told:", "no scheduler answers there" in str(error))

if __name__ == "__main__":
    main()
"""


def test_a_cluster_gathers_the_same_bytes_and_its_absence_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    script = tmp_path / "script.py"  # its processes read it anew, so it must be a file
    script.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(TESTS)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout == "the same bytes: True\ntold: True\n", done.stderr


def test_without_dask_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnsembleError, match=r"pip install 'moonwright\[dask\]'"):
        list(clustered(lambda job: {}, [], "tcp://127.0.0.1:1"))
