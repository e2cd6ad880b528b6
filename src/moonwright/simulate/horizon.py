"""Days, moments and periods, cut from the scenario's horizon alone."""

from __future__ import annotations

import math
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moonwright.scenario.horizon import Horizon, span_days, span_months
from moonwright.simulate.tolerance import TIME_D


@dataclass(frozen=True)
class Calendar:
    """Period k runs from `borders[k]` to `borders[k + 1]`; a closing period, as long as the last, follows."""

    start: date
    borders: tuple[int, ...]

    @property
    def horizon_d(self) -> int:
        """Days in the horizon."""
        return self.borders[-1]

    @property
    def closing_d(self) -> int:
        """The day on which the closing period ends."""
        return self.borders[-1] + self.borders[-1] - self.borders[-2]

    @property
    def periods(self) -> Iterator[tuple[int, int]]:
        """First day, and first day after, of each period."""
        return pairwise(self.borders)

    def day_of(self, when: date) -> int:
        """Days from the horizon's start to a date; negative before it."""
        return (when - self.start).days

    def dates(self) -> Iterator[date]:
        """The date of each day, closing period included."""
        return (self.start + timedelta(days=day) for day in range(self.closing_d))

    def year_of(self, moment_d: float) -> int:
        """Calendar year of a moment. A moment on a day's border still belongs to the day that it ends."""
        ended = max(0, booked(moment_d) - 1)
        return (self.start + timedelta(days=ended)).year

    def within(self, moment_d: float, starts: date | None, until: date | None) -> bool:
        """True where a moment lies between two dates. One on the border of both sides belongs to either."""
        begun = starts is None or moment_d >= self.day_of(starts) - TIME_D
        return begun and (until is None or moment_d <= self.day_of(until) + TIME_D)

    def opening(self, moment_d: float) -> int:
        """Opening of the period of a moment; one on a border belongs to the period that it ends."""
        index = bisect_left(self.borders, moment_d - TIME_D)
        return self.borders[min(max(0, index - 1), len(self.borders) - 2)]


def booked(moment_d: float) -> int:
    """The day from which a moment's effect counts: what happens during a day is booked at its end."""
    return math.ceil(moment_d - TIME_D)


def calendar(horizon: Horizon) -> Calendar:
    """The periods of a horizon. A period that would pass the end of its rule is cut there."""
    borders = [horizon.start]
    for number, rule in enumerate(horizon.periods):
        last_rule = number == len(horizon.periods) - 1
        until = horizon.end if last_rule or rule.until is None else min(rule.until, horizon.end)
        first, count = borders[-1], 0
        while borders[-1] < until:
            count += 1
            borders.append(min(later(first, rule.length, count), until))
    return Calendar(horizon.start, tuple((border - horizon.start).days for border in borders))


def later(day: date, span: str, count: int) -> date:
    """`count` spans ("3 months", "10 d") after a day; where a month lacks that day, its last one."""
    if days := span_days(span):
        return day + timedelta(days=days * count)
    months = day.month - 1 + (span_months(span) or 1) * count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def stretches(broken: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First day, and first day after, of each unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], broken.astype(np.int8), [0]))))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
