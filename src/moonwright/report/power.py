"""Power: the daily table, and the curves by day and through the night."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from moonwright.report.sheet import DATE, REAL, TEXT, WHOLE
from moonwright.report.subject import Subject
from moonwright.report.thin import thin
from moonwright.scenario.node import Surface
from moonwright.simulate.run import NodeHistory

POWER = {
    "node": TEXT, "date": DATE, "day": WHOLE, "supply_kw": REAL, "use_kw": REAL,
    "mean_supply_kw": REAL, "mean_use_kw": REAL,
    "night_need_kwh": REAL, "night_store_kwh": REAL,
}  # fmt: skip


def power_table(subject: Subject) -> pa.Table:
    """One row a node with power and a day: supply and use in full light and on the month's mean, need and store by night."""
    empty = pa.table({name: pa.array([], kind) for name, kind in POWER.items()})
    return pa.concat_tables([empty, *(_daily(subject, node) for node in powered(subject))])


def powered(subject: Subject) -> tuple[NodeHistory, ...]:
    """Nodes where power is ever supplied or used."""
    return tuple(n for n in subject.run.nodes if n.power_supply_kw.any() or n.power_use_kw.any())


def _daily(subject: Subject, node: NodeHistory) -> pa.Table:
    days = np.arange(node.power_supply_kw.size)
    first = np.datetime64(subject.scenario.horizon.start, "D")
    series = (
        *(node.power_supply_kw, node.power_use_kw, node.mean_supply_kw, node.mean_use_kw),
        *(node.night_need_kwh, node.night_store_kwh),
    )
    columns = (
        pa.array([node.node] * days.size, TEXT),
        pa.array(first + days, DATE),
        pa.array(days, WHOLE),
        *(pa.array(values, REAL) for values in series),
    )
    return pa.table(dict(zip(POWER, columns, strict=True)))


def grounds(subject: Subject) -> tuple[str, ...]:
    """A sentence for each place whose light is computed: over which ground."""
    told = []
    for key, node in subject.scenario.nodes.items():
        if not isinstance(node, Surface) or node.skyline is None or None not in (node.darkness, node.light):
            continue
        name, skyline = subject.name_of("nodes", key), node.skyline
        if not skyline.given:
            told.append(
                f"Light at {name} is computed for flat ground, which is assumed: no hill and no ridge is in it,"
                " and where the ground is not flat it may be far from this."
            )
        else:
            source = (skyline.directions or "").partition("\n")[0].lstrip("# ")
            told.append(f"Light at {name} is computed above {source or 'the skyline of the scenario'}.")
    return tuple(told)


def power_chart(subject: Subject) -> list[Mapping[str, object]]:
    """Curves of every node with power."""
    return [
        {
            "node": subject.name_of("nodes", node.node),
            "supply": thin(node.power_supply_kw),
            "use": thin(node.power_use_kw),
            "mean": thin(node.mean_supply_kw) if (node.mean_supply_kw != node.power_supply_kw).any() else [],
            "need": thin(node.night_need_kwh) if node.night_need_kwh.any() else [],
            "store": thin(node.night_store_kwh) if node.night_need_kwh.any() else [],
        }
        for node in powered(subject)
    ]
