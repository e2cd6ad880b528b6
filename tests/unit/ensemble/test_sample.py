"""What the columns of a sample mean."""

import math

import numpy as np

from unit.ensemble.samples import sample


def test_a_milestone_on_its_due_day_is_on_time_and_one_never_met_is_late_until_the_end() -> None:
    met = sample(4, milestone_d=[[100.0, 299.0], [100.0000001, 301.0], [100.1, math.inf], [math.nan, 0.0]])
    assert met.on_time.tolist() == [[True, True], [True, False], [False, False], [False, True]]
    np.testing.assert_allclose(met.late_d, [[0, 0], [0, 1], [0.1, 65], [265, 0]])
    assert met.met_d[3, 0] == math.inf


def test_days_that_never_come_have_no_date() -> None:
    names = sample(1).names
    assert str(names.date_of(31.9)) == "2031-02-01"
    assert names.date_of(math.inf) is None
