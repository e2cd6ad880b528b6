"""A CCSDS OEM read back: its ephemerides, and the orbits in it as nodes for a scenario.

Key-value notation of versions 1.0, 2.0 and 3.0 (CCSDS 502.0-B-3, chapter 5). Accelerations and covariances are passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.carried import Carried
from moonwright.interop.track import BODIES
from moonwright.orbit.clock import tdb_s
from moonwright.orbit.kernel import Floats
from moonwright.orbit.transfer import equator
from moonwright.scenario.document import brief, printable
from moonwright.scenario.dump import as_yaml
from moonwright.scenario.finding import FAULTS_SHOWN, did_you_mean

SIZE_LIMIT: Final = 100_000_000  # bytes; a year of a station every minute has 60 MB
NEEDED: Final = (
    "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME", "STOP_TIME",
)  # fmt: skip
FRAMES: Final = ("ICRF", "EME2000", "GCRF", "J2000")  # alike to 0.02 arcsec
ROUND: Final = (
    3e-3  # eccentricity below which an orbit is told as a circle: the flatness of the Earth makes as much
)

_VERSIONS: Final = ("1.0", "2.0", "3.0")
_PAIR = re.compile(r"([A-Z0-9_]+)\s*=\s*(.*)")
_DAY_OF_YEAR = re.compile(r"\d{4}-\d{3}T.*")


@dataclass(frozen=True)
class Ephemeris:
    """One object's ephemeris: what is said of it, times as they are told, and states (n, 6) in m and m/s."""

    meta: dict[str, str]
    times: tuple[datetime, ...]
    states: Floats
    line: int


def read(file: str, data: bytes) -> tuple[Ephemeris, ...]:
    """All ephemerides of a message. Raises ScenarioError with every fault, by line."""
    reading = _Reading(file)
    if len(data) > SIZE_LIMIT:
        reading.tell(0, "", "a file that is too large", f"at most {SIZE_LIMIT // 1_000_000} MB")
    else:
        for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
            if len(reading.faults) >= FAULTS_SHOWN:
                break
            reading.line(number, line.strip())
        reading.end()
    if reading.faults:
        raise ScenarioError(tuple(reading.faults))
    return tuple(reading.found)


@dataclass
class _Reading:
    """Reads line by line. `part` is where it stands: "head", "META", "states" or "COVARIANCE"."""

    file: str
    part: str = "head"
    version: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    meta_line: int = 0
    times: list[datetime] = field(default_factory=list)
    states: list[list[float]] = field(default_factory=list)
    found: list[Ephemeris] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def line(self, number: int, text: str) -> None:
        if not text or text.startswith("COMMENT"):
            return
        if not self.version:
            self.first(number, text)
        elif text in ("META_START", "COVARIANCE_START"):
            if text == "META_START":
                self.close()
                self.meta, self.meta_line = {}, number
            self.part = text.removesuffix("_START")
        elif text in ("META_STOP", "COVARIANCE_STOP"):
            if text == "META_STOP":
                self.complete(number)
            self.part = "states"
        elif self.part in ("head", "META"):
            self.pair(number, text)
        elif self.part == "states":
            self.state(number, text)

    def first(self, number: int, text: str) -> None:
        self.version = True
        pair = _PAIR.fullmatch(text)
        if pair is None or pair[1] != "CCSDS_OEM_VERS" or pair[2].strip() not in _VERSIONS:
            allowed = f"a first line CCSDS_OEM_VERS = {' or '.join(_VERSIONS)} (key-value notation)"
            self.tell(number, "CCSDS_OEM_VERS", brief(text), allowed)

    def pair(self, number: int, text: str) -> None:
        pair = _PAIR.fullmatch(text)
        if pair is None:
            self.tell(number, "", brief(text), "KEY = value")
        elif self.part == "META":
            self.meta[pair[1]] = pair[2].strip()

    def complete(self, number: int) -> None:
        for key in NEEDED:
            if not self.meta.get(key):
                near = did_you_mean(key, [name for name in self.meta if name not in NEEDED])
                self.tell(
                    self.meta_line, key, "missing", f"{key} = ... before META_STOP in line {number}", near
                )

    def state(self, number: int, text: str) -> None:
        time, *words = text.split()
        if len(words) not in (6, 9):
            self.tell(
                number, "", f"{len(words)} numbers after the time", "six: place in km, velocity in km/s"
            )
            return
        try:
            values = [float(word) for word in words[:6]]
            when = _moment(time)
        except ValueError:
            self.tell(number, "", brief(text), "a time like 2031-05-01T00:00:00 and six numbers")
            return
        if not all(map(math.isfinite, values)):
            self.tell(number, "", brief(text), "finite numbers")
        elif self.times and when <= self.times[-1]:
            self.tell(number, "", brief(time), f"a time after {self.times[-1].isoformat()}")
        else:
            self.times.append(when)
            self.states.append([1000.0 * value for value in values])

    def close(self) -> None:
        """Keeps the ephemeris that has ended."""
        if self.meta_line and not self.times:
            self.tell(self.meta_line, self.meta.get("OBJECT_NAME", ""), "no states", "a line for each state")
        elif self.meta_line:
            self.found.append(Ephemeris(self.meta, tuple(self.times), np.array(self.states), self.meta_line))
        self.times, self.states = [], []

    def end(self) -> None:
        self.close()
        if not self.meta_line and not self.faults:
            self.tell(0, "", "no META_START", "a message with at least one object")

    def tell(self, line: int, path: str, found: str, allowed: str, todo: str = "") -> None:
        self.faults.append(Fault(self.file, line, path, printable(found), allowed, printable(todo)))


def _moment(text: str) -> datetime:
    """A time as messages tell it, also by day of the year. Raises ValueError where it is none."""
    text = text.removesuffix("Z")
    whole, _, part = text.partition(".")
    form = "%Y-%jT%H:%M:%S" if _DAY_OF_YEAR.fullmatch(whole) else "%Y-%m-%dT%H:%M:%S"
    moment = datetime.strptime(whole, form)
    return moment.replace(microsecond=int(f"{part[:6]:0<6}")) if part else moment


# ---- as nodes ----


def bring(file: Path) -> Carried:
    """The orbits in a message, as `nodes` to paste into a scenario. Raises ScenarioError with every fault found."""
    try:
        with file.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        told = Fault(str(file), 0, "", f"cannot be read ({error.strerror or error})", "an OEM file", "")
        raise ScenarioError((told,)) from None
    nodes: dict[str, object] = {}
    left = ["when each object is where: a scenario knows how high and how tilted an orbit is, no more"]
    for one in read(str(file), data):
        name, told_or_why = one.meta["OBJECT_NAME"], _node(one)
        if isinstance(told_or_why, str):
            left.append(f"{file}:{one.line}: {name}: {told_or_why}")
        elif name in nodes:
            left.append(f"{file}:{one.line}: {name}: only its first ephemeris is taken")
        else:
            nodes[name] = told_or_why
    source = {"oem": {"title": f"Orbit Ephemeris Message {file.name}"}}
    text = as_yaml({"nodes": nodes, "sources": source}) if nodes else "nodes: {}\n"
    return Carried({"nodes.yaml": text.encode()}, tuple(left))


def _node(one: Ephemeris) -> dict[str, object] | str:
    """An ephemeris as an orbit by its mean elements; why not, where it is none."""
    body, frame = BODIES.get(one.meta["CENTER_NAME"].lower()), one.meta["REF_FRAME"].upper()
    if body is None:
        return f"about {one.meta['CENTER_NAME']}: only {', '.join(BODIES)} are known"
    if frame not in FRAMES:
        return f"in the frame {frame}: only {', '.join(FRAMES)} are read"
    lows, highs, tilts = zip(*_elements(one, body.mu_m3_s2, body.name), strict=True)
    low_m, high_m = float(np.mean(lows)), float(np.mean(highs))
    if not 0.0 < low_m <= high_m < math.inf:
        return "not in orbit: it flies by"
    node: dict[str, object] = {"kind": "orbit", "body": body.name, "source": "oem"}
    told = {"periapsis": low_m - body.radius_m, "apoapsis": high_m - body.radius_m}
    if (high_m - low_m) / (high_m + low_m) < ROUND:
        told = {"altitude": 0.5 * (low_m + high_m) - body.radius_m}
    node |= {key: f"{value / 1000.0:.3f} km" for key, value in told.items()}
    return {**node, "inclination": f"{math.degrees(float(np.mean(tilts))):.3f} deg"}


def _elements(one: Ephemeris, mu_m3_s2: float, body: str) -> Iterator[tuple[float, float, float]]:
    """Lowest and highest distance (m; infinite where it leaves) and tilt to the body's equator (rad), state by state."""
    pole = equator(body, tdb_s(one.times[0]))[2]
    for state in one.states:
        place, velocity = state[:3], state[3:]
        momentum = np.cross(place, velocity)
        distance_m, energy = (
            np.linalg.norm(place),
            0.5 * velocity @ velocity - mu_m3_s2 / np.linalg.norm(place),
        )
        if energy >= 0.0 or not np.linalg.norm(momentum) > 0.0:
            yield float(distance_m), math.inf, 0.0
            continue
        axis_m = -mu_m3_s2 / (2.0 * energy)
        round_ = math.sqrt(max(0.0, 1.0 - float(momentum @ momentum) / (mu_m3_s2 * axis_m)))
        tilt_rad = math.acos(float(np.clip(momentum @ pole / np.linalg.norm(momentum), -1.0, 1.0)))
        yield axis_m * (1.0 - round_), axis_m * (1.0 + round_), tilt_rad
