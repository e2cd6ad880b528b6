"""A fan chart as one SVG: a band between percentiles over time, its middle, another course, and levels across."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

WIDTH, HEIGHT = 860, 420
LEFT, RIGHT, TOP, BOTTOM = 62, 150, 46, 40

STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#59636e}.title{font-size:16px;font-weight:600;fill:#1b2127}"
    ".grid{stroke:#dfe2df}.band{fill:#1f5f8b;opacity:.18}.middle{stroke:#1f5f8b;stroke-width:2;fill:none}"
    ".other{stroke:#b35900;stroke-width:1.5;fill:none}.level{stroke:#b3261e;stroke-dasharray:5 4}.named{fill:#b3261e}"
)


class Fan(NamedTuple):
    """What is drawn: days, values at three percentiles, and one more course; names go beside the lines."""

    title: str
    unit: str
    days: Sequence[date]
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]
    other: Sequence[tuple[date, float]] = ()
    other_name: str = ""
    levels: Sequence[tuple[float, str]] = ()
    band_name: str = "5 to 95 %"
    middle_name: str = "median"


def fan_svg(fan: Fan) -> str:
    """The chart; it needs no script, no font and no network."""
    shown = [*fan.low, *fan.high, *(value for _, value in fan.other), *(level for level, _ in fan.levels)]
    step = _step(max(shown) - min(shown))
    bottom, top = math.floor(min(shown) / step) * step, math.ceil(max(shown) / step) * step
    first, last = fan.days[0].toordinal(), fan.days[-1].toordinal()

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day.toordinal() - first) / max(last - first, 1)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / max(top - bottom, step)

    def path(points: Sequence[tuple[date, float]]) -> str:
        return "M" + "L".join(f"{x(day):.1f},{y(value):.1f}" for day, value in points)

    ticks = [bottom + n * step for n in range(round((top - bottom) / step) + 1)]
    edge = [*zip(fan.days, fan.high, strict=True), *reversed(list(zip(fan.days, fan.low, strict=True)))]
    middle = list(zip(fan.days, fan.middle, strict=True))
    parts = [*_grid(fan, x, y, ticks), f'<path class="band" d="{path(edge)}Z"/>']
    parts.append(f'<path class="middle" d="{path(middle)}"/>')
    if fan.other:
        parts.append(f'<path class="other" d="{path(fan.other)}"/>')
    for value, name in fan.levels:
        parts.append(f'<path class="level" d="M{LEFT},{y(value):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(text(WIDTH - RIGHT - 6, y(value) - 5, name, "named", anchor="end"))
    parts += _legend(fan)
    return svg(f"{fan.title}, {fan.unit}", HEIGHT, parts)


def svg(told: str, height: int, parts: Sequence[str]) -> str:
    """A drawing on paper of the chart's width, named for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{html.escape(told)}"><style>{STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fcfcfa"/>{"".join(parts)}</svg>\n'
    )


def _grid(
    fan: Fan, x: Callable[[date], float], y: Callable[[float], float], ticks: Sequence[float]
) -> list[str]:
    parts = [text(LEFT - 46, 26, f"{fan.title} ({fan.unit})", "title")]
    for value in ticks:
        parts.append(f'<path class="grid" d="M{LEFT},{y(value):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(text(LEFT - 8, y(value) + 4, f"{value:g}", anchor="end"))
    years = fan.days[-1].year - fan.days[0].year
    every = max(1, math.ceil(years / 10))
    marks = [date(year, 1, 1) for year in range(fan.days[0].year + 1, fan.days[-1].year + 1, every)]
    if len(marks) < 2:
        marks = [fan.days[0], fan.days[-1]]
    for day in marks:
        told = str(day.year) if len(marks) > 2 or years > 1 else day.isoformat()
        parts.append(text(x(day), HEIGHT - 14, told, anchor="middle"))
    return parts


def _legend(fan: Fan) -> list[str]:
    names = [("band", fan.band_name), ("middle", fan.middle_name)] + (
        [("other", fan.other_name)] if fan.other else []
    )
    parts = []
    for n, (kind, name) in enumerate(names):
        at = TOP + 8 + 22 * n
        mark = f'<path class="{kind}" d="M{WIDTH - RIGHT + 8},{at}h22'
        parts.append(f'{mark}v8h-22Z"/>' if kind == "band" else f'{mark}"/>')
        parts.append(text(WIDTH - RIGHT + 38, at + 6, name))
    return parts


def text(x: float, y: float, told: str, kind: str = "", anchor: str = "start") -> str:
    """A text element of the chart, escaped; `kind` is its class in the style."""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{html.escape(told)}</text>'


def _step(span: float) -> float:
    """A round distance between grid lines: four to eight of them over the span."""
    rough = max(span, 1e-9) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * unit for unit in (1, 2, 5, 10) if size * unit >= rough)
