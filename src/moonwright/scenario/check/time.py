"""Dates that run backwards, and a horizon that cannot be cut into periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from moonwright.scenario.demand import DeliverDemand, FlyDemand
from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.horizon import PeriodRule, Span, span_days, span_months
from moonwright.scenario.initial import Contract
from moonwright.scenario.launcher import Launcher
from moonwright.scenario.noun import Interval, Noun
from moonwright.scenario.route import Window
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle
from moonwright.scenario.walk import entries

EARLIEST, LATEST = (
    date(1950, 1, 1),
    date(2200, 1, 1),
)  # DE440 reaches from 1550 to 2650; nobody plans that far
_MOST_PERIODS = 2000
_DAYS_PER_MONTH = 28  # at least


def backward_intervals(scenario: Scenario) -> Iterator[Finding]:
    """Entries whose last day comes before their first."""
    for path, noun in entries(scenario):
        first, last, first_key, last_key = _ends(noun)
        if first is None or last is None:
            continue
        closed = isinstance(noun, Launcher)  # the day of its last flight is one of its days
        if last < first or (last == first and not closed):
            allowed = f"a date {'from' if closed else 'after'} {first} on, which is `{first_key}`"
            yield Finding(
                (*path, last_key), str(last), allowed, f"did `{first_key}` and `{last_key}` change places?"
            )


def horizon(scenario: Scenario) -> Iterator[Finding]:
    """A horizon that runs backwards or leaves the years that can be planned."""
    start, end = scenario.horizon.start, scenario.horizon.end
    if end <= start:
        yield Finding(("horizon", "end"), str(end), f"a date after {start}, which is `start`")
    for key, day in (("start", start), ("end", end)):
        if not EARLIEST <= day <= LATEST:
            yield Finding(("horizon", key), str(day), f"a date from {EARLIEST} to {LATEST}")


def periods(scenario: Scenario) -> Iterator[Finding]:
    """Rules for periods that do not follow on each other, or leave the end of the horizon uncovered."""
    rules, start, end = scenario.horizon.periods, scenario.horizon.start, scenario.horizon.end
    if not rules:
        yield Finding(("horizon", "periods"), "no rule", "at least one, such as {length: 1 month}")
        return
    for number, (rule, following) in enumerate(pairwise(rules)):
        path: Path = ("horizon", "periods", number)
        if rule.until is None:
            yield Finding(
                path,
                "no `until`",
                "an `until` in every rule but the last",
                "say when the next rule takes over",
            )
        elif following.until is not None and following.until <= rule.until:
            allowed = f"a date after {rule.until}, where the rule before ends"
            yield Finding((*path[:-1], number + 1, "until"), str(following.until), allowed)
    last = rules[-1].until
    if last is not None and last < end and all(rule.until is None or rule.until <= last for rule in rules):
        path = ("horizon", "periods", len(rules) - 1, "until")
        yield Finding(path, f"{last}, before the horizon ends", f"{end} or later, or no `until`")
    if EARLIEST <= start < end <= LATEST and _count(rules, start, end) > _MOST_PERIODS:
        yield Finding(
            ("horizon", "periods"), "too many periods", f"at most {_MOST_PERIODS}", "make them longer"
        )


def empty_spans(scenario: Scenario) -> Iterator[Finding]:
    """Periods, or demands that recur, of no length at all."""
    spans: list[tuple[Path, Span | None]] = [
        (("horizon", "periods", n, "length"), rule.length) for n, rule in enumerate(scenario.horizon.periods)
    ]
    for name, demand in scenario.demands.items():
        if isinstance(demand, DeliverDemand | FlyDemand):
            spans.append((("demands", name, "every"), demand.every))
    for path, span in spans:
        if span is not None and not _least_days(span):
            yield Finding(path, repr(span), "at least 1 d")


def rotations(scenario: Scenario) -> Iterator[Finding]:
    """Kinds of crew whose shortest stay is longer than their longest."""
    for name, crew in scenario.crew.items():
        stay = crew.rotation
        if stay.shortest > stay.longest:
            path = ("crew", name, "rotation", "longest")
            yield Finding(path, f"{stay.longest:g} d", f"at least {stay.shortest:g} d, which is `shortest`")


def _ends(noun: Noun) -> tuple[date | None, date | None, str, str]:
    if isinstance(noun, Interval | Contract):
        return noun.starts, noun.until, "from", "until"
    if isinstance(noun, Window):
        return noun.opens, noun.closes, "opens", "closes"
    if isinstance(noun, Launcher):
        return noun.first_flight, noun.last_flight, "first_flight", "last_flight"
    if isinstance(noun, Vehicle):
        return noun.ready, noun.retired, "ready", "retired"
    return None, None, "", ""


def _least_days(span: Span) -> int:
    days = span_days(span)
    return days if days is not None else (span_months(span) or 0) * _DAYS_PER_MONTH


def _count(rules: tuple[PeriodRule, ...], start: date, end: date) -> float:
    """About how many periods there are; a span of no length is told elsewhere."""
    count, opens = 0.0, start
    for rule in rules:
        closes = min(rule.until or end, end)
        count += max((closes - opens).days, 0) / max(_least_days(rule.length), 1)
        opens = max(opens, closes)
    return count
