"""Two who could do together for less what one can do alone: every number of the deal by hand.

`buyer` wants two tons of ore, worth 100 MUSD to it, has trucks (5 MUSD each, one ton) and a dear rocket (30 MUSD a launch);
`seller` has a cheap one (10 MUSD). Alone the buyer gains 100 - 2 x 35 = 30, together they gain 100 - 2 x 15 = 70.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import moonwright
from moonwright.choose.result import Result, replayed
from moonwright.optimise.highs import Limits
from moonwright.scenario.scenario import Scenario
from moonwright.stress.coalition import Asked, What, Worth
from worlds import Noun, cape_and_base, one_way, rocket

EXACT = Limits(0.0, 60.0)


def market(**changes: Any) -> Noun:
    told = cape_and_base(
        "market",
        {"start": "2030-01-01", "end": "2031-01-01", "periods": [{"length": "3 months"}]},
        partners={"buyer": {"name": "Buyer"}, "seller": {"name": "Seller"}},
        launchers={
            "dear": {**rocket("2 t", "12 /yr", price="30 MUSD"), "owner": "buyer"},
            "cheap": {**rocket("2 t", "12 /yr", price="10 MUSD"), "owner": "seller"},
        },
        vehicles={
            "truck": {"owner": "buyer", "dry_mass": "1 t", "room": {"total": "1 t"}, "price": "5 MUSD"}
        },
        missions={"haul": one_way("truck", by=["dear", "cheap"])},
        resources={"ore": {"supply_class": 6}},
        demands={
            "ore": {
                "kind": "deliver", "resource": "ore", "node": "base", "amount": "2 t", "from": "2030-07-01",
                "rank": 1, "worth": {"buyer": "100 MUSD"},
            }
        },
    )  # fmt: skip
    return told | changes


def planned(told: Noun) -> Result:
    scenario = Scenario.model_validate(told)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return replayed("base", scenario, plan)


def ask(
    base: Result, coalitions: Sequence[tuple[str, ...]], what: What, on: date | None
) -> tuple[Worth, ...]:
    """Asked in this very process."""
    return tuple(Asked(base, members, what, on, EXACT).answer() for members in coalitions)
