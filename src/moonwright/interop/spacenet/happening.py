"""What happens at one place: things come, move, go and change their state, resources are stored, people go outside."""

from __future__ import annotations

from moonwright.interop.spacenet import demand
from moonwright.interop.spacenet.agenda import Agenda
from moonwright.interop.spacenet.event import (
    AddResources,
    ConsumeResources,
    CreateElements,
    Exploration,
    MoveElements,
    ReconfigureElement,
    ReconfigureElements,
    RemoveElements,
    Spacewalk,
    TransferResources,
)
from moonwright.interop.spacenet.yard import RefusedError


def create(agenda: Agenda, event: CreateElements) -> None:
    """Elements come into being."""
    _there(agenda, event.location, event.container)
    for key in event.elements:
        agenda.yard.create(key, event.container)


def move(agenda: Agenda, event: MoveElements) -> None:
    """Elements change their container."""
    _there(agenda, event.location, event.container)
    agenda.yard.require(event.elements, event.location)
    for key in event.elements:
        agenda.yard.put(key, event.container)


def remove(agenda: Agenda, event: RemoveElements) -> None:
    """Elements leave the campaign."""
    agenda.yard.require(event.elements, event.location)
    for key in event.elements:
        agenda.yard.remove(key)


def reconfigure(agenda: Agenda, event: ReconfigureElement) -> None:
    """An element takes up a state."""
    agenda.yard.require((event.element,), event.location)
    agenda.yard.state[event.element] = event.state


def reconfigure_group(agenda: Agenda, event: ReconfigureElements) -> None:
    """Elements take up their first state of a type."""
    agenda.yard.require(event.elements, event.location)
    for key in event.elements:
        states = agenda.yard.element(key).states
        rows = [row for row, state in enumerate(states) if state.type == event.state_type]
        if not rows:
            raise RefusedError(f"{agenda.yard.name(key)} has no state of type {event.state_type}")
        agenda.yard.state[key] = rows[0]


def add(agenda: Agenda, event: AddResources) -> None:
    """Resources appear in a container."""
    _there(agenda, event.location, event.container)
    agenda.yard.add(event.resources, event.container)


def consume(agenda: Agenda, event: ConsumeResources) -> None:
    """Resources are used up."""
    _there(agenda, event.location, event.source)
    agenda.yard.take(event.resources, event.source)


def transfer(agenda: Agenda, event: TransferResources) -> None:
    """Resources change their container; what does not fit stays where it was."""
    agenda.yard.require((event.origin, event.destination), event.location)
    agenda.yard.take(event.resources, event.origin)
    try:
        agenda.yard.add(event.resources, event.destination)
    except RefusedError:
        agenda.yard.add(event.resources, event.origin)
        raise


def explore(agenda: Agenda, event: Exploration) -> None:
    """Spacewalks at equal gaps."""
    agenda.yard.require((event.vehicle, *(one.element for one in event.crew)), event.location)
    if not agenda.campaign.configuration.detailed_exploration:
        return
    begins_d = agenda.now_d
    for number in range(1, demand.walks(event) + 1):
        day_d = begins_d + number * demand.between_walks_d(event)
        agenda.at(day_d, event.priority, event.name, lambda: go_outside(agenda, event))


def go_outside(agenda: Agenda, event: Spacewalk | Exploration) -> None:
    """The crew takes up its states outside, and later goes back to what it was, in its vehicle."""
    if not agenda.campaign.configuration.detailed_eva:
        return
    yard, keys = agenda.yard, [one.element for one in event.crew]
    yard.require((event.vehicle, *keys), event.location)
    wanted = ((one, one.amount) for one in event.demands)
    agenda.books.demands += demand.asked(agenda.campaign, agenda.rules, agenda.now_d, event.location, wanted)
    before = {key: yard.state.get(key) for key in keys}
    for one in event.crew:
        if one.state is not None and one.state >= 0:
            yard.state[one.element] = one.state
        yard.put(one.element, event.location)

    def back() -> None:
        yard.require((event.vehicle, *keys), event.location)
        yard.state.update(before)
        for key in keys:
            yard.put(key, event.vehicle)

    agenda.at(agenda.now_d + event.outside_d, event.priority, event.name, back)


def _there(agenda: Agenda, location: str, container: str) -> None:
    """A container must be where its event is; a place is where it is."""
    if container in agenda.campaign.element:
        agenda.yard.require((container,), location)
    elif container != location:
        raise RefusedError(f"{agenda.yard.name(container)} is not {agenda.yard.name(location)}")
