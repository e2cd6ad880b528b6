"""The command that carries out a plan many times while things go wrong."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--trials",
    default=1000,
    show_default=True,
    type=click.IntRange(1, 10_000_000),
    help="How many campaigns.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1))
@click.option(
    "--workers", type=click.IntRange(1, 1024), show_default="one a core", help="Processes to share the work."
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
    type=click.IntRange(min=0),
    metavar="K",
    help="Write all that happened in trial K, too; may be given again.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), show_default="DIR", help="Folder for the results."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def simulate(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    trials: int,
    seed: int,
    workers: int | None,
    rules: str,
    recorded: tuple[int, ...],
    output: Path | None,
    as_json: bool,
) -> None:
    """Carry out a plan many times while things go wrong, and tell what to expect.

    DIR is a results folder that `moonwright plan` wrote, or a campaign that `moonwright import spacenet` brought.
    """
    if rules == "spacenet" or _is_campaign(directory):
        from moonwright.cli.spacenet import tell

        tell(directory, rules, as_json=as_json)
        return
    raise click.UsageError("--rules exact is not there yet")


def _is_campaign(directory: Path) -> bool:
    """Whether a folder holds a campaign brought from SpaceNet, which has one history and no trials."""
    from moonwright.interop.spacenet.write import CAMPAIGN_FILE

    return (directory / CAMPAIGN_FILE).is_file()
