"""The radius of a near-circular orbit under J2, integrated, beside the formula that build_density.py samples.

    python design/decay/measure_j2.py

The start is that of case R7: 420 km above an equatorial radius of 6378136.3 m at the node, circular speed, 51.64 deg.
"""

from __future__ import annotations

import numpy as np

MU, RADIUS, J2 = 3.986004418e14, 6378137.0, 1.08262668e-3


def slope(state: np.ndarray) -> np.ndarray:
    """Velocity and acceleration."""
    place = state[:3]
    r = np.sqrt(place @ place)
    flat = -1.5 * J2 * MU * RADIUS**2 / r**5
    z2 = (place[2] / r) ** 2
    pull = -MU * place / r**3 + flat * place * np.array([1 - 5 * z2, 1 - 5 * z2, 3 - 5 * z2])
    return np.concatenate([state[3:], pull])


def main() -> None:
    """Print mean axis and mean radius over ten turns, and what the formulas say."""
    tilt, step = np.radians(51.64), 5.0
    start = 6378136.3 + 420e3
    state = np.array([start, 0, 0, 0, *(np.sqrt(MU / start) * np.array([np.cos(tilt), np.sin(tilt)]))])
    radii, axes = [], []
    for _ in range(11090):  # ten turns
        r = np.sqrt(state[:3] @ state[:3])
        radii.append(r)
        axes.append(1 / (2 / r - state[3:] @ state[3:] / MU))
        a = slope(state)
        b = slope(state + step / 2 * a)
        c = slope(state + step / 2 * b)
        d = slope(state + step * c)
        state = state + step / 6 * (a + 2 * b + 2 * c + d)
    k, s2 = J2 * RADIUS**2 / start, np.sin(tilt) ** 2
    print(
        f"mean axis   {(np.mean(axes) - RADIUS) / 1e3:.3f} km; formula {(start - RADIUS - 1.5 * k * s2) / 1e3:.3f} km"
    )
    print(
        f"mean radius {(np.mean(radii) - RADIUS) / 1e3:.3f} km;"
        f" formula {(np.mean(axes) - RADIUS - 1.5 * k * (1 - 1.5 * s2)) / 1e3:.3f} km"
    )


if __name__ == "__main__":
    main()
