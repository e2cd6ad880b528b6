"""What the scenario's words and docs/decisions/0002 mean for cargo that goes straight to where it is wanted.

Nothing of the planner is used here: every set of whole flights, of items on them and of days on which they go to work is
counted through; what divides (goods) has but one best amount for each. Good for small campaigns only.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from moonwright.scenario.demand import BuildDemand, DeliverDemand, FlyDemand
from moonwright.scenario.element import Element
from moonwright.scenario.scenario import Scenario

MOST = 4096  # assignments
_SAME = 1e-6  # kg and MUSD that are nothing
_YEAR_D = 365.25

Copy = tuple[
    str, int | None, float
]  # element, number of the choice that brings it (None: under way), day it comes


class TooManyError(Exception):
    """There are more whole assignments than `MOST`."""


@dataclass(frozen=True)
class Choice:
    """Flights of a mission by a launcher that reach the base when a period ends."""

    mission: str
    launcher: str
    departs_d: float
    arrives_d: float


@dataclass(frozen=True)
class Campaign:
    """A scenario of deliveries, with its calendar."""

    scenario: Scenario

    def day(self, when: date) -> int:
        """Days from the start."""
        return (when - self.scenario.horizon.start).days

    def year(self, moment_d: float) -> int:
        """A moment on a border of years belongs to the one that it ends."""
        ended = max(0, math.ceil(moment_d) - 1)
        return (self.scenario.horizon.start + timedelta(days=ended)).year

    @cached_property
    def end_d(self) -> int:
        """The horizon's end."""
        return self.day(self.scenario.horizon.end)

    @cached_property
    def ends(self) -> list[int]:
        """Ends of periods: so many days, or so many months from the first of a month on."""
        (rule,) = self.scenario.horizon.periods
        number, unit = str(rule.length).split()
        start = self.scenario.horizon.start
        found = [0]
        while found[-1] < self.end_d:
            count = len(found) * int(float(number))
            if unit.startswith("month"):
                month = start.month - 1 + count
                found.append(self.day(date(start.year + month // 12, month % 12 + 1, start.day)))
            else:
                found.append(count)
        return [min(day, self.end_d) for day in found[1:]]

    def leaves_in(self, moment_d: float, starts: date | None, until: date | None) -> bool:
        """Dates that begin or end something include that moment."""
        return (starts is None or moment_d >= self.day(starts)) and (
            until is None or moment_d <= self.day(until)
        )


# --- which flights there may be


def choices(campaign: Campaign) -> list[Choice]:
    """Timed to arrive as a period ends, or on the last day before on which the route is open."""
    scenario = campaign.scenario
    found = []
    for name, mission in scenario.missions.items():
        (leg,) = mission.legs
        route = scenario.routes[leg.route]
        for launcher in [leg.by] if isinstance(leg.by, str) else leg.by:
            for opens, ends in itertools.pairwise([0, *campaign.ends]):
                days = [ends - route.duration - early for early in range(ends - opens)]
                day = next((d for d in days if d >= 0 and _open(campaign, leg.route, d)), None)
                choice = day is not None and Choice(name, launcher, day, day + route.duration)
                if choice and _in_service(campaign, choice):
                    found.append(choice)
    return found


def _open(campaign: Campaign, route: str, day: float) -> bool:
    windows = campaign.scenario.routes[route].windows
    return not windows or any(
        (since := int(day) - campaign.day(window.opens)) >= 0
        and (since % window.every if window.every else since) < (window.closes - window.opens).days
        for window in windows
    )


def _in_service(campaign: Campaign, choice: Choice) -> bool:
    launcher, day_d = campaign.scenario.launchers[choice.launcher], choice.departs_d
    out = any(
        campaign.day(outage.starts) <= day_d < campaign.day(outage.until) for outage in launcher.outages
    )
    ready = [vehicle.ready for vehicle in _stack(campaign, choice) if vehicle.ready]
    return (
        not out
        and all(day_d >= campaign.day(when) for when in ready)
        and all(_takes_part(campaign, owner, day_d) for owner in _carriers(campaign, choice))
        and (launcher.first_flight is None or day_d >= campaign.day(launcher.first_flight))
        and (launcher.last_flight is None or day_d < campaign.day(launcher.last_flight) + 1)
    )


def _takes_part(campaign: Campaign, name: str, day_d: float) -> bool:
    """From its first day on, until the first day after."""
    partner = campaign.scenario.partners[name]
    return (partner.starts is None or day_d >= campaign.day(partner.starts)) and (
        partner.until is None or day_d < campaign.day(partner.until)
    )


def _carriers(campaign: Campaign, choice: Choice) -> list[str]:
    """Whose launcher and vehicles fly."""
    return [
        campaign.scenario.launchers[choice.launcher].owner,
        *(vehicle.owner for vehicle in _stack(campaign, choice)),
    ]


def _stack(campaign: Campaign, choice: Choice) -> list:
    mission = campaign.scenario.missions[choice.mission]
    units = mission.legs[0].carrying
    return [campaign.scenario.vehicles[mission.units.get(unit, unit)] for unit in units]


def flights(campaign: Campaign, found: Sequence[Choice]) -> Iterator[tuple[int, ...]]:
    """How many of each choice: within each launcher's cadence, and with every contract kept."""
    scenario = campaign.scenario
    most = [max(1, int(scenario.launchers[choice.launcher].cadence)) for choice in found]
    for numbers in itertools.product(*(range(n + 1) for n in most)):
        launched: dict[tuple[str, int], int] = defaultdict(int)
        for choice, number in zip(found, numbers, strict=True):
            slow = (
                scenario.launchers[choice.launcher].cadence < 1
            )  # once in years: these horizons are shorter
            launched[choice.launcher, 0 if slow else campaign.year(choice.departs_d)] += number
        kept = all(
            sum(
                number
                for choice, number in zip(found, numbers, strict=True)
                if choice.mission == contract.mission
                and campaign.leaves_in(choice.departs_d, contract.starts, contract.until)
            )
            >= contract.count
            for contract in scenario.initial.contracts
        )
        within = all(n <= max(1, int(scenario.launchers[by].cadence)) for (by, _), n in launched.items())
        if kept and within:
            yield numbers


# --- what rides on them


def items(campaign: Campaign, found: Sequence[Choice], numbers: Sequence[int]) -> Iterator[tuple[Copy, ...]]:
    """Every way to put copies of elements on flights that are flown."""
    each = []
    for name, element in campaign.scenario.elements.items():
        able = [n for n, choice in enumerate(found) if numbers[n] and _may_ride(campaign, element, choice)]
        ways = itertools.combinations_with_replacement([None, *able], int(element.quantity))
        each.append([[(name, n, found[n].arrives_d) for n in way if n is not None] for way in ways])
    for picked in itertools.product(*each):
        yield tuple(itertools.chain(*picked))


def _may_ride(campaign: Campaign, element: Element, choice: Choice) -> bool:
    partners, day_d = campaign.scenario.partners, choice.departs_d
    banned = any(element.owner in partners[owner].may_not_carry for owner in _carriers(campaign, choice))
    ready = element.ready is None or day_d >= campaign.day(element.ready)
    return not banned and ready and _takes_part(campaign, element.owner, day_d)


def room_kg(campaign: Campaign, choice: Choice, number: int, carried: Sequence[Element]) -> float | None:
    """Most goods (kg, packing counted) beside some items on so many flights: the best of all ways to stow; None: no way."""
    stack = _stack(campaign, choice)
    lifted = campaign.scenario.launchers[choice.launcher].payload["base"] - sum(v.dry_mass for v in stack)
    rooms = [vehicle.room for _ in range(number) for vehicle in stack]
    best = None
    for places in itertools.product(range(len(rooms)), repeat=len(carried)):
        free, fits = [], True
        for n, room in enumerate(rooms):
            here = [element for element, place in zip(carried, places, strict=True) if place == n]
            total = room.total - sum(element.mass for element in here)
            kind = room.total if room.pressurised is None else room.pressurised
            kind -= sum(element.mass for element in here if element.room == "pressurised")
            fits &= total >= -_SAME and kind >= -_SAME
            free.append((n // len(stack), min(total, kind), sum(element.mass for element in here)))
        left = [
            (
                sum(kg for f, kg, _ in free if f == flight),
                lifted - sum(kg for f, _, kg in free if f == flight),
            )
            for flight in range(number)
        ]
        if fits and all(launch >= -_SAME for _, launch in left):
            goods = sum(min(stowed, launch) for stowed, launch in left)
            best = goods if best is None else max(best, goods)
    return best


def works(campaign: Campaign, copies: Sequence[Copy]) -> Iterator[tuple[float, ...]]:
    """Every choice of days on which copies go to work (inf: never), at the end of a period, none before it has come."""
    days = [[*(float(end) for end in campaign.ends if end >= came_d), math.inf] for _, _, came_d in copies]
    for picked in itertools.product(*days):
        done: dict[str, list[float]] = defaultdict(list)
        for (name, _, _), day_d in zip(copies, picked, strict=True):
            done[name].append(day_d)
        if all(
            min(done.get(first, [math.inf])) <= min(mine)
            for name, mine in done.items()
            if min(mine) < math.inf
            for first in campaign.scenario.elements[name].after
        ):
            yield picked


# --- what it is worth


@dataclass(frozen=True)
class Assignment:
    """Whole decisions: flights of each choice, copies brought, and the day on which each goes to work."""

    flown: tuple[tuple[Choice, int], ...]
    copies: tuple[tuple[str, float], ...]
    goods_kg: Mapping[Choice, float]


def least(scenario: Scenario) -> dict[str, float] | None:
    """The least of every rank by its name, earlier ones held within the slack; None where no assignment keeps to all.

    Raises TooManyError.
    """
    campaign = Campaign(scenario)
    left = [worth for one in assignments(campaign) if (worth := _worth(campaign, one)) is not None]
    if not left:
        return None
    values = {}
    for name in left[0]:
        values[name] = min(worth[name] for worth in left)
        slack = 0.0 if name.startswith("shortfall") else float(scenario.objective.slack)
        allowed = values[name] * (1 + slack) + _SAME
        left = [worth for worth in left if worth[name] <= allowed]
    return values


def assignments(campaign: Campaign) -> Iterator[Assignment]:
    """All of them. Raises TooManyError."""
    found, count = choices(campaign), 0
    if math.prod(max(2, int(campaign.scenario.launchers[c.launcher].cadence) + 1) for c in found) > 20 * MOST:
        raise TooManyError
    for numbers in flights(campaign, found):
        for copies in items(campaign, found, numbers):
            room = {}
            for n, choice in enumerate(found):
                carried = [campaign.scenario.elements[name] for name, by, _ in copies if by == n]
                room[choice] = room_kg(campaign, choice, numbers[n], carried) if numbers[n] else 0.0
            if None in room.values():
                continue
            for days in works(campaign, copies):
                count += 1
                if count > MOST:
                    raise TooManyError
                done = tuple((name, day_d) for (name, _, _), day_d in zip(copies, days, strict=True))
                yield Assignment(tuple(zip(found, numbers, strict=True)), done, room)


def _worth(campaign: Campaign, one: Assignment) -> dict[str, float] | None:
    """What an assignment reaches, rank by rank; None where it misses a hard demand or passes a budget."""
    scenario = campaign.scenario
    ranked: dict[int, float] = {
        demand.rank: 0.0 for demand in scenario.demands.values() if demand.rank != "hard"
    }
    goods_kg, finish_d = 0.0, 0.0
    for demand in scenario.demands.values():
        if isinstance(demand, DeliverDemand):
            short, brought_kg = _undelivered_t(campaign, one, demand)
            goods_kg += brought_kg
        elif isinstance(demand, FlyDemand):
            short = _unflown(campaign, one, demand)
        else:
            assert isinstance(demand, BuildDemand)
            short, done_d = _days_late(campaign, one, demand)
            finish_d = max(finish_d, done_d)
        if demand.rank == "hard" and short > _SAME:
            return None
        if demand.rank != "hard":
            ranked[demand.rank] += short * demand.price
    bills = list(_bills(campaign, one, goods_kg))
    if not _within_budgets(campaign, bills):
        return None
    rate, first = float(scenario.discount_rate), scenario.horizon.start.year
    aims = {
        "cost": sum(musd * (1 + rate) ** (first - year) for _, year, musd in bills),
        "imleo": _lifted_kg(campaign, one, goods_kg),
        "finish": finish_d,
    }
    shortfalls = {f"shortfall {rank}": ranked[rank] for rank in sorted(ranked)}
    return shortfalls | {name: aims[name] for name in scenario.objective.minimise}


def _undelivered_t(campaign: Campaign, one: Assignment, demand: DeliverDemand) -> tuple[float, float]:
    """(t short, kg that flights bring): in each window as much as is asked, or as there is room for."""
    packed = 1.0 + float(campaign.scenario.resources[demand.resource].packing)
    short_kg = brought_kg = 0.0
    for from_d, until_d in _windows(campaign, demand):
        known = sum(
            float(arrival.resources[demand.resource])
            for arrival in campaign.scenario.initial.under_way
            if from_d < campaign.day(arrival.on) <= until_d
        )
        room = sum(kg / packed for c, kg in one.goods_kg.items() if from_d < c.arrives_d <= until_d)
        wanted = max(0.0, demand.amount - known)
        brought_kg += min(room, wanted)
        short_kg += max(0.0, wanted - room)
    return short_kg / 1000.0, brought_kg


def _windows(campaign: Campaign, demand: DeliverDemand | FlyDemand) -> list[tuple[int, int]]:
    """The one window of a demand, or the months of the horizon."""
    until_d = min(campaign.end_d, campaign.day(demand.until) if demand.until else campaign.end_d)
    if demand.every is None:
        return [(0, until_d)] if until_d > 0 else []
    start = campaign.scenario.horizon.start
    firsts = [
        campaign.day(date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1))
        for n in range(13)
    ]
    return [(first, end) for first, end in itertools.pairwise(firsts) if end <= until_d]


def _unflown(campaign: Campaign, one: Assignment, demand: FlyDemand) -> float:
    flown = sum(number for choice, number in one.flown if choice.mission == demand.mission)
    return max(0.0, demand.count - flown)


def _days_late(campaign: Campaign, one: Assignment, demand: BuildDemand) -> tuple[float, float]:
    """(days late of all copies wanted, day of the last one): late until the horizon ends at most."""
    days = sorted(day_d for name, day_d in one.copies if name == demand.element)
    days = [*days, *[math.inf] * int(demand.count)][: int(demand.count)]
    due_d = min(campaign.day(demand.by), campaign.end_d)
    if demand.rank == "hard":
        return float(sum(day_d > due_d for day_d in days)), min(days[-1], campaign.end_d)
    return sum(max(0.0, min(day_d, campaign.end_d) - due_d) for day_d in days), min(days[-1], campaign.end_d)


def _bills(campaign: Campaign, one: Assignment, goods_kg: float) -> Iterator[tuple[str, int, float]]:
    """(owner, year, MUSD) of all that is paid."""
    scenario = campaign.scenario
    for choice, number in one.flown:
        year, stack = campaign.year(choice.departs_d), _stack(campaign, choice)
        launcher, mission = scenario.launchers[choice.launcher], scenario.missions[choice.mission]
        yield launcher.owner, year, number * launcher.price
        yield mission.payer or stack[0].owner, year, number * mission.price
        for vehicle in stack:
            yield vehicle.owner, year, number * vehicle.price
    for name, day_d in one.copies:
        element = scenario.elements[name]
        if day_d == math.inf:
            continue
        yield element.owner, campaign.year(day_d), element.price
        for day in range(int(day_d), int(min(campaign.end_d, day_d + (element.life or math.inf)))):
            yield element.owner, campaign.year(day + 1), element.operations / _YEAR_D
    for resource in scenario.resources.values():  # priced only where it does not matter who pays, or when
        yield "a", scenario.horizon.start.year, goods_kg / 1000.0 * resource.price


def _within_budgets(campaign: Campaign, bills: Sequence[tuple[str, int, float]]) -> bool:
    paid: dict[tuple[str, int], float] = defaultdict(float)
    for owner, year, musd in bills:
        paid[owner, year] += musd
    partners = campaign.scenario.partners
    caps = {(owner, year): partners[owner].budgets.get(year, partners[owner].budget) for owner, year in paid}
    return all(cap is None or paid[key] <= cap + _SAME for key, cap in caps.items())


def _lifted_kg(campaign: Campaign, one: Assignment, goods_kg: float) -> float:
    dry = sum(number * sum(v.dry_mass for v in _stack(campaign, choice)) for choice, number in one.flown)
    # every copy that is aboard was lifted, at work or not
    items_kg = sum(campaign.scenario.elements[name].mass for name, _ in one.copies)
    return dry + items_kg + goods_kg * (1.0 + float(campaign.scenario.resources["goods"].packing))
