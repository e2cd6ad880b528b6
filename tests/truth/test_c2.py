"""Two lunar sorties a year apart: the published network flow, built as a Network by hand.

Least initial mass in low Earth orbit: 694,264.417 kg (a public toolbox, reproduced by two solvers to 1e-9). Inputs: path
Earth-LEO-LLO-surface, 4.04 and 1.87 km/s each way, flights of 1, 3 and 1 d, Isp 420 s, g0 9.8 m/s2; six identical ships a
sortie; four people; 2 t down and 1 t back; tanks and rooms of all ships on a leg pooled.

A scenario file cannot say it: there provisions weigh until a flight ends, a flight refuels only where it starts, and ships
use no spares as they fly. Here one flight is one ship on one leg, so that its limits, times the number of flights, are
those of the pool. Legs are a day apart instead of at one moment, which changes nothing: nothing boils off and nobody waits.
From Earth to lunar orbit is one leg, and so is the way back. The case does not say so in words, but its figure asks for it:
goods wait only aboard ships that wait, and in LEO none does. Were they free to wait there, 692,240 kg would be enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from moonwright.network.expand import expand
from moonwright.network.network import Arc, Course, Itinerary, Limit, Load, Network, Part, Refuel, Ride
from moonwright.network.tank import Form
from moonwright.optimise import flight
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import assemble, dense
from moonwright.optimise.pose import pose
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

IMLEO_KG = 694_264.417
SAME = 1e-6  # relative: 0.7 kg; the inputs are rounded to a gram or so

EXHAUST_M_S = 420.0 * 9.8
DRY_KG, ROOM_KG, TANK_KG = 13_071.917, 2_837.118, 44_362.378
SPARES_KG = 0.01 * DRY_KG  # of one ship on one flight
FOOD_KG_D = 8.655  # a person
PERSON_KG, PEOPLE = 100.0, 4


@dataclass(frozen=True)
class Leg:
    """One leg of the case: change of speed and days."""

    dv_m_s: float
    days: int


LIFT, COAST, DESCENT = Leg(0.0, 1), Leg(4040.0, 3), Leg(1870.0, 1)

# name: start, end, legs in order, what may ride, period in each sortie
FLIGHTS: dict[str, tuple[str, str, tuple[Leg, ...], tuple[str, ...], int]] = {
    "out": ("earth", "orbit", (LIFT, COAST), ("fuel", "food", "spares", "goods", "people"), 0),
    "land": ("orbit", "base", (DESCENT,), ("fuel", "food", "spares", "goods", "people"), 1),
    "rise": ("base", "orbit", (DESCENT,), ("samples", "people"), 2),
    "return": ("orbit", "sea", (COAST, LIFT), ("samples", "people"), 3),
}
# of each sortie: it starts, has landed, has risen, is back. Two calendar years, each with six launches at most
DATES = (
    ("2030-12-28", "2030-12-30", "2030-12-31", "2031-01-01"),
    ("2031-01-01", "2031-01-03", "2031-01-04", "2031-01-05"),
)


def scenario() -> Scenario:
    """Names, the stay of the crew, what must arrive: all that the case has in common with a scenario file."""
    demands = {}
    for n, (opens, landed, risen, back) in enumerate(DATES):
        for good, amount_kg, node, starts, until in (
            ("goods", 2000.0, "base", opens, landed),
            ("people", PEOPLE * PERSON_KG, "base", opens, landed),
            ("people", PEOPLE * PERSON_KG, "orbit", landed, risen),
            ("samples", 1000.0, "orbit", landed, risen),
            ("people", PEOPLE * PERSON_KG, "sea", risen, back),
            ("samples", 1000.0, "sea", risen, back),
        ):
            demands[f"{good} {node} {n}"] = {
                "kind": "deliver",
                "resource": good,
                "node": node,
                "amount": f"{amount_kg} kg",
                "from": starts,
                "until": until,
            }
    stay = {"node": "base", "uses": {"food": f"{3 * PEOPLE * FOOD_KG_D} kg/d"}}
    tank = {"resource": "fuel", "capacity": f"{TANK_KG} kg", "isp": "420 s"}
    return Scenario.model_validate(
        {
            "name": "C2",
            "currency_year": 2024,
            "horizon": {"start": DATES[0][0], "end": DATES[-1][-1], "periods": [{"length": "1 d"}]},
            "partners": {"a": {"name": "A"}},
            "nodes": {
                "earth": {"kind": "launch site", "body": "earth", "latitude": "0 deg", "longitude": "0 deg"},
                "orbit": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
                "base": {"kind": "surface", "body": "moon", "latitude": "0 deg", "longitude": "0 deg"},
                "sea": {"kind": "recovery", "body": "earth"},
            },
            "routes": {
                name: {"from": start, "to": end, "duration": "0.5 d"}
                for name, (start, end, *_) in FLIGHTS.items()
            },
            "launchers": {"lift": {"owner": "a", "site": "earth", "payload": {}, "cadence": "6 /yr"}},
            "vehicles": {"ship": {"owner": "a", "dry_mass": f"{DRY_KG} kg", "tank": tank}},
            "missions": {
                name: {"legs": [{"by": "lift" if name == "out" else "ship", "route": name}]}
                for name in FLIGHTS
            },
            "resources": {
                name: {"supply_class": 10}
                for name in ("fuel", "food", "spares", "goods", "samples", "people")
            },
            "activities": {
                f"stay {n}": {**stay, "from": landed, "until": risen}
                for n, (_, landed, risen, _) in enumerate(DATES)
            },
            "demands": demands,
            "initial": {"stocks": {"base": {"samples": "2 t"}}},
            "objective": {"minimise": ["imleo"]},
        }
    )


def masses(legs: Sequence[Leg], riding: Sequence[str]) -> tuple[Form, Form, Form]:
    """(all that leaves, fuel in it, all in it that takes room), each in kg per ship and per kg of load.

    Food and spares of a leg are aboard while it burns and gone when it ends.
    """
    one_ship = np.array([1.0, *(0.0 for _ in riding)])
    people = np.array([0.0, *(name == "people" for name in riding)]) / PERSON_KG
    fuel = np.array([0.0, *(float(name == "fuel") for name in riding)])
    aboard = np.array([DRY_KG, *(1.0 for _ in riding)])
    for leg in reversed(legs):
        used = SPARES_KG * one_ship + FOOD_KG_D * leg.days * people
        ratio = math.exp(leg.dv_m_s / EXHAUST_M_S)
        fuel = fuel + (ratio - 1.0) * (aboard + used)
        aboard = ratio * (aboard + used)
    return aboard, fuel, aboard - fuel - DRY_KG * one_ship


def itinerary(name: str) -> Itinerary:
    """One ship on one flight, all that it needs linear in its loads."""
    start, end, legs, riding, _ = FLIGHTS[name]
    launched = name == "out"
    aboard, fuel, _ = masses(legs, riding)
    # nothing is limited from Earth to LEO: tank and room bind from the first burn on
    burning = legs[1:] if launched else legs
    _, tank, room = masses(burning, riding)
    days = sum(leg.days for leg in legs)
    eaten = () if launched else (("food", FOOD_KG_D * days / PERSON_KG),)
    loads = tuple(
        Load("resource", good, 0, 1, 1.0, "none", draws=eaten if good == "people" else ()) for good in riding
    )
    carried = np.array([0.0, *(float(good == "fuel") for good in riding)])
    part = Part("ship", "ship", 0, 1, launched, refuels=not launched, end="waits")
    if end == "sea":
        part = replace(part, end="expended")
    course = Course(
        mission=name,
        launcher="lift" if launched else None,
        stops=(start, end),
        rides=(Ride(name, None if launched else "ship", ("ship",), 0.0, 0.5),),
        parts=(part,),
        owners=("a",),
    )
    burnt = fuel - carried
    taken = (
        Refuel("ship", "fuel", 0, float(burnt[0]), tuple(burnt[1:].tolist())),
        Refuel("ship", "spares", 0, SPARES_KG * len(legs), tuple(0.0 for _ in riding)),
    )
    return Itinerary(
        course=course,
        loads=loads,
        limits=(
            Limit("tank", tuple(tank[1:].tolist()), float(TANK_KG - tank[0])),
            Limit("room", tuple(room[1:].tolist()), float(ROOM_KG - room[0])),
        ),
        refuels=() if launched else taken,
        tanked=(),
        launch_kg=float(aboard[0]) if launched else 0.0,
        launch_weights=tuple(aboard[1:].tolist()) if launched else tuple(0.0 for _ in riding),
        anchor_d=0.5,
        homeward=False,
    )


def network() -> Network:
    """Eight days, two sorties of four legs, each on its own day."""
    empty = expand(observe(scenario().model_copy(update={"missions": {}, "launchers": {}})))
    itineraries = {name: itinerary(name) for name in FLIGHTS}
    arcs = tuple(
        Arc(one, k + 0.5, k, (k, k), (k, k), tuple(range(len(one.loads))))
        for sortie in range(len(DATES))
        for name, one in itineraries.items()
        for k in [4 * sortie + FLIGHTS[name][4]]
    )
    world = observe(scenario())
    return replace(empty, world=world, itineraries=tuple(itineraries.values()), arcs=arcs)


def test_two_sorties_need_the_published_mass_in_leo() -> None:
    problem = pose(network())
    answer = solve(assemble(problem), dense(problem, flight.imleo(problem)), Limits(0.0, 60.0))
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(IMLEO_KG, rel=SAME)
