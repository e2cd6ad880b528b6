"""The World: what is true over time whatever is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from moonwright.scenario.scenario import Scenario


@dataclass(frozen=True)
class World:
    """A scenario together with its physics, by day of the horizon.

    `keeping_dv_m_s[node]`: delta-v that the station at `node` needs each day, shape (horizon_d,).
    `open_days[route]`: days on which a route with windows may be entered, shape (horizon_d,);
    routes without windows are not listed.
    """

    scenario: Scenario
    horizon_d: int
    keeping_dv_m_s: Mapping[str, NDArray[np.float64]]
    open_days: Mapping[str, NDArray[np.bool_]]

    def date_of(self, day: float) -> date:
        """The calendar date on which a day of the horizon falls."""
        return self.scenario.horizon.start + timedelta(days=int(day // 1))

    def day_of(self, when: date) -> int:
        """Days from the horizon's start to a date; negative before it."""
        return (when - self.scenario.horizon.start).days
