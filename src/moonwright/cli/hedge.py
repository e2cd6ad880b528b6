"""The command that finds what to do now so that a loss can be borne later."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

import moonwright
from moonwright.cli.given import record
from moonwright.cli.table import clipped, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from moonwright.scenario.contingency import Contingency
    from moonwright.scenario.scenario import Scenario
    from moonwright.stress.premium import Step
    from moonwright.stress.weigh import Weighed

_WIDE = 44


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--against", multiple=True, metavar="NAME", help="A listed contingency; left out: all, in their order."
)
@click.option("--weighed", is_flag=True, help="Also the least mean cost over futures, by their probability.")
@click.option("--dates", is_flag=True, help="Also the last date on which hedging against each can begin.")
@click.option(
    "--gap", default=0.02, show_default=True, type=click.FloatRange(0, 1), help="Relative gap to stop at."
)
@click.option("--nodes", type=click.IntRange(min=1), help="Stop each solve by nodes, not by the clock.")
@click.option(
    "--time-limit",
    default=300.0,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds for a solve.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where it is told; left out: DIR/hedge."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def hedge(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    against: tuple[str, ...],
    weighed: bool,
    dates: bool,
    gap: float,
    nodes: int | None,
    time_limit: float,
    output: Path | None,
    as_json: bool,
) -> None:
    """What to buy or fly now, so that the contingencies that the scenario lists can be borne.

    DIR holds the plan. A secure plan does all that is planned, and leaves a way to meet every hard demand after each
    contingency; what it costs more is the insurance premium. It is written to OUTPUT/plan, as any other plan.
    """
    from moonwright.choose.result import read_result
    from moonwright.optimise.highs import Limits
    from moonwright.report.hedge_folder import hedge_data, write_hedge
    from moonwright.stress.premium import curve
    from moonwright.stress.weigh import weighed as weigh

    base = read_result(directory)
    listed = _listed(base.scenario, against)
    limits = Limits(gap, time_limit, nodes=nodes)
    steps, best = curve(base, listed, limits, dates=dates)
    futures = weigh(base, listed, _weights(listed), limits) if weighed else None
    place = output or directory / "hedge"
    write_hedge(place / "told", steps, futures)
    if best is not None and best.result is not None:
        options: dict[str, str | float | int | bool | None] = {
            "gap": gap,
            "time_limit_s": time_limit,
            "nodes": nodes,
        }
        secured = best.result
        moonwright.report(
            place / "plan", secured.scenario, secured.plan, secured.run, record(options, directory)
        )
    if as_json:
        click.echo(json.dumps(hedge_data(steps, futures)))
        return
    _tell(steps, futures)
    click.echo(str(place))


def _listed(scenario: Scenario, against: Sequence[str]) -> Mapping[str, Contingency]:
    from moonwright.errors import StressError
    from moonwright.scenario.finding import did_you_mean

    if not scenario.contingencies:
        raise StressError("the scenario lists no `contingencies`: name there what is to be borne")
    for name in against:
        if name not in scenario.contingencies:
            known = ", ".join(scenario.contingencies)
            asked = did_you_mean(name, scenario.contingencies)
            raise StressError(f"--against {name!r}: the scenario lists {known}; {asked}".rstrip("; "))
    return {name: one for name, one in scenario.contingencies.items() if not against or name in against}


def _weights(listed: Mapping[str, Contingency]) -> dict[str, float]:
    from moonwright.errors import StressError

    lacking = [name for name, one in listed.items() if one.probability is None]
    if lacking:
        raise StressError(f"--weighed needs a `probability` of each contingency; {', '.join(lacking)}: none")
    return {name: float(one.probability or 0.0) for name, one in listed.items()}


def _tell(steps: Sequence[Step], futures: Weighed | None) -> None:
    head = ("insured against, one more a line", "premium MUSD", "last date to begin", "done differently")
    click.echo(table(head, [_line(step) for step in steps]))
    if futures is None:
        return
    minding = futures.stochastic_solution_musd
    worth = (
        f"is worth {minding:,.0f}"
        if isfinite(minding)
        else "is all: the plan as it stands cannot bear some future"
    )
    click.echo(
        f"\nmean over futures {futures.mean_musd:,.0f} MUSD; to know which comes would be worth "
        f"{futures.perfect_information_musd:,.0f}; most regret {futures.most_regret_musd:,.0f}; to mind them {worth}"
    )


def _line(step: Step) -> tuple[str, str, str, str]:
    if step.bearable is None:
        return clipped(step.contingency, _WIDE), "not found in time", "", ""
    if not step.bearable or step.premium_low_musd is None or step.premium_high_musd is None:
        return clipped(step.contingency, _WIDE), "cannot be borne", "", ""
    premium = f"{step.premium_low_musd:,.0f} to {step.premium_high_musd:,.0f}"
    last = {None: "", "": "when it comes"}.get(step.last_hedge, step.last_hedge or "")
    bought = ", ".join(f"{one.more:+d} {one.mission}" for one in step.bought)
    return clipped(step.contingency, _WIDE), premium, last, clipped(bought, 60)
