"""Daily series with fewer points but the same look: what makes a fifteen-year report small."""

from __future__ import annotations

import numpy as np

from moonwright.simulate.run import Days

TOLERANCE = 0.002  # of the series' largest value: less than a pixel in a chart 300 pixels high


def thin(daily: Days, tolerance: float = TOLERANCE) -> list[tuple[int, float]]:
    """(day, value) points; lines between them pass within `tolerance` x the largest |value| of every day.

    Ramer-Douglas-Peucker (Douglas and Peucker 1973) with the distance taken along the value axis. Peaks and
    jumps survive, which a weekly sample would lose.
    """
    if daily.size == 0:
        return []
    allowed = tolerance * float(np.abs(daily).max())
    kept = {0, daily.size - 1}
    open_spans = [(0, daily.size - 1)]
    while open_spans:
        first, last = open_spans.pop()
        if last - first < 2:
            continue
        chord = np.linspace(daily[first], daily[last], last - first + 1)
        off = np.abs(daily[first : last + 1] - chord)
        worst = int(off.argmax())
        if off[worst] > allowed:
            kept.add(first + worst)
            open_spans += [(first, first + worst), (first + worst, last)]
    return [(day, _short(float(daily[day]))) for day in sorted(kept)]


def _short(value: float) -> float:
    """Six digits are more than a chart shows, and half the bytes."""
    return float(f"{value:.6g}")
