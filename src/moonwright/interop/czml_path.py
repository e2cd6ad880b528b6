"""The ways of stations and flights through a campaign, as pieces that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from moonwright.interop.track import Ground, Place, about_earth_m
from moonwright.interop.track_flight import Hop, drawn, hops, transfer, transfer_track
from moonwright.orbit.bodies import EARTH
from moonwright.orbit.clock import tdb_s
from moonwright.orbit.kernel import Floats
from moonwright.plan import Flight
from moonwright.scenario.node import Recovery
from moonwright.scenario.scenario import Scenario
from moonwright.world.passage import Passages

TURNS: Final = 2.0  # of a station that are drawn on either side of a visit, but
LONGEST_S: Final = 7 * 86400.0  # no longer
COARSE: Final = (
    3.0  # steps by the track's own: interpolation is true to some hundred metres then, less than one sees
)
MOON_STEP_S: Final = 0.5 * 86400.0  # of what goes with the Moon


@dataclass(frozen=True)
class Piece:
    """Places (n, 3; m from the Earth's centre, ICRF) at instants. `smooth`: motion, not a line drawn between two places;
    `computed`: motion under the pull of Earth, Moon and Sun."""

    et_s: Floats
    places_m: Floats
    smooth: bool = True
    computed: bool = False


def visits(
    scenario: Scenario, flights: Sequence[Flight], known: Passages
) -> dict[str, list[tuple[float, float]]]:
    """From when to when something comes to each node, is there under way, or leaves it (TDB seconds past J2000)."""
    found: dict[str, list[tuple[float, float]]] = {}
    for flight in flights:
        legs = hops(scenario, flight, known)
        found.setdefault(legs[0].origin, []).append((legs[0].first_et_s,) * 2)
        for leg, after in pairwise(legs):
            found.setdefault(leg.destination, []).append((leg.last_et_s, after.first_et_s))
        found.setdefault(legs[-1].destination, []).append((legs[-1].last_et_s,) * 2)
    return found


def node_path(scenario: Scenario, place: Place, busy: Sequence[tuple[float, float]]) -> list[Piece]:
    """A place over the horizon: on the Moon's ground all the time; in orbit around visits, or on the first days."""
    start, end = tdb_s(scenario.horizon.start), tdb_s(scenario.horizon.end)
    if isinstance(place, Ground):
        return [_piece(place, start, end, MOON_STEP_S)]
    around_s = min(TURNS * place.turn_s, LONGEST_S)
    wide = [(max(start, first - around_s), min(end, last + around_s)) for first, last in busy]
    spans = _merged([(first, last) for first, last in wide if last > first]) or [
        (start, min(end, start + 2 * around_s))
    ]
    return [_piece(place, first, last, COARSE * place.step_s) for first, last in spans]


def flight_path(
    scenario: Scenario, flight: Flight, found: Mapping[str, Place], known: Passages
) -> list[Piece] | None:
    """A flight leg by leg and stay by stay; None where nothing of it is known.

    Ways between Earth and Moon are computed. The others are lines between their ends: nodes, or where the computed ways
    beside them begin and end.
    """
    legs = hops(scenario, flight, known)
    flown = [_computed(scenario, flight, leg) for leg in legs]
    ends = _ends(scenario, legs, flown, found)
    pieces: list[Piece] = []
    for number, leg in enumerate(legs):
        first_m, last_m = ends[number]
        way = flown[number]
        if way is not None:
            pieces.append(way)
        elif first_m is not None and last_m is not None:
            et_s, places_m = drawn(first_m, last_m, leg.first_et_s, leg.last_et_s)
            pieces.append(Piece(et_s, places_m, smooth=False))
        if number + 1 < len(legs) and leg.destination in found:
            pieces += _stay(found[leg.destination], leg.last_et_s, legs[number + 1].first_et_s)
    return pieces or None


def _stay(place: Place, first_et_s: float, last_et_s: float) -> list[Piece]:
    """A wait between two legs; in orbit no more of it than is drawn of the orbit."""
    if last_et_s - first_et_s <= 1.0:
        return []
    if isinstance(place, Ground):
        return [_piece(place, first_et_s, last_et_s, MOON_STEP_S)]
    return [_piece(place, first_et_s, min(last_et_s, first_et_s + LONGEST_S), COARSE * place.step_s)]


def _computed(scenario: Scenario, flight: Flight, leg: Hop) -> Piece | None:
    found = transfer(scenario, flight, leg)
    if found is None:
        return None
    track = transfer_track(found)
    return Piece(track.et_s, track.about_earth_m(), computed=True)


def _ends(
    scenario: Scenario, legs: Sequence[Hop], flown: Sequence[Piece | None], found: Mapping[str, Place]
) -> list[tuple[Floats | None, Floats | None]]:
    """Where each leg begins and ends: at its nodes, and at points without a place where the computed leg beside it does.

    Otherwise a point that is passed is where the leg to it began, and who lands goes straight down.
    """
    begins = [_at(found, leg.origin, leg.first_et_s) for leg in legs]
    stops = [_at(found, leg.destination, leg.last_et_s) for leg in legs]
    for number, way in enumerate(flown):
        if way is not None and number and stops[number - 1] is None:
            stops[number - 1] = way.places_m[0]
        if way is not None and number + 1 < len(legs) and begins[number + 1] is None:
            begins[number + 1] = way.places_m[-1]
    for number, leg in enumerate(legs):
        if begins[number] is None and number:
            begins[number] = stops[number - 1]
        first_m = begins[number]
        if stops[number] is None and first_m is not None:
            home = isinstance(scenario.nodes[leg.destination], Recovery)
            stops[number] = first_m * EARTH.radius_m / np.linalg.norm(first_m) if home else first_m
    return list(zip(begins, stops, strict=True))


def _at(found: Mapping[str, Place], node: str, et_s: float) -> Floats | None:
    place = found.get(node)
    if place is None:
        return None
    instant = np.array([et_s])
    there: Floats = about_earth_m(place.body, instant, place.states(instant))[0]
    return there


def _piece(place: Place, first_et_s: float, last_et_s: float, step_s: float) -> Piece:
    count = max(8, int(np.ceil((last_et_s - first_et_s) / step_s))) + 1
    et_s = np.linspace(first_et_s, last_et_s, count)
    return Piece(et_s, about_earth_m(place.body, et_s, place.states(et_s)))


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans of time in order, those that touch put together."""
    merged: list[tuple[float, float]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged
