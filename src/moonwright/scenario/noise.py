"""What may go otherwise than planned: one section a cause, one entry a launcher, vehicle, element or resource.

The planner reads none of this. A scenario says only what it knows better than the library: whatever it leaves out
is found by `moonwright.scenario.chance`.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from moonwright import units
from moonwright.scenario.datum import Datum, Duration, Fraction, Hours, Quantity, Share
from moonwright.scenario.noun import Noun

# In this order: records and streams of random numbers count on it, so a new cause goes to the end.
Cause = Literal[
    "launch",
    "grounding",
    "weather",
    "readiness",
    "landing",
    "docking",
    "equipment",
    "consumption",
    "sun",
    "element-ready",
]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
ALL: Final = "all"  # the entry for whatever its section does not name

Spread = Annotated[Datum, Quantity(units.COUNT, at_least=1.0)]
_SPREAD = "two cases of three lie between the median over this and the median times this"


class LaunchNoise(Noun):
    """A launch succeeds or not; all aboard is lost if not."""

    success: Fraction | None = Field(
        None, description="share of launches that succeed; left out: the launcher's `reliability`"
    )
    debut: Fraction | None = Field(
        None,
        description="the same of the first two of a type whose `first_flight` is still to come, if it is less",
    )
    family: str | None = Field(
        None, description="launchers that stand down together when one fails; left out: it stands alone"
    )


class GroundingNoise(Noun):
    """How long a family stands down after one of it failed: lognormal."""

    median: Duration | None = Field(None, description="half of the stand-downs are shorter")
    spread: Spread | None = Field(None, description=_SPREAD)


class WeatherNoise(Noun):
    """A launch is scrubbed on the day, for weather, range or a fault that is mended at the pad, and tried again."""

    scrub: Fraction | None = Field(None, description="share of attempts that are scrubbed")
    again: Duration | None = Field(None, description="until the next attempt")


class ReadinessNoise(Noun):
    """Launchers and vehicles are ready later than said: a type still being made, and each flight of one that flies."""

    growth: Share | None = Field(
        None,
        description="median slip of a first flight or `ready` date, as a share of the time that is left to it",
    )
    spread: Spread | None = Field(None, description=_SPREAD)
    late: Duration | None = Field(
        None, description="mean slip of a single flight for its vehicle or cargo; exponential"
    )


class LandingNoise(Noun):
    """A landing succeeds or not; all aboard is lost if not."""

    success: Fraction | None = Field(
        None, description="share of landings that succeed; left out: the vehicle's `reliability`"
    )


class DockingNoise(Noun):
    """A vehicle reaches its port or not; an approach may be broken off and flown again."""

    success: Fraction | None = Field(
        None,
        description="share of vehicles that dock in the end; left out: the `reliability` of one that never lands, "
        "1 of one that does",
    )
    abort: Fraction | None = Field(None, description="share of approaches that are broken off")
    again: Duration | None = Field(None, description="until the next approach")


class EquipmentNoise(Noun):
    """A commissioned element fails now and then, and is out of work until it is repaired."""

    mtbf: Duration | None = Field(None, description="mean time between failures of one copy; exponential")
    repair: Hours | None = Field(
        None, description="work to repair it, by people there and robots that work; a robot helps itself"
    )
    spare: Share | None = Field(None, description="spares a repair takes, as a share of its own mass")
    resource: str | None = Field(
        None,
        description="which spares; left out: those of its `uses.spares`, or else the first of supply class 4",
    )
    common: Fraction | None = Field(
        None, description="share of failures that all copies of the element have at once"
    )


class ConsumptionNoise(Noun):
    """People and machines use more or less than said. Both are standard deviations of a factor about 1."""

    lasting: Share | None = Field(None, description="the same for a whole campaign: what was misjudged")
    passing: Share | None = Field(None, description="anew each month: what differs from one to the next")


class SunNoise(Noun):
    """The Sun's activity about its forecast, which decides what a station in low orbit needs to stay there."""

    spread: Spread | None = Field(
        None, description="1: as past forecasts were wrong (docs/model/station-orbit.md); 2: twice as much"
    )


class ElementReadyNoise(Noun):
    """An element's first copy is ready later than said."""

    growth: Share | None = Field(
        None, description="median slip of its ready date, as a share of the time that is left to it"
    )
    spread: Spread | None = Field(None, description=_SPREAD)
    ahead: Duration | None = Field(
        None, description="how long before its flight one without a `ready` date is to be ready"
    )


class Noise(Noun):
    """What may go otherwise than planned, by cause. The entry `all` of a section holds for whatever it does not name.

    What neither says is taken from the library. `off` silences causes altogether.
    """

    off: tuple[Cause, ...] = Field((), description="causes that do not act")
    launch: dict[str, LaunchNoise] = Field({}, description="by launcher")
    grounding: dict[str, GroundingNoise] = Field({}, description="by family of launchers")
    weather: dict[str, WeatherNoise] = Field({}, description="by launcher")
    readiness: dict[str, ReadinessNoise] = Field({}, description="by launcher or vehicle")
    landing: dict[str, LandingNoise] = Field({}, description="by vehicle")
    docking: dict[str, DockingNoise] = Field({}, description="by vehicle")
    equipment: dict[str, EquipmentNoise] = Field({}, description="by element")
    consumption: dict[str, ConsumptionNoise] = Field({}, description="by resource")
    sun: SunNoise = SunNoise()
    element_ready: dict[str, ElementReadyNoise] = Field({}, description="by element")
