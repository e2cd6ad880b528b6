"""The folder of a hedge: premium, purchases and dates as tables and data, replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import pyarrow as pa

from moonwright.report.folder import as_json, write_whole
from moonwright.report.sheet import FLAG, REAL, TEXT, WHOLE, sheet, write_sheets
from moonwright.stress.premium import Step
from moonwright.stress.weigh import Weighed

MARK = "hedge.json"  # what makes a folder one of these: no other is ever replaced
PREMIUM = {
    "contingency": TEXT, "on": TEXT, "bearable": FLAG, "premium_low_musd": REAL, "premium_high_musd": REAL,
    "last_hedge": TEXT, "stopped": TEXT,
}  # fmt: skip
BOUGHT = {"contingency": TEXT, "mission": TEXT, "more": WHOLE}
FUTURES = {
    "future": TEXT, "weight": REAL, "plan_musd": REAL, "foreseen_musd": REAL, "base_musd": REAL, "regret_musd": REAL,
}  # fmt: skip


def write_hedge(directory: Path, steps: Sequence[Step], weighed: Weighed | None) -> None:
    """Write `hedge.json` and `tables/`. Raises ResultsFolderError where that cannot be."""
    write_whole(directory, lambda made: _fill(made, steps, weighed), MARK)


def hedge_data(steps: Sequence[Step], weighed: Weighed | None) -> dict[str, object]:
    """A hedge as plain data."""
    told: dict[str, object] = {"steps": [step.model_dump(mode="json") for step in steps]}
    if weighed is not None:
        told["weighed"] = {
            "mean_musd": finite(weighed.mean_musd),
            "perfect_information_musd": finite(weighed.perfect_information_musd),
            "stochastic_solution_musd": finite(weighed.stochastic_solution_musd),
            "most_regret_musd": finite(weighed.most_regret_musd),
            "futures": [dict(zip(FUTURES, row, strict=True)) for row in _futures(weighed)],
        }
    return told


def hedge_tables(steps: Sequence[Step], weighed: Weighed | None) -> dict[str, pa.Table]:
    """Tables of a hedge by name."""
    premium = [
        (s.contingency, s.on, s.bearable, s.premium_low_musd, s.premium_high_musd, s.last_hedge, s.stopped)
        for s in steps
    ]
    bought = [(s.contingency, one.mission, one.more) for s in steps for one in s.bought]
    tables = {"premium": sheet(PREMIUM, premium), "bought": sheet(BOUGHT, bought)}
    return tables if weighed is None else {**tables, "futures": sheet(FUTURES, _futures(weighed))}


def _futures(weighed: Weighed) -> list[tuple[object, ...]]:
    """A row a future; what is infinite, since it cannot be borne, is left empty."""
    columns = (weighed.plan.futures_musd, weighed.foreseen_musd, weighed.base_musd, weighed.regrets_musd)
    return [
        (name, weight, *(finite(column[name]) for column in columns))
        for name, weight in weighed.weights.items()
    ]


def finite(number: float) -> float | None:
    """A number as JSON and tables may hold it."""
    return number if isfinite(number) else None


def _fill(made: Path, steps: Sequence[Step], weighed: Weighed | None) -> None:
    (made / "tables").mkdir()
    write_sheets(hedge_tables(steps, weighed), made / "tables")
    (made / MARK).write_text(as_json(hedge_data(steps, weighed)), encoding="utf-8")
