"""Moonwright: plan, prove, simulate and stress-test the joint construction and supply of crewed bases.

The verbs, in the order in which data flows:

    scenario = moonwright.load("base.yaml")
    plan = moonwright.plan(scenario)             # None where the demands cannot be met
    run = moonwright.simulate(scenario, plan)    # without noise: the plan's certificate
    moonwright.simulate(scenario, plan, trials=1000)    # with noise: an ensemble, and what to expect
    moonwright.report("results", scenario, plan, run, record)

`moonwright.write_model("base.lp", scenario)` writes what `plan` would solve, for people and other solvers.
Each imports what it needs when it is called, so that importing the package costs nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from moonwright.ensemble.ensemble import Ensemble
    from moonwright.optimise.highs import Progress
    from moonwright.plan import Plan
    from moonwright.report.record import Record
    from moonwright.scenario.scenario import Scenario
    from moonwright.simulate.run import Run

__version__ = "0.1.0"
__all__ = ["load", "plan", "report", "simulate", "write_model"]


def load(path: str | Path, *, data: Sequence[str | Path] = ()) -> Scenario:
    """Read and check a scenario file. Raises ScenarioError with every fault found.

    Horizons and terrain that it names are looked for in its folder, and then in each folder of `data`, or below.
    """
    from moonwright.scenario.load import load as read
    from moonwright.world.ground import Ground
    from moonwright.world.habitat import lived_in

    file = Path(path)
    return lived_in(read(file, ground=Ground((file.parent, *map(Path, data)))))


def plan(
    scenario: Scenario,
    *,
    gap: float = 0.01,
    time_limit_s: float = 300.0,
    nodes: int | None = None,
    progress: Progress | None = None,
) -> Plan | None:
    """The best plan found within a relative gap or a time limit; None where hard demands cannot be met.

    With `nodes`, each search is limited by branch-and-bound nodes instead of the clock, so that the same plan comes
    out on every machine; the time limit is then only a net, and the outcome says whether it was needed.
    Raises NoPlanError where a limit came before the first plan.
    """
    from moonwright.errors import NoPlanError
    from moonwright.network.expand import expand
    from moonwright.optimise.highs import Limits
    from moonwright.optimise.optimise import optimise
    from moonwright.world.observe import observe

    limits = Limits(gap, time_limit_s, nodes=nodes)
    result = optimise(expand(observe(scenario)), limits, progress)
    if result.status == "no_plan":
        allowed = f"{time_limit_s:g} s" if nodes is None else f"{nodes} nodes a search and {time_limit_s:g} s"
        raise NoPlanError(f"no plan found within {allowed}; allow more or relax a demand")
    return result.plan


@overload
def simulate(scenario: Scenario, plan: Plan) -> Run: ...


@overload
def simulate(
    scenario: Scenario,
    plan: Plan,
    *,
    trials: int,
    seed: int = 1,
    workers: int = 1,
    directory: str | Path | None = None,
) -> Ensemble: ...


def simulate(
    scenario: Scenario,
    plan: Plan,
    *,
    trials: int | None = None,
    seed: int = 1,
    workers: int = 1,
    directory: str | Path | None = None,
) -> Run | Ensemble:
    """What happens when a plan is carried out as it stands; with `trials`, what happens while things go wrong.

    Without trials: a Run, and one without violations certifies the plan. With trials: an Ensemble of so many, the same
    for a seed whatever the number of workers. In a `directory`, finished trials are kept, and taken up again.
    Raises PlanError where the plan answers another scenario, EnsembleError where a number makes no sense or the
    directory cannot be used.
    """
    from moonwright.world.observe import observe

    if trials is None:
        from moonwright.simulate.replay import replay

        return replay(plan, observe(scenario))
    from functools import partial

    from moonwright.ensemble.ensemble import Asked, ensemble
    from moonwright.ensemble.gather import Memory
    from moonwright.ensemble.prepare import prepare
    from moonwright.ensemble.store import Store
    from moonwright.ensemble.workers import shared

    prepared = prepare(plan, observe(scenario), seed)
    store = Memory() if directory is None else Store(Path(directory))
    if isinstance(store, Store):
        store.open(prepared.identity, {"scenario": scenario.name})
    spread = partial(shared, workers=workers)
    return ensemble(prepared, Asked(trials, seed), store, spread, lambda done, asked: None)


def report(directory: str | Path, scenario: Scenario, plan: Plan, run: Run, record: Record) -> None:
    """Write the results folder: tables, certificate, run record and the report that people read."""
    from moonwright.report.folder import write_folder

    write_folder(Path(directory), scenario, plan, run, record)


def write_model(path: str | Path, scenario: Scenario) -> None:
    """Write the model that `plan` would solve first, as .lp or .mps by the path's ending, without solving it.

    Raises ModelFileError where the ending is another, or the file cannot be written.
    """
    from moonwright.network.expand import expand
    from moonwright.optimise.pose import pose
    from moonwright.optimise.write import check_model_path
    from moonwright.optimise.write import write_model as write
    from moonwright.world.observe import observe

    check_model_path(Path(path))  # before a minute's work
    write(Path(path), pose(expand(observe(scenario))))


class _Package(ModuleType):
    """The verbs share their names with modules; importing such a module must not put it in the verb's place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
