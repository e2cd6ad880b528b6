"""The world before a plan, in tables and sentences: what the terminal and the page both show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.world.calendar import year_edges_d
from moonwright.world.forecast import month_edges_d
from moonwright.world.light import Light
from moonwright.world.outlook import Outlook
from moonwright.world.transfer import FLIGHTS_D, ByDay

SHARES = (0.05, 0.5, 0.95)  # of the draws: what is low, middle and high
NONE = "-"


class Section(NamedTuple):
    """A table with a title, and what has to be known to read it; of no rows where there is nothing to show."""

    key: str
    title: str
    notes: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Window(NamedTuple):
    """Days of the horizon on which a route is open, from `opens` to before `closes`."""

    route: str
    opens: int
    closes: int


class Cost(NamedTuple):
    """The least, median and most of the days on which a way is flown (None: on none), and how many others there are."""

    least_m_s: float | None
    median_m_s: float | None
    most_m_s: float | None
    days_without: int


def sections(seen: Outlook) -> tuple[Section, ...]:
    """All tables, by year where they are long."""
    return keeping(seen), light(seen), sky(seen), *unions(seen), windows(seen), delta_v(seen)


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
        for spans, names in ((one.years, _years(seen)), (one.whole, ["all"])):
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
    """The spans of days on which routes that have windows are open."""
    found = []
    for route, opened in seen.world.open_days.items():
        edges = np.flatnonzero(np.diff(np.concatenate([[False], opened, [False]]).astype(np.int8)))
        found += [Window(route, int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(found)


def windows(seen: Outlook) -> Section:
    """Windows of routes."""
    spans = open_windows(seen)
    rows = []
    for route, opened in seen.world.open_days.items():
        own = [span for span in spans if span.route == route]
        first, last = (
            (str(seen.world.date_of(own[0].opens)), str(seen.world.date_of(own[-1].closes)))
            if own
            else (NONE, NONE)
        )
        rows.append((route, str(len(own)), str(int(opened.sum())), first, last))
    others = len(seen.world.scenario.routes) - len(rows)
    note = f"{others} routes state no windows: they are open on every day."
    return Section(
        "windows",
        "Windows of routes",
        [note] if others else [],
        ("route", "windows", "days open", "first opens", "last closes"),
        rows,
    )


def costs(one: ByDay, edges_d: Sequence[float]) -> list[Cost]:
    """What the days from each edge to the next cost."""
    found = []
    for first, last in pairwise(edges_d):
        total = one.total_m_s[int(first) : int(last)]
        flown = total[np.isfinite(total)]
        least, median, most = (
            (float(flown.min()), float(np.median(flown)), float(flown.max()))
            if len(flown)
            else (None, None, None)
        )
        found.append(Cost(least, median, most, len(total) - len(flown)))
    return found


def delta_v(seen: Outlook) -> Section:
    """Delta-v by year of departure."""
    rows = []
    for one in seen.flights:
        for year, cost in zip(_years(seen), costs(one, year_edges_d(seen.world)), strict=True):
            told = (NONE if value is None else f"{value:.0f}" for value in cost[:3])
            rows.append((one.way.name, year, *told, str(cost.days_without)))
    return Section(
        "delta-v",
        "Delta-v by year of departure, m/s",
        _flight_notes(seen),
        ("way", "year", "least", "median", "most", "days without"),
        rows,
    )


def _flight_notes(seen: Outlook) -> list[str]:
    without = [f"{name}: no table: {why}." for name, why in seen.no_flight.items()]
    if not seen.flights:
        why = "No delta-v by day: that takes a circular orbit of the Earth and, at the Moon, one or a place on its ground"
        return without or [f"{why}; the scenario does not have both."]
    how = "flown under the pull of Earth, Moon and Sun" if seen.flown else "as conics, some 25 m/s too low"
    times = ", ".join(f"{flight_d:g}" for flight_d in FLIGHTS_D[:-1])
    landings = dict.fromkeys(_landing_note(one) for one in seen.flights if one.way.lands)
    return [
        "A plan still takes its delta-v from the routes of the scenario.",
        "The planes of both orbits are free: a station whose plane is given leaves on fewer days, or pays for turning.",
        f"The cheapest of flights of {times} and {FLIGHTS_D[-1]:g} d, {how}.",
        *landings,
        *without,
    ]


def _landing_note(one: ByDay) -> str:
    height_m, tilt_deg = one.way.far
    return (
        f"To {one.way.destination} by an orbit {height_m / 1e3:g} km high, tilted {tilt_deg:g} degrees (assumed), and"
        f" {one.landing_m_s:.0f} m/s down to the ground, losses included."
    )


def _years(seen: Outlook) -> list[str]:
    return [str(seen.world.date_of(day).year) for day in year_edges_d(seen.world)[:-1]]


def _years_of_months(seen: Outlook) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each year with the months that belong to it."""
    begins = np.array(month_edges_d(seen.world)[:-1])
    for year, (first, last) in zip(_years(seen), pairwise(year_edges_d(seen.world)), strict=True):
        yield year, (begins >= first) & (begins < last)
