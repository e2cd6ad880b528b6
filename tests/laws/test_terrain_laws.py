"""Whatever stands in a terrain or horizon file: it is read, or refused with what is wrong with it; nothing else happens."""

import math
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moonwright.errors import SiteError
from moonwright.site.geotiff import read_geotiff
from moonwright.site.pds import read_pds
from moonwright.site.stored import read_horizon
from moonwright.site.terrain import Place
from unit.site.rasters import LABEL, POLE_WARDS, numbers, write_pds, write_tiff

LINES = LABEL.splitlines()
VALUES = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e400",
        "nan",
        "7 <km>",
        "'N/A'",
        '"',
        '"A.IMG"',
        '("MADE_UP.IMG", 3)',
        "9" * 30,
        "MSB_INTEGER",
        "90",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), VALUES), max_size=4))
def test_a_label_with_other_values_is_read_or_refused(changes: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as made:
        label = write_pds(Path(made), numbers(61))
        lines = label.read_text().splitlines()
        for at, value in changes:
            lines[at] = lines[at].split("=")[0] + "= " + value
        label.write_text("\n".join(lines))
        read_or_refused(label)


@given(st.binary(max_size=300), st.integers(0, 1200))
def test_a_label_with_other_bytes_is_read_or_refused(junk: bytes, at: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        label = write_pds(Path(made), numbers(61))
        whole = label.read_bytes()
        label.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        read_or_refused(label)


def read_or_refused(label: Path) -> None:
    with suppress(SiteError):
        terrain = read_pds(label, POLE_WARDS, 500.0)
        assert np.isfinite(terrain.heights_m).all()
        assert terrain.reach_m(POLE_WARDS) >= 500.0


@given(st.binary(max_size=40), st.integers(0, 3000))
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_geotiff_with_other_bytes_is_read_or_refused(junk: bytes, at: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        file = write_tiff(Path(made) / "a.tif", numbers(31).astype(np.float32))
        whole = file.read_bytes()
        file.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        with suppress(SiteError):
            assert np.isfinite(read_geotiff(file, Place(math.radians(-90), 0.0), 500.0).heights_m).all()


@given(st.binary(max_size=200), st.integers(0, 80))
def test_a_horizon_file_with_other_bytes_is_read_or_refused(junk: bytes, at: int) -> None:
    whole = b"# made up\nazimuth_deg,elevation_deg\n0,1\n90,2.5\n180,-3\n270,4\n"
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "a.csv"
        file.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        with suppress(SiteError):
            assert np.isfinite(read_horizon(file).elevation_rad).all()
