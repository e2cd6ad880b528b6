"""The units of results, which their columns carry in their names (`mass_kg`, `departure_d`)."""

from __future__ import annotations

from typing import Final

# The ends of names, the longest first.
_UNITS: Final = {
    "_kg_d": "kg/d", "_m_s": "m/s", "_n_s": "N s", "_person_d": "person d", "_h_d": "h/d",
    "_kg": "kg", "_kwh": "kWh", "_kw": "kW", "_musd": "MUSD", "_d": "d", "_h": "h", "_s": "s", "_m": "m", "_t": "t",
}  # fmt: skip


def unit_of(column: str) -> str | None:
    """The unit of a column of results; None where its numbers have none."""
    return next((unit for end, unit in _UNITS.items() if column.lower().endswith(end)), None)
