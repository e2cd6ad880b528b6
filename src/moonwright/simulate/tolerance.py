"""How closely the replay looks. Every slack that it grants stands here, in physical units.

Solvers keep their constraints to about 1e-6 in their own scaled units, so a plan that is exact on paper
comes back with masses off by a gram, and a stock that many such masses flowed through by a millionth of them.
"""

from __future__ import annotations

RELATIVE = 1e-6  # of a limit, or of all that flowed through a stock
MASS_KG = 1e-3  # one gram
TIME_D = 1e-6  # 0.09 s
POWER_KW = 1e-3
ENERGY_KWH = 1e-3
WORK_H = 1e-3
IMPULSE_N_S = 1.0  # a gram of propellant at 100 s
MONEY_MUSD = 1e-3
SHORTFALL = 1e-5  # in the demand's own unit: ten grams, a second
AIM = 1e-5  # of what a solver says it reached: its objective is summed from thousands of rounded terms
BALANCE = 1e-9  # of all mass that came in: the replay's own books, no solver involved


def over(found: float, limit: float, least: float) -> bool:
    """True where `found` exceeds `limit` by more than `least` and by more than a millionth of the limit."""
    return found > limit + max(least, RELATIVE * abs(limit))


def same_time(one_d: float, other_d: float) -> bool:
    """True where two moments are one."""
    return abs(one_d - other_d) <= TIME_D
