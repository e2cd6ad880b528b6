"""Samples made by hand: what a test does not say is zero, or never."""

import math
from datetime import date
from typing import Any

import numpy as np

from moonwright.ensemble.sample import Names, Sample
from moonwright.trial.trials import Summaries

NAMES = Names(
    start=date(2031, 1, 1),
    horizon_d=365.0,
    milestones=("habitat stands", "water arrives"),
    due_d=(100.0, 300.0),
    kept=(True, True),
    nodes=("base", "gate"),
    stocks=(("base", "water"), ("base", "fuel")),
    causes=("launch", "weather", "sun"),
)


def sample(count: int, **given: Any) -> Sample:
    """A sample of so many trials."""
    milestones, nodes, stocks, causes = 2, 2, 2, 3
    empty: dict[str, Any] = {
        "milestone_d": np.zeros((count, milestones)),
        "margin_d": np.tile(NAMES.due_d, (count, 1)),
        "crew_present_d": np.zeros((count, nodes)),
        "lost_presence_d": np.full((count, nodes), math.inf),
        "least_cover_d": np.full((count, stocks), math.inf),
        **dict.fromkeys(
            ("cost_musd", "imleo_kg", "up_kg", "down_kg", "crew_surface_d", "exploration_kg"), np.zeros(count)
        ),
        "launches": np.zeros(count, dtype=np.int64),
        "failures": np.zeros(count, dtype=np.int64),
        "damage_d": np.zeros((count, causes)),
    }
    if "milestone_d" in given and "margin_d" not in given:
        given["margin_d"] = np.array(NAMES.due_d) - np.asarray(given["milestone_d"], dtype=float)
    return Sample(
        NAMES, Summaries(0, **{**empty, **{name: np.asarray(told) for name, told in given.items()}})
    )
