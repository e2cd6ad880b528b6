"""How one may go between two nodes."""

from __future__ import annotations

from pydantic import Field

from moonwright.scenario.datum import Angle, Duration, Fraction, Length, Speed, datum
from moonwright.scenario.noun import Day, Noun


class Window(Noun):
    """Days on which a route may be entered: from `opens` to before `closes`, and again `every` so long."""

    opens: Day
    closes: Day
    every: Duration | None = None


class Circle(Noun):
    """A circular orbit where a flight begins or ends, if no node is it. Its plane is free but for the inclination."""

    altitude: Length
    inclination: Angle


class Computed(Noun):
    """Burns and duration of a route, where it states none, from the motion of Earth and Moon on the day it is entered."""

    flights: tuple[Duration, ...] = Field(
        (),
        description="flight times between Earth and Moon: the cheapest is taken each day; none: 3.5, 4, 4.5 and 5 d",
    )
    at_earth: Circle | None = Field(
        None,
        description="where a transfer or recovery node does not say: parking orbit, or lowest point of the way into the air",
    )
    at_moon: Circle | None = Field(
        None, description="the orbit about the Moon on the way to or from a surface"
    )
    reserve: Fraction = Field(datum(0.0), description="that is added to every burn")
    most: Speed | None = Field(
        None,
        description="all burns of one flight, reserve included: dearer days are closed; left out: no limit",
    )
    within: Speed = Field(
        datum(20.0),
        description="flights leave on days that cost at most so much more than the period's best, sized for the dearest",
    )


class Route(Noun):
    """From `origin` to `destination` in `duration`, with `burns` by who flies it (none: a launcher).

    What is not stated is `computed`, if that is asked for.
    """

    origin: str = Field(alias="from")
    destination: str = Field(alias="to")
    burns: tuple[Speed, ...] = ()
    duration: Duration | None = Field(None, description="needed, unless it is `computed`")
    computed: Computed | None = Field(None, description="none: everything is stated")
    windows: tuple[Window, ...] = Field((), description="none: open at any time")
