"""Writing what came through a door, and telling what did not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from moonwright.interop.carried import Carried


def write(carried: Carried, output: Path) -> None:
    """Write into `output`: the file itself where there is one and `output` has an ending, else a folder.

    A file that is there already is never overwritten.
    """
    alone = len(carried.files) == 1 and output.suffix != ""
    targets = {output if alone else output / name: data for name, data in carried.files.items()}
    there = [str(target) for target in targets if target.exists()]
    if there:
        raise click.UsageError(f"{', '.join(there)} is there already; choose another place with -o")
    try:
        for target, data in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"{output}: cannot be written: {error.strerror or error}") from error
    for target in targets:
        click.echo(target)
    tell(carried.left_behind)


def tell(left_behind: tuple[str, ...]) -> None:
    """One line for each thing that could not be carried over."""
    if left_behind:
        click.echo(f"Not carried over ({len(left_behind)}):")
    for sentence in left_behind:
        click.echo(f"  {sentence}")
