"""All that changes in a trial, in flat tables beside those that do not."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.compiled import bundle
from moonwright.scenario.noise import CAUSES
from moonwright.trial.agenda import EVENT
from moonwright.trial.tables import Floats, Integers, Rows, Tables, fields

LAUNCH, GROUNDING, WEATHER, READINESS, LANDING = 0, 1, 2, 3, 4
DOCKING, EQUIPMENT, CONSUMPTION, SUN, ELEMENT_READY = 5, 6, 7, 8, 9
COUNT: Final = len(CAUSES)

# A flight waits for its day or for something (PENDING), is under way, is over, or will never be flown.
PENDING, FLYING, OVER, DROPPED = 0, 1, 2, 3
# A craft is new or on the ground, waits at a node, flies, or is gone for good.
GROUNDED, WAITING, ALOFT, GONE = 0, 1, 2, 3

FLIGHT_STATE: Final = fields(
    "status losses culprit approaches carries", "goes_d gone_d lag_d blocked_d reached_d", "weathered"
)
CRAFT_STATE: Final = fields("status node due_node promised", "since_d held_kg due_d")
COPY_STATE: Final = fields(
    "node failures brought_by blocked culprit",
    "came_d commissioned_d ends_d failed_d hands_d",
    "works failed",
)
STOCK_STATE: Final = fields(
    "warned", "level_kg came_kg lasting factor people_kg machine_kg gross_kg least_cover_d"
)
LAUNCHER_STATE: Final = fields("year in_year flown last_flight", "last_d")
MILESTONE_STATE: Final = fields("filled last_flight", "met_d full_d worst_d short_d hands_d")
TOTALS: Final = fields(
    "day last_cause month alarm alarm_node alarm_stock expired stale launches failures future",
    "cost_musd imleo_kg up_kg down_kg surface_person_d exploration_kg",
)
RECORD: Final = fields("kind subject where cause", "day_d amount")


class State(NamedTuple):
    """A trial in progress. `luck` holds its seed and number; `turns` what makes of the seed that of a cause, bit by bit."""

    levels: Floats
    on: NDArray[np.bool_]
    luck: Integers
    turns: Integers  # by cause
    flights: Rows
    late_d: Floats  # (flight, cause): how its lateness came about
    aboard: Integers  # by seat
    cargo_kg: Floats  # by cargo, as it boarded
    plays: Integers  # by unit: the craft
    crafts: Rows
    copies: Rows
    stocks: Rows
    people: Integers  # by node
    recovered_kg: Floats  # by recovery, a day, for the present crew
    present: Integers  # (node, kind)
    person_d: Floats  # by node
    first_lost_d: Floats  # by node
    left_for: Integers  # by node: the flight for want of which people went home
    short_d: Floats  # by node: shares of days on which people were missing, not yet laid on causes
    serving: Floats  # by element
    launchers: Rows
    grounded_until_d: Floats  # by family
    ready_d: Floats  # by type
    copy_ready_d: Floats
    milestones: Rows
    delivered: Floats  # by span: what it has been given
    damage_d: Floats  # by cause
    totals: Rows
    agenda: Rows
    size: Integers
    records: Rows
    recorded: Integers
    daily_kg: Floats  # (stock, day): at each day's end, where that is recorded; else without days


TablesPointer, _packed_tables = bundle("TablesPointer", __name__, Tables._fields)
StatePointer, _packed_state = bundle("StatePointer", __name__, State._fields)


def packed_tables(tables: Tables) -> Tables:
    """The tables behind one pointer, for compiled functions."""
    return _packed_tables(*tables)  # type: ignore[no-any-return]


def packed_state(state: State) -> State:
    """The state behind one pointer, for compiled functions. What they change is seen through `state` itself."""
    return _packed_state(*state)  # type: ignore[no-any-return]


def blank(tables: Tables, levels: Floats, on: tuple[bool, ...], records: int = 0) -> State:
    """Room for a trial of a programme; for a history of at most so many records, with stocks day by day."""

    def made(kind: Any, like: Rows) -> Rows:
        return np.zeros(len(like), kind)

    flights, stocks, days = len(tables.flights), len(tables.stocks), tables.horizon_d if records else 0
    nodes = len(tables.nodes)
    return State(
        levels=np.ascontiguousarray(levels, dtype=float),
        on=np.array(on, dtype=np.bool_),
        luck=np.zeros(2, dtype=np.int64),
        turns=np.zeros(COUNT, dtype=np.int64),
        flights=made(FLIGHT_STATE, tables.flights),
        late_d=np.zeros((flights, COUNT)),
        aboard=np.zeros(len(tables.seats), dtype=np.int64),
        cargo_kg=np.zeros(len(tables.cargo)),
        plays=np.zeros(len(tables.units), dtype=np.int64),
        crafts=made(CRAFT_STATE, tables.crafts),
        copies=made(COPY_STATE, tables.copies),
        stocks=made(STOCK_STATE, tables.stocks),
        people=np.zeros(nodes, dtype=np.int64),
        recovered_kg=np.zeros(len(tables.recoveries)),
        present=np.zeros((nodes, len(tables.kinds)), dtype=np.int64),
        person_d=np.zeros(nodes),
        first_lost_d=np.zeros(nodes),
        left_for=np.zeros(nodes, dtype=np.int64),
        short_d=np.zeros(nodes),
        serving=np.zeros(len(tables.elements)),
        launchers=made(LAUNCHER_STATE, tables.launchers),
        grounded_until_d=np.zeros(len(tables.families)),
        ready_d=np.zeros(len(tables.types)),
        copy_ready_d=np.zeros(len(tables.copies)),
        milestones=made(MILESTONE_STATE, tables.milestones),
        delivered=np.zeros(len(tables.spans)),
        damage_d=np.zeros(COUNT),
        totals=np.zeros(1, TOTALS),
        agenda=np.zeros(64 + 8 * (flights + len(tables.copies) + len(tables.coming)), EVENT),
        size=np.zeros(3, dtype=np.int64),
        records=np.zeros(records, RECORD),
        recorded=np.zeros(2, dtype=np.int64),
        daily_kg=np.zeros((stocks, days)),
    )
