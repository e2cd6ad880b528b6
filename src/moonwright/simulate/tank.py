"""Propellant in each single vehicle: what it tanks, burns, boils off, and what it would need to go home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moonwright.orbit.rocket import mass_ratio, propellant_kg
from moonwright.scenario.vehicle import Tank, Vehicle
from moonwright.simulate.manifest import Load
from moonwright.simulate.mission import Hop, Voyage
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import MASS_KG, over


def after_boil_off_kg(tank: Tank | None, held_kg: float, days: float) -> float:
    """What is left of a tank's content after some days of waiting."""
    if tank is None or not tank.boil_off or days <= 0:
        return held_kg
    return float(held_kg * (1.0 - tank.boil_off) ** days)


def burn_kg(tank: Tank | None, burns_m_s: Sequence[float], stack_kg: float) -> float:
    """Propellant for a route's burns in turn by a stack of `stack_kg`; infinite without an engine."""
    burned_kg = 0.0
    for dv_m_s in burns_m_s:
        if dv_m_s > 0:
            burned_kg += propellant_kg(stack_kg - burned_kg, dv_m_s, tank.isp) if tank else float("inf")
    return burned_kg


def need_kg(tank: Tank, burns_m_s: Sequence[float], after_kg: float) -> float:
    """Propellant so that `after_kg` remain once a route's burns are done."""
    return after_kg * (mass_ratio(sum(burns_m_s), tank.isp) - 1.0)


@rule
def tanking(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """Propellant is tanked at a launch, or at a node by a unit that is refuelled there and can be."""
    for unit in voyage.flight.units:
        vehicle, day_d = setting.scenario.vehicles[unit.vehicle], voyage.flight.departure_d
        refuels = unit.part in voyage.mission.refuels and not voyage.lifted(unit.part)
        if unit.tanked_kg > MASS_KG and not (refuels or voyage.lifted(unit.part)):
            yield Broken(
                day_d, voyage.where, f"{unit.serial} tanks {unit.tanked_kg:,.1f} kg where nobody refuels it"
            )
        if refuels and not vehicle.refuelled:
            yield Broken(day_d, voyage.where, f"{unit.vehicle} cannot take propellant")


@rule
def tank_capacity(voyage: Voyage, hop: Hop, part: str, vehicle: Vehicle, held_kg: float) -> Iterator[Broken]:
    """A tank holds no more than its capacity, a tanker's load included."""
    limit = vehicle.tank.capacity if vehicle.tank else 0.0
    if over(held_kg, limit, MASS_KG):
        told = f"{voyage.unit(part).serial} holds {held_kg:,.1f} kg; its tank takes {limit:,.1f} kg"
        yield Broken(hop.enter_d, voyage.where, told)


@rule
def propellant(voyage: Voyage, hop: Hop, needed_kg: float, held_kg: float) -> Iterator[Broken]:
    """The tank of whoever flies a leg holds what the rocket equation asks for its stack."""
    if over(needed_kg, held_kg, MASS_KG) or needed_kg == float("inf"):
        told = f"leg {hop.number} burns {needed_kg:,.1f} kg; the tank of {hop.flyer} holds {held_kg:,.1f} kg"
        yield Broken(hop.enter_d, voyage.where, told)


@rule
def pushing(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """Only a vehicle that can push carries others."""
    for hop in voyage.hops:
        if hop.flyer is not None and hop.carried:
            vehicle = voyage.unit(hop.flyer).vehicle
            if not setting.scenario.vehicles[vehicle].pushes:
                yield Broken(
                    hop.enter_d, voyage.where, f"{vehicle} carries {', '.join(hop.carried)} but cannot push"
                )


def stack_kg(load: Load, vehicles: Sequence[tuple[Vehicle, float]]) -> float:
    """Mass of a stack: its load, and each vehicle with the propellant it holds."""
    return load.total_kg + sum(vehicle.dry_mass + held_kg for vehicle, held_kg in vehicles)
