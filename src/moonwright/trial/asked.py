"""What is asked of a plan as tables: milestones with the spans that they are counted in."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from moonwright.scenario.demand import (
    BuildDemand,
    CrewDemand,
    DeliverDemand,
    Demand,
    FlyDemand,
    ReserveDemand,
)
from moonwright.simulate.demand import spans
from moonwright.trial.register import Register, key
from moonwright.trial.tables import (
    BUILD,
    CREW,
    DELIVER,
    FAMILY,
    FLY,
    LAUNCHER,
    MILESTONE,
    NONE,
    OUTAGE,
    RESERVE,
    SPAN,
    TYPE,
    rows,
)

Entry = dict[str, Any]
_FAR_D = 1e18


def asked(who: Register) -> dict[str, Any]:
    """The tables of milestones, by name."""
    given, scenario = who.story.setting, who.story.setting.scenario
    milestones: list[Entry] = []
    counted: list[Entry] = []
    crew_kinds = np.zeros((len(scenario.demands), len(who.kinds)), dtype=np.bool_)
    reserve_stocks = np.zeros((len(scenario.demands), len(who.stocks)), dtype=np.bool_)
    for row, demand in enumerate(scenario.demands.values()):
        entry = _milestone(who, demand)
        if isinstance(demand, DeliverDemand | FlyDemand):
            for begins, ends in spans(given, demand.starts, demand.until, demand.every):
                counted.append({"milestone": row, "begins_d": max(begins, -1.0), "ends_d": ends})
        first = len(counted) - sum(span["milestone"] == row for span in counted)
        milestones.append(entry | {"first_span": first, "spans": len(counted) - first})
        if isinstance(demand, CrewDemand):
            for kind, crew in scenario.crew.items():
                crew_kinds[row, who.kinds[kind]] = demand.of is None or demand.of in (kind, crew.owner)
        if isinstance(demand, ReserveDemand):
            critical = [name for name, resource in scenario.resources.items() if resource.life_critical]
            for resource in demand.resources or critical:
                stock = who.stock(demand.node, resource)
                if stock != NONE:
                    reserve_stocks[row, stock] = True
    return {
        "milestones": rows(MILESTONE, milestones),
        "spans": rows(SPAN, counted),
        "crew_kinds": crew_kinds,
        "reserve_stocks": reserve_stocks,
    }


def _milestone(who: Register, demand: Demand) -> Entry:
    given = who.story.setting
    horizon_d, day_of = float(given.horizon_d), given.calendar.day_of

    def interval(starts: date | None, until: date | None) -> Entry:
        from_d = 0.0 if starts is None else float(max(0, day_of(starts)))
        return {
            "from_d": from_d,
            "until_d": horizon_d if until is None else min(horizon_d, float(day_of(until))),
        }

    match demand:
        case BuildDemand():
            what = {"kind": BUILD, "what": who.elements[demand.element], "amount": float(int(demand.count))}
            return what | {"due_d": float(day_of(demand.by))}
        case FlyDemand():
            mission = list(given.scenario.missions).index(demand.mission)
            due_d = horizon_d if demand.until is None else min(horizon_d, float(day_of(demand.until)))
            return {"kind": FLY, "what": mission, "amount": float(demand.count), "due_d": due_d}
        case DeliverDemand():
            due_d = horizon_d if demand.until is None else min(horizon_d, float(day_of(demand.until)))
            what = {"kind": DELIVER, "what": who.stock(demand.node, demand.resource), "due_d": due_d}
            return what | {"amount": float(demand.amount)}
        case CrewDemand():
            times = interval(demand.starts, demand.until)
            what = {"kind": CREW, "what": who.nodes[demand.node], "amount": float(demand.count)}
            return what | times | {"due_d": times["from_d"]}
        case ReserveDemand():
            times = interval(demand.starts, demand.until)
            what = {"kind": RESERVE, "what": who.nodes[demand.node], "amount": float(demand.cover)}
            return what | times | {"due_d": times["until_d"]}


def lifting(who: Register) -> dict[str, Any]:
    """The tables of launchers: families that stand down together, and types whose first flight is still to come."""
    scenario, at, day_of = who.story.setting.scenario, who.chances.at, who.story.setting.calendar.day_of
    launchers: list[Entry] = []
    outages: list[Entry] = []
    types: list[Entry] = []
    for name, launcher in scenario.launchers.items():
        first_d = -_FAR_D if launcher.first_flight is None else float(day_of(launcher.first_flight))
        launchers.append(
            {
                "family": who.families[who.chances.families[name]], "type": len(types),
                "success_level": at("launch", name, "success"), "debut_level": at("launch", name, "debut"),
                "scrub_level": at("weather", name, "scrub"), "again_level": at("weather", name, "again"),
                "first_outage": len(outages), "outages": len(launcher.outages), "turnaround_d": launcher.turnaround,
                "cadence": launcher.cadence, "debuts": first_d > 0,
            }
        )  # fmt: skip
        types.append(_type(who, name, first_d))
        outages += [
            {
                "from_d": -_FAR_D if out.starts is None else float(day_of(out.starts)),
                "until_d": _FAR_D if out.until is None else float(day_of(out.until)),
            }
            for out in launcher.outages
        ]
    for name, vehicle in scenario.vehicles.items():
        types.append(_type(who, name, -_FAR_D if vehicle.ready is None else float(day_of(vehicle.ready))))
    families = [
        {
            "median_level": at("grounding", name, "median"), "spread_level": at("grounding", name, "spread"),
            "key": key(name),
        }
        for name in who.families
    ]  # fmt: skip
    return {
        "launchers": rows(LAUNCHER, launchers), "outages": rows(OUTAGE, outages), "types": rows(TYPE, types),
        "families": rows(FAMILY, families),
    }  # fmt: skip


def _type(who: Register, name: str, first_d: float) -> Entry:
    at = who.chances.at
    levels = {
        "growth_level": at("readiness", name, "growth"),
        "spread_level": at("readiness", name, "spread"),
    }
    return levels | {"first_d": first_d, "key": key(name)}
