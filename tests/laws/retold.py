"""The same campaign told otherwise: other names, another order, later years, other units, twice, at another price level."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

Noun = dict[str, Any]

SECTIONS = (
    "partners",
    "nodes",
    "routes",
    "launchers",
    "vehicles",
    "missions",
    "resources",
    "elements",
    "crew",
    "activities",
    "demands",
)
_WORDS_OF_THE_FORMAT = ("body", "name")  # what stands under these keys is no name of the campaign's
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MEASURED = re.compile(r"([-+]?[\d.]+) (\S+)")


def mapped(told: Any, text: Callable[[str], Any], key: Callable[[Any], Any] = lambda k: k) -> Any:
    """Data with every text, and every key of a mapping, put through a function."""
    if isinstance(told, dict):
        return {key(k): v if k in _WORDS_OF_THE_FORMAT else mapped(v, text, key) for k, v in told.items()}
    if isinstance(told, list):
        return [mapped(x, text, key) for x in told]
    return text(told) if isinstance(told, str) else told


def names(data: Noun) -> list[str]:
    """All names that a campaign gives, those of the units of its missions too."""
    units = [unit for mission in data["missions"].values() for unit in mission.get("units", {})]
    return list(dict.fromkeys([*(name for section in SECTIONS for name in data.get(section, {})), *units]))


def renamed(data: Noun, called: Callable[[str], str]) -> Noun:
    """The campaign with every name replaced."""
    new = {name: called(name) for name in names(data)}
    assert len(set(new.values())) == len(new)
    return dict(mapped(data, lambda t: new.get(t, t), lambda k: new.get(k, k)))


def shuffled(told: Any, chance: random.Random) -> Any:
    """Data with the entries of all mappings in another order. Lists keep theirs: it may mean something."""
    if isinstance(told, dict):
        keys = list(told)
        chance.shuffle(keys)
        return {key: shuffled(told[key], chance) for key in keys}
    return [shuffled(x, chance) for x in told] if isinstance(told, list) else told


def shifted(data: Noun, years: int) -> Noun:
    """The campaign so many years later; calendars repeat after four years, as long as no century comes between."""
    assert years % 4 == 0

    def later(text: str) -> str:
        return _DAY.sub(lambda m: f"{int(m[1]) + years}-{m[2]}-{m[3]}", text)

    return dict(mapped(data, later, lambda k: k + years if isinstance(k, int) else k))


def postponed(day: str, days: int) -> str:
    """A date so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


# unit -> (another one, how many of it make one)
OTHER_UNITS = {
    "t": ("kg", 1000.0),
    "kg": ("g", 1000.0),
    "MUSD": ("kUSD", 1000.0),
    "MUSD/yr": ("USD/yr", 1e6),
    "d": ("h", 24.0),
    "h": ("min", 60.0),
    "km/s": ("m/s", 1000.0),
    "kW": ("W", 1000.0),
    "kg/d": ("t/d", 1e-3),
    "%": ("", 0.01),
    "%/d": ("/d", 0.01),
    "h/week": ("min/week", 60.0),
    "h/d": ("min/d", 60.0),
    "km": ("m", 1000.0),
    "kWh": ("MJ", 3.6),
    "kg/kg": ("g/kg", 1000.0),
    "%/yr": ("/yr", 0.01),
}
_SPANS = ("length", "every")  # of the calendar: "20 d" is a length of a period, and no duration


def remeasured(told: Any) -> Any:
    """Data in other units: 3.1 t as 3100 kg."""
    if isinstance(told, dict):
        kept = {k for k, v in told.items() if k in _SPANS and isinstance(v, str)}
        return {k: v if k in kept | set(_WORDS_OF_THE_FORMAT) else remeasured(v) for k, v in told.items()}
    if isinstance(told, list):
        return [remeasured(x) for x in told]
    match = _MEASURED.fullmatch(told) if isinstance(told, str) else None
    if match is None or match[2] not in OTHER_UNITS:
        return told
    unit, factor = OTHER_UNITS[match[2]]
    return f"{float(match[1]) * factor!r} {unit}".strip()


def repriced(data: Noun, factor: float) -> Noun:
    """The campaign with all prices and budgets scaled."""
    return dict(mapped(data, lambda text: times(text, factor, ("MUSD", "MUSD/yr"))))


def times(text: str, factor: float, units: Iterable[str]) -> str:
    """A quantity scaled, where it is of one of some units; anything else as it is."""
    match = _MEASURED.fullmatch(text)
    return f"{float(match[1]) * factor!r} {match[2]}" if match and match[2] in units else text


def beside(one: Noun, other: Noun) -> Noun:
    """Two campaigns that share nothing but their horizon, as one."""
    both = {**one}
    for section in SECTIONS:
        both[section] = {**one.get(section, {}), **other.get(section, {})}
    initial: Noun = {}
    for campaign in (one, other):
        for key, entry in campaign["initial"].items():
            initial[key] = (
                {**initial.get(key, {}), **entry}
                if isinstance(entry, dict)
                else [
                    *initial.get(key, []),
                    *entry,
                ]
            )
    return {**both, "initial": initial}


# Amounts that double with a campaign. Of these, elements, demands and most of what is there at the start may leave out
# one, which is 1 then.
_AMOUNTS = ("budget", "cadence", "quantity", "amount", "count", "crew_time")
_UNITS = ("kg", "t", "MUSD/yr", "/yr", "h/d", "kg/d")


def doubled(data: Noun) -> Noun:
    """Twice of all that is there, is wanted, may be paid and may be launched; nothing of it any bigger."""
    twice = {**data, "initial": {key: _started(key, entry) for key, entry in data["initial"].items()}}
    for section in ("partners", "launchers", "elements", "activities", "demands"):
        twice[section] = {
            name: _doubled(_told(entry, section)) for name, entry in data.get(section, {}).items()
        }
    return twice


def _started(key: str, entries: Any) -> Any:
    if key == "stocks":
        return {node: _each_twice(stocks) for node, stocks in entries.items()}
    return [_doubled(entry if key == "under_way" else {"count": 1, **entry}) for entry in entries]


def _told(entry: Noun, section: str) -> Noun:
    """An entry with the amount that is 1 where it is left out."""
    if section == "elements":
        return {"quantity": 1, **entry}
    return {"count": 1, **entry} if entry.get("kind") in ("build", "fly") else entry


def _doubled(entry: Noun) -> Noun:
    """An entry with its amounts doubled; what a single copy, person or flight gives or takes stays as it is."""
    amounts = {key: _twice(entry[key]) for key in _AMOUNTS if key in entry}
    by_name = [key for key in ("budgets", "resources") if key in entry]
    by_name += ["uses"] if "crew_time" in entry else []  # of an activity
    return {**entry, **amounts, **{key: _each_twice(entry[key]) for key in by_name}}


def _each_twice(amounts: Noun) -> Noun:
    return {name: _twice(amount) for name, amount in amounts.items()}


def _twice(amount: Any) -> Any:
    return times(amount, 2.0, _UNITS) if isinstance(amount, str) else 2 * amount
