"""The command that weighs cost against something else."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.data import data_option, load
from moonwright.cli.given import finite, planned, record
from moonwright.cli.table import table

if TYPE_CHECKING:
    from moonwright.choose.pareto import Front, Point
    from moonwright.scenario.scenario import Scenario


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@data_option
@click.option(
    "--against", required=True, metavar="WHAT", help="finish, crew-days or partner:NAME (what it pays)."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the results."
)
@click.option("--points", default=5, show_default=True, type=click.IntRange(min=2), help="How many at most.")
@click.option(
    "--workers", type=click.IntRange(min=1), show_default="one a core", help="Points worked out at once."
)
@click.option("--gap", default=0.01, show_default=True, type=click.FloatRange(0, 1), help="Of each point.")
@click.option(
    "--time-limit",
    default=120.0,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds for a point.",
)
@click.option("--nodes", type=click.IntRange(min=1), help="Stop each solve by nodes, not by the clock.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def pareto(  # noqa: PLR0913, PLR0917  # one argument an option
    source: Path,
    against: str,
    output: Path,
    points: int,
    workers: int | None,
    gap: float,
    time_limit: float,
    nodes: int | None,
    as_json: bool,
) -> None:
    """Weigh cost against the finish, the crew's days or what a partner pays: plans none of which is better in both.

    SOURCE is a results folder, whose plan is where the search begins, or a scenario file, which is planned first.
    """
    from moonwright.choose.axis import axis_of
    from moonwright.choose.pareto import pareto as look
    from moonwright.choose.result import read_result
    from moonwright.optimise.highs import Limits
    from moonwright.report.gallery import check_gallery, write_gallery

    check_gallery(output)
    scenario = read_result(source).scenario if source.is_dir() else load(source)
    axis = axis_of(scenario, against)
    scenario, best = planned(source, gap, time_limit)
    limits = Limits(gap, time_limit, nodes=nodes)
    found = look(scenario, best, axis, points=points, limits=limits, workers=workers or os.cpu_count() or 1)
    rows = [_row(scenario, found, n, point) for n, point in enumerate(found.points, start=1)]
    told: dict[str, object] = {
        "against": axis.name,
        "unit": axis.unit,
        "dominated": list(found.dominated),
        "failed": list(found.failed),
    }
    options: dict[str, str | float | int | bool | None] = {
        "against": against,
        "points": points,
        "gap": gap,
        "time_limit_s": time_limit,
        "nodes": nodes,
    }
    members = {
        f"point-{n}": (point.result.scenario, point.result.plan, point.result.run)
        for n, point in enumerate(found.points, start=1)
    }
    write_gallery(output, members, record(options, source), rows, told)
    click.echo(json.dumps({**told, "results": rows}) if as_json else _told(found, rows, output))


def _row(scenario: Scenario, found: Front, number: int, point: Point) -> dict[str, object]:
    when = (
        scenario.horizon.start + timedelta(days=int(point.measure)) if found.axis.name == "finish" else None
    )
    return {
        "name": f"point-{number}",
        "cost_musd": point.cost_musd,
        "bound_musd": finite(point.rank.bound),
        "gap": finite(point.rank.gap),
        "measure": point.measure,
        "date": when and when.isoformat(),
        "level": None if point.level is None else finite(found.axis.sign * point.level),
        "share_of_cost": point.measure / point.cost_musd if found.axis.partner and point.cost_musd else None,
        "flights": len(point.result.plan.flights),
        "stopped": point.rank.stopped,
        "certified": point.result.run.certified,
    }


def _told(found: Front, rows: list[dict[str, object]], output: Path) -> str:
    lines = [
        (
            str(row["name"]),
            f"{row['cost_musd']:,.1f}",
            "no bound" if row["gap"] is None else f"{row['gap']:.1%}",
            str(row["date"] or f"{row['measure']:,.1f}"),
            "" if row["share_of_cost"] is None else f"{row['share_of_cost']:.1%}",
            str(row["flights"]),
            "yes" if row["certified"] else "NO",
        )
        for row in rows
    ]
    axis = found.axis
    head = (
        "plan", "cost, MUSD", "gap",
        axis.name if axis.name == "finish" else f"{axis.name}, {axis.unit}",
        "of the cost" if axis.partner else "", "flights", "certified",
    )  # fmt: skip
    parts = [table(head, lines)]
    if found.dominated:
        parts.append(f"{len(found.dominated)} more: no better than these in anything")
    if found.failed:
        parts.append(f"no plan found within the limits at {', '.join(f'{x:,.1f}' for x in found.failed)}")
    if any(row["stopped"] != "gap" for row in rows):
        parts.append(
            "Some searches ended by a limit before the gap that was asked: their points may lie beyond the front."
        )
    return "\n".join([*parts, str(output)])
