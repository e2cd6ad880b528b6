"""Partners: who takes part when, whom they may carry, and with whom they may fly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moonwright.plan import Seat
from moonwright.simulate.mission import Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting


def carriers(setting: Setting, voyage: Voyage) -> tuple[str, ...]:
    """The partners whose launcher and vehicles fly."""
    scenario, flight = setting.scenario, voyage.flight
    owners = [scenario.vehicles[unit.vehicle].owner for unit in flight.units]
    if flight.launcher is not None:
        owners.insert(0, scenario.launchers[flight.launcher].owner)
    return setting.owners(owners)


def riders(setting: Setting, voyage: Voyage, seats: Iterable[Seat]) -> tuple[str, ...]:
    """The partners whose people have some of the seats, or whose elements are aboard."""
    scenario, flight = setting.scenario, voyage.flight
    return setting.owners(
        [
            *(scenario.crew[seat.kind].owner for seat in seats),
            *(scenario.elements[item.element].owner for item in flight.items),
        ]
    )


@rule
def participation(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """All whose launcher, vehicles or elements are lifted, or whose people set out, take part on the day a flight leaves."""
    day_d = voyage.flight.departure_d
    # What is out already may fly on, and whoever is out may always come home.
    lifting = carriers(setting, voyage) if voyage.flight.launcher is not None else ()
    for name in dict.fromkeys((*lifting, *riders(setting, voyage, _setting_out(setting, voyage)))):
        partner = setting.scenario.partners[name]
        if not setting.calendar.within(day_d, partner.starts, partner.until):
            yield Broken(day_d, voyage.where, f"{name} does not take part on day {day_d:g}")


def _setting_out(setting: Setting, voyage: Voyage) -> list[Seat]:
    return [seat for seat in voyage.flight.crew if setting.launch_site(voyage.stop(seat.board))]


@rule
def embargo(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """While an embargo holds, nothing leaves the ground in which both partners have a part."""
    if voyage.flight.launcher is None:
        return
    day_d, lifting = voyage.flight.departure_d, carriers(setting, voyage)
    aboard = riders(setting, voyage, _setting_out(setting, voyage))
    for name in dict.fromkeys((*lifting, *aboard)):
        # those of two partners may sit side by side in the ship of a third
        others = (*lifting, *aboard) if name in lifting else lifting
        for ban in setting.scenario.partners[name].embargoes:
            if ban.against in others and setting.calendar.within(day_d, ban.starts, ban.until):
                yield Broken(
                    day_d, voyage.where, f"{name} and {ban.against} have a part in it, under an embargo"
                )


@rule
def carriage(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """Nobody's launcher or vehicle carries people or elements of a partner whom its owner may not carry."""
    scenario, flight = setting.scenario, voyage.flight
    rides = [
        *((scenario.crew[seat.kind].owner, seat.kind, seat.board, seat.alight) for seat in flight.crew),
        *((scenario.elements[i.element].owner, i.element, i.board, i.alight) for i in flight.items),
    ]
    for owner, what, board, alight in rides:
        legs = [hop for hop in voyage.hops if hop.holds(board, alight)]
        carrying = [scenario.vehicles[voyage.unit(part).vehicle].owner for hop in legs for part in hop.parts]
        if flight.launcher is not None and any(hop.flyer is None for hop in legs):
            carrying.append(scenario.launchers[flight.launcher].owner)
        for carrier in setting.owners(carrying):
            if owner in scenario.partners[carrier].may_not_carry:
                yield Broken(
                    flight.departure_d, voyage.where, f"{carrier} carries {what}, and may not carry {owner}"
                )


@rule
def company(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """Nobody is on a flight with launchers or vehicles of a partner with whom they may not fly."""
    flying = carriers(setting, voyage)
    for name in dict.fromkeys((*flying, *riders(setting, voyage, voyage.flight.crew))):
        for other in flying:
            if other in setting.scenario.partners[name].may_not_fly_with:
                yield Broken(voyage.flight.departure_d, voyage.where, f"{name} may not fly with {other}")
