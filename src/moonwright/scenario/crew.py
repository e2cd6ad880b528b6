"""Kinds of crew, and what their work asks of a node."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.datum import Duration, HoursPerDay, Mass, MassPerDay, MassPerHour, Power, datum
from moonwright.scenario.habitat import Walk
from moonwright.scenario.noun import Interval, Noun


class Rotation(Noun):
    """How long one person stays away, from arrival to departure."""

    shortest: Duration = datum(0.0)
    longest: Duration


class Spacewalk(Noun):
    """What one crew-hour outside uses, by resource."""

    uses: dict[str, MassPerHour] = {}
    walk: Walk | None = Field(None, description="from which that follows, where it is not stated")


class Crew(Noun):
    """A kind of crew member, of a partner. `mass` counts suit and personal kit; `uses` is a person's day.

    Of a day that is not stated, `metabolism` gives oxygen, water, food and, if a resource is lithium hydroxide, canisters.
    """

    name: str | None = None
    owner: str
    mass: Mass
    uses: dict[str, MassPerDay] = Field({}, description="needed, unless there is a `metabolism`")
    metabolism: Literal["nominal"] | None = Field(
        None, description="a day's needs as NASA's baseline values have them"
    )
    rotation: Rotation
    work: HoursPerDay = Field(datum(0.0), description="time for work, such as 35 h/week")
    power: Power = Field(datum(0.0), description="power that one person adds to the load")
    spacewalk: Spacewalk = Spacewalk()


class Activity(Interval):
    """Work that goes on at a node between `from` and `until`: science, upkeep, spacewalks."""

    node: str
    crew_time: HoursPerDay = datum(0.0)
    spacewalks: HoursPerDay = Field(datum(0.0), description="crew-hours outside; counted in crew time too")
    spacewalk_uses: dict[str, MassPerHour] = Field({}, description="on each crew-hour outside")
    uses: dict[str, MassPerDay] = {}
    power: Power = datum(0.0)
