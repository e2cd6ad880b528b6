"""The run record: with what, from what and how long a plan was made, so that anyone can make it again."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version

import moonwright

SHAPES_RESULTS = ("highspy", "numpy", "pydantic", "pyarrow")  # whose versions may change what comes out


@dataclass(frozen=True)
class Record:
    """Versions, options, seed and times of one run. `started`: UTC, ISO 8601; `seed` None: nothing drawn."""

    versions: Mapping[str, str]
    options: Mapping[str, str | float | int | bool | None]
    started: str
    times_s: Mapping[str, float]
    seed: int | None = None
    scenario_file: str | None = None

    def as_data(self) -> dict[str, object]:
        """The record as plain data."""
        return asdict(self)


def versions() -> dict[str, str]:
    """Versions of Moonwright, Python and the packages that shape results."""
    return {
        "moonwright": moonwright.__version__,
        "python": platform.python_version(),
        **{name: version(name) for name in SHAPES_RESULTS},
    }
