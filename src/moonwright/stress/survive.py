"""How long a campaign holds if nobody replans: what cannot be flown any more drops out, all else goes on as planned."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from moonwright.choose.result import Result
from moonwright.plan import Plan
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.simulate.run import Violation
from moonwright.stress.replan import opening
from moonwright.stress.shock import struck
from moonwright.world.observe import observe

# What keeps people alive and the station up: each says of itself when it first fails.
RED_LINES = ("stock", "ride_home", "berths", "power", "night", "light", "keeping", "rotation")
_FLIGHT = "flights."


@dataclass(frozen=True)
class Survival:
    """What fails when nobody replans. Days are the campaign's; `day` is that from which the contingency acts.

    `red_line`: the first thing that people or the station do not survive, None where nothing fails within the horizon.
    `demands`: demands that fail, each when it first does. `dropped`: flights that cannot be flown any more.
    """

    day: int
    red_line: Violation | None
    demands: tuple[Violation, ...]
    dropped: tuple[str, ...]

    @property
    def lasts_d(self) -> float | None:
        """Days from the contingency to the red line."""
        return None if self.red_line is None else self.red_line.day_d - self.day


def survival(base: Result, contingency: Contingency) -> Survival:
    """The plan carried out as it stands after a contingency, as far as it can be."""
    day, scenario = opening(base.scenario, contingency.on), struck(base.scenario, contingency)
    world, plan, dropped = observe(scenario), base.plan, set[str]()
    while True:
        found = [one for one in replay(plan, world).violations if one.day_d > day]
        impossible = {_flight(one) for one in found if one.where.startswith(_FLIGHT)} - dropped
        impossible &= {flight.name for flight in plan.flights if flight.departure_d > day}
        if not impossible:
            break
        dropped |= impossible
        plan = without(plan, scenario, impossible)
    lines = [one for one in found if one.rule in RED_LINES]
    demands = [one for one in found if one.rule == "demand"]
    names = tuple(flight.name for flight in base.plan.flights if flight.name in dropped)
    return Survival(day, min(lines, key=lambda one: one.day_d, default=None), tuple(demands), names)


def _flight(violation: Violation) -> str:
    return violation.where.removeprefix(_FLIGHT)


def without(plan: Plan, scenario: Scenario, flights: Set[str]) -> Plan:
    """A plan without some flights: who was to come does not, who was to leave stays, what they carried is not built."""
    lost = {
        (item.element, item.copy_no)
        for flight in plan.flights
        if flight.name in flights
        for item in flight.items
    }
    stays = tuple(
        stay if stay.down not in flights else stay.model_copy(update={"down": None, "leaves_d": None})
        for stay in plan.stays
        if stay.up not in flights
    )
    serials = {unit.serial for f in plan.flights if f.name in flights and f.launcher for unit in f.units}
    return plan.model_copy(
        update={
            "flights": tuple(flight for flight in plan.flights if flight.name not in flights),
            "stays": stays,
            "builds": tuple(one for one in plan.builds if (one.element, one.copy_no) not in lost),
            "made": tuple(one for one in plan.made if _stands(plan, scenario, one.element, lost)),
            "reboosts": tuple(one for one in plan.reboosts if one.provider not in serials),
        }
    )


def _stands(plan: Plan, scenario: Scenario, element: str, lost: Set[tuple[str, int]]) -> bool:
    """True where some copy of an element is there although some are lost."""
    there = sum(float(one.count) for one in scenario.initial.elements if one.element == element)
    built = sum(one.element == element and (one.element, one.copy_no) not in lost for one in plan.builds)
    return there + built > 0 or not any(name == element for name, _ in lost)
