"""Cut the horizon into periods."""

from __future__ import annotations

from datetime import date, timedelta

from moonwright.network.network import Period
from moonwright.scenario.horizon import Horizon, Span, span_days, span_months


def cut(horizon: Horizon) -> tuple[Period, ...]:
    """The periods of a horizon, in order; the last one ends with it."""
    periods: list[Period] = []
    opens = horizon.start
    while opens < horizon.end:
        closes = min(after(opens, _length_at(horizon, opens)), horizon.end)
        start_d, end_d = ((day - horizon.start).days for day in (opens, closes))
        periods.append(Period(len(periods), start_d, end_d, opens.isoformat()))
        opens = closes
    return tuple(periods)


def _length_at(horizon: Horizon, day: date) -> Span:
    rules = horizon.periods
    return next((rule.length for rule in rules if rule.until is None or day < rule.until), rules[-1].length)


def after(day: date, span: Span) -> date:
    """The date a span after another; the end of a shorter month stands for a day it does not have."""
    days = span_days(span)
    if days is not None:
        return day + timedelta(days=days)
    months = day.year * 12 + day.month - 1 + (span_months(span) or 0)
    first = date(months // 12, months % 12 + 1, 1)
    last = (date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
