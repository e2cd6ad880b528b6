"""`moonwright site horizon`, and `--data` of whatever loads a scenario, as a user meets them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result
from numpy.typing import NDArray

from moonwright.cli import commands
from moonwright.cli.exit import BAD_SCENARIO
from moonwright.cli.main import main
from moonwright.errors import ScenarioError
from moonwright.site.stored import read_horizon
from unit.site.rasters import write_pds, write_tiff

R_M, PIXEL_M = 1_737_400.0, 100.0
RIM_M, HEIGHT_M = 10_000.0, 1_000.0
POLE = ("--lat", "-90 deg", "--lon", "0 deg")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [*map(str, arguments)])


def crater(size: int = 301) -> NDArray[np.float64]:
    """Heights (m) of a plain with a ring of 1 km around the pole, 10 km away, 4 km broad, its top level for two pixels."""
    line, sample = np.indices((size, size)) - (size - 1) / 2
    # In a polar stereographic map the way from the pole is 2 R tan(c / 2).
    away_m = R_M * 2.0 * np.arctan(np.hypot(line, sample) * PIXEL_M / (2.0 * R_M))
    return np.clip(HEIGHT_M * (1.0 - (np.abs(away_m - RIM_M) - PIXEL_M) / 2000.0), 0.0, HEIGHT_M)


def rim_rad(away_m: float, mast_m: float) -> float:
    """The elevation of the ring, seen from its middle over a curved ground."""
    angle, top_m = away_m / R_M, R_M + HEIGHT_M
    return math.atan2(top_m * math.cos(angle) - R_M - mast_m, top_m * math.sin(angle))


def test_the_rim_of_a_crater_stands_as_high_as_the_formula_says(tmp_path: Path) -> None:
    label = write_pds(tmp_path, (crater() * 2.0).astype(np.int16))  # in half metres
    file = tmp_path / "rim.csv"
    done = run("site", "horizon", label, *POLE, "--mast", "10 m", "-o", file)
    assert done.exit_code == 0, done.output
    seen = read_horizon(file)
    assert len(seen.azimuth_rad) == 1440
    # The near edge of the level top makes it, which the map knows to a pixel.
    assert seen.elevation_rad.min() >= rim_rad(RIM_M + PIXEL_M, 10.0)
    assert seen.elevation_rad.max() <= rim_rad(RIM_M - 2 * PIXEL_M, 10.0)
    assert "MADE_UP.LBL" in seen.source
    assert "seen from 10 m" in done.output


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # rasterio's, while the file is written
def test_fine_before_coarse_and_for_programs(tmp_path: Path) -> None:
    """A plain up to 5 km in the fine map, and the ring in the coarse one."""
    near = write_pds(tmp_path, np.zeros((101, 101), dtype=np.int16))
    far = write_tiff(tmp_path / "far.tif", crater().astype(np.float32))
    done = run("site", "horizon", near, far, *POLE, "-o", tmp_path / "rim.csv", "--json")
    told = json.loads(done.output)
    assert told["directions"] == 1440
    assert math.degrees(rim_rad(RIM_M + PIXEL_M, 2.0)) <= told["lowest_deg"] <= told["highest_deg"]
    assert told["highest_deg"] <= math.degrees(rim_rad(RIM_M - 2 * PIXEL_M, 2.0))
    assert "MADE_UP.LBL" in told["source"]
    assert "far.tif" in told["source"]


def test_what_cannot_be_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    label = write_pds(tmp_path, np.zeros((101, 101), dtype=np.int16))
    file = tmp_path / "rim.csv"

    def refused(*arguments: object) -> str:
        done = run("site", "horizon", *arguments)
        assert done.exit_code != 0
        assert isinstance(done.exception, SystemExit | ScenarioError)
        return done.output + str(done.exception)

    assert "beyond a pole" in refused(label, "--lat", "-91 deg", "--lon", "0 deg", "-o", file)
    assert "from -180 deg to 360 deg" in refused(label, "--lat", "0 deg", "--lon", "999 deg", "-o", file)
    assert "-89" in refused(label, "--lat", "-89", "--lon", "0 deg", "-o", file)
    assert "lies outside the map" in refused(label, "--lat", "-80 deg", "--lon", "0 deg", "-o", file)
    assert "is not there" in refused(tmp_path / "none.LBL", *POLE, "-o", file)
    assert "cannot be written" in refused(label, *POLE, "-o", tmp_path / "none" / "rim.csv")
    assert not file.exists()
    file.write_text("my notes\n")
    assert "is no horizon" in refused(label, *POLE, "-o", file)
    assert file.read_text() == "my notes\n"
    file.unlink()
    for _ in range(2):  # an older horizon is replaced
        assert run("site", "horizon", label, *POLE, "-o", file).exit_code == 0


def scenario(folder: Path) -> Path:
    place = {"kind": "surface", "body": "moon", "latitude": "-90 deg", "longitude": "0 deg"}
    data = {
        "name": "ground",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-02-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": {"base": {**place, "skyline": {"mast": "10 m", "horizon": "rim.csv"}}},
        "demands": {},
    }
    folder.mkdir()
    file = folder / "base.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False))
    return file


def test_every_command_that_loads_a_scenario_takes_folders_of_data(tmp_path: Path) -> None:
    file, maps = scenario(tmp_path / "a"), tmp_path / "maps"
    maps.mkdir()
    (maps / "rim.csv").write_text("azimuth_deg,elevation_deg\n0,1\n")
    without = run("check", file)
    assert "'rim.csv' is not there" in str(without.exception)
    assert run("check", file, "--data", tmp_path / "a", "--data", maps).exit_code == 0
    shown = run("world", file, "--data", maps, "--conics", "--json")
    assert json.loads(shown.output)["light"][0]["told"] == "rim.csv"
    assert "no such folder" in run("check", file, "--data", tmp_path / "none").output
    loading = ("check", "plan", "world", "why-not", "onward", "pareto", "alternatives")
    below = (("orbit", "decay"), ("orbit", "reboost"), ("orbit", "deorbit"), ("export", "excel"))
    every = [(name,) for name in loading] + [*below]
    assert [words for words in every if "--data" not in run(*words, "--help").output] == []


def test_results_of_a_scenario_with_ground_stand_by_themselves(tmp_path: Path) -> None:
    file = scenario(tmp_path / "a")
    (tmp_path / "a" / "rim.csv").write_text("azimuth_deg,elevation_deg\n0,1\n")
    assert run("plan", file, "-o", tmp_path / "results").exit_code == 0
    (tmp_path / "a" / "rim.csv").unlink()
    assert run("check", tmp_path / "results" / "scenario.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": "mars"}, "nodes.base: light is computed on earth and moon, not on 'mars'"),
        ({}, "the ephemeris covers 1998-01-01 to 2071-01-01"),
    ],
)
def test_a_world_that_cannot_be_computed_is_the_scenarios_fault(
    tmp_path: Path,
    changed: dict[str, str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = scenario(tmp_path / "a")
    (tmp_path / "a" / "rim.csv").write_text("azimuth_deg,elevation_deg\n0,1\n")
    data = yaml.safe_load(file.read_text())
    data["nodes"]["base"] |= changed
    data["horizon"] = data["horizon"] if changed else {"start": "2080-01-01", "end": "2080-02-01"}
    file.write_text(yaml.safe_dump(data))
    monkeypatch.setattr(
        "sys.argv", ["moonwright", "plan", str(file), "--write-model", str(tmp_path / "x.lp")]
    )
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == BAD_SCENARIO
    assert told in capsys.readouterr().err
