"""The Run: one history of a campaign. With no noise it is the certificate of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]  # one number a day, shape (horizon_d,)


@dataclass(frozen=True)
class Violation:
    """A promise that the plan breaks: which rule, when, where, by how much, in one sentence."""

    rule: str
    day_d: float
    where: str
    text: str


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    day_d: float
    kind: Literal["departure", "burn", "arrival", "commissioning", "expiry", "handover", "expended"]
    where: str
    text: str


@dataclass(frozen=True)
class StockHistory:
    """One resource at one node: stock at each day's end, and what the reserves ask (both kg)."""

    node: str
    resource: str
    stock_kg: Days
    reserve_kg: Days


@dataclass(frozen=True)
class CrewHistory:
    """People of one kind at one node on each day."""

    node: str
    kind: str
    present: Days


@dataclass(frozen=True)
class NodeHistory:
    """A node day by day: people that could leave for home, berths, power (kW) and the longest night (kWh).

    Power is that of full light; `mean_` is that of the month's light and dark together, where light is computed.
    """

    node: str
    seats_home: Days
    berths: Days
    power_supply_kw: Days
    power_use_kw: Days
    mean_supply_kw: Days
    mean_use_kw: Days
    night_need_kwh: Days
    night_store_kwh: Days


@dataclass(frozen=True)
class FlightRecord:
    """A flight as flown, masses in kg; by serial, propellant burned and left in the tank at the unit's end.

    `launched_kg`: all that its launcher lifts (0 without one). `payload_kg`: the most that it carries on any
    leg, people and packing included.
    """

    flight: str
    launched_kg: float
    payload_kg: float
    burned_kg: Mapping[str, float]
    left_kg: Mapping[str, float]


@dataclass(frozen=True)
class Charge:
    """Money spent: by whom, in which calendar year, for what kind of thing.

    `category`: launch, vehicle, refurbishment, mission, supplies, element or operations.

    `item` is the scenario's name of what was paid for ("launchers.long-march-10"), `count` how many times,
    years (operations) or tonnes (supplies).
    """

    partner: str
    year: int
    category: str
    item: str
    count: float
    amount_musd: float


@dataclass(frozen=True)
class MassLedger:
    """Where all that was launched went, kg. `launched` = sum of the others to rounding: mass is conserved."""

    launched_kg: float
    initial_kg: float
    made_from_site_kg: float
    burned_kg: float
    consumed_kg: float
    boiled_off_kg: float
    expended_kg: float
    recovered_kg: float
    in_place_kg: float

    @property
    def imbalance_kg(self) -> float:
        """What came in minus what can be accounted for."""
        came = self.launched_kg + self.initial_kg + self.made_from_site_kg
        went = self.burned_kg + self.consumed_kg + self.boiled_off_kg + self.expended_kg
        return came - went - self.recovered_kg - self.in_place_kg


@dataclass(frozen=True)
class Run:
    """Everything that follows from a plan. `violations` empty: the plan is certified.

    `cost_musd` sums the charges; `discounted_musd` is the same in money of the horizon's first year (equal
    without a discount rate). `imleo_kg`: all that launchers lift. `finish_d`: the last build demand is met.
    """

    horizon_d: int
    violations: tuple[Violation, ...]
    events: tuple[Event, ...]
    stocks: tuple[StockHistory, ...]
    crew: tuple[CrewHistory, ...]
    nodes: tuple[NodeHistory, ...]
    flights: tuple[FlightRecord, ...]
    charges: tuple[Charge, ...]
    ledger: MassLedger
    cost_musd: float
    imleo_kg: float
    finish_d: float | None
    discounted_musd: float = 0.0

    @property
    def certified(self) -> bool:
        """True where the replay found nothing wrong."""
        return not self.violations
