"""The command that lays results side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.table import clipped, table

if TYPE_CHECKING:
    from moonwright.choose.compare import Comparison, Finding

_WIDEST = 40  # characters of a value; a longer one is clipped


@click.command()
@click.argument("directories", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Show also what came out the same.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def compare(directories: tuple[Path, ...], everything: bool, as_json: bool) -> None:
    """Lay results DIRECTORIES side by side: what was asked differently, and what it did."""
    from moonwright.choose.compare import compare as compared
    from moonwright.choose.result import names_of, read_result

    if len(directories) < 2:
        raise click.UsageError("name two results folders or more")
    names = names_of(directories)
    results = [read_result(directory, name) for directory, name in zip(directories, names, strict=True)]
    found = compared(results)
    click.echo(json.dumps(as_data(found)) if as_json else told(found, everything=everything))


def as_data(found: Comparison) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "results": list(found.names),
        "inputs": [{"path": one.path, "values": list(one.values)} for one in found.inputs],
        "findings": [
            {
                "group": one.group,
                "name": one.name,
                "unit": one.unit,
                "values": list(one.values),
                "change": one.change,
                "differs": one.differs,
            }
            for one in found.findings
        ],
    }


def told(found: Comparison, *, everything: bool = False) -> str:
    """The comparison as tables for a terminal: inputs first, then what came out, group by group."""
    parts = [_inputs(found)]
    for group, findings in groupby(found.findings, key=lambda one: one.group):
        shown = [one for one in findings if everything or one.differs or group == "headline"]
        if shown:
            parts.append(_group(found.names, group, shown))
    return "\n\n".join(parts)


def _inputs(found: Comparison) -> str:
    if not found.inputs:
        return "Nothing was asked differently."
    rows = [(one.path, *(_input(value) for value in one.values)) for one in found.inputs]
    return "Asked differently\n" + table(("where", *found.names), rows, left=1 + len(found.names))


def _input(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, dict):
        return f"there ({len(value)} keys)"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return clipped(text, _WIDEST)


def _group(names: Sequence[str], group: str, findings: Sequence[Finding]) -> str:
    rows = [
        (one.name, *(_value(v, one.unit) for v in one.values), _change(one), one.unit) for one in findings
    ]
    last = "change" if len(names) == 2 else "last - first"
    return f"{group.capitalize()}\n" + table(("", *names, last, "unit"), rows)


def _value(value: float | str | bool | None, unit: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return value if isinstance(value, str) else f"{value:,.{_decimals(value, unit)}f}"


def _decimals(value: float, unit: str) -> int:
    if unit == "flights" or value == 0:
        return 0
    return 1 if abs(value) >= 10 else 3


def _change(one: Finding) -> str:
    if one.change is None or not one.differs:
        return ""
    return f"{one.change:+,.{_decimals(one.change, one.unit)}f}"
