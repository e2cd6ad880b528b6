"""Burns of a stack of stages, one after another: who burns, who is dropped, what is left in the tanks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from moonwright.orbit.rocket import G0_M_S2


@dataclass(frozen=True)
class Part:
    """A part of a stack: its mass without what it burns, what its tank holds, its specific impulse (0: no engine)."""

    inert_kg: float
    tank_kg: float = 0.0
    isp_s: float = 0.0


@dataclass(frozen=True)
class Action:
    """One step of a burn: a part burns until the delta-v is met or its tank is dry, or is dropped with all it holds."""

    does: Literal["burn", "drop"]
    part: str


@dataclass(frozen=True)
class Spent:
    """What one part gave to a burn."""

    part: str
    gained_m_s: float
    used_kg: float
    left_kg: float


@dataclass(frozen=True)
class Worked:
    """A burn as worked off: the stack that is left, who gave what, and the delta-v that was not reached.

    `broken` says which action could not be done (""): the actions after it were not tried.
    """

    stack: Mapping[str, Part]
    spent: tuple[Spent, ...]
    short_m_s: float
    broken: str = ""


@dataclass(frozen=True)
class Arithmetic:
    """How masses are reckoned: standard gravity (m/s2), and the rounding of every mass that is looked at."""

    g0_m_s2: float = G0_M_S2
    rounded: Callable[[float], float] = float


EXACT = Arithmetic()


def stack_mass_kg(stack: Mapping[str, Part], arithmetic: Arithmetic = EXACT) -> float:
    """Mass of all parts and what they hold."""
    rounded = arithmetic.rounded
    return sum(rounded(part.inert_kg + rounded(part.tank_kg)) for part in stack.values())


def work(
    dv_m_s: float, actions: Sequence[Action], stack: Mapping[str, Part], arithmetic: Arithmetic = EXACT
) -> Worked:
    """Work a list of actions off, from left to right, for a delta-v in m/s.

    Propellant for a delta-v is M (1 - exp(-dv / (Isp g0))) with M the mass of the whole remaining stack (Tsiolkovsky
    1903). Where a tank runs dry it gave Isp g0 ln(M / (M - tank)), and the next action goes on with the rest.
    """
    left, spent, short_m_s = dict(stack), list[Spent](), dv_m_s
    for action in actions:
        part = left.get(action.part)
        if part is None:
            return Worked(left, tuple(spent), short_m_s, f"{action.part} is not in the stack")
        if action.does == "drop":
            del left[action.part]
            continue
        if part.isp_s <= 0:
            return Worked(left, tuple(spent), short_m_s, f"{action.part} has no engine for this burn")
        gained = _burn(action.part, part, short_m_s, stack_mass_kg(left, arithmetic), arithmetic)
        left[action.part] = replace(part, tank_kg=gained.left_kg)
        spent.append(gained)
        short_m_s = max(0.0, short_m_s - gained.gained_m_s)
    return Worked(left, tuple(spent), short_m_s)


def _burn(name: str, part: Part, dv_m_s: float, mass_kg: float, arithmetic: Arithmetic) -> Spent:
    exhaust_m_s = part.isp_s * arithmetic.g0_m_s2
    needed_kg, held_kg = mass_kg * -math.expm1(-dv_m_s / exhaust_m_s), arithmetic.rounded(part.tank_kg)
    if needed_kg <= held_kg:
        # rounded up, a tank may seem to hold a little more than it does: then it gives nothing, and nobody notices
        used_kg = needed_kg if needed_kg <= part.tank_kg else 0.0
        return Spent(name, dv_m_s, used_kg, part.tank_kg - used_kg)
    return Spent(name, exhaust_m_s * math.log(mass_kg / (mass_kg - held_kg)), part.tank_kg, 0.0)
