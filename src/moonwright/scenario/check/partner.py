"""Partners, and what belongs to all of them together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from moonwright.scenario.check.names import SHARED
from moonwright.scenario.finding import Finding
from moonwright.scenario.scenario import Scenario


def shares(scenario: Scenario) -> Iterator[Finding]:
    """Something is `shared`, but it is not said by whom and how."""
    if SHARED in scenario.partners:
        todo = f"rename it: `owner: {SHARED}` means all partners together"
        yield Finding(("partners", SHARED), f"a partner named {SHARED!r}", "any other name", todo)
    owned = [
        (noun, name, "owner")
        for noun in ("launchers", "vehicles", "elements", "crew")
        for name, entry in getattr(scenario, noun).items()
        if entry.owner == SHARED
    ]
    owned += [("missions", name, "payer") for name, m in scenario.missions.items() if m.payer == SHARED]
    total = sum(partner.share or 0.0 for partner in scenario.partners.values())
    if owned and not math.isclose(total, 1.0, abs_tol=1e-6):
        found = (
            "shared, but no partner has a `share`"
            if not total
            else f"shared, but the shares add to {total:g}"
        )
        yield Finding(
            owned[0], found, "shares of the partners that add to 1", "give each partner its `share`"
        )
