"""What `moonwright orbit deorbit` answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from moonwright.cli.orbit_decay import altitude_table, casualties, chart, falls
from moonwright.cli.orbit_given import Given
from moonwright.cli.orbit_told import Answer, dates, day_of, days, kilometres, quantiles

if TYPE_CHECKING:
    from moonwright.orbit.boosters import Booster
    from moonwright.orbit.decay import Decay
    from moonwright.orbit.deorbit import Verdict

_MOST = 99


def deorbit_answer(asked: Given, options: dict[str, Any]) -> Answer:
    """Budget by where the burns begin, who can, and the dates."""
    from moonwright.orbit.deorbit import budget, deadline
    from moonwright.orbit.entry import people_below

    control, mass = options["control"], asked.mass_kg
    budget(asked.altitude_m, control, options["perigee"])  # refuses what is no way down
    levels = ((control, "control lost"), (options["crew_leaves"], "crew leaves"))
    fall, expected = falls(asked, options, tuple(level for level, _ in levels))
    when = deadline(fall.passed_d[:, 1], fall.passed_d[:, 0], options["campaign"])
    rows, costs = _budget_rows(asked, options, fall)
    last = budget(min(control + 5e3, asked.altitude_m), control, options["perigee"])
    judged = [_judged(group, mass, last, control) for group in _groups(options["by"])]
    hurt = casualties(asked, quantiles(when.entry_d, (0.5,), asked.end, asked.start)[0])
    safe = day_of(asked.start, quantiles(when.begin_d, (0.05,), None, asked.start)[0], asked.end)
    lines = [
        f"The last burns must begin {days(asked.start, when.begin_d, asked.end)}",
        f"To be 95 % sure: by {safe or f'after {asked.end}'}",
        f"The crew leaves at {options['crew_leaves'] / 1e3:g} km {days(asked.start, fall.passed_d[:, 2], asked.end)}",
        (
            f"If nobody does, it falls {days(asked.start, when.entry_d, asked.end)}, on the latitudes of"
            f" {people_below(asked.inclination_deg):.0%} of all people: {hurt:.3f} casualties expected"
        ),
    ]
    if late := float((when.begin_d < 0).mean()):
        lines.append(f"In {late:.0%} of the trials it is too late already")
    after = ["", f"Who can, after a drift to {(control + 5e3) / 1e3:g} km ({last.dv_m_s:.0f} m/s)"]
    after += [_said(one, count) for one, count in judged]
    names = ("begin", "control_lost", "entry")
    return Answer(
        title="What it takes, by where the burns begin",
        lines=lines,
        head=("from", "drift until", "lower m/s", "entry m/s", "last burn m/s", "propellant t"),
        rows=rows,
        data={
            **{name: dates(asked, each) for name, each in zip(names, when, strict=True)},
            "budget": costs,
            "boosters": [_as_data(one, count) for one, count in judged],
            "expected_casualties": hurt,
        },
        tables={
            "altitude": altitude_table(asked, fall, expected),
            "deadline": [("trial", *(f"{name}_d" for name in names))]
            + [(n, *(f"{value:.1f}" for value in row)) for n, row in enumerate(zip(*when, strict=True))],
        },
        charts={"altitude": chart(asked, fall, expected, levels)},
        after=after,
    )


def _budget_rows(
    asked: Given, options: dict[str, Any], fall: Decay
) -> tuple[list[list[str]], list[dict[str, Any]]]:
    """From now, from where the crew leaves, from just above where control is lost: drift saves propellant."""
    import numpy as np

    from moonwright.orbit.deorbit import budget
    from moonwright.orbit.rocket import propellant_kg

    control, isp_s = options["control"], 300.0
    begins = sorted({asked.altitude_m, options["crew_leaves"], control + 30e3, control + 5e3}, reverse=True)
    rows, costs = [], []
    for height in (h for h in begins if control <= h <= asked.altitude_m):
        told = budget(height, control, options["perigee"])
        mean = np.quantile(fall.altitude_m, 0.5, axis=0)
        under = np.flatnonzero(mean <= height)
        when = asked.start + timedelta(days=float(fall.day_d[under[0]])) if under.size else None
        burnt = propellant_kg(asked.mass_kg, told.dv_m_s, isp_s)
        rows.append(
            [
                f"{kilometres(height)} km",
                "now" if height == asked.altitude_m else f"{when:%Y-%m}" if when else f"after {asked.end}",
                f"{told.lower_dv_m_s:.1f}",
                f"{told.entry_dv_m_s:.1f}",
                f"{told.last_dv_m_s:.1f}",
                f"{burnt / 1e3:.1f}",
            ]
        )
        costs.append({"from_m": height, **told._asdict(), "propellant_kg": burnt, "isp_s": isp_s})
    return rows, costs


def _groups(by: Sequence[str]) -> list[list[Booster]]:
    """The boosters asked about, together; if none is, each known one by itself."""
    from moonwright.orbit.boosters import booster, known

    if not by:
        return [[one] for one in known().values()]
    group: list[Booster] = []
    for text in by:
        name, _, count = text.partition("*")
        if count and not (count.strip().isdigit() and 1 <= int(count) <= _MOST):
            raise click.UsageError(
                f"--with {text!r}: how many is a number from 1 to {_MOST}, such as progress*3."
            )
        group += [booster(name.strip())] * int(count or 1)
    return [group]


def _judged(group: list[Booster], mass_kg: float, told: Any, control_m: float) -> tuple[Verdict, int | None]:
    """The verdict on boosters together; of one alone, also how many of it would do."""
    from moonwright.orbit.deorbit import how_many, verdict

    one = verdict(group, mass_kg, told, control_m)
    return one, how_many(group[0], mass_kg, told, control_m) if len(group) == 1 else None


def _said(one: Verdict, count: int | None) -> str:
    """One line on boosters."""
    names = {name: one.names.count(name) for name in one.names}
    who = " + ".join(name if n == 1 else f"{n} {name}" for name, n in names.items())
    word = "can" if one.able else "cannot"
    why = f"{one.carried_kg / 1e3:.1f} of {one.needed_kg / 1e3:.1f} t of propellant, last burn {one.last_burn_s / 60:.0f}"
    many = f"; {count} together would do" if count is not None and count > 1 else ""
    return f"  {who} {word}: {why} of at most {one.longest_burn_s / 60:.0f} min{many}"


def _as_data(one: Verdict, count: int | None) -> dict[str, object]:
    return {**one._asdict(), "names": list(one.names), "able": one.able, "how_many": count}
