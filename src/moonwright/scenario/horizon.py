"""The stretch of time that is planned, and the periods it is cut into."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from moonwright.scenario.noun import Day, Noun

_MONTHS = re.compile(r"(\d+) months?")
_DAYS = re.compile(r"(\d+) d")
_SPAN = r"^\d+ (months?|d)$"

Span = Annotated[str, Field(pattern=_SPAN, description='"1 month", "3 months" or "10 d"')]


def span_months(span: Span) -> int | None:
    """Months of a span, or None where it is written in days."""
    match = _MONTHS.fullmatch(span)
    return int(match[1]) if match else None


def span_days(span: Span) -> int | None:
    """Days of a span, or None where it is written in months."""
    match = _DAYS.fullmatch(span)
    return int(match[1]) if match else None


class PeriodRule(Noun):
    """Periods of one length, until a date (or the end of the horizon)."""

    length: Span
    until: Day | None = None


class Horizon(Noun):
    """First day, first day after the last, and the lengths of the periods between, in order."""

    start: Day
    end: Day
    periods: tuple[PeriodRule, ...] = (PeriodRule(length="1 month"),)
