"""The command that plans onward from a date, with the past as it was."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import moonwright
from moonwright.cli.compare import as_data, told
from moonwright.cli.data import data_option, load
from moonwright.cli.exit import INFEASIBLE, INTERNAL, NO_PLAN
from moonwright.cli.given import progress, record

if TYPE_CHECKING:
    from moonwright.choose.result import Result


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@data_option
@click.option("--on", "on", required=True, metavar="DATE", help="First day that is planned anew: 2030-01-01.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the results."
)
@click.option(
    "--gap", default=0.01, show_default=True, type=click.FloatRange(0, 1), help="Relative gap to stop at."
)
@click.option(
    "--time-limit",
    default=180.0,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds to stop after.",
)
@click.option("--nodes", type=click.IntRange(min=1), help="Stop each solve by nodes, not by the clock.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def onward(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    file: Path | None,
    on: str,
    output: Path,
    gap: float,
    time_limit: float,
    nodes: int | None,
    as_json: bool,
) -> None:
    """Plan onward from a date: what the results in DIRECTORY did until then stays, the rest is planned anew.

    FILE is the scenario as it has become; left out: as it was. The results are the whole campaign, past and rest.
    """
    from moonwright.choose.onward import onward as planned_onward
    from moonwright.choose.onward import same_periods
    from moonwright.choose.result import read_result, replayed
    from moonwright.optimise.highs import Limits
    from moonwright.report.folder import check_folder

    before = read_result(directory, "before")
    scenario = before.scenario if file is None else load(file)
    check_folder(output)
    day = (_date(on) - before.scenario.horizon.start).days
    same_periods(before.scenario, scenario, day)
    found = planned_onward(scenario, before.plan, day, Limits(gap, time_limit, nodes=nodes), progress)
    if found.plan is None:
        infeasible = found.status == "infeasible"
        why = (
            "the hard demands cannot all be met any more" if infeasible else "no plan found within the limits"
        )
        click.echo(f"{scenario.name}: from {on} on, {why}", err=True)
        sys.exit(INFEASIBLE if infeasible else NO_PLAN)
    now = replayed("onward", scenario, found.plan)
    options: dict[str, str | float | int | bool | None] = {
        "on": on,
        "gap": gap,
        "time_limit_s": time_limit,
        "nodes": nodes,
    }
    moonwright.report(output, scenario, now.plan, now.run, record(options, file or directory))
    _tell(before, now, day, output, as_json)
    if any(violation.day_d > day for violation in now.run.violations):
        sys.exit(INTERNAL)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--on {text!r}: write a date like 2030-01-01") from None


def _tell(before: Result, now: Result, day: int, output: Path, as_json: bool) -> None:
    """What changed and what it did; and whether it is certified, the past apart."""
    from moonwright.choose.compare import compare

    found = compare([before, now])
    past = [violation for violation in now.run.violations if violation.day_d <= day]
    later = [violation for violation in now.run.violations if violation.day_d > day]
    if as_json:
        click.echo(
            json.dumps(
                {
                    **as_data(found),
                    "certified": now.run.certified,
                    "violations": [f"{v.rule}: {v.text}" for v in later],
                    "violations_of_the_past": [f"{v.rule}: {v.text}" for v in past],
                }
            )
        )
        return
    click.echo(told(found))
    kept = sum(flight.departure_d <= day for flight in now.plan.flights)
    click.echo(f"\nflights: {kept} past, which stay, and {len(now.plan.flights) - kept} planned")
    if past:
        click.echo("what has been done would not be allowed in the scenario as it is now:")
    for violation in (*past[:10], *later[:20]):
        click.echo(f"  day {violation.day_d:g}, {violation.where}: {violation.text}")
    click.echo(
        "NOT certified"
        if later
        else "certified: the replay found no violation"
        if not past
        else "certified from that day on: the replay found no violation later"
    )
    click.echo(str(output / "report.html"))
