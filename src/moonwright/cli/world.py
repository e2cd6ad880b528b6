"""The command that shows the world of a scenario before anything is planned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.data import data_option, load
from moonwright.cli.orbit_given import AREA_M2
from moonwright.cli.table import table

if TYPE_CHECKING:
    from moonwright.report.world_section import Section
    from moonwright.world.outlook import Outlook


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the page and the tables.")
@data_option
@click.option(
    "--conics", is_flag=True, help="Delta-v as conics alone: at once, and some 25 m/s too low in sum."
)
@click.option("--trials", default=1000, show_default=True, type=click.IntRange(1, 20_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def world(file: Path, output: Path | None, conics: bool, trials: int, seed: int, as_json: bool) -> None:
    """Show windows, delta-v, light and drag of a scenario before anything is planned."""
    from moonwright.report.folder import ResultsFolderError

    try:
        _show(file, output, (conics, trials, seed), as_json)
    except ResultsFolderError as error:
        raise click.UsageError(str(error)) from None


def _show(file: Path, output: Path | None, asked: tuple[bool, int, int], as_json: bool) -> None:
    from moonwright.report.folder import check_folder
    from moonwright.report.world import sections
    from moonwright.report.world_folder import MARK, write_world
    from moonwright.report.world_sheet import world_data

    if output is not None:
        check_folder(output, MARK)
    seen = _seen(file, *asked)
    if output is not None:
        write_world(output, seen)
    if as_json:
        click.echo(json.dumps(world_data(seen)))
        return
    horizon = seen.world.scenario.horizon
    click.echo(f"{seen.world.scenario.name}, {horizon.start} to {horizon.end}")
    for part in sections(seen):
        click.echo(f"\n{_told(part)}")
    if output is not None:
        click.echo(f"\n{output / 'world.html'}")


def _seen(file: Path, conics: bool, trials: int, seed: int) -> Outlook:
    from moonwright.errors import EpochError, OrbitError
    from moonwright.world.forecast import Draws
    from moonwright.world.observe import observe
    from moonwright.world.outlook import outlook
    from moonwright.world.transfer import ways

    scenario = load(file)
    found = ways(scenario)
    if found and not conics:
        names = ", ".join(way.name for way in found)
        click.echo(f"computing {names} by day; --conics is quicker", err=True)
    try:
        return outlook(observe(scenario), Draws(trials, seed, AREA_M2), flown=not conics)
    except (EpochError, OrbitError) as error:
        raise click.UsageError(f"{file}: {error}") from None


def _told(part: Section) -> str:
    lines = [part.title]
    if part.rows:
        lines.append(table(part.head, part.rows))
    return "\n".join([*lines, *part.notes])
