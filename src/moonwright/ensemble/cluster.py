"""Jobs shared out among machines, through Dask: its workers need Moonwright of the same version, and no shared disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from typing import Any

from moonwright.ensemble.job import Job, Rows, Work
from moonwright.ensemble.workers import Answers
from moonwright.errors import EnsembleError

_AHEAD = 3  # jobs a worker has waiting
_PATIENCE_S = 10  # for a scheduler to answer


def clustered(work: Work, jobs: Iterable[Job], address: str) -> Answers:
    """Jobs shared among the workers of a Dask scheduler, in the order in which they are done.

    Raises EnsembleError where Dask is not installed, nobody answers there, or its workers have another version.
    """
    dask = _dask()
    client = _client(dask, address)
    try:
        yield from _answers(dask, client, client.scatter(work, broadcast=True), iter(jobs))
    except OSError as error:  # a scheduler or a worker that went away
        raise EnsembleError(
            f"--dask {address}: lost ({error}); what is finished stays, so run the same again"
        ) from error
    finally:
        client.close()


def _dask() -> Any:
    """Dask's own module, an extra: without types, and only for whoever asks for it."""
    try:
        return import_module("distributed")
    except ImportError:
        raise EnsembleError("--dask needs Dask: pip install 'moonwright[dask]'") from None


def _client(dask: Any, address: str) -> Any:
    try:
        client = dask.Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise EnsembleError(f"--dask {address}: no scheduler answers there ({error})") from error
    ours, others = _version(), client.run(_version)
    fault = None
    if not others:
        fault = "it has no workers"
    elif any(theirs != ours for theirs in others.values()):
        fault = f"its workers have Moonwright {', '.join(sorted(set(others.values())))}, and this is {ours}"
    if fault:
        client.close()
        raise EnsembleError(f"--dask {address}: {fault}")
    return client


def _answers(dask: Any, client: Any, work: Any, jobs: Iterator[Job]) -> Answers:
    waiting = {}
    done = dask.as_completed()

    def ask(count: int) -> None:
        for job in islice(jobs, count):
            future = client.submit(_carry_out, work, job, pure=False)
            waiting[future.key] = job
            done.add(future)

    ask(_AHEAD * sum(client.nthreads().values()))
    for future in done:
        yield waiting.pop(future.key), future.result()
        ask(1)


def _carry_out(work: Work, job: Job) -> Rows:
    return work(job)


def _version() -> str:
    return version("moonwright")
