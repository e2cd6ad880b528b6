"""A plan made ready for an ensemble: what carries out its trials, what their columns mean, and what makes them the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from moonwright.ensemble.carry import Carry, digest_of
from moonwright.ensemble.sample import MOMENT_D, Names
from moonwright.ensemble.store import Identity
from moonwright.errors import PlanError
from moonwright.plan import Plan, digest
from moonwright.trial.programme import programme
from moonwright.trial.trials import ENGINE
from moonwright.world.world import World


@dataclass(frozen=True)
class Prepared:
    """All that gathering needs, and the identity under which trials are kept."""

    work: Carry
    names: Names
    identity: Identity


def prepare(plan: Plan, world: World, seed: int) -> Prepared:
    """Make a plan ready. Raises PlanError where it answers another scenario."""
    scenario = world.scenario
    if plan.scenario_digest != digest(scenario):
        raise PlanError(
            f"the plan of {plan.scenario!r} answers another scenario than {scenario.name!r}: "
            "its file was changed since, so plan anew"
        )
    made = programme(plan, world)
    names = Names(
        scenario.horizon.start,
        float(made.horizon_d),
        made.milestones,
        tuple(map(float, made.due_d)),
        tuple(bool(late_d <= MOMENT_D) for late_d in made.tables.milestones["planned_late_d"]),
        made.nodes,
        made.stocks,
        made.causes,
    )
    identity = Identity(plan_digest(plan), digest(scenario), digest_of(made), ENGINE, seed)
    return Prepared(Carry(made, seed), names, identity)


def plan_digest(plan: Plan) -> str:
    """SHA-256 of what a plan decides; how long its search took is no part of it."""
    return hashlib.sha256(plan.model_dump_json(exclude={"outcome"}).encode()).hexdigest()
