"""`--data DIR`: where horizons and terrain that a scenario names may lie, besides its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import moonwright

if TYPE_CHECKING:
    from moonwright.scenario.scenario import Scenario

_KEY = "moonwright.data"


def _kept(context: click.Context, _option: click.Parameter, folders: tuple[Path, ...]) -> None:
    context.meta[_KEY] = folders


data_option = click.option(
    "--data",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=_kept,
    help="A folder below which horizons and terrain that the scenario names may lie, too; repeatable.",
)


def load(file: Path) -> Scenario:
    """The scenario in a file, with ground from its own folder or from those of `--data`."""
    context = click.get_current_context(silent=True)
    folders = context.meta.get(_KEY, ()) if context else ()
    for folder in folders:
        if not folder.is_dir():
            raise click.UsageError(f"--data {folder}: no such folder")
    return moonwright.load(file, data=folders)
