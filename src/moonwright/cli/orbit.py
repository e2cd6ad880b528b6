"""Commands about a station's orbit: how it decays, what holds it, how it comes down."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from moonwright.cli.orbit_given import ISP, LENGTH, TIME, given, station_options
from moonwright.cli.orbit_told import tell


def _plain(command: Callable[..., None]) -> Callable[..., None]:
    """What an orbit cannot be is a fault of the command's use, told in one line."""

    @wraps(command)
    def wrapped(**options: Any) -> None:
        from moonwright.errors import OrbitError

        try:
            command(**options)
        except OrbitError as error:
            raise click.UsageError(f"{str(error)[0].upper()}{str(error)[1:]}.") from None

    return wrapped


@click.group()
def orbit() -> None:
    """Hold a station's orbit, or see what comes when nobody does."""


@orbit.command()
@station_options
@_plain
def decay(**options: Any) -> None:
    """Tell how a station sinks and when it falls if nobody reboosts; of FILE, the station that it keeps."""
    from moonwright.cli.orbit_decay import decay_answer

    asked = given(options)
    tell(decay_answer(asked, options), asked, options)


@orbit.command()
@station_options
@click.option("--low", callback=LENGTH, help="Lower end of the band [5 km below the altitude].")
@click.option("--high", callback=LENGTH, help="Upper end of the band [5 km above the altitude].")
@click.option("--isp", callback=ISP, default="300 s", show_default=True, help="Of whatever burns.")
@click.option(
    "--visit",
    "visits",
    multiple=True,
    metavar="DAY,DAYS,BOOSTER",
    help='A booster at the station, such as "2027-01-01,180,progress"; repeatable.',
)
@click.option(
    "--plan",
    "results",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Results whose scenario is asked about, in place of FILE, and whose ships visit.",
)
@_plain
def reboost(**options: Any) -> None:
    """Tell what holding an orbit takes, within a band of altitudes, and who can give it."""
    from moonwright.cli.orbit_plan import scenario_of
    from moonwright.cli.orbit_reboost import reboost_answer

    if options["results"] is not None:
        if options["file"] is not None:
            raise click.UsageError("Give FILE or --plan, not both: the results hold their own scenario.")
        options["file"] = scenario_of(options["results"])
    asked = given(options)
    low = options["low"] if options["low"] is not None else asked.altitude_m - 5e3
    high = options["high"] if options["high"] is not None else asked.altitude_m + 5e3
    tell(reboost_answer(asked, options, low, high), asked, options)


@orbit.command()
@station_options
@click.option(
    "--crew-leaves", callback=LENGTH, default="330 km", show_default=True, help="Altitude of the last crew."
)
@click.option(
    "--control", callback=LENGTH, default="220 km", show_default=True, help="Where control is lost."
)
@click.option("--perigee", callback=LENGTH, default="50 km", show_default=True, help="Of the entry orbit.")
@click.option(
    "--campaign", callback=TIME, default="4 d", show_default=True, help="From the first of the last burns."
)
@click.option(
    "--with", "by", multiple=True, metavar="BOOSTER", help='Who burns, such as "progress*3"; repeatable.'
)
@_plain
def deorbit(**options: Any) -> None:
    """Tell what bringing a station down on purpose takes, who can, and by when it must begin."""
    from moonwright.cli.orbit_deorbit import deorbit_answer

    asked = given(options)
    tell(deorbit_answer(asked, options), asked, options)
