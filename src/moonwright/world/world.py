"""The World: what is true over time whatever is decided."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from moonwright.scenario.scenario import Scenario
from moonwright.world.light import Light
from moonwright.world.passage import Passages

_SAME_D = 1e-9  # moments closer than this (0.1 ms) are one


@dataclass(frozen=True)
class World:
    """A scenario together with its physics, by day of the horizon.

    `keeping_dv_m_s[node]`: delta-v that the station at `node` needs each day, shape (horizon_d,).
    `open_days[route]`: days on which a route with windows may be entered, shape (horizon_d,);
    routes without windows are not listed.
    `lights[node]`: its darkness and how much of the Sun it sees, by day; nodes that are not listed have no night.
    `passages`: how long each route takes and what it burns, by the day on which it is entered.
    """

    scenario: Scenario
    horizon_d: int
    keeping_dv_m_s: Mapping[str, NDArray[np.float64]]
    open_days: Mapping[str, NDArray[np.bool_]]
    lights: Mapping[str, Light]
    passages: Passages

    def date_of(self, day: float) -> date:
        """The calendar date on which a day of the horizon falls."""
        return self.scenario.horizon.start + timedelta(days=int(day // 1))

    def day_of(self, when: date) -> int:
        """Days from the horizon's start to a date; negative before it."""
        return (when - self.scenario.horizon.start).days

    def year_of(self, moment_d: float) -> int:
        """The calendar year of a moment; one on a border of years belongs to the year that it ends."""
        day = max(0, math.ceil(moment_d - _SAME_D) - 1)
        return self.date_of(day).year
