"""Times the sharing out of eighty flights' loads, a thousand items among them, against one HiGHS model a group.

    .venv/bin/python benchmarks/manifests.py

Each case is made of flights filled at random to a share of their room, whose loads are then added up by groups: so a
packing exists. Both ways answer the same question: fit every flight, and spread what is life-critical as well as can be.
"Alone" is HiGHS with nothing placed beforehand, cut short after a minute a case. Exits 1 if a case takes more than 5 s.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from moonwright.network.expand import expand
from moonwright.network.network import Arc
from moonwright.optimise.highs import Limits
from moonwright.optimise.hold import hold_of
from moonwright.optimise.model import Floats
from moonwright.optimise.pack import Refusal, pack
from moonwright.optimise.spread import largest_share, placed_by_search, poured
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

FLIGHTS, ITEMS = 80, 1000
ALLOWED_S = 5.0
PURE_ALLOWED_S = 60.0  # for all groups of a case, after which the rest are not tried

TOTAL_KG, PRESSURISED_KG, VOLUME_M3 = 6000.0, 4500.0, 40.0
SUPPLIES = {"water": True, "food": True, "spares": False, "fuel": False}  # whether people die without it


@dataclass(frozen=True)
class Case:
    """So many groups of flights, filled to a share, of which supplies keep a share; items of so many kinds."""

    groups: int
    kinds: int
    filled: float
    supplies: float

    @property
    def name(self) -> str:
        return (
            f"{self.groups} x {FLIGHTS // self.groups} flights, {self.kinds} kinds of item, "
            f"{self.filled:.0%} full, {self.supplies:.0%} for supplies"
        )


CASES = (
    Case(20, 40, 0.90, 0.20),
    Case(20, 40, 1.00, 0.20),
    Case(20, 40, 0.98, 0.02),
    Case(20, 1000, 0.98, 0.02),
    Case(4, 40, 0.98, 0.02),
    Case(1, 40, 0.98, 0.02),
    Case(1, 1000, 0.98, 0.02),
)


def scenario(case: Case, rng: random.Random) -> Scenario:
    """One mission to one base, a period a group."""
    return Scenario.model_validate(
        {
            "name": "manifests",
            "currency_year": 2024,
            "horizon": {
                "start": "2030-01-01",
                "end": f"{2030 + (case.groups + 3) // 4}-01-01",
                "periods": [{"length": "3 months"}],
            },
            "partners": {"a": {"name": "A"}},
            "nodes": {
                "cape": {
                    "kind": "launch site",
                    "body": "earth",
                    "latitude": "28 deg",
                    "longitude": "-80 deg",
                },
                "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            },
            "routes": {"up": {"from": "cape", "to": "base", "duration": "5 d"}},
            "launchers": {
                "rocket": {"owner": "a", "site": "cape", "payload": {"base": "12 t"}, "cadence": "400 /yr"}
            },
            "vehicles": {
                "truck": {
                    "owner": "a",
                    "dry_mass": "4 t",
                    "room": {
                        "total": f"{TOTAL_KG} kg",
                        "pressurised": f"{PRESSURISED_KG} kg",
                        "volume": f"{VOLUME_M3} m3",
                    },
                }
            },
            "missions": {
                "haul": {
                    "legs": [{"by": "rocket", "carrying": ["truck"], "route": "up"}],
                    "expends": ["truck"],
                }
            },
            "resources": {
                name: {
                    "supply_class": 2 if vital else 4,
                    "life_critical": vital,
                    "packing": "20 %",
                    "storage": "unpressurised" if name == "fuel" else "pressurised",
                }
                for name, vital in SUPPLIES.items()
            },
            "elements": {
                f"item {n}": {
                    "owner": "a",
                    "node": "base",
                    "quantity": ITEMS,
                    "mass": f"{rng.randint(60, 620)} kg",
                    "volume": f"{rng.uniform(0.1, 4.0):.2f} m3",
                    "room": rng.choice(["pressurised", "unpressurised"]),
                }
                for n in range(case.kinds)
            },
            "demands": {
                f"{name} wanted": {"kind": "deliver", "resource": name, "node": "base", "amount": "1 t"}
                for name in SUPPLIES
            },
        }
    )


def filled(case: Case, arc: Arc, rng: random.Random) -> Floats:
    """The loads of one flight: items at random, then supplies, up to the share of each room."""
    loads = arc.itinerary.loads
    hold = np.array([limit.weights for limit in arc.itinerary.limits])
    capacity = np.array([limit.capacity for limit in arc.itinerary.limits])
    left = case.filled * capacity
    aboard = np.zeros(len(loads))
    items = [i for i, load in enumerate(loads) if load.kind == "element"]
    for _ in range(ITEMS // FLIGHTS + (rng.random() < ITEMS % FLIGHTS / FLIGHTS)):
        for item in rng.sample(items, min(20, len(items))):
            if (hold[:, item] <= left - case.supplies * case.filled * capacity).all():
                aboard[item] += 1
                left = left - hold[:, item]
                break
    supplies = [i for i, load in enumerate(loads) if load.kind == "resource"]
    for supply in rng.sample(supplies, len(supplies)):
        most = min(left[row] / hold[row, supply] for row in range(len(left)) if hold[row, supply] > 0)
        kg = most * (1.0 if supply == supplies[-1] else rng.uniform(0.2, 0.6))
        aboard[supply] += kg
        left = left - kg * hold[:, supply]
    return aboard


def groups(case: Case) -> tuple[Scenario, list[tuple[Arc, Floats]]]:
    """Every group's arc, and its totals."""
    rng = random.Random(case.name)
    asked = scenario(case, rng)
    arcs = expand(observe(asked)).arcs[: case.groups]
    each = FLIGHTS // case.groups
    return asked, [(arc, np.sum([filled(case, arc, rng) for _ in range(each)], axis=0)) for arc in arcs]


def placed(asked: Scenario, arc: Arc, flights: int, totals: Floats) -> Floats | None:
    """As the planner does it."""
    found = pack(0, arc, flights, totals, asked)
    return None if isinstance(found, Refusal) else np.array(found).T


def searched(asked: Scenario, arc: Arc, flights: int, totals: Floats) -> Floats | None:
    """One HiGHS model with nothing placed beforehand."""
    hold = hold_of(asked, arc.itinerary).only(totals > 0)
    limits = Limits(gap=1e-4, time_s=PURE_ALLOWED_S)
    wholes = placed_by_search(hold, flights, totals[totals > 0], limits, None)
    if wholes is None:
        return None
    table = np.zeros((len(totals), flights))
    table[totals > 0] = poured(hold, wholes, totals[totals > 0])
    return table


@dataclass(frozen=True)
class Timed:
    """How many groups were tried and packed, in how long, and the mean of their largest shares times their flights.

    `cpu_s` is what all threads of this process used: what counts where others use the machine too.
    """

    tried: int
    packed: int
    wall_s: float
    cpu_s: float
    share: float


def timed(way: Callable[[Scenario, Arc, int, Floats], Floats | None], case: Case, allowed_s: float) -> Timed:
    asked, work = groups(case)
    each, shares, tried, packed = FLIGHTS // case.groups, [], 0, 0
    began, began_cpu = time.perf_counter(), time.process_time()
    for arc, totals in work:
        if time.perf_counter() - began > allowed_s:
            break
        tried += 1
        table = way(asked, arc, each, totals)
        if table is not None:
            hold = hold_of(asked, arc.itinerary)
            assert np.allclose(table.sum(axis=1), totals)
            assert hold.within(table)
            packed += 1
            shares.append(each * largest_share(table, hold.critical))
    vital = [share for share in shares if share > 0] or [0.0]
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
    return Timed(tried, packed, wall_s, cpu_s, float(np.mean(vital)))


def main() -> int:
    print(
        "| case | items | wall s | cpu s | packed | share x flights "
        "| alone: wall s | cpu s | packed | share x flights | cpu ratio |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    slow = False
    for case in CASES:
        _, work = groups(case)
        kinds = [load.kind == "element" for load in work[0][0].itinerary.loads]
        items = int(sum(totals[kinds].sum() for _, totals in work))
        own, pure = timed(placed, case, np.inf), timed(searched, case, PURE_ALLOWED_S)
        slow = slow or own.wall_s > ALLOWED_S or own.packed < case.groups
        ratio = pure.cpu_s / pure.tried * case.groups / own.cpu_s
        print(f"| {case.name} | {items} | {told(own)} | {told(pure)} | {ratio:.0f} |", flush=True)
    return 1 if slow else 0


def told(found: Timed) -> str:
    return f"{found.wall_s:.2f} | {found.cpu_s:.2f} | {found.packed}/{found.tried} | {found.share:.3f}"


if __name__ == "__main__":
    sys.exit(main())
