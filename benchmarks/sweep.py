"""How the planner's work grows with years and partners, beside the plain formulation and beside SCIP.

    make sweep                                           every case, written to benchmarks/sweep.md
    .venv/bin/python benchmarks/sweep.py one WAY YEARS PARTNERS SECONDS    one run, as JSON

Each run is a process of its own, so that its memory can be told. Ways: `moonwright` as a user has it; `plain`, the same
campaign with a binary for each single flight and big-M for what rides on it, given to HiGHS; `scip`, Moonwright's own
model and strengthening rows given to SCIP. A gap is (plan - bound) / plan of each way's own plan and bound.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from campaign import campaign

import moonwright
from moonwright.errors import NoPlanError
from moonwright.network.expand import expand
from moonwright.network.network import Network
from moonwright.optimise import flight
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import FAMILIES, Floats, Model, assemble, dense
from moonwright.optimise.mps import mps_text
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem, arc_key
from moonwright.optimise.ranks import aims, without_shortfall
from moonwright.optimise.row import Row, at_least, at_most
from moonwright.optimise.sheet import sheet
from moonwright.optimise.strength import strengthened
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "sweep.md"
YEARS, PARTNERS = (1, 3, 5, 10, 15), (1, 2, 3, 4, 6, 8)
USUAL_YEARS, USUAL_PARTNERS = 15, 4
SECONDS = 60.0
GAP = 0.01
WAYS = ("moonwright", "plain", "scip")
BIG = {
    "resource": 20_000.0,
    "tank": 20_000.0,
    "element": 1.0,
    "crew": 4.0,
}  # more than one flight here can carry
SINGLES = (
    (31, 2),
    (math.inf, 3),
)  # (days in a period, single flights of each kind in it): the pads allow no more a month


def moonwright_way(scenario: Scenario, seconds: float) -> dict[str, object]:
    try:
        plan = moonwright.plan(scenario, gap=GAP, time_limit_s=seconds)
    except NoPlanError:
        return {"objective": math.inf, "bound": -math.inf, "first_s": math.inf}
    assert plan is not None
    last = plan.outcome.last
    return {
        "objective": last.value,
        "bound": last.bound,
        "first_s": plan.outcome.first_plan_s,
        "certified": moonwright.simulate(scenario, plan).certified,
    }


def plain_way(scenario: Scenario, seconds: float) -> dict[str, object]:
    problem = pose(singled(expand(observe(scenario))))
    others = tuple(f for f in FAMILIES if f not in (flight.flight_limits, flight.item_needs_flight))
    model = without_shortfall(problem, assemble(problem, (*others, big_m)))
    costs, offset = objective(problem)
    answer = solve(model, costs, Limits(GAP, seconds), offset=offset)
    return {"objective": answer.objective, "bound": answer.bound, "first_s": answer.first_s, **size(model)}


def singled(network: Network) -> Network:
    """Every arc as several that stand for one flight each."""
    arcs = [
        replace(arc, single=n + 1)
        for arc in network.arcs
        for n in range(next(n for days, n in SINGLES if network.periods[arc.depart].length_d <= days))
    ]
    return replace(network, arcs=tuple(arcs))


def big_m(problem: Problem) -> Iterator[Row]:
    """load <= M flies, and every limit of one flight as if it flew."""
    for a, arc in enumerate(problem.network.arcs):
        for i in arc.loads:
            most = BIG[arc.itinerary.loads[i].kind]
            yield at_most((*arc_key(arc), i), [(problem.loads[a, i], 1.0), (problem.flights[a], -most)], 0.0)
        for n, limit in enumerate(arc.itinerary.limits):
            aboard = [(problem.loads[a, i], limit.weights[i]) for i in arc.loads if limit.weights[i]]
            if limit.least:
                terms = [*aboard, (problem.flights[a], -limit.capacity)]
                yield at_least((*arc_key(arc), "least", n), terms, 0.0)
            elif aboard:
                yield at_most((*arc_key(arc), "limit", n), aboard, limit.capacity)


def scip_way(scenario: Scenario, seconds: float) -> dict[str, object]:
    import pyscipopt  # noqa: PLC0415  # only this way needs it

    problem = pose(expand(observe(scenario)))
    model = strengthened(problem, without_shortfall(problem, assemble(problem)))
    costs, offset = objective(problem)
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.setParam("limits/time", seconds)
    scip.setParam("limits/gap", GAP)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.mps"
        file.write_text(mps_text(sheet(model, costs)), encoding="utf-8")
        scip.readProblem(str(file))
    scip.optimize()
    found = scip.getNSols() > 0
    return {
        "objective": scip.getObjVal() + offset if found else math.inf,
        "bound": scip.getDualbound() + offset,
        "first_s": None,
        **size(model),
    }


def objective(problem: Problem) -> tuple[Floats, float]:
    aim = aims(problem)[1][-1]
    return dense(problem, aim.terms), aim.constant


def size(model: Model) -> dict[str, object]:
    return {
        "rows": len(model.row_lower),
        "columns": len(model.column_lower),
        "wholes": int(model.whole.sum()),
    }


def one(way: str, years: int, partners: int, seconds: float) -> dict[str, object]:
    scenario = Scenario.model_validate(campaign(years, partners))
    began = time.perf_counter()
    run = {"moonwright": moonwright_way, "plain": plain_way, "scip": scip_way}[way]
    told = run(scenario, seconds)
    wall_s = time.perf_counter() - began
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    if way == "moonwright":
        problem = pose(expand(observe(scenario)))
        told |= size(strengthened(problem, without_shortfall(problem, assemble(problem))))
    return {**told, "wall_s": wall_s, "peak_gb": peak_gb}


def gap(told: dict[str, float]) -> float:
    reached, bound = told["objective"], told["bound"]
    return math.inf if not math.isfinite(reached) else max(0.0, reached - bound) / abs(reached)


def reached(told: dict[str, float]) -> str:
    return f"{gap(told):.2%}" if math.isfinite(gap(told)) else "no plan"


def line(years: int, partners: int, told: dict[str, dict[str, float]]) -> str:
    ours = told["moonwright"]
    cells = [years, partners, f"{ours['rows']:,.0f} × {ours['columns']:,.0f}", f"{ours['wholes']:,.0f}"]
    cells += [f"{ours['first_s']:.1f}", f"{ours['wall_s']:.1f}", reached(ours), f"{ours['peak_gb']:.2f}"]
    for way in WAYS[1:]:
        other = told[way]
        cells += [f"{other['wall_s']:.0f}", reached(other), f"{other['wall_s'] / ours['wall_s']:.1f}"]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    heads = ["years", "partners", "rows × columns", "wholes", "first plan s", "wall s", "gap", "peak GB"]
    for way in ("plain", "SCIP"):
        heads += [f"{way} s", f"{way} gap", f"{way} time / ours"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    cases = [(years, USUAL_PARTNERS) for years in YEARS]
    cases += [(USUAL_YEARS, partners) for partners in PARTNERS if partners != USUAL_PARTNERS]
    print("\n".join(lines), flush=True)
    for years, partners in cases:
        told = {}
        for way in WAYS:
            command = [sys.executable, __file__, "one", way, str(years), str(partners), str(SECONDS)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told[way] = json.loads(done.stdout.splitlines()[-1])
        lines.append(line(years, partners, told))
        print(lines[-1], flush=True)
    head = f"# Results of `make sweep`\n\nStopped at a gap of {GAP:.0%} or after {SECONDS:.0f} s, on two cores.\n\n"
    RESULTS.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))))
    else:
        main()
