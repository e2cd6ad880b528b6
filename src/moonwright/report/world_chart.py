"""Charts of the world before a plan, each one SVG: months of a place's sky, windows of routes, drag and delta-v by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.report.fan import WIDTH, Fan, fan_svg, svg, text
from moonwright.report.world import SHARES, Window
from moonwright.report.world_flights import costs
from moonwright.world.forecast import Forecast
from moonwright.world.transfer import ByDay

Floats = NDArray[np.float64]
Colour = tuple[int, int, int]

LEFT, TOP, LINE = 62, 66, 24
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SUN: tuple[Colour, Colour] = ((0x1B, 0x2A, 0x3D), (0xFF, 0xE9, 0xA8))
EARTH: tuple[Colour, Colour] = ((0x26, 0x30, 0x3A), (0xA9, 0xD4, 0xF2))
_DARK_BELOW = 0.18  # relative luminance below which white is read better than black (WCAG 2.2)
LUNAR_MONTH_D = 27  # in which the Moon comes round, and with it what a launch costs
YEAR_D = 365.25


class Shares(NamedTuple):
    """A share (0 to 1) of each month of the horizon, with the colours for none and all."""

    title: str
    months: Sequence[date]
    values: Sequence[float]
    colours: tuple[Colour, Colour] = SUN


def months_svg(shares: Shares) -> str:
    """A cell for each month, years downward: the darker, the less; the number is in percent."""
    width = (WIDTH - LEFT - 20) / 12
    first = shares.months[0].year
    parts = [text(16, 26, f"{shares.title} (% of the time)", "title")]
    parts += [text(LEFT + width * (n + 0.5), TOP - 8, name, anchor="middle") for n, name in enumerate(MONTHS)]
    for year in range(first, shares.months[-1].year + 1):
        parts.append(text(LEFT - 8, TOP + LINE * (year - first) + 16, str(year), anchor="end"))
    for month, value in zip(shares.months, shares.values, strict=True):
        x, y = LEFT + width * (month.month - 1), TOP + LINE * (month.year - first)
        fill, ink = _cell(shares.colours, value)
        parts.append(
            f'<rect class="cell" x="{x:.1f}" y="{y}" width="{width - 1:.1f}" height="{LINE - 1}" fill="{fill}"/>'
        )
        # the style of the class would win over an attribute
        parts.append(
            f'<text x="{x + width / 2:.1f}" y="{y + 16}" text-anchor="middle" style="fill:{ink}">{100 * value:.0f}</text>'
        )
    return svg(shares.title, TOP + LINE * (shares.months[-1].year - first + 1) + 16, parts)


def windows_svg(windows: Sequence[Window], start: date, horizon_d: int) -> str:
    """A line for each route, with a bar where it is open."""
    routes = list(dict.fromkeys(window.route for window in windows))
    left, width = 210, WIDTH - 230
    bottom = TOP + LINE * len(routes)
    parts = [text(16, 26, "Days on which routes are open", "title")]
    for n, route in enumerate(routes):
        parts.append(text(left - 8, TOP + LINE * n + 16, _short(route), anchor="end"))
        parts.append(f'<path class="grid" d="M{left},{TOP + LINE * n + 12}h{width}"/>')
    for window in windows:
        x = left + width * window.opens / horizon_d
        wide = max(
            width * (window.closes - window.opens) / horizon_d, 1.0
        )  # a day of fifteen years is still seen
        y = TOP + LINE * routes.index(window.route) + 4
        parts.append(
            f'<rect class="open" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="16" fill="#1f5f8b"/>'
        )
    parts.append(text(left, bottom + 18, str(start)))
    parts.append(text(left + width, bottom + 18, str(start + timedelta(days=horizon_d)), anchor="end"))
    return svg("Days on which routes are open", bottom + 32, parts)


def drag_svg(forecast: Forecast, start: date, edges_d: Sequence[float]) -> str:
    """What the draws ask for, and what a plan counts with, each month at the rate of a year."""
    assert forecast.drawn_m_s is not None
    lengths = np.diff(edges_d)
    low, middle, high = np.quantile(forecast.drawn_m_s, SHARES, axis=0) / lengths * YEAR_D
    days = [start + timedelta(days=day) for day in edges_d[:-1]]
    used = list(zip(days, (forecast.used_m_s / lengths * YEAR_D).tolist(), strict=True))
    title = f"Impulse that holds {forecast.node}"
    return fan_svg(Fan(title, "m/s a year", days, low.tolist(), middle.tolist(), high.tolist(), used, "plan"))


def delta_v_svg(one: ByDay, start: date, edges_d: Sequence[float]) -> str | None:
    """The least, median and most of each month of departure; None where no month has a flight."""
    found = zip(edges_d, costs(one, edges_d), strict=False)  # the last edge begins no month
    told = [(start + timedelta(days=day), cost) for day, cost in found if cost.least_m_s is not None]
    if not told:
        return None
    days = [day for day, _ in told]
    low, middle, high = (list(column) for column in list(zip(*(cost for _, cost in told), strict=True))[:3])
    title = f"Delta-v {one.way.name}, by month of departure"
    return fan_svg(Fan(title, "m/s", days, low, middle, high, band_name="least to most"))


def first_year_svg(one: ByDay, start: date) -> str | None:
    """Each departure of the first year, and the least and most within a turn of the Moon around it."""
    total = one.total_m_s
    days = [day for day in range(min(366, len(total))) if np.isfinite(total[day])]
    if not days:
        return None
    reach = LUNAR_MONTH_D // 2
    around = [total[max(0, day - reach) : day + reach + 1] for day in days]
    return fan_svg(
        Fan(
            f"Delta-v {one.way.name}, by day",
            "m/s",
            [start + timedelta(days=day) for day in days],
            [float(np.nanmin(part)) for part in around],
            [float(total[day]) for day in days],
            [float(np.nanmax(part)) for part in around],
            band_name=f"within {LUNAR_MONTH_D} d",
            middle_name="that day",
        )
    )


def _cell(colours: tuple[Colour, Colour], share: float) -> tuple[str, str]:
    """The colour that lies so far between those for none and all, and one in which a number on it is read."""
    mixed = [round(none + share * (full - none)) for none, full in zip(*colours, strict=True)]
    # of sRGB, its curve taken as a power of 2.2
    luminance = sum(
        weight * (part / 255) ** 2.2 for weight, part in zip((0.2126, 0.7152, 0.0722), mixed, strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed), "#ffffff" if luminance < _DARK_BELOW else "#1b2127"


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
