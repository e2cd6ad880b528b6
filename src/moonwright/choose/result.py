"""Results read back: scenario, plan, and the replay of one in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from moonwright.errors import PlanError
from moonwright.plan import Plan, read_plan
from moonwright.scenario.load import load
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.simulate.run import Run
from moonwright.world.habitat import lived_in
from moonwright.world.observe import observe

SCENARIO, PLAN = "scenario.yaml", "plan.json"


@dataclass(frozen=True)
class Result:
    """A plan for a scenario, and what follows from it. `name` tells it from others."""

    name: str
    scenario: Scenario
    plan: Plan
    run: Run


def read_result(directory: Path, name: str | None = None) -> Result:
    """What `moonwright plan` left in a folder, replayed anew. Raises PlanError where there is no plan to read."""
    if not (directory / PLAN).is_file() or not (directory / SCENARIO).is_file():
        raise PlanError(f"{directory}: no results; name a folder that `moonwright plan FILE -o FOLDER` wrote")
    scenario, plan = lived_in(load(directory / SCENARIO)), read_plan(directory / PLAN)
    return replayed(name or directory.name, scenario, plan)


def replayed(name: str, scenario: Scenario, plan: Plan) -> Result:
    """A plan with its replay."""
    return Result(name, scenario, plan, replay(plan, observe(scenario)))


def names_of(directories: Sequence[Path]) -> list[str]:
    """The shortest ends of the folders' paths that tell them apart."""
    whole = [directory.resolve().parts for directory in directories]
    depth = 1
    while depth < max(map(len, whole)) and len({parts[-depth:] for parts in whole}) < len(set(whole)):
        depth += 1
    return ["/".join(parts[-depth:]) for parts in whole]
