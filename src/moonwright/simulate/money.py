"""Money: what everything costs, who pays it, in which calendar year, and what is left of the budgets."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moonwright.simulate.element import Elements, worn_out_d
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Charge
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MONEY_MUSD, TIME_D, over
from moonwright.units import DAYS_PER_YEAR


@dataclass(frozen=True)
class _Bill:
    owner: str
    day_d: float
    category: str
    item: str
    count: float
    price_musd: float


def charges(
    setting: Setting, voyages: Sequence[Voyage], found: Elements, until_d: float = math.inf
) -> tuple[Charge, ...]:
    """Charges up to a day by partner, year and item, undiscounted; `shared` things are paid by share."""
    total: dict[tuple[str, int, str, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for bill in (*_flights(setting, voyages), *_fleet(setting, voyages), *_elements(setting, found, until_d)):
        if bill.price_musd == 0 or bill.count == 0 or bill.day_d > until_d:
            continue
        for payer, share in _payers(setting, bill.owner):
            key = (payer, setting.calendar.year_of(bill.day_d), bill.category, bill.item)
            count, amount = total[key]
            total[key] = (count + bill.count * share, amount + bill.count * bill.price_musd * share)
    return tuple(Charge(*key, count, amount) for key, (count, amount) in sorted(total.items()))


def _payers(setting: Setting, owner: str) -> list[tuple[str, float]]:
    partners = setting.scenario.partners
    if owner in partners:
        return [(owner, 1.0)]
    return [(name, float(partner.share)) for name, partner in partners.items() if partner.share]


def _flights(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[_Bill]:
    scenario = setting.scenario
    for voyage in voyages:
        flight, mission = voyage.flight, voyage.mission
        day_d = flight.departure_d
        first_owner = scenario.vehicles[flight.units[0].vehicle].owner
        if flight.launcher is not None:
            launcher = scenario.launchers[flight.launcher]
            item = f"launchers.{flight.launcher}"
            yield _Bill(launcher.owner, day_d, "launch", item, 1, launcher.price)
        payer = mission.payer or first_owner
        yield _Bill(payer, day_d, "mission", f"missions.{flight.mission}", 1, mission.price)
        for cargo in flight.cargo:
            if setting.launch_site(voyage.stop(cargo.board)):
                price = scenario.resources[cargo.resource].price
                tonnes = cargo.mass_kg / 1000.0
                yield _Bill(first_owner, day_d, "supplies", f"resources.{cargo.resource}", tonnes, price)


def _fleet(setting: Setting, voyages: Sequence[Voyage]) -> Iterator[_Bill]:
    """Expendable vehicles when launched; reusable ones when bought, and their care at each launch but the first."""
    vehicles = setting.scenario.vehicles
    for purchase in setting.plan.purchases:
        vehicle, item = vehicles[purchase.vehicle], f"vehicles.{purchase.vehicle}"
        day_d = purchase.day_d + 1  # it is bought on the day that begins then, and booked when that ends
        yield _Bill(vehicle.owner, day_d, "vehicle", item, purchase.count, vehicle.price)
    fresh: dict[str, int] = defaultdict(int)
    coming = sorted(setting.plan.purchases, key=lambda one: -one.day_d)
    for voyage in sorted(voyages, key=lambda one: one.flight.departure_d):
        day_d = voyage.flight.departure_d
        while coming and coming[-1].day_d <= day_d + TIME_D:
            purchase = coming.pop()
            fresh[purchase.vehicle] += purchase.count
        for unit in voyage.flight.units:
            vehicle, item = vehicles[unit.vehicle], f"vehicles.{unit.vehicle}"
            if not voyage.lifted(unit.part):
                continue
            if vehicle.reuse is None:
                yield _Bill(vehicle.owner, day_d, "vehicle", item, 1, vehicle.price)
            elif fresh[unit.vehicle] > 0:
                fresh[unit.vehicle] -= 1
            else:
                yield _Bill(vehicle.owner, day_d, "refurbishment", item, 1, vehicle.reuse.refurbishment)


def _elements(setting: Setting, found: Elements, until_d: float) -> Iterator[_Bill]:
    """Elements when commissioned (those at work at the start are paid for), and operations while they live."""
    built = {(build.element, build.copy_no) for build in setting.plan.builds}
    for copy in found.copies:
        if copy.commissioned_d is None:
            continue
        element, item = setting.scenario.elements[copy.element], f"elements.{copy.element}"
        if (copy.element, copy.copy_no) in built:
            yield _Bill(element.owner, copy.commissioned_d, "element", item, 1, element.price)
        ends_d = worn_out_d(setting, copy)
        last_d = min(math.inf if ends_d is None else ends_d, setting.horizon_d, until_d)
        for year_ends_d, days in _days_by_year(setting, max(0.0, copy.commissioned_d), last_d):
            count = days / DAYS_PER_YEAR
            yield _Bill(element.owner, year_ends_d, "operations", item, count, element.operations)


def _days_by_year(setting: Setting, from_d: float, until_d: float) -> Iterator[tuple[float, float]]:
    """(when it ends, days) of each calendar year's part of a stretch of time."""
    while from_d < until_d:
        year = (setting.calendar.start + timedelta(days=int(from_d))).year
        border_d = min(until_d, setting.calendar.day_of(date(year + 1, 1, 1)))
        yield border_d, border_d - from_d
        from_d = border_d


@rule
def budget(setting: Setting, found: Sequence[Charge]) -> Iterator[Broken]:
    """No partner pays more in a calendar year than its budget of that year."""
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for charge in found:
        spent[charge.partner, charge.year] += charge.amount_musd
    for (name, year), amount in sorted(spent.items()):
        partner = setting.scenario.partners[name]
        limit = partner.budgets.get(year, partner.budget)
        if limit is not None and over(amount, limit, MONEY_MUSD):
            day = max(0, setting.calendar.day_of(date(year, 1, 1)))
            yield Broken(
                day, f"partners.{name}", f"pays {amount:,.3f} MUSD in {year}; its budget is {limit:,.3f} MUSD"
            )


def discounted(found: Sequence[Charge], rate: float, start_year: int) -> float:
    """All charges in money of the first year of the horizon, MUSD."""
    return sum(charge.amount_musd / (1.0 + rate) ** (charge.year - start_year) for charge in found)
