"""Trials on disk: each finished piece is there as a whole or not at all, so that whoever is killed goes on later."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from moonwright.ensemble.job import Job, Rows, Span, Variant, joined
from moonwright.errors import EnsembleError

MANIFEST = "ensemble.json"
_TRIALS = "trials"
_WHAT = {
    "plan_digest": "plan",
    "scenario_digest": "scenario",
    "programme_digest": "noise or reactions",
    "engine": "version of the simulator",
    "seed": "seed",
}


@dataclass(frozen=True)
class Identity:
    """What makes trials the same: two ensembles with one identity have the same rows, trial by trial."""

    plan_digest: str
    scenario_digest: str
    programme_digest: str
    engine: str
    seed: int


class Store:
    """The folder of an ensemble. Two programs may share it: what both write is the same."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def open(self, identity: Identity, more: Mapping[str, object], *, anew: bool = False) -> None:
        """Make the folder, or take up one of the same identity; `more` is told beside it in the manifest.

        `anew`: drop the trials of another identity. Raises EnsembleError where the folder holds something else.
        """
        try:
            found = self._identity()
            if found not in (None, vars(identity)):
                if not anew:
                    raise EnsembleError(self._other(found or {}, vars(identity)))
                shutil.rmtree(self.directory)
                found = None
            if found is None:
                self.directory.mkdir(parents=True, exist_ok=True)
                whole(self.directory / MANIFEST, _json({**vars(identity), **more}))
        except OSError as error:
            raise EnsembleError(f"{self.directory}: cannot be written: {error.strerror or error}") from error

    def _identity(self) -> Mapping[str, object] | None:
        """What the manifest says, None where nothing is there yet."""
        if not self.directory.exists() or (self.directory.is_dir() and not any(self.directory.iterdir())):
            return None
        try:
            told = json.loads((self.directory / MANIFEST).read_text(encoding="utf-8"))
            return {name: told[name] for name in _WHAT}
        except (OSError, ValueError, KeyError, TypeError):
            left = [path for path in self.directory.glob("*") if not path.name.startswith(f".{MANIFEST}")]
            if self.directory.is_dir() and not left:
                return None  # killed before there was a manifest
            raise EnsembleError(
                f"{self.directory}: holds something else than an ensemble; give it another place with -o"
            ) from None

    def _other(self, found: Mapping[str, object], asked: Mapping[str, object]) -> str:
        told = ", ".join(
            f"another {_WHAT[name]}"
            + (f" ({found[name]}, not {asked[name]})" if name in ("seed", "engine") else "")
            for name in _WHAT
            if found[name] != asked[name]
        )
        return f"{self.directory}: holds trials of {told}; --anew drops them, or give these another place with -o"

    def finished(self, variant: Variant) -> tuple[Span, ...]:
        """The spans of a variant's trials that are there."""
        return tuple(span for span, _ in self._files(variant))

    def keep(self, job: Job, rows: Rows) -> None:
        """Write what a job gave. Raises EnsembleError where that cannot be; what was there stays."""
        folder = self._folder(job.variant)
        buffer = io.BytesIO()
        columns: dict[str, Any] = {name: np.ascontiguousarray(column) for name, column in rows.items()}
        np.savez(buffer, **columns)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole(folder / f"{job.first}-{job.first + job.count}.npz", buffer.getvalue())
        except OSError as error:
            raise EnsembleError(
                f"{self.directory}: cannot be written: {error.strerror or error}; the trials that are there stay, "
                "so make room and run the same again"
            ) from error

    def rows(self, variant: Variant, count: int) -> Rows | None:
        """The first `count` trials of a variant; None where some are missing.

        A file that the disk has spoilt is removed, so that its trials count as missing.
        """
        parts: list[tuple[Span, Rows]] = []
        at = 0
        for span, path in self._files(variant):
            if span[0] > at or at >= count:
                break
            if span[1] <= at:
                continue
            rows = _read(path, span)
            if rows is None:
                path.unlink(missing_ok=True)
                continue
            parts.append((span, rows))
            at = span[1]
        return joined(parts, count) if at >= count else None

    def _folder(self, variant: Variant) -> Path:
        return self.directory / _TRIALS / variant.key

    def _files(self, variant: Variant) -> list[tuple[Span, Path]]:
        return sorted(_spans(self._folder(variant)))


def _spans(folder: Path) -> Iterator[tuple[Span, Path]]:
    for path in folder.glob("*-*.npz"):
        first, _, until = path.stem.partition("-")
        if first.isdecimal() and until.isdecimal():
            yield (int(first), int(until)), path


def _read(path: Path, span: Span) -> Rows | None:
    """What a file holds; None where it is no longer what was written: each part of it has a checksum."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
            rows = {name: held[name] for name in held.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None
    return rows if rows and all(len(column) == span[1] - span[0] for column in rows.values()) else None


def whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it: under another name, to the disk, then renamed.

    What a killed program left under the other name is overwritten by the next that writes the same.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()
