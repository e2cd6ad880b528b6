"""Station-keeping need by day: as the scenario states it, else from the air that the station meets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import OrbitError
from moonwright.orbit.decay import months_between
from moonwright.orbit.reboost import holding_dv_m_s
from moonwright.orbit.station import DRAG_COEFFICIENT
from moonwright.orbit.weather import expected_weather
from moonwright.scenario.keeping import Drag, StationKeeping
from moonwright.scenario.node import Orbit
from moonwright.scenario.scenario import Scenario
from moonwright.units import DAYS_PER_YEAR

Days = NDArray[np.float64]


def keeping_dv_m_s(scenario: Scenario, horizon_d: int) -> Mapping[str, Days]:
    """Delta-v each day (m/s) by node, shape (horizon_d,); the first need that holds on a day counts, then the first drag.

    Raises OrbitError where the air of the orbit or the Sun's activity is not known.
    """
    start = scenario.horizon.start
    dates = [start + timedelta(days=day) for day in range(horizon_d)]
    return {keeping.node: _daily(scenario, keeping, dates) for keeping in scenario.station_keeping}


def _daily(scenario: Scenario, keeping: StationKeeping, dates: list[date]) -> Days:
    daily = np.zeros(len(dates))
    mass_kg = np.array([keeping.mass_on(when) for when in dates])
    for drag in reversed(keeping.drag):
        holds = np.array([drag.holds(when) for when in dates])
        for heavy_kg in np.unique(mass_kg[holds]):
            here = holds & (mass_kg == heavy_kg)
            daily[here] = _against(scenario, keeping, drag, float(heavy_kg), dates)[here]
    for need in reversed(keeping.needs):
        daily[[need.holds(when) for when in dates]] = need.need / DAYS_PER_YEAR
    return daily


def _against(
    scenario: Scenario, keeping: StationKeeping, drag: Drag, mass_kg: float, dates: list[date]
) -> Days:
    """Delta-v each day that makes good what the air takes at the node's mean altitude, even over each month."""
    node = scenario.nodes[keeping.node]
    assert isinstance(node, Orbit)
    assert node.mean_altitude is not None
    assert node.inclination is not None
    start, end = dates[0], dates[-1] + timedelta(days=1)
    drag_m2_kg = float(drag.coefficient or DRAG_COEFFICIENT) * drag.area / mass_kg
    try:
        weather = expected_weather(start, end, drag.sun)
        monthly = holding_dv_m_s(node.mean_altitude, drag_m2_kg, float(node.inclination), start, end, weather)
    except OrbitError as error:
        raise OrbitError(f"station_keeping of {keeping.node}: {error}") from None
    lengths = np.array([month.length_d for month in months_between(start, end)])
    return np.repeat(monthly[0] / lengths, lengths.astype(int))
