"""What the Sun may ask of a station beside what is planned: a set of futures, month by month."""

from __future__ import annotations

from typing import Final

import numpy as np

from moonwright.orbit.decay import months_between
from moonwright.orbit.reboost import holding_dv_m_s
from moonwright.orbit.station import streams
from moonwright.orbit.weather import drawn_weather, expected_weather
from moonwright.scenario.node import Orbit
from moonwright.trial.tables import Floats, Integers
from moonwright.world.world import World

FUTURES: Final = 256  # each trial takes one of them
_SEED: Final = 1
_DRAG_M2_KG: Final = 0.005  # any will do: only the ratio to the expected Sun counts


def futures(world: World) -> tuple[Floats, Integers]:
    """(future, month): the need for thrust as drawn by that expected, and which month each day lies in.

    One row of ones where no orbit meets air: what is stated by hand is not moved by the Sun.
    """
    start, end = world.scenario.horizon.start, world.scenario.horizon.end
    months = months_between(start, end)
    month_of_day = np.repeat(np.arange(len(months)), [round(month.length_d) for month in months])
    for station in world.scenario.station_keeping:
        node = world.scenario.nodes[station.node]
        if not (
            station.drag and isinstance(node, Orbit) and node.mean_altitude and node.inclination is not None
        ):
            continue
        orbit = (node.mean_altitude, _DRAG_M2_KG, float(node.inclination), start, end)
        expected = holding_dv_m_s(*orbit, expected_weather(start, end, station.drag[0].sun))
        drawn = holding_dv_m_s(*orbit, drawn_weather(start, end, streams(_SEED, FUTURES)))
        return drawn / expected, month_of_day
    return np.ones((1, len(months))), month_of_day
