"""Names: those that entries bear, and those by which entries point at each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from moonwright.scenario import shelf
from moonwright.scenario.contingency import BudgetCut, CarriageBan, Withdrawal
from moonwright.scenario.demand import (
    BuildDemand,
    CrewDemand,
    DeliverDemand,
    FlyDemand,
    ReserveDemand,
)
from moonwright.scenario.document import Path, brief
from moonwright.scenario.finding import Finding, did_you_mean
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import listed
from moonwright.scenario.walk import entries, numbers

SHARED = "shared"  # the owner of what belongs to all partners together
_NAMES_SHOWN = 12
_LONGEST_NAME = 80
_NAMED = (*shelf.NOUNS, "activities", "demands", "contingencies", "sources")


class Pointer(NamedTuple):
    """A name at a path, which must be that of a `what`."""

    path: Path
    name: str
    what: str


def odd_names(scenario: Scenario) -> Iterator[Finding]:
    """Entries whose names a table or a message could not show."""
    for noun in _NAMED:
        for name in getattr(scenario, noun):
            if name != name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
                allowed = f"at most {_LONGEST_NAME} printable characters, no space at either end"
                yield Finding((noun, name), f"the name {brief(name)}", allowed)


def unknown_names(scenario: Scenario) -> Iterator[Finding]:
    """Names that point at nothing. Where one is missing in many places, the first one tells."""
    known = _known(scenario)
    missing: dict[tuple[str, str], list[Path]] = {}
    for pointer in _pointers(scenario):
        if pointer.name not in known[pointer.what]:
            missing.setdefault((pointer.what, pointer.name), []).append(pointer.path)
    for (what, name), paths in missing.items():
        more = f" (nor for {len(paths) - 1} more that ask for it)" if len(paths) > 1 else ""
        names = list(known[what])
        shown = listed(names[:_NAMES_SHOWN]) + (", ..." if len(names) > _NAMES_SHOWN else "")
        yield Finding(
            paths[0], f"no {what} {brief(name)}{more}", shown or "none is given", _help(what, name, names)
        )


def unknown_sources(scenario: Scenario) -> Iterator[Finding]:
    """Sources that numbers or entries cite and `sources` does not list."""
    cited = [((*path, "source"), noun.source) for path, noun in entries(scenario) if noun.source is not None]
    cited += [(n.path, n.datum.source) for n in numbers(scenario) if n.datum.source is not None]
    missing: dict[str, Path] = {}
    for path, key in cited:
        if key not in scenario.sources:
            missing.setdefault(key, path)
    for key, path in missing.items():
        todo = (
            did_you_mean(key, scenario.sources) or f"add it to `sources`: `{key}: {{title: ..., url: ...}}`"
        )
        yield Finding(path, f"no source {brief(key)}", "a key of `sources`", todo)


def _help(what: str, name: str, names: list[str]) -> str:
    if question := did_you_mean(name, names):
        return question
    noun = (
        f"{what}s" if f"{what}s" in shelf.NOUNS else {"crew kind": "crew", "owner": "partners"}.get(what, "")
    )
    if noun and name in shelf.shelf(noun):
        return f"the library has it: add `{name}: {{library: {name}}}` to `{noun}`"
    return f"add it to `{noun}`" if noun else ""


def _known(scenario: Scenario) -> Mapping[str, Mapping[str, object]]:
    partners = scenario.partners
    return {
        "partner": partners,
        "owner": {**partners, SHARED: None},
        "node": scenario.nodes,
        "route": scenario.routes,
        "launcher": scenario.launchers,
        "vehicle": scenario.vehicles,
        "mission": scenario.missions,
        "resource": scenario.resources,
        "element": scenario.elements,
        "crew kind": scenario.crew,
        "crew kind or partner": {**scenario.crew, **partners},
    }


def _pointers(scenario: Scenario) -> Iterator[Pointer]:
    for gather in (
        _of_partners,
        _of_contingencies,
        _of_routes,
        _of_launchers,
        _of_vehicles,
        _of_missions,
        _of_elements,
        _of_crew,
    ):
        yield from gather(scenario)
    for gather in (_of_activities, _of_demands, _of_initial):
        yield from gather(scenario)
    for number, keeping in enumerate(scenario.station_keeping):
        yield Pointer(("station_keeping", number, "node"), keeping.node, "node")


def _each(path: Path, names: Mapping[str, object] | tuple[str, ...], what: str) -> Iterator[Pointer]:
    """Pointers from the keys of a mapping, or from the items of a list."""
    for number, name in enumerate(names):
        yield Pointer((*path, name if isinstance(names, Mapping) else number), name, what)


def _of_partners(scenario: Scenario) -> Iterator[Pointer]:
    for name, partner in scenario.partners.items():
        yield from _each(("partners", name, "may_not_carry"), partner.may_not_carry, "partner")
        yield from _each(("partners", name, "may_not_fly_with"), partner.may_not_fly_with, "partner")
        for number, embargo in enumerate(partner.embargoes):
            yield Pointer(("partners", name, "embargoes", number, "against"), embargo.against, "partner")


def _of_contingencies(scenario: Scenario) -> Iterator[Pointer]:
    nouns = {"partners": "partner", "launchers": "launcher", "vehicles": "vehicle", "elements": "element"}
    for name, contingency in scenario.contingencies.items():
        for number, shock in enumerate(contingency.shocks):
            path: Path = ("contingencies", name, "shocks", number)
            if isinstance(shock, CarriageBan):
                yield from _each((*path, "between"), shock.between, "partner")
            if isinstance(shock, Withdrawal | BudgetCut):
                yield Pointer((*path, "partner"), shock.partner, "partner")
            for noun, what in (*nouns.items(), ("nodes", "node")):
                yield from _each((*path, noun), getattr(shock, noun, ()), what)


def _of_routes(scenario: Scenario) -> Iterator[Pointer]:
    for name, route in scenario.routes.items():
        yield Pointer(("routes", name, "from"), route.origin, "node")
        yield Pointer(("routes", name, "to"), route.destination, "node")


def _of_launchers(scenario: Scenario) -> Iterator[Pointer]:
    for name, launcher in scenario.launchers.items():
        yield Pointer(("launchers", name, "owner"), launcher.owner, "owner")
        yield Pointer(("launchers", name, "site"), launcher.site, "node")
        yield from _each(("launchers", name, "payload"), launcher.payload, "node")


def _of_vehicles(scenario: Scenario) -> Iterator[Pointer]:
    for name, vehicle in scenario.vehicles.items():
        yield Pointer(("vehicles", name, "owner"), vehicle.owner, "owner")
        if vehicle.tank:
            yield Pointer(("vehicles", name, "tank", "resource"), vehicle.tank.resource, "resource")


def _of_missions(scenario: Scenario) -> Iterator[Pointer]:
    for name, mission in scenario.missions.items():
        for number, leg in enumerate(mission.legs):
            yield Pointer(("missions", name, "legs", number, "route"), leg.route, "route")
        for unit, vehicle in mission.units.items():
            yield Pointer(("missions", name, "units", unit), vehicle, "vehicle")
        if mission.payer is not None:
            yield Pointer(("missions", name, "payer"), mission.payer, "owner")


def _of_elements(scenario: Scenario) -> Iterator[Pointer]:
    for name, element in scenario.elements.items():
        at: Path = ("elements", name)
        yield Pointer((*at, "owner"), element.owner, "owner")
        yield Pointer((*at, "node"), element.node, "node")
        yield from _each((*at, "after"), element.after, "element")
        gives, takes = element.provides, element.uses
        yield from _each((*at, "provides", "closure"), gives.closure, "resource")
        yield from _each((*at, "provides", "produces"), gives.produces, "resource")
        for product, production in gives.produces.items():
            inputs = (*at, "provides", "produces", product, "inputs")
            yield from _each(inputs, production.inputs, "resource")
        yield from _each((*at, "provides", "plants"), gives.plants, "resource")
        yield from _each((*at, "provides", "storage"), gives.storage, "resource")
        if gives.thruster:
            yield Pointer((*at, "provides", "thruster", "resource"), gives.thruster.resource, "resource")
        yield from _each((*at, "uses", "resources"), takes.resources, "resource")
        yield from _each((*at, "uses", "spares"), takes.spares, "resource")
        for which, part in takes.parts.items():
            yield Pointer((*at, "uses", "parts", which, "resource"), part.resource, "resource")


def _of_crew(scenario: Scenario) -> Iterator[Pointer]:
    for name, crew in scenario.crew.items():
        yield Pointer(("crew", name, "owner"), crew.owner, "owner")
        yield from _each(("crew", name, "uses"), crew.uses, "resource")
        yield from _each(("crew", name, "spacewalk", "uses"), crew.spacewalk.uses, "resource")


def _of_activities(scenario: Scenario) -> Iterator[Pointer]:
    for name, activity in scenario.activities.items():
        yield Pointer(("activities", name, "node"), activity.node, "node")
        yield from _each(("activities", name, "spacewalk_uses"), activity.spacewalk_uses, "resource")
        yield from _each(("activities", name, "uses"), activity.uses, "resource")


def _of_demands(scenario: Scenario) -> Iterator[Pointer]:
    for name, demand in scenario.demands.items():
        at: Path = ("demands", name)
        if isinstance(demand, CrewDemand | DeliverDemand | ReserveDemand):
            yield Pointer((*at, "node"), demand.node, "node")
        if isinstance(demand, CrewDemand) and demand.of is not None:
            yield Pointer((*at, "of"), demand.of, "crew kind or partner")
        if isinstance(demand, BuildDemand):
            yield Pointer((*at, "element"), demand.element, "element")
        if isinstance(demand, DeliverDemand):
            yield Pointer((*at, "resource"), demand.resource, "resource")
        if isinstance(demand, FlyDemand):
            yield Pointer((*at, "mission"), demand.mission, "mission")
        if isinstance(demand, ReserveDemand):
            yield from _each((*at, "resources"), demand.resources, "resource")
        yield from _each((*at, "worth"), demand.worth, "partner")


def _of_initial(scenario: Scenario) -> Iterator[Pointer]:
    state = scenario.initial
    for n, aboard in enumerate(state.crew):
        yield Pointer(("initial", "crew", n, "kind"), aboard.kind, "crew kind")
        yield Pointer(("initial", "crew", n, "node"), aboard.node, "node")
    for node, stocks in state.stocks.items():
        yield Pointer(("initial", "stocks", node), node, "node")
        yield from _each(("initial", "stocks", node), stocks, "resource")
    for n, element in enumerate(state.elements):
        yield Pointer(("initial", "elements", n, "element"), element.element, "element")
    for n, vehicle in enumerate(state.vehicles):
        yield Pointer(("initial", "vehicles", n, "vehicle"), vehicle.vehicle, "vehicle")
        yield Pointer(("initial", "vehicles", n, "node"), vehicle.node, "node")
    for n, fleet in enumerate(state.fleet):
        yield Pointer(("initial", "fleet", n, "vehicle"), fleet.vehicle, "vehicle")
    for n, contract in enumerate(state.contracts):
        yield Pointer(("initial", "contracts", n, "mission"), contract.mission, "mission")
    for n, arrival in enumerate(state.under_way):
        at: Path = ("initial", "under_way", n)
        yield Pointer((*at, "node"), arrival.node, "node")
        yield from _each((*at, "vehicles"), arrival.vehicles, "vehicle")
        yield from _each((*at, "resources"), arrival.resources, "resource")
        yield from _each((*at, "elements"), arrival.elements, "element")
        yield from _each((*at, "crew"), arrival.crew, "crew kind")
    yield from _each(("initial", "spent"), state.spent, "partner")
