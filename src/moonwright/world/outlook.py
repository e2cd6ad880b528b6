"""The Outlook: the World with what is worth seeing of it before anything is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moonwright.world.calendar import Calendar, calendars
from moonwright.world.forecast import Draws, Forecast, forecasts
from moonwright.world.together import Together, together
from moonwright.world.transfer import ByDay, by_departure
from moonwright.world.world import World


@dataclass(frozen=True)
class Outlook:
    """Forecasts of station keeping, calendars of the sky, light of places together, delta-v by departure.

    Where there is none, the reasons: by node (`no_sky`) and by the name of the way (`no_flight`).
    """

    world: World
    draws: Draws
    flown: bool
    keeping: tuple[Forecast, ...]
    skies: tuple[Calendar, ...]
    no_sky: Mapping[str, str]
    unions: tuple[Together, ...]
    flights: tuple[ByDay, ...]
    no_flight: Mapping[str, str]


def outlook(world: World, draws: Draws, *, flown: bool = True) -> Outlook:
    """Compute all of it; transfers take some seconds for ten years, or a second if they are not `flown`."""
    skies, no_sky = calendars(world)
    flights, no_flight = by_departure(world, flown=flown)
    return Outlook(
        world, draws, flown, forecasts(world, draws), skies, no_sky, together(world), flights, no_flight
    )
