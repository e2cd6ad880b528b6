"""What the flux of a month counts beside its 81-day mean: the weight w in F_eff = F81 + w (F - F81).

    python design/decay/weigh_flux.py

For each case, the w for which a flux that equals its own 81-day mean gives the same density over the orbit.
"""

from __future__ import annotations

import numpy as np
import pymsis
from build_density import samples  # beside this file


def density(altitude_km: float, flux: float, flux81: float, month: int) -> float:
    """Mean over an orbit at 51.6 degrees, kg/m3."""
    latitude, height_km, local_h = samples(altitude_km, 51.6)
    turns = np.arange(latitude.size) * 0.6180339887 % 1
    dates = np.datetime64(f"2015-{month:02d}-15T00:00:00") + (turns * 86400).astype("timedelta64[s]")
    size = latitude.size
    told = pymsis.calculate(
        dates,
        (local_h - 24 * turns) * 15 % 360,
        latitude,
        height_km,
        np.full(size, flux),
        np.full(size, flux81),
        np.full((size, 7), 12.0),
        version=0,
    )
    return float(told[:, pymsis.Variable.MASS_DENSITY].mean())


def main() -> None:
    """Print the weight over altitude, flux and month."""
    for altitude_km in (250.0, 400.0, 600.0):
        for flux81 in (80.0, 140.0, 200.0):
            row = []
            for month in (1, 4, 7):
                for step in (-15.0, 15.0):
                    target = np.log(density(altitude_km, flux81 + step, flux81, month))
                    here = np.log(density(altitude_km, flux81, flux81, month))
                    there = np.log(density(altitude_km, flux81 + step, flux81 + step, month))
                    row.append((target - here) / (there - here))
            print(f"{altitude_km:.0f} km, F81 {flux81:.0f}: w = " + " ".join(f"{w:.2f}" for w in row))


if __name__ == "__main__":
    main()
