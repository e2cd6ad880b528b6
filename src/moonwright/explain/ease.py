"""How far a datum can be eased: by a relative size, in the steps that make sense for it, within its bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from moonwright.explain.change import at
from moonwright.explain.lever import Lever, quantity_of
from moonwright.scenario.datum import Datum, Quantity
from moonwright.scenario.scenario import Scenario

_DAYS = 365.0  # a year is a change of size 1
_MAY_VANISH = ("least_crew", "turnaround", "shortest", "crew_time", "spacewalks")
_RULE = 5.0  # the size of giving up a rule between partners
_CLOSE = 0.01  # how near to the least change, relative
_DIGITS = 3  # of what is proposed: nobody changes a plan by a tenth of a per cent


@dataclass(frozen=True)
class Scale:
    """The values that a lever can take, from the present one on in the direction that eases."""

    scenario: Scenario
    lever: Lever

    @property
    def old(self) -> Any:
        """The present value."""
        return at(self.scenario, self.lever.path)

    def eased(self, size: float) -> Any | None:
        """The value eased by a relative size; None where that is no change."""
        old = self.old
        if isinstance(old, tuple):  # a rule: kept, or given up
            return () if old and size >= _RULE else None
        new = self._date(old, size) if isinstance(old, date) else self._number(old, size)
        return None if new == old else new

    def size(self, new: Any) -> float:
        """How large a change is: years for a date, else relative to the smaller of the two values."""
        old = self.old
        if isinstance(old, date):
            return float(abs((new - old).days)) / _DAYS
        if isinstance(old, tuple):
            return _RULE
        return abs(float(new) - float(old)) / (abs(float(old if self.lever.up else new)) or 1.0)

    def between(self, less: Any, more: Any) -> Any | None:
        """A value half way between two, or None where they are next to each other."""
        if isinstance(more, tuple):
            return None
        if isinstance(more, date):
            days = (more - less).days
            return less + timedelta(days=days // 2 if days > 0 else -(-days // 2)) if abs(days) > 1 else None
        low, high = float(less), float(more)
        middle = self._rounded((low + high) / 2)
        near = abs(high - low) <= _CLOSE * max(min(abs(low), abs(high)), _CLOSE * abs(float(self.old)))
        return None if middle in (low, high) or near else Datum(middle)

    def _date(self, old: date, size: float) -> date:
        horizon, days = self.scenario.horizon, timedelta(days=round(size * _DAYS))
        return (
            max(old, min(horizon.end, old + days))
            if self.lever.up
            else min(old, max(horizon.start, old - days))
        )

    def _number(self, old: Any, size: float) -> Datum:
        base = abs(float(old)) or 1.0
        if self.lever.up:
            wanted = float(old) + base * size
        else:  # as much as it would take to grow back: nothing that is asked or weighs vanishes altogether
            wanted = 0.0 if size >= 1.0 and self.lever.path[-1] in _MAY_VANISH else float(old) / (1.0 + size)
        new = self._rounded(wanted)
        quantity = self._quantity
        least = max(
            quantity.at_least, float(self.lever.path[-1] == "count")
        )  # to ask for nothing is no repair
        return Datum(min(max(new, least), quantity.at_most))

    @property
    def _quantity(self) -> Quantity:
        quantity = quantity_of(self.scenario, self.lever.path)
        assert quantity is not None
        return quantity

    @property
    def _whole(self) -> bool:
        rate = self.lever.path[-1] == "cadence" and float(self.old) >= 1.0
        return self._quantity.whole or rate

    def _rounded(self, value: float) -> float:
        """Rounded to what can be said, never past `value` where whole: a step too small is no step."""
        if self._whole:
            return math.floor(value + 1e-9) if self.lever.up else math.ceil(value - 1e-9)
        if value == 0.0:
            return 0.0
        unit = 10.0 ** (math.floor(math.log10(abs(value))) - _DIGITS + 1)
        steps = value / unit
        return float(
            f"{(math.ceil(steps - 1e-9) if self.lever.up else math.floor(steps + 1e-9)) * unit:.{_DIGITS}g}"
        )
