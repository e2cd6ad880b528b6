"""What a run shows, as plain data: for tables, and for programs that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from moonwright.interop.spacenet.agenda import family
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.history import History
from moonwright.interop.spacenet.rules import EXACT, Rules, spacenets
from moonwright.interop.spacenet.run import run

CLASSES: Mapping[int, str] = {
    0: "of no class", 1: "propellant", 2: "crew provisions", 3: "crew operations", 4: "maintenance",
    5: "stowage", 6: "exploration", 7: "waste", 8: "habitation and infrastructure", 9: "transport", 10: "other",
}  # fmt: skip


def rules_named(campaign: Campaign, name: str) -> Rules:
    """The rules called `exact` or `spacenet`."""
    return spacenets(campaign) if name == "spacenet" else EXACT


def demands_kg(history: History) -> Iterator[tuple[str, int, float]]:
    """(place, class of supply, kg asked for there in all), by place and class."""
    sums: defaultdict[tuple[str, int], float] = defaultdict(float)
    for asked in history.demands:
        sums[asked.place, family(asked.class_of_supply)] += asked.mass_kg
    for (place, supply), mass_kg in sorted(sums.items()):
        yield place, supply, mass_kg


def figures(campaign: Campaign, rules_name: str) -> dict[str, object]:
    """Everything that a run by some rules shows, as data for JSON; units stand in the keys."""
    rules = rules_named(campaign, rules_name)
    history = run(campaign, rules)
    return {
        "campaign": campaign.name,
        "rules": {"name": rules.name, "g0_m_s2": rules.g0_m_s2, "shortfall_stops": rules.shortfall_stops},
        "ends_d": history.ends_d,
        "launch_mass_kg": history.launch_mass_kg,
        "crew_surface_d": history.crew_surface_d,
        "exploration_kg": history.exploration_kg,
        "relative_exploration": history.relative_exploration,
        "burns": [asdict(burn) for burn in history.burns],
        "left_kg": dict(history.left_kg),
        "departures": [asdict(departure) for departure in history.departures],
        "demands_kg": [
            {"place": place, "class_of_supply": supply, "mass_kg": mass_kg}
            for place, supply, mass_kg in demands_kg(history)
        ],
        "troubles": [asdict(trouble) for trouble in history.troubles],
    }
