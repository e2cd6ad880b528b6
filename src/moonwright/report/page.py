"""The report: one self-contained HTML file that needs no network and trusts nothing that a scenario says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import isfinite

from jinja2 import Environment
from markupsafe import Markup

from moonwright.plan import Plan
from moonwright.report import lede, wording
from moonwright.report.assumption import Assumptions, reprice
from moonwright.report.batchart import bat_chart
from moonwright.report.certificate import ledger_lines, rules
from moonwright.report.crew import presence_chart, stays_chart
from moonwright.report.demand import missed
from moonwright.report.element import builds_chart
from moonwright.report.flight import FlightRow, flight_rows
from moonwright.report.headline import figures, gap_words, verdict
from moonwright.report.money import cost_by_category, cost_by_year, kind_name, years_of
from moonwright.report.partner import capabilities, colours, mass_by_year, with_shared
from moonwright.report.power import grounds, power_chart
from moonwright.report.provenance import source_lines, told_of
from moonwright.report.record import Record
from moonwright.report.solved import closely, ended, limits, repeatable
from moonwright.report.stock import stocks_chart, tightest
from moonwright.report.subject import Subject
from moonwright.report.template import asset, environment
from moonwright.scenario.provenance import data_of
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run

# Nothing may be fetched, sent or framed; what runs and what styles stands in the file itself.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"

# In this order; each defines what the next may use.
SCRIPTS = ("theme.js", "axes.js", "bat.js", "gantt.js", "curves.js", "bars.js", "tables.js", "report.js")


def report_html(scenario: Scenario, plan: Plan, run: Run, record: Record | None = None) -> str:
    """The whole report as one HTML document. The same inputs give the same text."""
    subject = Subject(scenario, plan, run)
    assumptions = reprice(scenario, plan, run)
    flights = flight_rows(subject)
    records = data_of(scenario)
    cost = cost_by_year(subject)
    return _environment().get_template("report.html.j2").render(
        subject=subject, scenario=scenario, plan=plan, run=run, record=record,
        policy=POLICY, style=asset("report.css"), library=asset("echarts.min.js"), script=_script(),
        data=embedded(_charts(subject, flights, assumptions)),
        verdict=verdict(subject), figures=figures(subject), missed=missed(subject), flights=flights,
        tightest=tightest(subject), capabilities=capabilities(subject),
        colours=colours(subject), owners=with_shared(subject),
        categories=cost_by_category(subject), paid=lambda partner: sum(cost[partner]),
        assumptions=assumptions, lede=lede, grounds=grounds(subject),
        records=records, sources=source_lines(subject), ledger=ledger_lines(subject),
        rules=rules(), told_of=told_of(records),
    )  # fmt: skip


def _charts(
    subject: Subject, flights: tuple[FlightRow, ...], assumptions: Assumptions
) -> Mapping[str, object]:
    """Everything the charts are drawn from, as plain data."""
    start = subject.scenario.horizon.start
    return {
        "start": start.isoformat(),
        "days": subject.plan.horizon_d,
        "partners": [
            {"key": key, "name": subject.partner_name(key), "colour": colour}
            for key, colour in with_shared(subject).items()
        ],
        "years": list(years_of(subject)),
        "bat": bat_chart(subject, flights),
        "builds": builds_chart(subject),
        "stays": stays_chart(subject),
        "presence": presence_chart(subject),
        "stocks": stocks_chart(subject),
        "power": power_chart(subject),
        "cost": cost_by_year(subject),
        "mass": mass_by_year(subject),
        "tornado": [
            {
                "name": subject.told(price.path),
                "low": price.cost_low_musd - assumptions.cost_musd,
                "high": price.cost_high_musd - assumptions.cost_musd,
            }
            for price in assumptions.prices
            if price.swing_musd > 0
        ],
    }


def embedded(data: object) -> Markup:
    """JSON that can stand inside a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # made safe just above


@cache
def _script() -> Markup:
    """Our own scripts as one function, so that nothing of them is visible from outside."""
    parts = Markup("\n").join(asset(name) for name in SCRIPTS)
    return Markup('(() => {\n"use strict";\n') + parts + Markup("\n})();")


@cache
def _environment() -> Environment:
    """Templates with the words and numbers of the report."""
    made = environment()
    made.filters |= {
        "mass": wording.mass,
        "money": wording.money,
        "percent": wording.percent,
        "grouped": wording.grouped,
        "digits": wording.digits,
        "musd": wording.musd,
        "day": wording.day,
        "gap_words": gap_words,
        "ended": ended,
        "limits": limits,
        "repeatable": repeatable,
        "closely": closely,
        "finite": isfinite,
        "kind_name": kind_name,
    }
    made.globals["plural"] = wording.plural
    return made
