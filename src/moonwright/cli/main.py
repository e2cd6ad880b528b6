"""The program: all commands, and the last net under them."""

from __future__ import annotations

import sys

import click

import moonwright
from moonwright.cli import (
    alternatives,
    compare,
    export,
    hedge,
    import_,
    onward,
    orbit,
    pareto,
    plan,
    scenario,
    simulate,
    site,
    stress,
    stress_deal,
    why,
    why_not,
    world,
)
from moonwright.cli.exit import BAD_SCENARIO, INTERNAL, USAGE
from moonwright.errors import EpochError, MoonwrightError, OrbitError, ScenarioError, SiteError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(moonwright.__version__, prog_name="moonwright")
def commands() -> None:
    """Plan, prove and stress-test the joint construction and supply of crewed bases."""


for command in (
    scenario.check,
    plan.plan,
    simulate.simulate,
    stress.stress,
    stress_deal.deal,
    hedge.hedge,
    why.why,
    why_not.why_not,
    compare.compare,
    alternatives.alternatives,
    pareto.pareto,
    onward.onward,
    orbit.orbit,
    site.site,
    world.world,
    import_.import_,
    export.export,
    scenario.schema,
    scenario.init,
    scenario.library,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; no traceback ever reaches a user."""
    try:
        # click hands back the code of whoever leaves with one, instead of leaving with it
        sys.exit(commands(standalone_mode=False))
    except click.exceptions.Abort:
        sys.exit(USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except ScenarioError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        sys.exit(BAD_SCENARIO)
    except (EpochError, OrbitError, SiteError) as error:
        # a scenario asks for a world that cannot be computed
        click.echo(f"moonwright: {error}", err=True)
        sys.exit(BAD_SCENARIO)
    except MoonwrightError as error:
        click.echo(f"moonwright: {error}", err=True)
        sys.exit(INTERNAL)
    except Exception as error:  # the last net: a defect of ours, told without a traceback
        click.echo(
            f"moonwright: internal error ({type(error).__name__}: {error}); please report it", err=True
        )
        sys.exit(INTERNAL)
