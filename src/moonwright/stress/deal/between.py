"""Numbers of which only two bounds are known, since a solver stopped at a gap."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Between(BaseModel):
    """A number from `low` to `high`; `found` is what the plans found make it."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    low: float
    found: float
    high: float

    @property
    def width(self) -> float:
        """How little is known."""
        return self.high - self.low

    def less(self, taken: float) -> Between:
        """The number less a known one."""
        return Between(low=self.low - taken, found=self.found - taken, high=self.high - taken)


def exactly(value: float) -> Between:
    """A number that is known."""
    return Between(low=value, found=value, high=value)
