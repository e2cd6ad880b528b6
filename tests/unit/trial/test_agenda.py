"""The agenda, against sorting."""

from __future__ import annotations

import random

import numpy as np

from moonwright.trial.agenda import EVENT, GO, REACH, book, take


def test_what_comes_first_is_taken_first_and_arrivals_before_departures() -> None:
    stream = random.Random(1)
    agenda, size = np.zeros(500, EVENT), np.zeros(3, dtype=np.int64)
    booked = [(float(stream.randrange(20)), stream.choice((REACH, GO)), number) for number in range(400)]
    for day_d, kind, subject in booked:
        book(agenda, size, day_d, kind, subject)
    # equals in the order in which they were booked, which is that of their subjects here
    assert [take(agenda, size) for _ in booked] == sorted(booked)
    assert size[0] == 0


def test_booking_while_taking_keeps_the_order() -> None:
    stream = random.Random(2)
    agenda, size = np.zeros(100, EVENT), np.zeros(3, dtype=np.int64)
    book(agenda, size, 0.0, GO, 0)
    last_d, taken = 0.0, 0
    while size[0] and taken < 1000:
        day_d, _, _ = take(agenda, size)
        assert day_d >= last_d
        last_d, taken = day_d, taken + 1
        for _ in range(stream.randrange(3)):
            if size[0] < 90:
                book(agenda, size, day_d + stream.random(), GO, taken)


def test_a_full_agenda_counts_what_it_cannot_take() -> None:
    agenda, size = np.zeros(2, EVENT), np.zeros(3, dtype=np.int64)
    for day in range(5):
        book(agenda, size, float(day), GO, day)
    assert (size[0], size[2]) == (2, 3)
