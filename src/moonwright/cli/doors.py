"""The doors to other tools that `import` and `export` offer. A door imports what it needs when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moonwright.interop.carried import Carried


@dataclass(frozen=True)
class Door:
    """One format. `bring` reads a file of it; `send` makes files of it from a folder of ours; None: it is one-way.

    Each sentence of `told` is what the command's help says of that way.
    """

    name: str
    bring: Callable[[Path], Carried] | None = None
    bring_told: str = ""
    send: Callable[[Path], Carried] | None = None
    send_told: str = ""


def _bring_spacenet(file: Path) -> Carried:
    from moonwright.interop.spacenet.door import bring

    return bring(file)


def _send_spacenet(folder: Path) -> Carried:
    from moonwright.interop.spacenet.door import send

    return send(folder)


DOORS = (
    Door(
        "spacenet",
        bring=_bring_spacenet,
        bring_told="A SpaceNet campaign (JSON or XML), as a scenario and a plan in a folder.",
        send=_send_spacenet,
        send_told="The campaign in a folder, as a SpaceNet JSON file.",
    ),
)
