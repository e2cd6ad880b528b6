"""The library's noise against the records that it is drawn from, counted anew.

launch_delays.csv: lead and delay in days of 187 forecasts of flights to the station, as published by Gardner and Grogan
(Probabilistic Launch Delay Models for Human Spaceflight Missions, Journal of Spacecraft and Rockets 2021) with their
paper. Stand-downs are those of the table in docs/model/noise.md, whose dates were read in the publications beside them.
"""

import csv
import math
import re
from datetime import date
from pathlib import Path
from statistics import mean, median, pstdev, stdev

import pytest

from moonwright.scenario.chance import library_noise

ROOT = Path(__file__).parents[2]
NOISE = library_noise()


def forecasts(longer_d: float, until_d: float = math.inf) -> list[tuple[float, float]]:
    with (Path(__file__).with_name("launch_delays.csv")).open(encoding="utf-8") as lines:
        pairs = [(float(row["lead_d"]), float(row["delay_d"])) for row in csv.DictReader(lines)]
    assert len(pairs) == 187
    return [(lead, delay) for lead, delay in pairs if longer_d < lead <= until_d]


def test_growth_and_spread_are_those_of_forecasts_made_more_than_a_year_ahead() -> None:
    shares = [delay / lead for lead, delay in forecasts(360)]
    assert len(shares) == 92
    growth, spread = NOISE.readiness["all"].growth, NOISE.readiness["all"].spread
    assert growth == pytest.approx(median(shares), abs=0.005)
    logarithms = [math.log(share) for share in shares if share > 0]
    assert spread == pytest.approx(math.exp(pstdev(logarithms)), abs=0.05)


def test_a_flight_is_late_as_those_of_the_last_ninety_days_were() -> None:
    delays = [delay for _, delay in forecasts(0, 90)]
    assert len(delays) == 21
    late = NOISE.readiness["all"].late
    assert late is not None
    assert late == pytest.approx(mean(delays), abs=0.05)
    assert late.low == pytest.approx(median(delays))


def stand_downs() -> list[tuple[str, str, int]]:
    page = (ROOT / "docs" / "model" / "noise.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| [^|]+ \| (\d{4}-\d\d-\d\d) \| ([\d-]+) \| (?:about )?(\d+) \|", page, re.MULTILINE
    )
    return [(failed, flew, int(days)) for failed, flew, days in rows]


def test_stand_downs_last_from_failure_to_flight() -> None:
    assert len(stand_downs()) == 9
    for failed, flew, days in stand_downs():
        if len(flew) == len("2016-10-17"):
            told = (date.fromisoformat(flew) - date.fromisoformat(failed)).days
            assert days == pytest.approx(told, abs=8 if days == 900 else 1)  # "900 days" in its publication


def test_the_library_takes_the_middle_stand_down() -> None:
    days = [days for _, _, days in stand_downs()]
    found = NOISE.grounding["all"].median
    assert found == median(days)
    assert math.exp(stdev(map(math.log, days))) == pytest.approx(4.97, abs=0.01)  # as its reason says


def test_a_new_type_fails_as_first_and_second_launches_do() -> None:
    """1/3 of first and 1/4 of second launches (Guikema and Pate-Cornell)."""
    assert NOISE.launch["all"].debut == pytest.approx(1 - (1 / 3 + 1 / 4) / 2, abs=0.002)


def test_the_shuttles_scrubs_are_a_share_of_its_attempts() -> None:
    """121 scrubs before 135 launches."""
    assert NOISE.weather["sls-block-1"].scrub == pytest.approx(121 / (121 + 135), abs=0.005)


def test_elements_slip_as_large_projects_do() -> None:
    """92 months where 79 were planned (GAO-24-106256)."""
    assert NOISE.element_ready["all"].growth == pytest.approx(92 / 79 - 1, abs=0.006)
