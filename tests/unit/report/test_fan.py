"""A fan chart is an SVG whose lines are where the numbers are."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from moonwright.report.fan import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Fan, fan_svg

DAYS = [date(2030, 1, 1), date(2031, 1, 1), date(2032, 1, 1)]
SVG = "{http://www.w3.org/2000/svg}"


def points(svg: str, kind: str) -> list[tuple[float, float]]:
    path = next(one for one in ET.fromstring(svg).iter(f"{SVG}path") if one.get("class") == kind)
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", path.get("d") or "")]


def test_the_middle_runs_from_corner_to_corner() -> None:
    # 0 to 400 is a round axis already, so the ends of the line are the corners of the plot
    svg = fan_svg(Fan("x", "km", DAYS, [0, 100, 300], [0, 200, 400], [0, 300, 400]))
    line = points(svg, "middle")
    assert line[0] == (LEFT, HEIGHT - BOTTOM)
    assert line[-1] == (WIDTH - RIGHT, TOP)
    assert line[1] == pytest.approx(((LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2), abs=0.5)


def test_the_band_goes_there_above_and_back_below() -> None:
    svg = fan_svg(Fan("x", "km", DAYS, [0, 100, 300], [0, 200, 400], [0, 300, 400]))
    edge = points(svg, "band")
    assert len(edge) == 6
    assert [x for x, _ in edge] == sorted(x for x, _ in edge[:3]) + sorted(
        (x for x, _ in edge[3:]), reverse=True
    )
    assert edge[1][1] < edge[4][1]  # y grows downwards


def test_names_are_text_and_not_markup() -> None:
    svg = fan_svg(Fan("a < b & c", "km", DAYS, [1, 1, 1], [1, 1, 1], [1, 1, 1], levels=[(1.0, "<low>")]))
    told = [one.text for one in ET.fromstring(svg).iter(f"{SVG}text")]
    assert "a < b & c (km)" in told
    assert "<low>" in told


def test_a_flat_line_over_a_single_day_is_drawn_all_the_same() -> None:
    svg = fan_svg(Fan("x", "km", DAYS[:1], [5], [5], [5]))
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points(svg, "middle"))
