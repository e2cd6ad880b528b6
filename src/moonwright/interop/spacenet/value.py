"""What single values of a SpaceNet file may be, and how they are told where they are something else."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from moonwright.interop.spacenet.duration import LONGEST_D, days, iso, moment

SPACENET: Final = {
    "written_by": "spacenet"
}  # the context in which times are read and written as SpaceNet does

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LARGEST = 1e12  # of any number; a kg or a m/s beyond is a slip of the pen, and overflows when multiplied


def refused(allowed: str) -> PydanticCustomError:
    """The error whose message is what would have been allowed."""
    return PydanticCustomError("spacenet", "{allowed}", {"allowed": allowed})


class Told(BaseModel):
    """A part of a campaign: frozen, and with no keys but those that are carried."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _number(low: float, high: float, told: str) -> BeforeValidator:
    def check(raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise refused(told)
        if not math.isfinite(raw) or not low <= raw <= high:
            raise refused(told)
        return float(raw)

    return BeforeValidator(check)


def _whole(low: int, high: int, told: str) -> BeforeValidator:
    def check(raw: object) -> int:
        if (
            isinstance(raw, bool)
            or not isinstance(raw, int | float)
            or not low <= raw <= high
            or raw != int(raw)
        ):
            raise refused(told)
        return int(raw)

    return BeforeValidator(check)


def _duration(raw: object, info: ValidationInfo) -> float:
    if info.context is not SPACENET:
        return _days(raw)
    try:
        return days(raw)
    except ValueError as error:
        raise refused(str(error)) from None


def _days(raw: object) -> float:
    """A duration of our own files, which have days."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) <= LONGEST_D:
        return float(raw)
    raise refused(f"a number of days, at most {LONGEST_D:,.0f}")


def _duration_out(duration_d: float, info: SerializationInfo) -> Any:
    return iso(duration_d) if info.context is SPACENET else duration_d


def _moment(raw: object) -> datetime:
    try:
        return moment(raw)
    except ValueError as error:
        raise refused(str(error)) from None


def _id(raw: object) -> str:
    if isinstance(raw, str) and _UUID.fullmatch(raw.lower()):
        return raw.lower()
    raise refused("an id (UUID) like 48500dd5-166a-4228-982c-b7f071a521eb")


def _text(raw: object) -> str:
    if isinstance(raw, str) and len(raw) <= 10_000:
        return raw
    raise refused("a text")


def _flag(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise refused("true or false")


Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Id = Annotated[str, BeforeValidator(_id)]
Number = Annotated[float, _number(-_LARGEST, _LARGEST, "a number")]
Amount = Annotated[float, _number(0, _LARGEST, "a number, at least 0")]
Share = Annotated[float, _number(0, 1, "a number from 0 to 1")]
Latitude = Annotated[float, _number(-90, 90, "an angle in degrees, from -90 to 90")]
Longitude = Annotated[float, _number(-180, 360, "an angle in degrees, from -180 to 360")]
Inclination = Annotated[float, _number(0, 180, "an angle in degrees, from 0 to 180")]
Count = Annotated[int, _whole(0, 1_000_000, "a whole number, at least 0")]
Index = Annotated[int, _whole(-1, 1_000_000, "the number of a state, from 0; -1 for none")]
Priority = Annotated[int, _whole(-1_000_000, 1_000_000, "a whole number, 1 for the first")]
Supply = Annotated[int, _whole(0, 99_999, "a class of supply, such as 2 or 203")]
Point = Annotated[int, _whole(1, 5, "a whole number from 1 to 5")]
Duration = Annotated[float, BeforeValidator(_duration), PlainSerializer(_duration_out)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    PlainSerializer(lambda when: when.isoformat().replace("+00:00", "Z"), return_type=str),
]
Environment = Annotated[str, Field(pattern="^(Pressurized|Unpressurized)$")]
