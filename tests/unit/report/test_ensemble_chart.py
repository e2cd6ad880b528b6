"""Charts of an ensemble: bars and lines stand where their numbers are."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest

from moonwright.ensemble.course import Course
from moonwright.ensemble.damage import damages
from moonwright.ensemble.milestone import milestones
from moonwright.report.ensemble_chart import (
    Curve,
    curves_svg,
    damage_svg,
    milestones_svg,
    sobol_svg,
    stock_svg,
    tornado_svg,
)
from unit.report.ensembles import ensemble

SVG = "{http://www.w3.org/2000/svg}"
START = date(2031, 1, 1)


def shapes(svg: str, kind: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg).iter() if one.get("class") == kind]


def told(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def number(shape: ET.Element, name: str) -> float:
    return float(shape.get(name) or "nan")


def points(shape: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", shape.get("d") or "")]


def test_a_milestone_reaches_from_early_to_late_and_to_the_end_if_it_may_never_be_met() -> None:
    svg = milestones_svg(milestones(ensemble().sample), START, 365.0)
    first, second = shapes(svg, "reach")
    # days 90 to never (so the end, 365), and 290 to 310, on one scale
    assert number(first, "width") / number(second, "width") == pytest.approx(
        (365 - 90) / (310 - 290), rel=0.02
    )
    assert number(second, "y") > number(first, "y")
    assert first.get("opacity") is not None
    assert second.get("opacity") is None
    assert {"50 %", "75 %", "habitat stands", "water arrives"} <= set(told(svg))
    assert len(shapes(svg, "due")) == len(shapes(svg, "median")) == 2


def test_a_curve_runs_from_none_at_the_bottom_to_all_at_the_top() -> None:
    days = [date(2031, 1, 1), date(2031, 7, 2), date(2032, 1, 1)]
    svg = curves_svg("Met", [Curve("a < b", days, [0.0, 0.5, 1.0]), Curve("c", days, [0.25, 0.25, 0.25])])
    rising, flat = (points(shape) for shape in shapes(svg, "curve"))
    heights = [y for _, y in rising]
    assert heights == sorted(heights, reverse=True)
    assert heights[1] == pytest.approx((heights[0] + heights[2]) / 2, abs=0.2)
    assert flat[0][1] == pytest.approx(heights[0] + (heights[2] - heights[0]) / 4, abs=0.2)
    assert "a < b" in told(svg)


def test_damage_has_a_bar_for_each_cause_that_did_any_the_greatest_first() -> None:
    svg = damage_svg(damages(ensemble().sample))
    launch, weather = shapes(svg, "bar")
    assert number(launch, "width") == pytest.approx(3 * number(weather, "width"), rel=0.01)  # 7.5 d and 2.5 d
    assert "sun" not in told(svg)
    assert "7.5 d, 75 %" in told(svg)


def test_the_tornado_narrows_downwards_and_low_and_high_go_to_their_sides() -> None:
    svg = tornado_svg("Days late", ensemble().swings)
    assert [line for line in told(svg) if "." in line][:2] == ["launchers.zephyr.reliability", "+16.0"]
    wide, narrow = shapes(svg, "low")
    upper, lower = shapes(svg, "high")
    assert number(wide, "width") == pytest.approx(8 * number(narrow, "width"), rel=0.02)  # 16 and 2
    assert number(lower, "width") == pytest.approx(2 * number(upper, "width"), rel=0.02)  # 8 and 4
    assert number(wide, "x") == pytest.approx(number(upper, "x") + number(upper, "width"), abs=0.2)


def test_sobol_bars_are_shares_of_the_whole() -> None:
    svg = sobol_svg("Days late", ensemble().parts)
    first, total = shapes(svg, "first"), shapes(svg, "total")
    assert len(first) == len(total) == 2  # the Sun makes none of it
    assert number(total[0], "width") == pytest.approx(
        1.5 * number(first[0], "width"), rel=0.01
    )  # 0.75 and 0.5
    assert number(total[1], "width") == pytest.approx(2 * number(first[1], "width"), rel=0.01)  # 0.5 and 0.25


def test_a_stock_fans_out_between_its_trials() -> None:
    stock_kg = np.array([[0.0, 100.0], [0.0, 200.0], [0.0, 300.0]])
    course = Course("base", "water", np.array([0, 100]), stock_kg, np.array([0.0, 250.0]))
    svg = stock_svg("water at base", START, course)
    band, middle, plan = (shapes(svg, kind)[0] for kind in ("band", "middle", "other"))
    # two points there, two back: the highest trial first
    (_, high), (_, low) = points(band)[1:3]
    assert high < points(plan)[1][1] < points(middle)[1][1] < low
