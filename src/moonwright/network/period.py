"""Cut the horizon into periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from moonwright.network.network import Period
from moonwright.scenario.horizon import Horizon, Span, span_days, span_months

_SAME_D = 1e-9  # moments closer than this (0.1 ms) are one


def cut(horizon: Horizon) -> tuple[Period, ...]:
    """The periods of a horizon, in order. One that would pass the end of its rule, or of the horizon, is cut there."""
    periods: list[Period] = []
    opens = horizon.start
    for rule in horizon.periods:
        end = (
            horizon.end if rule.until is None or rule is horizon.periods[-1] else min(rule.until, horizon.end)
        )
        begins, count = opens, 0
        while opens < end:
            count += 1
            closes = min(after(begins, rule.length, count), end)
            start_d, end_d = ((day - horizon.start).days for day in (opens, closes))
            periods.append(Period(len(periods), start_d, end_d, opens.isoformat()))
            opens = closes
    return tuple(periods)


def period_of(periods: Sequence[Period], moment_d: float) -> int:
    """The period of a moment, len(periods) past the last; one on a border belongs to the earlier period."""
    return next((p.index for p in periods if moment_d <= p.end_d + _SAME_D), len(periods))


def after(day: date, span: Span, count: int = 1) -> date:
    """The date `count` spans after another; the end of a shorter month stands for a day it does not have."""
    days = span_days(span)
    if days is not None:
        return day + timedelta(days=days * count)
    months = day.year * 12 + day.month - 1 + (span_months(span) or 0) * count
    first = date(months // 12, months % 12 + 1, 1)
    last = (date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
