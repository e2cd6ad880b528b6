"""What changes stocks by day, as tables: people, machines and activities use, plants make, life support recovers."""

from __future__ import annotations

from typing import Any

import numpy as np

from moonwright.orbit.rocket import reboost_propellant_kg
from moonwright.simulate.crew import active
from moonwright.simulate.production import most_recovered, span
from moonwright.simulate.stock import spacewalk_uses
from moonwright.trial.register import Register
from moonwright.trial.tables import (
    CLOSURE,
    INPUT,
    MAKER,
    RECOVERY,
    VISIT,
    Floats,
    rows,
)
from moonwright.units import DAYS_PER_YEAR

Entry = dict[str, Any]


def supply(who: Register) -> dict[str, Any]:
    """The tables of use and production, by name."""
    return _uses(who) | _made(who) | _recovered(who) | _keeping(who)


def _closing(who: Register) -> int:
    return who.story.setting.calendar.closing_d


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
