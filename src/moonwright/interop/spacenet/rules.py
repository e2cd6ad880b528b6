"""By which rules a campaign is run: SpaceNet's own, or exact ones."""

from __future__ import annotations

import math
from dataclasses import dataclass

from moonwright.interop.spacenet.campaign import Campaign
from moonwright.orbit.rocket import G0_M_S2

_SPACENETS_G0_M_S2 = 9.81  # SpaceNet 2.5; its older Python code has 9.80665


@dataclass(frozen=True)
class Rules:
    """Standard gravity (m/s2), the steps to which times and masses are rounded (0: not), and what a shortfall does.

    `shortfall_stops`: a flight whose burn falls short of its delta-v goes no further; SpaceNet's arrives all the same.
    """

    name: str
    g0_m_s2: float
    time_step_d: float
    mass_step_kg: float
    demand_step_kg: float
    shortfall_stops: bool

    def time_d(self, day_d: float) -> float:
        """A time as the rules see it."""
        return _rounded(day_d, self.time_step_d)

    def mass_kg(self, mass_kg: float) -> float:
        """A mass as the rules see it."""
        return _rounded(mass_kg, self.mass_step_kg)

    def demand_kg(self, mass_kg: float) -> float:
        """A demand as the rules see it."""
        return _rounded(mass_kg, self.demand_step_kg)


EXACT = Rules("exact", G0_M_S2, 0.0, 0.0, 0.0, shortfall_stops=True)


def spacenets(campaign: Campaign) -> Rules:
    """SpaceNet's rules, with the precisions that the campaign asks for."""
    asked = campaign.configuration
    return Rules(
        "spacenet",
        _SPACENETS_G0_M_S2,
        asked.time_precision_d,
        asked.mass_precision_kg,
        asked.demand_precision_kg,
        shortfall_stops=False,
    )


def _rounded(value: float, step: float) -> float:
    """To the nearest multiple of a step, halves upward."""
    return math.floor(value / step + 0.5) * step if step > 0 else value
