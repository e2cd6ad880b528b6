"""What patched conics are wrong by, and whether another sphere would make them better: the table in docs/model/transfers.md.

    python design/transfers/conics_error.py

Conics are compared with the same transfers flown under all pulls: 185 km and 28.5 degrees to a polar orbit 100 km high, all
branches, departures every 12 days of 2030, flights of 3.5 to 5 d. A minute.
"""

import dataclasses
import math
from datetime import date

import numpy as np

from moonwright.orbit.bodies import EARTH, MOON, Orbit
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.conics import scan
from moonwright.orbit.transfer import refined

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
SPHERES_M = (66.18e6, 80e6, 100e6, 120e6)


def main() -> None:
    days = tdb_s_after(date(2030, 1, 1), np.arange(0.0, 365.0, 12.0))
    flights_s = np.array([3.5, 4.0, 4.5, 5.0]) * 86400.0
    polar = Orbit(MOON, 100e3, math.pi / 2)
    conics = scan(PARKING, polar, days, flights_s)
    flown = [refined(PARKING, polar, conics, at) for at in np.ndindex(*conics.total_m_s.shape)]
    settled = np.array([transfer is not None for transfer in flown])
    true = np.array([(one.near_dv_m_s, one.far_dv_m_s) for one in flown if one is not None])
    print(f"{len(flown)} transfers, {settled.mean():.1%} settled; conics less flown, m/s, mean and spread")
    for sphere_m in SPHERES_M:
        orbit = Orbit(dataclasses.replace(MOON, sphere_m=sphere_m), 100e3, math.pi / 2)
        tried = scan(PARKING, orbit, days, flights_s)
        off = np.column_stack([tried.near_dv_m_s.ravel(), tried.far_dv_m_s.ravel()])[settled] - true
        total = off.sum(axis=1)
        print(
            f"  sphere {sphere_m / 1e6:6.1f} Mm: Earth {off[:, 0].mean():5.1f} +- {off[:, 0].std():.1f}, "
            f"Moon {off[:, 1].mean():5.1f} +- {off[:, 1].std():.1f}, sum {total.mean():5.1f} +- {total.std():.1f}"
        )


if __name__ == "__main__":
    main()
