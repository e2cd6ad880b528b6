"""Horizon files: there and back, and every line with a fault named."""

from pathlib import Path

import numpy as np
import pytest

from moonwright.errors import SiteError
from moonwright.site.horizon import Horizon
from moonwright.site.stored import read_horizon, write_horizon


def faults(file: Path, text: str) -> list[str]:
    file.write_text(text)
    with pytest.raises(SiteError) as raised:
        read_horizon(file)
    return [str(fault).removeprefix(f"{file}:") for fault in raised.value.faults]


def test_a_horizon_comes_back_from_its_file(tmp_path: Path) -> None:
    horizon = Horizon(np.radians([0.0, 90.5, 359.75]), np.radians([-1.25, 12.0, 3.0]), "hills,\nby hand")
    write_horizon(horizon, tmp_path / "a.csv")
    again = read_horizon(tmp_path / "a.csv")
    assert again.azimuth_rad == pytest.approx(horizon.azimuth_rad, abs=1e-8)
    assert again.elevation_rad == pytest.approx(horizon.elevation_rad, abs=1e-8)
    assert again.source == "a.csv; hills, by hand"


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("elevation_deg, note, azimuth_deg\n\n1, hill, 10\n2, , 20\n")
    assert np.degrees(read_horizon(file).at(np.radians([10.0, 15.0, 20.0]))) == pytest.approx([1, 1.5, 2])


def test_between_the_last_and_the_first_it_goes_on_around(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("azimuth_deg,elevation_deg\n10,1\n350,3\n")
    assert np.degrees(read_horizon(file).at(np.radians([0.0, 355.0, 5.0]))) == pytest.approx([2.0, 2.5, 1.5])


def test_every_line_with_a_fault_is_told(tmp_path: Path) -> None:
    told = faults(
        tmp_path / "a.csv",
        "# mine\nazimuth_deg,elevation_deg\n0,1\nnorth,2\n5,91\n4,2\n360,1\n7\n8,nan\n",
    )
    assert told == [
        "4: azimuth_deg: 'north'; allowed: from 0 to below 360",
        "5: elevation_deg: '91'; allowed: from -90 to 90",
        "7: azimuth_deg: '360'; allowed: from 0 to below 360",
        "8: elevation_deg: ''; allowed: from -90 to 90",
        "9: elevation_deg: 'nan'; allowed: from -90 to 90",
        "6: azimuth_deg: 4 does not follow 5; allowed: rising azimuths; sort the lines",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the columns are none"),
        ("0,1\n1,2\n", "the columns are 0, 1"),
        ("azimuth_deg,elevation_deg\n", "no line with a direction"),
    ],
)
def test_files_without_a_horizon(tmp_path: Path, text: str, told: str) -> None:
    assert told in faults(tmp_path / "a.csv", text)[0]


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="is not there"):
        read_horizon(tmp_path / "none.csv")
    (tmp_path / "a.csv").write_bytes(bytes(range(256)))
    with pytest.raises(SiteError, match="is not text"):
        read_horizon(tmp_path / "a.csv")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(SiteError, match="30,000,000 bytes"):
        read_horizon(tmp_path / "large.csv")
