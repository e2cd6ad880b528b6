"""The Outlook: the World with what is worth seeing of it before anything is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moonwright.world.calendar import Calendar, calendars
from moonwright.world.forecast import Draws, Forecast, forecasts
from moonwright.world.halo import HaloFlights, halo_flights
from moonwright.world.together import Together, together
from moonwright.world.transfer import ByDay, Ground, by_departure, grounds
from moonwright.world.world import World


@dataclass(frozen=True)
class Outlook:
    """Forecasts of station keeping, calendars of the sky, light of places together, delta-v by departure.

    Where there is none, the reasons: by node (`no_sky`) and by the name of the way (`no_flight`). Flights with a halo orbit
    are there only where they are `flown`: conics alone say nothing of them.
    """

    world: World
    draws: Draws
    flown: bool
    keeping: tuple[Forecast, ...]
    skies: tuple[Calendar, ...]
    no_sky: Mapping[str, str]
    unions: tuple[Together, ...]
    flights: tuple[ByDay, ...]
    halos: tuple[HaloFlights, ...]
    no_flight: Mapping[str, str]
    grounds: tuple[Ground, ...]


def outlook(world: World, draws: Draws, *, flown: bool = True) -> Outlook:
    """Compute all of it; each way to the Moon takes some seconds for ten years, or a second if it is not `flown`."""
    skies, no_sky = calendars(world)
    flights, no_flight = by_departure(world, flown=flown)
    halos, no_halo = halo_flights(world) if flown else ((), {})
    return Outlook(
        world,
        draws,
        flown,
        forecasts(world, draws),
        skies,
        no_sky,
        together(world),
        flights,
        halos,
        {**no_flight, **no_halo},
        grounds(world.scenario),
    )
