"""The world before a plan as tables for programs: by month, and delta-v by day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from moonwright.plan import digest
from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE, sheet
from moonwright.report.world import SHARES, open_windows, sections
from moonwright.report.world_flights import costs
from moonwright.world.forecast import month_edges_d
from moonwright.world.outlook import Outlook

BY_DAY = ("delta_v", "routes")  # thousands of rows: tables, and not in the JSON

Row = tuple[object, ...]


def world_tables(seen: Outlook) -> dict[str, pa.Table]:
    """Every table, with units in the names of its columns; None is an empty cell."""
    edges = month_edges_d(seen.world)
    return {
        "keeping": sheet(
            {
                "node": TEXT,
                "month": DATE,
                **dict.fromkeys(("plan_m_s", "p05_m_s", "p50_m_s", "p95_m_s"), REAL),
            },
            _keeping(seen),
        ),
        "light": sheet(
            {"node": TEXT, "month": DATE, "darkness_d": REAL, "sun": REAL, "lit": REAL, "told": TEXT},
            _light(seen),
        ),
        "sky": sheet(
            {
                "node": TEXT,
                "month": DATE,
                "sun": REAL,
                "lit": REAL,
                "darkness_d": REAL,
                "earth": REAL,
                "horizon": TEXT,
            },
            _sky(seen),
        ),
        "together": sheet(
            {"first": TEXT, "second": TEXT, "from": DATE, "until": DATE}
            | dict.fromkeys(("sun", "lit", "darkness_d"), REAL),
            [
                (*(*one.nodes, None)[:2], one.start, one.end, one.sun, one.lit, one.darkness_d)
                for one in seen.unions
            ],
        ),
        "windows": sheet(
            {"route": TEXT, "opens": DATE, "closes": DATE},
            [
                (span.route, seen.world.date_of(span.opens), seen.world.date_of(span.closes))
                for span in open_windows(seen)
            ],
        ),
        "delta_v_months": sheet(
            {"from": TEXT, "to": TEXT, "month": DATE}
            | dict.fromkeys(("least_m_s", "median_m_s", "most_m_s"), REAL)
            | {"days_without": WHOLE},
            [
                (one.way.origin, one.way.destination, seen.world.date_of(day), *cost)
                for one in seen.flights
                for day, cost in zip(edges, costs(one, edges), strict=False)
            ],
        ),
        "routes": sheet(
            {"route": TEXT, "entered": DATE, "duration_d": REAL, "burns_m_s": REAL},
            _routes(seen),
        ),
        "halo": sheet(
            {"from": TEXT, "to": TEXT, "departure": DATE, "flight_d": REAL, "total_m_s": REAL},
            _halos(seen),
        ),
        "ground": sheet(
            {"orbit": TEXT, "way": TEXT}
            | dict.fromkeys(("ideal_m_s", "gravity_and_steering_m_s", "hover_m_s", "total_m_s"), REAL)
            | {"source": TEXT},
            [
                (
                    one.orbit,
                    "down" if one.down else "up",
                    one.ideal_m_s,
                    one.gravity_and_steering_m_s,
                    one.hover_m_s,
                    one.total_m_s,
                    one.source,
                )
                for one in seen.grounds
            ],
        ),
        "delta_v": sheet(
            {"from": TEXT, "to": TEXT, "departure": DATE}
            | dict.fromkeys(("flight_d", "earth_m_s", "moon_m_s", "ground_m_s", "total_m_s"), REAL),
            _flights(seen),
        ),
    }


def world_data(seen: Outlook) -> dict[str, object]:
    """The same as plain data, without delta-v by day; with what has to be known to read it."""
    horizon = seen.world.scenario.horizon
    tables = world_tables(seen)
    return {
        "scenario": seen.world.scenario.name,
        "scenario_digest": digest(seen.world.scenario),
        "from": str(horizon.start),
        "until": str(horizon.end),
        "trials": seen.draws.trials,
        "seed": seen.draws.seed,
        "flown": seen.flown,
        "notes": {part.key: list(part.notes) for part in sections(seen)},
        **{name: _plain(table) for name, table in tables.items() if name not in BY_DAY},
    }


def _keeping(seen: Outlook) -> Iterator[Row]:
    for one in seen.keeping:
        drawn = None if one.drawn_m_s is None else np.quantile(one.drawn_m_s, SHARES, axis=0)
        for n, day in enumerate(month_edges_d(seen.world)[:-1]):
            spread = (None,) * 3 if drawn is None else tuple(float(value) for value in drawn[:, n])
            yield one.node, seen.world.date_of(day), float(one.used_m_s[n]), *spread


def _light(seen: Outlook) -> Iterator[Row]:
    for node, one in seen.world.lights.items():
        for day in map(int, month_edges_d(seen.world)[:-1]):
            sun = None if one.sun is None else float(one.sun[day])
            yield node, seen.world.date_of(day), float(one.darkness_d[day]), sun, one.lit, one.told


def _sky(seen: Outlook) -> Iterator[Row]:
    for one in seen.skies:
        for n, day in enumerate(month_edges_d(seen.world)[:-1]):
            earth = None if one.months.earth is None else float(one.months.earth[n])
            sun = tuple(float(of[n]) for of in (one.months.sun, one.months.lit, one.months.darkness_d))
            yield one.node, seen.world.date_of(day), *sun, earth, one.horizon


def _flights(seen: Outlook) -> Iterator[Row]:
    for one in seen.flights:
        columns = (one.flight_d, one.earth_m_s, one.moon_m_s, one.total_m_s)
        for day, (flight_d, earth, moon, total) in enumerate(zip(*columns, strict=True)):
            told = [
                None if math.isnan(total) else float(value)
                for value in (flight_d, earth, moon, one.ground_m_s, total)
            ]
            yield one.way.origin, one.way.destination, seen.world.date_of(day), *told


def _routes(seen: Outlook) -> Iterator[Row]:
    """Computed routes, day by day, as a plan takes them."""
    for route, table in seen.world.passages.tables.items():
        for day, passing in enumerate(table.days[: seen.world.horizon_d]):
            told = (None, None) if passing is None else (passing.duration_d, sum(passing.burns_m_s))
            yield route, seen.world.date_of(day), *told


def _halos(seen: Outlook) -> Iterator[Row]:
    for one in seen.halos:
        for day, (flight_d, total) in enumerate(zip(one.flight_d, one.total_m_s, strict=True)):
            told = (None, None) if math.isnan(total) else (float(flight_d), float(total))
            yield one.origin, one.destination, seen.world.date_of(day), *told


def _plain(table: pa.Table) -> list[dict[str, object]]:
    """Rows as JSON may hold them: dates as text."""
    return [
        {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
        for row in table.to_pylist()
    ]
