"""Charts of the world: cells and bars stand where their months and days are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest

from moonwright.report.fan import BOTTOM, HEIGHT, TOP
from moonwright.report.world import Window
from moonwright.report.world_chart import EARTH, Shares, delta_v_svg, first_year_svg, months_svg, windows_svg
from moonwright.world.passage import End
from moonwright.world.transfer import ByDay, Way

SVG = "{http://www.w3.org/2000/svg}"
WAY = Way("leo", "llo", "out", End(4e5, 4e5, 51.6, True), End(1e5, 1e5, 90.0, True), lands=False)


def shapes(svg: str, kind: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg).iter() if one.get("class") == kind]


def told(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def number(shape: ET.Element, name: str) -> float:
    return float(shape.get(name) or "nan")


def flights(total: list[float]) -> ByDay:
    zeros = np.zeros(len(total))
    return ByDay(WAY, zeros + 4.0, np.array(total), zeros, 0.0)


def test_months_stand_under_each_other_in_years_and_none_and_all_have_the_colours_given() -> None:
    months = [date(2030, 12, 1), date(2031, 1, 1), date(2031, 12, 1)]
    svg = months_svg(Shares("Earth", months, [0.0, 1.0, 0.5], EARTH))
    december, january, next_december = shapes(svg, "cell")
    assert number(december, "x") == number(next_december, "x") > number(january, "x")
    assert number(december, "y") < number(january, "y") == number(next_december, "y")
    none, every = ("#" + "".join(f"{part:02x}" for part in colour) for colour in EARTH)
    assert (december.get("fill"), january.get("fill")) == (none, every)
    assert {"0", "100", "50", "2030", "2031"} <= set(told(svg))


def test_a_bar_is_as_long_as_its_window() -> None:
    windows = [Window("a", 0, 25), Window("a", 50, 100), Window("b & c", 0, 100)]
    svg = windows_svg(windows, date(2030, 1, 1), 100)
    first, second, other = shapes(svg, "open")
    assert number(second, "width") == pytest.approx(2 * number(first, "width"), abs=0.2)
    assert number(second, "x") == pytest.approx(number(first, "x") + number(second, "width"), abs=0.2)
    assert number(other, "y") > number(first, "y")
    assert {"b & c", "2030-01-01", "2030-04-11"} <= set(told(svg))  # 31 + 28 + 31 + 10 days on


def test_the_band_of_delta_v_runs_from_the_least_to_the_most_of_a_month() -> None:
    """Axis 3000 to 4000: the month with 3000, 3500 and 4000 fills the height, the one with 3500 alone none of it."""
    svg = delta_v_svg(
        flights([3000.0, 3500.0, 4000.0, np.nan, 3500.0, np.nan]), date(2030, 1, 1), [0.0, 3.0, 6.0]
    )
    assert svg is not None
    band = shapes(svg, "band")[0]  # the other is in the legend
    heights = [float(y) for y in re.findall(r",([\d.]+)", band.get("d") or "")]
    middle = (TOP + HEIGHT - BOTTOM) / 2
    assert heights == pytest.approx([TOP, middle, middle, HEIGHT - BOTTOM])


def test_where_nothing_can_be_flown_nothing_is_drawn() -> None:
    nowhere = flights([np.nan] * 40)
    assert delta_v_svg(nowhere, date(2030, 1, 1), [0.0, 31.0, 40.0]) is None
    assert first_year_svg(nowhere, date(2030, 1, 1)) is None
