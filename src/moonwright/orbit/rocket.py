"""The rocket equation."""

from __future__ import annotations

import math

G0_M_S2 = 9.80665  # standard gravity; 3rd CGPM, 1901


def mass_ratio(dv_m_s: float, isp_s: float) -> float:
    """m_before / m_after = exp(dv / (Isp g0)) (Tsiolkovsky 1903)."""
    return math.exp(dv_m_s / (isp_s * G0_M_S2))


def propellant_kg(mass_before_kg: float, dv_m_s: float, isp_s: float) -> float:
    """Propellant that a stack of `mass_before_kg` burns for `dv_m_s`: m_before (1 - exp(-dv / (Isp g0)))."""
    return mass_before_kg * -math.expm1(-dv_m_s / (isp_s * G0_M_S2))


def reboost_propellant_kg(impulse_n_s: float, isp_s: float) -> float:
    """Propellant for an impulse small against the station: J / (Isp g0)."""
    return impulse_n_s / (isp_s * G0_M_S2)
