"""A SpaceNet file in, a SpaceNet file out."""

from __future__ import annotations

from pathlib import Path

from moonwright.errors import MoonwrightError
from moonwright.interop.carried import Carried


def bring(file: Path) -> Carried:
    """What a SpaceNet file holds, as the files of a folder of ours."""
    raise MoonwrightError(f"{file}: reading SpaceNet campaigns is not built yet")


def send(folder: Path) -> Carried:
    """The campaign in a folder of ours, as a SpaceNet JSON file."""
    raise MoonwrightError(f"{folder}: writing SpaceNet campaigns is not built yet")
