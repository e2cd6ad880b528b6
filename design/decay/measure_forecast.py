"""How good were the published percentiles? Every MSFC forecast of 1999-2026 beside what came.

    python design/decay/measure_forecast.py ORBIT_DATA

ORBIT_DATA is a copy of the Orekit example data (MSAFE/ and CSSI-Space-Weather-Data/ inside it). For each issue
and month, z is the normal score of the observed 13-month smoothed value between the published 5 %, 50 % and 95 %.
If the percentiles were honest, z would spread with a standard deviation of 1 and 10 % lie outside 5-95 %.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
from build_weather import forecast_of, observed_months  # beside this file

Z95 = 1.6449
ISSUE = re.compile(r"(\w{3})(\d{4})f10")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def smoothed(values: np.ndarray) -> np.ndarray:
    """13-month running mean with half weight on both ends; not a number at the ends of the record."""
    weights = np.array([0.5, *[1.0] * 11, 0.5]) / 12
    out = np.full(values.size, np.nan)
    out[6:-6] = np.convolve(values, weights, "valid")
    return out


def scores(truth: np.ndarray, low: np.ndarray, middle: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Normal score of what came, between the published percentiles."""
    side = np.where(truth > middle, high - middle, middle - low)
    return Z95 * (truth - middle) / np.maximum(side, 0.2)


def main(data: Path) -> None:
    """Print spread and memory of the scores, and the scatter of single months about the smoothed course."""
    months, flux, flux81, ap = observed_months(data)
    smooth_flux, smooth_ap = smoothed(flux), smoothed(ap)
    place = {month: n for n, month in enumerate(months)}
    rows = []
    for file in sorted((data / "MSAFE").glob("*f10*.txt")):
        found = ISSUE.match(file.name)
        if not found:
            continue
        issue = np.datetime64(f"{found[2]}-{MONTHS.index(found[1]) + 1:02d}", "M")
        when, told = forecast_of(file)
        keep = [n for n, month in enumerate(when) if month in place]
        at = [place[when[n]] for n in keep]
        lead = np.array([(when[n] - issue).astype(int) for n in keep])
        z = scores(smooth_flux[at], told[keep, 0], told[keep, 1], told[keep, 2])
        zap = scores(smooth_ap[at], told[keep, 3], told[keep, 4], told[keep, 5])
        ratio = smooth_flux[at] / told[keep, 1]
        rows.append((issue, lead, z, zap, ratio))
    print(f"{len(rows)} issues")
    for low, high in ((1, 12), (12, 36), (36, 72), (72, 120), (120, 180)):
        z = np.concatenate([r[2][(r[1] >= low) & (r[1] < high)] for r in rows])
        zap = np.concatenate([r[3][(r[1] >= low) & (r[1] < high)] for r in rows])
        ratio = np.concatenate([r[4][(r[1] >= low) & (r[1] < high)] for r in rows])
        ok = np.isfinite(z) & np.isfinite(zap)
        z, zap, ratio = z[ok], zap[ok], ratio[ok]
        if z.size < 50:
            continue
        print(
            f"lead {low:3d}-{high:3d} months: n {z.size:5d}  flux z mean {z.mean():+.2f} sd {z.std():.2f} "
            f"outside 5-95 % {np.mean(np.abs(z) > Z95):.2f}  ratio sd {ratio.std():.2f} | Ap z mean {zap.mean():+.2f} "
            f"sd {zap.std():.2f} outside {np.mean(np.abs(zap) > Z95):.2f} | corr {np.corrcoef(z, zap)[0, 1]:+.2f}"
        )
    for lag in (3, 6, 12, 24, 36, 48, 60, 84, 108):
        pairs = [(r[2][:-lag], r[2][lag:]) for r in rows if r[2].size > lag + 12]
        pairs_ap = [(r[3][:-lag], r[3][lag:]) for r in rows if r[3].size > lag + 12]
        print(f"lag {lag:3d} months: flux {memory(pairs):+.2f}  Ap {memory(pairs_ap):+.2f}")
    effective = flux81 + 0.37 * (flux - flux81)  # as atmosphere.effective_flux_sfu
    scatter((effective - smooth_flux) / np.sqrt(np.maximum(smooth_flux - 64.0, 1.0)), "flux per sqrt(F - 64)")
    scatter(np.log(ap / smooth_ap), "ln Ap")


def scatter(rest: np.ndarray, name: str) -> None:
    """Spread and memory of single months about the smoothed course."""
    rest = rest[np.isfinite(rest)]
    rest = rest - rest.mean()
    print(
        f"months about the smoothed {name}: sd {rest.std():.2f}, lag one {np.mean(rest[1:] * rest[:-1]) / rest.var():.2f}"
    )


def memory(pairs: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Uncentred correlation over a lag."""
    a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
    ok = np.isfinite(a) & np.isfinite(b)
    a, b = a[ok], b[ok]
    return float(np.mean(a * b) / np.sqrt(np.mean(a**2) * np.mean(b**2)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
