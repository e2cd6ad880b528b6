"""A campaign run event by event, by SpaceNet's rules or exact ones.

Before each event everything that exists asks for what it needs for the time that has passed. Demands are counted and
not taken from what is aboard, as SpaceNet's batch runs do. What cannot be done is told, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from moonwright.interop.spacenet import demand, happening, transport
from moonwright.interop.spacenet.agenda import Agenda
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import PropulsiveVehicle
from moonwright.interop.spacenet.event import Event
from moonwright.interop.spacenet.history import Asked, History
from moonwright.interop.spacenet.rules import Rules

_LAST = 2**31 - 1  # the priority of a mission's own demands

_DOING: Mapping[str, Callable[[Agenda, Any], None]] = {
    "Create Elements": happening.create,
    "Move Elements": happening.move,
    "Remove Elements": happening.remove,
    "Reconfigure Element": happening.reconfigure,
    "Reconfigure Elements": happening.reconfigure_group,
    "Add Resources": happening.add,
    "Consume Resources": happening.consume,
    "Transfer Resources": happening.transfer,
    "Crewed EVA": happening.go_outside,
    "Crewed Exploration": happening.explore,
    "Propulsive Burn": transport.propulsive_burn,
    "Space Transport": transport.space_transport,
    "Flight Transport": transport.flight_transport,
    "Surface Transport": transport.surface_transport,
}


def run(campaign: Campaign, rules: Rules) -> History:
    """What happens in a campaign by some rules."""
    agenda = Agenda(campaign, rules)
    for mission in campaign.missions:
        starts_d = rules.time_d(demand.start_d(campaign, mission))
        for event in mission.events:
            agenda.at(starts_d + event.at_d, event.priority, event.name, _doing(agenda, event))
        day_d, wanted = demand.of_mission(campaign, mission, rules)
        agenda.at(day_d, _LAST, mission.name, _asking(agenda, wanted))
    agenda.work_off()
    return _history(agenda)


def _doing(agenda: Agenda, event: Event) -> Callable[[], None]:
    return lambda: _DOING[event.type](agenda, event)


def _asking(agenda: Agenda, wanted: list[Asked]) -> Callable[[], None]:
    return lambda: agenda.books.demands.extend(wanted)


def _history(agenda: Agenda) -> History:
    books, yard = agenda.books, agenda.yard
    tanks = [
        one for one in agenda.campaign.elements if isinstance(one, PropulsiveVehicle) and one.id in yard.stock
    ]
    return History(
        rules=agenda.rules.name,
        burns=tuple(books.burns),
        departures=tuple(books.departures),
        demands=tuple(books.demands),
        troubles=tuple(books.troubles),
        left_kg=tuple((one.name, yard.stock_kg(one.id)) for one in tanks),
        ends_d=agenda.now_d,
        crew_surface_d=books.crew_surface_d,
        exploration_kg=books.exploration_kg,
        exploration=books.exploration,
    )
