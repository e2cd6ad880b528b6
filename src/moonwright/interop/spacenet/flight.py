"""One burn of a stack, between the yard and the physics of stages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from moonwright.interop.spacenet.element import PropulsiveVehicle
from moonwright.interop.spacenet.event import Action
from moonwright.interop.spacenet.history import BurnRecord, Given
from moonwright.interop.spacenet.place import Burn
from moonwright.interop.spacenet.yard import Stuff, Yard, stuff
from moonwright.orbit import staging

_NEGLIGIBLE_M_S = 1e-6  # of a delta-v: what rounding of floats may leave


@dataclass
class Flight:
    """Elements under way together; what is staged leaves the stack. `stopped`: it fell short, and goes no further."""

    name: str
    edge: str
    stack: list[str]
    stopped: bool = False


def burn(
    yard: Yard, flight: Flight, day_d: float, number: int, one: Burn, actions: tuple[Action, ...]
) -> tuple[BurnRecord, str]:
    """Work one burn's actions off, in the yard too. The text says what fell short, and is empty where nothing did."""
    stack = {key: _part(yard, key, one.engine) for key in flight.stack}
    arithmetic = staging.Arithmetic(yard.rules.g0_m_s2, yard.rules.mass_kg)
    steps = [staging.Action("burn" if step.type == "Burn" else "drop", step.element) for step in actions]
    worked = staging.work(one.dv_m_s, steps, stack, arithmetic)
    for spent in worked.spent:
        _drained(yard, spent.part, spent.left_kg, one.engine)
    _drop(yard, flight, worked.stack)
    given = tuple(
        Given(yard.name(spent.part), spent.gained_m_s, spent.used_kg, spent.left_kg) for spent in worked.spent
    )
    achieved_m_s = one.dv_m_s - worked.short_m_s
    record = BurnRecord(day_d, flight.name, flight.edge, number, one.dv_m_s, achieved_m_s, given)
    return record, _told(yard, worked, number, one.dv_m_s)


def _told(yard: Yard, worked: staging.Worked, number: int, dv_m_s: float) -> str:
    if worked.broken:
        key, _, rest = worked.broken.partition(" ")
        short = f", {worked.short_m_s:,.1f} m/s short" if worked.short_m_s > _NEGLIGIBLE_M_S else ""
        return f"burn {number}: {yard.name(key)} {rest}, and what follows it is not done{short}"
    if worked.short_m_s > _NEGLIGIBLE_M_S:
        return f"burn {number} falls {worked.short_m_s:,.1f} m/s short of {dv_m_s:,.1f} m/s"
    return ""


def _drop(yard: Yard, flight: Flight, left: Iterable[str]) -> None:
    for key in set(flight.stack) - set(left):
        yard.remove(key)
    flight.stack = [key for key in flight.stack if key in set(left)]


def _part(yard: Yard, key: str, engine: str) -> staging.Part:
    """An element as a part of a stack: what it burns in this burn, and everything else that it weighs."""
    element, whole_kg = yard.element(key), yard.mass_kg(key)
    if not isinstance(element, PropulsiveVehicle):
        return staging.Part(whole_kg)
    tank_kg = _held(yard, element, engine)[1]
    isp_s = element.isp_s
    if engine == "attitude" and element.attitude is not None:
        isp_s = element.attitude.isp_s
    return staging.Part(whole_kg - yard.rules.mass_kg(tank_kg), tank_kg, isp_s)


def _own_tank(yard: Yard, element: PropulsiveVehicle, engine: str) -> bool:
    return engine == "attitude" and element.id in yard.attitude


def _held(yard: Yard, element: PropulsiveVehicle, engine: str) -> tuple[Stuff, float]:
    """(what an engine burns, how many kg of it there are)."""
    kind = stuff(element.fuel)
    if _own_tank(yard, element, engine) and element.attitude and element.attitude.fuel:
        kind = stuff(element.attitude.fuel)
        return kind, yard.attitude[element.id] * yard.unit_kg(kind)
    return kind, yard.stock.get(element.id, {}).get(kind, 0.0) * yard.unit_kg(kind)


def _drained(yard: Yard, key: str, left_kg: float, engine: str) -> None:
    element = yard.element(key)
    assert isinstance(element, PropulsiveVehicle)  # nothing else has an engine
    kind, _ = _held(yard, element, engine)
    left = left_kg / (yard.unit_kg(kind) or 1.0)
    if _own_tank(yard, element, engine):
        yard.attitude[key] = left
    else:
        yard.stock[key][kind] = left
