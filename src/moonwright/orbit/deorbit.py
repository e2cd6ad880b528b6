"""Bringing a station down on purpose: the impulses, who can give them, and the day by which it must begin.

First the orbit drifts down by itself, then burns lower it to a circular orbit just above where the station can still be
held, and a last series of burns brings the perigee so low that it falls on the next pass, over the sea.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit.boosters import Booster
from moonwright.orbit.circular import Floats, perigee_dv_m_s, period_s, transfer_dv_m_s
from moonwright.orbit.rocket import propellant_kg

CREW_LEAVES_M: Final = 330e3
"""The crew leaves about six months before the end, at 330 km (NASA plan as told by odotonline.org, 2024)."""

LAST_CONTROL_M: Final = 220e3
"""The last burns begin at about 140 miles, 225 km (newsglobal.com, 2024); 220 km in odotonline.org. That control is lost
below is assumed: no published limit was found."""

CAMPAIGN_D: Final = 4.0
"""From the first of the last burns to entry: four days (newsglobal.com, 2024)."""

ENTRY_PERIGEE_M: Final = 50e3
"""The perigee of the entry orbit (case R8)."""

LAST_PERIGEE_M: Final = 160e3
"""The lowest perigee at which a station may wait for its last burn. Assumed: at 160 km a circular orbit lasts a few turns,
an elliptical one about a day."""

LONGEST_BURN_TURNS: Final = 0.25
"""The longest last burn, in turns. Assumed: a quarter of a turn wastes 10 % (sin x / x of an arc), a half 36 %."""

MARGIN: Final = 0.10
"""Propellant beside the impulsive budget. Assumed: losses of long arcs."""


class Budget(NamedTuple):
    """Impulses of a controlled deorbit: to a lower circular orbit, then to the entry orbit, of which the last burn."""

    lower_dv_m_s: float
    entry_dv_m_s: float
    last_dv_m_s: float

    @property
    def dv_m_s(self) -> float:
        """All of it."""
        return self.lower_dv_m_s + self.entry_dv_m_s


class Verdict(NamedTuple):
    """Whether boosters together can bring a station down, and what decides."""

    names: tuple[str, ...]
    needed_kg: float
    carried_kg: float
    last_burn_s: float
    longest_burn_s: float

    @property
    def enough(self) -> bool:
        """Whether they carry the propellant."""
        return self.carried_kg >= self.needed_kg

    @property
    def strong(self) -> bool:
        """Whether the last burn is short enough to aim with."""
        return self.last_burn_s <= self.longest_burn_s

    @property
    def able(self) -> bool:
        """Whether they can."""
        return self.enough and self.strong


class Deadline(NamedTuple):
    """Days since the start, one a trial: last day for the first of the last burns, control lost, entry by itself."""

    begin_d: Floats
    lost_d: Floats
    entry_d: Floats


def budget(from_m: float, circular_m: float = LAST_CONTROL_M, perigee_m: float = ENTRY_PERIGEE_M) -> Budget:
    """Impulses from a circular orbit at `from_m` by way of one at `circular_m` to an entry with a perigee at `perigee_m`."""
    if not perigee_m < circular_m <= from_m:
        raise OrbitError(
            "a deorbit goes down: from"
            f" {from_m / 1e3:g} km to {circular_m / 1e3:g} km and then to a perigee of {perigee_m / 1e3:g} km"
        )
    entry = perigee_dv_m_s(circular_m, perigee_m)
    wait = min(LAST_PERIGEE_M, circular_m)
    last = entry - perigee_dv_m_s(circular_m, wait) if wait > perigee_m else 0.0
    return Budget(sum(transfer_dv_m_s(from_m, circular_m)), entry, last)


def verdict(
    boosters: Sequence[Booster], mass_kg: float, told: Budget, circular_m: float = LAST_CONTROL_M
) -> Verdict:
    """Whether boosters that burn together can bring down a station of `mass_kg`, with a margin of propellant."""
    if not boosters:
        raise OrbitError("a deorbit needs at least one booster")
    if not (math.isfinite(mass_kg) and mass_kg > 0):
        raise OrbitError(f"a station's mass is a positive number, not {mass_kg:g}")
    carried = sum(one.propellant_kg for one in boosters)
    isp_s = sum(one.impulse_n_s for one in boosters) / sum(one.impulse_n_s / one.isp_s for one in boosters)
    needed = propellant_kg(mass_kg, told.dv_m_s, isp_s) * (1 + MARGIN)
    last_s = mass_kg * told.last_dv_m_s / sum(one.thrust_n for one in boosters)
    longest_s = LONGEST_BURN_TURNS * period_s(circular_m)
    return Verdict(tuple(one.name for one in boosters), needed, carried, last_s, longest_s)


def how_many(one: Booster, mass_kg: float, told: Budget, circular_m: float = LAST_CONTROL_M) -> int:
    """How many boosters of one kind bring a station down."""
    alone = verdict([one], mass_kg, told, circular_m)
    return max(
        math.ceil(alone.needed_kg / alone.carried_kg), math.ceil(alone.last_burn_s / alone.longest_burn_s)
    )


def deadline(lost_d: Floats, entry_d: Floats, campaign_d: float = CAMPAIGN_D) -> Deadline:
    """The last day on which the last burns can begin, from when each trial falls below control and when it enters.

    Before its last day the burns end above the altitude at which control is lost.
    """
    if not campaign_d >= 0:
        raise OrbitError(f"a campaign of burns lasts some days, not {campaign_d:g}")
    return Deadline(np.asarray(lost_d) - campaign_d, np.asarray(lost_d), np.asarray(entry_d))
