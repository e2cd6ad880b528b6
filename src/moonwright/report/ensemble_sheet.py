"""An ensemble as tables and JSON for programs. The same trials give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from moonwright.ensemble.damage import damages, reliefs
from moonwright.ensemble.ensemble import Ensemble
from moonwright.ensemble.estimate import Mean, Quantile, Share
from moonwright.ensemble.measure import covers, measures
from moonwright.ensemble.milestone import Spread, all_on_time, by_day, milestones
from moonwright.ensemble.presence import any_lost, lost_by_day, presences
from moonwright.ensemble.sample import Names
from moonwright.report.sheet import DATE, FLAG, REAL, TEXT, WHOLE, Columns, sheet
from moonwright.trial.history import Records

Row = tuple[object, ...]

SHARE = (
    "",
    "_error",
    "_low",
    "_high",
)  # a probability, its standard error, and the ends of its 95 % interval
SPREAD = ("p05", "p50", "p95")
QUANTILE = ("", "_low", "_high")  # a quantile and the ends of its 95 % interval


def ensemble_tables(one: Ensemble, edges_d: Sequence[float]) -> dict[str, pa.Table]:
    """Every table by name; dates by month of `edges_d`. Days count from the horizon's start; empty: never, or no end."""
    return {
        "milestones": sheet(_MILESTONES, _milestones(one)),
        "milestones_by_date": sheet(_BY_DATE, _by_date(one, edges_d)),
        "presence": sheet(_PRESENCE, _presence(one)),
        "presence_by_date": sheet(_LOST, _lost_by_date(one, edges_d)),
        "covers": sheet(_COVERS, _covers(one)),
        "measures": sheet(_MEASURES, _measures(one)),
        "damage": sheet(_DAMAGE, _damage(one)),
        "without": sheet(_WITHOUT, _without(one)),
        "tornado": sheet(_TORNADO, _tornado(one)),
        "sobol": sheet(_SOBOL, _sobol(one)),
        "trials": _trials(one),
    }


def ensemble_data(one: Ensemble, tables: dict[str, pa.Table]) -> dict[str, object]:
    """What `results.json` holds: the headline, and every table but those by date and by trial."""
    long = ("milestones_by_date", "presence_by_date", "trials")
    return {
        "trials": one.asked.trials,
        "seed": one.asked.seed,
        "asked": vars(one.asked),
        "all_on_time": all_on_time(one.sample)._asdict(),
        "crew_lost": any_lost(one.sample)._asdict(),
        **{name: _plain(table) for name, table in tables.items() if name not in long},
    }


def records_table(records: Records, names: Names) -> pa.Table:
    """All that happened in a trial, a row each: kg, days or a count, as `what` says; where nothing went wrong, no cause."""
    rows = ((names.date_of(r.day_d), r.day_d, r.kind, r.subject, r.where, r.amount, r.cause) for r in records)
    return sheet(_RECORDS, rows)


def _plain(table: pa.Table) -> list[dict[str, object]]:
    """Rows as JSON may hold them."""
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in table.to_pylist()
    ]


def _reals(*names: str) -> Columns:
    return dict.fromkeys(names, REAL)


def _share(name: str) -> Columns:
    return _reals(*(name + end for end in SHARE))


def _spread(name: str, unit: str) -> Columns:
    return _reals(*(f"{name}_{p}{end}{unit}" for p in SPREAD for end in QUANTILE))


_MILESTONES: Columns = {
    "milestone": TEXT, "due": DATE, "due_d": REAL, "in_plan": FLAG, **_share("on_time"), **_share("ever"),
    **_spread("met", "_d"), **_spread("margin", "_d"), "median": DATE,
}  # fmt: skip
_BY_DATE: Columns = {"milestone": TEXT, "date": DATE, "day_d": REAL, **_share("met")}
_PRESENCE: Columns = {
    "node": TEXT, **_reals("crew_d", "crew_d_error"), **_share("lost"), **_spread("lost", "_d"),
}  # fmt: skip
_LOST: Columns = {"node": TEXT, "date": DATE, "day_d": REAL, **_share("lost")}
_COVERS: Columns = {
    "node": TEXT, "resource": TEXT, **_spread("least", "_d"), **_reals("empty", "empty_error"),
}  # fmt: skip
_MEASURES: Columns = {
    "measure": TEXT, "name": TEXT, "unit": TEXT, **_reals("mean", "mean_error"), **_spread("at", ""),
}  # fmt: skip
_RECORDS: Columns = {
    "date": DATE, "day_d": REAL, "what": TEXT, "subject": TEXT, "where": TEXT, "amount": REAL, "cause": TEXT,
}  # fmt: skip
_DAMAGE: Columns = {"cause": TEXT, **_reals("damage_d", "damage_d_error", "part"), **_share("any")}

_FIGURE: Columns = {"figure": TEXT, "unit": TEXT}
_WITHOUT: Columns = {"cause": TEXT, **_FIGURE, **_reals("adds", "adds_error")}
_TORNADO: Columns = {
    "number": TEXT, **_reals("low", "value", "high"), **_FIGURE,
    **_reals("at_low", "at_low_error", "at_high", "at_high_error"),
}  # fmt: skip
_SOBOL: Columns = {"cause": TEXT, **_FIGURE, **_reals("first", "first_error", "total", "total_error")}


def _milestones(one: Ensemble) -> Iterator[Row]:
    names = one.sample.names
    for m, kept in zip(milestones(one.sample), names.kept, strict=True):
        median = names.date_of(m.met_d.middle.value)
        yield (
            m.name, names.date_of(m.due_d), m.due_d, kept, *_told(m.on_time), *_told(m.ever), *_told(m.met_d),
            *_told(m.margin_d), median,
        )  # fmt: skip


def _by_date(one: Ensemble, edges_d: Sequence[float]) -> Iterator[Row]:
    names = one.sample.names
    for at, name in enumerate(names.milestones):
        for day_d, met in zip(edges_d, by_day(one.sample, at, edges_d), strict=True):
            yield name, names.date_of(day_d), float(day_d), *_told(met)


def _presence(one: Ensemble) -> Iterator[Row]:
    for p in presences(one.sample):
        yield p.node, *_told(p.crew_d), *_told(p.lost), *_told(p.lost_d)


def _lost_by_date(one: Ensemble, edges_d: Sequence[float]) -> Iterator[Row]:
    for p in presences(one.sample):
        for day_d, lost in zip(edges_d, lost_by_day(one.sample, p.node, edges_d), strict=True):
            yield p.node, one.sample.names.date_of(day_d), float(day_d), *_told(lost)


def _covers(one: Ensemble) -> Iterator[Row]:
    for c in covers(one.sample):
        yield c.node, c.resource, *_told(c.least_d), *_told(c.empty)


def _measures(one: Ensemble) -> Iterator[Row]:
    for m in measures(one.sample):
        yield m.key, m.name, m.unit, *_told(m.mean), *_told(m.spread)


def _damage(one: Ensemble) -> Iterator[Row]:
    for d in damages(one.sample):
        yield d.cause, *_told(d.damage_d), d.part, *_told(d.any)


def _without(one: Ensemble) -> Iterator[Row]:
    for r in reliefs(one.sample, one.without):
        yield r.cause, r.figure.key, r.figure.unit, *_told(r.change)


def _tornado(one: Ensemble) -> Iterator[Row]:
    for s in one.swings:
        ends = (*_told(s.at_low), *_told(s.at_high))
        yield s.parameter, s.low, s.value, s.high, s.figure.key, s.figure.unit, *ends


def _sobol(one: Ensemble) -> Iterator[Row]:
    for p in one.parts:
        yield p.cause, p.figure.key, p.figure.unit, *map(_finite, p.indices)


def _trials(one: Ensemble) -> pa.Table:
    """One row a trial, one column a number; what a column of several speaks of follows a colon."""
    names = one.sample.names
    of = {
        "milestone_d": names.milestones, "margin_d": names.milestones, "crew_present_d": names.nodes,
        "lost_presence_d": names.nodes, "damage_d": names.causes,
        "least_cover_d": [f"{node}/{resource}" for node, resource in names.stocks],
    }  # fmt: skip
    columns: dict[str, pa.Array] = {"trial": pa.array(np.arange(one.sample.count), WHOLE)}
    for name, values in one.sample.columns.items():
        if values.ndim == 1:
            columns[name] = _column(values)
        else:
            columns |= {f"{name}:{told}": _column(values[:, at]) for at, told in enumerate(of[name])}
    return pa.table(columns)


def _column(values: Any) -> pa.Array:
    if values.dtype.kind in "iu":
        return pa.array(values, WHOLE)
    return pa.array(values, REAL, mask=~np.isfinite(values))


def _told(estimate: Share | Mean | Quantile | Spread) -> tuple[float | None, ...]:
    """The numbers of an estimate in the order of its columns; None where there is none, as for a day that never comes."""
    if isinstance(estimate, Spread):
        return tuple(number for quantile in estimate for number in _told(quantile))
    return tuple(_finite(number) for number in estimate)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
