"""Delta-v before a plan: of routes beside what the sky asks, by year, to halo orbits, and to the ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from moonwright.report.world_section import NONE, Section, years
from moonwright.scenario.route import Route
from moonwright.scenario.way import way
from moonwright.world.calendar import year_edges_d
from moonwright.world.halo import SHOWN_D
from moonwright.world.outlook import Outlook
from moonwright.world.passage import STEP_M_S
from moonwright.world.transfer import ByDay


class Cost(NamedTuple):
    """The least, median and most of the days on which a way is flown (None: on none), and how many others there are."""

    least_m_s: float | None
    median_m_s: float | None
    most_m_s: float | None
    days_without: int


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


def routes(seen: Outlook) -> Section:
    """What a plan counts with on each route that burns, and what the sky asks there."""
    rows = []
    for name, route in seen.world.scenario.routes.items():
        table = seen.world.passages.tables.get(name)
        if table is None:
            if not route.burns or route.duration is None:
                continue  # a launcher does the work
            used, days = (_span([sum(route.burns)]), _span([route.duration], "g")), NONE
        else:
            flown = table.flies[: seen.world.horizon_d]
            totals = table.total_m_s[: seen.world.horizon_d][flown]
            lasting = table.duration_d[: seen.world.horizon_d][flown]
            used, days = (_span(totals), _span(lasting, ".3g")), str(int(flown.sum()))
        rows.append((name, *used, days, _origin(route), _asked(seen, route)))
    notes = [
        "Burns are all those of a route, from the least day to the most. Sky: what is shown below, without reserve."
    ]
    if seen.world.passages.tables:
        notes.append(
            f"Computed burns have their route's reserve and are rounded up to {STEP_M_S:g} m/s;"
            " a plan flies on the good days of each period, sized for the dearest of them."
        )
    else:
        notes.append(
            "A plan takes its delta-v from what routes state; one that says `computed` would take it from the sky."
        )
    head = ("route", "burns m/s", "duration d", "days open", "from", "sky m/s")
    return Section(
        "routes", "Routes as a plan takes them", notes if rows else ["No route has burns."], head, rows
    )


def _span(values: Sequence[float] | np.ndarray, how: str = ".0f") -> str:
    """From the least to the most, or one number where they are told alike."""
    if not len(values):
        return NONE
    ends = dict.fromkeys(format(float(one), how) for one in (np.min(values), np.max(values)))
    return " to ".join(ends)


def _origin(route: Route) -> str:
    if route.computed is None:
        return "stated"
    stated = "burns" if route.burns else "duration" if route.duration is not None else ""
    return f"computed, {stated} stated" if stated else "computed"


def _asked(seen: Outlook, route: Route) -> str:
    """What the sky asks between the ends of a route, m/s, where it is computed."""
    nodes = seen.world.scenario.nodes
    sense = way(nodes[route.origin], nodes[route.destination])
    if sense in ("down", "up"):
        orbit = route.origin if sense == "down" else route.destination
        return _span([g.total_m_s for g in seen.grounds if g.orbit == orbit and g.down == (sense == "down")])
    ends = route.origin, route.destination
    found = [one.total_m_s for one in seen.flights if (one.way.origin, one.way.destination) == ends]
    found += [one.total_m_s for one in seen.halos if (one.origin, one.destination) == ends]
    return _span([float(x) for total in found for x in total[np.isfinite(total)]])


def delta_v(seen: Outlook) -> Section:
    """Delta-v by year of departure."""
    rows = []
    for one in seen.flights:
        for year, cost in zip(years(seen), costs(one, year_edges_d(seen.world)), strict=True):
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
        why = (
            "No delta-v by day: that takes an orbit of the Earth or a point after injection, and an orbit of the Moon with"
            " its altitude and tilt or a place on its ground"
        )
        return without or [f"{why}; the scenario does not have both."]
    how = "put right by flights under the pull of Earth, Moon and Sun on every third day"
    return [
        "The planes of both orbits are free: a ship whose plane is given leaves on fewer days, or pays for turning.",
        f"Conics, {how if seen.flown else 'which are some 25 m/s too low'}.",
        "After injection the launcher's burn does not count, and on the way home the air brakes.",
        *_times_notes(seen),
        *dict.fromkeys(note for one in seen.flights for note in _way_notes(one)),
        *without,
    ]


def _times_notes(seen: Outlook) -> Iterator[str]:
    by_times: dict[tuple[float, ...], list[str]] = defaultdict(list)
    for one in seen.flights:
        by_times[one.way.flights_d].append(one.way.name)
    for flights_d, names in by_times.items():
        which = f"{', '.join(names)}: the" if len(by_times) > 1 else "The"
        yield f"{which} cheapest of flights of {', '.join(f'{flight_d:g}' for flight_d in flights_d)} d."


def _way_notes(one: ByDay) -> Iterator[str]:
    if one.way.assumed:
        yield f"{one.way.name}: assumed are orbits {' and '.join(one.way.assumed)}."
    if one.way.lands:
        place, what = (
            (one.way.destination, "down to") if one.way.sense == "out" else (one.way.origin, "up from")
        )
        yield f"{one.ground_m_s:.0f} m/s {what} the ground at {place}, losses included."


def halos(seen: Outlook) -> tuple[Section, ...]:
    """Flights with halo orbits in their first turns, where there are any."""
    rows = []
    for one in seen.halos:
        found = one.total_m_s[np.isfinite(one.total_m_s)]
        if len(found):
            lasting = one.flight_d[int(np.nanargmin(one.total_m_s))]
            told = (f"{value:.0f}" for value in (found.min(), np.median(found), found.max()))
            rows.append((one.name, *told, str(int((found <= 1.25 * found.min()).sum())), f"{lasting:.1f}"))
    if not rows:
        return ()
    notes = [
        f"The first {SHOWN_D} days, two turns: waiting for a good day is what saves here. A plan takes what routes state.",
        "Where the station stands on its orbit is assumed: at perilune as the horizon starts.",
        "From the Earth by a burn low over the Moon; a flight from below, or down, takes the plane that suits.",
    ]
    head = ("way", "least", "median", "most", "days within a quarter of the least", "flight d on the best")
    return (Section("halo", "To and from halo orbits, m/s", notes, head, rows),)


def ground(seen: Outlook) -> tuple[Section, ...]:
    """Landing and ascent by what is spent on what, where there is ground to land on."""
    rows = [
        (
            f"{one.orbit}, {'down' if one.down else 'up'}",
            *(
                f"{value:.0f}"
                for value in (one.ideal_m_s, one.gravity_and_steering_m_s, one.hover_m_s, one.total_m_s)
            ),
            one.source,
        )
        for one in seen.grounds
    ]
    head = ("orbit", "ideal", "gravity and steering", "hover", "in all", "losses from")
    note = "Ideal impulses by the body's pull, losses as published; the orbit is in the plane of the place."
    return (Section("ground", "Landing and ascent, m/s", [note], head, rows),) if rows else ()
