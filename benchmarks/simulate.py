"""Trials of the ILRS campaign: how many a second, beside a plain model of it on SimPy, and whether both agree.

    pip install simpy==4.1.2
    moonwright plan examples/ilrs.yaml -o out/ilrs
    python benchmarks/simulate.py out/ilrs [--trials 20000] [--simpy 400]

Promised: at least 20 times SimPy's speed on one core, and 1,000 trials a second on two. The table tells for each milestone
how often it is met by either, and by how many standard errors they differ. Both read the same noise
and rules, but are written apart and draw their own luck; they part where one knows what the other leaves out.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from simpy_campaign import Campaign, Story
from simpy_facts import Facts

from moonwright.plan import Plan, read_plan
from moonwright.scenario.load import load
from moonwright.scenario.scenario import Scenario
from moonwright.trial.programme import Programme, programme
from moonwright.trial.trials import Summaries, trials
from moonwright.world.observe import observe

CHUNK = 1000


def by_trials(made: Programme, count: int) -> tuple[Summaries, float, float]:
    """Summaries, seconds to compile or to load what is compiled, and trials a second on one core."""
    begun = time.perf_counter()
    trials(made, 1, 0, 10)
    ready = time.perf_counter()
    for first in range(0, count - CHUNK, CHUNK):
        trials(made, 2, first, CHUNK)
    rate = (count - CHUNK) / (time.perf_counter() - ready) if count > CHUNK else math.nan
    return trials(made, 1, 0, count), ready - begun, rate


def by_simpy(plan: Plan, scenario: Scenario, count: int) -> tuple[list[Story], float]:
    """Stories, and trials a second on one core."""
    facts = Facts(plan, scenario)
    begun = time.perf_counter()
    stories = [Campaign(facts, trial).run() for trial in range(count)]
    return stories, count / (time.perf_counter() - begun)


def compared(what: str, ours: ArrayLike, theirs: ArrayLike) -> None:
    """Print two means, the standard error of the second, and by how many standard errors they differ."""
    one, other = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    errors = one.std() / math.sqrt(len(one)), other.std() / math.sqrt(len(other))
    both = math.hypot(*errors)
    apart = (one.mean() - other.mean()) / both if both else 0.0
    print(f"{what:32} {one.mean():9.4f} {other.mean():9.4f} +-{errors[1]:.4f} {apart:+6.1f}")


def main() -> None:
    """Print speeds, and the two beside each other."""
    asked = argparse.ArgumentParser()
    asked.add_argument("results", type=Path)
    asked.add_argument("--trials", type=int, default=20_000)
    asked.add_argument("--simpy", type=int, default=400)
    given = asked.parse_args()
    scenario, plan = load(given.results / "scenario.yaml"), read_plan(given.results / "plan.json")
    made = programme(plan, observe(scenario))
    found, ready_s, fast = by_trials(made, given.trials)
    stories, slow = by_simpy(plan, scenario, given.simpy)
    print(f"ready in {ready_s:.1f} s; {fast:,.0f} trials/s, SimPy {slow:,.1f}: {fast / slow:,.0f} times")
    compared("launches", found.launches, [story.launches for story in stories])
    compared("losses", found.failures, [story.failures for story in stories])
    compared("person-days", found.crew_present_d.sum(axis=1), [story.person_days for story in stories])
    for row, (name, due_d) in enumerate(zip(scenario.demands, made.due_d, strict=True)):
        if any(name in story.milestone_d for story in stories):
            theirs = np.array([story.milestone_d.get(name, math.inf) for story in stories])
            compared(f"{name}: in time", found.milestone_d[:, row] <= due_d, theirs <= due_d)
            compared(f"{name}: ever", np.isfinite(found.milestone_d[:, row]), np.isfinite(theirs))


if __name__ == "__main__":
    main()
