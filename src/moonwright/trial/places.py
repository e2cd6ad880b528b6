"""What is at the places of a plan as tables: stocks and what changes them by day, people, elements, and rides home."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from moonwright.orbit.rocket import reboost_propellant_kg
from moonwright.scenario.node import Surface
from moonwright.scenario.reaction import ShortStock, TouchedReserve
from moonwright.simulate.crew import active
from moonwright.simulate.home import returns
from moonwright.simulate.production import most_recovered, span
from moonwright.simulate.stock import spacewalk_uses
from moonwright.trial.register import Register, key
from moonwright.trial.tables import (
    CLOSURE,
    COMING,
    COPY,
    CRAFT,
    ELEMENT,
    INPUT,
    KIND,
    MAKER,
    NODE,
    NONE,
    RECOVERY,
    RETURN,
    STOCK,
    TAKE,
    VEHICLE,
    VISIT,
    Floats,
    rows,
)
from moonwright.units import DAYS_PER_YEAR

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
        **_uses(who),
        **_made(who),
        **_recovered(who),
        **_keeping(who),
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
        if isinstance(rule, ShortStock) and rule.node in (None, node):
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
    first = {}
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
    first = {
        copy.element: copy.copy_no
        for copy in reversed(sorted(who.story.elements.copies, key=lambda c: c.copy_no))
    }
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
                "robot_hours": element.provides.robot_hours,
                "ready_d": -_FAR_D if element.ready is None else float(day_of(element.ready)),
                "life_d": _FAR_D if element.life is None else element.life,
                "lost_d": _FAR_D if element.lost is None else float(day_of(element.lost)),
                "price_musd": share * element.price, "operations_musd": share * element.operations, "key": key(name),
            }
        )  # fmt: skip
        befores += [who.elements[before] for before in element.after]
    return {"elements": rows(ELEMENT, found), "befores": np.array(befores, dtype=np.int64)}


def _uses(who: Register) -> dict[str, Any]:
    """What a person, a copy and the activities use of each stock in a day."""
    given, scenario, days = who.story.setting, who.story.setting.scenario, _closing(who)
    people_kg = np.zeros((len(who.kinds), len(who.stocks)))
    machine_kg = np.zeros((len(who.elements), len(who.stocks)))
    activity_kg = np.zeros((len(who.stocks), days))
    for (node, resource), row in who.stocks.items():
        for kind, crew in scenario.crew.items():
            people_kg[who.kinds[kind], row] = crew.uses.get(resource, 0.0)
        for name, element in scenario.elements.items():
            if element.node == node:
                upkeep_kg = element.uses.spares.get(resource, 0.0) * element.mass / DAYS_PER_YEAR
                machine_kg[who.elements[name], row] = element.uses.resources.get(resource, 0.0) + upkeep_kg
        for activity in scenario.activities.values():
            if activity.node == node:
                outside = (activity.spacewalk_uses or spacewalk_uses(given)).get(resource, 0.0)
                daily_kg = activity.uses.get(resource, 0.0) + outside * activity.spacewalks
                activity_kg[row] += daily_kg * active(given, activity.starts, activity.until)
    return {"people_kg": people_kg, "machine_kg": machine_kg, "activity_kg": activity_kg}


def _made(who: Register) -> dict[str, Any]:
    """Plants, and by day the share of what they could make that the plan has them make."""
    given, serving = who.story.setting, who.story.elements.serving
    makers: list[Entry] = []
    inputs: list[Entry] = []
    running: list[Floats] = []
    for (name, resource, how), daily in who.story.made.items():
        element = given.scenario.elements[name]
        plant = element.provides.produces.get(resource)
        if how != "produced" or plant is None:
            continue
        makers.append(
            {
                "element": who.elements[name], "stock": who.stock(element.node, resource), "rate_kg": plant.rate,
                "first_input": len(inputs), "inputs": len(plant.inputs),
            }
        )  # fmt: skip
        inputs += [
            {"stock": who.stock(element.node, used), "share": share} for used, share in plant.inputs.items()
        ]
        running.append(_share(daily, plant.rate * serving[name], 0.0))
    return {
        "makers": rows(MAKER, makers), "inputs": rows(INPUT, inputs),
        "running": np.array(running).reshape(len(makers), _closing(who)),
    }  # fmt: skip


def _recovered(who: Register) -> dict[str, Any]:
    """Life support, and by day the share of what it could recover that the plan has it recover (all where it is idle)."""
    given, story = who.story.setting, who.story
    recoveries: list[Entry] = []
    closures: list[Entry] = []
    recovering: list[Floats] = []
    eaters: list[list[int]] = []
    for (node, resource), row in who.stocks.items():
        able = [
            (float(closure.share), int(closure.crew), name)
            for name, element in given.scenario.elements.items()
            if element.node == node and (closure := element.provides.closure.get(resource)) is not None
        ]
        if not able:
            continue
        planned = np.zeros(_closing(who))
        for (name, what, how), daily in story.made.items():
            if (what, how) == (resource, "recovered") and given.scenario.elements[name].node == node:
                planned = planned + daily
        most = most_recovered(given, node, resource, story.present, story.elements.serving)
        recoveries.append({"stock": row, "first_closure": len(closures), "closures": len(able)})
        closures += [
            {"element": who.elements[name], "crew": crew, "share": share}
            for share, crew, name in sorted(able, key=lambda one: -one[0])
        ]
        recovering.append(_share(planned, most, 1.0))
        uses = [float(kind.uses.get(resource, 0.0)) for kind in given.scenario.crew.values()]
        eaters.append(sorted(range(len(uses)), key=lambda kind: -uses[kind]))
    return {
        "recoveries": rows(RECOVERY, recoveries), "closures": rows(CLOSURE, closures),
        "recovering": np.array(recovering).reshape(len(recoveries), _closing(who)),
        "eaters": np.array(eaters, dtype=np.int64).reshape(len(recoveries), len(who.kinds)),
    }  # fmt: skip


def _share(part: Floats, whole: Floats, otherwise: float) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), otherwise)


def _keeping(who: Register) -> dict[str, Any]:
    """Propellant of planned reboosts by day, and what the stock would give if a visiting ship did not."""
    given, scenario, days = who.story.setting, who.story.setting.scenario, _closing(who)
    thrust_kg, visit_kg = np.zeros((len(who.stocks), days)), np.zeros((len(who.stocks), days))
    visits: list[Entry] = []
    for reboost in given.plan.reboosts:
        first, after = span(given, reboost.from_d, reboost.until_d)
        thrusters = [
            element.provides.thruster
            for name, element in scenario.elements.items()
            if element.node == reboost.node
            and element.provides.thruster is not None
            and reboost.provider in (name, *who.crafts)
        ]
        if not thrusters or after <= first or thrusters[0] is None:
            continue
        stock = who.stock(reboost.node, thrusters[0].resource)
        daily_kg = reboost_propellant_kg(reboost.impulse_n_s, thrusters[0].isp) / (after - first)
        if reboost.provider in scenario.elements:
            thrust_kg[stock, first:after] += daily_kg
        else:
            visit_kg[stock, first:after] += daily_kg
            visits.append(
                {
                    "craft": who.crafts[reboost.provider], "stock": stock, "node": who.node(reboost.node),
                    "first_day": first, "end_day": after, "daily_kg": daily_kg,
                }
            )  # fmt: skip
    return {"thrust_kg": thrust_kg, "visit_kg": visit_kg, "visits": rows(VISIT, visits)}


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
