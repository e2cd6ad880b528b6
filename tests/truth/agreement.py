"""How far Moonwright is from a table of what SPICE found; design/ephemeris/spice.py says how its columns came about."""

import math

import numpy as np

from moonwright.orbit.apparent import Site, sky
from moonwright.orbit.ephemeris import positions_m
from moonwright.orbit.kernel import Floats

ARCSEC = math.pi / 648000.0


def differences(table: Floats) -> dict[str, Floats]:
    """By what is compared: its distance from SPICE, row by row (rows come sorted by site)."""
    table = table[np.lexsort(table[:, 3:0:-1].T)]
    et_s = table[:, 0]
    sun, earth = apart_arcsec(table, apparent=True)
    return {
        "Moon from the Earth (m)": np.linalg.norm(positions_m("moon", "earth", et_s) - table[:, 4:7], axis=1),
        "Sun from the Moon (m)": np.linalg.norm(positions_m("sun", "moon", et_s) - table[:, 7:10], axis=1),
        "Sun's direction from a site (arcsec)": sun,
        "Earth's direction from a site (arcsec)": earth,
    }


def apart_arcsec(table: Floats, *, apparent: bool) -> tuple[Floats, Floats]:
    """Angles between the directions of Sun and Earth here, apparent or geometric, and SPICE's apparent ones."""
    sun, earth = [], []
    for latitude, longitude, height_m in np.unique(table[:, 1:4], axis=0):
        rows = table[(table[:, 1:4] == (latitude, longitude, height_m)).all(axis=1)]
        site = Site("moon", math.radians(latitude), math.radians(longitude), height_m)
        for column, found, view in zip(
            (10, 13), (sun, earth), sky(site, ("sun", "earth"), rows[:, 0], apparent=apparent), strict=True
        ):
            flat = np.cos(view.elevation_rad)
            up = np.sin(view.elevation_rad)
            local = np.stack([flat * np.cos(view.azimuth_rad), flat * np.sin(view.azimuth_rad), up], axis=1)
            found.append(angle_arcsec(local @ site.horizon_axes, rows[:, column : column + 3]))
    return np.concatenate(sun), np.concatenate(earth)


def angle_arcsec(one: Floats, other: Floats) -> Floats:
    """The angle between unit vectors, exact where it is small."""
    return np.asarray(2.0 * np.arcsin(0.5 * np.linalg.norm(one - other, axis=1)) / ARCSEC)
