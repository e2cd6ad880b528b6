"""CZML: a campaign that Cesium plays: sites, stations and flights over time, about the Earth.

Written as the CZML guide has it (github.com/AnalyticalGraphicsInc/czml-writer/wiki, version 1.0 of the document): one
packet an object, places as samples in the ICRF ("INERTIAL"), which Cesium interpolates. An orbit is drawn around the
days on which something comes or goes there: fifteen years of turns would be a file that nobody opens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

import numpy as np

from moonwright.interop.carried import Carried
from moonwright.interop.czml_path import Piece, flight_path, node_path, visits
from moonwright.interop.track import Ground, Place, places
from moonwright.orbit.bodies import EARTH
from moonwright.orbit.clock import utc_d
from moonwright.plan import Flight, Plan
from moonwright.scenario.scenario import Scenario
from moonwright.world.passage import Passages, passages

DEGREE: Final = 7  # of interpolation by Lagrange's polynomials
SPEED: Final = 3600 * 24  # a day of the campaign in a second

_J2000: Final = datetime(2000, 1, 1, 12)
_GREY: Final = (160, 160, 160, 255)
_WHITE: Final = (255, 255, 255, 255)
_ASSUMED: Final = "The scenario says neither the plane of the orbit nor the place on it: both are assumed."


def send(name: str, scenario: Scenario, plan: Plan | None) -> Carried:
    """A scenario and its plan (None: there is none) as one document. What cannot be drawn is told."""
    found, without = places(scenario)
    left = [f"nodes.{node}: {why}" for node, why in without.items()]
    packets = [_document(scenario)]
    flights = sorted(plan.flights if plan else (), key=lambda flight: (flight.departure_d, flight.name))
    known = (
        passages(scenario) if flights else Passages({}, {})
    )  # years of ways to the Moon take half a minute
    busy = visits(scenario, flights, known)
    for node, place in found.items():
        packets.append(_node(scenario, node, place, busy.get(node, ())))
    for flight in flights:
        pieces = flight_path(scenario, flight, found, known)
        if pieces is None:
            left.append(f"flight {flight.name}: of none of its places it is known where they are")
        else:
            packets.append(_flight(scenario, flight, pieces))
    text = json.dumps(packets, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Carried({f"{name}.czml": text.encode()}, tuple(left))


def _document(scenario: Scenario) -> dict[str, Any]:
    start, end = (_day(when.isoformat()) for when in (scenario.horizon.start, scenario.horizon.end))
    clock = {
        "interval": f"{start}/{end}", "currentTime": start, "multiplier": SPEED,
        "range": "LOOP_STOP", "step": "SYSTEM_CLOCK_MULTIPLIER",
    }  # fmt: skip
    return {"id": "document", "name": scenario.name, "version": "1.0", "clock": clock}


def _node(scenario: Scenario, key: str, place: Place, busy: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A site where it stands; a station around the days on which it is visited."""
    name = scenario.nodes[key].name or key
    packet: dict[str, Any] = {"id": f"node/{key}", "name": name, "label": _label(name, _WHITE)}
    if isinstance(place, Ground) and place.body is EARTH:
        lies = [place.longitude_deg, place.latitude_deg, 0.0]
        return packet | {"position": {"cartographicDegrees": lies}, "point": _point(_WHITE)}
    pieces = node_path(scenario, place, busy)
    told = packet | {"availability": _spans(pieces), "position": _positions(pieces), "point": _point(_WHITE)}
    if not isinstance(place, Ground):
        told |= {"description": _ASSUMED, "path": _path(_GREY, place.turn_s, place.turn_s)}
    return told


def _flight(scenario: Scenario, flight: Flight, pieces: Sequence[Piece]) -> dict[str, Any]:
    colour = _colour(scenario, flight)
    known = sum(piece.computed for piece in pieces)
    told = f"Mission {escape(flight.mission)}. {known} of {len(pieces)} parts of its way are computed, the others drawn."
    lasts_s = float(pieces[-1].et_s[-1] - pieces[0].et_s[0])
    return {
        "id": f"flight/{flight.name}",
        "name": flight.name,
        "description": told,
        "availability": _span(pieces[0].et_s[0], pieces[-1].et_s[-1]),
        "position": _positions(pieces),
        "point": _point(colour),
        "label": _label(flight.name, colour),
        "path": _path(colour, 0.0, lasts_s),
    }


def _positions(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """An interval for each piece: samples in seconds from its start, and metres from the Earth's centre."""
    return [
        {
            "interval": _span(piece.et_s[0], piece.et_s[-1]),
            "epoch": _moment(piece.et_s[0]),
            "referenceFrame": "INERTIAL",
            "interpolationAlgorithm": "LAGRANGE" if piece.smooth else "LINEAR",
            "interpolationDegree": DEGREE if piece.smooth else 1,
            "cartesian": list(_samples(piece)),
        }
        for piece in pieces
    ]


def _samples(piece: Piece) -> Iterator[float]:
    for after_s, place in zip(piece.et_s - piece.et_s[0], np.round(piece.places_m), strict=True):
        yield from (round(float(after_s), 3), *(float(one) for one in place))


def _spans(pieces: Sequence[Piece]) -> str | list[str]:
    spans = [_span(piece.et_s[0], piece.et_s[-1]) for piece in pieces]
    return spans[0] if len(spans) == 1 else spans


def _span(first_et_s: float, last_et_s: float) -> str:
    return f"{_moment(first_et_s)}/{_moment(last_et_s)}"


def _moment(et_s: float) -> str:
    return (_J2000 + timedelta(days=float(utc_d(et_s)[0]))).isoformat(timespec="milliseconds") + "Z"


def _day(iso: str) -> str:
    return f"{iso}T00:00:00.000Z"


def _colour(scenario: Scenario, flight: Flight) -> tuple[int, ...]:
    """That of the partner whose launcher or ship flies."""
    launcher = scenario.launchers.get(flight.launcher or "")
    owner = launcher.owner if launcher else scenario.vehicles[flight.units[0].vehicle].owner
    partner = scenario.partners.get(owner)
    if partner is None or partner.colour is None:
        return _WHITE
    return (*bytes.fromhex(partner.colour.removeprefix("#")), 255)


def _point(colour: Iterable[int]) -> dict[str, Any]:
    return {"pixelSize": 6, "color": {"rgba": list(colour)}}


def _label(text: str, colour: Iterable[int]) -> dict[str, Any]:
    return {
        "text": text, "font": "11pt sans-serif", "fillColor": {"rgba": list(colour)},
        "horizontalOrigin": "LEFT", "pixelOffset": {"cartesian2": [8, 0]},
    }  # fmt: skip


def _path(colour: Iterable[int], lead_s: float, trail_s: float) -> dict[str, Any]:
    return {
        "material": {"solidColor": {"color": {"rgba": list(colour)}}},
        "width": 1, "leadTime": lead_s, "trailTime": trail_s, "resolution": 300,
    }  # fmt: skip
