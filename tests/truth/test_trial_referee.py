"""Trials against a model of the same campaign on SimPy, written apart from them and drawn from other random numbers.

The numbers are means of 6,000 trials on SimPy, with their standard errors, as printed by
`python benchmarks/simulate.py tests/truth/frontier --simpy 6000` (SimPy 4.1.2, November 2026).
"""

import math
from pathlib import Path

import numpy as np
import pytest

from moonwright.plan import read_plan
from moonwright.scenario.load import load
from moonwright.trial.programme import Programme, programme
from moonwright.trial.trials import Summaries, trials
from moonwright.world.observe import observe

FRONTIER = Path(__file__).parent / "frontier"
TRIALS = 6000
FOUR = 4.0  # standard errors: one comparison in 16,000 is farther off by chance

LAUNCHES, LOSSES, PERSON_DAYS = (5.0663, 0.0126), (1.1287, 0.0138), (338.3077, 0.8907)
IN_TIME = {
    "habitat stands": (0.5058, 0.0065),
    "store stands": (0.8003, 0.0052),
    "goods one": (0.9913, 0.0012),
    "goods two": (0.9578, 0.0026),
}
EVER = {
    "habitat stands": (0.9773, 0.0019),
    "store stands": (0.9773, 0.0019),
    "goods one": (0.9997, 0.0002),
    "goods two": (0.9655, 0.0024),
}


@pytest.fixture(scope="module")
def made() -> Programme:
    return programme(read_plan(FRONTIER / "plan.json"), observe(load(FRONTIER / "scenario.yaml")))


@pytest.fixture(scope="module")
def found(made: Programme) -> Summaries:
    return trials(made, 1, 0, TRIALS)


def agree(ours: np.ndarray, theirs: tuple[float, float]) -> bool:
    mean, error = theirs
    own = float(np.std(ours)) / math.sqrt(len(ours))
    return abs(float(np.mean(ours)) - mean) < FOUR * math.hypot(own, error)


def test_launches_losses_and_people_are_those_of_simpy(found: Summaries) -> None:
    assert agree(found.launches, LAUNCHES)
    assert agree(found.failures, LOSSES)
    assert agree(found.crew_present_d.sum(axis=1), PERSON_DAYS)


@pytest.mark.parametrize("name", IN_TIME)
def test_milestones_are_met_as_often_as_on_simpy(name: str, made: Programme, found: Summaries) -> None:
    row = made.milestones.index(name)
    assert agree(found.milestone_d[:, row] <= made.due_d[row], IN_TIME[name])
    assert agree(np.isfinite(found.milestone_d[:, row]), EVER[name])


def test_people_go_home_before_they_starve(made: Programme) -> None:
    """The referee found a ship that stayed promised to the flight that had taken it, so that nobody could leave with it."""
    on = tuple(cause == "consumption" for cause in made.causes)
    alone = trials(made, 1, 0, 1000, on=on)
    people_d = alone.crew_present_d.sum(axis=1)
    assert (
        0.2 < np.mean(people_d < 361.5) < 0.32
    )  # a quarter on SimPy: who uses much more than planned runs short
