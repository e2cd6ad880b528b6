"""What a campaign asks for: elements by their state as time passes, missions once for the whole of their crew."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moonwright.interop.spacenet.campaign import Campaign, Mission
from moonwright.interop.spacenet.element import AnyElement, HumanAgent
from moonwright.interop.spacenet.event import (
    CreateElements,
    Event,
    Exploration,
    FlightTransport,
    SpaceTransport,
    Spacewalk,
    SurfaceTransport,
)
from moonwright.interop.spacenet.history import Asked
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge, SurfaceEdge
from moonwright.interop.spacenet.rules import Rules
from moonwright.interop.spacenet.supply import CrewModel, ImpulseModel, Kind, RatedModel, SparingModel
from moonwright.interop.spacenet.yard import Yard

Wanted = Iterator[tuple[Kind, float]]  # of what, and how many units

_DAYS_A_YEAR = 365.0  # as SpaceNet counts
_SPARES = {  # where spares are generic: class 4, and where they travel
    "unpressurized": Kind(class_of_supply=4, environment="Unpressurized"),
    "pressurized": Kind(class_of_supply=4, environment="Pressurized"),
}


def walks(exploration: Exploration) -> int:
    """How often somebody goes outside: whole times in so many weeks."""
    return math.floor(exploration.duration_d * exploration.per_week / 7.0)


def between_walks_d(exploration: Exploration) -> float:
    """Days between spacewalks at equal gaps, before the first and after the last, too."""
    count = walks(exploration)
    return (exploration.duration_d - count * exploration.outside_d) / (count + 1)


def as_time_passes(yard: Yard, day_d: float, dt_d: float, once: set[tuple[str, int, int]]) -> Iterator[Asked]:
    """What everything that exists asks for in the `dt_d` days up to `day_d`; `once` remembers what came already."""
    for key in yard.askers:
        element, number, place = yard.element(key), yard.state.get(key), yard.place(key)
        if place is None or number is None or not 0 <= number < len(element.states):
            continue
        for row, model in enumerate(element.states[number].demand_models):
            if isinstance(model, SparingModel):
                wanted = _spares(model, element, dt_d)
            elif isinstance(model, RatedModel) or (key, number, row) not in once:
                wanted = _plain(model, dt_d)
            else:
                continue
            once.add((key, number, row))
            yield from asked(yard.campaign, yard.rules, day_d, place, wanted)


def asked(campaign: Campaign, rules: Rules, day_d: float, place: str, wanted: Wanted) -> Iterator[Asked]:
    """Demands as records, summed by resource and rounded as the rules ask."""
    amounts: dict[tuple[str | None, int | None, str | None], float] = {}
    for kind, units in wanted:
        key = (kind.resource, kind.class_of_supply, kind.environment)
        amounts[key] = amounts.get(key, 0.0) + units
    for (resource, supply, _), units in amounts.items():
        rounded = rules.demand_kg(units)
        if rounded == 0.0:
            continue
        if resource is None:
            yield Asked(day_d, campaign.title(place), int(supply or 0), "", rounded)
        else:
            what = campaign.resource[resource]
            yield Asked(
                day_d, campaign.title(place), what.class_of_supply, what.name, rounded * what.unit_mass_kg
            )


def _plain(model: ImpulseModel | RatedModel, dt_d: float) -> Wanted:
    if isinstance(model, RatedModel):
        for rated in model.demands:
            yield rated, rated.rate * dt_d
        return
    for measured in model.demands:
        yield measured, measured.amount


def _spares(model: SparingModel, element: AnyElement, dt_d: float) -> Wanted:
    """Spares as a share of an element's own mass: of its class, or of its parts by their quantity."""
    for where, share in (
        ("unpressurized", model.unpressurized_per_yr),
        ("pressurized", model.pressurized_per_yr),
    ):
        mass_kg = dt_d * share / _DAYS_A_YEAR * element.mass_kg
        total = sum(part.quantity for part in element.parts)
        if model.by_parts and total > 0:
            for part in element.parts:
                yield Kind(resource=part.resource), mass_kg * part.quantity / total
        elif mass_kg:
            yield _SPARES[where], mass_kg


@dataclass(frozen=True)
class Times:
    """When a mission does what, in days of the campaign; all rounded as the rules ask."""

    start_d: float
    transit_d: float
    stay_d: float
    return_d: float
    duration_d: float


def of_mission(campaign: Campaign, mission: Mission, rules: Rules) -> tuple[float, list[Asked]]:
    """(the day on which a mission asks for it, what it asks for at its destination)."""
    times = mission_times(campaign, mission, rules)
    day_d = rules.time_d(times.start_d + times.transit_d)
    if mission.destination is None:
        return day_d, []
    found: list[Asked] = []
    for model in mission.demand_models:
        wanted = (
            _crews(model, times, crew_size(campaign, mission), hours_outside(mission))
            if isinstance(model, CrewModel)
            else _plain(model, times.duration_d)
        )
        found += asked(campaign, rules, day_d, mission.destination, wanted)
    return day_d, found


def start_d(campaign: Campaign, mission: Mission) -> float:
    """Days from the campaign's start to a mission's. SpaceNet takes the difference without its sign."""
    return abs((mission.start - campaign.start).total_seconds()) / 86_400.0


def mission_times(campaign: Campaign, mission: Mission, rules: Rules) -> Times:
    """How long a mission travels, stays and returns, read from its transports."""
    begins_d = rules.time_d(start_d(campaign, mission))
    ends_d = max(
        (rules.time_d(e.at_d) + rules.time_d(lasts_d(campaign, e)) for e in mission.events), default=0.0
    )
    later = [other for one in campaign.missions if (other := start_d(campaign, one)) > begins_d]
    duration_d = rules.time_d(min(later)) - begins_d if later else ends_d
    legs = list(_legs(campaign, mission, rules))
    arrivals = [end for _, to, _, end in legs if to == mission.destination]
    departures = [begin for origin, _, begin, _ in legs if origin == mission.destination]
    transit_d = min(arrivals, default=duration_d)
    leaves_d = max(departures, default=duration_d)
    home = [end for _, to, _, end in legs if to == mission.return_destination and to is not None]
    leaving = [
        begin for origin, _, begin, _ in legs if origin == mission.return_origin and origin is not None
    ]
    return_d = max(home) - max(leaving) if home and leaving else 0.0
    stay_d = leaves_d - transit_d if arrivals else 0.0
    return Times(begins_d, transit_d, max(0.0, stay_d), max(0.0, return_d), duration_d)


def _legs(campaign: Campaign, mission: Mission, rules: Rules) -> Iterator[tuple[str, str, float, float]]:
    """(origin, destination, begin, end) of every transport, in days of the mission."""
    for event in mission.events:
        if isinstance(event, SpaceTransport | FlightTransport | SurfaceTransport):
            edge = campaign.edge[event.edge]
            ends = (edge.origin, edge.destination)
            origin, to = ends if event.location != edge.destination else ends[::-1]
            yield origin, to, rules.time_d(event.at_d), rules.time_d(event.at_d + lasts_d(campaign, event))


def lasts_d(campaign: Campaign, event: Event) -> float:
    """Days that an event takes; infinite for a drive that gets nowhere."""
    if isinstance(event, Exploration):
        return event.duration_d
    if isinstance(event, Spacewalk):
        return event.outside_d
    edge = campaign.edge.get(getattr(event, "edge", ""))
    if isinstance(event, SurfaceTransport) and isinstance(edge, SurfaceEdge):
        speed = event.speed_km_h * event.duty_cycle * 24.0
        return edge.distance_km / speed if speed > 0 else math.inf
    return edge.duration_d if isinstance(edge, SpaceEdge | FlightEdge) else 0.0


def crew_size(campaign: Campaign, mission: Mission) -> int:
    """People that a mission creates, or that lie in carriers that it creates."""
    created = [key for event in mission.events if isinstance(event, CreateElements) for key in event.elements]
    inner = [one for key in created for one in _contents(campaign.element[key])]
    return sum(isinstance(campaign.element[key], HumanAgent) for key in (*created, *inner))


def _contents(element: AnyElement) -> Iterable[str]:
    contents = getattr(element, "contents", ())
    return [one for one in contents if isinstance(one, str)]


def hours_outside(mission: Mission) -> float:
    """Crew-hours of all spacewalks."""
    total = 0.0
    for event in mission.events:
        if isinstance(event, Spacewalk | Exploration):
            count = walks(event) if isinstance(event, Exploration) else 1
            total += count * event.outside_d * 24.0 * len(event.crew)
    return total


def _crews(model: CrewModel, times: Times, crew: int, outside_h: float) -> Wanted:
    """What a crew needs, by class of supply (SpaceNet's model of crew consumables)."""
    used_d = times.stay_d + (0.0 if model.no_transit else times.transit_d + times.return_d)
    kept_d = used_d + model.reserves_d
    food = model.food_support + model.ambient_food + model.chilled_food
    water = model.water * (1 - model.water_recovery)
    rows = {
        201: kept_d * crew * water + outside_h * model.water_outside_h,
        202: kept_d * crew * food,
        203: kept_d * crew * (model.oxygen + model.nitrogen) + outside_h * model.oxygen_outside_h,
        204: kept_d * crew * model.hygiene + crew * model.hygiene_kit,
        205: used_d * crew * model.clothing / max(1.0, model.clothing_life_d),
        206: crew * model.personal_kit,
        301: crew * model.office_kit,
        302: crew * model.suit + outside_h * model.scrubber_outside_h,
        303: model.health_equipment + crew * model.health_kit,
        304: model.safety_equipment,
        305: model.radio_equipment,
        306: crew * model.computer_kit,
        701: used_d * crew * model.trash_bags,
        702: kept_d * crew * model.waste_containment,
    }
    for supply, amount in rows.items():
        yield Kind(class_of_supply=supply), amount
