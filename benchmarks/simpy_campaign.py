"""A campaign under noise on SimPy, as its manual teaches it: a process for each flight, build, machine and store.

The referee of Moonwright's trials: the same plan, noise and rules, written for itself and drawn from Python's own random
numbers. It needs SimPy, which nothing else does: pip install simpy==4.1.2

Left out, since lunar campaigns without tankers do not show it: propellant, ports, reboosts, boil-off.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import simpy
from simpy_facts import Copy, Facts, Leg, Machine

from moonwright.plan import Build, Flight
from moonwright.scenario.reaction import LateFlight, LostFlight, ShortStock, TouchedReserve

Steps = Iterator[simpy.Event]
MIDNIGHT_D = 1e-6  # a day's books are closed just before whatever comes or leaves at its end


@dataclass
class Story:
    """What one trial tells: days on which milestones are met (absent: never), launches, losses, person-days."""

    milestone_d: dict[str, float] = field(default_factory=dict)
    launches: int = 0
    failures: int = 0
    person_days: float = 0.0


class Campaign:
    """One trial. `mute` names causes that do not act."""

    def __init__(self, facts: Facts, trial: int, mute: frozenset[str] = frozenset()) -> None:
        self.facts, self.luck, self.mute = facts, random.Random(trial), mute | facts.chance.off
        self.env, self.story = simpy.Environment(), Story()
        scenario, plan = facts.scenario, facts.plan
        self.pads = {name: simpy.PriorityResource(self.env) for name in scenario.launchers}
        self.grounded_until = dict.fromkeys(facts.chance.families.values(), 0.0)
        self.launched: Counter[tuple[str, int]] = Counter()
        self.slips = {name: self.type_slip(name) for name in (*scenario.launchers, *scenario.vehicles)}
        self.waits = {unit.serial: self.env.event() for flight in plan.flights for unit in flight.units}
        self.came = {(build.element, build.copy_no): self.env.event() for build in plan.builds}
        self.stands = {(build.element, build.copy_no): self.env.event() for build in plan.builds}
        self.working: dict[str, set[Copy]] = {place: set() for place in facts.places}
        self.held = {place: dict.fromkeys(scenario.resources, 0.0) for place in facts.places}
        self.people: dict[str, Counter[str]] = {place: Counter() for place in facts.places}
        self.urgent: set[str] = set()
        self.gathered: Counter[str] = Counter()
        self.arrived_d: dict[str, float] = {}
        self.lasting = {name: self.spread("consumption", name, "lasting") for name in scenario.resources}

    def run(self) -> Story:
        """The trial from the first day to the last."""
        initial = self.facts.scenario.initial
        for place, stocks in initial.stocks.items():
            self.held[place].update({name: float(kg) for name, kg in stocks.items()})
        for aboard in initial.crew:
            self.people[aboard.node][aboard.kind] += int(aboard.count)
        for flight in self.facts.plan.flights:
            self.env.process(self.fly(flight))
        for build in self.facts.plan.builds:
            self.env.process(self.build(build))
        for place in self.facts.places:
            self.env.process(self.live(place))
        self.env.run(until=self.facts.horizon_d)
        return self.story

    # ---- Luck --------------------------------------------------------------------------------------------------------

    def number(self, cause: str, subject: str, what: str) -> float:
        """A number of the noise."""
        return self.facts.numbers[cause, subject, what]

    def happens(self, cause: str, chance: float) -> bool:
        """True in a share of cases, where the cause acts."""
        return cause not in self.mute and self.luck.random() < chance

    def spread(self, cause: str, subject: str, what: str) -> float:
        """A normal deviate whose standard deviation is a number of the noise; 0 where the cause is mute."""
        return 0.0 if cause in self.mute else self.luck.gauss(0, self.number(cause, subject, what))

    def lognormal(self, median: float, spread: float) -> float:
        """Two of three lie within a factor `spread` of the median."""
        return median * math.exp(self.luck.gauss(0, math.log(spread)))

    def type_slip(self, name: str) -> float:
        """How much later than said a type is ready that is still being made, days."""
        left_d = self.facts.said_d(name)
        if "readiness" in self.mute or left_d <= 0:
            return 0.0
        growth, spread = (self.number("readiness", name, what) for what in ("growth", "spread"))
        return self.lognormal(left_d * growth, spread)

    # ---- Flights -----------------------------------------------------------------------------------------------------

    def fly(self, flight: Flight, lost: int = 0) -> Steps:
        """A flight from its planned day on, or once more after `lost` losses."""
        if not lost:
            yield self.env.timeout(max(0.0, self.ready_d(flight) - self.env.now))
        for unit in flight.units:
            if not self.facts.lifted(flight, unit.part):
                yield self.waits[unit.serial]
        yield self.env.timeout(max(0.0, self.stay_ends_d(flight) - self.env.now) if not lost else 0.0)
        if flight.launcher is None and not self.somebody(flight):
            return
        yield from self.hold(flight)
        if flight.launcher is not None:
            if not (yield from self.launch(flight, flight.launcher)):
                return
            if self.failed(flight.launcher):
                yield from self.again(flight, lost)
                return
        self.met("fly", flight.mission, 1)
        self.board(flight)
        for leg in self.facts.legs[flight.name]:
            yield self.env.timeout(leg.duration_d)
            while leg.docks and self.happens("docking", self.number("docking", str(leg.flyer), "abort")):
                yield self.env.timeout(self.number("docking", str(leg.flyer), "again"))
            if self.crashes(leg):
                yield from self.again(flight, lost)
                return
            self.unload(flight, leg)
            yield self.env.timeout(leg.stay_d)
        for unit in flight.units:
            if unit.part not in self.facts.expends[flight.mission] and not self.waits[unit.serial].triggered:
                self.waits[unit.serial].succeed()

    def ready_d(self, flight: Flight) -> float:
        """When a flight is ready to go: as planned, or when its launcher, its ships, its cargo and itself are."""
        ready_d = flight.departure_d
        types = [flight.launcher] if flight.launcher else []
        types += [unit.vehicle for unit in flight.units if self.facts.lifted(flight, unit.part)]
        for name in types:
            ready_d = max(ready_d, self.facts.said_d(name) + self.slips[name])
        for item in flight.items:
            if item.copy_no == 1:
                ready_d = max(ready_d, self.element_ready_d(item.element, flight.departure_d))
        if types and "readiness" not in self.mute:
            ready_d += self.luck.expovariate(1 / self.number("readiness", types[-1], "late"))
        return ready_d

    def stay_ends_d(self, flight: Flight) -> float:
        """When those who leave with a flight have been there as long as planned."""
        return max(
            (self.arrived_d.get(stay.up, 0.0) + stay.leaves_d - stay.arrived_d
             for stay in self.facts.plan.stays if stay.down == flight.name and stay.up and stay.leaves_d is not None),
            default=0.0,
        )  # fmt: skip

    def element_ready_d(self, name: str, departure_d: float) -> float:
        """When the first copy of an element can be launched."""
        ready, ahead_d = self.facts.scenario.elements[name].ready, self.number("element-ready", name, "ahead")
        due_d = self.facts.day(ready) if ready else departure_d - ahead_d
        if "element-ready" in self.mute or due_d <= 0:
            return due_d
        growth, spread = (self.number("element-ready", name, what) for what in ("growth", "spread"))
        return due_d + self.lognormal(due_d * growth, spread)

    def launch(self, flight: Flight, launcher: str) -> Generator[simpy.Event, None, bool]:
        """Wait for the pad, the family, the year's cadence and the weather. False where it is skipped instead."""
        env = self.env
        priority = -1 if self.urgent & {cargo.resource for cargo in flight.cargo} else 0
        with self.pads[launcher].request(priority=priority) as pad:
            yield pad
            while (wait_d := self.wait_d(launcher)) > 0:
                if env.now + wait_d - flight.departure_d > self.patience_d and self.may_skip(flight):
                    return False
                yield env.timeout(wait_d)
            while self.happens("weather", self.number("weather", launcher, "scrub")):
                yield env.timeout(self.number("weather", launcher, "again"))
            self.launched[launcher, self.year()] += 1
            self.story.launches += 1
        env.process(self.clear(launcher))
        return True

    def wait_d(self, launcher: str) -> float:
        """How long a launcher that has its pad is kept from flying: by a stand-down, or as its year is full."""
        grounded_d = self.grounded_until[self.facts.chance.families[launcher]] - self.env.now
        if grounded_d > 0:
            return grounded_d
        full = self.launched[launcher, self.year()] >= max(1, math.floor(self.facts.cadence[launcher]))
        return self.facts.day(date(self.year() + 1, 1, 1)) - self.env.now if full else 0.0

    def year(self) -> int:
        """The calendar year of now."""
        return (self.facts.scenario.horizon.start + timedelta(days=math.floor(self.env.now))).year

    @property
    def patience_d(self) -> float:
        """How late a flight may be before the next of its mission takes its turn."""
        rule = next((r for r in self.facts.chance.reactions.values() if isinstance(r, LateFlight)), None)
        return float(rule.by) if rule else math.inf

    def may_skip(self, flight: Flight) -> bool:
        """True where another flight of the mission follows, and no other counts on what this one brings."""
        serials = {unit.serial for unit in flight.units}
        flights = self.facts.plan.flights
        waited_for = any(f is not flight and serials & {unit.serial for unit in f.units} for f in flights)
        later = any(f.mission == flight.mission and f.departure_d > flight.departure_d for f in flights)
        return later and not flight.items and not waited_for

    def clear(self, launcher: str) -> Steps:
        """The pad is made ready for the next launch."""
        with self.pads[launcher].request(priority=-2) as pad:
            yield pad
            yield self.env.timeout(self.facts.turnaround_d[launcher])

    def failed(self, launcher: str) -> bool:
        """True where a launch fails; its family then stands down."""
        success = self.number("launch", launcher, "success")
        so_far = sum(times for (name, _), times in self.launched.items() if name == launcher)
        if self.facts.said_d(launcher) > 0 and so_far <= 2:
            success = min(success, self.number("launch", launcher, "debut"))
        if not self.happens("launch", 1 - success):
            return False
        family = self.facts.chance.families[launcher]
        if "grounding" not in self.mute:
            median, spread = (self.number("grounding", family, what) for what in ("median", "spread"))
            self.grounded_until[family] = self.env.now + self.lognormal(median, spread)
        return True

    def crashes(self, leg: Leg) -> bool:
        """True where a landing or a docking ends a flight."""
        cause = "landing" if leg.lands else "docking"
        return (leg.lands or leg.docks) and self.happens(
            cause, 1 - self.number(cause, str(leg.flyer), "success")
        )

    def again(self, flight: Flight, lost: int) -> Steps:
        """What follows a loss: a reflight, before it of the flights that bring what waited for it."""
        self.story.failures += 1
        rule = next((r for r in self.facts.chance.reactions.values() if isinstance(r, LostFlight)), None)
        if rule is None or lost >= rule.most:
            return
        yield self.env.timeout(float(rule.lead))
        for unit in flight.units:
            if not self.facts.lifted(flight, unit.part):
                self.waits[unit.serial] = self.env.event()
                self.env.process(self.fly(self.facts.bringer(unit.serial), lost + 1))
        self.env.process(self.fly(flight, lost + 1))

    def hold(self, flight: Flight) -> Steps:
        """Nobody is sent where there is no bed, or where the stock does not cover what the rule on reserves asks.

        A ship that goes ahead of a crew waits as that crew does.
        """
        serials = {unit.serial for unit in flight.units if self.facts.lifted(flight, unit.part)}
        takers = [
            f for f in self.facts.plan.flights if f is not flight and serials & {u.serial for u in f.units}
        ]
        for sent in (flight, *takers):
            going = [
                seat
                for seat in sent.crew
                if seat.board == 0 and self.facts.stop(sent, seat.alight) in self.held
            ]
            if going:
                place, more = (
                    self.facts.stop(sent, going[0].alight),
                    Counter({s.kind: s.count for s in going}),
                )
                brings = Counter({cargo.resource: cargo.mass_kg for cargo in sent.cargo})
                while self.beds(place) < more.total() or self.cover_d(place, more, brings) < self.down_to_d:
                    yield self.env.timeout(1.0)

    @property
    def down_to_d(self) -> float:
        """The cover beneath which nobody is sent."""
        rule = next((r for r in self.facts.chance.reactions.values() if isinstance(r, TouchedReserve)), None)
        return float(rule.down_to) if rule else 0.0

    def beds(self, place: str) -> float:
        """Berths at a place."""
        return sum(self.facts.machines[name].berths for name, _ in self.working[place])

    # ---- Goods and people --------------------------------------------------------------------------------------------

    def met(self, kind: str, what: str, amount: float) -> None:
        """Count towards a milestone."""
        for name, needed in self.facts.wanted.get((kind, what), ()):
            self.gathered[name] += amount  # type: ignore[assignment]  # masses too
            if self.gathered[name] >= needed - 1e-6:
                self.story.milestone_d.setdefault(name, self.env.now)

    def somebody(self, flight: Flight) -> bool:
        """True where people wait whom a flight is to bring home."""
        return any(self.people[self.facts.stop(flight, seat.board)][seat.kind] for seat in flight.crew)

    def board(self, flight: Flight) -> None:
        """Those who leave a node are there no more."""
        for seat in flight.crew:
            place = self.facts.stop(flight, seat.board)
            if place in self.people:
                self.people[place][seat.kind] = max(0, self.people[place][seat.kind] - seat.count)

    def unload(self, flight: Flight, leg: Leg) -> None:
        """What alights at the end of a leg."""
        place = leg.destination
        if place not in self.held:
            return
        for cargo in flight.cargo:
            if cargo.alight == leg.number:
                self.held[place][cargo.resource] += cargo.mass_kg
                self.met(place, cargo.resource, cargo.mass_kg)
        for item in flight.items:
            if item.alight == leg.number and not self.came[item.element, item.copy_no].triggered:
                self.came[item.element, item.copy_no].succeed()
        for seat in flight.crew:
            if seat.alight == leg.number:
                self.people[place][seat.kind] += seat.count
                self.arrived_d[flight.name] = self.env.now

    def live(self, place: str) -> Steps:
        """The books of a node, day by day."""
        held, people, factors = self.held[place], self.people[place], dict[str, float]()
        limits = [rule for rule in self.facts.chance.reactions.values() if isinstance(rule, ShortStock)]
        yield self.env.timeout(1.0 - MIDNIGHT_D)
        for day in count():
            if day % 30 == 0:
                factors = {
                    name: max(0.0, 1 + lasting + self.spread("consumption", name, "passing"))
                    for name, lasting in self.lasting.items()
                }
            self.make(place, day)
            for name, _ in self.working[place]:
                for resource, kg in self.facts.machines[name].uses.items():
                    held[resource] = max(0.0, held[resource] - kg * factors[resource])
            for kind, heads in people.items():
                for resource, kg in self.facts.eats[kind].items():
                    held[resource] = max(0.0, held[resource] - kg * heads * factors[resource])
            if any(people.values()):
                self.recover(place, factors)
                self.story.person_days += people.total()
                self.watch(place, limits)
            yield self.env.timeout(1.0)

    def make(self, place: str, day: int) -> None:
        """What the plan has plants make on this day, by those that work."""
        for element, resource, kg in self.facts.made.get((place, day + 1), ()):
            if any(name == element for name, _ in self.working[place]):
                self.held[place][resource] += kg

    def recover(self, place: str, factors: Mapping[str, float]) -> None:
        """What life support wins back of what people have used."""
        heads = self.people[place].total()
        for element, resource, share, most in self.facts.closures[place]:
            if any(name == element for name, _ in self.working[place]):
                used_kg = sum(
                    self.facts.eats[kind].get(resource, 0.0) * n for kind, n in self.people[place].items()
                )
                self.held[place][resource] += share * used_kg * min(1.0, most / heads) * factors[resource]

    def cover_d(
        self, place: str, more: Counter[str] | None = None, brings: Mapping[str, float] | None = None
    ) -> float:
        """Days for which the scarcest thing that people die without lasts, with `more` people and what they bring."""
        present, least_d = self.people[place] + (more or Counter()), math.inf
        for resource in self.facts.critical:
            daily_kg = sum(self.facts.eats[kind].get(resource, 0.0) * n for kind, n in present.items())
            if daily_kg:
                there_kg = self.held[place][resource] + (brings or {}).get(resource, 0.0)
                least_d = min(least_d, there_kg / daily_kg)
        return least_d

    def watch(self, place: str, limits: list[ShortStock]) -> None:
        """Act where a stock is short."""
        cover_d = self.cover_d(place)
        for rule in limits:
            if rule.do == "cargo first":
                self.urgent = set(self.held[place]) if cover_d < rule.below else set()
            elif rule.do == "bring home" and cover_d < rule.below:
                for flight in self.facts.plan.flights:
                    if (
                        flight.launcher is None
                        and self.facts.stop(flight, 0) == place
                        and self.somebody(flight)
                    ):
                        self.env.process(self.fly(flight, 1))
                        return

    # ---- Builds and machines -----------------------------------------------------------------------------------------

    def build(self, build: Build) -> Steps:
        """A copy put to work: on its day, or if it comes late when robots or people have done their hours."""
        machine, copy = self.facts.machines[build.element], (build.element, build.copy_no)
        yield self.came[copy]
        if machine.work_h and self.env.now > build.begun_d + 1e-6:
            able_h = self.robots_h(machine.node)
            longest_d = build.day_d - build.begun_d
            yield self.env.timeout(min(longest_d, machine.work_h / able_h) if able_h else longest_d)
        yield self.env.timeout(max(0.0, build.day_d - self.env.now))
        for before in machine.after:
            yield self.stands[before, 1]
        while machine.work_h and self.env.now > build.day_d and not self.robots_h(machine.node):
            yield self.env.timeout(1.0)
        self.stands[copy].succeed()
        self.met("build", build.element, 1)
        self.working[machine.node].add(copy)
        self.env.process(self.wear(copy, machine))

    def robots_h(self, place: str) -> float:
        """Hours a day of robots that work."""
        return sum(self.facts.machines[name].robot_h for name, _ in self.working[place])

    def work(self, place: str, hours: float, own_h: float = 0.0) -> Steps:
        """Days pass until the hours are done by people there, by robots that work and by `own_h` a day."""
        while hours > 1e-9:
            able = own_h + self.robots_h(place)
            able += sum(self.facts.works[kind] * heads for kind, heads in self.people[place].items())
            yield self.env.timeout(min(1.0, hours / able) if able else 1.0)
            hours -= able

    def wear(self, copy: Copy, machine: Machine) -> Steps:
        """A machine fails and is mended, again and again, until its life ends. Some failures take all of its kind."""
        env, working = self.env, self.working[machine.node]
        ends_d = env.now + machine.life_d if machine.life_d else math.inf
        while "equipment" not in self.mute:
            fails_d = env.now + self.luck.expovariate(1 / machine.mtbf_d)
            if fails_d >= min(ends_d, self.facts.horizon_d):
                break
            yield env.timeout(fails_d - env.now)
            if copy not in working:
                continue  # it had failed already, with others of its kind
            alike = {other for other in working if other[0] == copy[0]}
            if self.luck.random() < machine.common:
                for other in alike - {copy}:
                    env.process(self.mend(other, machine, ends_d))
            yield from self.mend(copy, machine, ends_d)
        if ends_d < self.facts.horizon_d:
            yield env.timeout(max(0.0, ends_d - env.now))
            working.discard(copy)

    def mend(self, copy: Copy, machine: Machine, ends_d: float) -> Steps:
        """Out of work until spares and hands have made it whole."""
        held = self.held[machine.node]
        self.working[machine.node].discard(copy)
        while machine.spares and held[machine.spares] < machine.spare_kg:
            yield self.env.timeout(1.0)
        if machine.spares:
            held[machine.spares] -= machine.spare_kg
        yield from self.work(machine.node, machine.repair_h, machine.robot_h)
        if self.env.now < ends_d:
            self.working[machine.node].add(copy)
