"""Options that pin flights of an earlier plan, for the command that plans."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moonwright.cli.exit import INFEASIBLE

if TYPE_CHECKING:
    from moonwright.optimise.highs import Limits, Progress
    from moonwright.optimise.optimise import Result
    from moonwright.scenario.scenario import Scenario


@dataclass(frozen=True)
class Pinned:
    """What the options ask: flights that stay, flights that are forbidden, the results that name them."""

    stay: tuple[str, ...]
    forbid: tuple[str, ...]
    source: Path | None

    def __bool__(self) -> bool:
        """Whether anything is pinned."""
        return bool(self.stay or self.forbid)


def pin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--pin`, `--forbid` and `--from`."""
    for option in (
        click.option("--from", "source", type=click.Path(path_type=Path), help="Results that --pin names."),
        click.option("--forbid", multiple=True, metavar="FLIGHT", help="This flight must not be flown."),
        click.option("--pin", "stay", multiple=True, metavar="FLIGHT", help="This flight stays."),
    ):
        command = option(command)
    return command


def plan_with(scenario: Scenario, asked: Pinned, limits: Limits, progress: Progress) -> Result:
    """The best plan with what is pinned; leaves with the reasons where nothing can be pinned so."""
    from moonwright.choose.pins import PinsError, pins_of, plan_pinned
    from moonwright.choose.result import read_result

    if asked.source is None:
        raise click.UsageError("--pin and --forbid name flights of results: say which, with --from DIR")
    before = read_result(asked.source)
    try:
        pins = pins_of(before.scenario, before.plan, asked.stay, asked.forbid)
        return plan_pinned(scenario, pins, limits, progress)
    except PinsError as error:
        for fault in error.faults:
            click.echo(fault, err=True)
        sys.exit(INFEASIBLE)
