"""The examples, as templates for `moonwright init`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from moonwright.errors import InternalError
from moonwright.scenario.dump import modeline

NAMES = ("toy", "ilrs", "iss", "artemis")


def template(name: str) -> str:
    """The text of an example, for a folder of the user's own with the schema beside it.

    Raises InternalError where this installation has no such example.
    """
    packaged = files("moonwright.scenario") / "templates" / f"{name}.yaml"
    in_checkout = Path(__file__).parents[3] / "examples" / f"{name}.yaml"
    for place in (packaged, in_checkout):
        if place.is_file():
            first, _, rest = place.read_text(encoding="utf-8").partition("\n")
            return modeline() + (rest if first.startswith("# yaml-language-server:") else f"{first}\n{rest}")
    raise InternalError(f"the example {name!r} is missing from this installation")
