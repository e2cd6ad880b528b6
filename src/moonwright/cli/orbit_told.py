"""How the orbit commands tell their answers: on the terminal, as JSON, as CSV files and a chart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moonwright.cli.orbit_given import Given
from moonwright.cli.table import table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


SHARES = (0.05, 0.5, 0.95)
"""The shares of trials that are told: the early, the middle and the late."""


@dataclass(frozen=True)
class Answer:
    """Lines over a table for people, data for programs, tables and charts for a folder."""

    title: str
    lines: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    data: Mapping[str, object]
    tables: Mapping[str, Sequence[Sequence[object]]]
    charts: Mapping[str, str]
    after: Sequence[str] = ()


def tell(answer: Answer, asked: Given, options: dict[str, Any]) -> None:
    """Write the files if a folder was given, and print."""
    told: dict[str, object] = {
        "from": str(asked.start),
        "until": str(asked.end),
        "trials": options["trials"],
        "seed": options["seed"],
        "assumed": list(asked.assumed),
        **answer.data,
    }
    if options["output"] is not None:
        _write(options["output"], answer, told)
    if options["as_json"]:
        click.echo(json.dumps(told))
        return
    click.echo("\n".join([*answer.lines, "", answer.title, table(answer.head, answer.rows)]))
    for line in answer.after:
        click.echo(line)
    click.echo()
    if asked.assumed:
        click.echo(f"Assumed: {'; '.join(asked.assumed)}")
    click.echo(f"{options['trials']} trials of the Sun and of the density, seed {options['seed']}")
    if options["output"] is not None:
        click.echo(f"Tables and charts: {options['output']}")


def _write(folder: Path, answer: Answer, told: Mapping[str, object]) -> None:
    import csv

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in answer.tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        for name, chart in answer.charts.items():
            (folder / f"{name}.svg").write_text(chart, encoding="utf-8")
        (folder / "answer.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(
            f"{folder}: cannot be written ({error.strerror}); give another folder."
        ) from None


def quantiles(when_d: Floats, shares: Sequence[float], end: date | None, start: date) -> list[float]:
    """Days at shares of the trials; what does not come before the end counts as infinite, or as the end if one is given."""
    import numpy as np

    told = np.quantile(when_d, shares, method="lower")
    if end is not None:
        told = np.minimum(told, float((end - start).days))
    return [float(value) for value in told]


def day_of(start: date, day_d: float, end: date) -> str | None:
    """The date of a day, or None after the end."""
    return None if day_d > (end - start).days else str(start + timedelta(days=day_d))


def dates(asked: Given, when_d: Floats) -> dict[str, str | None]:
    """The dates at the shares that are told, by their name: p05, p50, p95."""
    told = quantiles(when_d, SHARES, None, asked.start)
    return {
        f"p{round(q * 100):02d}": day_of(asked.start, d, asked.end) for q, d in zip(SHARES, told, strict=True)
    }


def days(start: date, when_d: Floats, end: date) -> str:
    """In the middle and with its spread: "on 2031-03-01 (5 %: 2030-02-01, 95 %: 2033-01-07)"."""
    early, middle, late = (
        day_of(start, value, end) or f"after {end}" for value in quantiles(when_d, SHARES, None, start)
    )
    return f"{middle if middle.startswith('after') else f'on {middle}'} in the median (5 %: {early}; 95 %: {late})"


def kilometres(metres: float) -> str:
    """To 100 m; an orbit at the floor of the atmosphere's table has ended."""
    from moonwright.orbit.atmosphere import FLOOR_M

    return "fallen" if metres <= FLOOR_M else f"{metres / 1e3:.1f}"


def year_ends(start: date, day_d: Floats) -> list[int]:
    """The places of the first day, of each January, and of the last day."""
    opens = [start + timedelta(days=float(day)) for day in day_d]
    inner = [n for n, day in enumerate(opens) if 0 < n < len(opens) - 1 and day.month == 1 and day.day == 1]
    return [0, *inner, len(opens) - 1]
