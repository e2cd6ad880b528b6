"""The board of contingencies as tables: a line a case, and beside it what each loses, flies and pays."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from moonwright.report.sheet import FLAG, REAL, TEXT, WHOLE, sheet
from moonwright.stress.verdict import Verdict

CASES = {
    "case": TEXT, "on": TEXT, "partners": TEXT, "fate": TEXT, "crew_safe": FLAG, "certified": FLAG,
    "cost_from_then_musd": REAL,
    "extra_musd": REAL, "months_late": REAL, "never_built": TEXT, "least_margin_d": REAL, "crew_days": REAL, "gap": REAL,
    "stopped": TEXT, "reproducible": FLAG,
}  # fmt: skip
LOST = {"case": TEXT, "demand": TEXT, "amount": REAL, "unit": TEXT}
FLIGHTS = {"case": TEXT, "mission": TEXT, "more": WHOLE}
MONEY = {"case": TEXT, "partner": TEXT, "extra_musd": REAL}


def board_tables(verdicts: Sequence[Verdict]) -> dict[str, pa.Table]:
    """Tables of a board by name."""
    return {
        "cases": sheet(CASES, [_case(one) for one in verdicts]),
        "lost": sheet(LOST, [(v.case, x.demand, x.amount, x.unit) for v in verdicts for x in v.lost]),
        "flights": sheet(FLIGHTS, [(v.case, x.mission, x.more) for v in verdicts for x in v.flights]),
        "money": sheet(MONEY, [(v.case, name, x) for v in verdicts for name, x in v.by_partner_musd.items()]),
    }


def _case(one: Verdict) -> tuple[object, ...]:
    return (
        one.case, one.on, ", ".join(one.partners), one.fate, one.crew_safe, one.certified, one.cost_musd, one.extra_musd,
        one.months_late, ", ".join(one.never), one.least_margin_d, one.crew_days, one.gap, one.stopped, one.reproducible,
    )  # fmt: skip
