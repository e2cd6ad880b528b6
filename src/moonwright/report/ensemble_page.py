"""An ensemble as one HTML page that needs no network and no script."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from moonwright.ensemble.course import Course
from moonwright.ensemble.damage import damages
from moonwright.ensemble.ensemble import Ensemble
from moonwright.ensemble.figure import FIGURES
from moonwright.ensemble.measure import measures
from moonwright.ensemble.milestone import all_on_time, by_day, milestones
from moonwright.ensemble.presence import any_lost, lost_by_day, presences
from moonwright.report import wording
from moonwright.report.ensemble import sections, told_share, verdict
from moonwright.report.ensemble_chart import (
    Curve,
    curves_svg,
    damage_svg,
    milestones_svg,
    sobol_svg,
    stock_svg,
    tornado_svg,
)
from moonwright.report.world_section import Section
from moonwright.scenario.chance import Level
from moonwright.scenario.scenario import Scenario

# Pictures stand in the page as data, where no style and no script of theirs can reach it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_MOST_CURVES = 8


class Told(NamedTuple):
    """All that the page tells: an ensemble, whose plan it is of, and what the pictures need besides.

    `beside`: whether the plan's own report stands a folder above.
    """

    scenario: Scenario
    plan_digest: str
    ensemble: Ensemble
    levels: Sequence[Level]
    edges_d: Sequence[float]
    courses: Sequence[Course]
    beside: bool


class Picture(NamedTuple):
    """A chart as the address of an image, and what it shows, for those who cannot see it."""

    address: str
    told: str


class Part(NamedTuple):
    """A section with its charts."""

    section: Section
    pictures: Sequence[Picture]


def ensemble_html(told: Told) -> str:
    """The whole page. The same inputs give the same text."""
    environment = Environment(
        loader=PackageLoader("moonwright.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = Markup((files("moonwright.report") / "assets" / "report.css").read_text(encoding="utf-8"))
    horizon = told.scenario.horizon
    one = told.ensemble
    return environment.get_template("ensemble.html.j2").render(
        scenario=told.scenario,
        policy=POLICY,
        style=style,
        first=wording.day(horizon.start),
        last=wording.day(horizon.end),
        verdict=verdict(one),
        figures=_figures(one),
        parts=[Part(section, list(_pictures(told, section.key))) for section in sections(one)],
        levels=told.levels,
        trials=wording.grouped(one.asked.trials),
        seed=one.asked.seed,
        plan_digest=told.plan_digest,
        beside=told.beside,
    )


def _figures(one: Ensemble) -> list[tuple[str, str, str]]:
    """The headline: name, value, and what to know beside it."""
    by_key = {m.key: m for m in measures(one.sample)}
    cost, late, mass = by_key["cost_musd"], by_key["late_d"], by_key["imleo_kg"]
    shown = [
        (
            "Every milestone by its due date",
            told_share(all_on_time(one.sample)),
            "of trials; in brackets 95 % sure",
        ),
        (
            "Days late, all milestones together",
            f"{wording.grouped(late.spread.middle.value)} d",
            f"median; 5 to 95 %: {wording.grouped(late.spread.low.value)} to {wording.grouped(late.spread.high.value)}",
        ),
        (
            "Cost",
            wording.money(cost.spread.middle.value),
            f"median; 5 to 95 %: {wording.money(cost.spread.low.value)} to {wording.money(cost.spread.high.value)}",
        ),
        (
            "Mass in low orbit",
            wording.mass(mass.spread.middle.value),
            f"median; 5 to 95 %: {wording.mass(mass.spread.low.value)} to {wording.mass(mass.spread.high.value)}",
        ),
    ]
    if presences(one.sample):
        lost = told_share(any_lost(one.sample))
        shown.insert(1, ("A place without its crew", lost, "of trials, at some time"))
    worst = max(damages(one.sample), key=lambda d: d.damage_d.value)
    if worst.damage_d.value > 0:
        shown.append(("Most damage", worst.cause, f"{wording.percent(worst.part)} of all"))
    return shown


def _pictures(told: Told, key: str) -> Iterator[Picture]:
    one, start = told.ensemble, told.scenario.horizon.start
    if key == "milestones":
        found = milestones(one.sample)
        yield _picture(milestones_svg(found, start, one.sample.names.horizon_d), "When milestones are met")
        title = "Milestones met by date"
        yield _picture(curves_svg(title, _curves(told)), title)
    elif key == "crew":
        title = "Places that have been without their crew by date"
        yield _picture(curves_svg(title, _lost(told)), title)
    elif key == "stocks":
        for course in told.courses:
            name = f"{course.resource} at {course.node}"
            chart = stock_svg(name, start, course)
            yield _picture(chart, f"{name}: trials and plan")
    elif key == "damage":
        yield _picture(damage_svg(damages(one.sample)), "Damage by the cause that began it")
    elif key == "tornado":
        figure = FIGURES[0]
        title = f"Change of {figure.name} ({figure.unit})"
        yield _picture(tornado_svg(title, [s for s in one.swings if s.figure.key == figure.key]), title)
    elif key == "sobol":
        for figure in FIGURES:
            parts = [p for p in one.parts if p.figure.key == figure.key]
            if any(p.indices.total > 0 for p in parts):
                title = f"Share of the spread of {figure.name}"
                yield _picture(sobol_svg(title, parts), title)


def _curves(told: Told) -> list[Curve]:
    """The milestones that are least sure, by date."""
    sample = told.ensemble.sample
    days = [day for day in map(sample.names.date_of, told.edges_d) if day is not None]
    unsure = sorted(range(len(sample.names.milestones)), key=lambda at: sample.on_time[:, at].sum())
    return [
        Curve(
            sample.names.milestones[at],
            days,
            [share.value for share in by_day(sample, at, told.edges_d)],
        )
        for at in sorted(unsure[:_MOST_CURVES])
    ]


def _lost(told: Told) -> list[Curve]:
    sample = told.ensemble.sample
    days = [day for day in map(sample.names.date_of, told.edges_d) if day is not None]
    return [
        Curve(p.node, days, [share.value for share in lost_by_day(sample, p.node, told.edges_d)])
        for p in presences(sample)
    ]


def _picture(svg: str, told: str) -> Picture:
    return Picture(f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}", told)
