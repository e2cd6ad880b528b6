"""What happens in a SpaceNet mission, event by event; times are days after the mission's start."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from moonwright.interop.spacenet.element import StateType
from moonwright.interop.spacenet.place import Burn
from moonwright.interop.spacenet.supply import Measured
from moonwright.interop.spacenet.value import Amount, Duration, Id, Index, Priority, Share, Text, Told


class _Event(Told):
    name: Text
    priority: Priority = 1
    at_d: Duration = Field(0.0, alias="missionTime")
    location: Id


class CreateElements(_Event):
    """Elements come into being, in a container or at a node."""

    type: Literal["Create Elements"] = "Create Elements"
    elements: tuple[Id, ...]
    container: Id


class MoveElements(_Event):
    """Elements change their container within a place."""

    type: Literal["Move Elements"] = "Move Elements"
    elements: tuple[Id, ...]
    container: Id


class RemoveElements(_Event):
    """Elements leave the campaign, with all they hold."""

    type: Literal["Remove Elements"] = "Remove Elements"
    elements: tuple[Id, ...]


class ReconfigureElement(_Event):
    """An element takes up another of its states."""

    type: Literal["Reconfigure Element"] = "Reconfigure Element"
    element: Id
    state: Index = Field(alias="stateIndex")


class ReconfigureElements(_Event):
    """Elements take up their first state of a type."""

    type: Literal["Reconfigure Elements"] = "Reconfigure Elements"
    elements: tuple[Id, ...]
    state_type: StateType = Field(alias="stateType")


class AddResources(_Event):
    """Resources appear in a container."""

    type: Literal["Add Resources"] = "Add Resources"
    resources: tuple[Measured, ...]
    container: Id


class TransferResources(_Event):
    """Resources go from one container to another."""

    type: Literal["Transfer Resources"] = "Transfer Resources"
    resources: tuple[Measured, ...]
    origin: Id = Field(alias="originContainer")
    destination: Id = Field(alias="destinationContainer")


class ConsumeResources(_Event):
    """Resources are used up."""

    type: Literal["Consume Resources"] = "Consume Resources"
    resources: tuple[Measured, ...]
    source: Id


class Action(Told):
    """A step of a burn: an element burns, or is staged (dropped with all it holds)."""

    type: Literal["Burn", "Stage"]
    element: Id


class Sequence(Told):
    """What is done for one burn of an edge, from left to right."""

    burn: Id
    actions: tuple[Action, ...] = Field(
        (), validation_alias=AliasChoices("actions", "burnStageSequence"), serialization_alias="actions"
    )


class PropulsiveBurn(_Event):
    """A burn that leads nowhere: the elements stay where they are."""

    type: Literal["Propulsive Burn"] = "Propulsive Burn"
    elements: tuple[Id, ...]
    burn: Burn
    actions: tuple[Action, ...] = Field(
        (), validation_alias=AliasChoices("actions", "burnStageSequence"), serialization_alias="actions"
    )


class SpaceTransport(_Event):
    """A stack flies along a space edge and works its burns off."""

    type: Literal["Space Transport"] = "Space Transport"
    edge: Id
    elements: tuple[Id, ...]
    sequence: tuple[Sequence, ...] = Field(
        (),
        validation_alias=AliasChoices("burnStageSequence", "actions"),
        serialization_alias="burnStageSequence",
    )


class FlightTransport(_Event):
    """Elements fly along a flight edge; nothing is burned."""

    type: Literal["Flight Transport"] = "Flight Transport"
    edge: Id
    elements: tuple[Id, ...]


class SurfaceTransport(_Event):
    """A vehicle drives along a surface edge."""

    type: Literal["Surface Transport"] = "Surface Transport"
    edge: Id
    vehicle: Id
    speed_km_h: Amount = Field(alias="speed")
    duty_cycle: Share = Field(1.0, alias="dutyCycle")
    state: Index | Id | None = Field(None, alias="transportState", union_mode="left_to_right")


class Posture(Told):
    """The state that somebody takes up for a spacewalk."""

    element: Id
    state: Index | None = Field(None, alias="stateIndex")


class _Outside(_Event):
    outside_d: Duration = Field(alias="evaDuration")
    vehicle: Id
    crew: tuple[Posture, ...] = Field((), alias="elementStates")
    demands: tuple[Measured, ...] = Field((), alias="additionalDemands")


class Spacewalk(_Outside):
    """Some of the crew go outside once."""

    type: Literal["Crewed EVA"] = "Crewed EVA"


class Exploration(_Outside):
    """Some of the crew go outside so many times a week, at equal intervals."""

    type: Literal["Crewed Exploration"] = "Crewed Exploration"
    duration_d: Duration = Field(alias="duration")
    per_week: Amount = Field(0.0, alias="evaPerWeek")


Transport = SpaceTransport | FlightTransport | SurfaceTransport
Event = Annotated[
    CreateElements
    | MoveElements
    | RemoveElements
    | ReconfigureElement
    | ReconfigureElements
    | AddResources
    | TransferResources
    | ConsumeResources
    | PropulsiveBurn
    | SpaceTransport
    | FlightTransport
    | SurfaceTransport
    | Spacewalk
    | Exploration,
    Field(discriminator="type"),
]
