"""What a trial rests on: the scenario's noise with the library's beneath it, number by number, and its rules.

For each number the first of these that states it holds: the scenario's entry by that name, the scenario's entry
`all`, the library's entry by that name, the library's `all`. Numbers that come from one and the same statement are
one level: whoever varies it, varies it for all that rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter

from moonwright.scenario.datum import Datum
from moonwright.scenario.mission import Leg, Mission
from moonwright.scenario.node import Surface
from moonwright.scenario.noise import ALL, CAUSES, Cause, Noise
from moonwright.scenario.noun import Noun
from moonwright.scenario.reaction import Reaction
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import whole
from moonwright.scenario.walk import numbers

_MAINTENANCE = 4  # class of supply
_LANDS = "its `reliability` is that of its landing"


class Level(NamedTuple):
    """One number that trials rest on, in the units of its field; `low` and `high` are its value where none is known.

    `name` is where it stands: `weather.all.scrub`, `launchers.falcon-9.reliability`.
    """

    name: str
    cause: Cause
    value: float
    low: float
    high: float
    source: str | None
    assumed: str | None


@dataclass(frozen=True)
class Chances:
    """All that trials of one scenario rest on.

    `levels` are its numbers, each once; `places` says which of them holds for a cause's subject (a launcher,
    family, vehicle, element or resource; "" for the Sun) and field. `families` is the family of each launcher,
    `spares` the resource that repairs of an element take (None: none), `off` the causes that do not act.
    """

    levels: tuple[Level, ...]
    places: Mapping[tuple[Cause, str, str], int]
    families: Mapping[str, str]
    spares: Mapping[str, str | None]
    off: frozenset[Cause]
    reactions: Mapping[str, Reaction]

    def at(self, cause: Cause, subject: str, field: str) -> int:
        """Which of `levels` holds there. Raises KeyError where a cause has no such subject or field."""
        return self.places[cause, subject, field]

    def value(self, cause: Cause, subject: str, field: str) -> float:
        """The number that holds there."""
        return self.levels[self.at(cause, subject, field)].value


def chances(scenario: Scenario) -> Chances:
    """What the scenario and the library say together of everything that may go otherwise, and of what is then done."""
    families = {name: _family(scenario, name) for name in scenario.launchers}
    levels: dict[str, Level] = {}
    places: dict[tuple[Cause, str, str], int] = {}
    for cause, subject in _subjects(scenario, families):
        for field in _fields(cause):
            level = _level(scenario, cause, subject, field)
            if field == "debut":  # no type does better at first
                level = min(level, _level(scenario, cause, subject, "success"), key=lambda level: level.value)
            levels.setdefault(level.name, level)
            places[cause, subject, field] = list(levels).index(level.name)
    return Chances(
        levels=tuple(levels.values()),
        places=places,
        families=families,
        spares={name: _spares(scenario, name) for name in scenario.elements},
        off=frozenset(scenario.noise.off),
        reactions=_reactions(scenario),
    )


@cache
def library_noise() -> Noise:
    """The library's noise."""
    return Noise.model_validate(whole("noise"), by_alias=True, by_name=False)


@cache
def library_reactions() -> Mapping[str, Reaction]:
    """The library's standing rules, by name."""
    rules: TypeAdapter[dict[str, Reaction]] = TypeAdapter(dict[str, Reaction])
    return rules.validate_python(whole("reactions"), by_alias=True, by_name=False)


def section(cause: Cause) -> str:
    """The key of a cause in `noise`."""
    return cause.replace("-", "_")


def _subjects(scenario: Scenario, families: Mapping[str, str]) -> Iterator[tuple[Cause, str]]:
    """Everything that each cause can befall, cause by cause."""
    things: dict[Cause, tuple[str, ...]] = {
        "launch": tuple(scenario.launchers),
        "grounding": tuple(dict.fromkeys(families.values())),
        "weather": tuple(scenario.launchers),
        "readiness": (*scenario.launchers, *scenario.vehicles),
        "landing": tuple(name for name in scenario.vehicles if lands(scenario, name)),
        "docking": tuple(scenario.vehicles),
        "equipment": tuple(scenario.elements),
        "consumption": tuple(scenario.resources),
        "sun": ("",),
        "element-ready": tuple(scenario.elements),
    }
    for cause in CAUSES:
        for subject in things[cause]:
            yield cause, subject


@cache
def _fields(cause: Cause) -> tuple[str, ...]:
    """The numbers that a cause has, as its entries in the library's `all` and in `_fallback` state them."""
    annotation = Noise.model_fields[section(cause)].annotation
    entry = annotation if cause == "sun" else annotation.__args__[1]  # type: ignore[union-attr]  # dict[str, entry]
    texts = {*Noun.model_fields, "family", "resource"}
    return tuple(name for name in entry.model_fields if name not in texts)  # type: ignore[union-attr]  # a Noun


def _level(scenario: Scenario, cause: Cause, subject: str, field: str) -> Level:
    for noise in (scenario.noise, library_noise()):
        for path, entry in _entries(noise, cause, subject):
            datum = getattr(entry, field)
            if datum is not None:
                return _told((*path, field), cause, datum, noise)
    return _fallback(scenario, cause, subject, field)


def _entries(noise: Noise, cause: Cause, subject: str) -> Iterator[tuple[tuple[str, ...], Noun]]:
    key = section(cause)
    if cause == "sun":
        yield (key,), noise.sun
        return
    entries = getattr(noise, key)
    for name in (subject, ALL):
        if name in entries:
            yield (key, name), entries[name]


def _fallback(scenario: Scenario, cause: Cause, subject: str, field: str) -> Level:
    """What the entry of the thing itself says, where no noise does."""
    noun = "launchers" if cause == "launch" else "vehicles"
    thing = getattr(scenario, noun)[subject]
    if cause == "docking" and lands(scenario, subject):
        return Level("docking.landers.success", cause, 1.0, 1.0, 1.0, None, _LANDS)
    return _told((noun, subject, "reliability"), cause, thing.reliability, thing)


def _told(path: tuple[str, ...], cause: Cause, datum: Datum, whole: Noun) -> Level:
    """A number with its provenance, which may stand with the entry around it."""
    low = float(datum) if datum.low is None else datum.low
    high = float(datum) if datum.high is None else datum.high
    source, assumed = datum.source, datum.assumed
    if datum.bare:
        at = path if isinstance(whole, Noise) else path[2:]
        source, assumed = next(((n.source, n.assumed) for n in numbers(whole) if n.path == at), (None, None))
    return Level(".".join(path), cause, float(datum), low, high, source, assumed)


def lands(scenario: Scenario, vehicle: str) -> bool:
    """True where a mission has the vehicle fly a leg to a surface."""
    return any(
        vehicle in _flown_by(mission, leg)
        and leg.route in scenario.routes
        and isinstance(scenario.nodes.get(scenario.routes[leg.route].destination), Surface)
        for mission in scenario.missions.values()
        for leg in mission.legs
    )


def _flown_by(mission: Mission, leg: Leg) -> tuple[str, ...]:
    return tuple(mission.units.get(unit, unit) for unit in leg.flyers)


def _family(scenario: Scenario, launcher: str) -> str:
    """The family that the scenario, or else the library, puts a launcher into; itself where neither does."""
    for noise in (scenario.noise, library_noise()):
        entry = noise.launch.get(launcher)
        if entry is not None and entry.family is not None:
            return entry.family
    return launcher


def _spares(scenario: Scenario, element: str) -> str | None:
    """The resource that a repair takes: as the noise says, or else as the element's upkeep does, or else any spares."""
    for noise in (scenario.noise, library_noise()):
        for _, entry in _entries(noise, "equipment", element):
            named = getattr(entry, "resource", None)
            if named is not None:
                return str(named)
    upkeep = (*scenario.elements[element].uses.spares, *_maintenance(scenario))
    return next(iter(upkeep), None)


def _maintenance(scenario: Scenario) -> Iterator[str]:
    return (name for name, resource in scenario.resources.items() if resource.supply_class == _MAINTENANCE)


def _reactions(scenario: Scenario) -> Mapping[str, Reaction]:
    """The rules in force, in order: the library's, each as the scenario has it, then the scenario's own."""
    rules = {**library_reactions(), **scenario.reactions}
    return {name: rule for name, rule in rules.items() if rule.do != "nothing"}
