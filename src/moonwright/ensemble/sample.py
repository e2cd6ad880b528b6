"""What the trials of a variant gave, with the names of what they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moonwright.trial.trials import Summaries

Floats = NDArray[np.float64]

MOMENT_D = 1e-6  # two days this near are the same: sums of durations differ in their last digits


@dataclass(frozen=True)
class Names:
    """Who is who in the columns of a sample, when milestones are due, and the days that trials last.

    `kept` says of each milestone whether the plan itself meets it in time; `stocks` are (node, resource).
    """

    start: date
    horizon_d: float
    milestones: tuple[str, ...]
    due_d: tuple[float, ...]
    kept: tuple[bool, ...]
    nodes: tuple[str, ...]
    stocks: tuple[tuple[str, str], ...]
    causes: tuple[str, ...]

    def date_of(self, day_d: float) -> date | None:
        """The date of a day; None for a day that never comes."""
        return self.start + timedelta(days=int(day_d)) if np.isfinite(day_d) else None


@dataclass(frozen=True)
class Sample:
    """The trials of one variant; arrays have one row a trial."""

    names: Names
    trials: Summaries

    @property
    def count(self) -> int:
        """How many trials."""
        return len(self.trials.cost_musd)

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """Everything that was told of each trial, by name."""
        return {name: column for name, column in vars(self.trials).items() if isinstance(column, np.ndarray)}

    @property
    def margin_d(self) -> Floats:
        """(trial, milestone): due less met; minus infinity if never."""
        return np.asarray(np.nan_to_num(self.trials.margin_d, nan=-np.inf, neginf=-np.inf), dtype=np.float64)

    @property
    def on_time(self) -> NDArray[np.bool_]:
        """(trial, milestone): met no later than due."""
        return np.asarray(self.margin_d >= -MOMENT_D, dtype=np.bool_)

    @property
    def all_on_time(self) -> NDArray[np.bool_]:
        """(trial,): every milestone on time, of those that the plan itself meets in time."""
        return np.asarray(self.on_time[:, list(self.names.kept)].all(axis=1), dtype=np.bool_)

    @property
    def met_d(self) -> Floats:
        """(trial, milestone): the day, infinite if never."""
        return np.asarray(np.nan_to_num(self.trials.milestone_d, nan=np.inf, posinf=np.inf), dtype=np.float64)

    @property
    def late_d(self) -> Floats:
        """(trial, milestone): days late; one never met counts as late until the horizon ends, and by a day at least."""
        left_d = np.maximum(self.names.horizon_d - np.array(self.names.due_d), 1.0)
        late_d = np.where(np.isfinite(self.margin_d), -self.margin_d, left_d)
        return np.where(self.on_time, 0.0, late_d)

    @property
    def crew_lost(self) -> NDArray[np.bool_]:
        """(trial, node): at some time nobody was there though somebody should have been."""
        return np.asarray(np.isfinite(self.trials.lost_presence_d), dtype=np.bool_)
