"""Mass accounts: every kilogram that comes in is booked once where it came from and once where it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import MassLedger
from moonwright.simulate.tolerance import BALANCE


@dataclass
class Accounts:
    """Running totals in kg while a campaign is walked; the same accounts as in MassLedger."""

    launched_kg: float = 0.0
    initial_kg: float = 0.0
    made_from_site_kg: float = 0.0
    burned_kg: float = 0.0
    consumed_kg: float = 0.0
    boiled_off_kg: float = 0.0
    expended_kg: float = 0.0
    recovered_kg: float = 0.0
    in_place_kg: float = 0.0

    def close(self) -> MassLedger:
        """The accounts as they stand at the end."""
        return MassLedger(**{account.name: getattr(self, account.name) for account in fields(self)})


@rule
def mass_balance(ledger: MassLedger, horizon_d: float) -> Iterator[Broken]:
    """Mass launched, there before, or made was burned, used, lost, left, brought home, or is in place."""
    came_kg = ledger.launched_kg + ledger.initial_kg + ledger.made_from_site_kg
    if abs(ledger.imbalance_kg) > BALANCE * max(came_kg, 1.0):
        yield Broken(
            horizon_d, "ledger", f"{ledger.imbalance_kg:g} kg of {came_kg:,.0f} kg cannot be accounted for"
        )
