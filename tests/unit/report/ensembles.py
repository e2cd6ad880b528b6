"""An ensemble made by hand, with something in each of its parts."""

import math
from typing import Any

from moonwright.ensemble.ensemble import Asked, Ensemble, Part, Swing
from moonwright.ensemble.estimate import Mean
from moonwright.ensemble.figure import FIGURES
from moonwright.ensemble.sobol import Indices
from unit.ensemble.samples import sample

LATE = FIGURES[0]
FOUR: dict[str, Any] = {
    "milestone_d": [[90.0, 290.0], [100.0, 290.0], [110.0, 290.0], [math.inf, 310.0]],
    "crew_present_d": [[100, 0], [80, 0], [60, 0], [100, 0]],
    "lost_presence_d": [[math.inf] * 2, [200, math.inf], [50, math.inf], [math.inf] * 2],
    "least_cover_d": [[30, math.inf], [0, math.inf], [-1, math.inf], [20, math.inf]],
    "damage_d": [[10, 0, 0], [0, 0, 0], [20, 10, 0], [0, 0, 0]],
    "cost_musd": [100.0, 200.0, 300.0, 400.0],
    "imleo_kg": [5e5] * 4,
    "launches": [3, 4, 5, 6],
}


def ensemble() -> Ensemble:
    """Four trials; without the launch failures nothing is late; two numbers; two causes that share the spread."""
    swings = (
        Swing("weather.all.scrub", 0.1, 0.2, 0.4, LATE, Mean(-2.0, 0.5), Mean(8.0, 1.0)),
        Swing("launchers.zephyr.reliability", 0.9, 0.95, 0.99, LATE, Mean(16.0, 2.0), Mean(-4.0, 1.0)),
    )
    parts = (
        Part("launch", LATE, Indices(0.25, 0.02, 0.5, 0.03)),
        Part("weather", LATE, Indices(0.5, 0.02, 0.75, 0.03)),
        Part("sun", LATE, Indices(0.0, 0.0, 0.0, 0.0)),
    )
    gone = sample(4, **FOUR | {"milestone_d": [[90.0, 290.0]] * 4})
    return Ensemble(Asked(4, 7, 4, 4, 4), sample(4, **FOUR), {"launch": gone}, swings, parts)


def quiet() -> Ensemble:
    """Two trials in which nothing goes wrong and nobody flies."""
    return Ensemble(Asked(2), sample(2), {}, (), ())
