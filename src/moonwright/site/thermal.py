"""How hot and how cold it gets: the ground and what stands on it, in balance with Sun, ground and sky.

Equilibrium: each surface gives off as infrared what it takes in at that moment. By day regolith does so within degrees (it
insulates well); by night it lives on what it has stored, which is given here by what Diviner measured, not computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import InternalError
from moonwright.site.stereographic import Floats

STEFAN_BOLTZMANN_W_M2_K4: Final = 5.670374419e-8  # CODATA 2018, exact to the digits given
# Bond, of highlands under sunlight from above (0.06 for maria), and emissivity; Hayne et al. 2017, JGR Planets 122, 2371,
# appendix A, where the albedo grows as the Sun sinks (eq. A8), which is left out here.
REGOLITH_ALBEDO: Final = 0.12
REGOLITH_EMISSIVITY: Final = 0.95
# Just before sunrise at the equator; Williams et al. 2017, Icarus 283, 300. Assumed to hold wherever the Sun comes at times.
NIGHT_K: Final = 95.0


@dataclass(frozen=True)
class Skin:
    """The outside of a thing: share of sunlight that it takes in, and of infrared that it takes in and gives off."""

    absorptivity: float
    emissivity: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.absorptivity <= 1.0 and 0.0 < self.emissivity <= 1.0):
            raise InternalError(f"no skin: {self}")


def ground_k(sunlight_w_m2: ArrayLike, sun_elevation_rad: ArrayLike) -> Floats:
    """Temperature of level regolith under sunlight of so much flux (W/m2, across the beam, 0 in shadow) from an elevation.

    Error by day: 10 K at the equator's noon, tens of kelvin under a low Sun, where slopes and rocks are warmer.
    """
    taken_in = (
        (1.0 - REGOLITH_ALBEDO) * np.asarray(sunlight_w_m2) * np.maximum(0.0, np.sin(sun_elevation_rad))
    )
    flux_w_m2 = taken_in + REGOLITH_EMISSIVITY * STEFAN_BOLTZMANN_W_M2_K4 * NIGHT_K**4
    return np.asarray((flux_w_m2 / (REGOLITH_EMISSIVITY * STEFAN_BOLTZMANN_W_M2_K4)) ** 0.25)


def sink_k(
    skin: Skin,
    facing_w_m2: ArrayLike,
    ground_temperature_k: ArrayLike,
    *,
    ground_view: float,
    lit_ground_w_m2: ArrayLike = 0.0,
) -> Floats:
    """The temperature that a surface without heat of its own settles at; one with heat gives it off against this.

    `facing_w_m2` is the sunlight that falls on it (flux times the cosine of its angle), `ground_view` how much of what
    it sees is ground (0 looks straight up, 0.5 is an upright wall, 1 looks down; the rest is black sky),
    `lit_ground_w_m2` the sunlight on each level m2 of that ground, of which regolith throws back its albedo.
    """
    if not 0.0 <= ground_view <= 1.0:
        raise InternalError(f"a view is from 0 to 1, not {ground_view}")
    sunlight = np.asarray(facing_w_m2) + ground_view * REGOLITH_ALBEDO * np.asarray(lit_ground_w_m2)
    glow_w_m2 = REGOLITH_EMISSIVITY * STEFAN_BOLTZMANN_W_M2_K4 * np.asarray(ground_temperature_k) ** 4
    taken_in = skin.absorptivity * sunlight + skin.emissivity * ground_view * glow_w_m2
    return np.asarray((taken_in / (skin.emissivity * STEFAN_BOLTZMANN_W_M2_K4)) ** 0.25)


def heat_lost_kw(
    area_m2: float, emittance: float, outside_k: ArrayLike, sink_temperature_k: ArrayLike
) -> Floats:
    """Heat (kW) that a surface at `outside_k` gives off against its sink; below zero, it takes heat in.

    For a wall under insulation give its effective emittance and the temperature below the insulation.
    """
    fourth = (
        np.asarray(outside_k, dtype=np.float64) ** 4 - np.asarray(sink_temperature_k, dtype=np.float64) ** 4
    )
    return np.asarray(area_m2 * emittance * STEFAN_BOLTZMANN_W_M2_K4 * fourth / 1000.0)
