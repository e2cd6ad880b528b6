"""Which parts of the model speak of a datum: what must be laid anew when it changes, instead of everything."""

from __future__ import annotations

from collections.abc import Mapping

from moonwright.explain.laying import COVERS
from moonwright.scenario.document import Path
from moonwright.scenario.scenario import Scenario

_DEMANDS: Mapping[str, str] = {
    "crew": "crew_demand",
    "build": "build_demand",
    "deliver": "deliver_demand",
    "fly": "fly_demand",
    "reserve": COVERS,
}
# By the noun and what follows the entry's name; () where only dates speak of it. What is not here may touch anything.
_PARTS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("launchers", "cadence"): ("cadence",),
    ("launchers", "turnaround"): ("turnaround",),
    ("launchers", "first_flight"): (),
    ("launchers", "last_flight"): (),
    ("launchers", "outages"): (),
    ("vehicles", "ready"): (),
    ("vehicles", "retired"): (),
    ("vehicles", "reuse", "flights"): ("fleet", "worn_out"),
    ("missions", "from"): (),
    ("missions", "until"): (),
    ("partners", "from"): (),
    ("partners", "until"): (),
    ("partners", "may_not_carry"): (),
    ("partners", "may_not_fly_with"): (),
    ("partners", "embargoes"): (),
    ("partners", "budget"): ("budgets",),
    ("partners", "budgets"): ("budgets",),
    ("elements", "ready"): (),
    ("elements", "retired"): (),
    ("elements", "quantity"): ("element_quantity", "prerequisites"),
    ("elements", "robot_work"): ("robot_hours",),
    ("elements", "provides", "berths"): ("berths",),
    ("elements", "provides", "ports"): ("ports",),
    ("elements", "provides", "storage"): ("storage",),
    ("elements", "provides", "closure"): ("recovery",),
    ("elements", "provides", "produces"): ("production",),
    ("elements", "provides", "robot_hours"): ("robot_hours",),
    ("elements", "provides", "power_day"): ("power_by_day", "power_by_light"),
    ("elements", "provides", "power_night"): ("power_by_night", "power_by_light"),
    ("elements", "provides", "energy_storage"): ("power_by_night",),
    ("elements", "uses", "power"): ("power_by_day", "power_by_night", "power_by_light"),
    ("elements", "uses", "power_night"): ("power_by_night", "power_by_light"),
    ("nodes", "darkness"): ("power_by_night",),
    ("crew", "rotation", "longest"): ("longest_rotation",),
    ("crew", "rotation", "shortest"): ("shortest_rotation",),
    ("crew", "work"): ("crew_hours",),
    ("activities", "crew_time"): ("crew_hours",),
}


def parts_of(scenario: Scenario, path: Path) -> tuple[str, ...] | None:
    """The parts that speak of the datum at a path; None where that may be any."""
    if path[-1] == "rank":  # a demand with a rank has columns for what it lacks
        return None
    if path[0] == "demands":
        return (_DEMANDS[scenario.demands[str(path[1])].kind],)
    if path[0] == "station_keeping":
        return ("orbit_kept", "thruster_at_work")
    if path[:2] == ("initial", "contracts"):
        return ("contracts",)
    within = tuple(str(step) for step in path[2:])
    for length in range(len(within), 0, -1):
        if (found := _PARTS.get((str(path[0]), *within[:length]))) is not None:
            return found
    return None
