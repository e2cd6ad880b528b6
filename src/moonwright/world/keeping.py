"""Station-keeping need by day. Given by the scenario here; drag will compute it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from moonwright.scenario.scenario import Scenario
from moonwright.units import DAYS_PER_YEAR


def keeping_dv_m_s(scenario: Scenario, horizon_d: int) -> Mapping[str, NDArray[np.float64]]:
    """Delta-v each day (m/s) by node, shape (horizon_d,); the first need that holds on a day counts."""
    start = scenario.horizon.start
    needs: dict[str, NDArray[np.float64]] = {}
    for keeping in scenario.station_keeping:
        daily = np.zeros(horizon_d)
        for day in range(horizon_d):
            when = start + timedelta(days=day)
            daily[day] = next((need.need for need in keeping.needs if need.holds(when)), 0.0) / DAYS_PER_YEAR
        needs[keeping.node] = daily
    return needs
