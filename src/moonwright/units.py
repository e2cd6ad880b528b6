"""Quantities as text: "3.1 t" -> 3100.0 (kg). The only place where units are strings.

A unit is a symbol or a quotient of two ("kg/d", "kWh/kg", "%/yr"). Every dimension has one canonical
unit, which is what numbers mean everywhere else in Moonwright.
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass

from moonwright.errors import UnitError

DAYS_PER_YEAR = 365.25  # Julian year (IAU)
DAYS_PER_MONTH = DAYS_PER_YEAR / 12

_MASS = {"kg": 1.0, "g": 1e-3, "t": 1e3, "kt": 1e6}
_TIME = {
    "d": 1.0,
    "s": 1 / 86400,
    "min": 1 / 1440,
    "h": 1 / 24,
    "week": 7.0,
    "weeks": 7.0,
    "month": DAYS_PER_MONTH,
    "months": DAYS_PER_MONTH,
    "yr": DAYS_PER_YEAR,
}
_HOURS = {symbol: days * 24 for symbol, days in _TIME.items()}
_POWER = {"kW": 1.0, "W": 1e-3, "MW": 1e3}
_ENERGY = {"kWh": 1.0, "Wh": 1e-3, "MWh": 1e3, "MJ": 1 / 3.6, "GJ": 1e3 / 3.6}
_MONEY = {"MUSD": 1.0, "kUSD": 1e-3, "USD": 1e-6, "BUSD": 1e3}
_LENGTH = {"m": 1.0, "km": 1e3}
_SHARE = {"": 1.0, "%": 1e-2}
_NUMBER = {"": 1.0}


def _per(above: dict[str, float], below: dict[str, float]) -> dict[str, float]:
    return {f"{a}/{b}".strip(): x / y for a, x in above.items() for b, y in below.items()}


@dataclass(frozen=True, eq=False)
class Dimension:
    """A kind of quantity: its name, its canonical unit, and the factor of every unit it may be written in."""

    name: str
    unit: str
    factors: dict[str, float]
    example: str

    @property
    def one(self) -> str:
        """The name in a sentence: "a mass", "an angle"."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"


MASS = Dimension("mass", "kg", _MASS, "3.1 t")
TIME = Dimension("duration", "d", _TIME, "14 d")
SPEED = Dimension("speed", "m/s", {"m/s": 1.0, "km/s": 1e3}, "9.2 km/s")
ISP = Dimension("specific impulse", "s", {"s": 1.0}, "340 s")
POWER = Dimension("power", "kW", _POWER, "40 kW")
ENERGY = Dimension("energy", "kWh", _ENERGY, "2400 kWh")
MONEY = Dimension("money", "MUSD", _MONEY, "120 MUSD")
LENGTH = Dimension("length", "m", _LENGTH, "400 km")
ANGLE = Dimension("angle", "deg", {"deg": 1.0}, "51.6 deg")
VOLUME = Dimension("volume", "m3", {"m3": 1.0, "l": 1e-3}, "2.5 m3")
IMPULSE = Dimension("impulse", "N s", {"N s": 1.0, "kN s": 1e3, "MN s": 1e6}, "2.5 MN s")
SHARE = Dimension("share", "", _SHARE, "5 %")
COUNT = Dimension("number", "", _NUMBER, "4")
PER_YEAR = Dimension("rate of events", "/yr", {f"/{b}": DAYS_PER_YEAR / y for b, y in _TIME.items()}, "2 /yr")
SHARE_PER_DAY = Dimension("share per time", "/d", _per(_SHARE, _TIME), "0.1 %/d")
SHARE_PER_YEAR = Dimension(
    "share per time", "/yr", {k: v * DAYS_PER_YEAR for k, v in _per(_SHARE, _TIME).items()}, "5 %/yr"
)
AREA = Dimension("area", "m2", {"m2": 1.0}, "1238 m2")
MASS_PER_DAY = Dimension("mass rate", "kg/d", _per(_MASS, _TIME), "0.9 kg/d")
MASS_PER_HOUR = Dimension("mass per hour", "kg/h", _per(_MASS, _HOURS), "0.7 kg/h")
SPEED_PER_YEAR = Dimension(
    "speed per time",
    "m/s/yr",
    {
        f"{a}/{b}": x * DAYS_PER_YEAR / y
        for a, x in {"m/s": 1.0, "km/s": 1e3}.items()
        for b, y in _TIME.items()
    },
    "20 m/s/yr",
)
HOURS = Dimension("working time", "h", _HOURS, "200 h")
HOURS_PER_DAY = Dimension("working time per time", "h/d", _per(_HOURS, _TIME), "35 h/week")
ENERGY_PER_MASS = Dimension("energy per mass", "kWh/kg", _per(_ENERGY, _MASS), "5 kWh/kg")
MASS_PER_MASS = Dimension("mass per mass", "kg/kg", _per(_MASS, _MASS), "1.125 kg/kg")
MONEY_PER_YEAR = Dimension(
    "money per time",
    "MUSD/yr",
    {f"{a}/{b}": x * DAYS_PER_YEAR / y for a, x in _MONEY.items() for b, y in _TIME.items()},
    "90 MUSD/yr",
)

_TEXT = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\S.*?)?\s*")


def parse(text: str, dimension: Dimension) -> float:
    """The number that `text` means in the dimension's canonical unit.

    Raises UnitError where the text is no number, the unit is missing or of another dimension, or the
    number is not finite.
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise UnitError(f"{text!r} is not {dimension.one}; write it like {dimension.example!r}")
    number, unit = float(match[1]), match[2] or ""
    if not math.isfinite(number):
        raise UnitError(f"{text!r} is too large to be {dimension.one}")
    if unit not in dimension.factors:
        raise UnitError(_wrong_unit(text, unit, dimension))
    return number * dimension.factors[unit]


def _wrong_unit(text: str, unit: str, dimension: Dimension) -> str:
    if not unit:
        return f"{text!r} has no unit; {dimension.one} is written like {dimension.example!r}"
    near = difflib.get_close_matches(unit, list(dimension.factors), n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return (
        f"{unit!r} in {text!r} is not a unit of {dimension.name}{hint}; write it like {dimension.example!r}"
    )


def show(number: float, dimension: Dimension) -> str:
    """The text that `parse` reads back as exactly `number`."""
    return f"{number!r} {dimension.unit}".strip() if dimension.unit else repr(number)
