"""What a plan owes to assumed numbers: shares of cost and mass, and its price at the ends of their ranges.

Flights stay as they are: the plan is priced anew, not made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moonwright.plan import Flight, Plan
from moonwright.report.money import price_path
from moonwright.report.subject import Subject
from moonwright.scenario.provenance import DatumRecord, data_of
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run

TOLD = 10  # the assumptions that matter most
USE = ".uses"  # part of the path of every rate at which something is used up

Data = Mapping[str, DatumRecord]  # by path


@dataclass(frozen=True)
class Assumption:
    """An assumed price that the plan pays, and the plan's cost when it alone is at its low and high (MUSD).

    An end of the range that the scenario leaves out is the value itself.
    """

    path: str
    reason: str
    value: float
    low: float
    high: float
    charged_musd: float
    cost_low_musd: float
    cost_high_musd: float

    @property
    def swing_musd(self) -> float:
        """From the cheapest to the dearest the plan becomes."""
        return self.cost_high_musd - self.cost_low_musd


@dataclass(frozen=True)
class Weight:
    """An assumed mass that is launched: how much of it in all, and at the ends of its range (kg)."""

    path: str
    reason: str
    mass_kg: float
    low_kg: float
    high_kg: float

    @property
    def swing_kg(self) -> float:
        """From the lightest to the heaviest."""
        return self.high_kg - self.low_kg


@dataclass(frozen=True)
class Assumptions:
    """Shares that rest on assumed numbers (fractions), and the numbers that matter most, in that order."""

    cost_musd: float
    cost_share: float
    mass_kg: float
    mass_share: float
    prices: tuple[Assumption, ...]
    weights: tuple[Weight, ...]
    ranges_missing: int


def reprice(scenario: Scenario, plan: Plan, run: Run) -> Assumptions:
    """How much of a plan's cost and mass rests on assumed data, and the ten assumptions that move it most."""
    subject = Subject(scenario, plan, run)
    data = {record.path: record for record in data_of(scenario)}
    prices = _prices(subject, data)
    parts = [part for flight in plan.flights for part in _launched(subject, flight)]
    mass_kg = sum(part.mass_kg for part in parts)
    charged_musd = sum(price.charged_musd for price in prices)
    return Assumptions(
        cost_musd=run.cost_musd,
        cost_share=charged_musd / run.cost_musd if run.cost_musd else 0.0,
        mass_kg=mass_kg,
        mass_share=_assumed_kg(parts, data) / mass_kg if mass_kg else 0.0,
        prices=tuple(sorted(prices, key=lambda p: (-p.swing_musd, -p.charged_musd, p.path))[:TOLD]),
        weights=_weights(parts, data)[:TOLD],
        ranges_missing=sum(price.swing_musd == 0 for price in prices),
    )


def _prices(subject: Subject, data: Data) -> list[Assumption]:
    """Every assumed price that is charged, in no order."""
    charged: dict[str, float] = defaultdict(float)
    multiples: dict[str, float] = defaultdict(float)
    for charge in subject.run.charges:
        path = price_path(subject.scenario, charge)
        record = data.get(path) if path is not None else None
        if record is not None and record.assumed is not None:
            charged[record.path] += charge.amount_musd
            # How many times a price is paid follows from what was paid; of a price of 0 only the count tells.
            multiples[record.path] += charge.amount_musd / record.value if record.value else charge.count
    return [_repriced(subject.run, data[path], charged[path], multiples[path]) for path in charged]


def _repriced(run: Run, price: DatumRecord, charged_musd: float, multiple: float) -> Assumption:
    low, high = _ends(price)
    return Assumption(
        path=price.path,
        reason=price.assumed or "",
        value=price.value,
        low=low,
        high=high,
        charged_musd=charged_musd,
        cost_low_musd=run.cost_musd + multiple * (low - price.value),
        cost_high_musd=run.cost_musd + multiple * (high - price.value),
    )


def _ends(record: DatumRecord) -> tuple[float, float]:
    """Low and high; the value where an end is not given."""
    low = record.value if record.low is None else record.low
    high = record.value if record.high is None else record.high
    return low, high


@dataclass(frozen=True)
class _Part:
    """Mass that a launch lifts: `count` times the number at `path`, or (no count) following from it."""

    path: str
    mass_kg: float
    count: float | None = None


def _launched(subject: Subject, flight: Flight) -> Iterator[_Part]:
    """What a launch lifts. Propellant rests on the tank's Isp, supplies on the rates of their use."""
    if flight.launcher is None:
        return
    scenario = subject.scenario
    carried = scenario.missions[flight.mission].legs[0].carrying
    for unit in flight.units:
        if unit.part in carried:
            yield _Part(
                f"vehicles.{unit.vehicle}.dry_mass", float(scenario.vehicles[unit.vehicle].dry_mass), 1
            )
            yield _Part(f"vehicles.{unit.vehicle}.tank.isp", unit.tanked_kg)
    for item in flight.items:
        if item.board == 0:
            yield _Part(f"elements.{item.element}.mass", float(scenario.elements[item.element].mass), 1)
    for seat in flight.crew:
        if seat.board == 0:
            yield _Part(f"crew.{seat.kind}.mass", scenario.crew[seat.kind].mass * seat.count, seat.count)
    for cargo in flight.cargo:
        if cargo.board == 0:
            packing = scenario.resources[cargo.resource].packing
            yield _Part(f"{USE}.{cargo.resource}", cargo.mass_kg * (1 + packing))


def _assumed_kg(parts: list[_Part], data: Data) -> float:
    """Supplies count as assumed where any rate of their use is."""
    loose = {
        path.rpartition(".")[2] for path, record in data.items() if USE in path and record.assumed is not None
    }
    assumed = {path for path, record in data.items() if record.assumed is not None}
    assumed |= {f"{USE}.{resource}" for resource in loose}
    return sum(part.mass_kg for part in parts if part.path in assumed)


def _weights(parts: list[_Part], data: Data) -> tuple[Weight, ...]:
    """Assumed masses, each added up over all launches; the widest range first, then the heaviest."""
    counts: dict[str, float] = defaultdict(float)
    for part in parts:
        if part.count is not None and part.path in data and data[part.path].assumed is not None:
            counts[part.path] += part.count
    told = [
        Weight(
            path,
            data[path].assumed or "",
            count * data[path].value,
            *(count * end for end in _ends(data[path])),
        )
        for path, count in counts.items()
    ]
    return tuple(sorted(told, key=lambda weight: (-weight.swing_kg, -weight.mass_kg, weight.path)))
