"""What the models cannot see: names that point nowhere, dates that run backwards, missions nobody can fly.

Every check is a function from a Scenario to findings. All run, whatever the others find. A check tells only
what certainly is a mistake; whether a plan exists is for the planner to say.
"""

from __future__ import annotations

from itertools import islice

from moonwright.scenario.check import (
    contingency,
    demand,
    element,
    habitat,
    initial,
    keeping,
    mission,
    names,
    node,
    noise,
    partner,
    route,
    time,
)
from moonwright.scenario.finding import FAULTS_SHOWN, Finding
from moonwright.scenario.scenario import Scenario

CHECKS = (
    names.odd_names,
    names.unknown_names,
    names.unknown_sources,
    time.backward_intervals,
    time.horizon,
    time.periods,
    time.empty_spans,
    time.rotations,
    partner.shares,
    node.sites,
    node.skylines,
    node.waiting,
    keeping.needs,
    keeping.orbits,
    route.durations,
    route.computed,
    mission.units,
    mission.continuity,
    mission.launches,
    mission.flying,
    mission.ends,
    mission.crews,
    mission.refuelling,
    habitat.days,
    habitat.substances,
    habitat.walks,
    habitat.parts,
    habitat.plants,
    element.prerequisites,
    element.rooms,
    element.reach,
    demand.builds,
    demand.reach,
    demand.crew_reach,
    contingency.contingencies,
    initial.dates,
    initial.counts,
    noise.subjects,
    noise.rules,
)


def check(scenario: Scenario) -> tuple[Finding, ...]:
    """What is found wrong with a scenario whose entries are each well formed; of each check the first faults."""
    return tuple(
        dict.fromkeys(finding for each in CHECKS for finding in islice(each(scenario), FAULTS_SHOWN))
    )
