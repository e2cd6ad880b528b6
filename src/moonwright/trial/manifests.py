"""The flights of a plan as tables: legs with what is aboard, units, cargo, elements, seats, and whom they bring home."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from moonwright.plan import Unit
from moonwright.scenario.node import Surface
from moonwright.scenario.reaction import LateFlight, LostFlight
from moonwright.simulate.horizon import booked
from moonwright.simulate.manifest import load, provisions
from moonwright.simulate.mission import Hop, Voyage
from moonwright.simulate.setting import Setting
from moonwright.trial.register import Register, key
from moonwright.trial.tables import (
    CARGO,
    FLIGHT,
    HOP,
    ITEM,
    NONE,
    PROVISION,
    SEAT,
    STAY,
    UNIT,
    Floats,
    Rows,
    rows,
)

_EXPLORATION = 6  # class of supply
_MOMENT_D = 1e-6

Entry = dict[str, Any]


@dataclass
class _Lists:
    """The tables while they are gathered."""

    flights: list[Entry] = field(default_factory=list)
    hops: list[Entry] = field(default_factory=list)
    burns_m_s: list[float] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    units: list[Entry] = field(default_factory=list)
    cargo: list[Entry] = field(default_factory=list)
    items: list[Entry] = field(default_factory=list)
    seats: list[Entry] = field(default_factory=list)
    provisions: list[Entry] = field(default_factory=list)
    windows: list[Floats] = field(default_factory=list)


def manifests(who: Register) -> dict[str, Rows]:
    """Every table that is about flights, by name."""
    lists, left_by = _Lists(), _left_by(who)
    prices = _prices(who)
    for voyage in who.story.voyages:
        _flight(who, lists, voyage, left_by, prices[voyage.flight.name])
    _link(who, lists)
    horizon_d = who.story.setting.horizon_d
    return {
        "flights": rows(FLIGHT, lists.flights),
        "hops": rows(HOP, lists.hops),
        "burns_m_s": np.array(lists.burns_m_s, dtype=float),
        "parts": np.array(lists.parts, dtype=np.int64),
        "units": rows(UNIT, lists.units),
        "cargo": rows(CARGO, lists.cargo),
        "items": rows(ITEM, lists.items),
        "seats": rows(SEAT, lists.seats),
        "provisions": rows(PROVISION, lists.provisions),
        "stays": rows(STAY, _stays(who)),
        "open_at_d": np.array(lists.windows) if lists.windows else np.zeros((0, horizon_d + 1)),
    }


def _left_by(who: Register) -> dict[tuple[str, str], int]:
    """For (flight, serial) that takes a waiting unit, the flight that left it there; not listed: it was there at first."""
    left: dict[str, int] = {}
    found: dict[tuple[str, str], int] = {}
    moves: list[tuple[float, int, Voyage, Unit]] = []
    for voyage in who.story.voyages:
        for unit in voyage.flight.units:
            hops = voyage.hops_of(unit.part)
            moves.append((hops[-1].leave_d, 0, voyage, unit))
            if not voyage.lifted(unit.part):
                moves.append((hops[0].enter_d, 1, voyage, unit))
    for _, taken, voyage, unit in sorted(moves, key=lambda move: move[:2]):
        if not taken:
            left[unit.serial] = who.flights[voyage.flight.name]
        elif unit.serial in left:
            found[voyage.flight.name, unit.serial] = left[unit.serial]
    return found


def _flight(
    who: Register, lists: _Lists, voyage: Voyage, left_by: Mapping[tuple[str, str], int], price_musd: float
) -> None:
    given, flight, row = who.story.setting, voyage.flight, who.flights[voyage.flight.name]
    record = next(one for one in who.story.flown.records if one.flight == flight.name)
    first_unit, first_hop = len(lists.units), len(lists.hops)
    units = {unit.part: first_unit + index for index, unit in enumerate(flight.units)}
    entry: Entry = {
        "first_hop": first_hop, "hops": len(voyage.hops), "first_unit": first_unit, "units": len(flight.units),
        "first_cargo": len(lists.cargo), "cargo": len(flight.cargo), "first_item": len(lists.items),
        "items": len(flight.items), "first_seat": len(lists.seats), "seats": len(flight.crew),
        "launcher": who.launchers.get(flight.launcher or "", NONE),
        "mission": list(given.scenario.missions).index(flight.mission),
        "departure_d": flight.departure_d, "arrival_d": voyage.arrival_d,
        "launched_kg": record.launched_kg, "price_musd": price_musd,
        "people": max(sum(s.count for s in flight.crew if hop.holds(s.board, s.alight)) for hop in voyage.hops),
        "least_crew": int(voyage.mission.least_crew), "next_of_mission": NONE,
        "key": key(flight.name), **_places(who, voyage), **_rules(who, voyage), "window": NONE,
    }  # fmt: skip
    entry["late_level"] = _late_level(who, voyage)
    window = _window(given, voyage)
    if window is not None:
        entry["window"] = len(lists.windows)
        lists.windows.append(window)
    lists.flights.append(entry)
    for unit in flight.units:
        lists.units.append(
            _unit(who, voyage, unit, row, first_hop, left_by.get((flight.name, unit.serial), NONE))
        )
    for hop in voyage.hops:
        lists.hops.append(
            _hop(who, voyage, hop, row, units)
            | {"first_burn": len(lists.burns_m_s), "first_part": len(lists.parts), "parts": len(hop.parts)}
        )
        lists.parts += [units[part] for part in hop.parts]
        lists.burns_m_s += [float(dv) for dv in hop.burns_m_s if dv > 0]
    _aboard(who, lists, voyage, row)


def _places(who: Register, voyage: Voyage) -> Entry:
    """Where it brings goods and people, and whom it takes home from where."""
    given, found = who.story.setting, {"goods_to": NONE, "people_to": NONE, "people_from": NONE, "keep": 0}
    stops = [cargo.alight for cargo in voyage.flight.cargo] + [item.alight for item in voyage.flight.items]
    for stop in stops:
        if given.place(voyage.stop(stop)):
            found["goods_to"] = who.node(voyage.stop(stop))
    for seat in voyage.flight.crew:
        if given.place(voyage.stop(seat.alight)):
            found["people_to"] = who.node(voyage.stop(seat.alight))
        if given.place(voyage.stop(seat.board)):
            found["people_from"] = who.node(voyage.stop(seat.board))
            day = booked(voyage.leave_d(seat.board))
            there = [
                days[day] for (node, _), days in who.story.present.items() if node == voyage.stop(seat.board)
            ]
            found["keep"] = int(sum(there))
    return found


def _rules(who: Register, voyage: Voyage) -> Entry:
    """What the standing rules say of this flight; a rule for its mission counts before one for all."""
    found: Entry = {"lead_d": 0.0, "most": 0, "skip_d": math.inf}
    rules = [r for r in who.chances.reactions.values() if isinstance(r, LateFlight | LostFlight)]
    for rule in sorted(rules, key=lambda rule: rule.mission is not None):
        if rule.mission in (None, voyage.flight.mission):
            if isinstance(rule, LateFlight):
                found["skip_d"] = float(rule.by)
            else:
                found |= {"lead_d": float(rule.lead), "most": int(rule.most)}
    return found


def _late_level(who: Register, voyage: Voyage) -> int:
    """Where the mean slip of a flight stands: that of the vehicle that is lifted, or of the launcher without one."""
    lifted = [unit.vehicle for unit in voyage.flight.units if voyage.lifted(unit.part)]
    subject = next(iter(lifted), voyage.flight.launcher)
    return NONE if subject is None else who.chances.at("readiness", subject, "late")


def _unit(who: Register, voyage: Voyage, unit: Unit, row: int, first_hop: int, brought_by: int) -> Entry:
    hops, lifted = voyage.hops_of(unit.part), voyage.lifted(unit.part)
    entering = [
        wait.held_until_kg
        for wait in who.story.flown.waits
        if wait.serial == unit.serial and wait.until_d == hops[0].enter_d and not wait.between
    ]
    loaded = sum(
        c.mass_kg for c in voyage.flight.cargo if c.tank == unit.part and hops[0].holds(c.board, c.alight)
    )
    tank = who.story.setting.scenario.vehicles[unit.vehicle].tank
    fuel_stock = NONE if tank is None else who.stock(hops[0].origin, tank.resource)
    return {
        "fuel_stock": fuel_stock, "flight": row, "craft": who.crafts[unit.serial], "vehicle": who.vehicles[unit.vehicle],
        "first_hop": first_hop + hops[0].number - 1, "last_hop": first_hop + hops[-1].number - 1,
        "taken_at": NONE if lifted else who.node(hops[0].origin), "left_at": who.node(hops[-1].destination),
        "brought_by": NONE if lifted else brought_by, "tanked_kg": unit.tanked_kg,
        "held_kg": entering[0] if entering else 0.0, "loaded_kg": loaded, "lifted": lifted,
        "refuels": unit.part in voyage.mission.refuels and not lifted, "expended": unit.part in voyage.mission.expends,
    }  # fmt: skip


def _hop(who: Register, voyage: Voyage, hop: Hop, row: int, units: Mapping[str, int]) -> Entry:
    given, scenario = who.story.setting, who.story.setting.scenario
    following = voyage.hops[hop.number] if hop.number < len(voyage.hops) else None
    surface = isinstance(scenario.nodes[hop.destination], Surface)
    flight = voyage.flight
    ends = hop.number in {*(c.alight for c in flight.cargo), *(i.alight for i in flight.items)}
    ends = ends or hop.number in {seat.alight for seat in flight.crew}
    meets = following is not None and bool(set(following.parts) - set(hop.parts))
    through = sum(s.count for s in voyage.flight.crew if s.board < hop.number < s.alight)
    pause_d = following.enter_d - hop.leave_d if following is not None and surface else 0.0
    return {
        "flight": row, "number": hop.number, "origin": who.node(hop.origin), "destination": who.node(hop.destination),
        "flyer": NONE if hop.flyer is None else units[hop.flyer], "leader": units[hop.parts[0]],
        "burns": sum(dv > 0 for dv in hop.burns_m_s),
        "enter_after_d": hop.enter_d - voyage.flight.departure_d,
        "leave_after_d": hop.leave_d - voyage.flight.departure_d,
        "load_kg": load(given, voyage, hop).total_kg, "surface_person_d": through * pause_d,
        "launched": hop.flyer is None, "lands": surface and hop.flyer is not None,
        "docks": given.place(hop.destination) and not surface and (ends or meets),
        "home": given.recovery(hop.destination),
    }  # fmt: skip


def _aboard(who: Register, lists: _Lists, voyage: Voyage, row: int) -> None:
    given, scenario = who.story.setting, who.story.setting.scenario
    resources = list(scenario.resources)
    for cargo in voyage.flight.cargo:
        origin, destination = voyage.stop(cargo.board), voyage.stop(cargo.alight)
        lists.cargo.append({
            "flight": row, "board": cargo.board, "alight": cargo.alight, "mass_kg": cargo.mass_kg,
            "resource": resources.index(cargo.resource),
            "from_stock": who.stock(origin, cargo.resource), "to_stock": who.stock(destination, cargo.resource),
            "explores": scenario.resources[cargo.resource].supply_class == _EXPLORATION,
            "goes_up": given.launch_site(origin) and given.place(destination), "comes_down": given.recovery(destination),
        })  # fmt: skip
    for item in voyage.flight.items:
        element, destination = scenario.elements[item.element], voyage.stop(item.alight)
        lists.items.append({
            "flight": row, "copy_row": who.copies.get((item.element, item.copy_no), NONE), "board": item.board,
            "alight": item.alight, "mass_kg": element.mass, "goes_up": given.launch_site(voyage.stop(item.board)),
            "arrives": destination == element.node, "comes_down": given.recovery(destination),
        })  # fmt: skip
    for seat in voyage.flight.crew:
        lists.seats.append({
            "flight": row, "kind": who.kinds[seat.kind], "count": seat.count, "board": seat.board,
            "alight": seat.alight, "from_node": who.node(voyage.stop(seat.board)),
            "to_node": who.node(voyage.stop(seat.alight)),
        })  # fmt: skip
        for resource, used_kg in provisions(given, voyage, seat).items():
            stock = who.stock(voyage.stop(seat.board), resource)
            if stock != NONE:
                lists.provisions.append(
                    {"seat": len(lists.seats) - 1, "stock": stock, "kg_each": used_kg / seat.count}
                )


def _window(given: Setting, voyage: Voyage) -> Floats | None:
    """From each day on, the next on which the flight may leave (inf: never); None where all its routes are open."""
    routes = [
        (hop, given.world.open_days[hop.route]) for hop in voyage.hops if hop.route in given.world.open_days
    ]
    if not routes:
        return None
    days, following_d = np.full(given.horizon_d + 1, math.inf), math.inf
    for day in reversed(range(given.horizon_d + 1)):
        part_d = voyage.flight.departure_d % 1.0
        enters = [
            int((day + part_d + hop.enter_d - voyage.flight.departure_d + _MOMENT_D) // 1)
            for hop, _ in routes
        ]
        if all(at < len(open_) and open_[at] for at, (_, open_) in zip(enters, routes, strict=True)):
            following_d = float(day)
        days[day] = following_d
    return days


def _link(who: Register, lists: _Lists) -> None:
    """What flights mean to each other: who waits for whose units, and which is the next of its mission."""
    takers: dict[int, list[int]] = {}
    for unit in lists.units:
        if unit["brought_by"] != NONE:
            takers.setdefault(unit["brought_by"], []).append(unit["flight"])
    order = sorted(range(len(lists.flights)), key=lambda row: lists.flights[row]["departure_d"])
    last: dict[int, int] = {}
    for row in order:
        flight = lists.flights[row]
        bringing = [lists.flights[taker] for taker in takers.get(row, ())]
        flight["taker"] = (
            NONE
            if flight["goods_to"] != NONE or flight["people_to"] != NONE
            else min(
                takers.get(row, [NONE]),
                key=lambda taker: lists.flights[taker]["departure_d"] if taker != NONE else 0.0,
            )
        )
        going_on = [one for one in bringing if one["launcher"] != NONE or one["people_from"] == NONE]
        flight["awaited"] = bool(flight["items"]) or any(
            one["goods_to"] != NONE or one["people_to"] != NONE or one["people"] for one in going_on
        )
        if flight["mission"] in last:
            lists.flights[last[flight["mission"]]]["next_of_mission"] = row
        last[flight["mission"]] = row
        flight["patience_d"] = _patience_d(who, row)


def _patience_d(who: Register, row: int) -> float:
    """How much longer than planned those may stay who leave with a flight: until one reaches the longest rotation."""
    given, left = who.story.setting, math.inf
    for stay in given.plan.stays:
        if stay.down is not None and who.flights.get(stay.down) == row and stay.leaves_d is not None:
            longest_d = float(given.scenario.crew[stay.kind].rotation.longest)
            left = min(left, max(0.0, longest_d - (stay.leaves_d - stay.arrived_d)))
    return left


def _stays(who: Register) -> Sequence[Entry]:
    return [
        {
            "down": who.flights[stay.down],
            "up": who.flights[stay.up],
            "length_d": stay.leaves_d - stay.arrived_d,
        }
        for stay in who.story.setting.plan.stays
        if stay.up is not None and stay.down is not None and stay.leaves_d is not None
    ]


def _prices(who: Register) -> dict[str, float]:
    """What each flight costs when it leaves, MUSD: launch, mission, supplies, vehicles used up, refurbishment."""
    given, scenario = who.story.setting, who.story.setting.scenario
    found: dict[str, float] = {}
    fresh: dict[str, int] = {}
    coming = sorted(given.plan.purchases, key=lambda one: -one.day_d)
    for voyage in sorted(who.story.voyages, key=lambda one: one.flight.departure_d):
        flight = voyage.flight
        while coming and coming[-1].day_d <= flight.departure_d + _MOMENT_D:
            bought = coming.pop()
            fresh[bought.vehicle] = fresh.get(bought.vehicle, 0) + bought.count
        first_owner = scenario.vehicles[flight.units[0].vehicle].owner
        cost = paid(given, voyage.mission.payer or first_owner) * voyage.mission.price
        if flight.launcher is not None:
            cost += (
                paid(given, scenario.launchers[flight.launcher].owner)
                * scenario.launchers[flight.launcher].price
            )
        for cargo in flight.cargo:
            if given.launch_site(voyage.stop(cargo.board)):
                price = scenario.resources[cargo.resource].price
                cost += paid(given, first_owner) * price * cargo.mass_kg / 1000.0
        for unit in (unit for unit in flight.units if voyage.lifted(unit.part)):
            vehicle = scenario.vehicles[unit.vehicle]
            if vehicle.reuse is None:
                cost += paid(given, vehicle.owner) * vehicle.price
            elif fresh.get(unit.vehicle, 0) > 0:
                fresh[unit.vehicle] -= 1
            else:
                cost += paid(given, vehicle.owner) * vehicle.reuse.refurbishment
        found[flight.name] = float(cost)
    return found


def paid(given: Setting, owner: str) -> float:
    """How much of a price somebody pays: all of it, or for what is shared the sum of the partners' shares."""
    partners = given.scenario.partners
    return 1.0 if owner in partners else float(sum(partner.share or 0.0 for partner in partners.values()))
