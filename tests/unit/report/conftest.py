"""A campaign to report on: a lunar base of three partners over fifteen years, planned by hand.

The numbers are plausible, not optimal: the report must show any plan, good or bad.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from moonwright.plan import (
    Build,
    Cargo,
    Flight,
    Item,
    Outcome,
    Plan,
    Purchase,
    Rank,
    Reboost,
    Seat,
    Shortfall,
    Stay,
    Unit,
    digest,
)
from moonwright.report.record import Record
from moonwright.report.subject import Subject
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import (
    Charge,
    CrewHistory,
    Event,
    FlightRecord,
    MassLedger,
    NodeHistory,
    Run,
    StockHistory,
    Violation,
)

START, END = date(2026, 1, 1), date(2041, 1, 1)
HORIZON_D = (END - START).days


def scenario_file() -> dict[str, Any]:
    """The scenario as its file says it, fresh: a test may change it."""
    told: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("campaign.yaml").read_text(encoding="utf-8")
    )
    return told


def day_of(year: int, month: int, day: int = 1) -> float:
    return float((date(year, month, day) - START).days)


def heavy(number: int, arrival_d: float, items: list[tuple[str, int]], cargo: dict[str, float]) -> Flight:
    return Flight(
        name=f"heavy-cargo-{number}",
        mission="heavy-cargo",
        launcher="long-march-9",
        departure_d=arrival_d - 7,
        arrival_d=arrival_d,
        units=(
            Unit(
                part="heavy-lander",
                vehicle="heavy-lander",
                serial=f"heavy-lander-{number}",
                tanked_kg=24000.0,
            ),
        ),
        items=tuple(Item(element=element, copy_no=copy, board=0, alight=3) for element, copy in items),
        cargo=tuple(
            Cargo(resource=resource, mass_kg=mass_kg, board=0, alight=3)
            for resource, mass_kg in cargo.items()
        ),
    )


def light(number: int, arrival_d: float, items: list[tuple[str, int]], cargo: dict[str, float]) -> Flight:
    return Flight(
        name=f"light-cargo-{number}",
        mission="light-cargo",
        launcher="angara-a5v",
        departure_d=arrival_d - 7,
        arrival_d=arrival_d,
        units=(Unit(part="korvet", vehicle="korvet", serial=f"korvet-{number}", tanked_kg=6500.0),),
        items=tuple(Item(element=element, copy_no=copy, board=0, alight=3) for element, copy in items),
        cargo=tuple(
            Cargo(resource=resource, mass_kg=mass_kg, board=0, alight=3)
            for resource, mass_kg in cargo.items()
        ),
    )


def crew_rotation(number: int, up_d: float, down_d: float, kinds: dict[str, int]) -> list[Flight]:
    lanyue, mengzhou = f"lanyue-{number}", f"mengzhou-{number}"
    seats = [Seat(kind=kind, count=count, board=0, alight=3) for kind, count in kinds.items()]
    home = [Seat(kind=kind, count=count, board=0, alight=2) for kind, count in kinds.items()]
    return [
        Flight(
            name=f"lander-up-{number}",
            mission="lander-up",
            launcher="long-march-10",
            departure_d=up_d - 36,
            arrival_d=up_d - 30,
            units=(Unit(part="lanyue", vehicle="lanyue", serial=lanyue, tanked_kg=17000.0),),
        ),
        Flight(
            name=f"crew-up-{number}",
            mission="crew-up",
            launcher="long-march-10",
            departure_d=up_d - 8,
            arrival_d=up_d,
            units=(
                Unit(part="mengzhou", vehicle="mengzhou", serial=mengzhou, tanked_kg=8800.0),
                Unit(part="lanyue", vehicle="lanyue", serial=lanyue),
            ),
            crew=tuple(seats),
        ),
        Flight(
            name=f"crew-down-{number}",
            mission="crew-down",
            launcher=None,
            departure_d=down_d,
            arrival_d=down_d + 8,
            units=(
                Unit(part="lanyue", vehicle="lanyue", serial=lanyue),
                Unit(part="mengzhou", vehicle="mengzhou", serial=mengzhou),
            ),
            crew=tuple(home),
        ),
    ]


SUPPLIES = {"oxygen": 700.0, "water": 2900.0, "food": 1700.0, "spares": 900.0}
ROTATIONS = [
    (up, up + 180.0, {"taikonaut": 3, "cosmonaut": 1})
    for up in (day_of(2036, 4) + 180.0 * n for n in range(9))
]


def flights() -> list[Flight]:
    cargo = [
        heavy(1, day_of(2030, 6), [("relay-mast", 1), ("vsat", 1), ("vsat", 2)], {}),
        light(1, day_of(2031, 3), [("vsat", 3)], {}),
        light(2, day_of(2031, 9), [("isru-plant", 1)], {}),
        light(3, day_of(2032, 2), [("vsat", 4)], {}),
        heavy(2, day_of(2033, 10), [("reactor", 1), ("telescope", 1)], {}),
        heavy(3, day_of(2035, 1), [("habitat", 1)], {}),
        heavy(4, day_of(2035, 7), [("logistics-module", 1), ("rover", 1)], {"spares": 800.0}),
        heavy(5, day_of(2035, 12), [("logistics-module", 2)], SUPPLIES),
    ]
    cargo += [heavy(6 + n, day_of(2036 + n, 9), [], SUPPLIES) for n in range(4)]
    cargo += [
        light(4 + n, day_of(2036 + n, 5), [], {"oxygen": 300.0, "water": 1300.0, "food": 800.0})
        for n in range(5)
    ]
    crews = [flight for n, rotation in enumerate(ROTATIONS, 1) for flight in crew_rotation(n, *rotation)]
    return sorted(cargo + crews, key=lambda flight: flight.departure_d)


def builds() -> list[Build]:
    done = [
        ("relay-mast", 1, day_of(2030, 6), day_of(2030, 6)),
        ("vsat", 1, day_of(2030, 6), day_of(2030, 7)),
        ("vsat", 2, day_of(2030, 6), day_of(2030, 8)),
        ("vsat", 3, day_of(2031, 3), day_of(2031, 5)),
        ("isru-plant", 1, day_of(2031, 9), day_of(2031, 11)),
        ("vsat", 4, day_of(2032, 2), day_of(2032, 4)),
        ("reactor", 1, day_of(2033, 10), day_of(2034, 7)),
        ("telescope", 1, day_of(2033, 11), day_of(2034, 1)),
        ("habitat", 1, day_of(2035, 1), day_of(2036, 2)),
        ("logistics-module", 1, day_of(2035, 7), day_of(2035, 9)),
        ("rover", 1, day_of(2035, 7), day_of(2035, 10)),
        ("logistics-module", 2, day_of(2035, 12), day_of(2036, 2)),
    ]
    return [Build(element=e, copy_no=n, begun_d=begun, day_d=day) for e, n, begun, day in done]


def stays() -> list[Stay]:
    return [
        Stay(
            kind=kind,
            node="ridge",
            count=count,
            arrived_d=up_d,
            leaves_d=down_d if down_d < HORIZON_D else None,
            up=f"crew-up-{number}",
            down=f"crew-down-{number}" if down_d < HORIZON_D else None,
        )
        for number, (up_d, down_d, kinds) in enumerate(ROTATIONS, 1)
        for kind, count in kinds.items()
    ]


def make_plan(scenario: Scenario) -> Plan:
    return Plan(
        scenario=scenario.name,
        scenario_digest=digest(scenario),
        horizon_d=HORIZON_D,
        flights=tuple(f for f in flights() if f.arrival_d <= HORIZON_D),
        builds=tuple(builds()),
        stays=tuple(s for s in stays() if s.arrived_d < HORIZON_D),
        reboosts=(
            Reboost(
                provider="mengzhou-1",
                node="llo",
                from_d=day_of(2036, 4),
                until_d=day_of(2036, 5),
                impulse_n_s=2.0e6,
            ),
        ),
        purchases=(Purchase(vehicle="lanyue", count=1, day_d=day_of(2036, 3)),),
        shortfalls=(
            Shortfall(
                demand="habitat-by-2036",
                rank=1,
                amount=31.0,
                unit="days",
                from_d=day_of(2036, 1),
                until_d=day_of(2036, 2),
            ),
        ),
        outcome=Outcome(
            status="optimal",
            ranks=(
                Rank(name="shortfall of rank 1", value=31.0, bound=31.0, gap=0.0, unit="days"),
                Rank(name="shortfall of rank 2", value=0.0, bound=0.0, gap=0.0, unit="person-days"),
                Rank(name="cost", value=39000.0, bound=38100.0, gap=0.0231, unit="MUSD"),
            ),
            solver="HiGHS 1.11.0",
            asked_gap=0.03,
            wall_s=142.6,
            first_plan_s=31.2,
            strategy="rolling windows of 24 months, then one polish over the whole horizon",
        ),
    )


def make_stocks(plan: Plan) -> list[StockHistory]:
    present = people(plan)
    rates = {"oxygen": 0.895 * 0.4, "water": 3.5 * 0.3, "food": 1.8, "spares": 0.4}
    gross = {"oxygen": 0.895, "water": 3.5, "food": 1.8, "spares": 0.0}
    told = []
    for resource, rate in rates.items():
        came = np.zeros(HORIZON_D)
        for flight in plan.flights:
            for cargo in flight.cargo:
                if cargo.resource == resource:
                    came[int(flight.arrival_d)] += cargo.mass_kg
        stock = np.zeros(HORIZON_D)
        level = 0.0
        for day in range(HORIZON_D):
            level = max(level + came[day] - rate * present[day], 0.0)
            stock[day] = level
        told.append(StockHistory("ridge", resource, stock, 60 * gross[resource] * present))
    return told


def people(plan: Plan) -> np.ndarray:
    present = np.zeros(HORIZON_D)
    for stay in plan.stays:
        present[int(stay.arrived_d) : int(stay.leaves_d if stay.leaves_d is not None else HORIZON_D)] += (
            stay.count
        )
    return present


def make_node(scenario: Scenario, plan: Plan) -> NodeHistory:
    supply, use, store, berths = (np.zeros(HORIZON_D) for _ in range(4))
    for build in plan.builds:
        element = scenario.elements[build.element]
        since = int(build.day_d)
        supply[since:] += element.provides.power_day
        use[since:] += element.uses.power
        store[since:] += element.provides.energy_storage
        berths[since:] += element.provides.berths
    need = np.maximum(use - np.where(np.arange(HORIZON_D) >= day_of(2034, 7), 40.0, 0.0), 0.0) * 144.0
    seats = np.where(people(plan) > 0, 4.0, 0.0)
    use = use + 0.4 * people(plan)
    return NodeHistory("ridge", seats, berths, supply, use, supply, use, need, store)


def make_charges(scenario: Scenario, plan: Plan) -> list[Charge]:
    told: list[Charge] = []

    def year(day_d: float) -> int:
        return (START + timedelta(days=int(day_d))).year

    for flight in plan.flights:
        when = year(flight.departure_d)
        if flight.launcher is not None:
            launcher = scenario.launchers[flight.launcher]
            told.append(
                Charge(
                    launcher.owner, when, "launch", f"launchers.{flight.launcher}", 1, float(launcher.price)
                )
            )
            vehicle = scenario.vehicles[flight.units[0].vehicle]
            told.append(
                Charge(
                    vehicle.owner,
                    when,
                    "vehicle",
                    f"vehicles.{flight.units[0].vehicle}",
                    1,
                    float(vehicle.price),
                )
            )
        if scenario.missions[flight.mission].price:
            told.append(
                Charge(
                    "cnsa",
                    when,
                    "mission",
                    f"missions.{flight.mission}",
                    1,
                    float(scenario.missions[flight.mission].price),
                )
            )
    shares = {"cnsa": 0.5, "roscosmos": 0.3, "uaesa": 0.2}
    for build in plan.builds:
        element = scenario.elements[build.element]
        split = shares if element.owner == "shared" else {element.owner: 1.0}
        for partner, share in split.items():
            told.append(
                Charge(
                    partner,
                    year(build.day_d),
                    "element",
                    f"elements.{build.element}",
                    1,
                    share * float(element.price),
                )
            )
            for when in range(year(build.day_d) + 1, 2041):
                if element.operations:
                    told.append(
                        Charge(
                            partner,
                            when,
                            "operations",
                            f"elements.{build.element}",
                            1,
                            share * float(element.operations),
                        )
                    )
    return told


def make_run(scenario: Scenario, plan: Plan) -> Run:
    charges = make_charges(scenario, plan)
    records = []
    for flight in plan.flights:
        payload = sum(c.mass_kg for c in flight.cargo) + sum(
            scenario.elements[i.element].mass for i in flight.items
        )
        dry = sum(scenario.vehicles[u.vehicle].dry_mass for u in flight.units if u.tanked_kg)
        tanked = {unit.serial: unit.tanked_kg for unit in flight.units if unit.tanked_kg}
        launched = payload + dry + sum(tanked.values()) if flight.launcher else 0.0
        records.append(
            FlightRecord(
                flight.name,
                launched,
                payload,
                {s: 0.97 * kg for s, kg in tanked.items()},
                {s: 0.03 * kg for s, kg in tanked.items()},
            )
        )
    launched = sum(record.launched_kg for record in records)
    present = people(plan)
    return Run(
        horizon_d=HORIZON_D,
        violations=(),
        events=(Event(plan.flights[0].departure_d, "departure", "wenchang", "heavy-cargo-1 departs"),),
        stocks=tuple(make_stocks(plan)),
        crew=(
            CrewHistory("ridge", "taikonaut", 0.75 * present),
            CrewHistory("ridge", "cosmonaut", 0.25 * present),
        ),
        nodes=(make_node(scenario, plan),),
        flights=tuple(records),
        charges=tuple(charges),
        ledger=MassLedger(
            launched,
            0.0,
            2210.5,
            0.6 * launched,
            0.1 * launched,
            210.0,
            0.05 * launched,
            0.1 * launched,
            0.15 * launched + 2000.5,
        ),
        cost_musd=sum(charge.amount_musd for charge in charges),
        imleo_kg=2.6 * launched,
        finish_d=day_of(2036, 2),
    )


@dataclass(frozen=True)
class Campaign:
    scenario: Scenario
    plan: Plan
    run: Run
    record: Record

    @property
    def subject(self) -> Subject:
        return Subject(self.scenario, self.plan, self.run)

    def broken(self) -> "Campaign":
        """The same plan, found wrong by its replay."""
        found = (
            Violation(
                "stock",
                day_of(2038, 11, 4),
                "Connecting Ridge",
                "oxygen is 12.4 kg below the 214.8 kg that the reserve asks",
            ),
            Violation(
                "cadence",
                day_of(2036, 9),
                "long-march-9",
                "5 launches within twelve months; at most 4 are possible",
            ),
        )
        return replace(self, run=replace(self.run, violations=found))

    def empty(self) -> "Campaign":
        """Nothing flies, nothing is built, nobody lives anywhere."""
        nothing: dict[str, Any] = dict.fromkeys(
            ("flights", "builds", "stays", "reboosts", "purchases", "shortfalls"), ()
        )
        run = replace(
            self.run,
            events=(),
            stocks=(),
            crew=(),
            nodes=(),
            flights=(),
            charges=(),
            cost_musd=0.0,
            imleo_kg=0.0,
            finish_d=None,
            ledger=MassLedger(*[0.0] * 9),
        )
        return replace(self, plan=self.plan.model_copy(update=nothing), run=run)


@pytest.fixture(scope="session")
def make() -> Callable[[dict[str, Any]], Campaign]:
    """Makes the campaign of another scenario."""
    return make_campaign


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return make_campaign()


def make_campaign(told: dict[str, Any] | None = None) -> Campaign:
    scenario = Scenario.model_validate(told or scenario_file())
    plan = make_plan(scenario)
    record = Record(
        versions={"moonwright": "0.1.0", "python": "3.11.7", "highspy": "1.11.0"},
        options={"gap": 0.03, "time_limit_s": 180.0, "objective": "cost"},
        started="2026-11-24T08:00:00Z",
        times_s={"load": 0.4, "plan": 142.6, "replay": 1.2},
    )
    return Campaign(scenario, plan, make_run(scenario, plan), record)
