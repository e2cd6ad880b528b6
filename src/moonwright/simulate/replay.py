"""The replay: a plan walked flight by flight and day by day. It certifies the plan, or says what breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from moonwright.plan import Plan
from moonwright.simulate import (
    crew,
    delivery,
    demand,
    element,
    fleet,
    home,
    keeping,
    launcher,
    manifest,
    mission,
    money,
    partner,
    power,
    production,
    reference,
    stock,
    tank,
    vehicle,
    worth,
)
from moonwright.simulate.flight import Flown, fly
from moonwright.simulate.ledger import Accounts, mass_balance
from moonwright.simulate.outcome import outcome
from moonwright.simulate.run import (
    CrewHistory,
    Event,
    MassLedger,
    NodeHistory,
    Run,
    StockHistory,
    Violation,
)
from moonwright.simulate.setting import Setting, setting
from moonwright.world.world import World

FLIGHT_RULES = (
    mission.timing, mission.season, mission.window, mission.least_crew,
    manifest.stops, manifest.room, manifest.down_mass, manifest.seats, manifest.tanker,
    tank.tanking, tank.pushing, vehicle.service,
    partner.participation, partner.embargo, partner.carriage, partner.company,
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """Everything that happens, in the replay's own books."""

    setting: Setting
    voyages: tuple[mission.Voyage, ...]
    flown: Flown
    present: crew.Present
    elements: element.Elements
    made: production.Output
    stocks: tuple[stock.Stock, ...]
    powers: Mapping[str, power.Power]
    homeward: home.Homeward
    people: Sequence[home.People]
    parked: Sequence[home.Parked]
    ledger: MassLedger
    violations: tuple[Violation, ...]

    @property
    def evidence(self) -> demand.Evidence:
        """What demands are judged by."""
        return demand.Evidence(self.voyages, self.present, self.elements, self.stocks)


def replay(plan: Plan, world: World) -> Run:
    """What happens when a plan is carried out without any surprise. A plan that holds has no violations."""
    story = tell(plan, world)
    return _run(story, tuple(_judge(story)))


def tell(plan: Plan, world: World) -> Story:
    """Carry a plan out, and keep the books."""
    replayable, faults = reference.sound(world.scenario, plan)
    faults += reference.same_scenario(setting(plan, world))
    given = setting(replayable, world)
    accounts = Accounts()
    everything = [mission.voyage(world, flight) for flight in replayable.flights]
    manned = {voyage.flight.name: vehicle.crewing(given, voyage) for voyage in everything}
    voyages = tuple(voyage for voyage in everything if not manned[voyage.flight.name])
    flown = fly(given, voyages, accounts)
    present, elements, made = crew.present(given), element.elements(given, voyages), production.output(given)
    flows = stock.flows(given, flown.movements, present, elements)
    production.book_output(given, flows, made)
    production.book_closing_recovery(given, flows, made, present, elements)
    thrusters_kg = keeping.book_reboosts(given, flows)
    stocks = stock.stocks(given, flows)
    missions = home.returns(given)
    _close(given, accounts, stocks, made, thrusters_kg)
    return Story(
        setting=given,
        voyages=voyages,
        flown=flown,
        present=present,
        elements=elements,
        made=made,
        stocks=stocks,
        powers=power.powers(given, present, elements, production.production_kw(given, made)),
        homeward=home.Homeward(missions),
        people=home.people_by_day(given, present),
        parked=home.parked_by_day(given, flown.waits, missions),
        ledger=accounts.close(),
        violations=(*faults, *(broken for found in manned.values() for broken in found), *flown.violations),
    )


def _close(
    given: Setting,
    accounts: Accounts,
    stocks: Sequence[stock.Stock],
    made: production.Output,
    thrusters_kg: float,
) -> None:
    """Book what happened at the nodes up to the horizon's end, and what is in place there."""
    days, scenario = given.horizon_d, given.scenario
    recovered_kg = sum(float(daily[:days].sum()) for (_, _, how), daily in made.items() if how == "recovered")
    accounts.made_from_site_kg += sum(float(one.flow.made[:days].sum()) for one in stocks) - recovered_kg
    accounts.consumed_kg += (
        sum(float(one.flow.used[:days].sum()) for one in stocks) - thrusters_kg - recovered_kg
    )
    accounts.burned_kg += thrusters_kg
    accounts.boiled_off_kg += sum(float(one.boiled_off[:days].sum()) for one in stocks)
    accounts.in_place_kg += sum(float(one.opening[days]) for one in stocks)
    initial = scenario.initial
    there_kg = sum(scenario.crew[entry.kind].mass * entry.count for entry in initial.crew)
    there_kg += sum(scenario.elements[entry.element].mass * entry.count for entry in initial.elements)
    for arrival in initial.under_way:
        there_kg += sum(scenario.crew[kind].mass * count for kind, count in arrival.crew.items())
        there_kg += sum(scenario.elements[name].mass * count for name, count in arrival.elements.items())
    accounts.in_place_kg += there_kg
    stocked_kg = sum(sum(kept.values()) for kept in initial.stocks.values())
    coming_kg = sum(sum(arrival.resources.values()) for arrival in initial.under_way)
    accounts.initial_kg += there_kg + stocked_kg + coming_kg


def _judge(story: Story) -> Iterator[Violation]:
    """Every rule, asked once of everything it is about."""
    given, flown, elements, stocks = story.setting, story.flown, story.elements, story.stocks
    yield from story.violations
    records = {record.flight: record for record in flown.records}
    for voyage in story.voyages:
        for ask in FLIGHT_RULES:
            yield from ask(given, voyage)
        if voyage.flight.launcher is not None:
            yield from launcher.launcher_service(given, voyage)
            yield from launcher.outage(given, voyage)
            yield from launcher.launch_mass(given, voyage, records[voyage.flight.name])
    yield from launcher.cadence(given, story.voyages)
    yield from launcher.pad(given, story.voyages)
    yield from vehicle.stay_limit(given, flown.waits)
    yield from vehicle.turnaround(given, flown.launches)
    yield from fleet.fleet(given, flown.uses, flown.crafts)
    yield from element.ports(given, flown.waits, elements)
    yield from delivery.delivery(given, story.voyages, elements)
    yield from element.commissioning(given, elements)
    yield from element.prerequisites(given, elements)
    yield from element.crew_work(given, elements, crew.crew_hours(given, story.present))
    yield from element.robot_work(given, elements)
    yield from crew.seats_up(given, story.voyages)
    yield from crew.seats_home(given, story.voyages)
    yield from crew.rotation(given)
    yield from crew.aboard_at_start(given)
    yield from crew.berths(given, story.present, elements)
    yield from home.ride_home(given, story.homeward, story.people, story.parked)
    yield from stock.stock(given, stocks)
    yield from stock.storage(given, stocks, elements)
    yield from production.made_where_it_stands(given)
    yield from production.production(given, story.made, elements)
    yield from production.recovery(given, story.made, elements, story.present)
    yield from power.power(given, story.powers)
    yield from power.light(given, story.powers)
    yield from power.night(given, story.powers)
    yield from keeping.keeping(given)
    yield from keeping.thrusters(given, elements)
    yield from keeping.visiting_reboost(given, flown.waits)
    yield from demand.demand(given, demand.lacking(given, story.evidence))
    yield from demand.due_builds(given, elements)
    yield from demand.closing_reserve(given, story.evidence)
    yield from demand.contracts(given, story.voyages)
    yield from mass_balance(story.ledger, given.horizon_d)


def _run(story: Story, violations: tuple[Violation, ...]) -> Run:
    given, days = story.setting, story.setting.horizon_d
    spent = money.charges(given, story.voyages, story.elements)
    cost_musd = sum(charge.amount_musd for charge in spent)
    start_year = given.calendar.start.year
    discounted_musd = money.discounted(spent, given.scenario.discount_rate, start_year)
    imleo_kg = sum(record.launched_kg for record in story.flown.records)
    finish_d = demand.finish_d(given, story.elements)
    violations += money.budget(given, spent)
    worth_musd = sum(worth.worth_by_partner(given, demand.lacking(given, story.evidence)).values())
    reached = {
        "cost": discounted_musd,
        "imleo": imleo_kg,
        "finish": finish_d,
        "net": discounted_musd - worth_musd,
    }
    violations += outcome(given, reached)
    return Run(
        horizon_d=days,
        violations=tuple(sorted(violations, key=lambda found: (found.day_d, found.rule, found.where))),
        events=tuple(sorted((*story.flown.events, *_builds(story)), key=lambda event: event.day_d)),
        stocks=_stock_histories(story),
        crew=tuple(
            CrewHistory(node, kind, there[:days])
            for (node, kind), there in story.present.items()
            if there.any()
        ),
        nodes=_node_histories(story),
        flights=tuple(story.flown.records),
        charges=spent,
        ledger=story.ledger,
        cost_musd=cost_musd,
        imleo_kg=imleo_kg,
        finish_d=finish_d,
        discounted_musd=discounted_musd,
    )


def _builds(story: Story) -> Iterator[Event]:
    for copy in story.elements.copies:
        node, name = story.setting.scenario.elements[copy.element].node, f"{copy.element} {copy.copy_no}"
        if copy.commissioned_d is None:
            continue
        if copy.commissioned_d > 0:
            yield Event(copy.commissioned_d, "commissioning", node, f"{name} goes to work")
        ends_d = element.served_until(story.setting, copy)
        if ends_d <= story.setting.horizon_d:
            yield Event(ends_d, "expiry", node, f"{name} has served its life")


def _stock_histories(story: Story) -> tuple[StockHistory, ...]:
    days = story.setting.horizon_d
    asked = demand.reserves(story.setting, story.evidence)
    return tuple(
        StockHistory(
            node=one.node,
            resource=one.resource,
            stock_kg=one.ending[:days],
            reserve_kg=asked.get((one.node, one.resource), np.zeros(days))[:days],
        )
        for one in story.stocks
    )


def _node_histories(story: Story) -> tuple[NodeHistory, ...]:
    given, days = story.setting, story.setting.horizon_d
    seats = home.seats_by_day(given, story.homeward, story.parked)
    return tuple(
        NodeHistory(
            node=node,
            seats_home=seats[node],
            berths=crew.berths_at(given, story.elements, node)[:days],
            power_supply_kw=one.supply_kw[:days],
            power_use_kw=one.use_kw[:days],
            mean_supply_kw=one.mean_supply_kw[:days],
            mean_use_kw=one.mean_use_kw[:days],
            night_need_kwh=one.night_need_kwh[:days],
            night_store_kwh=one.night_store_kwh[:days],
        )
        for node, one in story.powers.items()
    )
