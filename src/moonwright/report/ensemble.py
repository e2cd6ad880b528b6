"""An ensemble in tables and sentences: what the terminal and the page both show."""

from __future__ import annotations

import math
from collections.abc import Iterator

from moonwright.ensemble.damage import damages, reliefs
from moonwright.ensemble.ensemble import Ensemble
from moonwright.ensemble.estimate import Mean, Share
from moonwright.ensemble.figure import FIGURES, Figure
from moonwright.ensemble.measure import covers, measures
from moonwright.ensemble.milestone import all_on_time, milestones
from moonwright.ensemble.presence import any_lost, presences
from moonwright.ensemble.sample import Names
from moonwright.report.wording import KEPT, grouped
from moonwright.report.world_section import Section

NEVER, NONE = "never", "-"
_SIGNIFICANT = 2.0  # errors; a smaller change than so many of its own may be chance


def sections(one: Ensemble) -> tuple[Section, ...]:
    """All tables; those that nobody asked for are left out."""
    made = (_milestones, _presence, _stocks, _damage, _without, _tornado, _sobol, _measures)
    return tuple(section for make in made if (section := make(one)).rows)


def verdict(one: Ensemble) -> str:
    """What an ensemble says, in a sentence or two."""
    count = grouped(one.sample.count)
    on_time = (
        f"In {told_share(all_on_time(one.sample))} of {count} trials every milestone is met by its due date"
    )
    if not presences(one.sample):
        return f"{on_time}."
    return f"{on_time}; in {told_share(any_lost(one.sample))} some place is at some time without its crew."


def _milestones(one: Ensemble) -> Section:
    names = one.sample.names
    rows = [
        (
            m.name,
            _day(names, m.due_d),
            _percent(m.on_time.value),
            f"{_percent(m.on_time.low)} to {_percent(m.on_time.high)}",
            _percent(m.ever.value),
            *(_day(names, q.value) for q in (m.met_d.low, m.met_d.middle, m.met_d.high)),
            *(_days(q.value) for q in (m.margin_d.low, m.margin_d.middle, m.margin_d.high)),
        )
        for m in milestones(one.sample)
    ]
    head = (
        "milestone", "due", "on time", "95 % sure", "ever", "5 %", "median", "95 %",
        "margin 5 %", "median", "95 %",
    )  # fmt: skip
    notes = [
        (
            "Margin: days between the day it is met and the due date, the least where it is asked again and again; less "
            "than nothing where it is late, or for so many days short of a reserve."
        )
    ]
    missed = [name for name, kept in zip(names.milestones, names.kept, strict=True) if not kept]
    if missed:
        notes.append(f"The plan itself is late with: {', '.join(missed)}.")
    return Section("milestones", "Milestones", notes, head, rows)


def _presence(one: Ensemble) -> Section:
    names = one.sample.names
    rows = [
        (
            p.node,
            f"{grouped(p.crew_d.value)} ± {_error(p.crew_d, 0)}",
            _percent(p.lost.value),
            f"{_percent(p.lost.low)} to {_percent(p.lost.high)}",
            _day(names, p.lost_d.low.value),
            _day(names, p.lost_d.middle.value),
        )
        for p in presences(one.sample)
    ]
    return Section(
        "crew",
        "Crew presence",
        ["Lost: at some time nobody, or fewer than asked for, is there though a crew should be."],
        ("place", "crew-days", "lost", "95 % sure", "first lost, 5 %", "median"),
        rows,
    )


def _stocks(one: Ensemble) -> Section:
    rows = [
        (c.node, c.resource, *(_days(q.value) for q in c.least_d), _percent(c.empty.value))
        for c in covers(one.sample)
    ]
    return Section(
        "stocks",
        "Stocks",
        [
            "Least cover of a trial: days that the stock would have lasted those present, when it was shortest."
        ],
        ("place", "resource", "least cover 5 %", "median", "95 %", "runs out"),
        rows,
    )


def _damage(one: Ensemble) -> Section:
    found = sorted(damages(one.sample), key=lambda d: -d.damage_d.value)
    rows = [
        (
            d.cause,
            f"{d.damage_d.value:.1f} ± {_error(d.damage_d, 1)}",
            _percent(d.part),
            _percent(d.any.value),
        )
        for d in found
        if d.damage_d.value > 0
    ]
    return Section(
        "damage",
        "Which cause did the damage",
        [
            (
                "Damage: days of delay of milestones and of missing crew, each given to the cause that began the "
                "chain of events that led to it."
            )
        ],
        ("cause", "days a trial", "of all damage", "in trials"),
        rows,
    )


def _without(one: Ensemble) -> Section:
    rows = [
        (r.cause, r.figure.name, r.figure.unit or "probability", *_changed(r.figure, r.change))
        for r in reliefs(one.sample, one.without)
        if not math.isclose(r.change.value, 0.0, abs_tol=1e-12)
    ]
    return Section(
        "without",
        "What each cause adds",
        [
            (
                f"The mean with all causes less that without the one, over {grouped(one.asked.without)} trials that "
                "share all other draws. Changes need not sum to the whole: causes meet."
            ),
        ],
        ("cause", "figure", "unit", "adds", "error", ""),
        rows,
    )


def _tornado(one: Ensemble) -> Section:
    swings = [s for s in one.swings if s.figure.key == FIGURES[0].key]
    rows = [
        (
            s.parameter,
            f"{s.low:g}", f"{s.value:g}", f"{s.high:g}",
            f"{s.at_low.value:+.1f} ± {_error(s.at_low, 1)}", f"{s.at_high.value:+.1f} ± {_error(s.at_high, 1)}",
        )
        for s in sorted(swings, key=lambda s: -reach(s.at_low, s.at_high))
        if reach(s.at_low, s.at_high) > 0
    ]  # fmt: skip
    return Section(
        "tornado",
        "Which number matters",
        [
            (
                f"Change of the {FIGURES[0].name}, when one number goes to an end of its range, over "
                f"{grouped(one.asked.tornado)} trials at each. Other figures are in the table tornado."
            )
        ],
        ("number", "low", "value", "high", "at its low", "at its high"),
        rows,
    )


def _sobol(one: Ensemble) -> Section:
    rows = [
        (
            p.cause, p.figure.name,
            f"{p.indices.first:.3f} ± {p.indices.first_error:.3f}",
            f"{p.indices.total:.3f} ± {p.indices.total_error:.3f}",
        )
        for p in one.parts
        if p.indices.total > 0
    ]  # fmt: skip
    return Section(
        "sobol",
        "Whose luck makes the spread",
        [
            (
                f"Sobol indices over {grouped(one.asked.sobol)} trials of each of the samples that they need. First order: "
                "the share of a figure's variance that would go if the luck of this cause were known. Total: the share "
                "that would stay if the luck of all others were known."
            )
        ],
        ("cause", "figure", "first order", "total"),
        rows,
    )


def _measures(one: Ensemble) -> Section:
    rows = []
    for m in measures(one.sample):
        decimals = 0 if abs(m.mean.value) >= 100 else 2
        rows.append(
            (
                m.name,
                m.unit,
                f"{grouped(m.mean.value, decimals)} ± {_error(m.mean, decimals)}",
                *(grouped(q.value, decimals) for q in m.spread),
            )
        )
    return Section(
        "measures",
        "Cost, mass and measures",
        [
            (
                "Relative exploration capability: crew surface days times exploration mass, by mass in low orbit; "
                "that of Apollo 17 is 1."
            )
        ],
        ("measure", "unit", "mean", "5 %", "median", "95 %"),
        rows,
    )


def told_share(share: Share) -> str:
    """A probability with its interval: "62 % (59 to 65 %)"."""
    return f"{_percent(share.value)} ({_percent(share.low, unit=False)} to {_percent(share.high)})"


def reach(at_low: Mean, at_high: Mean) -> float:
    """How far a bar of a tornado reaches."""
    return max(abs(at_low.value), abs(at_high.value))


def doubtful(change: Mean) -> bool:
    """Whether a change may as well be chance."""
    return not abs(change.value) > _SIGNIFICANT * change.error


def _changed(figure: Figure, change: Mean) -> Iterator[str]:
    if figure.unit:
        yield from (f"{change.value:+.1f}", _error(change, 1))
    else:
        yield from (f"{100 * change.value:+.1f}{KEPT}%", f"{100 * change.error:.1f}{KEPT}%")
    yield "may be chance" if doubtful(change) else ""


def _percent(value: float, *, unit: bool = True) -> str:
    told = 100 * value
    shown = f"{told:.1f}" if 0 < told < 9.95 or 90.05 < told < 100 else f"{told:.0f}"
    return shown + (f"{KEPT}%" if unit else "")


def _error(mean: Mean, decimals: int) -> str:
    return NONE if math.isnan(mean.error) else f"{grouped(mean.error, max(decimals, _needed(mean.error)))}"


def _needed(error: float) -> int:
    """Decimals that show an error's first digit."""
    return 0 if error == 0 or error >= 1 else min(4, -math.floor(math.log10(error)))


def _days(days_d: float) -> str:
    if not math.isfinite(days_d):
        return NEVER if days_d < 0 else "no end"
    return grouped(days_d)


def _day(names: Names, day_d: float) -> str:
    date = names.date_of(day_d)
    return NEVER if date is None else date.isoformat()
