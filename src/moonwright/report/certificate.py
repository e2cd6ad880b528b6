"""The certificate: what the replay found, where the mass went, and how closely both were looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pyarrow as pa

import moonwright.simulate.replay  # noqa: F401  # importing it is what makes every rule known
from moonwright.report.sheet import DATE, REAL, TEXT, sheet
from moonwright.report.subject import Subject
from moonwright.simulate import tolerance
from moonwright.simulate.rule import RULES

VIOLATIONS = {"rule": TEXT, "date": DATE, "day_d": REAL, "where": TEXT, "text": TEXT}


def violations_table(subject: Subject) -> pa.Table:
    """One row a promise that the plan breaks. No rows: the plan is certified."""
    return sheet(
        VIOLATIONS,
        ((v.rule, subject.date_of(v.day_d), v.day_d, v.where, v.text) for v in subject.run.violations),
    )


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the mass ledger, kg."""

    name: str
    mass_kg: float
    came: bool


def ledger_lines(subject: Subject) -> tuple[LedgerLine, ...]:
    """What came in, then where it went."""
    ledger = subject.run.ledger
    return (
        LedgerLine("Launched from Earth", ledger.launched_kg, True),
        LedgerLine("There at the start", ledger.initial_kg, True),
        LedgerLine("Made from local matter", ledger.made_from_site_kg, True),
        LedgerLine("Burned as propellant", ledger.burned_kg, False),
        LedgerLine("Consumed", ledger.consumed_kg, False),
        LedgerLine("Boiled off", ledger.boiled_off_kg, False),
        LedgerLine("Expended vehicles and waste", ledger.expended_kg, False),
        LedgerLine("Brought back to Earth", ledger.recovered_kg, False),
        LedgerLine("In place at the end", ledger.in_place_kg, False),
    )


def rules() -> dict[str, str]:
    """What the replay checks: each rule's name, and what it asks in one sentence."""
    return dict(sorted(RULES.items()))


def tolerances() -> dict[str, float]:
    """Every slack that the replay grants, by name; units stand in the names."""
    told = vars(tolerance).items()
    return {name.lower(): value for name, value in told if name.isupper() and isinstance(value, float)}


def certificate(subject: Subject) -> dict[str, object]:
    """The certificate as plain data: verdict, violations, what was checked how closely, mass ledger."""
    run = subject.run
    came_kg = run.ledger.launched_kg
    return {
        "certified": run.certified,
        "scenario_digest": subject.plan.scenario_digest,
        "violations": [asdict(violation) for violation in run.violations],
        "rules": rules(),
        "tolerances": tolerances(),
        "ledger_kg": asdict(run.ledger),
        "imbalance_kg": run.ledger.imbalance_kg,
        "imbalance_of_launched": run.ledger.imbalance_kg / came_kg if came_kg else 0.0,
    }
