"""CCSDS OEM: orbits and flights as ephemerides that other tools read (Orbit Data Messages, CCSDS 502.0-B-3, chapter 5).

A message is about one object, so each has a file: stations for some turns from the horizon's first day, and flights with
a segment for each leg between Earth and Moon. Where the plane and the place of a station are assumed (`track`), a comment
says so. Lengths are km there, speeds km/s, times UTC.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from moonwright.errors import MoonwrightError
from moonwright.interop.carried import Carried
from moonwright.interop.track import Ground, Track, flown_from, places
from moonwright.interop.track_flight import hops, transfer, transfer_track
from moonwright.orbit.clock import tdb_s, utc_d
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.world.passage import passages

TURNS: Final = 10  # of a station that are given,
MOST_STATES: Final = 5000  # or as many states
DEGREE: Final = 7  # of interpolation, for which the states stand close enough

_J2000: Final = datetime(2000, 1, 1, 12)
_ODD = re.compile(r"[^\x20-\x7e]+")
_ASSUMED: Final = "The scenario says neither the plane of the orbit nor the place on it: both are assumed."
_COMPUTED: Final = (
    "Flown under the pull of Earth (with J2), Moon and Sun; leaves and arrives when the plan says."
)


def send(name: str, scenario: Scenario, plan: Plan | None, *, now: datetime | None = None) -> Carried:
    """The orbits of a scenario and the flights of its plan (None: there is none), a message each.

    `now` is the date that they bear; None: that of the clock. What has no ephemeris is told.
    """
    left: list[str] = []
    objects = [*_stations(scenario, left), *(_flights(scenario, plan, left) if plan is not None else ())]
    if not objects:
        raise MoonwrightError(
            f"{name}: no orbit and no flight whose motion is known: {'; '.join(left) or 'no nodes'}"
        )
    created = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S")
    files: dict[str, bytes] = {}
    for title, segments in objects:
        head = [
            "CCSDS_OEM_VERS = 2.0",
            f"COMMENT {_plain(scenario.name)}, by Moonwright",
            f"CREATION_DATE = {created}",
        ]
        text = "\n".join([*head, "ORIGINATOR = MOONWRIGHT", "", *segments])
        files[_unused(title, files)] = text.encode("ascii")
    return Carried(files, tuple(left))


def _stations(scenario: Scenario, left: list[str]) -> Iterator[tuple[str, list[str]]]:
    """A title and the segment of each node in orbit; what has no place goes to `left`."""
    found, without = places(scenario)
    left += [f"nodes.{node}: {why}" for node, why in without.items()]
    start_et_s = tdb_s(scenario.horizon.start)
    for node, place in found.items():
        if not isinstance(place, Ground):
            span_s = min(TURNS * place.turn_s, MOST_STATES * place.step_s)
            track = flown_from(place, start_et_s, span_s)
            yield f"node {node}", [segment(scenario.nodes[node].name or node, node, track, _ASSUMED)]


def _flights(scenario: Scenario, plan: Plan, left: list[str]) -> Iterator[tuple[str, list[str]]]:
    """A title and the segments of each flight that goes between Earth and Moon; how many others there are goes to `left`."""
    known, others = passages(scenario), Counter[str]()
    for flight in plan.flights:
        ships, segments = " ".join(unit.serial for unit in flight.units), []
        for hop in hops(scenario, flight, known):
            if (found := transfer(scenario, flight, hop)) is None:
                others[f"{hop.origin} to {hop.destination}"] += 1
            else:
                segments.append(segment(flight.name, ships, transfer_track(found), _COMPUTED))
        if segments:
            yield f"flight {flight.name}", segments
    for leg, count in others.items():
        left.append(f"flights, {leg} ({count}): their motion is not computed")


def _unused(title: str, files: Mapping[str, bytes]) -> str:
    """A file's name that no other has, whatever the object is called."""
    bare = re.sub(r"[^A-Za-z0-9._-]+", "-", title)[:100]
    names = (f"{bare}{more}.oem" for more in ("", *(f"-{n}" for n in range(2, len(files) + 3))))
    taken = {name.lower() for name in files}
    return next(name for name in names if name.lower() not in taken)


def segment(name: str, identifier: str, track: Track, comment: str) -> str:
    """One object's ephemeris: metadata, then a line for each state."""
    times = [told(one) for one in utc_d(track.et_s)]
    meta = {
        "OBJECT_NAME": _plain(name),
        "OBJECT_ID": _plain(identifier) or "NONE",
        "CENTER_NAME": track.body.name.upper(),
        "REF_FRAME": "ICRF",
        "TIME_SYSTEM": "UTC",
        "START_TIME": times[0],
        "STOP_TIME": times[-1],
        "INTERPOLATION": "LAGRANGE",
        "INTERPOLATION_DEGREE": str(DEGREE),
    }
    lines = [
        "META_START",
        f"COMMENT {comment}",
        *(f"{key} = {value}" for key, value in meta.items()),
        "META_STOP",
        "",
    ]
    for time, state in zip(times, np.asarray(track.states) / 1000.0, strict=True):
        place, velocity = state[:3], state[3:]
        lines.append(f"{time} {' '.join(f'{x:.6f}' for x in place)} {' '.join(f'{x:.9f}' for x in velocity)}")
    return "\n".join([*lines, ""])


def told(days: float) -> str:
    """UTC days past 2000-01-01T12:00 as a message has it, to the microsecond."""
    return (_J2000 + timedelta(days=float(days))).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _plain(text: str) -> str:
    """A value as the printable ASCII of one line that messages are made of."""
    return _ODD.sub("?", text).strip()[:200]
