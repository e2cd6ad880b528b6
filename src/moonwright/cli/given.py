"""What a command about choices begins with: a scenario and its best plan, read from results or found now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import moonwright
from moonwright.cli.data import load
from moonwright.errors import MoonwrightError

if TYPE_CHECKING:
    from moonwright.plan import Plan
    from moonwright.report.record import Record
    from moonwright.scenario.scenario import Scenario


class NothingToChooseError(MoonwrightError):
    """There is no plan at all, so there is nothing to choose between."""


def planned(source: Path, gap: float, time_limit_s: float) -> tuple[Scenario, Plan]:
    """The scenario and plan in a results folder; of a scenario file, the best plan that is found now."""
    if source.is_dir():
        from moonwright.choose.result import read_result

        result = read_result(source)
        return result.scenario, result.plan
    scenario = load(source)
    plan = moonwright.plan(scenario, gap=gap, time_limit_s=time_limit_s, progress=progress)
    if plan is None:
        raise NothingToChooseError(f"{source}: the hard demands cannot all be met, so there is no plan")
    return scenario, plan


def progress(seconds: float, objective: float, bound: float, gap: float) -> None:
    """A line on stderr about what the solver has found."""
    best = "nothing yet" if not math.isfinite(objective) else f"found {objective:,.1f}"
    proven = f", possible {bound:,.1f}" if math.isfinite(bound) else ""
    click.echo(f"{seconds:6.1f} s  {best}{proven}", err=True)


def record(options: Mapping[str, str | float | int | bool | None], source: Path) -> Record:
    """The run record of results that a choice wrote."""
    from moonwright.report.record import Record, versions

    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Record(versions(), options, started, {}, 0, source.name)


def finite(number: float) -> float | None:
    """A number as JSON may hold it."""
    return number if math.isfinite(number) else None
