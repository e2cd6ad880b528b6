"""Which partners fly, and with whom, on the day on which a launcher lifts something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from moonwright.scenario.scenario import Scenario


def take_part(scenario: Scenario, owners: Iterable[str], when: date) -> bool:
    """True where all of them that are partners take part on a day."""
    partners = scenario.partners
    return all(partners[owner].holds(when) for owner in owners if owner in partners)


def apart(scenario: Scenario, owners: Iterable[str], when: date) -> bool:
    """True where an embargo on that day keeps some two of the owners apart."""
    return any(
        embargo.against == other and embargo.holds(when)
        for pair in combinations(dict.fromkeys(owners), 2)
        for one, other in (pair, pair[::-1])
        if one in scenario.partners
        for embargo in scenario.partners[one].embargoes
    )
