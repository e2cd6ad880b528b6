"""Commands that read, begin and describe scenarios: check, init, schema, library."""

from __future__ import annotations

import json
from pathlib import Path

import click

from moonwright.cli.data import data_option, load

TEMPLATES = ("toy", "ilrs", "iss", "artemis")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def check(file: Path) -> None:
    """Read a scenario and tell every fault in it."""
    scenario = load(file)
    click.echo(f"{file}: {scenario.name}: no fault found")


@click.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    click.echo(_schema())


def _schema() -> str:
    from moonwright.scenario.schema import schema as described

    return json.dumps(described(), indent=1)


@click.command()
@click.option("--template", type=click.Choice(TEMPLATES), default="toy", show_default=True)
@click.argument("directory", type=click.Path(path_type=Path))
def init(template: str, directory: Path) -> None:
    """Begin a scenario in DIRECTORY from a template."""
    from moonwright.scenario.templates import template as text

    target = directory / f"{template}.yaml"
    if target.exists():
        raise click.UsageError(f"{target} exists already; choose another directory")
    directory.mkdir(parents=True, exist_ok=True)
    target.write_text(text(template), encoding="utf-8")
    (directory / "scenario.schema.json").write_text(_schema(), encoding="utf-8")
    click.echo(f"{target}\nNext: moonwright plan {target} -o {directory / 'results'}")


@click.group(invoke_without_command=True)
@click.pass_context
def library(context: click.Context) -> None:
    """List the library's entries, or show one with its sources."""
    if context.invoked_subcommand is None:
        from moonwright.scenario.catalogue import listing

        click.echo(listing())


@library.command()
@click.argument("name")
def show(name: str) -> None:
    """Show an entry with its sources."""
    from moonwright.scenario.catalogue import shown

    try:
        click.echo(shown(name))
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
