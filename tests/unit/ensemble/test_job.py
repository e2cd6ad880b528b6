"""Trials cut into jobs, and put together again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moonwright.ensemble.job import AS_STATED, Job, Variant, jobs, joined, missing
from unit.ensemble.urn import Urn

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=8
)


@given(done=spans, count=st.integers(0, 70))
def test_what_is_missing_is_just_what_nobody_has_done(done: list[tuple[int, int]], count: int) -> None:
    covered = {trial for first, until in done for trial in range(first, until)}
    told = [trial for first, until in missing(done, count) for trial in range(first, until)]
    assert told == [trial for trial in range(count) if trial not in covered]


@given(done=spans, count=st.integers(1, 70), most=st.integers(1, 30))
def test_jobs_cover_each_missing_trial_once(done: list[tuple[int, int]], count: int, most: int) -> None:
    gaps = list(missing(done, count))
    made = list(jobs(AS_STATED, gaps, most))
    assert all(0 < job.count <= most for job in made)
    trials = [trial for job in made for trial in range(job.first, job.first + job.count)]
    assert trials == [trial for first, until in gaps for trial in range(first, until)]


@given(done=spans, count=st.integers(1, 70), most=st.integers(1, 30))
def test_parts_in_any_order_and_overlapping_join_to_the_rows_of_one_job(
    done: list[tuple[int, int]], count: int, most: int
) -> None:
    urn = Urn(seed=3)
    made = [Job(AS_STATED, first, until - first) for first, until in done]
    made += jobs(AS_STATED, missing(done, count), most)
    parts = [((job.first, job.first + job.count), urn(job)) for job in reversed(made)]
    whole = urn(Job(AS_STATED, 0, count))
    for name, column in joined(parts, count).items():
        np.testing.assert_array_equal(column, whole[name])


def test_variants_have_folders_of_their_own_even_where_their_names_would_be_one() -> None:
    low, high = Variant("a.b", levels=((0, 1.0),)), Variant("a b", levels=((0, 2.0),))
    assert low.key != high.key
    assert Variant("../../etc: Été").key.startswith("-etc-t-")
