"""The whole of a scenario file: what is asked, in one frozen value."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from moonwright.scenario.contingency import Contingency
from moonwright.scenario.crew import Activity, Crew
from moonwright.scenario.datum import Fraction, datum
from moonwright.scenario.demand import Demand
from moonwright.scenario.element import Element
from moonwright.scenario.horizon import Horizon
from moonwright.scenario.initial import Initial
from moonwright.scenario.keeping import StationKeeping
from moonwright.scenario.launcher import Launcher
from moonwright.scenario.mission import Mission
from moonwright.scenario.node import Node
from moonwright.scenario.noise import Noise
from moonwright.scenario.noun import Noun
from moonwright.scenario.objective import Objective
from moonwright.scenario.partner import Partner
from moonwright.scenario.reaction import Reaction
from moonwright.scenario.resource import Resource
from moonwright.scenario.route import Route
from moonwright.scenario.vehicle import Vehicle


class Source(Noun):
    """A publication that numbers come from."""

    title: str
    url: str | None = None
    grade: Literal["A", "B", "C", "D", "U"] | None = Field(
        None, description="A agency or peer-reviewed, B reputable secondary, C weak, D derived, U unverified"
    )


class Scenario(Noun):
    """One scenario: everything planned is planned from this and nothing else."""

    name: str
    description: str = ""
    currency_year: int = Field(description="money is in MUSD of this year")
    discount_rate: Fraction = datum(0.0)
    horizon: Horizon
    partners: dict[str, Partner] = Field(min_length=1)
    nodes: dict[str, Node] = Field(min_length=1)
    routes: dict[str, Route] = {}
    launchers: dict[str, Launcher] = {}
    vehicles: dict[str, Vehicle] = {}
    missions: dict[str, Mission] = {}
    resources: dict[str, Resource] = {}
    elements: dict[str, Element] = {}
    crew: dict[str, Crew] = {}
    activities: dict[str, Activity] = {}
    station_keeping: tuple[StationKeeping, ...] = ()
    demands: dict[str, Demand] = {}
    initial: Initial = Initial()
    objective: Objective = Objective()
    contingencies: dict[str, Contingency] = Field(
        {}, description="what might happen to the partnership; the planner does not read it"
    )
    noise: Noise = Field(
        Noise(), description="what may go otherwise than planned; the planner does not read it"
    )
    reactions: dict[str, Reaction] = Field({}, description="what is then done; the planner does not read it")
    sources: dict[str, Source] = {}
