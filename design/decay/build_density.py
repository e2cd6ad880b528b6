"""Build src/moonwright/orbit/data/density.npz: NRLMSISE-00 averaged over circular orbits.

    pip install pymsis==0.13.0 numpy
    python design/decay/build_density.py        # about three minutes on one core

A cell is the mean density met by a station on a near-circular orbit of one mean altitude and inclination, in
one month of the year, under one solar flux and one geomagnetic index, over all arguments of latitude and all
local times of the node. The radius follows the J2 orbit (see `radius_m`), the height is above the WGS84 ellipsoid.
The 81-day mean of the flux equals the flux; what a month does beside its 81 days is put into one effective
flux by the reader of the table (`effective_flux`; measured in weigh_flux.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymsis

OUT = Path(__file__).parents[2] / "src/moonwright/orbit/data/density.npz"

# fmt: off
ALTITUDE_KM = np.array([120, 130, 140, 160, 180, 200, 225, 250, 275, 300, 330, 360, 400, 440, 480, 520, 560, 600,
                        650, 700, 800, 900, 1000], dtype=float)
FLUX_SFU = np.array([60, 75, 95, 120, 150, 185, 230, 280], dtype=float)
AP = np.array([0, 8, 20, 40, 80], dtype=float)
INCLINATION_DEG = np.array([0, 20, 41.5, 51.6, 65, 90], dtype=float)
# fmt: on
MONTH = np.arange(1, 13)

ARGUMENTS, NODES = 24, 12  # arguments of latitude x local times of the node

EARTH_RADIUS_M = 6378137.0  # WGS84
FLATTENING = 1 / 298.257223563  # WGS84
J2 = 1.08262668e-3  # EGM96


def radius_m(axis_m: float, argument: np.ndarray, sin2_inclination: float) -> np.ndarray:
    """The radius along a J2 orbit without eccentricity, whose mean semi-major axis is `axis_m`.

    r = a - (3/2) k (1 - (3/2) sin2 i) + (1/4) k sin2 i cos 2u, k = J2 Re^2 / a; a is the mean over one turn
    of the osculating axis. Means checked against an integrated orbit in measure_j2.py.
    """
    k = J2 * EARTH_RADIUS_M**2 / axis_m
    return (
        axis_m - 1.5 * k * (1 - 1.5 * sin2_inclination) + 0.25 * k * sin2_inclination * np.cos(2 * argument)
    )


def samples(altitude_km: float, inclination_deg: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Latitude (deg), height (km) and local solar time (h) at every sample of one orbit."""
    inclination = np.radians(inclination_deg)
    argument, node_h = np.meshgrid(
        (np.arange(ARGUMENTS) + 0.5) * 2 * np.pi / ARGUMENTS, np.arange(NODES) * 24.0 / NODES
    )
    argument, node_h = argument.ravel(), node_h.ravel()
    geocentric = np.arcsin(np.sin(inclination) * np.sin(argument))
    east = np.arctan2(np.cos(inclination) * np.sin(argument), np.cos(argument))
    ellipsoid_m = EARTH_RADIUS_M * (1 - FLATTENING * np.sin(geocentric) ** 2)
    height_km = (
        radius_m(EARTH_RADIUS_M + altitude_km * 1e3, argument, np.sin(inclination) ** 2) - ellipsoid_m
    ) / 1e3
    latitude = geocentric + FLATTENING * np.sin(2 * geocentric)  # geodetic, to first order
    return np.degrees(latitude), height_km, (node_h + east * 12 / np.pi) % 24


def cell_kg_m3(altitude_km: float, inclination_deg: float, month: int) -> np.ndarray:
    """Mean density over flux and index, at one altitude and inclination in one month."""
    latitude, height_km, local_h = samples(altitude_km, inclination_deg)
    turns = np.arange(latitude.size) * 0.6180339887 % 1  # golden section: universal times spread evenly
    longitude = (local_h - 24 * turns) * 15 % 360
    day = np.datetime64(f"2015-{month:02d}-15T00:00:00")
    dates = day + (turns * 86400).astype("timedelta64[s]")
    shape = (FLUX_SFU.size, AP.size, latitude.size)
    spread = lambda values: np.broadcast_to(values, shape).ravel()  # noqa: E731
    flux = spread(FLUX_SFU[:, None, None])
    index = np.repeat(spread(AP[None, :, None])[:, None], 7, axis=1)
    told = pymsis.calculate(
        spread(dates), spread(longitude), spread(latitude), spread(height_km), flux, flux, index, version=0
    )
    return told[:, pymsis.Variable.MASS_DENSITY].reshape(shape).mean(axis=2)


def main() -> None:
    """Write the table: ln of the density, axes (inclination, month, flux, Ap, altitude)."""
    table = np.empty((INCLINATION_DEG.size, 12, FLUX_SFU.size, AP.size, ALTITUDE_KM.size))
    for i, inclination_deg in enumerate(INCLINATION_DEG):
        for m, month in enumerate(MONTH):
            for a, altitude_km in enumerate(ALTITUDE_KM):
                table[i, m, :, :, a] = cell_kg_m3(altitude_km, inclination_deg, month)
        print(f"inclination {inclination_deg} deg")
    np.savez_compressed(
        OUT,
        ln_density=np.log(table).astype(np.float32),
        inclination_deg=INCLINATION_DEG,
        flux_sfu=FLUX_SFU,
        ap=AP,
        altitude_km=ALTITUDE_KM,
    )


if __name__ == "__main__":
    main()
