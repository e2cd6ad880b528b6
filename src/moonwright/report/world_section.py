"""One table of the world before a plan, and what all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from moonwright.world.calendar import year_edges_d
from moonwright.world.outlook import Outlook

NONE = "-"


class Section(NamedTuple):
    """A table with a title, and what has to be known to read it; of no rows where there is nothing to show."""

    key: str
    title: str
    notes: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def years(seen: Outlook) -> list[str]:
    """The calendar years of the horizon."""
    return [str(seen.world.date_of(day).year) for day in year_edges_d(seen.world)[:-1]]
