"""A scenario with its life support worked out: what it asks for and does not state, put in as numbers.

The numbers stand where stated ones would, so that planner, replay and report read them as they read any other, and results
that were written hold them. What is stated by hand stays. Working it out twice changes nothing. Spacewalks whose activity
does not say what they use take the most that any kind of crew's suits do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from moonwright.errors import InternalError
from moonwright.habitat import loop
from moonwright.habitat.crew import walk
from moonwright.habitat.plant import ICE, MOLTEN_REGOLITH, molten_regolith_yield
from moonwright.habitat.spares import spares_for
from moonwright.scenario import shelf
from moonwright.scenario.crew import Activity, Crew, Spacewalk
from moonwright.scenario.datum import Datum
from moonwright.scenario.element import Closure, Element, Production, Provides, Uses
from moonwright.scenario.habitat import LifeSupport, Part, Walk
from moonwright.scenario.provenance import data_of
from moonwright.scenario.scenario import Scenario

_SYSTEMS: Final[Mapping[str, loop.LifeSupport]] = {
    "bare-bones": loop.BARE_BONES,
    "iss-2021": loop.ISS_2021,
    "iss-2023": loop.ISS_2023,
    "iss-sabatier": loop.ISS_SABATIER,
}
_DAY, _OUTSIDE, _PLANTS = "bvad-2022", "spacenet-crew-model", "ho-toolbox"  # sources, as the library has them

Entry = TypeVar("Entry", Scenario, Crew, Activity, Element, Provides, Uses)
Names = Mapping[str, str]  # the scenario's resource by substance


def lived_in(scenario: Scenario) -> Scenario:
    """The scenario with needs, recovery, spares and yields in place of what asks for them; itself where nothing does."""
    names = {str(x.substance): name for name, x in scenario.resources.items() if x.substance is not None}
    horizon_d = float((scenario.horizon.end - scenario.horizon.start).days)
    crew = {name: _crew(kind, names) for name, kind in scenario.crew.items()}
    elements = {name: _element(element, names, horizon_d) for name, element in scenario.elements.items()}
    walks = _most(crew.values())
    activities = {name: _activity(activity, walks) for name, activity in scenario.activities.items()}
    changed = _with(scenario, {"crew": crew, "elements": elements, "activities": activities})
    if changed is scenario:
        return scenario
    cited = sorted({one.source for one in data_of(changed) if one.source is not None} - {*scenario.sources})
    return changed.model_copy(update={"sources": {**scenario.sources, **{x: shelf.source(x) for x in cited}}})


def _crew(kind: Crew, names: Names) -> Crew:
    changed: dict[str, Any] = {}
    if kind.metabolism is not None:
        changed["uses"] = _beside(_day(names), kind.uses)
    if kind.spacewalk.walk is not None:
        changed["spacewalk"] = _outside(kind.spacewalk, kind.spacewalk.walk, names)
    return _with(kind, changed)


def _day(names: Names) -> dict[str, Datum]:
    """A person's day without any recovery."""
    brought = loop.daily(loop.BARE_BONES, 1).brought
    food_kg = brought.food_dry_kg + brought.food_water_kg
    found = {"oxygen": brought.oxygen_kg, "water": brought.water_kg, "food": food_kg}
    day = {_named(names, what): Datum(kg, source=_DAY) for what, kg in found.items()}
    if (canisters := names.get("lithium hydroxide")) is not None:
        day[canisters] = Datum(
            brought.hydroxide_kg,
            assumed="computed: binds a day's carbon dioxide (bvad-2022), 85 % of a canister reacts",
            low=brought.hydroxide_kg * loop.BARE_BONES.canister_use,
        )
    return day


def _outside(spacewalk: Spacewalk, asked: Walk, names: Names) -> Spacewalk:
    """Losses of one spacewalk, spread over its crew-hours."""
    lost, hours = walk(int(asked.people), asked.lasts), asked.people * asked.lasts
    uses = {
        _named(names, "water"): Datum(lost.water_kg / hours, source=_OUTSIDE),
        _named(names, "oxygen"): Datum(
            lost.oxygen_kg / hours, source=_OUTSIDE, note="with the air that the pump leaves in the airlock"
        ),
        _named(names, "nitrogen"): Datum(
            lost.nitrogen_kg / hours, assumed="the air that the pump leaves in an airlock of 5 m3"
        ),
    }
    return spacewalk.model_copy(update={"uses": _beside(uses, spacewalk.uses)})


def _most(kinds: Iterable[Crew]) -> dict[str, Datum]:
    """What a crew-hour outside uses, whoever is out: of each resource the most that any kind uses."""
    most: dict[str, Datum] = {}
    for kind in kinds:
        for resource, per_hour in kind.spacewalk.uses.items():
            if per_hour > most.get(resource, 0.0):
                most[resource] = per_hour
    return most


def _activity(activity: Activity, walks: Mapping[str, Datum]) -> Activity:
    if not activity.spacewalks or activity.spacewalk_uses:
        return activity
    return _with(activity, {"spacewalk_uses": dict(walks)})


def _element(element: Element, names: Names, horizon_d: float) -> Element:
    gives, takes = element.provides, element.uses
    provided: dict[str, Any] = {}
    if gives.plants:
        made = {resource: _made(element, resource, horizon_d) for resource in gives.plants}
        provided["produces"] = _beside(made, gives.produces)
    used: dict[str, Any] = {}
    if takes.parts:
        used["resources"] = _beside(_spares(takes), takes.resources)
    if gives.life_support is not None:
        provided["closure"] = _beside(_closure(gives.life_support, names), gives.closure)
        used |= _taken(takes, used.get("resources", takes.resources), gives.life_support, names)
    return _with(element, {"provides": _with(gives, provided), "uses": _with(takes, used)})


def _closure(asked: LifeSupport, names: Names) -> dict[str, Closure]:
    """Shares of a person's open-loop day that the system makes needless."""
    whole = loop.daily(loop.BARE_BONES, 1).brought
    still = loop.daily(_SYSTEMS[asked.system], 1).brought
    shares = {
        "oxygen": 1.0 - still.oxygen_kg / whole.oxygen_kg,
        "water": 1.0 - still.water_kg / whole.water_kg,
        "lithium hydroxide": 1.0 - still.hydroxide_kg / whole.hydroxide_kg,
    }
    told = (
        f"computed: what {asked.system} saves of a day without recovery; water split for oxygen is taken off"
    )
    return {
        names[what]: Closure(share=Datum(share, assumed=told), crew=asked.crew)
        for what, share in shares.items()
        if share > 0.0 and what in names
    }


def _taken(
    takes: Uses, stated: Mapping[str, Datum], asked: LifeSupport, names: Names
) -> Iterator[tuple[str, Any]]:
    """Power where none is stated, and what a leak takes, whether or not anybody is there."""
    system = _SYSTEMS[asked.system]
    if "power" not in takes.model_fields_set:
        told = (
            f"computed: {asked.system} for {asked.crew:g}; 7 kWh a kg of oxygen, 0.2 a kg of water won back"
        )
        yield "power", Datum(loop.daily(system, asked.crew).power_kw, assumed=told)
    if asked.leak > 0.0:
        lost = loop.daily(system, 0, leak_kg=asked.leak).brought
        kilograms = {"oxygen": lost.oxygen_kg, "water": lost.water_kg, "nitrogen": lost.nitrogen_kg}
        told = f"computed: makes good a leak of {asked.leak:g} kg of air a day"
        leak = {_named(names, w): Datum(kg, assumed=told) for w, kg in kilograms.items() if kg > 0.0}
        yield "resources", _beside(leak, stated)


def _spares(takes: Uses) -> dict[str, Datum]:
    """By resource, what all its kinds of parts use, unless it is stated as a share of the element's mass."""
    sums: dict[str, float] = {}
    for part in takes.parts.values():
        if part.resource not in takes.spares:
            sums[part.resource] = sums.get(part.resource, 0.0) + _spares_kg_d(part)
    told = "computed: parts that fail at random, each stretch supplied for itself"
    return {resource: Datum(kg, assumed=told) for resource, kg in sums.items()}


def _spares_kg_d(part: Part) -> float:
    spares = spares_for(int(part.count), part.mean_life, part.lasts, part.confidence)
    return spares * part.mass / part.lasts


def _made(element: Element, resource: str, horizon_d: float) -> Production:
    """What a plant of the element's mass makes a day: in the mean over its life, or the horizon if it has none."""
    life_d = horizon_d if element.life is None else float(element.life)
    if element.provides.plants[resource] == "molten regolith":
        plant = replace(MOLTEN_REGOLITH, yield_kg_kg_yr=molten_regolith_yield(element.mass))
    else:
        plant = ICE
    note = f"computed: of {element.mass:g} kg of plant, in the mean over {life_d:g} d"
    return Production(
        rate=Datum(plant.mean_kg_d(element.mass, life_d), source=_PLANTS, note=note),
        energy=Datum(plant.energy_kwh_kg, assumed="no figure read; heat, digging and cleaning are in it"),
    )


def _beside(computed: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Both, where they differ what is stated."""
    return {**computed, **stated}


def _with(entry: Entry, changed: dict[str, Any]) -> Entry:
    """The entry with other values; itself where they are its own."""
    if all(getattr(entry, key) == value for key, value in changed.items()):
        return entry
    return entry.model_copy(update=changed)


def _named(names: Names, substance: str) -> str:
    try:
        return names[substance]
    except KeyError:
        raise InternalError(f"life support is computed, but no resource is {substance}") from None
