"""What is at the places of a plan as tables: stocks and what changes them by day, people, elements, and rides home."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from moonwright.scenario.node import Surface
from moonwright.scenario.reaction import ShortStock, TouchedReserve
from moonwright.simulate.home import returns
from moonwright.simulate.vehicle import Wait
from moonwright.trial.register import Register, key
from moonwright.trial.supply import supply
from moonwright.trial.tables import (
    COMING,
    COPY,
    CRAFT,
    ELEMENT,
    KIND,
    NODE,
    NONE,
    RETURN,
    STOCK,
    TAKE,
    VEHICLE,
    Floats,
    rows,
)

Entry = dict[str, Any]
_FAR_D = 1e18  # for dates that never come, where an infinite one would need care


def places(who: Register) -> dict[str, Any]:
    """Every table that is about what is at places, by name."""
    return {
        "nodes": rows(NODE, _nodes(who)),
        "stocks": rows(STOCK, _stocks(who)),
        "kinds": rows(KIND, _kinds(who)),
        "coming": rows(COMING, _coming(who)),
        "crafts": rows(CRAFT, _crafts(who)),
        "vehicles": rows(VEHICLE, _vehicles(who)),
        "copies": rows(COPY, _copies(who)),
        **_elements(who),
        **supply(who),
        **_homeward(who),
        "planned_kg": _by_stock(who, [one.ending for one in _ordered(who)]),
        "planned_people": np.array(
            [
                sum(
                    (d for (there, _), d in who.story.present.items() if there == node),
                    np.zeros(_closing(who)),
                )
                for node in who.nodes
            ]
        ).reshape(len(who.nodes), _closing(who)),
    }


def _closing(who: Register) -> int:
    return who.story.setting.calendar.closing_d


def _ordered(who: Register) -> list[Any]:
    return sorted(who.story.stocks, key=lambda one: who.stocks[one.node, one.resource])


def _by_stock(who: Register, daily: Sequence[Floats]) -> Floats:
    return np.array(daily, dtype=float).reshape(len(daily), _closing(who))


def _nodes(who: Register) -> Sequence[Entry]:
    scenario, found = who.story.setting.scenario, []
    touched = [rule for rule in who.chances.reactions.values() if isinstance(rule, TouchedReserve)]
    for node in who.nodes:
        stocks = [row for (there, _), row in who.stocks.items() if there == node]
        holds, down_to_d = False, 0.0
        for rule in sorted(touched, key=lambda rule: rule.node is not None):
            if rule.node in (None, node):
                holds, down_to_d = rule.do == "hold the crew", float(rule.down_to)
        found.append(
            {
                "first_stock": min(stocks, default=0), "stocks": len(stocks), "down_to_d": down_to_d,
                "surface": isinstance(scenario.nodes[node], Surface), "holds_crew": holds,
            }
        )  # fmt: skip
    return found


def _stocks(who: Register) -> Sequence[Entry]:
    scenario = who.story.setting.scenario
    resources = list(scenario.resources)
    return [
        {
            "node": who.nodes[one.node], "resource": resources.index(one.resource),
            "lasting_level": who.chances.at("consumption", one.resource, "lasting"),
            "passing_level": who.chances.at("consumption", one.resource, "passing"),
            "opening_kg": float(scenario.initial.stocks.get(one.node, {}).get(one.resource, 0.0)),
            "boil_off": float(scenario.resources[one.resource].boil_off),
            "critical": scenario.resources[one.resource].life_critical, "key": key(one.resource),
            **_short(who, one.node, one.resource),
        }
        for one in _ordered(who)
    ]  # fmt: skip


def _short(who: Register, node: str, resource: str) -> Entry:
    """Below how many days' cover the rules act on a stock; never where none speaks of it."""
    fields = {"cargo first": "cargo_d", "cut the crew": "cut_d", "bring home": "home_d"}
    found: Entry = dict.fromkeys(fields.values(), -1.0)
    critical = who.story.setting.scenario.resources[resource].life_critical
    for rule in who.chances.reactions.values():
        if not isinstance(rule, ShortStock) or rule.node not in (None, node):
            continue
        if (resource in rule.resources) if rule.resources else critical:
            name = fields[rule.do]
            found[name] = max(found[name], float(rule.below))
    return found


def _kinds(who: Register) -> Sequence[Entry]:
    scenario = who.story.setting.scenario
    owners = list(scenario.partners)
    return [
        {
            "owner": owners.index(kind.owner) if kind.owner in owners else NONE,
            "work_h": float(kind.work), "longest_d": float(kind.rotation.longest),
        }
        for kind in scenario.crew.values()
    ]  # fmt: skip


def _coming(who: Register) -> Sequence[Entry]:
    """What is under way at the start, whatever is decided: goods and people by the day on which they come."""
    given, none = who.story.setting, {"stock": NONE, "kind": NONE, "node": NONE, "count": 0, "copy_row": NONE}
    found: list[Entry] = []
    for arrival in given.scenario.initial.under_way:
        day_d = float(max(0, given.calendar.day_of(arrival.on)))
        for resource, mass_kg in arrival.resources.items():
            found.append(
                none | {"day_d": day_d, "stock": who.stock(arrival.node, resource), "mass_kg": mass_kg}
            )
    for stay in given.plan.stays:
        if stay.up is None:
            found.append(
                none | {"day_d": max(0.0, stay.arrived_d), "kind": who.kinds[stay.kind],
                        "node": who.node(stay.node), "count": stay.count}
            )  # fmt: skip
    return found


def _crafts(who: Register) -> Sequence[Entry]:
    scenario = who.story.setting.scenario
    kinds = {craft.serial: craft.vehicle for craft in who.story.flown.crafts}
    first: dict[str, Wait] = {}
    for wait in sorted(who.story.flown.waits, key=lambda wait: wait.from_d):
        first.setdefault(wait.serial, wait)
    found: list[Entry] = []
    for craft in who.crafts_there:
        vehicle, wait = scenario.vehicles[craft.vehicle], first[craft.serial]
        held_kg = float(vehicle.tank.capacity) if vehicle.tank else 0.0
        found.append(
            {
                "vehicle": who.vehicles[craft.vehicle], "node": who.node(wait.node), "since_d": wait.from_d,
                "held_kg": held_kg, "at_start": True, "lost_musd": _lost_musd(who, craft.vehicle),
            }
        )  # fmt: skip
    for serial in list(who.crafts)[len({craft.serial for craft in who.crafts_there}) :]:
        found.append(
            {
                "vehicle": who.vehicles[kinds[serial]],
                "node": NONE,
                "lost_musd": _lost_musd(who, kinds[serial]),
            }
        )
    return found


def _lost_musd(who: Register, vehicle: str) -> float:
    """What a new one costs in place of one that is lost before its time; an expendable one is paid at its launch."""
    kind = who.story.setting.scenario.vehicles[vehicle]
    return float(kind.price) if kind.reuse is not None else 0.0


def _vehicles(who: Register) -> Sequence[Entry]:
    scenario, at = who.story.setting.scenario, who.chances.at
    resources, found = list(scenario.resources), []
    for name, vehicle in scenario.vehicles.items():
        tank = vehicle.tank
        lands = ("landing", name, "success") in who.chances.places
        found.append(
            {
                "fuel": resources.index(tank.resource) if tank and tank.resource in resources else NONE,
                "landing_level": at("landing", name, "success") if lands else NONE,
                "docking_level": at("docking", name, "success"), "abort_level": at("docking", name, "abort"),
                "again_level": at("docking", name, "again"), "dry_kg": float(vehicle.dry_mass),
                "capacity_kg": float(tank.capacity) if tank else 0.0, "isp_s": float(tank.isp) if tank else 0.0,
                "boil_off": float(tank.boil_off) if tank else 0.0,
                "turnaround_d": float(vehicle.reuse.turnaround) if vehicle.reuse else 0.0,
                "stay_d": math.inf if vehicle.stay is None else float(vehicle.stay),
            }
        )  # fmt: skip
    return found


def _copies(who: Register) -> Sequence[Entry]:
    given, found = who.story.setting, []
    builds = {(build.element, build.copy_no): build for build in given.plan.builds}
    first: dict[str, int] = {}
    for name, number in who.copies:
        first.setdefault(name, number)
    known = {(copy.element, copy.copy_no): copy for copy in who.story.elements.copies}
    for name, number in who.copies:
        copy, build = known[name, number], builds.get((name, number))
        works = copy.commissioned_d is not None and build is None
        found.append(
            {
                "element": who.elements[name], "came_d": copy.came_d, "at_start": copy.at_start,
                "begun_d": build.begun_d if build else 0.0,
                "day_d": _FAR_D if copy.commissioned_d is None else copy.commissioned_d, "works_at_start": works,
                "paid": build is not None, "first": first[name] == number, "key": key(name, number),
            }
        )  # fmt: skip
    return found


def _elements(who: Register) -> dict[str, Any]:
    given, scenario, at = who.story.setting, who.story.setting.scenario, who.chances.at
    found: list[Entry] = []
    befores: list[int] = []
    day_of = given.calendar.day_of
    for name, element in scenario.elements.items():
        copies = [row for (of, _), row in who.copies.items() if of == name]
        spares, owner = who.chances.spares[name], element.owner
        share = 1.0 if owner in scenario.partners else sum(p.share or 0.0 for p in scenario.partners.values())
        found.append(
            {
                "node": who.node(element.node), "spares_stock": NONE if spares is None else who.stock(element.node, spares),
                "first_before": len(befores), "befores": len(element.after),
                "mtbf_level": at("equipment", name, "mtbf"), "repair_level": at("equipment", name, "repair"),
                "spare_level": at("equipment", name, "spare"), "common_level": at("equipment", name, "common"),
                "growth_level": at("element-ready", name, "growth"), "spread_level": at("element-ready", name, "spread"),
                "ahead_level": at("element-ready", name, "ahead"),
                "first_copy": min(copies, default=0), "copies": len(copies), "mass_kg": element.mass,
                "robot_work_h": element.robot_work, "crew_work_h": element.crew_work,
                "robot_hours": element.provides.robot_hours, "berths": element.provides.berths,
                "ready_d": -_FAR_D if element.ready is None else float(day_of(element.ready)),
                "life_d": _FAR_D if element.life is None else element.life,
                "lost_d": _FAR_D if element.lost is None else float(day_of(element.lost)),
                "price_musd": share * element.price, "operations_musd": share * element.operations, "key": key(name),
            }
        )  # fmt: skip
        befores += [who.elements[before] for before in element.after]
    return {"elements": rows(ELEMENT, found), "befores": np.array(befores, dtype=np.int64)}


def _homeward(who: Register) -> dict[str, Any]:
    """Missions home with vehicles that wait: one row for each place where people may board."""
    found: list[Entry] = []
    takes: list[Entry] = []
    for mission in returns(who.story.setting):
        for index, stop in enumerate(mission.stops):
            if stop not in who.nodes:
                continue
            found.append(
                {
                    "node": who.nodes[stop], "seats": min(mission.seats[index:]), "first_take": len(takes),
                    "takes": len(mission.takes), "least": mission.least,
                }
            )  # fmt: skip
            takes += [
                {"vehicle": who.vehicles[vehicle], "node": who.node(node), "need_kg": need_kg}
                for (vehicle, node), need_kg in zip(mission.takes, mission.needs_kg, strict=True)
            ]
    return {"returns": rows(RETURN, found), "takes": rows(TAKE, takes)}
