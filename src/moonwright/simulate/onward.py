"""Planning onward: the scenario that is left to be planned on some day of a plan.

What is lost, since a scenario's `initial` cannot say it: a waiting vehicle counts as fuelled for its next
mission; a reusable one in space has all its flights but one left; launches of the current calendar year no
longer count against the cadence; impulse given to a station in advance is not carried over; an element that
waits on its way at a place that is not its own is forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from moonwright.plan import Plan
from moonwright.scenario.datum import Datum
from moonwright.scenario.horizon import Horizon, PeriodRule
from moonwright.scenario.initial import (
    Arrival,
    Contract,
    CrewAboard,
    ElementInPlace,
    Fleet,
    Initial,
    VehicleThere,
)
from moonwright.scenario.partner import Partner
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.fleet import grounded
from moonwright.simulate.horizon import booked
from moonwright.simulate.mission import Voyage
from moonwright.simulate.money import charges
from moonwright.simulate.outstanding import outstanding
from moonwright.simulate.replay import Story, tell
from moonwright.simulate.tolerance import MASS_KG, TIME_D
from moonwright.world.world import World


def onward(plan: Plan, world: World, day: int) -> Scenario:
    """What is left to be planned once a plan has been followed up to the opening of a day.

    Whatever happens at that very moment has happened: its arrivals, commissionings and departures.
    Raises ValueError where the day does not lie within the horizon.
    """
    if not 0 < day < world.horizon_d:
        raise ValueError(f"day {day} does not lie within the horizon of {world.horizon_d} days")
    story = tell(plan, world)
    scenario, start = world.scenario, world.date_of(day)
    spent = _spent(story, day)
    return scenario.model_copy(
        update={
            "horizon": _horizon(scenario.horizon, start),
            "partners": {
                name: _partner(name, one, spent, start.year) for name, one in scenario.partners.items()
            },
            "demands": outstanding(story, day),
            "initial": _initial(story, day, spent),
        }
    )


def _horizon(horizon: Horizon, start: date) -> Horizon:
    *early, last = horizon.periods
    rules = [rule for rule in early if rule.until is None or rule.until > start]
    return Horizon(start=start, end=horizon.end, periods=(*rules, PeriodRule(length=last.length)))


def _spent(story: Story, day: int) -> dict[tuple[str, int], float]:
    """MUSD by partner and year, up to a day."""
    found: dict[tuple[str, int], float] = defaultdict(float)
    for charge in charges(story.setting, story.voyages, story.elements, day):
        found[charge.partner, charge.year] += charge.amount_musd
    return dict(found)


def _partner(name: str, partner: Partner, spent: dict[tuple[str, int], float], year: int) -> Partner:
    """A partner whose budget of the first year is what is left of it."""
    limit, gone = partner.budgets.get(year, partner.budget), spent.get((name, year), 0.0)
    if limit is None or gone == 0.0:
        return partner
    return partner.model_copy(update={"budgets": {**partner.budgets, year: Datum(max(0.0, limit - gone))}})


def _initial(story: Story, day: int, spent: dict[tuple[str, int], float]) -> Initial:
    before = story.setting.scenario.initial
    paid: dict[str, float] = defaultdict(float, {name: float(sum_) for name, sum_ in before.spent.items()})
    for (name, _), amount in spent.items():
        paid[name] += amount
    return Initial(
        crew=tuple(_crew(story, day)),
        stocks=_stocks(story, day),
        elements=tuple(_elements(story, day)),
        vehicles=tuple(_vehicles(story, day)),
        fleet=tuple(_fleet(story, day)),
        under_way=tuple(_under_way(story, day)),
        contracts=tuple(_contracts(story, day)),
        spent={name: Datum(amount) for name, amount in paid.items()},
    )


def _date(story: Story, day_d: float) -> date:
    return story.setting.calendar.start + timedelta(days=booked(day_d))


def _flying(story: Story, day: int) -> Iterator[Voyage]:
    """The flights that have left and are not over."""
    for voyage in story.voyages:
        if voyage.flight.departure_d <= day + TIME_D and voyage.arrival_d > day + TIME_D:
            yield voyage


def _crew(story: Story, day: int) -> Iterator[CrewAboard]:
    there = Counter[tuple[str, str, date]]()
    for stay in story.setting.plan.stays:
        left = stay.leaves_d is not None and booked(stay.leaves_d) <= day
        if booked(stay.arrived_d) <= day and not left:
            there[stay.kind, stay.node, _date(story, stay.arrived_d)] += stay.count
    for (kind, node, arrived), count in sorted(there.items(), key=lambda entry: (entry[0][2], entry[0])):
        yield CrewAboard(kind=kind, node=node, count=Datum(count), arrived=arrived)


def _stocks(story: Story, day: int) -> dict[str, dict[str, Datum]]:
    """What is in store, less what flights that have left will still take on their way."""
    taken: dict[tuple[str, str], float] = defaultdict(float)
    flying = {voyage.flight.name for voyage in _flying(story, day)}
    for movement in story.flown.movements:
        if movement.flight in flying and movement.mass_kg < 0 and booked(movement.day_d) > day:
            taken[movement.node, movement.resource] -= movement.mass_kg
    found: dict[str, dict[str, Datum]] = defaultdict(dict)
    for stock in story.stocks:
        mass_kg = float(stock.opening[day]) - taken[stock.node, stock.resource]
        if mass_kg > MASS_KG:
            found[stock.node][stock.resource] = Datum(mass_kg)
    return dict(found)


def _elements(story: Story, day: int) -> Iterator[ElementInPlace]:
    """Copies in place, those at work first: they are numbered in this order."""
    there = Counter[tuple[str, date, bool]]()
    for copy in story.elements.copies:
        if booked(copy.came_d) <= day:
            works = copy.commissioned_d is not None and booked(copy.commissioned_d) <= day
            since_d = copy.commissioned_d if works and copy.commissioned_d is not None else copy.came_d
            there[copy.element, _date(story, since_d), works] += 1
    for (name, since, works), count in sorted(there.items(), key=lambda e: (not e[0][2], e[0][1], e[0][0])):
        yield ElementInPlace(element=name, count=Datum(count), since=since, commissioned=works)


def _vehicles(story: Story, day: int) -> Iterator[VehicleThere]:
    """Vehicles that wait, but for those that a flight under way is coming for."""
    promised = {unit.serial for voyage in _flying(story, day) for unit in voyage.flight.units}
    there = Counter[tuple[str, str, date]]()
    for wait in story.flown.waits:
        waits = booked(wait.from_d) <= day and wait.until_d > day + TIME_D and not wait.between
        if waits and wait.serial not in promised:
            there[wait.vehicle, wait.node, _date(story, wait.from_d)] += 1
    for (vehicle, node, arrived), count in sorted(there.items(), key=lambda entry: (entry[0][2], entry[0])):
        yield VehicleThere(vehicle=vehicle, node=node, count=Datum(count), arrived=arrived)


def _fleet(story: Story, day: int) -> Iterator[Fleet]:
    for name, vehicle in story.setting.scenario.vehicles.items():
        if vehicle.reuse is not None:
            left = Counter(grounded(story.setting, name, story.flown, day))
            for flights, count in sorted(left.items(), reverse=True):
                yield Fleet(vehicle=name, count=Datum(count), flights_left=Datum(flights))


def _under_way(story: Story, day: int) -> Iterator[Arrival]:
    """What flights that have left will still bring, and what was under way before and still is."""
    setting = story.setting
    for arrival in setting.scenario.initial.under_way:
        if setting.calendar.day_of(arrival.on) > day:
            yield arrival
    for voyage in sorted(_flying(story, day), key=lambda one: (one.arrival_d, one.flight.name)):
        for stop in range(1, len(voyage.hops) + 1):
            coming = booked(voyage.reach_d(stop)) > day and setting.place(voyage.stop(stop))
            arrival = _arrival(story, voyage, stop)
            if coming and (arrival.vehicles or arrival.resources or arrival.elements or arrival.crew):
                yield arrival


def _arrival(story: Story, voyage: Voyage, stop: int) -> Arrival:
    """All that a flight leaves at one of its stops."""
    flight, expends = voyage.flight, voyage.mission.expends
    vehicles, elements, crew = Counter[str](), Counter[str](), Counter[str]()
    resources: dict[str, float] = defaultdict(float)
    for unit in flight.units:
        if unit.part not in expends and voyage.hops_of(unit.part)[-1].number == stop:
            vehicles[unit.vehicle] += 1
    for cargo in flight.cargo:
        resources[cargo.resource] += cargo.mass_kg if cargo.alight == stop else 0.0
    for item in flight.items:
        elements[item.element] += item.alight == stop
    for seat in flight.crew:
        crew[seat.kind] += seat.count * (seat.alight == stop)
    return Arrival(
        node=voyage.stop(stop),
        on=_date(story, voyage.reach_d(stop)),
        vehicles=_counted(vehicles),
        resources={name: Datum(mass_kg) for name, mass_kg in resources.items() if mass_kg > 0},
        elements=_counted(elements),
        crew=_counted(crew),
    )


def _counted(found: Counter[str]) -> dict[str, Datum]:
    return {name: Datum(count) for name, count in found.items() if count}


def _contracts(story: Story, day: int) -> Iterator[Contract]:
    """Contracts that are not fulfilled."""
    calendar = story.setting.calendar
    for contract in story.setting.scenario.initial.contracts:
        flown = sum(
            calendar.within(voyage.flight.departure_d, contract.starts, contract.until)
            for voyage in story.voyages
            if voyage.flight.mission == contract.mission and voyage.flight.departure_d <= day + TIME_D
        )
        if flown < contract.count and calendar.day_of(contract.until) > day:
            yield contract.model_copy(update={"count": Datum(contract.count - flown)})
