"""`moonwright world` as a user meets it: tables, files replaced as a whole, and one clear line for what is wrong."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from moonwright.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
NODES = {
    "leo": {"kind": "orbit", "body": "earth", "altitude": "400 km", "inclination": "51.6 deg"},
    "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
    "base": {"kind": "surface", "body": "moon", "latitude": "-89.45 deg", "longitude": "222.7 deg"},
}
QUICK = ("--conics", "--trials", "50")


def asked(**more: Any) -> dict[str, Any]:
    """Three months of a station that drag pulls at, a lunar orbit, a base, and a route with a window every 30 days."""
    window = {"opens": "2031-01-11", "closes": "2031-01-14", "every": "30 d"}
    return {
        "name": "small world",
        "currency_year": 2024,
        "horizon": {"start": "2031-01-01", "end": "2031-04-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": NODES,
        "routes": {
            "down": {"from": "llo", "to": "base", "burns": ["2 km/s"], "duration": "1 d", "windows": [window]}
        },
        "station_keeping": [{"node": "leo", "mass": "420 t", "drag": [{"area": "1238 m2"}]}],
        "demands": {},
        **more,
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "small.yaml", asked())


def written(path: Path, data: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def world(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["world", *map(str, arguments)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_everything_is_shown_and_written(file: Path, tmp_path: Path) -> None:
    done = world(file, "-o", tmp_path / "out", *QUICK)
    assert done.exit_code == 0, done.output
    for title in ("Station keeping", "Light as a plan", "The sky over", "Windows of routes", "Delta-v"):
        assert title in done.output
    assert "flat ground without a mast is assumed" in done.output
    assert "A plan takes its delta-v from what routes state" in done.output
    tables = tmp_path / "out" / "tables"
    assert [row["month"] for row in rows(tables / "keeping.csv")] == [
        "2031-01-01",
        "2031-02-01",
        "2031-03-01",
    ]
    spans = [(row["opens"], row["closes"]) for row in rows(tables / "windows.csv")]
    # every 30 days from the 11th: counted by hand on a calendar
    assert spans == [("2031-01-11", "2031-01-14"), ("2031-02-10", "2031-02-13"), ("2031-03-12", "2031-03-15")]
    flights = rows(tables / "delta_v.csv")
    assert len(flights) == 2 * 90
    assert {(row["from"], row["to"]) for row in flights} == {("leo", "llo"), ("leo", "base")}


def test_what_is_printed_as_json_is_what_is_written(file: Path, tmp_path: Path) -> None:
    done = world(file, "-o", tmp_path / "out", "--json", *QUICK)
    told = json.loads(done.stdout)
    assert told == json.loads((tmp_path / "out" / "world.json").read_text(encoding="utf-8"))
    assert (told["from"], told["until"], told["trials"], told["flown"]) == (
        "2031-01-01",
        "2031-04-01",
        50,
        False,
    )
    for month in told["keeping"]:
        assert month["p05_m_s"] < month["p50_m_s"] < month["p95_m_s"]
    assert told["light"] == []


def test_two_places_are_told_together_and_month_by_month(tmp_path: Path) -> None:
    """Near and far side: half the time each, together nearly always."""
    near = {
        "kind": "surface",
        "body": "moon",
        "latitude": "0 deg",
        "longitude": "0 deg",
        "skyline": {"mast": "2 m"},
    }
    data = asked(nodes={**NODES, "near": near, "far": {**near, "longitude": "180 deg"}})
    path = tmp_path / "two.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    done = world(path, "--json", *QUICK)
    told = json.loads(done.stdout)
    both = {(row["first"], row["second"]): row for row in told["together"]}
    assert len(both) == 6  # three places, three pairs
    assert (both["far", "near"]["lit"], both["far", "near"]["darkness_d"]) == (1.0, 0.0)
    assert both["near", None]["from"] == "2031-01-01"
    assert both["near", None]["sun"] == pytest.approx(0.5, abs=2e-3)
    months = [row for row in told["light"] if row["node"] == "near"]
    assert [row["month"] for row in months] == ["2031-01-01", "2031-02-01", "2031-03-01"]
    assert all(0.4 < row["sun"] < 0.6 and 13.0 < row["darkness_d"] < 15.5 for row in months)
    shown = world(path, *QUICK)
    assert "Places together, 18.6 years" in shown.output
    assert "Flat ground without a mast is assumed at base." in shown.output


def test_the_page_has_pictures_and_takes_nothing_from_elsewhere(file: Path, tmp_path: Path) -> None:
    world(file, "-o", tmp_path / "out", *QUICK)
    page = (tmp_path / "out" / "world.html").read_text(encoding="utf-8")
    assert page.count('<img src="data:image/svg+xml;base64,') == 6  # drag, Sun, Earth, windows, delta-v twice
    assert not re.search(r"<script|<link|https?://", page)


def test_names_in_a_scenario_are_text_and_not_markup(tmp_path: Path) -> None:
    hostile = written(tmp_path / "hostile.yaml", asked(name="<script>alert(1)</script>"))
    world(hostile, "-o", tmp_path / "out", *QUICK)
    page = (tmp_path / "out" / "world.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_an_older_world_is_replaced_and_anything_else_is_left_alone(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = world(file, "-o", out, *QUICK)
    (out / "tables" / "stale.csv").touch()
    again = world(file, "-o", out, *QUICK)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert not (out / "tables" / "stale.csv").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    refused = world(file, "-o", tmp_path / "mine", *QUICK)
    assert refused.exit_code != 0
    assert "holds other files" in refused.output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_campaign_without_orbits_or_windows_says_so() -> None:
    done = world(EXAMPLES / "toy.yaml", "--conics")
    assert done.exit_code == 0, done.output
    assert "No station is kept" in done.output
    assert "2 routes are open on every day" in done.output


def test_a_campaign_with_no_way_to_the_moon_says_what_that_takes(tmp_path: Path) -> None:
    data = asked(nodes={name: NODES[name] for name in ("llo", "base")}, station_keeping=[])
    done = world(written(tmp_path / "moon.yaml", data), *QUICK)
    assert done.exit_code == 0, done.output
    assert "the scenario does not have both" in done.output


def test_routes_are_told_as_a_plan_takes_them_beside_the_sky_and_closed_days_as_windows(
    tmp_path: Path,
) -> None:
    """A stated landing of 2 km/s beside Apollo's 2,051 m/s (6728.6 ft/s); a parking orbit tilted by 20 degrees has days
    without a flight in the first months of 2027, when the Moon comes 28 degrees from the equator."""
    out = {
        "from": "leo",
        "to": "llo",
        "computed": {"flights": ["4.5 d"], "reserve": "5 %"},
    }
    leo = {**NODES["leo"], "inclination": "20 deg"}
    data = asked(nodes={**NODES, "leo": leo}, station_keeping=[])
    data["routes"]["out"] = out
    data["horizon"] = {"start": "2027-01-01", "end": "2027-03-01"}
    done = world(written(tmp_path / "routes.yaml", data), "-o", tmp_path / "out", *QUICK)
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.output.splitlines()]
    down = next(line for line in lines if line[:2] == ["down", "2000"])
    assert down[-1] == "2046"
    flown = [row for row in rows(tmp_path / "out" / "tables" / "routes.csv") if row["burns_m_s"]]
    assert 20 <= len(flown) < 59
    assert all(4000 <= float(row["burns_m_s"]) <= 4300 for row in flown)
    opened = [row for row in rows(tmp_path / "out" / "tables" / "windows.csv") if row["route"] == "out"]
    days = sum((date.fromisoformat(row["closes"]) - date.fromisoformat(row["opens"])).days for row in opened)
    assert days == len(flown)
    legs = {row["way"]: row for row in rows(tmp_path / "out" / "tables" / "ground.csv")}
    assert float(legs["down"]["hover_m_s"]) == pytest.approx(477 * 0.3048)


def test_flights_to_a_halo_orbit_are_told_by_day(tmp_path: Path) -> None:
    halo = {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"}
    data = asked(nodes={**NODES, "halo": halo}, station_keeping=[])
    del data["nodes"]["leo"]
    data["horizon"] = {"start": "2031-01-01", "end": "2031-01-03"}
    done = world(written(tmp_path / "halo.yaml", data), "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "To and from halo orbits" in done.output
    found = rows(tmp_path / "out" / "tables" / "halo.csv")
    assert [(row["from"], row["to"], row["departure"]) for row in found] == [
        ("halo", "llo", "2031-01-01"),
        ("halo", "llo", "2031-01-02"),
        ("llo", "halo", "2031-01-01"),
        ("llo", "halo", "2031-01-02"),
    ]
    # case T4: 740 m/s down to 100 km and 850 up, on good days
    assert 650 <= min(float(row["total_m_s"]) for row in found) <= 950


def test_a_sky_that_cannot_be_computed_is_a_line_and_no_traceback(tmp_path: Path) -> None:
    sky = {
        "kind": "surface",
        "body": "mars",
        "latitude": "0 deg",
        "longitude": "0 deg",
        "skyline": {"mast": "2 m"},
    }
    far = written(tmp_path / "far.yaml", asked(nodes={**NODES, "far": sky}))
    done = CliRunner().invoke(commands, ["world", str(far)], standalone_mode=True)
    assert done.exit_code == 2
    assert "light is computed on earth and moon, not on 'mars'" in done.output
    assert "Traceback" not in done.output
