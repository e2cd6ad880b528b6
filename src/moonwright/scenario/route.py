"""How one may go between two nodes."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Duration, Speed
from moonwright.scenario.noun import Day, Noun


class Window(Noun):
    """Days on which a route may be entered: from `opens` to before `closes`, and again `every` so long."""

    opens: Day
    closes: Day
    every: Duration | None = None


class Route(Noun):
    """From `origin` to `destination` in `duration`, with `burns` by who flies it (none: a launcher)."""

    origin: str = Field(alias="from")
    destination: str = Field(alias="to")
    burns: tuple[Speed, ...] = ()
    duration: Duration
    windows: tuple[Window, ...] = Field((), description="none: open at any time")
