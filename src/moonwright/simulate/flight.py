"""The walk: all flights leg by leg in the order of time, each vehicle and its tank followed by serial."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from moonwright.simulate.exchange import Movement, exchange
from moonwright.simulate.ledger import Accounts
from moonwright.simulate.manifest import Load, load
from moonwright.simulate.mission import Hop, Voyage
from moonwright.simulate.run import Event, FlightRecord, Violation
from moonwright.simulate.setting import Setting
from moonwright.simulate.tank import after_boil_off_kg, burn_kg, propellant, stack_kg, tank_capacity
from moonwright.simulate.vehicle import (
    Craft,
    Landing,
    Launch,
    Use,
    Wait,
    left_behind,
    opening_state,
    vehicle_there,
)

_REACH, _ENTER = 0, 1  # at one and the same moment arrivals come first


@dataclass
class Flown:
    """What the walk found: all that flights did to places, and every vehicle's whereabouts."""

    accounts: Accounts
    crafts: list[Craft] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    launches: list[Launch] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    records: list[FlightRecord] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


def fly(setting: Setting, voyages: Sequence[Voyage], accounts: Accounts) -> Flown:
    """Walk all flights. What breaks a rule is noted, and the walk goes on as if it had been kept."""
    walk = _Walk(setting, Flown(accounts))
    walk.set_up()
    for voyage in voyages:
        walk.start(voyage)
    walk.run()
    walk.finish()
    return walk.found


@dataclass
class _Walk:
    setting: Setting
    found: Flown
    named: dict[str, Craft] = field(default_factory=dict)
    unnamed: list[Craft] = field(default_factory=list)
    agenda: list[tuple[float, int, int, Callable[[], None]]] = field(default_factory=list)
    burned_kg: dict[str, dict[str, float]] = field(default_factory=dict)
    left_kg: dict[str, dict[str, float]] = field(default_factory=dict)
    launched_kg: dict[str, float] = field(default_factory=dict)
    booked_count: int = 0

    def at(self, day_d: float, rank: int, act: Callable[[], None]) -> None:
        self.booked_count += 1
        heapq.heappush(self.agenda, (day_d, rank, self.booked_count, act))

    def run(self) -> None:
        while self.agenda:
            heapq.heappop(self.agenda)[3]()

    # ---- what is there at the start ------------------------------------------------------------------

    def set_up(self) -> None:
        initial, day_of = self.setting.scenario.initial, self.setting.calendar.day_of
        there = [(v.vehicle, v.node, day_of(v.arrived), int(v.count)) for v in initial.vehicles]
        for arrival in initial.under_way:
            there += [
                (name, arrival.node, day_of(arrival.on), int(n)) for name, n in arrival.vehicles.items()
            ]
        for vehicle, node, since_d, count in sorted(there, key=lambda entry: entry[2]):
            self.unnamed += [self._full(f"{vehicle} at {node}", vehicle, node, since_d) for _ in range(count)]

    def _full(self, serial: str, vehicle: str, node: str, since_d: float) -> Craft:
        kind = self.setting.scenario.vehicles[vehicle]
        held_kg = float(kind.tank.capacity) if kind.tank else 0.0
        self.found.accounts.initial_kg += kind.dry_mass + held_kg
        craft = Craft(serial, vehicle, node, since_d, held_kg, at_start=True)
        self.found.crafts.append(craft)
        return craft

    # ---- one flight ----------------------------------------------------------------------------------

    def start(self, voyage: Voyage) -> None:
        name = voyage.flight.name
        self.burned_kg[name] = {unit.serial: 0.0 for unit in voyage.flight.units}
        self.left_kg[name] = {}
        self.launched_kg[name] = 0.0
        self.found.movements += exchange(self.setting, voyage, self.found.accounts)
        self.at(voyage.hops[0].enter_d, _ENTER, lambda: self.enter(voyage, voyage.hops[0]))

    def enter(self, voyage: Voyage, hop: Hop) -> None:
        stack = [(part, self._craft(voyage, hop, part)) for part in hop.parts]
        aboard = load(self.setting, voyage, hop)
        for part, craft in stack:
            kind = self.setting.scenario.vehicles[craft.vehicle]
            held_kg = craft.held_kg + aboard.tanked_kg.get(part, 0.0)
            self.found.violations += tank_capacity(voyage, hop, part, kind, held_kg)
        self._event(
            hop.enter_d, "departure", hop.origin, f"{voyage.flight.name} leaves for {hop.destination}"
        )
        if hop.flyer is None:
            self._launch(voyage, aboard, [craft for _, craft in stack])
        else:
            self._burn(voyage, hop, aboard, stack)
        self.at(hop.leave_d, _REACH, lambda: self.reach(voyage, hop))

    def _craft(self, voyage: Voyage, hop: Hop, part: str) -> Craft:
        """The craft that plays a part; taken up on its first leg, else already with the flight."""
        unit = voyage.unit(part)
        if hop is not voyage.hops_of(part)[0]:
            return self.named[unit.serial]
        craft = self._lift(voyage, part) if voyage.lifted(part) else self._take(voyage, hop, part)
        craft.node = None
        return craft

    def _lift(self, voyage: Voyage, part: str) -> Craft:
        unit, day_d = voyage.unit(part), voyage.flight.departure_d
        craft = self.named.get(unit.serial)
        ready_d = None
        if craft is not None:
            self.found.violations += vehicle_there(voyage, part, day_d, voyage.origin, craft)
            ready_d = craft.since_d
            if not craft.grounded:  # it cannot be in two places: book it out of the one it was in
                self._leave_service(craft, day_d)
        else:
            craft = Craft(unit.serial, unit.vehicle, None, day_d, 0.0)
            self.named[unit.serial] = craft
            self.found.crafts.append(craft)
        craft.held_kg, craft.grounded = unit.tanked_kg, False
        self.found.launches.append(Launch(unit.serial, unit.vehicle, day_d, ready_d))
        self.found.uses.append(Use(unit.serial, unit.vehicle, day_d))
        return craft

    def _take(self, voyage: Voyage, hop: Hop, part: str) -> Craft:
        unit, day_d = voyage.unit(part), hop.enter_d
        craft = self.named.get(unit.serial) or self._claim(unit.serial, unit.vehicle, hop.origin, day_d)
        self.found.violations += vehicle_there(voyage, part, day_d, hop.origin, craft)
        if craft is None:
            craft = self._full(unit.serial, unit.vehicle, hop.origin, day_d)
            self.named[unit.serial] = craft
        else:
            self.found.violations += opening_state(self.setting, voyage, day_d, craft)
        self._end_wait(craft, hop.origin, day_d)
        if part in voyage.mission.refuels:
            self._refuel(voyage, craft, hop, part)
        return craft

    def _claim(self, serial: str, vehicle: str, node: str, day_d: float) -> Craft | None:
        """Of those that were there at the start, the one that has waited longest gets the serial."""
        for craft in self.unnamed:
            if (craft.vehicle, craft.node) == (vehicle, node) and craft.since_d <= day_d:
                self.unnamed.remove(craft)
                craft.serial = serial
                self.named[serial] = craft
                return craft
        return None

    def _refuel(self, voyage: Voyage, craft: Craft, hop: Hop, part: str) -> None:
        """Take a unit's propellant from its node; what does not go into its tank, beside a load there, is lost."""
        tank, tanked_kg = self.setting.scenario.vehicles[craft.vehicle].tank, voyage.unit(part).tanked_kg
        if tank is None:
            return
        loaded_kg = load(self.setting, voyage, hop).tanked_kg.get(part, 0.0)
        spilt_kg = min(tanked_kg, max(0.0, craft.held_kg + tanked_kg + loaded_kg - tank.capacity))
        craft.held_kg += tanked_kg - spilt_kg
        self.found.accounts.boiled_off_kg += spilt_kg
        if self.setting.place(hop.origin):
            self.found.movements.append(
                Movement(voyage.flight.name, hop.enter_d, hop.origin, tank.resource, -tanked_kg)
            )
        else:
            self.found.accounts.launched_kg += tanked_kg

    def _launch(self, voyage: Voyage, aboard: Load, crafts: Sequence[Craft]) -> None:
        vehicles = self.setting.scenario.vehicles
        mass_kg = stack_kg(aboard, [(vehicles[craft.vehicle], craft.held_kg) for craft in crafts])
        self.launched_kg[voyage.flight.name] = mass_kg
        self.found.accounts.launched_kg += mass_kg

    def _burn(self, voyage: Voyage, hop: Hop, aboard: Load, stack: Sequence[tuple[str, Craft]]) -> None:
        vehicles = self.setting.scenario.vehicles
        flyer = next(craft for part, craft in stack if part == hop.flyer)
        mass_kg = stack_kg(aboard, [(vehicles[craft.vehicle], craft.held_kg) for _, craft in stack])
        needed_kg = burn_kg(vehicles[flyer.vehicle].tank, hop.burns_m_s, mass_kg)
        self.found.violations += propellant(voyage, hop, needed_kg, flyer.held_kg)
        burned_kg = min(needed_kg, flyer.held_kg)
        flyer.held_kg -= burned_kg
        self.found.accounts.burned_kg += burned_kg
        self.burned_kg[voyage.flight.name][flyer.serial] += burned_kg
        if burned_kg:
            self._event(hop.enter_d, "burn", hop.origin, f"{flyer.serial} burns {burned_kg:,.0f} kg")

    def reach(self, voyage: Voyage, hop: Hop) -> None:
        self._event(hop.leave_d, "arrival", hop.destination, f"{voyage.flight.name} comes from {hop.origin}")
        for part in hop.parts:
            later = [other for other in voyage.hops_of(part) if other.number > hop.number]
            craft = self.named[voyage.unit(part).serial]
            if not later:
                self._part(voyage, hop, part, craft)
            elif later[0].enter_d > hop.leave_d:
                wait = Wait(
                    craft.serial,
                    craft.vehicle,
                    hop.destination,
                    hop.leave_d,
                    later[0].enter_d,
                    craft.held_kg,
                    True,
                )
                self.found.waits.append(wait)
        if hop is voyage.hops[-1]:
            self._record(voyage)
        else:
            following = voyage.hops[hop.number]
            self.at(following.enter_d, _ENTER, lambda: self.enter(voyage, following))

    def _part(self, voyage: Voyage, hop: Hop, part: str, craft: Craft) -> None:
        """A unit has flown its last leg: it comes home, is thrown away, or waits."""
        craft.since_d = hop.leave_d
        self.left_kg[voyage.flight.name][craft.serial] = craft.held_kg
        if self.setting.recovery(hop.destination):
            self.found.accounts.recovered_kg += self._mass_kg(craft)
            craft.held_kg, craft.grounded = 0.0, True
            self.found.landings.append(Landing(craft.serial, voyage.flight.departure_d))
        elif part in voyage.mission.expends:
            self._event(hop.leave_d, "expended", hop.destination, f"{craft.serial} is thrown away")
            self.found.accounts.expended_kg += self._mass_kg(craft)
            craft.held_kg = 0.0
        else:
            self.found.violations += left_behind(
                self.setting, voyage, hop.leave_d, hop.destination, craft.serial
            )
            craft.node = hop.destination
            if not voyage.lifted(part):
                self.found.uses.append(Use(craft.serial, craft.vehicle, voyage.flight.departure_d))

    def _record(self, voyage: Voyage) -> None:
        flight = voyage.flight
        payload_kg = max(load(self.setting, voyage, hop).total_kg for hop in voyage.hops)
        self.found.records.append(
            FlightRecord(
                flight=flight.name,
                launched_kg=self.launched_kg[flight.name],
                payload_kg=payload_kg,
                burned_kg=self.burned_kg[flight.name],
                left_kg=self.left_kg[flight.name],
            )
        )

    # ---- waiting -------------------------------------------------------------------------------------

    def _end_wait(self, craft: Craft, node: str, until_d: float) -> None:
        tank = self.setting.scenario.vehicles[craft.vehicle].tank
        ended_d = min(until_d, self.setting.horizon_d)
        waited_d = max(0.0, ended_d - max(craft.since_d, 0.0))
        left_kg = after_boil_off_kg(tank, craft.held_kg, waited_d)
        self.found.accounts.boiled_off_kg += craft.held_kg - left_kg
        craft.held_kg = left_kg
        self.found.waits.append(Wait(craft.serial, craft.vehicle, node, craft.since_d, until_d, left_kg))

    def _leave_service(self, craft: Craft, day_d: float) -> None:
        if craft.node is not None:
            self._end_wait(craft, craft.node, day_d)
            self.found.accounts.expended_kg += self._mass_kg(craft)

    def _mass_kg(self, craft: Craft) -> float:
        return self.setting.scenario.vehicles[craft.vehicle].dry_mass + craft.held_kg

    def finish(self) -> None:
        """Whoever still waits does so to the end. One that only reboosts gets its serial here."""
        for reboost in self.setting.plan.reboosts:
            kinds = [k for k in self.setting.scenario.vehicles if reboost.provider.startswith(f"{k}-")]
            if kinds and reboost.provider not in self.named:
                self._claim(reboost.provider, max(kinds, key=len), reboost.node, reboost.from_d)
        for craft in self.found.crafts:
            if craft.node is not None:
                self._end_wait(craft, craft.node, math.inf)
                self.found.accounts.in_place_kg += self._mass_kg(craft)
        self.found.waits.sort(key=lambda wait: (wait.from_d, wait.serial))

    def _event(self, day_d: float, kind: str, where: str, text: str) -> None:
        self.found.events.append(Event(day_d, kind, where, text))  # type: ignore[arg-type]
