"""Everything Moonwright raises, in one tree.

    MoonwrightError
    ├── UnitError             a text is not a quantity of the wanted kind
    ├── ScenarioError         a scenario file cannot be used; carries every fault found
    ├── PlanError             a plan file cannot be used
    ├── EpochError            a date lies outside what the ephemeris covers
    ├── OrbitError            an orbit, a station or a date that cannot be computed with
    ├── SiteError             a terrain model, a horizon or a place cannot be used; carries every fault found
    ├── GameError             a game, or a way to share it, that means nothing
    ├── EnsembleError         trials cannot be carried out, kept or taken up again
    ├── StressError           a shock, or a study of shocks, that the scenario knows nothing of
    ├── NoPlanError           the solver's limit came before a first plan
    └── InternalError         a promise of Moonwright's own was broken; never the user's fault

Infeasible is not an error: it is an answer, and a Plan says so in its outcome.
"""

from __future__ import annotations

from dataclasses import dataclass


class MoonwrightError(Exception):
    """Root of all errors that Moonwright raises on purpose."""


class UnitError(MoonwrightError, ValueError):
    """A text is not a quantity of the wanted dimension; the message says what is allowed."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a scenario file, in the words of its author.

    `path` is the place in the file ("vehicles.mengzhou.dry_mass"), `line` counts from 1 (0: no line known).
    """

    file: str
    line: int
    path: str
    found: str
    allowed: str
    todo: str

    def __str__(self) -> str:
        """One line: place, path, what was found, what is allowed, what to do."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        told = f"{place}: {self.path or '(whole file)'}: {self.found}"
        if self.allowed:
            told += f"; allowed: {self.allowed}"
        if self.todo:
            told += f"; {self.todo}"
        return told


class ScenarioError(MoonwrightError):
    """A scenario cannot be used. `faults` lists every fault found, in file order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class PlanError(MoonwrightError):
    """A plan file cannot be read, or does not belong to the scenario it is used with."""


class EpochError(MoonwrightError, ValueError):
    """A date lies outside what the ephemeris covers; the message says which dates it covers."""


class OrbitError(MoonwrightError, ValueError):
    """A station's orbit cannot be computed with: the message says what was given and what is possible."""


class SiteError(MoonwrightError, ValueError):
    """A terrain model, a horizon file or a place cannot be used. `faults` lists every fault found, in file order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class GameError(MoonwrightError, ValueError):
    """A game has no such solution, or a table is none: the message says what was given and what is possible."""


class StressError(MoonwrightError, ValueError):
    """A shock names what the scenario does not have, or a study asks what cannot be asked."""


class EnsembleError(MoonwrightError):
    """Trials cannot be carried out, kept on disk or taken up again; finished ones are never lost."""


class NoPlanError(MoonwrightError):
    """The time or node limit came before the first plan was found."""


class InternalError(MoonwrightError):
    """A promise of Moonwright's own was broken: a defect to report, never the user's fault."""
