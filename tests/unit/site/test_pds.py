"""PDS images and labels: what is read, and what is said of those that cannot be."""

import math
from pathlib import Path

import numpy as np
import pytest

from moonwright.errors import SiteError
from moonwright.site import terrain
from moonwright.site.pds import read_pds
from moonwright.site.terrain import Place
from unit.site.rasters import POLE_WARDS, numbers, write_pds


def faults(label: Path, place: Place = POLE_WARDS, reach_m: float = 2_000.0) -> list[str]:
    with pytest.raises(SiteError) as raised:
        read_pds(label, place, reach_m)
    return [str(fault) for fault in raised.value.faults]


def test_the_window_holds_the_heights_of_its_place(tmp_path: Path) -> None:
    whole = numbers(201)
    found = read_pds(write_pds(tmp_path, whole), POLE_WARDS, 2_000.0)
    # The pole is at pixel (100, 100) of 100 m; the place 0.1 degrees from it, 20 degrees to the right of straight up.
    away = 2 * 1_737_400.0 * math.tan(math.radians(0.05)) / 100.0
    line, sample = 100 - away * math.cos(math.radians(20)), 100 + away * math.sin(math.radians(20))
    assert found.height_m(POLE_WARDS) == pytest.approx(0.5 * (7 * line - 5 * sample), abs=1e-3)
    assert found.heights_m.shape[0] < 60
    assert found.reach_m(POLE_WARDS) >= 2_000.0


@pytest.mark.parametrize(("latitude_deg", "longitude_deg"), [(-90, 0), (-90, 77), (-89.95, 0), (-89.9, 200)])
def test_the_window_reaches_as_far_as_asked_on_every_side(
    tmp_path: Path, latitude_deg: float, longitude_deg: float
) -> None:
    place = Place(math.radians(latitude_deg), math.radians(longitude_deg))
    found = read_pds(write_pds(tmp_path, numbers(201)), place, 5_000.0)
    assert 5_000.0 <= found.reach_m(place) < 5_500.0


@pytest.mark.parametrize(
    ("kind", "bits", "unit", "factor", "offset", "dtype"),
    [
        ("LSB_INTEGER", 16, "METER", 1.0, 0, "<i2"),
        ("MSB_INTEGER", 16, "METER", 1.0, 1737400, ">i2"),
        ("MSB_INTEGER", 32, "METER", 1.0, 0, ">i4"),
        ("PC_REAL", 32, "KILOMETER", 0.001, 1737.4, "<f4"),
        ("IEEE_REAL", 64, "KM", 0.001, 0, ">f8"),
    ],
)
def test_every_way_to_write_numbers(
    tmp_path: Path, kind: str, bits: int, unit: str, factor: float, offset: float, dtype: str
) -> None:
    said = {"kind": kind, "bits": bits, "unit": unit, "factor": factor, "offset": offset}
    label = write_pds(tmp_path, numbers(101).astype(dtype), **said)
    pole = Place(math.radians(-90), 0.0)
    assert read_pds(label, pole, 1_000.0).height_m(pole) == pytest.approx(7 * 50 - 5 * 50, abs=1e-3)


def test_names_in_small_letters_are_found(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101))
    (tmp_path / "MADE_UP.IMG").rename(tmp_path / "made_up.img")
    assert read_pds(label, POLE_WARDS, 1_000.0).source == "MADE_UP.LBL"


def test_a_label_on_top_of_its_image(tmp_path: Path) -> None:
    values = numbers(101)
    label = write_pds(tmp_path, values, record=202)
    text = label.read_text().replace('"MADE_UP.IMG"', "31")
    whole = tmp_path / "whole.img"
    whole.write_bytes(text.encode().ljust(30 * 202) + values.tobytes())
    pole = Place(math.radians(-90), 0.0)
    assert read_pds(whole, pole, 1_000.0).height_m(pole) == pytest.approx(0.5 * 100)


def test_all_faults_of_a_label_are_told_at_once(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101), kind="CHARACTER", unit="KELVIN", projection="SINUSOIDAL")
    told = faults(label)
    assert len(told) == 3
    assert "MADE_UP.LBL:15: IMAGE.SAMPLE_TYPE: 'CHARACTER'; allowed: LSB_INTEGER" in told[0]
    assert "MADE_UP.LBL:17: IMAGE.UNIT: 'KELVIN'; allowed: METER or KILOMETER" in told[1]
    assert "IMAGE_MAP_PROJECTION.MAP_PROJECTION_TYPE: 'SINUSOIDAL'" in told[2]


def test_no_label_at_all(tmp_path: Path) -> None:
    picture = tmp_path / "picture.lbl"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9000)
    assert "this is no PDS3 label" in faults(picture)[0]


@pytest.mark.parametrize("name", ["../MADE_UP.IMG", "/etc/passwd", "..", "sub\\\\MADE_UP.IMG", "x" * 300])
def test_an_image_elsewhere_is_not_opened(tmp_path: Path, name: str) -> None:
    label = write_pds(tmp_path, numbers(101), image=name)
    assert "a file in the folder of its label" in faults(label)[0]


def test_a_compressed_image(tmp_path: Path) -> None:
    assert "compressed" in faults(write_pds(tmp_path, numbers(101), image="MADE_UP.JP2"))[0]


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101))
    (tmp_path / "MADE_UP.IMG").write_bytes(numbers(101).tobytes()[:-100])
    assert "has 20,302 bytes, its label describes 20,402" in faults(label)[0]


def test_the_label_of_a_smaller_image(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101))
    (tmp_path / "MADE_UP.IMG").write_bytes(numbers(101).tobytes() * 2)
    assert "the label is of another file" in faults(label)[0]


def test_no_image(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101))
    (tmp_path / "MADE_UP.IMG").unlink()
    assert "MADE_UP.IMG is not there" in faults(label)[0]


def test_a_site_elsewhere_is_told_where_the_map_is(tmp_path: Path) -> None:
    told = faults(write_pds(tmp_path, numbers(101)), Place(math.radians(89.9), 0.0))[0]
    assert "site: 89.9000 N 0.0000 E lies outside the map" in told
    assert "the map's middle is 90.0000 S" in told


def test_a_map_that_ends_too_early_says_how_far_it_reaches(tmp_path: Path) -> None:
    told = faults(write_pds(tmp_path, numbers(101)), Place(math.radians(-90), 0.0), 6_000.0)[0]
    assert "the map ends 5.0 km from 90.0000 S 0.0000 E, before 6.0 km" in told


def test_gaps_and_wild_heights(tmp_path: Path) -> None:
    values = numbers(101).astype("<f4")
    values[50, 50], values[51, 51] = np.nan, 1e6
    said = {"kind": "PC_REAL", "bits": 32, "factor": 1.0, "offset": 0}
    told = faults(write_pds(tmp_path, values, **said), Place(math.radians(-90), 0.0))
    assert "1 of " in told[0]
    assert "hold no height" in told[0]
    assert "1 heights are like 1,000,000 m; allowed: at most 35 km" in told[1]


@pytest.mark.parametrize(
    ("kind", "bits", "dtype", "missing"),
    [("LSB_INTEGER", 16, "<i2", "-32768"), ("PC_REAL", 32, "<f4", "-3.4028226550889E+38")],
)
def test_what_stands_for_no_height(tmp_path: Path, kind: str, bits: int, dtype: str, missing: str) -> None:
    values = numbers(101).astype(dtype)
    values[50, 50] = float(missing)
    label = write_pds(tmp_path, values, kind=kind, bits=bits)
    label.write_text(label.read_text().replace("    UNIT ", f"    MISSING_CONSTANT = {missing}\n    UNIT "))
    assert "1 of " in faults(label, Place(math.radians(-90), 0.0))[0]


def test_a_raster_too_large_for_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The label claims ten million lines, the file has none of the bytes: nothing of that size may be asked for.
    label = write_pds(
        tmp_path, numbers(101), lines=10_000_000, samples=10_000_000, line_offset=5e6, sample_offset=5e6
    )
    with (tmp_path / "MADE_UP.IMG").open("wb") as image:
        image.truncate(200)
    assert "it is cut off" in faults(label)[0]
    monkeypatch.setattr(terrain, "LARGEST_PIXELS", 1000)
    assert "million pixels" in faults(write_pds(tmp_path, numbers(101)))[0]


def test_numbers_that_are_none(tmp_path: Path) -> None:
    label = write_pds(tmp_path, numbers(101), lines="many", samples=-3, line_offset="'N/A'")
    told = faults(label)
    assert [fault.split(": ")[1] for fault in told] == [
        "IMAGE.LINES",
        "IMAGE.LINE_SAMPLES",
        "IMAGE_MAP_PROJECTION.LINE_PROJECTION_OFFSET",
    ]
