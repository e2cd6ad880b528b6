"""The barter ledger of a plan: who gives whom seats, up-mass, power and crew time, year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from moonwright.choose.result import Result
from moonwright.plan import Flight, Seat
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.crew import active
from moonwright.simulate.mission import Voyage
from moonwright.simulate.replay import Story, tell
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.world.observe import observe

_KG_PER_T, _KWH_PER_MWH, _H_PER_D = 1000.0, 1000.0, 24.0
_NOTHING = 1e-9

UNITS = {
    "seats up": "seats",
    "seats home": "seats",
    "seats there and back": "seats",
    "up-mass": "t",
    "power": "MWh",
    "crew time": "h",
}
Parts = Mapping[str, float]  # of one, by partner


class Entry(BaseModel):
    """In a year `giver` gives `user` an amount of something, in `unit`; what one gives itself stands there, too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    what: str
    unit: str
    giver: str
    user: str
    amount: float


def ledger(result: Result) -> tuple[Entry, ...]:
    """All entries of a plan, by what, year, giver and user. What is `shared` is given and used by the shares."""
    story = tell(result.plan, observe(result.scenario))
    total: dict[tuple[str, int, str, str], float] = defaultdict(float)
    for what, year, givers, users, amount in (
        *_seats(story), *_up_mass(story), *_power(story), *_crew_time(story),
    ):  # fmt: skip
        for giver, given in givers.items():
            for user, used in users.items():
                total[what, year, giver, user] += amount * given * used
    order = list(UNITS)
    return tuple(
        Entry(year=year, what=what, unit=UNITS[what], giver=giver, user=user, amount=amount)
        for (what, year, giver, user), amount in sorted(
            total.items(), key=lambda entry: (order.index(entry[0][0]), *entry[0][1:])
        )
        if amount > _NOTHING
    )


_Line = tuple[str, int, Parts, Parts, float]


def owners(scenario: Scenario, owner: str) -> Parts:
    """Who owns what an owner's name says, and how much of it; all alike where nobody says how `shared` is split."""
    if owner in scenario.partners:
        return {owner: 1.0}
    shares = {name: float(one.share) for name, one in scenario.partners.items() if one.share}
    whole = sum(shares.values())
    return {name: share / whole for name, share in shares.items()} if whole else _alike(scenario.partners)


def _alike(names: Mapping[str, object] | list[str]) -> Parts:
    parts: dict[str, float] = defaultdict(float)
    for name in names:
        parts[name] += 1.0 / len(names)
    return parts


def _seats(story: Story) -> Iterator[_Line]:
    """Rides of people, given by those whose ships seat them on the way, parts alike."""
    scenario = story.setting.scenario
    for voyage in story.voyages:
        year = story.setting.calendar.year_of(voyage.flight.departure_d)
        for seat in voyage.flight.crew:
            ships = _ships(scenario, voyage, seat)
            if ships:
                user = scenario.crew[seat.kind].owner
                yield _way(story, voyage, seat), year, _alike(ships), {user: 1.0}, float(seat.count)


def _ships(scenario: Scenario, voyage: Voyage, seat: Seat) -> list[str]:
    """Owners of the ships in which a seat is taken."""
    parts = {
        part: scenario.vehicles[voyage.unit(part).vehicle]
        for hop in voyage.hops
        if hop.holds(seat.board, seat.alight)
        for part in hop.parts
    }
    return [ship.owner for ship in parts.values() if ship.seats]


def _way(story: Story, voyage: Voyage, seat: Seat) -> str:
    up = story.setting.launch_site(voyage.stop(seat.board))
    home = story.setting.recovery(voyage.stop(seat.alight))
    return "seats there and back" if up and home else "seats up" if up else "seats home"


def _up_mass(story: Story) -> Iterator[_Line]:
    """What launchers lift besides ships: elements for their owners, people for theirs, supplies for those who live there."""
    scenario = story.setting.scenario
    for voyage in story.voyages:
        flight = voyage.flight
        if flight.launcher is None:
            continue
        year = story.setting.calendar.year_of(flight.departure_d)
        giver = owners(scenario, scenario.launchers[flight.launcher].owner)
        for item in flight.items:
            element = scenario.elements[item.element]
            yield "up-mass", year, giver, owners(scenario, element.owner), element.mass / _KG_PER_T
        for seat in flight.crew:
            kind = scenario.crew[seat.kind]
            if seat.board == 0:
                yield "up-mass", year, giver, {kind.owner: 1.0}, kind.mass * seat.count / _KG_PER_T
        for cargo in flight.cargo:
            if cargo.board == 0:
                packing = 0.0 if cargo.tank is not None else scenario.resources[cargo.resource].packing
                users = _living(story, voyage.stop(cargo.alight), flight)
                yield "up-mass", year, giver, users, cargo.mass_kg * (1.0 + packing) / _KG_PER_T


def _living(story: Story, node: str, flight: Flight) -> Parts:
    """Whose people live at a node, over the whole campaign; where nobody ever does, who sends the flight."""
    scenario = story.setting.scenario
    days: dict[str, float] = defaultdict(float)
    for (there, kind), count in story.present.items():
        if there == node:
            days[scenario.crew[kind].owner] += float(count[: story.setting.horizon_d].sum())
    whole = sum(days.values())
    if whole <= 0.0:
        return owners(scenario, scenario.vehicles[flight.units[0].vehicle].owner)
    return {owner: count / whole for owner, count in days.items() if count > 0.0}


def _power(story: Story) -> Iterator[_Line]:
    """What is used at a node in the mean of its light, given by those whose elements supply it, in proportion."""
    for node in story.setting.places:
        supply_kw, use_kw = _supply_kw(story, node), _use_kw(story, node)
        whole_kw = sum(supply_kw.values(), np.zeros(story.setting.calendar.closing_d))
        for giver, given_kw in supply_kw.items():
            part = np.divide(given_kw, whole_kw, out=np.zeros_like(whole_kw), where=whole_kw > 0.0)
            for user, used_kw in use_kw.items():
                for year, mwh in _by_year(story.setting, used_kw * part * _H_PER_D / _KWH_PER_MWH):
                    yield "power", year, {giver: 1.0}, {user: 1.0}, mwh


def _supply_kw(story: Story, node: str) -> dict[str, Days]:
    setting = story.setting
    sun, found = _sun(setting, node), _nothing(setting)
    for element, serving in story.elements.at(setting, node):
        gives = element.provides
        mean_kw = gives.power_night + sun * (gives.power_day - gives.power_night)
        for owner, share in owners(setting.scenario, element.owner).items():
            found[owner] += share * mean_kw * serving
    return found


def _use_kw(story: Story, node: str) -> dict[str, Days]:
    """By user: its elements, its people, what its plants make; what goes on there is everybody's whose people live there."""
    setting, scenario = story.setting, story.setting.scenario
    sun, found = _sun(setting, node), _nothing(setting)

    def used(owner: str, power_kw: Days) -> None:
        for name, share in owners(scenario, owner).items():
            found[name] += share * power_kw

    for element, serving in story.elements.at(setting, node):
        takes = element.uses
        night_kw = takes.power if takes.power_night is None else takes.power_night
        used(element.owner, (night_kw + sun * (takes.power - night_kw)) * serving)
    for (there, kind), count in story.present.items():
        if there == node:
            used(scenario.crew[kind].owner, scenario.crew[kind].power * count)
    for (name, resource, how), daily_kg in story.made.items():
        element = scenario.elements[name]
        plant = element.provides.produces.get(resource)
        if element.node == node and how == "produced" and plant is not None:
            used(element.owner, plant.energy * daily_kg / _H_PER_D)
    for activity in scenario.activities.values():
        if activity.node == node:
            used("shared", activity.power * active(setting, activity.starts, activity.until))
    return found


def _sun(setting: Setting, node: str) -> Days:
    """The mean Sun on each day; all of it where light is not computed."""
    days, light = setting.calendar.closing_d, setting.world.lights.get(node)
    if light is None or light.sun is None:
        return np.ones(days)
    return np.pad(light.sun, (0, days - light.sun.size), mode="edge")


def _nothing(setting: Setting) -> dict[str, Days]:
    return {name: np.zeros(setting.calendar.closing_d) for name in setting.scenario.partners}


def _crew_time(story: Story) -> Iterator[_Line]:
    """Hours of work, by whose people they are: first for building, then for what goes on there; the rest is their own."""
    setting, scenario = story.setting, story.setting.scenario
    for node in setting.places:
        hours = _nothing(setting)
        for (there, kind), count in story.present.items():
            if there == node:
                hours[scenario.crew[kind].owner] += scenario.crew[kind].work * count
        whole = sum(hours.values(), np.zeros(setting.calendar.closing_d))
        asked = {**_building_h(story, node)}
        running = sum(
            (
                one.crew_time * active(setting, one.starts, one.until)
                for one in scenario.activities.values()
                if one.node == node
            ),
            np.zeros_like(whole),
        )
        for name, share in owners(scenario, "shared").items():
            asked[name] = asked.get(name, np.zeros_like(whole)) + share * running
        busy = sum(asked.values(), np.zeros_like(whole))
        fits = np.divide(whole, busy, out=np.ones_like(whole), where=busy > whole)
        for giver, given in hours.items():
            part = np.divide(given, whole, out=np.zeros_like(whole), where=whole > 0.0)
            for user, used in asked.items():
                for year, amount in _by_year(setting, used * fits * part):
                    yield "crew time", year, {giver: 1.0}, {user: 1.0}, amount
            own = given - busy * fits * part
            for year, amount in _by_year(setting, own):
                yield "crew time", year, {giver: 1.0}, {giver: 1.0}, amount


def _building_h(story: Story, node: str) -> dict[str, Days]:
    """Hours a day that builds ask of crews, spread over the days of work on them, by the elements' owners."""
    setting = story.setting
    asked = _nothing(setting)
    for build in setting.plan.builds:
        element = setting.scenario.elements[build.element]
        if element.node != node or not element.crew_work:
            continue
        first, after = int(build.begun_d), max(int(build.begun_d) + 1, int(build.day_d))
        for name, share in owners(setting.scenario, element.owner).items():
            asked[name][first:after] += share * element.crew_work / (after - first)
    return asked


def _by_year(setting: Setting, daily: Days) -> Iterator[tuple[int, float]]:
    """(year, sum) of what is counted day by day, within the horizon."""
    years = np.array([day.year for day in setting.calendar.dates()])[: setting.horizon_d]
    for year in np.unique(years).tolist():
        amount = float(daily[: setting.horizon_d][years == year].sum())
        if amount > _NOTHING:
            yield year, amount
