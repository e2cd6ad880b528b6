"""What is said about a scenario without a plan: the conflict, and the repairs that would end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from moonwright.explain.change import put
from moonwright.explain.given import Kind
from moonwright.scenario.document import Path, spelt
from moonwright.scenario.scenario import Scenario

Found = Literal["without a solver", "in the relaxation", "in whole numbers"]


@dataclass(frozen=True)
class Cause:
    """One thing that takes part in a conflict, in words; `paths` are the data behind it, what says most first."""

    kind: Kind
    paths: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Conflict:
    """Demands, dates, capacities and budgets that cannot all hold.

    `smallest`: without any one of them the rest could hold (as far as `found` can tell); False where time ran
    out first. `by`: the opening by which there is no way on.
    """

    causes: tuple[Cause, ...]
    smallest: bool
    found: Found
    by: date | None
    within_s: float

    @property
    def paths(self) -> frozenset[str]:
        """Every path behind any cause."""
        return frozenset(path for cause in self.causes for path in cause.paths)


@dataclass(frozen=True)
class Change:
    """One datum of the scenario, put from one value to another."""

    path: Path
    old: Any
    new: Any
    words: str


@dataclass(frozen=True)
class Repair:
    """Changes that together make a plan possible. `size`: the sum of their relative sizes; a year counts as 1.

    `planned`: a plan was made with it, and certified; else only the relaxation says that it may suffice.
    """

    changes: tuple[Change, ...]
    size: float
    planned: bool

    @property
    def words(self) -> str:
        """All changes in a sentence."""
        return ", and ".join(change.words for change in self.changes)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that change."""
        return tuple(spelt(change.path) for change in self.changes)

    @property
    def keeps(self) -> bool:
        """Whether every demand that must be met still must: no hard demand is given a rank."""
        return all(change.path[-1] != "rank" for change in self.changes)

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with the repair made."""
        for change in self.changes:
            scenario = put(scenario, change.path, change.new)
        return scenario


@dataclass(frozen=True)
class WhyNot:
    """`possible`: there is a plan after all (None: not known). Else the conflict, and repairs, cheapest first."""

    possible: bool | None
    conflict: Conflict | None
    repairs: tuple[Repair, ...]
    took_s: float
