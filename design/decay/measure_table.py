"""NRLMSISE-00 averaged over orbits between the places of the table, for tests/truth/nrlmsise_means.csv.

    python design/decay/measure_table.py

Other samples than those of build_density.py: 20 000 random points of each orbit, at random altitudes, inclinations,
fluxes, indices and months. The error of such a mean is about 0.3 %.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymsis
from build_density import EARTH_RADIUS_M, FLATTENING, radius_m  # beside this file

OUT = Path(__file__).parents[2] / "tests/truth/nrlmsise_means.csv"
POINTS, CASES = 20_000, 60


def mean_kg_m3(
    rng: np.random.Generator, altitude_km: float, tilt_deg: float, month: int, flux: float, ap: float
) -> float:
    """Mean density over random points of one orbit at random local and universal times."""
    argument = rng.uniform(0, 2 * np.pi, POINTS)
    tilt = np.radians(tilt_deg)
    geocentric = np.arcsin(np.sin(tilt) * np.sin(argument))
    ground_m = EARTH_RADIUS_M * (1 - FLATTENING * np.sin(geocentric) ** 2)
    height_km = (radius_m(EARTH_RADIUS_M + altitude_km * 1e3, argument, np.sin(tilt) ** 2) - ground_m) / 1e3
    seconds = rng.uniform(0, 86400, POINTS)
    dates = np.datetime64(f"2019-{month:02d}-15T00:00:00") + seconds.astype("timedelta64[s]")
    told = pymsis.calculate(
        dates,
        rng.uniform(0, 360, POINTS),  # a random longitude at a random time is a random local time
        np.degrees(geocentric + FLATTENING * np.sin(2 * geocentric)),
        height_km,
        np.full(POINTS, flux),
        np.full(POINTS, flux),
        np.full((POINTS, 7), ap),
        version=0,
    )
    return float(told[:, pymsis.Variable.MASS_DENSITY].mean())


def main() -> None:
    """Write the cases."""
    rng = np.random.default_rng(20261124)
    lines = [
        "# Mean density along orbits: NRLMSISE-00 by pymsis 0.13.0. Recipe: design/decay/measure_table.py",
        "altitude_km,inclination_deg,month,flux_sfu,ap,density_kg_m3",
    ]
    for _ in range(CASES):
        case = (
            round(float(rng.uniform(150, 700)), 1),
            round(float(rng.uniform(0, 90)), 1),
            int(rng.integers(1, 13)),
            round(float(rng.uniform(65, 250)), 1),
            round(float(rng.uniform(2, 50)), 1),
        )
        lines.append(",".join(map(str, case)) + f",{mean_kg_m3(rng, *case):.5e}")
    OUT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
