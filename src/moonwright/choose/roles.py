"""Who flies what: flights counted by mission and launcher, which say between them partners and vehicles too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Terms
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario


class Role(NamedTuple):
    """A mission, and the launcher that begins it (None: it begins with vehicles that wait)."""

    mission: str
    launcher: str | None

    @property
    def told(self) -> str:
        """The mission and its launcher in words."""
        return f"{self.mission} on {self.launcher}" if self.launcher else self.mission


Counts = Mapping[Role, int]


def flown(plan: Plan) -> Counts:
    """Flights of a plan by role."""
    return Counter(Role(flight.mission, flight.launcher) for flight in plan.flights)


def distance(one: Counts, other: Counts) -> int:
    """How far two plans differ in who flies what: the sum over roles of |flights - flights|.

    A flight more or less counts 1; one that another role takes over counts 2.
    """
    return sum(abs(one.get(role, 0) - other.get(role, 0)) for role in {*one, *other})


def difference(one: Counts, other: Counts) -> dict[Role, int]:
    """Flights that the other plan has more (or fewer, negative) than the one, where they differ."""
    roles = sorted({*one, *other}, key=lambda role: (role.mission, role.launcher or ""))
    changes = {role: other.get(role, 0) - one.get(role, 0) for role in roles}
    return {role: change for role, change in changes.items() if change}


def columns(problem: Problem) -> dict[Role, Terms]:
    """The flights of each role as terms of the model."""
    found: dict[Role, Terms] = {}
    for a, arc in enumerate(problem.network.arcs):
        course = arc.itinerary.course
        found.setdefault(Role(course.mission, course.launcher), []).append((problem.flights[a], 1.0))
    return found


def partners(scenario: Scenario, role: Role) -> tuple[str, ...]:
    """The owners of a role's launcher and vehicles."""
    mission = scenario.missions[role.mission]
    owners = [scenario.launchers[role.launcher].owner] if role.launcher else []
    for leg in mission.legs:
        for part in (*leg.flyers, *leg.carrying):
            if part not in scenario.launchers:
                owners.append(scenario.vehicles[mission.units.get(part, part)].owner)
    return tuple(dict.fromkeys(owners))
