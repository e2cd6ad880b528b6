"""The command that carries out a plan many times while things go wrong."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from moonwright.ensemble.gather import Spread

_MOST = 10_000_000


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--trials", default=1000, show_default=True, type=click.IntRange(1, _MOST), help="How many campaigns."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1))
@click.option(
    "--workers", type=click.IntRange(1, 1024), show_default="one a core", help="Processes to share the work."
)
@click.option("--dask", metavar="ADDRESS", help="Share the work among the workers of this Dask scheduler.")
@click.option(
    "--without",
    default=0,
    metavar="N",
    type=click.IntRange(0, _MOST),
    help="Also N trials with each cause left out: what the cause adds.",
)
@click.option(
    "--tornado",
    default=0,
    metavar="N",
    type=click.IntRange(0, _MOST),
    help="Also N trials at each end of each number of the noise: which number matters.",
)
@click.option(
    "--sobol",
    default=0,
    metavar="N",
    type=click.IntRange(0, _MOST),
    help="Also N trials of each sample for Sobol indices: whose luck makes the spread.",
)
@click.option(
    "--rules",
    default="exact",
    show_default=True,
    type=click.Choice(["exact", "spacenet"]),
    help="Whose physics: ours, or that of SpaceNet (no trials: its figures for the plan).",
)
@click.option(
    "--record",
    "recorded",
    multiple=True,
    type=click.IntRange(0, _MOST),
    metavar="K",
    help="Write all that happened in trial K, too; may be given again.",
)
@click.option("--uncertified", is_flag=True, help="Carry out a plan in which the replay found violations.")
@click.option("--anew", is_flag=True, help="Drop trials of another plan, noise or seed that are there.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), show_default="DIR", help="Folder for the results."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def simulate(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    trials: int,
    seed: int,
    workers: int | None,
    dask: str | None,
    without: int,
    tornado: int,
    sobol: int,
    rules: str,
    recorded: tuple[int, ...],
    uncertified: bool,
    anew: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Carry out a plan many times while things go wrong, and tell what to expect.

    DIR is a results folder that `moonwright plan` wrote, or a campaign that `moonwright import spacenet` brought.
    Trials are kept in the folder `ensemble` of the results: whoever is stopped goes on by the same command.
    """
    if rules == "spacenet" or _is_campaign(directory):
        from moonwright.cli.spacenet import tell

        tell(directory, rules, as_json=as_json)
        return
    from moonwright.cli.trials import Place, carry_out
    from moonwright.ensemble.ensemble import Asked
    from moonwright.errors import EnsembleError, PlanError

    place = Place(directory, output or directory, anew=anew, uncertified=uncertified)
    asked = Asked(trials, seed, without, tornado, sobol)
    try:
        carry_out(place, asked, _spread(workers, dask), recorded, as_json=as_json)
    except (EnsembleError, PlanError) as error:
        raise click.UsageError(str(error)) from None


def _is_campaign(directory: Path) -> bool:
    """Whether a folder holds a campaign brought from SpaceNet, which has one history and no trials."""
    from moonwright.interop.spacenet.own_file import CAMPAIGN_FILE

    return (directory / CAMPAIGN_FILE).is_file()


def _spread(workers: int | None, dask: str | None) -> Spread:
    from moonwright.ensemble.cluster import clustered
    from moonwright.ensemble.workers import shared

    if dask is not None:
        return partial(clustered, address=dask)
    return partial(shared, workers=workers or os.cpu_count() or 1)
