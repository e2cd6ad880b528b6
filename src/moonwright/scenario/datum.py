"""A number that knows where it comes from.

A Datum is a float (so that all arithmetic reads as usual) that carries its provenance: a source, or the
reason why it is assumed together with the range it may lie in. Scenario files write it either bare,
`dry_mass: "3.1 t"`, or in full,
`dry_mass: {value: "3.1 t", assumed: "no figure published", low: "2.8 t", high: "3.5 t"}`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from moonwright import units
from moonwright.errors import UnitError

KEYS = ("value", "source", "assumed", "low", "high", "note")


class Datum(float):
    """A float with provenance: `source` (key of the scenario's), or `assumed` (a reason), `low`, `high`."""

    source: str | None
    assumed: str | None
    low: float | None
    high: float | None
    note: str | None

    def __new__(
        cls,
        value: float,
        *,
        source: str | None = None,
        assumed: str | None = None,
        low: float | None = None,
        high: float | None = None,
        note: str | None = None,
    ) -> Datum:
        made = super().__new__(cls, value)
        made.source, made.assumed, made.low, made.high, made.note = source, assumed, low, high, note
        return made

    @property
    def bare(self) -> bool:
        """True where the datum carries no provenance of its own (it then takes that of its entry)."""
        return self.source is None and self.assumed is None

    def __deepcopy__(self, memo: object) -> Datum:
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, Any]]:
        """Pickle and copy keep the provenance."""
        kept = {key: getattr(self, key) for key in KEYS[1:]}
        return (float(self),), kept


def datum(value: float) -> Datum:
    """A default inside the models: a number without provenance."""
    return Datum(value)


@dataclass(frozen=True)
class Quantity:
    """How pydantic reads, checks, writes and describes a Datum of one dimension."""

    dimension: units.Dimension
    at_least: float = 0.0
    at_most: float = math.inf
    whole: bool = False

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(self.write, when_used="json"),
        )

    def read(self, raw: object) -> Datum:
        """A Datum from a text, from a mapping with provenance, or (dimensionless only) from a number."""
        if isinstance(raw, Datum):
            return raw
        if not isinstance(raw, dict):
            return Datum(self._number(raw))
        for key in raw:
            if key not in KEYS:
                raise PydanticCustomError(
                    "datum", "{found}", {"found": f"unknown key {key!r}; allowed: {', '.join(KEYS)}"}
                )
        if "value" not in raw:
            raise PydanticCustomError("datum", "{found}", {"found": "a datum in full needs `value`"})
        words = {key: raw.get(key) for key in ("source", "assumed", "note")}
        for key, word in words.items():
            if word is not None and not isinstance(word, str):
                raise PydanticCustomError(
                    "datum", "{found}", {"found": f"`{key}` must be a text, found {word!r}"}
                )
        ends = {key: self._number(raw[key]) for key in ("low", "high") if raw.get(key) is not None}
        value = self._number(raw["value"])
        if ends.get("low", value) > value or ends.get("high", value) < value:
            raise PydanticCustomError(
                "datum", "{found}", {"found": "`value` must lie between `low` and `high`"}
            )
        return Datum(value, **words, **ends)  # type: ignore[arg-type]  # words are str | None, checked above

    def _number(self, raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise self._refused(
                f"{raw!r} is not {self.dimension.one}; write it like {self.dimension.example!r}"
            )
        if isinstance(raw, str):
            try:
                number = units.parse(raw, self.dimension)
            except UnitError as error:
                raise self._refused(str(error)) from None
        elif self.dimension.unit:
            raise self._refused(
                f"bare number {raw!r}; {self.dimension.one} needs a unit, like {self.dimension.example!r}"
            )
        else:
            number = float(raw)
        if not math.isfinite(number):
            raise self._refused(f"{raw!r} is not a finite number")
        if not self.at_least <= number <= self.at_most:
            upper = (
                "" if self.at_most == math.inf else f" and at most {units.show(self.at_most, self.dimension)}"
            )
            raise self._refused(
                f"{raw!r} must be at least {units.show(self.at_least, self.dimension)}{upper}"
            )
        if self.whole and number != int(number):
            raise self._refused(f"{raw!r} must be a whole number")
        return number

    def _refused(self, found: str) -> PydanticCustomError:
        return PydanticCustomError("datum", "{found}", {"found": found})

    def write(self, value: Datum) -> object:
        """What `read` reads back unchanged, provenance included."""
        told = self._text(value)
        kept = {
            key: getattr(value, key)
            for key in ("source", "assumed", "note")
            if getattr(value, key) is not None
        }
        kept |= {
            key: self._text(getattr(value, key)) for key in ("low", "high") if getattr(value, key) is not None
        }
        return {"value": told, **kept} if kept else told

    def _text(self, number: float) -> object:
        if self.dimension.unit:
            return units.show(float(number), self.dimension)
        return int(number) if self.whole else float(number)


Mass = Annotated[Datum, Quantity(units.MASS)]
Duration = Annotated[Datum, Quantity(units.TIME)]
Speed = Annotated[Datum, Quantity(units.SPEED)]
Isp = Annotated[Datum, Quantity(units.ISP, at_least=1.0)]
Power = Annotated[Datum, Quantity(units.POWER)]
Energy = Annotated[Datum, Quantity(units.ENERGY)]
Money = Annotated[Datum, Quantity(units.MONEY)]
Length = Annotated[Datum, Quantity(units.LENGTH)]
Altitude = Annotated[Datum, Quantity(units.LENGTH, at_least=-1e7)]
Latitude = Annotated[Datum, Quantity(units.ANGLE, at_least=-90, at_most=90)]
Longitude = Annotated[Datum, Quantity(units.ANGLE, at_least=-180, at_most=360)]
Angle = Annotated[Datum, Quantity(units.ANGLE, at_least=0, at_most=180)]
Area = Annotated[Datum, Quantity(units.AREA)]
Volume = Annotated[Datum, Quantity(units.VOLUME)]
Impulse = Annotated[Datum, Quantity(units.IMPULSE)]
Fraction = Annotated[Datum, Quantity(units.SHARE, at_most=1.0)]
Share = Annotated[Datum, Quantity(units.SHARE)]
Count = Annotated[Datum, Quantity(units.COUNT, whole=True)]
Number = Annotated[Datum, Quantity(units.COUNT)]
PerYear = Annotated[Datum, Quantity(units.PER_YEAR)]
SharePerDay = Annotated[Datum, Quantity(units.SHARE_PER_DAY, at_most=0.99)]
SharePerYear = Annotated[Datum, Quantity(units.SHARE_PER_YEAR)]
MassPerDay = Annotated[Datum, Quantity(units.MASS_PER_DAY)]
MassPerHour = Annotated[Datum, Quantity(units.MASS_PER_HOUR)]
SpeedPerYear = Annotated[Datum, Quantity(units.SPEED_PER_YEAR)]
Hours = Annotated[Datum, Quantity(units.HOURS)]
HoursPerDay = Annotated[Datum, Quantity(units.HOURS_PER_DAY)]
EnergyPerMass = Annotated[Datum, Quantity(units.ENERGY_PER_MASS)]
MassPerMass = Annotated[Datum, Quantity(units.MASS_PER_MASS)]
MoneyPerYear = Annotated[Datum, Quantity(units.MONEY_PER_YEAR)]
