"""What is aboard a flight, leg by leg, and whether it fits: rooms, volume, seats, what may come down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moonwright.plan import Cargo, Item, Seat
from moonwright.scenario.element import Element
from moonwright.scenario.vehicle import Room
from moonwright.simulate.mission import Hop, Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MASS_KG, over


@dataclass(frozen=True)
class Load:
    """What a stack carries on one leg besides vehicles and their propellant; kg, packing included."""

    loose_kg: Mapping[str, float]  # by storage kind: pressurised, unpressurised, tank
    items: tuple[Element, ...]
    people: int
    people_kg: float
    provisions_kg: float
    tanked_kg: Mapping[str, float]  # a tanker's load, by the part in whose tank it rides

    @property
    def goods_kg(self) -> float:
        """What takes room: cargo with its packing, and elements."""
        return sum(self.loose_kg.values()) + sum(item.mass for item in self.items)

    @property
    def total_kg(self) -> float:
        """All that the stack carries."""
        return self.goods_kg + self.people_kg + self.provisions_kg + sum(self.tanked_kg.values())


def load(setting: Setting, voyage: Voyage, hop: Hop) -> Load:
    """What is aboard on a leg."""
    scenario, flight = setting.scenario, voyage.flight
    loose_kg: dict[str, float] = {}
    tanked_kg: dict[str, float] = {}
    for cargo in (c for c in flight.cargo if hop.holds(c.board, c.alight)):
        if cargo.tank is not None:
            tanked_kg[cargo.tank] = tanked_kg.get(cargo.tank, 0.0) + cargo.mass_kg
        else:
            kind = scenario.resources[cargo.resource].storage
            loose_kg[kind] = loose_kg.get(kind, 0.0) + packed_kg(setting, cargo)
    seats = [seat for seat in flight.crew if hop.holds(seat.board, seat.alight)]
    return Load(
        loose_kg=loose_kg,
        items=tuple(scenario.elements[i.element] for i in flight.items if hop.holds(i.board, i.alight)),
        people=sum(seat.count for seat in seats),
        people_kg=sum(scenario.crew[seat.kind].mass * seat.count for seat in seats),
        provisions_kg=sum(provisions_kg(setting, voyage, seat) for seat in seats),
        tanked_kg=tanked_kg,
    )


def packed_kg(setting: Setting, cargo: Cargo) -> float:
    """Cargo with its packing. What rides in a propellant tank needs none."""
    packing = 0.0 if cargo.tank is not None else setting.scenario.resources[cargo.resource].packing
    return cargo.mass_kg * (1.0 + packing)


def provisions(setting: Setting, voyage: Voyage, seat: Seat) -> dict[str, float]:
    """What the people of a seat use between boarding and alighting, kg by resource; it boards with them."""
    days = voyage.reach_d(seat.alight) - voyage.leave_d(seat.board)
    uses = setting.scenario.crew[seat.kind].uses
    return {resource: rate * days * seat.count for resource, rate in uses.items()}


def provisions_kg(setting: Setting, voyage: Voyage, seat: Seat) -> float:
    """The mass of a seat's provisions with their packing."""
    resources = setting.scenario.resources
    used = provisions(setting, voyage, seat)
    return sum(mass_kg * (1.0 + resources[resource].packing) for resource, mass_kg in used.items())


def rooms(setting: Setting, voyage: Voyage, hop: Hop) -> tuple[Room, ...]:
    """The cargo rooms in a leg's stack."""
    vehicles = [setting.scenario.vehicles[voyage.unit(part).vehicle] for part in hop.parts]
    return tuple(vehicle.room for vehicle in vehicles if vehicle.room is not None)


@rule
def stops(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """Things board at a launch site or where they can wait, and alight where they can wait or come home."""
    rides: list[tuple[str, Cargo | Item | Seat]] = []
    rides += [(cargo.resource, cargo) for cargo in voyage.flight.cargo]
    rides += [(f"{item.element} {item.copy_no}", item) for item in voyage.flight.items]
    rides += [(seat.kind, seat) for seat in voyage.flight.crew]
    for what, ride in rides:
        origin, destination = voyage.stop(ride.board), voyage.stop(ride.alight)
        if not (setting.launch_site(origin) or setting.place(origin)):
            yield Broken(
                voyage.leave_d(ride.board), voyage.where, f"{what} boards at {origin}, where nothing can wait"
            )
        if not (setting.recovery(destination) or setting.place(destination)):
            told = f"{what} alights at {destination}, where nothing can wait"
            yield Broken(voyage.reach_d(ride.alight), voyage.where, told)


@rule
def room(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """On every leg the cargo fits the rooms of the stack by kind, and each element fits one of them."""
    for hop in voyage.hops:
        aboard = load(setting, voyage, hop)
        if aboard.goods_kg > MASS_KG and not fits(aboard, rooms(setting, voyage, hop)):
            told = f"{aboard.goods_kg:,.1f} kg of cargo and elements do not fit the rooms on leg {hop.number}"
            yield Broken(hop.enter_d, voyage.where, told)


@dataclass(frozen=True)
class _Space:
    """What is left of one room. Elements are put in one by one; cargo is poured over what remains."""

    total_kg: float
    kg: tuple[float, float]  # pressurised, unpressurised
    volume_m3: float | None

    @classmethod
    def of(cls, room: Room) -> _Space:
        kinds = tuple(
            room.total if limit is None else limit for limit in (room.pressurised, room.unpressurised)
        )
        return cls(room.total, (kinds[0], kinds[1]), room.volume)

    def with_item(self, item: Element) -> _Space | None:
        """The space left beside an element, or None where it does not fit."""
        side = 0 if item.room == "pressurised" else 1
        if over(item.mass, self.total_kg, MASS_KG) or over(item.mass, self.kg[side], MASS_KG):
            return None
        volume_m3 = self.volume_m3
        if volume_m3 is not None and item.volume is not None:
            volume_m3 = volume_m3 - item.volume
            if volume_m3 < -MASS_KG:
                return None
        left = (self.kg[0] - item.mass * (side == 0), self.kg[1] - item.mass * (side == 1))
        return _Space(self.total_kg - item.mass, left, volume_m3)


def fits(aboard: Load, rooms: Sequence[Room]) -> bool:
    """True where some way to put each element into one room leaves space for the cargo."""
    items = sorted(aboard.items, key=lambda item: -item.mass)
    return _placed(items, [_Space.of(room) for room in rooms], aboard.loose_kg)


def _placed(items: Sequence[Element], spaces: list[_Space], loose_kg: Mapping[str, float]) -> bool:
    if not items:
        return _poured(spaces, loose_kg)
    for index, space in enumerate(spaces):
        if space in spaces[:index]:
            continue  # as good as one that has been tried
        left = space.with_item(items[0])
        if left is not None and _placed(items[1:], [*spaces[:index], left, *spaces[index + 1 :]], loose_kg):
            return True
    return False


def _poured(spaces: Sequence[_Space], loose_kg: Mapping[str, float]) -> bool:
    """Cargo can be divided: two kinds fit many rooms exactly when each kind and their sum fit (min-cut)."""
    pressurised, unpressurised = loose_kg.get("pressurised", 0.0), loose_kg.get("unpressurised", 0.0)
    limits = [
        (pressurised, sum(min(s.total_kg, s.kg[0]) for s in spaces)),
        (unpressurised, sum(min(s.total_kg, s.kg[1]) for s in spaces)),
        (sum(loose_kg.values()), sum(min(s.total_kg, s.kg[0] + s.kg[1]) for s in spaces)),
    ]
    return not any(over(found, limit, MASS_KG) for found, limit in limits)


@rule
def down_mass(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """What comes down to a recovery node is within what the vehicles can bring down."""
    for hop in voyage.hops:
        if setting.recovery(hop.destination):
            found = load(setting, voyage, hop).goods_kg
            limit = sum(r.total if r.down is None else r.down for r in rooms(setting, voyage, hop))
            if over(found, limit, MASS_KG):
                told = f"brings down {found:,.1f} kg; its vehicles can bring {limit:,.1f} kg"
                yield Broken(hop.leave_d, voyage.where, told)


@rule
def seats(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """On every leg there is a seat for everybody aboard."""
    for hop in voyage.hops:
        people = load(setting, voyage, hop).people
        places = sum(int(setting.scenario.vehicles[voyage.unit(part).vehicle].seats) for part in hop.parts)
        if people and voyage.mission.uncrewed:
            yield Broken(hop.enter_d, voyage.where, f"{people} people ride on an uncrewed mission")
        elif people > places:
            yield Broken(
                hop.enter_d, voyage.where, f"{people} people ride in {places} seats on leg {hop.number}"
            )


@rule
def tanker(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A load in a propellant tank rides in a vehicle that can give propellant, of the kind its tank holds."""
    for cargo in (c for c in voyage.flight.cargo if c.tank is not None):
        vehicle = setting.scenario.vehicles[voyage.unit(cargo.tank).vehicle]  # type: ignore[arg-type]
        if not vehicle.refuels or vehicle.tank is None or vehicle.tank.resource != cargo.resource:
            told = f"{cargo.resource} rides in the tank of {cargo.tank}, which cannot give it"
            yield Broken(voyage.flight.departure_d, voyage.where, told)
        hops = voyage.hops_of(cargo.tank)  # type: ignore[arg-type]
        if cargo.board < hops[0].number - 1 or cargo.alight > hops[-1].number:
            yield Broken(
                voyage.flight.departure_d, voyage.where, f"the load of {cargo.tank} stays aboard without it"
            )
