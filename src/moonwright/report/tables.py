"""The tables of a result, by name. Column names carry units."""

from __future__ import annotations

import pyarrow as pa

from moonwright.plan import Plan
from moonwright.report.certificate import violations_table
from moonwright.report.crew import crew_table
from moonwright.report.demand import shortfalls_table
from moonwright.report.element import builds_table
from moonwright.report.flight import flights_table, manifests_table
from moonwright.report.money import costs_table
from moonwright.report.power import power_table
from moonwright.report.provenance import data_table
from moonwright.report.stock import stocks_table
from moonwright.report.subject import Subject
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run

TABLES = {
    "flights": flights_table,
    "manifests": manifests_table,
    "stocks": stocks_table,
    "builds": builds_table,
    "crew": crew_table,
    "power": power_table,
    "costs": costs_table,
    "shortfalls": shortfalls_table,
    "data": data_table,
    "violations": violations_table,
}


def tables(scenario: Scenario, plan: Plan, run: Run) -> dict[str, pa.Table]:
    """Every table of a result: kg, kW, kWh, MUSD, days from the horizon's start (`_d`) and dates (UTC)."""
    subject = Subject(scenario, plan, run)
    return {name: build(subject) for name, build in TABLES.items()}
