"""Work that stands for a simulator: its rows depend on seed and trial alone, and cost next to nothing."""

import time
from dataclasses import dataclass

import numpy as np

from moonwright.ensemble.job import Job, Rows


@dataclass(frozen=True)
class Urn:
    """Draws a real and a whole number a trial; `pause_s` makes a job last."""

    seed: int
    pause_s: float = 0.0

    def __call__(self, job: Job) -> Rows:
        time.sleep(self.pause_s)
        trials = range(job.first, job.first + job.count)
        shift = len(job.variant.off) + sum(value for _, value in job.variant.levels)
        drawn = [np.random.Generator(np.random.Philox(key=(self.seed, trial))).random(3) for trial in trials]
        pair = np.array(drawn)[:, :2] + shift
        return {"pair": pair, "whole": (np.array(drawn)[:, 2] * 10).astype(np.int64)}
