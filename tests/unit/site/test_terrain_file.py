"""One function for every kind of terrain file."""

from pathlib import Path

import numpy as np
import pytest

from moonwright.errors import SiteError
from moonwright.site.terrain_file import read_terrain
from unit.site.rasters import POLE_WARDS, numbers, write_pds, write_tiff


def test_the_end_of_the_name_decides(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101))
    by_label = read_terrain(label, POLE_WARDS, 1_000.0)
    by_image = read_terrain(label.with_suffix(".IMG"), POLE_WARDS, 1_000.0)
    assert by_image.height_m(POLE_WARDS) == by_label.height_m(POLE_WARDS)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # rasterio's, while the file is written
def test_a_geotiff_by_its_name(tmp_path: Path) -> None:
    file = write_tiff(tmp_path / "a.TIFF", numbers(101).astype(np.float32))
    assert read_terrain(file, POLE_WARDS, 1_000.0).source == "a.TIFF"


@pytest.mark.parametrize(
    ("name", "told"), [("a.jpg", "ends in .jpg"), ("a", "nothing"), ("a.lbl", "not there")]
)
def test_other_files(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(SiteError, match=told):
        read_terrain(tmp_path / name, POLE_WARDS, 1_000.0)
    (tmp_path / "a.img").write_bytes(bytes(100))
    with pytest.raises(SiteError, match="no PDS3 label"):
        read_terrain(tmp_path / "a.img", POLE_WARDS, 1_000.0)
