"""What all entries of a scenario file share: frozen, no unknown keys, and a place for their provenance."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from moonwright.scenario.datum import Datum

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_out(raw: object) -> object:
    """Refuses what pydantic would read as seconds since 1970."""
    if type(raw) is date or (isinstance(raw, str) and _DATE.fullmatch(raw)):
        return raw
    raise PydanticCustomError("date", "not a date; write it like 2031-05-01")


Day = Annotated[date, BeforeValidator(_written_out)]


class Noun(BaseModel):
    """An entry of a scenario file.

    `source` or `assumed` here hold for every number of the entry that has no provenance of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, validate_default=False)

    source: str | None = Field(
        None, description="key of `sources`: where the numbers of this entry come from"
    )
    assumed: str | None = Field(
        None, description="why the numbers of this entry are assumed, where no source exists"
    )
    note: str | None = Field(None, description="anything a reader should know")


class Interval(Noun):
    """From a date (included) until a date (not included); either end may be open."""

    starts: Day | None = Field(None, alias="from", description="first day; left out: since ever")
    until: Day | None = Field(None, description="first day after; left out: for ever")

    def holds(self, day: date) -> bool:
        """True where `day` lies in the interval."""
        return (self.starts is None or self.starts <= day) and (self.until is None or day < self.until)


def provenance(entry: Noun, number: Datum) -> tuple[str | None, str | None]:
    """(source, assumed) of a number of an entry: its own, or else the entry's."""
    if number.bare:
        return entry.source, entry.assumed
    return number.source, number.assumed
