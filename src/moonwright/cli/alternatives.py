"""The command that finds plans nearly as good, flown by others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.data import data_option
from moonwright.cli.given import finite, planned, progress, record
from moonwright.cli.table import table

if TYPE_CHECKING:
    from moonwright.choose.alternatives import Alternatives
    from moonwright.choose.result import Result


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@data_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the results."
)
@click.option(
    "--within", default=0.02, show_default=True, type=click.FloatRange(min=0), help="How much worse, at most."
)
@click.option("--count", default=3, show_default=True, type=click.IntRange(min=1), help="How many at most.")
@click.option("--gap", default=0.01, show_default=True, type=click.FloatRange(0, 1), help="Of the best plan.")
@click.option(
    "--time-limit",
    default=300.0,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds for all of it.",
)
@click.option("--nodes", type=click.IntRange(min=1), help="Stop each solve by nodes, not by the clock.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def alternatives(  # noqa: PLR0913, PLR0917  # one argument an option
    source: Path,
    output: Path,
    within: float,
    count: int,
    gap: float,
    time_limit: float,
    nodes: int | None,
    as_json: bool,
) -> None:
    """Find plans nearly as good as the best, as different as possible in who flies what.

    SOURCE is a results folder, whose plan is taken for the best, or a scenario file, which is planned first.
    """
    from moonwright.choose.alternatives import alternatives as look
    from moonwright.choose.result import replayed
    from moonwright.optimise.highs import Limits
    from moonwright.report.gallery import check_gallery, write_gallery

    check_gallery(output)
    scenario, best = planned(source, gap, 0.5 * time_limit)
    limits = Limits(gap, time_limit if source.is_dir() else 0.5 * time_limit, nodes=nodes)
    found = look(scenario, best, within=within, count=count, limits=limits, progress=progress)
    plans = {"best": best, **{f"alternative-{n}": x.plan for n, x in enumerate(found.found, start=1)}}
    results = [replayed(name, scenario, plan) for name, plan in plans.items()]
    rows = _rows(found, results)
    told = {"within": within, "exhausted": found.exhausted}
    options = {"within": within, "count": count, "gap": gap, "time_limit_s": time_limit, "nodes": nodes}
    members = {result.name: (scenario, result.plan, result.run) for result in results}
    write_gallery(output, members, record(options, source), rows, told)
    click.echo(
        json.dumps({**told, "results": rows}) if as_json else _told(found, results, rows, count, output)
    )


def _rows(found: Alternatives, results: list[Result]) -> list[dict[str, object]]:
    from moonwright.choose.alternatives import worse

    distances = [(0, 0, 0), *((x.from_best, x.from_nearest, x.at_most) for x in found.found)]
    return [
        {
            "name": result.name,
            "value": result.plan.outcome.last.value,
            "worse": worse(found.best, result.plan),
            "gap": finite(result.plan.outcome.last.gap),
            "cost_musd": result.run.cost_musd,
            "flights": len(result.plan.flights),
            "differs_from_best": from_best,
            "differs_from_nearest": from_nearest,
            "could_differ_at_most": at_most,
            "certified": result.run.certified,
        }
        for result, (from_best, from_nearest, at_most) in zip(results, distances, strict=True)
    ]


def _told(
    found: Alternatives, results: list[Result], rows: list[dict[str, object]], count: int, output: Path
) -> str:
    from moonwright.choose.roles import difference, flown

    last = found.best.outcome.last
    told = [
        (
            result.name,
            f"{result.plan.outcome.last.value:,.1f}",
            f"{row['worse']:+.1%}",
            str(len(result.plan.flights)),
            str(row["differs_from_best"]),
            f"{row['differs_from_nearest']} of {row['could_differ_at_most']}" if n else "",
            "yes" if result.run.certified else "NO",
        )
        for n, (result, row) in enumerate(zip(results, rows, strict=True))
    ]
    head = ("plan", f"{last.name}, {last.unit}", "worse", "flights", "from best", "from nearest", "certified")
    lines = [table(head, told)]
    for result in results[1:]:
        changes = difference(flown(found.best), flown(result.plan))
        what = ", ".join(f"{change:+d} {role.told}" for role, change in changes.items())
        lines.append(f"{result.name}: {what}")
    if found.exhausted:
        lines.append(f"No other plan within {found.within:.1%} differs in who flies what: that is proven.")
    elif len(found.found) < count:
        lines.append("No other plan was found within the limits; that there is none is not proven.")
    lines.append(str(output))
    return "\n".join(lines)
