"""Charts of an ensemble, each one SVG: when milestones are met, how sure they are by date, causes, and a tornado."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from moonwright.ensemble.course import Course
from moonwright.ensemble.damage import Damage
from moonwright.ensemble.ensemble import Part, Swing
from moonwright.ensemble.milestone import Milestone
from moonwright.report.fan import WIDTH, Fan, fan_svg, svg, text

TOP, LINE, LEFT, RIGHT = 52, 26, 250, 90
MOST_BARS = 20  # more rows than a picture explains are in the table
BLUE, ORANGE, GREEN, SOFT = "#1f5f8b", "#b35900", "#2f7d4f", "#59636e"
# Set apart by luminance as well as by hue, and darker than 3:1 on paper.
LINES = ("#1f5f8b", "#b35900", "#2f7d4f", "#8e3b8c", "#6b5b00", "#b3261e", "#3d4a9e", "#00707a")


class Curve(NamedTuple):
    """A probability by day, between 0 and 1."""

    name: str
    days: Sequence[date]
    values: Sequence[float]


def milestones_svg(found: Sequence[Milestone], start: date, horizon_d: float) -> str:
    """A row for each milestone: from 5 to 95 % of trials as a bar, the median, the due date, and how many are on time."""
    shown = found[:]
    last_d = max([horizon_d, *(m.due_d for m in shown)])

    def x(day_d: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(max(day_d, 0.0), last_d) / last_d

    bottom = TOP + LINE * len(shown)
    parts = [text(16, 26, "When milestones are met", "title"), text(WIDTH - 12, 26, "on time", anchor="end")]
    parts += _years(x, start, last_d, bottom)
    for n, m in enumerate(shown):
        y = TOP + LINE * n
        low, middle, high = (q.value for q in m.met_d)
        parts.append(text(LEFT - 10, y + 17, short(m.name), anchor="end"))
        parts.append(f'<path class="grid" d="M{LEFT},{y + 13}H{WIDTH - RIGHT}"/>')
        if math.isfinite(low):
            wide = max(x(high) - x(low), 2.0)
            fade = "" if math.isfinite(high) else ' opacity=".55"'
            parts.append(_bar(x(low), y + 7, wide, 12, BLUE, "reach", fade))
        if math.isfinite(middle):
            parts.append(_bar(x(middle) - 1.5, y + 4, 3, 18, "#12344d", "median"))
        due = x(m.due_d)
        parts.append(
            f'<path class="due" d="M{due:.1f},{y + 2}v22" stroke="{ORANGE}" stroke-width="2" stroke-dasharray="3 2"/>'
        )
        parts.append(text(WIDTH - 12, y + 17, f"{100 * m.on_time.value:.0f} %", anchor="end"))
    legend = "bar: 5 to 95 % of trials, mark: median, dashes: due; pale: not met in some of the 95 %"
    parts.append(text(LEFT, bottom + 42, legend))
    return svg("When milestones are met", bottom + 56, parts)


def curves_svg(title: str, curves: Sequence[Curve]) -> str:
    """Probabilities by date, a line each, named beside it."""
    right, height, bottom = 230, 380, 340
    first, last = curves[0].days[0].toordinal(), curves[0].days[-1].toordinal()

    def x(day_d: float) -> float:
        return 62 + (WIDTH - 62 - right) * day_d / max(last - first, 1)

    def y(value: float) -> float:
        return TOP + (bottom - TOP) * (1 - value)

    parts = [text(16, 26, f"{title} (% of trials)", "title")]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<path class="grid" d="M62,{y(tick):.1f}H{WIDTH - right}"/>')
        parts.append(text(54, y(tick) + 4, f"{100 * tick:.0f}", anchor="end"))
    parts += _years(x, curves[0].days[0], last - first, bottom)
    for n, curve in enumerate(curves):
        colour = LINES[n % len(LINES)]
        points = (
            f"{x(day.toordinal() - first):.1f},{y(value):.1f}"
            for day, value in zip(curve.days, curve.values, strict=True)
        )
        dash = "" if n < len(LINES) else ' stroke-dasharray="5 3"'
        parts.append(
            f'<path class="curve" d="M{"L".join(points)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        )
        at = TOP + 8 + 22 * n
        parts.append(f'<path d="M{WIDTH - right + 10},{at}h22" stroke="{colour}" stroke-width="3"{dash}/>')
        parts.append(text(WIDTH - right + 38, at + 5, short(curve.name, 26)))
    return svg(title, max(height, TOP + 30 + 22 * len(curves)), parts)


def damage_svg(found: Sequence[Damage]) -> str:
    """A bar for each cause that did any damage, the greatest first."""
    shown = sorted((d for d in found if d.damage_d.value > 0), key=lambda d: -d.damage_d.value)
    most = max(d.damage_d.value for d in shown)
    parts = [text(16, 26, "Damage by the cause that began it (days a trial)", "title")]
    for n, d in enumerate(shown):
        y, wide = TOP + LINE * n, (WIDTH - LEFT - 150) * d.damage_d.value / most
        parts.append(text(LEFT - 10, y + 17, d.cause, anchor="end"))
        parts.append(_bar(LEFT, y + 5, max(wide, 1.0), 16, BLUE, "bar"))
        parts.append(text(LEFT + wide + 8, y + 17, f"{d.damage_d.value:.1f} d, {100 * d.part:.0f} %"))
    return svg("Damage by cause", TOP + LINE * len(shown) + 16, parts)


def tornado_svg(title: str, swings: Sequence[Swing]) -> str:
    """A bar to each side for the numbers that matter most: what a figure becomes at the ends of their ranges."""
    shown = sorted(swings, key=lambda s: -max(abs(s.at_low.value), abs(s.at_high.value)))[:MOST_BARS]
    most = max(max(abs(s.at_low.value), abs(s.at_high.value)) for s in shown) or 1.0
    middle, half = (LEFT + 20 + WIDTH - 70) / 2, (WIDTH - 70 - LEFT - 20) / 2

    def x(change: float) -> float:
        return middle + half * change / most

    bottom = TOP + LINE * len(shown)
    parts = [text(16, 26, title, "title"), f'<path class="grid" d="M{middle:.1f},{TOP}V{bottom}"/>']
    for n, s in enumerate(shown):
        y = TOP + LINE * n
        parts.append(text(LEFT - 10, y + 17, short(s.parameter), anchor="end"))
        for end, colour, above, kind in ((s.at_low, BLUE, 4, "low"), (s.at_high, ORANGE, 13, "high")):
            left, right = sorted((middle, x(end.value)))
            parts.append(_bar(left, y + above, max(right - left, 0.5), 8, colour, kind))
            error = half * end.error / most if math.isfinite(end.error) else 0.0
            parts.append(
                f'<path d="M{x(end.value) - error:.1f},{y + above + 4}h{2 * error:.1f}" stroke="#1b2127"/>'
            )
        far = max((s.at_low.value, s.at_high.value), key=abs)
        parts.append(text(WIDTH - 12, y + 17, f"{far:+.1f}", anchor="end"))
    parts.append(_bar(LEFT, bottom + 12, 14, 10, BLUE, "key"))
    parts.append(text(LEFT + 20, bottom + 21, "number at its low"))
    parts.append(_bar(LEFT + 160, bottom + 12, 14, 10, ORANGE, "key"))
    parts.append(text(LEFT + 180, bottom + 21, "at its high; thin lines: standard errors"))
    return svg(title, bottom + 36, parts)


def sobol_svg(title: str, found: Sequence[Part]) -> str:
    """Two bars for each cause: what its luck makes of the spread alone, and with that of others."""
    shown = sorted((p for p in found if p.indices.total > 0), key=lambda p: -p.indices.total)
    bottom, wide = TOP + LINE * len(shown), WIDTH - LEFT - 90
    parts = [text(16, 26, title, "title")]
    for n, p in enumerate(shown):
        y = TOP + LINE * n
        parts.append(text(LEFT - 10, y + 17, p.cause, anchor="end"))
        for value, error, colour, above, kind in (
            (p.indices.first, p.indices.first_error, GREEN, 4, "first"),
            (p.indices.total, p.indices.total_error, BLUE, 13, "total"),
        ):
            length = wide * min(max(value, 0.0), 1.0)
            parts.append(_bar(LEFT, y + above, max(length, 0.5), 8, colour, kind))
            low, high = (LEFT + wide * min(max(v, 0.0), 1.0) for v in (value - error, value + error))
            parts.append(f'<path d="M{low:.1f},{y + above + 4}H{high:.1f}" stroke="#1b2127"/>')
        parts.append(text(WIDTH - 12, y + 17, f"{p.indices.total:.2f}", anchor="end"))
    parts.append(_bar(LEFT, bottom + 12, 14, 10, GREEN, "key"))
    parts.append(text(LEFT + 20, bottom + 21, "first order"))
    parts.append(_bar(LEFT + 120, bottom + 12, 14, 10, BLUE, "key"))
    parts.append(text(LEFT + 140, bottom + 21, "total; thin lines: standard errors"))
    return svg(title, bottom + 36, parts)


def stock_svg(name: str, start: date, course: Course) -> str:
    """The fan of a stock over trials, and the course of the plan."""
    low, middle, high = np.quantile(course.stock_kg, (0.05, 0.5, 0.95), axis=0, method="inverted_cdf")
    days = [start + timedelta(days=int(day)) for day in course.days_d]
    plan = list(zip(days, course.planned_kg.tolist(), strict=True))
    return fan_svg(Fan(name, "kg", days, low.tolist(), middle.tolist(), high.tolist(), plan, "plan"))


def _years(x: Callable[[float], float], start: date, last_d: float, bottom: float) -> list[str]:
    """Years along the bottom, with lines up."""
    end = start + timedelta(days=int(last_d))
    every = max(1, math.ceil((end.year - start.year) / 10))
    marks = [date(year, 1, 1) for year in range(start.year + 1, end.year + 1, every)] or [start, end]
    parts = []
    for day in marks:
        at = x((day - start).days)
        parts.append(f'<path class="grid" d="M{at:.1f},{TOP}V{bottom}"/>')
        told = str(day.year) if len(marks) > 2 or day.day == day.month == 1 else day.isoformat()
        parts.append(text(at, bottom + 18, told, anchor="middle"))
    return parts


def _bar(x: float, y: float, wide: float, high: float, colour: str, kind: str, more: str = "") -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high}" fill="{colour}"{more}/>'


def short(name: str, most: int = 32) -> str:
    """A name that fits beside a chart."""
    return name if len(name) <= most else f"{name[: most - 1]}…"
