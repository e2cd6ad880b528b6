"""Money: the table of charges, cost by partner and year, and the price behind each charge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa

from moonwright.report.sheet import REAL, TEXT, WHOLE, sheet
from moonwright.report.subject import Subject
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Charge

COSTS = {"partner": TEXT, "year": WHOLE, "category": TEXT, "item": TEXT, "count": REAL, "amount_musd": REAL}


def costs_table(subject: Subject) -> pa.Table:
    """One row a partner, year, category and item; money in MUSD of the scenario's currency year."""
    order = sorted(subject.run.charges, key=lambda c: (c.partner, c.year, c.category, c.item))
    return sheet(
        COSTS, ((c.partner, c.year, c.category, c.item, float(c.count), c.amount_musd) for c in order)
    )


def years_of(subject: Subject) -> range:
    """Calendar years that the horizon or a charge falls in."""
    charged = [charge.year for charge in subject.run.charges]
    first, last = subject.date_of(0).year, subject.date_of(subject.plan.horizon_d - 1).year
    return range(min([first, *charged]), max([last, *charged]) + 1)


def cost_by_year(subject: Subject) -> Mapping[str, list[float]]:
    """MUSD of each partner in each year of the horizon."""
    years = years_of(subject)
    spent = {partner: [0.0] * len(years) for partner in subject.scenario.partners}
    for charge in subject.run.charges:
        spent[charge.partner][years.index(charge.year)] += charge.amount_musd
    return spent


PRICED = {"operations": "operations", "refurbishment": "reuse.refurbishment"}  # which of an entry's prices
KINDS = {
    "launch": "Launches",
    "vehicle": "Vehicles",
    "refurbishment": "Refurbishment",
    "supplies": "Supplies",
    "mission": "Mission operations",
    "element": "Elements",
    "operations": "Yearly operations",
}  # fmt: skip


def kind_name(category: str) -> str:
    """What a category of charges is called in the report."""
    return KINDS.get(category, category.capitalize())


def cost_by_category(subject: Subject) -> Mapping[str, Mapping[str, float]]:
    """MUSD by category, the largest first, then by partner."""
    spent: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for charge in subject.run.charges:
        spent[charge.category][charge.partner] += charge.amount_musd
    return dict(sorted(spent.items(), key=lambda entry: -sum(entry[1].values())))


def price_path(scenario: Scenario, charge: Charge) -> str | None:
    """Where the price behind a charge stands in the scenario, or None where the scenario holds no such entry.

    `charge.item` is "NOUNS.NAME", such as "launchers.long-march-10", or names one of its numbers in full,
    such as "vehicles.dragon.reuse.refurbishment".
    """
    nouns, _, rest = charge.item.partition(".")
    entries = getattr(scenario, nouns, None)
    if not isinstance(entries, dict):
        return None
    name = max((key for key in entries if rest == key or rest.startswith(f"{key}.")), key=len, default=None)
    if name is None:
        return None
    inside = rest[len(name) + 1 :] or PRICED.get(charge.category, "price")
    return f"{nouns}.{name}.{inside}"
