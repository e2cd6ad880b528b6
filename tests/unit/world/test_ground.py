"""Ground that a scenario names: read where it may be read, a part of the scenario from then on, and refused in one line."""

from __future__ import annotations

import errno
import math
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import moonwright
from moonwright.errors import ScenarioError, SiteError
from moonwright.plan import digest
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.load import load as bare
from moonwright.scenario.node import Surface
from moonwright.scenario.scenario import Scenario
from moonwright.site.horizon import Horizon, terrain_horizon
from moonwright.site.pds import read_pds
from moonwright.site.stored import horizon_text, write_horizon
from moonwright.site.terrain import Place
from moonwright.world.ground import found
from moonwright.world.observe import observe
from unit.site.rasters import numbers, write_pds

DIRECTIONS = "azimuth_deg,elevation_deg\n0,1\n90,2\n180,3\n"


def base(folder: Path, **skyline: Any) -> Path:
    """A scenario file with one place, 100 m from the Moon's south pole."""
    place = {"kind": "surface", "body": "moon", "latitude": "-89.9967 deg", "longitude": "20 deg"}
    data = {
        "name": "ground",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-03-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": {"base": {**place, "skyline": {"mast": "10 m", **skyline}}},
        "demands": {},
    }
    folder.mkdir(exist_ok=True)
    file = folder / "base.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False))
    return file


def skyline(scenario: Scenario) -> Any:
    node = scenario.nodes["base"]
    assert isinstance(node, Surface)
    return node.skyline


def faults(file: Path, *data: Path) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        moonwright.load(file, data=data)
    return [str(fault).removeprefix(f"{file}:") for fault in raised.value.faults]


def fault(file: Path, *data: Path) -> str:
    (told,) = faults(file, *data)
    return told


def test_a_horizon_is_read_once_and_the_scenario_holds_it(tmp_path: Path) -> None:
    file = base(tmp_path / "a", horizon="hills/ridge.csv")
    (tmp_path / "a" / "hills").mkdir()
    (tmp_path / "a" / "hills" / "ridge.csv").write_text("# by hand\n" + DIRECTIONS)
    scenario = moonwright.load(file)
    shutil.rmtree(tmp_path / "a" / "hills")
    assert skyline(scenario).horizon is None
    assert skyline(scenario).directions.splitlines()[0] == "# ridge.csv; by hand"
    assert observe(scenario).lights["base"].told == "ridge.csv; by hand"
    # What results hold loads without the files, and is the same to the digit.
    again = bare(tmp_path / "again.yaml", data=write_scenario(scenario).encode())
    assert again == scenario
    assert digest(again) == digest(scenario)


def test_another_horizon_is_another_scenario(tmp_path: Path) -> None:
    file = base(tmp_path, horizon="ridge.csv")
    (tmp_path / "ridge.csv").write_text(DIRECTIONS)
    before = digest(moonwright.load(file))
    assert digest(moonwright.load(file)) == before
    (tmp_path / "ridge.csv").write_text(DIRECTIONS.replace("180,3", "180,3.001"))
    assert digest(moonwright.load(file)) != before


def test_the_sky_is_the_one_above_the_horizon_in_the_file(tmp_path: Path) -> None:
    """The same hills by hand and by file hide the same Sun."""
    by_hand = moonwright.load(base(tmp_path / "a", profile=["-1 deg", "2 deg", "-2 deg", "-1 deg"]))
    by_file = base(tmp_path / "b", horizon="ridge.csv")
    hills = Horizon(np.radians([0.0, 90.0, 180.0, 270.0]), np.radians([-1.0, 2.0, -2.0, -1.0]), "hills")
    write_horizon(hills, tmp_path / "b" / "ridge.csv")
    one, other = observe(by_hand).lights["base"], observe(moonwright.load(by_file)).lights["base"]
    assert one.sun is not None
    assert other.sun is not None
    assert 0.0 < one.sun.mean() < 1.0
    assert other.sun == pytest.approx(one.sun, abs=1e-6)
    assert (other.darkness_d == one.darkness_d).all()


def test_terrain_becomes_the_horizon_that_is_found_in_it(tmp_path: Path) -> None:
    file = base(tmp_path, terrain=["MADE_UP.LBL"])
    label = write_pds(tmp_path, numbers(201))
    place = Place(math.radians(-89.9967), math.radians(20.0))
    expected = terrain_horizon(read_pds(label, place), place, 10.0)
    assert skyline(moonwright.load(file)).directions == horizon_text(expected)


def test_terrain_too_coarse_before_fine_or_elsewhere_is_told(tmp_path: Path) -> None:
    write_pds(tmp_path, numbers(201))
    assert "fine and near before coarse" in fault(base(tmp_path, terrain=["MADE_UP.LBL", "MADE_UP.LBL"]))
    assert "5 files; allowed: at most 4" in fault(base(tmp_path, terrain=["MADE_UP.LBL"] * 5))
    write_pds(tmp_path, numbers(201), line_offset=5000)
    assert "MADE_UP.LBL: site:" in fault(base(tmp_path, terrain=["MADE_UP.LBL"]))


def test_files_outside_lie_below_a_folder_that_is_given(tmp_path: Path) -> None:
    maps = tmp_path / "maps"
    (maps / "south").mkdir(parents=True)
    (maps / "south" / "ridge.csv").write_text(DIRECTIONS)
    file = base(tmp_path / "a", horizon="south/ridge.csv")
    assert "'south/ridge.csv' is not there" in fault(file)
    assert skyline(moonwright.load(file, data=[tmp_path / "none", maps])).directions
    # The scenario's own folder comes first.
    (tmp_path / "a" / "south").mkdir()
    (tmp_path / "a" / "south" / "ridge.csv").write_text("nothing\n")
    assert "ridge.csv:1: the columns are nothing" in fault(file, maps)


@pytest.mark.parametrize(
    "name",
    ["../secret.csv", "{}/secret.csv", "link.csv", "loop.csv", "folder.csv/secret.csv", "a/../../secret.csv"],
)
def test_no_name_leads_out_of_the_folders(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text(DIRECTIONS)
    file = base(tmp_path / "a", horizon=name.format(tmp_path))
    (tmp_path / "a" / "link.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "a" / "folder.csv").symlink_to(tmp_path)
    (tmp_path / "a" / "loop.csv").symlink_to(tmp_path / "a" / "loop.csv")
    told = fault(file)
    assert ": nodes.base.skyline.horizon: " in told
    assert "leads out of" in told or "is not there" in told
    if "link" in name or "folder" in name:  # with its goal's folder given, a link may be followed
        assert skyline(moonwright.load(file, data=[tmp_path])).directions


@given(
    st.lists(
        st.sampled_from(["..", ".", "", "a", "b.csv", "out", "in", "~", "\\", "\0", "C:", "x" * 300]),
        max_size=6,
    )
)
def test_whatever_the_name_what_is_found_lies_below_a_folder(tmp_path_factory: Any, steps: list[str]) -> None:
    """Folders with a file, a link out of them and a link within them; names of all kinds of steps."""
    root = tmp_path_factory.getbasetemp() / "names"
    if not root.exists():
        (root / "here" / "a").mkdir(parents=True)
        for folder in (root, root / "here", root / "here" / "a"):
            (folder / "b.csv").write_text(DIRECTIONS)
        (root / "here" / "out").symlink_to(root)
        (root / "here" / "in").symlink_to(root / "here" / "a")
    name = "/".join(steps)
    if name in ("b.csv", "a/b.csv", "in/b.csv"):
        assert found(name, [root / "here"]).read_text() == DIRECTIONS
    with suppress(SiteError):
        assert found(name, [root / "here"]).resolve().is_relative_to((root / "here").resolve())


def test_an_image_that_is_a_link_does_not_leave_its_labels_folder(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(201))
    file = base(tmp_path / "a", terrain=["MADE_UP.LBL"])
    shutil.copy(label, tmp_path / "a")
    (tmp_path / "a" / "MADE_UP.IMG").symlink_to(tmp_path / "MADE_UP.IMG")
    assert "is a link to another folder" in fault(file)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("ridge.csv", b"azimuth_deg,elevation_deg\n0,up\n", "ridge.csv:2: elevation_deg: 'up'; allowed: from -90 to 90"),
        ("ridge.csv", b"\xff\xfe", "ridge.csv: is not text"),
        ("ridge.csv", b"", "ridge.csv: the columns are none"),
        ("ridge.csv", b"1," * 9000, "ridge.csv:1: a line of 18,000 characters"),
        ("rigde.csv", b"", "'ridge.csv' is not there; allowed: a file below"),
        ("ridge.csv/", b"", "'ridge.csv' is no file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_where_it_is_named(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    file = base(tmp_path, horizon="ridge.csv")
    if name.endswith("/"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(content)
    found = fault(file)
    assert f": nodes.base.skyline.horizon: {told}" in found
    assert ("did you mean 'rigde.csv'?" in found) == (name == "rigde.csv")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = base(tmp_path, horizon="ridge.csv")
    (tmp_path / "ridge.csv").write_text(DIRECTIONS)

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("moonwright.site.stored.read_horizon", refuse)
    told = "nodes.base.skyline.horizon: ridge.csv: Permission denied; allowed: a file that may be read"
    assert told in fault(file)


def test_a_horizon_is_bounded(tmp_path: Path) -> None:
    file = base(tmp_path, horizon="ridge.csv")
    rows = "".join(f"{azimuth:.4f},0\n" for azimuth in np.linspace(0.0, 359.0, 3601))
    (tmp_path / "ridge.csv").write_text(f"azimuth_deg,elevation_deg\n{rows}")
    assert "ridge.csv: 3,601 directions; allowed: at most 3,600" in fault(file)
    (tmp_path / "ridge.csv").write_text("azimuth_deg,elevation_deg\n" + "a,b\n" * 5000)
    assert len(faults(file)) == 21
    (tmp_path / "ridge.csv").write_bytes(bytes(20_000_001))
    assert "ridge.csv: has 20,000,001 bytes" in fault(file)


def test_ground_is_said_once(tmp_path: Path) -> None:
    told = fault(base(tmp_path, profile=["1 deg"], horizon="ridge.csv"))
    assert "nodes.base.skyline: both profile and horizon; allowed: one of" in told


def test_directions_in_a_scenario_are_looked_at_as_those_in_a_file(tmp_path: Path) -> None:
    told = fault(base(tmp_path, directions="azimuth_deg,elevation_deg\n0,95\n"))
    assert "nodes.base.skyline.directions: 2: elevation_deg: '95'; allowed: from -90 to 90" in told


def test_whoever_reads_no_files_says_so(tmp_path: Path) -> None:
    file = base(tmp_path, horizon="ridge.csv")
    with pytest.raises(ScenarioError, match="names a file, and none are read here"):
        bare(file)
    (tmp_path / "ridge.csv").write_text(DIRECTIONS)
    named = Scenario.model_validate(yaml.safe_load(file.read_text()))
    with pytest.raises(SiteError, match=r"ridge\.csv: .* was not read; load the scenario from its file"):
        observe(named)
