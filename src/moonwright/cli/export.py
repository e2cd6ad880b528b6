"""The command that hands a campaign to another tool."""

from __future__ import annotations

from pathlib import Path

import click

from moonwright.cli.data import data_option
from moonwright.cli.doors import DOORS, Door


@click.group()
def export() -> None:
    """Hand a campaign to another tool; tells what cannot be carried over."""


def _command(door: Door) -> click.Command:
    @click.command(name=door.name, help=door.send_told)
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @data_option
    @click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Where to write it.")
    def send(folder: Path, output: Path) -> None:
        from moonwright.cli.passing import write

        assert door.send is not None
        write(door.send(folder), output)

    return send


for _door in DOORS:
    if _door.send is not None:
        export.add_command(_command(_door))
