"""The value of all 63 coalitions of six partners, on a five-year quarterly campaign of campaign.py, by two processes.

    .venv/bin/python benchmarks/deal.py             promised: under ten minutes on two cores, at the gap that it tells
    .venv/bin/python benchmarks/deal.py 3 2 20      partners, processes, most seconds a coalition

campaign.py says what is wanted, but not what it is worth: here a building is worth 1,500 MUSD and people at the base 6,000
MUSD for a partner, enough that a base pays for several who share it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from campaign import Noun, campaign

import moonwright
from moonwright.choose.result import replayed
from moonwright.optimise.highs import Limits
from moonwright.scenario.scenario import Scenario
from moonwright.stress.coalition import Worth
from moonwright.stress.deal.deal import Asker, deal

YEARS, GAP, NODES = 5, 0.05, 100
ALLOWED_S = 600.0


def worthwhile(partners: int) -> Noun:
    """The made-up campaign quarter by quarter, with what its demands are worth to whom."""
    told = campaign(YEARS, partners)
    told["horizon"]["periods"] = [{"length": "3 months"}]
    owners = list(told["partners"])
    for demand in told["demands"].values():
        if demand["kind"] == "build":
            owner = told["elements"][demand["element"]]["owner"]
            demand["worth"] = {owner: "1500 MUSD"}
        elif demand["kind"] == "crew":
            demand["worth"] = dict.fromkeys(owners, "6000 MUSD")
    return told


def main(partners: int = 6, workers: int = 2, each_s: float = 60.0) -> int:
    scenario = Scenario.model_validate(worthwhile(partners))
    plan = moonwright.plan(scenario, gap=GAP, time_limit_s=60.0)
    if plan is None:
        print("no plan for all")
        return 1
    base, began = replayed("base", scenario, plan), time.perf_counter()

    def heard(worth: Worth) -> None:
        print(
            f"{worth.wall_s:6.1f} s  {' '.join(worth.members)}: {worth.low:,.0f} to {worth.high:,.0f}",
            flush=True,
        )

    with tempfile.TemporaryDirectory() as kept:
        ask = Asker(Limits(GAP, each_s, nodes=NODES), workers, Path(kept), heard)
        found = deal(base, ask)
    wall_s = time.perf_counter() - began
    print(
        f"{len(found.coalitions)} coalitions by {workers} processes in {wall_s:.0f} s (allowed: {ALLOWED_S:.0f} s); "
        f"gap asked {GAP:.0%}, widest interval {found.widest:.1%} of what all are worth, {len(found.cut)} cut by the clock, "
        f"{sum(not one.certified for one in found.coalitions)} not certified"
    )
    for way in found.ways:
        told = ", ".join(f"{name} {one.low:,.0f} to {one.high:,.0f}" for name, one in way.shares.items())
        print(f"{way.name}: {told}")
    return int(wall_s > ALLOWED_S)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(*map(int, given[:2]), *map(float, given[2:3])))
