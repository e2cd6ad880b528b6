"""Times transfers to the Moon: the scan of ten years by conics, and flights under all pulls, ours beside SciPy's DOP853.

    pip install --group ephemeris
    python benchmarks/transfers.py

SciPy flies the same pulls with the same method at the same tolerances, its right-hand side in Python with the ephemeris
called as a library would call it; both must end within 100 m. Times are of the processor, the first run (which may compile)
left out.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from scipy.integrate import solve_ivp

from moonwright.orbit.bodies import EARTH, MOON, SUN, Orbit
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.conics import scan
from moonwright.orbit.ephemeris import positions_m
from moonwright.orbit.frames import earth_fixed
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import TOLERANCE_M, TOLERANCE_M_S, flown
from moonwright.orbit.transfer import Transfer, refined

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
POLAR = Orbit(MOON, 100e3, math.pi / 2)
FLIGHTS_S = np.array([3.5, 4.0, 4.5, 5.0]) * 86400.0


def timed(work: Callable[[], object], runs: int = 3) -> float:
    work()
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def by_scipy(state: Floats, et_s: float, span_s: float) -> Floats:
    pole = earth_fixed(et_s)[0, 2]
    flatness = 1.5 * EARTH.j2 * EARTH.mu_m3_s2 * EARTH.j2_radius_m**2

    def rate(time_s: float, now: Floats) -> Floats:
        place = now[:3]
        r = np.sqrt(place @ place)
        height = place @ pole / r
        fall = -EARTH.mu_m3_s2 / r**3 * place
        fall = fall - flatness / r**4 * ((1.0 - 5.0 * height**2) / r * place + 2.0 * height * pole)
        for body in (MOON, SUN):
            at = positions_m(body.name, "earth", et_s + time_s)[0]
            apart = at - place
            fall = fall + body.mu_m3_s2 * (apart / (apart @ apart) ** 1.5 - at / (at @ at) ** 1.5)
        return np.concatenate([now[3:], fall])

    tolerances = np.array([TOLERANCE_M] * 3 + [TOLERANCE_M_S] * 3)
    solved = solve_ivp(rate, (0.0, span_s), state, method="DOP853", rtol=1e-13, atol=tolerances)
    return np.asarray(solved.y[:, -1])


def main() -> None:
    days = tdb_s_after(date(2030, 1, 1), np.arange(0.0, 3652.0))
    scan_s = timed(lambda: scan(PARKING, POLAR, days, FLIGHTS_S), runs=2)
    each_us = scan_s / (len(days) * len(FLIGHTS_S) * 4) * 1e6
    print(
        f"conics, ten years daily, {len(FLIGHTS_S)} flight times, 4 branches: {scan_s:.2f} s ({each_us:.1f} us each)"
    )

    year = days[:365:12]
    conics = scan(PARKING, POLAR, year, FLIGHTS_S)
    indices = list(np.ndindex(*conics.total_m_s.shape))
    settled: list[Transfer | None] = []
    refine_s = timed(lambda: settled.extend(refined(PARKING, POLAR, conics, at) for at in indices), runs=1)
    rate = np.mean([one is not None for one in settled])
    print(
        f"put right under all pulls: {refine_s / len(indices) * 1e3:.1f} ms each, {rate:.1%} of {len(indices)} settle"
    )

    transfer = next(one for one in settled if one is not None)
    state, et_s, span_s = np.array(transfer.near_state), transfer.near_et_s, transfer.flight_s - 43200.0
    apart_m = np.linalg.norm(flown(state, et_s, span_s)[:3] - by_scipy(state, et_s, span_s)[:3])
    ours_s, theirs_s = (
        timed(lambda: flown(state, et_s, span_s), runs=20),
        timed(lambda: by_scipy(state, et_s, span_s)),
    )
    print(
        f"one flight of {span_s / 86400:.1f} d: {ours_s * 1e3:.2f} ms, SciPy's DOP853 {theirs_s * 1e3:.0f} ms "
        f"({theirs_s / ours_s:.0f} times); they end {apart_m:.1f} m apart"
    )
    assert apart_m < 100.0


if __name__ == "__main__":
    main()
