"""Missions that cannot be flown as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from moonwright.scenario.document import Path, brief
from moonwright.scenario.finding import Finding, did_you_mean
from moonwright.scenario.mission import Leg, Mission
from moonwright.scenario.node import LaunchSite, Recovery, Transfer
from moonwright.scenario.route import Route
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import listed
from moonwright.scenario.vehicle import Vehicle


@dataclass(frozen=True)
class Hop:
    """A leg whose route is known. `flyer` is the unit that flies it, None where a launcher does."""

    path: Path
    number: int
    leg: Leg
    route: Route
    flyer: str | None
    launchers: tuple[str, ...]

    @property
    def aboard(self) -> tuple[str, ...]:
        """The units that make this leg: the one that flies it, and those that it carries."""
        return ((self.flyer,) if self.flyer else ()) + self.leg.carrying


def hops(scenario: Scenario, name: str) -> tuple[Hop, ...]:
    """The legs of a mission, up to the first whose route nobody knows."""
    found: list[Hop] = []
    for number, leg in enumerate(scenario.missions[name].legs):
        if leg.route not in scenario.routes:
            break
        launchers = tuple(one for one in leg.flyers if one in scenario.launchers)
        flyer = leg.flyers[0] if leg.flyers and not launchers else None
        path = ("missions", name, "legs", number)
        found.append(Hop(path, number, leg, scenario.routes[leg.route], flyer, launchers))
    return tuple(found)


def vehicle_of(scenario: Scenario, mission: Mission, unit: str) -> Vehicle | None:
    """The vehicle type of a unit."""
    return scenario.vehicles.get(mission.units.get(unit, unit))


def units(scenario: Scenario) -> Iterator[Finding]:
    """Names in legs that are neither launchers nor units; units thrown away or refuelled that never fly."""
    for name in scenario.launchers.keys() & scenario.vehicles.keys():
        yield Finding(
            ("vehicles", name), f"{name!r} is a launcher too", "a name of its own", "rename one of them"
        )
    for name, mission in scenario.missions.items():
        known = {**scenario.vehicles, **mission.units}
        flown: list[str] = []
        for number, leg in enumerate(mission.legs):
            path: Path = ("missions", name, "legs", number)
            flown += ([leg.by] if isinstance(leg.by, str) else []) + list(leg.carrying)
            yield from _flyers((*path, "by"), leg.by, known, scenario.launchers)
            for n, unit in enumerate(leg.carrying):
                if unit not in known:
                    yield _no_unit((*path, "carrying", n), unit, known)
        for key in ("expends", "refuels"):
            for n, unit in enumerate(getattr(mission, key)):
                if unit not in flown:
                    yield _no_unit(("missions", name, key, n), unit, [one for one in flown if one in known])


def continuity(scenario: Scenario) -> Iterator[Finding]:
    """Legs that start elsewhere than the one before ended, and units that are not where they are wanted.

    Only the first break of each mission is told: what follows from it is nobody's mistake.
    """
    for name, mission in scenario.missions.items():
        where: dict[str, str] = {}
        here: str | None = None
        for hop in hops(scenario, name):
            nobody_known = hop.flyer and vehicle_of(scenario, mission, hop.flyer) is None
            if nobody_known or (hop.launchers and hop.number):
                break  # told elsewhere
            if broken := _broken(scenario, hop, here, where):
                yield broken
                break
            here = hop.route.destination
            where |= dict.fromkeys(hop.aboard, here)


def _broken(scenario: Scenario, hop: Hop, here: str | None, where: dict[str, str]) -> Finding | None:
    start = hop.route.origin
    if here is not None and start != here:
        found = f"{hop.leg.route!r} starts at {start!r}, but the leg before ends at {here!r}"
        routes = [name for name, route in scenario.routes.items() if route.origin == here]
        allowed = f"a route from {here!r}: {listed(routes) or 'none is given'}"
        return Finding((*hop.path, "route"), found, allowed)
    for unit in hop.aboard:
        if where.get(unit, start) != start:
            found = f"{unit!r} was left at {where[unit]!r}, but the leg starts at {start!r}"
            return Finding(_place_of(hop, unit), found, f"a unit that is at {start!r}")
    return None


def launches(scenario: Scenario) -> Iterator[Finding]:
    """Launchers in mid-flight, at another site, or without a payload to where they should go."""
    for name in scenario.missions:
        for hop in hops(scenario, name):
            if hop.launchers and hop.number:
                allowed = "a unit: launchers fly the first leg only"
                yield Finding((*hop.path, "by"), f"the launcher {listed(hop.launchers)}", allowed)
                continue
            for launcher_name in hop.launchers:
                launcher = scenario.launchers[launcher_name]
                start, at_site = hop.route.origin, isinstance(scenario.nodes.get(launcher.site), LaunchSite)
                if launcher.site != start and start in scenario.nodes and at_site:
                    found = f"{launcher_name!r} stands at {launcher.site!r}, but the leg starts at {start!r}"
                    yield Finding((*hop.path, "by"), found, f"a route from {launcher.site!r}")
                if hop.route.destination not in launcher.payload and hop.route.destination in scenario.nodes:
                    found = f"{launcher_name!r} has no payload to {hop.route.destination!r}"
                    todo = f"add `{hop.route.destination}: ...` to launchers.{launcher_name}.payload"
                    yield Finding(
                        (*hop.path, "by"), found, f"payload to {listed(launcher.payload) or 'nowhere'}", todo
                    )
            if not hop.launchers and isinstance(scenario.nodes.get(hop.route.origin), LaunchSite):
                found = f"{hop.flyer!r} starts at the launch site {hop.route.origin!r} by itself"
                yield Finding(
                    (*hop.path, "by"), found, "a launcher", f"let it be carried: `carrying: [{hop.flyer}]`"
                )


def flying(scenario: Scenario) -> Iterator[Finding]:
    """Vehicles that must burn without a tank, or push others without being able to."""
    for name, mission in scenario.missions.items():
        for hop in hops(scenario, name):
            vehicle = vehicle_of(scenario, mission, hop.flyer) if hop.flyer else None
            if vehicle is None:
                continue
            computed = hop.route.computed is not None and not hop.route.burns
            if (computed or any(burn > 0 for burn in hop.route.burns)) and vehicle.tank is None:
                found = f"{hop.flyer!r} has no tank, but {hop.leg.route!r} has burns"
                yield Finding((*hop.path, "by"), found, "a vehicle with a `tank`")
            if hop.leg.carrying and not vehicle.pushes:
                found = f"{hop.flyer!r} cannot push {listed(hop.leg.carrying)}"
                yield Finding((*hop.path, "by"), found, "a vehicle with `pushes: true`")


def ends(scenario: Scenario) -> Iterator[Finding]:
    """Flights that start, wait, end or leave something where nothing can be."""
    for name, mission in scenario.missions.items():
        flown = hops(scenario, name)
        for hop in flown:
            start, end = (scenario.nodes.get(n) for n in (hop.route.origin, hop.route.destination))
            if isinstance(start, Recovery) or (not hop.number and isinstance(start, Transfer)):
                why = (
                    "what is recovered has left the campaign"
                    if isinstance(start, Recovery)
                    else "nothing waits there"
                )
                found = f"{hop.leg.route!r} starts at {hop.route.origin!r}, of kind {start.kind}: {why}"
                yield Finding((*hop.path, "route"), found, "a route from another place")
            if isinstance(end, Transfer) and hop.leg.stay > 0:
                yield Finding(
                    (*hop.path, "stay"), f"{hop.leg.stay:g} d at {hop.route.destination!r}", "no stay there"
                )
            if hop.number == len(mission.legs) - 1 and isinstance(end, Transfer | LaunchSite):
                found = f"the mission ends at {hop.route.destination!r}, of kind {end.kind}"
                yield Finding((*hop.path, "route"), found, "an end where things can wait, or a recovery node")
        if len(flown) == len(mission.legs):
            yield from _left_in_transfer(scenario, mission, flown)


def crews(scenario: Scenario) -> Iterator[Finding]:
    """Missions that ask for more people than they have seats."""
    for name, mission in scenario.missions.items():
        aboard = {unit for leg in mission.legs for unit in (leg.by, *leg.carrying) if isinstance(unit, str)}
        vehicles = [vehicle_of(scenario, mission, unit) for unit in aboard - scenario.launchers.keys()]
        if all(vehicles) and mission.least_crew > (seats := sum(v.seats for v in vehicles if v)):
            yield Finding(
                ("missions", name, "least_crew"), f"{mission.least_crew:g}", f"at most {seats:g}, its seats"
            )


def refuelling(scenario: Scenario) -> Iterator[Finding]:
    """Units that should be refuelled and cannot be."""
    for name, mission in scenario.missions.items():
        flown = {unit for hop in hops(scenario, name) for unit in hop.aboard}
        for number, unit in enumerate(mission.refuels):
            vehicle = vehicle_of(scenario, mission, unit) if unit in flown else None
            if vehicle and not (vehicle.refuelled and vehicle.tank):
                lack = "`refuelled: true`" if vehicle.tank else "a `tank`"
                yield Finding(
                    ("missions", name, "refuels", number), f"{unit!r} has no {lack}", f"a vehicle with {lack}"
                )


def _flyers(
    path: Path, by: str | tuple[str, ...], known: Mapping[str, object], launchers: Mapping[str, object]
) -> Iterator[Finding]:
    if isinstance(by, str):
        if by not in known and by not in launchers:
            todo = did_you_mean(by, [*launchers, *known])
            yield Finding(path, f"no launcher or vehicle {brief(by)}", listed([*launchers, *known]), todo)
        return
    if not by:
        yield Finding(path, "an empty list", f"launchers: {listed(launchers)}, or a unit")
    for number, one in enumerate(by):
        if one not in launchers:
            todo = f"write `by: {one}`" if one in known else did_you_mean(one, launchers)
            yield Finding(
                (*path, number), f"no launcher {brief(one)}", listed(launchers) or "none is given", todo
            )


def _no_unit(path: Path, unit: str, known: Iterable[str]) -> Finding:
    return Finding(path, f"no unit {brief(unit)}", listed(dict.fromkeys(known)), did_you_mean(unit, known))


def _place_of(hop: Hop, unit: str) -> Path:
    if unit == hop.flyer:
        return (*hop.path, "by")
    return (*hop.path, "carrying", hop.leg.carrying.index(unit))


def _left_in_transfer(scenario: Scenario, mission: Mission, flown: tuple[Hop, ...]) -> Iterator[Finding]:
    if any(hop.flyer and vehicle_of(scenario, mission, hop.flyer) is None for hop in flown):
        return  # told elsewhere; who flies on is not known
    last = {unit: hop for hop in flown for unit in hop.aboard}
    for unit, hop in last.items():
        node = scenario.nodes.get(hop.route.destination)
        known = vehicle_of(scenario, mission, unit) is not None
        if known and hop is not flown[-1] and isinstance(node, Transfer) and unit not in mission.expends:
            found = f"{unit!r} is left at {hop.route.destination!r}, where nothing waits"
            yield Finding(
                _place_of(hop, unit), found, "units that go on, or are thrown away", "add it to `expends`"
            )
