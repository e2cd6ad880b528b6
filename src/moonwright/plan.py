"""The decisions: which flights, with what aboard, when; what is built, who rotates, what burns.

A Plan holds decisions and the solver's own account of them (Outcome), nothing that follows from them:
stocks, costs and margins are found by replaying it. Days are floats counted from the horizon's first day.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from moonwright.errors import PlanError

# What ended a search: the gap that was asked for, a limit, or whoever pressed Ctrl-C.
Stopped = Literal["gap", "time", "nodes", "interrupted", "wear"]


class _Value(BaseModel):
    # a rank without a proven bound has an infinite gap, which must survive the file
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Unit(_Value):
    """A vehicle on a flight: the part it plays, its type, its own serial ("mengzhou-3"), what it tanks where it starts.

    `tanked_kg` is loaded at launch, or taken from the node's stock where the mission refuels the unit;
    it is 0 for a unit that waited with its propellant aboard.
    """

    part: str
    vehicle: str
    serial: str
    tanked_kg: float = 0.0


class Cargo(_Value):
    """`mass_kg` of a resource (packing not counted) aboard from stop `board` to stop `alight` of the flight.

    `tank` names the unit in whose propellant tank it rides (a tanker's load); None: it rides in the cargo room.
    """

    resource: str
    mass_kg: float
    board: int
    alight: int
    tank: str | None = None


class Item(_Value):
    """One copy of an element aboard from stop `board` to stop `alight`; copies are numbered from 1."""

    element: str
    copy_no: int
    board: int
    alight: int


class Seat(_Value):
    """`count` people of a kind aboard from stop `board` to stop `alight`."""

    kind: str
    count: int
    board: int
    alight: int


class Flight(_Value):
    """One flight of a mission. Stop 0 is where its first leg starts, stop i where leg i ends (legs counted from 1)."""

    name: str
    mission: str
    launcher: str | None
    departure_d: float
    arrival_d: float
    units: tuple[Unit, ...]
    cargo: tuple[Cargo, ...] = ()
    items: tuple[Item, ...] = ()
    crew: tuple[Seat, ...] = ()


class Build(_Value):
    """One copy of an element commissioned on a day. Work on it may begin `begun_d`."""

    element: str
    copy_no: int
    begun_d: float
    day_d: float


class Stay(_Value):
    """A rotation: `count` people of `kind` at `node` from arrival to departure.

    Flight names are None for those aboard at the start, and for those still there at the end.
    """

    kind: str
    node: str
    count: int
    arrived_d: float
    leaves_d: float | None
    up: str | None
    down: str | None


class Made(_Value):
    """An element's output over a stretch of days, at an even rate: produced, or recovered by life support."""

    element: str
    node: str
    resource: str
    how: Literal["produced", "recovered"]
    from_d: float
    until_d: float
    mass_kg: float


class Reboost(_Value):
    """Impulse given to a station over a stretch of days, by an element's thruster or by a vehicle that waits there."""

    provider: str
    node: str
    from_d: float
    until_d: float
    impulse_n_s: float


class Purchase(_Value):
    """`count` new reusable vehicles join the fleet on a day."""

    vehicle: str
    count: int
    day_d: float


class Shortfall(_Value):
    """What a ranked demand lacks, in `unit`, over a stretch of days."""

    demand: str
    rank: int
    amount: float
    unit: str
    from_d: float
    until_d: float


class Rank(_Value):
    """What the solver reached for one rank: `value`, a proven `bound`, and the gap between them as a fraction.

    Later ranks may give up a fraction `slack` of the value; `kept` is what the finished plan has, None if nobody says.
    """

    name: str
    value: float
    bound: float
    gap: float
    unit: str
    slack: float = 0.0
    kept: float | None = None
    stopped: Stopped = "gap"


class Tolerances(_Value):
    """How closely the solver keeps to its model. `feasibility`: by how much a row or bound may be missed, in its own
    unit; `integrality`: by how much a whole number may be off while searching (it is rounded afterwards);
    `held`: by what fraction a rank may drift beyond its slack.
    """

    feasibility: float
    integrality: float
    held: float


class Outcome(_Value):
    """How the plan was found. `status`: optimal (every rank within the asked gap) or feasible (some limit came first).

    `stopped` is what ended the last rank's search. With a limit on `nodes` it is "time" whenever the clock cut any
    part of the search: otherwise the clock decided nothing, and the same plan comes out on another machine.
    """

    status: Literal["optimal", "feasible"]
    ranks: tuple[Rank, ...]
    solver: str
    asked_gap: float
    wall_s: float
    first_plan_s: float | None = None
    strategy: str = ""
    stopped: Stopped = "gap"
    time_limit_s: float | None = None
    nodes: int | None = None
    tolerances: Tolerances | None = None

    @property
    def last(self) -> Rank:
        """The last rank: what the headline objective, bound and gap speak of."""
        return self.ranks[-1]


class Plan(_Value):
    """Everything that was decided. `scenario_digest` names the scenario that it answers."""

    scenario: str
    scenario_digest: str
    horizon_d: float
    flights: tuple[Flight, ...]
    builds: tuple[Build, ...] = ()
    stays: tuple[Stay, ...] = ()
    made: tuple[Made, ...] = ()
    reboosts: tuple[Reboost, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    outcome: Outcome


def digest(scenario: BaseModel) -> str:
    """SHA-256 of a scenario's canonical JSON: equal exactly when what is asked is equal.

    What may befall a plan, and what is then done, is not asked of the planner: the plan stays the same.
    """
    asked = scenario.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={"contingencies", "noise", "reactions"}
    )
    told = json.dumps(asked, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def write_plan(plan: Plan) -> str:
    """The plan as JSON text; `read_plan` gives back an equal plan."""
    return plan.model_dump_json(indent=1)


def read_plan(path: Path) -> Plan:
    """The plan in a JSON file. Raises PlanError where the file cannot be read as one."""
    try:
        return Plan.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{path}: cannot be read: {error}") from error
    except ValidationError as error:
        raise PlanError(f"{path}: not a plan: {error.errors()[0]['msg']}") from error
