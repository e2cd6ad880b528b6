"""The world before a plan, in tables and sentences: what the terminal and the page both show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.report.world_flights import delta_v, ground, halos, routes
from moonwright.report.world_section import NONE, Section, years
from moonwright.world.calendar import year_edges_d
from moonwright.world.forecast import month_edges_d
from moonwright.world.light import Light
from moonwright.world.outlook import Outlook

SHARES = (0.05, 0.5, 0.95)  # of the draws: what is low, middle and high


class Window(NamedTuple):
    """Days of the horizon on which a route is open, from `opens` to before `closes`."""

    route: str
    opens: int
    closes: int


def sections(seen: Outlook) -> tuple[Section, ...]:
    """All tables, by year where they are long."""
    return (
        keeping(seen),
        light(seen),
        sky(seen),
        *unions(seen),
        windows(seen),
        routes(seen),
        delta_v(seen),
        *halos(seen),
        *ground(seen),
    )


def keeping(seen: Outlook) -> Section:
    """Station keeping by year."""
    rows = []
    for one in seen.keeping:
        for year, months in _years_of_months(seen):
            drawn = (NONE,) * 3
            if one.drawn_m_s is not None:
                spread = np.quantile(one.drawn_m_s[:, months].sum(axis=1), SHARES)
                drawn = tuple(f"{value:.2f}" for value in spread)  # type: ignore[assignment]
            rows.append((one.node, year, f"{one.used_m_s[months].sum():.2f}", *drawn))
    notes = [f"{one.node}: {one.told}" for one in seen.keeping]
    if any(one.drawn_m_s is not None for one in seen.keeping):
        notes.append(
            f"5 %, median, 95 %: of {seen.draws.trials} draws of the Sun and of the density, seed {seen.draws.seed}."
        )
    return Section(
        "keeping",
        "Station keeping by year, m/s",
        notes or ["No station is kept: the scenario has no station_keeping."],
        ("node", "year", "plan", "5 %", "median", "95 %"),
        rows,
    )


def light(seen: Outlook) -> Section:
    """Darkness and light as a plan takes them."""
    rows = [
        (node, f"{one.longest_d:.1f}", f"{one.lit:.1%}", _dimmest(one), one.told)
        for node, one in seen.world.lights.items()
    ]
    return Section(
        "light",
        "Light as a plan takes it",
        ["Nodes that are not listed have no night."]
        if rows
        else ["A plan sees no night anywhere: no node states its darkness, its light or a skyline."],
        ("node", "longest darkness d", "lit", "least Sun of a month", "from"),
        rows,
    )


def _dimmest(light: Light) -> str:
    return NONE if light.sun is None else f"{light.sun.min():.1%}"


def sky(seen: Outlook) -> Section:
    """The sky over surface nodes by year."""
    rows = []
    for one in seen.skies:
        for spans, names in ((one.years, years(seen)), (one.whole, ["all"])):
            for n, name in enumerate(names):
                earth = NONE if spans.earth is None else f"{spans.earth[n]:.1%}"
                sun, lit = f"{spans.sun[n]:.1%}", f"{spans.lit[n]:.1%}"
                rows.append((one.node, name, sun, lit, f"{spans.darkness_d[n]:.1f}", earth))
    notes = [_ground(seen, one.node, one.horizon, one.assumed) for one in seen.skies]
    notes += ["Sun: the mean of its disc that is seen; lit: the time with any of it."] if rows else []
    notes += [f"{node}: no calendar: {why}." for node, why in seen.no_sky.items()]
    return Section(
        "sky",
        "The sky over places on a surface, by year",
        notes or ["No node is on a surface."],
        ("node", "year", "Sun", "lit", "longest darkness d", "Earth in sight"),
        rows,
    )


def _ground(seen: Outlook, node: str, horizon: str, assumed: bool) -> str:
    if not assumed:
        taken = seen.world.lights[node].told
        used = (
            "A plan uses this" if taken == horizon else f"A plan uses what is {taken} of light and darkness"
        )
        return f"{node}: {horizon}. {used}."
    return (
        f"{node}: flat ground without a mast is assumed for this calendar, since the scenario gives no skyline;"
        " hills and ridges may change it much. A plan does not use it."
    )


def unions(seen: Outlook) -> tuple[Section, ...]:
    """Light of places alone and together, where there are two."""
    rows = [
        (" and ".join(one.nodes), f"{one.sun:.1%}", f"{one.lit:.1%}", f"{one.darkness_d:.1f}")
        for one in seen.unions
    ]
    if not rows:
        return ()
    first = seen.unions[0]
    flat = [one.node for one in seen.skies if one.assumed]
    notes = [
        f"From {first.start} to {first.end}, a turn of the Moon's node; of two places, the one that sees more.",
        "A plan counts each place by itself.",
    ]
    notes += [f"Flat ground without a mast is assumed at {' and '.join(flat)}."] if flat else []
    return (
        Section(
            "together",
            "Places together, 18.6 years",
            notes,
            ("places", "Sun", "lit", "longest darkness d"),
            rows,
        ),
    )


def open_windows(seen: Outlook) -> tuple[Window, ...]:
    """The spans of days on which routes are open that are not always: by windows, or by what is computed."""
    found = []
    for route, opened in _sometimes_open(seen).items():
        edges = np.flatnonzero(np.diff(np.concatenate([[False], opened, [False]]).astype(np.int8)))
        found += [Window(route, int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(found)


def _sometimes_open(seen: Outlook) -> dict[str, NDArray[np.bool_]]:
    """The days on which each route is open that is not so on all of them."""
    days, found = seen.world.horizon_d, dict(seen.world.open_days)
    for route, table in seen.world.passages.tables.items():
        flown = table.flies[:days]
        if not flown.all():
            found[route] = found.get(route, np.ones(days, dtype=np.bool_)) & flown
    return found


def windows(seen: Outlook) -> Section:
    """Windows of routes."""
    spans = open_windows(seen)
    rows = []
    for route, opened in _sometimes_open(seen).items():
        own = [span for span in spans if span.route == route]
        first, last = (
            (str(seen.world.date_of(own[0].opens)), str(seen.world.date_of(own[-1].closes)))
            if own
            else (NONE, NONE)
        )
        rows.append((route, str(len(own)), str(int(opened.sum())), first, last))
    others = len(seen.world.scenario.routes) - len(rows)
    note = f"{others} routes are open on every day: they state no windows, and no day of theirs is computed to be closed."
    return Section(
        "windows",
        "Windows of routes",
        [note] if others else [],
        ("route", "windows", "days open", "first opens", "last closes"),
        rows,
    )


def _years_of_months(seen: Outlook) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each year with the months that belong to it."""
    begins = np.array(month_edges_d(seen.world)[:-1])
    for year, (first, last) in zip(years(seen), pairwise(year_edges_d(seen.world)), strict=True):
        yield year, (begins >= first) & (begins < last)
