"""Random campaigns as planners meet them: crews, landers, depots, plants, tankers, dates, limits, a state to begin with.

One Moon with an orbit and a base; everything else is drawn. What is asked is nearly always ranked, so that most
campaigns have a plan. Numbers are round and few: faults hide in how things meet, not in their digits.
"""

from __future__ import annotations

from datetime import date

from laws import settlements, ships
from laws.dice import START, Dice, Noun

PERIODS: tuple[list[Noun], ...] = (
    [{"length": "1 month"}],
    [{"length": "2 months"}],
    [{"length": "3 months"}],
    [{"length": "25 d"}],
    [{"length": "1 month", "until": "2030-05-01"}, {"length": "2 months"}],
    [{"length": "20 d", "until": "2030-04-05"}, {"length": "3 months"}],
    [{"length": "2 months", "until": "2030-05-01"}, {"length": "20 d"}],
)


def expedition(seed: int) -> Noun:
    """A scenario as plain data."""
    dice = Dice(seed)
    months = dice.pick(5, 5, 6, 6, 7, 13)
    end = date(START.year + (months >= 12), 1 + months % 12, 1).isoformat()
    elements = settlements.elements(dice)
    missions = ships.missions(dice)
    data: Noun = {
        "name": "expedition",
        "currency_year": 2024,
        "discount_rate": dice.pick("0 %", "0 %", "5 %"),
        "horizon": {"start": START.isoformat(), "end": end, "periods": dice.pick(*PERIODS)},
        "partners": ships.partners(dice),
        "nodes": ships.nodes(dice),
        "routes": ships.routes(dice),
        "launchers": ships.launchers(dice),
        "vehicles": ships.vehicles(dice),
        "missions": missions,
        "resources": settlements.resources(dice),
        "elements": elements,
        "crew": settlements.crew(dice),
        "activities": settlements.activities(dice),
        "demands": settlements.demands(dice, elements, missions),
        "objective": {"minimise": dice.pick(["cost"], ["cost"], ["imleo", "cost"], ["finish", "cost"])},
    }
    data["initial"] = settlements.initial(dice, data)
    if dice.often(3):
        need = {"need": dice.pick("2 m/s/yr", "20 m/s/yr")}
        data["station_keeping"] = [{"node": "orbit", "mass": "40 t", "needs": [need]}]
        data["initial"]["elements"].append({"element": "engine"})
        data["elements"]["engine"].pop("life", None)
    return data
