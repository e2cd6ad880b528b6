"""What doors send: a scenario, and its plan or the tables of its results where there are some."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moonwright.cli.data import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from moonwright.plan import Plan
    from moonwright.scenario.scenario import Scenario


def tabled(source: Path) -> tuple[str, Scenario, Mapping[str, pa.Table]]:
    """A name, the scenario and the tables of a results folder; of a scenario file, no tables."""
    if not source.is_dir():
        return source.stem, load(source), {}
    from moonwright.choose.result import read_result
    from moonwright.report.tables import tables

    result = read_result(source)
    return result.name, result.scenario, tables(result.scenario, result.plan, result.run)


def planned(source: Path) -> tuple[str, Scenario, Plan | None]:
    """A name, the scenario and the plan of a results folder; of a scenario file, no plan."""
    if not source.is_dir():
        return source.stem, load(source), None
    from moonwright.choose.result import read_result

    result = read_result(source)
    return result.name, result.scenario, result.plan
