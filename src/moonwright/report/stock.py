"""Stocks against reserves: the daily table, the curves, and how close each came to its reserve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE
from moonwright.report.subject import Subject
from moonwright.report.thin import thin
from moonwright.simulate.run import StockHistory
from moonwright.simulate.tolerance import MASS_KG, over

STOCKS = {"node": TEXT, "resource": TEXT, "date": DATE, "day": WHOLE, "stock_kg": REAL, "reserve_kg": REAL}


def stocks_table(subject: Subject) -> pa.Table:
    """One row a node, resource and day: the stock at the day's end, and what the reserves ask."""
    parts = [_daily(subject, history) for history in subject.run.stocks]
    empty = pa.table({name: pa.array([], kind) for name, kind in STOCKS.items()})
    return pa.concat_tables([empty, *parts])


def _daily(subject: Subject, history: StockHistory) -> pa.Table:
    days = np.arange(history.stock_kg.size)
    first = np.datetime64(subject.scenario.horizon.start, "D")
    columns = (
        pa.array([history.node] * days.size, TEXT),
        pa.array([history.resource] * days.size, TEXT),
        pa.array(first + days, DATE),
        pa.array(days, WHOLE),
        pa.array(history.stock_kg, REAL),
        pa.array(history.reserve_kg, REAL),
    )
    return pa.table(dict(zip(STOCKS, columns, strict=True)))


@dataclass(frozen=True)
class Tightest:
    """The day on which a stock came closest to its reserve, or went furthest below it."""

    node: str
    resource: str
    when: date
    stock_kg: float
    reserve_kg: float

    @property
    def margin_kg(self) -> float:
        """Stock less reserve on that day; nothing where it is short by no more than rounding."""
        margin_kg = self.stock_kg - self.reserve_kg
        return margin_kg if over(self.reserve_kg, self.stock_kg, MASS_KG) else max(0.0, margin_kg)


def tightest(subject: Subject) -> tuple[Tightest, ...]:
    """For each stock that a reserve is asked of, its closest day; the smallest relative margin first."""
    told = []
    for history in subject.run.stocks:
        asked = history.reserve_kg > 0
        if asked.any():
            margin = np.where(asked, history.stock_kg - history.reserve_kg, np.inf)
            day = int(margin.argmin())
            at_kg = float(history.stock_kg[day]), float(history.reserve_kg[day])
            told.append(Tightest(history.node, history.resource, subject.date_of(day), *at_kg))
    return tuple(sorted(told, key=lambda t: t.margin_kg / t.reserve_kg))


def stocks_chart(subject: Subject) -> list[Mapping[str, object]]:
    """Curves of every stock that is ever more than nothing, the one closest to its reserve first."""
    order = {(close.node, close.resource): place for place, close in enumerate(tightest(subject))}
    used = [h for h in subject.run.stocks if h.stock_kg.any() or h.reserve_kg.any()]
    used.sort(key=lambda history: order.get((history.node, history.resource), len(order)))
    return [
        {
            "node": subject.name_of("nodes", history.node),
            "resource": subject.name_of("resources", history.resource),
            "stock": thin(history.stock_kg),
            "reserve": thin(history.reserve_kg) if history.reserve_kg.any() else [],
        }
        for history in used
    ]
