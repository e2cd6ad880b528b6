"""The command that brings a campaign from another tool."""

from __future__ import annotations

from pathlib import Path

import click

from moonwright.cli.doors import DOORS, Door


@click.group(name="import")
def import_() -> None:
    """Bring a campaign from another tool's file; tells what cannot be carried over."""


def _command(door: Door) -> click.Command:
    @click.command(name=door.name, help=door.bring_told)
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "-o", "--output", required=True, type=click.Path(path_type=Path), help="Where to write what comes in."
    )
    def bring(file: Path, output: Path) -> None:
        from moonwright.cli.passing import write

        assert door.bring is not None
        write(door.bring(file), output)

    return bring


for _door in DOORS:
    if _door.bring is not None:
        import_.add_command(_command(_door))
