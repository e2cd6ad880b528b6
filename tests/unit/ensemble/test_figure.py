"""Figures of a trial."""

import math

from moonwright.ensemble.figure import FIGURES
from unit.ensemble.samples import sample


def test_each_figure_is_one_number_a_trial() -> None:
    three = sample(
        3,
        milestone_d=[[100, 300], [110, 300], [120, math.inf]],
        lost_presence_d=[[math.inf, math.inf], [math.inf, 5], [math.inf, math.inf]],
        cost_musd=[1, 2, 3],
        crew_surface_d=[9, 8, 7],
    )
    told = {figure.key: figure.of(three).tolist() for figure in FIGURES}
    assert told == {
        "late_d": [0, 10, 20 + 65],
        "late": [0, 1, 1],
        "crew_lost": [0, 1, 0],
        "crew_surface_d": [9, 8, 7],
        "cost_musd": [1, 2, 3],
    }
