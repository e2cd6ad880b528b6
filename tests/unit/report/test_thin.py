"""Thinned series must look the same: that is the whole promise, so it is what is tested."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moonwright.report.thin import thin

values = st.lists(st.floats(0, 1e5, allow_subnormal=False), min_size=1, max_size=300)


@given(values, st.sampled_from([0.0, 0.002, 0.05]))
def test_lines_between_the_points_pass_close_to_every_day(daily: list[float], tolerance: float) -> None:
    series = np.array(daily)
    points = thin(series, tolerance)
    days, kept = zip(*points, strict=True)
    drawn = np.interp(np.arange(series.size), days, kept)
    allowed = (tolerance + 1e-5) * series.max() + 1e-12  # points are told to six digits
    assert np.abs(drawn - series).max() <= allowed


def test_a_straight_line_needs_two_points() -> None:
    assert thin(np.linspace(0.0, 500.0, 5000)) == [(0, 0.0), (4999, 500.0)]


def test_a_jump_stays_a_jump() -> None:
    step = np.r_[np.zeros(1000), np.full(1000, 40.0)]
    assert thin(step) == [(0, 0.0), (999, 0.0), (1000, 40.0), (1999, 40.0)]


def test_nothing_gives_nothing() -> None:
    assert thin(np.array([])) == []
