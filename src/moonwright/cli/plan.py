"""The command that plans, certifies and reports."""

from __future__ import annotations

import json
import math
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

import moonwright
from moonwright.cli.data import data_option, load
from moonwright.cli.exit import INFEASIBLE, INTERNAL, NO_PLAN
from moonwright.cli.pins import Pinned, pin_options, plan_with
from moonwright.errors import InternalError, NoPlanError

if TYPE_CHECKING:
    from moonwright.optimise.highs import Limits
    from moonwright.plan import Plan, Rank
    from moonwright.report.record import Record
    from moonwright.scenario.scenario import Scenario
    from moonwright.simulate.run import Run


_TIME_LIMIT_S = 180.0
_NET_S = 3600.0  # under a search limited by nodes: whoever asks for nodes means to wait


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for the results; needed to plan."
)
@click.option(
    "--write-model",
    "model_file",
    type=click.Path(path_type=Path),
    help="Write the model as .lp or .mps first; without -o, do no more.",
)
@data_option
@click.option("--objective", help="Aims in order of rank, such as cost or finish,cost.")
@click.option(
    "--gap", default=0.01, show_default=True, type=click.FloatRange(0, 1), help="Relative gap to stop at."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    show_default=f"{_TIME_LIMIT_S:g}, or {_NET_S:g} with --nodes",
    help="Seconds to stop after.",
)
@click.option(
    "--nodes",
    type=click.IntRange(min=1),
    help="Stop each search after so many nodes instead of by the clock: the same plan on every machine.",
)
@pin_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def plan(  # noqa: PLR0913, PLR0917  # one argument an option
    file: Path,
    output: Path | None,
    model_file: Path | None,
    objective: str | None,
    gap: float,
    time_limit: float | None,
    nodes: int | None,
    stay: tuple[str, ...],
    forbid: tuple[str, ...],
    source: Path | None,
    as_json: bool,
) -> None:
    """Plan a scenario, certify the plan, and write tables and a report."""
    from moonwright.optimise.highs import Limits
    from moonwright.report.folder import check_folder

    began, started = time.perf_counter(), datetime.now(UTC).isoformat(timespec="seconds")
    if output is None and model_file is None:
        raise click.UsageError("Missing option '-o' / '--output'.")
    scenario = _with_objective(load(file), objective)
    if output is not None:
        check_folder(output)
    if model_file is not None:
        _write_model(model_file, scenario)
    if output is None:
        click.echo(model_file)
        return
    time_s = time_limit or (_TIME_LIMIT_S if nodes is None else _NET_S)
    pinned = Pinned(stay, forbid, source)
    try:
        made = _planned(scenario, Limits(gap, time_s, nodes=nodes), pinned)
    except NoPlanError as error:
        _give_up("no_plan", str(error), began, as_json, NO_PLAN)
    if made is None:
        _explain(scenario, pinned, began, as_json)
    run = moonwright.simulate(scenario, made)
    planned_s = time.perf_counter() - began
    options: dict[str, str | float] = {
        "gap": gap,
        "time_limit_s": time_s,
        **({} if nodes is None else {"nodes": nodes}),
        **({"pin": "; ".join(stay)} if stay else {}),
        **({"forbid": "; ".join(forbid)} if forbid else {}),
        "objective": ",".join(scenario.objective.minimise),
    }
    moonwright.report(output, scenario, made, run, _record(options, started, planned_s, file))
    answer = _answer(scenario, made, run, time.perf_counter() - began)
    click.echo(json.dumps(answer) if as_json else _told(scenario, made, run, output))
    if not run.certified:
        sys.exit(INTERNAL)


def _planned(scenario: Scenario, limits: Limits, pins: Pinned) -> Plan | None:
    """The best plan, with what is pinned. Raises NoPlanError where a limit came before the first one."""
    if not pins:
        return moonwright.plan(
            scenario, gap=limits.gap, time_limit_s=limits.time_s, nodes=limits.nodes, progress=_progress
        )
    found = plan_with(scenario, pins, limits, _progress)
    if found.status == "no_plan":
        raise NoPlanError("no plan found within the limits with what is pinned; allow more, or pin less")
    return found.plan


def _write_model(file: Path, scenario: Scenario) -> None:
    from moonwright.optimise.write import ModelFileError, check_model_path

    try:
        check_model_path(file)
    except ModelFileError as error:
        raise click.UsageError(f"--write-model {error}") from None
    moonwright.write_model(file, scenario)


def _with_objective(scenario: Scenario, objective: str | None) -> Scenario:
    if objective is None:
        return scenario
    from moonwright.scenario.objective import Objective

    try:
        aims = Objective.model_validate({"minimise": objective.split(",")}).minimise
    except ValueError:
        raise click.UsageError(
            f"--objective {objective!r}: name cost, imleo or finish, in order, with commas"
        ) from None
    changed = scenario.objective.model_copy(update={"minimise": aims})
    return scenario.model_copy(update={"objective": changed})


def _progress(seconds: float, objective: float, bound: float, gap: float) -> None:
    best = "no plan yet" if objective == math.inf else f"best {objective:,.1f}"
    proven = f", at least {bound:,.1f} (gap {gap:.1%})" if math.isfinite(gap) else ""
    click.echo(f"{seconds:6.1f} s  {best}{proven}", err=True)


def _record(options: dict[str, str | float], started: str, planned_s: float, file: Path) -> Record:
    from moonwright.report.record import Record, versions

    return Record(versions(), options, started, {"plan_and_replay": planned_s}, 0, file.name)


def _answer(scenario: Scenario, made: Plan, run: Run, wall_s: float) -> dict[str, object]:
    """What `--json` prints, and what other programs may rely on."""
    from moonwright.report.solved import solved_data
    from moonwright.world.observe import observe

    last, world = made.outcome.last, observe(scenario)
    return {
        "status": made.outcome.status,
        "objective": last.value,
        "bound": last.bound if math.isfinite(last.bound) else None,
        "gap": last.gap if math.isfinite(last.gap) else None,
        "first_plan_s": made.outcome.first_plan_s,
        "cost_musd": run.cost_musd,
        "imleo_kg": run.imleo_kg,
        "finish": None if run.finish_d is None else world.date_of(run.finish_d).isoformat(),
        "flights": len(made.flights),
        "certified": run.certified,
        "violations": [f"{v.rule}: {v.text}" for v in run.violations],
        "shortfalls": [shortfall.model_dump() for shortfall in made.shortfalls],
        "wall_s": wall_s,
        "solved": solved_data(made.outcome),
    }


def _told(scenario: Scenario, made: Plan, run: Run, output: Path) -> str:
    from moonwright.report.solved import ended

    if run.certified:
        verdict = click.style("certified: the replay found no violation", fg="green")
    else:
        faults = "\n".join(f"  day {v.day_d:g}, {v.where}: {v.text}" for v in run.violations[:20])
        verdict = click.style(
            f"NOT certified: {len(run.violations)} violations\n{faults}", fg="red", bold=True
        )
    aims = "\n".join(_aim(rank) for rank in made.outcome.ranks if not rank.name.startswith("shortfall"))
    short = "; ".join(f"{s.demand}: {s.amount:,.1f} {s.unit}" for s in made.shortfalls[:5]) or "none"
    return (
        f"{scenario.name}\n"
        f"shortfalls: {short}\n"
        f"{aims}\n"
        f"how: {made.outcome.strategy}; ended by {ended(made.outcome)}\n"
        f"cost {run.cost_musd:,.0f} MUSD, IMLEO {run.imleo_kg / 1000:,.0f} t, {len(made.flights)} flights\n"
        f"{verdict}\n{output / 'report.html'}"
    )


def _aim(rank: Rank) -> str:
    """One aim: what was reached, how good that is, and what later aims took of it."""
    from moonwright.report.headline import PROVEN

    proven = f"within {rank.gap:.2%} of the least possible" if math.isfinite(rank.gap) else "no bound proven"
    proven = "the least possible" if rank.gap <= PROVEN else proven
    given_up = ""
    if rank.slack and rank.kept is not None:
        given_up = f"; {rank.kept:,.1f} {rank.unit} in this plan, of a slack of {rank.slack:.1%}"
    return f"{rank.name}: {rank.value:,.1f} {rank.unit}, {proven}{given_up}"


def _explain(scenario: Scenario, pinned: Pinned, began: float, as_json: bool) -> NoReturn:
    """Say why there is no plan, and what would mend it."""
    from moonwright.cli.why_not import as_data, in_words
    from moonwright.explain.ladder import why_not

    click.echo("there is no plan; looking for what conflicts", err=True)
    answer = why_not(scenario)
    why = in_words(answer)
    if pinned and answer.possible is not False:
        why = "There is no plan with what is pinned and forbidden. Without that, " + why
    elif answer.possible:
        raise InternalError("the solver found no plan for a scenario that has one")
    _give_up("infeasible", f"{scenario.name}: no plan.\n{why}", began, as_json, INFEASIBLE, as_data(answer))


def _give_up(
    status: str, why: str, began: float, as_json: bool, code: int, more: dict[str, object] | None = None
) -> NoReturn:
    if as_json:
        empty = dict.fromkeys(("objective", "bound", "gap", "cost_musd", "imleo_kg", "finish"))
        told: dict[str, object] = {
            "status": status,
            **empty,
            "flights": 0,
            "certified": False,
            "violations": [],
            "shortfalls": [],
            "solved": None,
        }
        click.echo(json.dumps({**told, **(more or {}), "wall_s": time.perf_counter() - began}))
    click.echo(why, err=as_json or status == "no_plan")
    sys.exit(code)
