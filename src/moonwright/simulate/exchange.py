"""What boards and alights: how flights move resources between nodes, and where their loads end."""

from __future__ import annotations

from dataclasses import dataclass

from moonwright.simulate.ledger import Accounts
from moonwright.simulate.manifest import packed_kg, provisions, provisions_kg
from moonwright.simulate.mission import Voyage
from moonwright.simulate.setting import Setting


@dataclass(frozen=True)
class Movement:
    """A resource comes to a node (mass > 0) or is taken from it (mass < 0) at a moment."""

    flight: str
    day_d: float
    node: str
    resource: str
    mass_kg: float


def exchange(setting: Setting, voyage: Voyage, accounts: Accounts) -> list[Movement]:
    """The movements of a flight. Launched mass is booked at launch; containers stay where cargo alights."""
    movements: list[Movement] = []

    def move(day_d: float, stop: int, resource: str, mass_kg: float) -> None:
        if setting.place(
            voyage.stop(stop)
        ):  # launch sites have supplies without end; what comes home has left
            movements.append(Movement(voyage.flight.name, day_d, voyage.stop(stop), resource, mass_kg))

    for cargo in voyage.flight.cargo:
        packing_kg = packed_kg(setting, cargo) - cargo.mass_kg
        _carry(setting, voyage, cargo.board, cargo.alight, packing_kg, accounts)
        if not setting.place(voyage.stop(cargo.alight)):
            accounts.recovered_kg += cargo.mass_kg
        move(voyage.leave_d(cargo.board), cargo.board, cargo.resource, -cargo.mass_kg)
        move(voyage.reach_d(cargo.alight), cargo.alight, cargo.resource, cargo.mass_kg)
    for item in voyage.flight.items:
        mass_kg = float(setting.scenario.elements[item.element].mass)
        _carry(setting, voyage, item.board, item.alight, mass_kg, accounts)
    for seat in voyage.flight.crew:
        used = provisions(setting, voyage, seat)
        people_kg = setting.scenario.crew[seat.kind].mass * seat.count
        packing_kg = provisions_kg(setting, voyage, seat) - sum(used.values())
        _carry(setting, voyage, seat.board, seat.alight, people_kg + packing_kg, accounts)
        for resource, used_kg in used.items():
            accounts.consumed_kg += used_kg
            move(voyage.leave_d(seat.board), seat.board, resource, -used_kg)
    return movements


def _carry(
    setting: Setting, voyage: Voyage, board: int, alight: int, mass_kg: float, accounts: Accounts
) -> None:
    """Something that is no stock is taken from one place and put into another, or brought home."""
    if setting.place(voyage.stop(board)):
        accounts.in_place_kg -= mass_kg
    if setting.place(voyage.stop(alight)):
        accounts.in_place_kg += mass_kg
    else:
        accounts.recovered_kg += mass_kg
