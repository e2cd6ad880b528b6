"""Planning onward from a day: the past stays as it was, the rest is planned anew, and both are one plan."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from moonwright.choose.freeze import before, frozen, opening_on, unjudged
from moonwright.errors import PlanError
from moonwright.network.expand import expand
from moonwright.network.network import Network
from moonwright.network.period import cut, period_of
from moonwright.optimise.highs import Limits, Progress
from moonwright.optimise.model import Model
from moonwright.optimise.optimise import Result, optimise
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Found, search
from moonwright.plan import Flight, Plan, Stay, digest
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe


def onward(
    scenario: Scenario,
    plan: Plan,
    day: int,
    limits: Limits,
    progress: Progress | None = None,
    *,
    hopeful: bool = True,
) -> Result:
    """The best plan for a whole scenario that does until `day` what `plan` did.

    The scenario may differ from the one that the plan was made for; it is then taken to have held from the start, but
    asks nothing of the past. Its periods until the day must be the same. Raises PlanError where the day opens no
    period, or where the scenario does not know what was done. Without hope no time is spent on leaving nothing short.
    """
    network = expand(observe(scenario))
    opening_on(network, day)

    changed = digest(scenario) != plan.scenario_digest

    def searched(problem: Problem, model: Model, within: Limits, told: Progress | None) -> Found:
        model = frozen(problem, model, plan, day)
        asked = unjudged(problem, day) if changed else problem
        return search(asked, model, within, told, hopeful=hopeful)

    found = optimise(network, limits, progress, searched)
    if found.plan is None:
        return found
    return Result(found.status, _joined(network, plan, found.plan, day), found.wall_s)


def same_periods(one: Scenario, other: Scenario, day: int) -> None:
    """Raise PlanError unless two scenarios cut the time until a day into the same periods."""
    borders = [
        [period.start_d for period in cut(scenario.horizon) if period.start_d <= day]
        for scenario in (one, other)
    ]
    if one.horizon.start != other.horizon.start or borders[0] != borders[1]:
        raise PlanError("the two scenarios do not cut the past into the same periods; keep start and lengths")


def _joined(network: Network, plan: Plan, found: Plan, day: int) -> Plan:
    """The plan found, with what was done in the very words of the plan that did it."""
    past, again = before(plan, day), before(found, day)
    pairs = _pairs(network, past, again)
    names, serials = _renaming(found, pairs)
    flights = (flight for flight in found.flights if flight not in again.flights)
    reboosts = (
        one.model_copy(update={"provider": serials.get(one.provider, one.provider)}) for one in found.reboosts
    )
    known = {old.name for _, old in pairs}
    return found.model_copy(
        update={
            "flights": (*past.flights, *(_renamed(flight, names, serials) for flight in flights)),
            "builds": (*past.builds, *(one for one in found.builds if one not in again.builds)),
            "made": (*past.made, *(one for one in found.made if one not in again.made)),
            "reboosts": (*past.reboosts, *(one for one in reboosts if one.until_d > day)),
            "stays": tuple(rejoined(plan.stays, (_told(stay, names) for stay in found.stays), known)),
        }
    )


def _renaming(found: Plan, pairs: list[tuple[Flight, Flight]]) -> tuple[dict[str, str], dict[str, str]]:
    """Names of flights and serials of vehicles: those of the past as they were, later ones not taken by the past."""
    names = {new.name: old.name for new, old in pairs}
    serials = {
        mine.serial: theirs.serial
        for new, old in pairs
        for mine in new.units
        for theirs in old.units
        if mine.part == theirs.part
    }
    later = [flight for flight in found.flights if flight.name not in names]
    new_serials = {unit.serial for flight in later for unit in flight.units} - set(serials)
    names |= _fresh((flight.name for flight in later), set(names.values()), " ")
    serials |= _fresh(sorted(new_serials), set(serials.values()), "-")
    return names, serials


def _told(stay: Stay, names: Mapping[str, str]) -> Stay:
    up, down = stay.up and names.get(stay.up, stay.up), stay.down and names.get(stay.down, stay.down)
    return stay.model_copy(update={"up": up, "down": down})


def rejoined(before: Iterable[Stay], found: Iterable[Stay], flown: Set[str]) -> Iterator[Stay]:
    """Stays of the past as they were; those that go on, by who came when; later ones as found.

    `flown` names the flights of the past: a stay that one of them ended is over, one that one of them began goes on.
    """
    pools: dict[tuple[str, str, float], deque[Stay]] = defaultdict(deque)
    for stay in before:
        if stay.down in flown:
            yield stay
        elif stay.up is None or stay.up in flown:
            pools[_came(stay)].append(stay)
    for stay in found:
        if stay.down in flown:
            continue
        pool = pools[_came(stay)] if stay.up is None or stay.up in flown else None
        left = stay.count
        while left and pool:
            known = pool.popleft()
            count = min(left, known.count)
            left -= count
            if known.count > count:
                pool.appendleft(known.model_copy(update={"count": known.count - count}))
            yield stay.model_copy(update={"count": count, "up": known.up, "arrived_d": known.arrived_d})
        if left:
            yield stay.model_copy(update={"count": left})


def _came(stay: Stay) -> tuple[str, str, float]:
    return stay.kind, stay.node, round(stay.arrived_d, 3)


@dataclass(frozen=True)
class _Place:
    """Flights that the model does not tell apart: same mission and launcher, leaving in the same period."""

    mission: str
    launcher: str | None
    period: int


def _pairs(network: Network, past: Plan, again: Plan) -> list[tuple[Flight, Flight]]:
    """(flight of the plan found, the same flight as it was flown)."""
    places: dict[_Place, list[Flight]] = defaultdict(list)
    for flight in sorted(again.flights, key=lambda one: one.departure_d):
        places[_place(network, flight)].append(flight)
    pairs = []
    for flight in sorted(past.flights, key=lambda one: one.departure_d):
        pairs.append((places[_place(network, flight)].pop(0), flight))
    return pairs


def _place(network: Network, flight: Flight) -> _Place:
    return _Place(flight.mission, flight.launcher, period_of(network.periods, flight.departure_d))


def _fresh(names: Iterable[str], taken: set[str], before_number: str) -> dict[str, str]:
    """A name for each that is not taken: its own, or that of the next number."""
    given: dict[str, str] = {}
    for name in names:
        stem, _, number = name.rpartition(before_number)
        count, own = int(number) if number.isdigit() else 0, name
        while own in taken:
            count += 1
            own = f"{stem}{before_number}{count}"
        taken.add(own)
        given[name] = own
    return given


def _renamed(flight: Flight, names: Mapping[str, str], serials: Mapping[str, str]) -> Flight:
    units = tuple(
        unit.model_copy(update={"serial": serials.get(unit.serial, unit.serial)}) for unit in flight.units
    )
    return flight.model_copy(update={"name": names.get(flight.name, flight.name), "units": units})
