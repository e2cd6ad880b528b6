"""The world before a plan as one HTML page that needs no network and no script."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from moonwright.report import wording
from moonwright.report.template import asset, environment
from moonwright.report.world import open_windows, sections
from moonwright.report.world_chart import (
    EARTH,
    Shares,
    delta_v_svg,
    drag_svg,
    first_year_svg,
    months_svg,
    windows_svg,
)
from moonwright.report.world_section import Section
from moonwright.world.forecast import month_edges_d
from moonwright.world.outlook import Outlook
from moonwright.world.transfer import ByDay

# Pictures stand in the page as data, where no style and no script of theirs can reach it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Picture(NamedTuple):
    """A chart as the address of an image, and what it shows, for those who cannot see it."""

    address: str
    told: str


class Part(NamedTuple):
    """A section with its charts."""

    section: Section
    pictures: Sequence[Picture]


def world_html(seen: Outlook) -> str:
    """The whole page. The same inputs give the same text."""
    horizon = seen.world.scenario.horizon
    page = environment().get_template("world.html.j2")
    return page.render(
        scenario=seen.world.scenario,
        policy=POLICY,
        style=asset("report.css"),
        first=wording.day(horizon.start),
        last=wording.day(horizon.end),
        parts=[Part(section, list(_pictures(seen, section.key))) for section in sections(seen)],
    )


def _pictures(seen: Outlook, key: str) -> Iterator[Picture]:
    start = seen.world.scenario.horizon.start
    edges = month_edges_d(seen.world)
    if key == "keeping":
        for forecast in seen.keeping:
            if forecast.drawn_m_s is not None:
                yield _picture(
                    drag_svg(forecast, start, edges), f"Station keeping of {forecast.node} by month"
                )
    elif key == "sky":
        yield from _skies(seen, [seen.world.date_of(day) for day in edges[:-1]])
    elif key == "windows" and (spans := open_windows(seen)):
        yield _picture(windows_svg(spans, start, seen.world.horizon_d), "Days on which routes are open")
    elif key == "delta-v":
        courses: dict[object, ByDay] = {}
        for one in seen.flights:
            courses.setdefault(one.way.orbits, one)  # others differ in the landing alone
        for one in courses.values():
            for chart, told in (
                (delta_v_svg(one, start, edges), "month of departure"),
                (first_year_svg(one, start), "day of the first year"),
            ):
                if chart is not None:
                    yield _picture(chart, f"Delta-v {one.way.name} by {told}")


def _skies(seen: Outlook, months: Sequence[date]) -> Iterator[Picture]:
    for one in seen.skies:
        title = f"Sun in sight at {one.node}"
        yield _picture(months_svg(Shares(title, months, one.months.lit.tolist())), f"{title} by month")
        if one.months.earth is not None:
            title = f"Earth in sight at {one.node}"
            chart = months_svg(Shares(title, months, one.months.earth.tolist(), EARTH))
            yield _picture(chart, f"{title} by month")


def _picture(svg: str, told: str) -> Picture:
    return Picture(f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}", told)
