"""The flat tables that compiled trials read and write: one row a thing, strings turned into row numbers.

-1 is "none" wherever a row number stands. Days are floats since the horizon's start; a field `first_x` with its count
`x` names consecutive rows of another table. `Tables` never changes in a trial; `State` is all that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]  # a structured array: one row a thing
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NONE: Final = -1


def fields(integers: str = "", floats: str = "", flags: str = "", keys: str = "") -> np.dtype[Any]:
    typed = ((integers, np.int64), (floats, np.float64), (flags, np.bool_), (keys, np.uint64))
    return np.dtype([(name, kind) for names, kind in typed for name in names.split()])


# What is decided. `key` makes a thing's stream of random numbers; `*_level` is a row of the levels.
FLIGHT: Final = fields(
    "first_hop hops first_unit units first_cargo cargo first_item items first_seat seats launcher mission window "
    "goods_to people_to people_from keep people least_crew late_level most next_of_mission taker",
    "departure_d arrival_d launched_kg price_musd lead_d skip_d patience_d",
    "awaited",
    "key",
)
HOP: Final = fields(
    "flight number origin destination flyer leader first_burn burns first_part parts",
    "enter_after_d leave_after_d load_kg surface_person_d",
    "launched lands docks home",
)
UNIT: Final = fields(
    "flight craft vehicle first_hop last_hop taken_at left_at brought_by fuel_stock",
    "tanked_kg held_kg loaded_kg",
    "lifted refuels expended",
)
CRAFT: Final = fields("vehicle node", "since_d held_kg lost_musd", "at_start")
VEHICLE: Final = fields(
    "fuel landing_level docking_level abort_level again_level",
    "dry_kg capacity_kg isp_s boil_off stay_d turnaround_d",
)
CARGO: Final = fields(
    "flight from_stock to_stock board alight resource", "mass_kg", "explores goes_up comes_down"
)
ITEM: Final = fields("flight copy_row board alight", "mass_kg", "goes_up arrives comes_down")
SEAT: Final = fields("flight kind count board alight from_node to_node")
PROVISION: Final = fields("seat stock", "kg_each")
STAY: Final = fields("down up", "length_d")

# Places and what is there.
NODE: Final = fields("first_stock stocks", "down_to_d", "surface holds_crew")
STOCK: Final = fields(
    "node resource lasting_level passing_level",
    "opening_kg boil_off cargo_d cut_d home_d",
    "critical",
    "key",
)
KIND: Final = fields("owner", "work_h longest_d")
COMING: Final = fields("stock kind node count copy_row", "day_d mass_kg")
MAKER: Final = fields("element stock first_input inputs", "rate_kg")
INPUT: Final = fields("stock", "share")
RECOVERY: Final = fields("stock first_closure closures")
CLOSURE: Final = fields("element crew", "share")
VISIT: Final = fields("craft stock node first_day end_day", "daily_kg")
ELEMENT: Final = fields(
    "node spares_stock first_before befores mtbf_level repair_level spare_level common_level "
    "growth_level spread_level ahead_level first_copy copies",
    "mass_kg robot_work_h crew_work_h robot_hours berths ready_d life_d lost_d price_musd operations_musd",
    "",
    "key",
)
COPY: Final = fields("element", "came_d begun_d day_d", "at_start works_at_start paid first", "key")

# Who lifts, and when not.
LAUNCHER: Final = fields(
    "family type success_level debut_level scrub_level again_level first_outage outages",
    "turnaround_d cadence",
    "debuts",
)
FAMILY: Final = fields("median_level spread_level", "", "", "key")
TYPE: Final = fields("growth_level spread_level", "first_d", "", "key")
OUTAGE: Final = fields("", "from_d until_d")

# What is asked. BUILD counts copies of `what`, FLY flights of mission `what`, DELIVER stock `what`, CREW people at node
# `what` of the kinds in its row of `crew_kinds`, RESERVE cover of the stocks in its row of `reserve_stocks`.
MILESTONE: Final = fields("kind what first_span spans number", "due_d amount from_d until_d planned_late_d")
BUILD, FLY, DELIVER, CREW, RESERVE = 0, 1, 2, 3, 4
SPAN: Final = fields("milestone", "begins_d ends_d")

# How people get home whatever was planned.
RETURN: Final = fields("node seats first_take takes least")
TAKE: Final = fields("vehicle node", "need_kg")


class Tables(NamedTuple):
    """A plan and its world as compiled trials read them. Arrays with two indices are named by theirs."""

    flights: Rows
    hops: Rows
    burns_m_s: Floats
    parts: Integers  # units in the stack of each leg
    units: Rows
    crafts: Rows
    vehicles: Rows
    cargo: Rows
    items: Rows
    seats: Rows
    provisions: Rows
    stays: Rows
    nodes: Rows
    stocks: Rows
    kinds: Rows
    coming: Rows
    makers: Rows
    inputs: Rows
    recoveries: Rows
    closures: Rows
    visits: Rows
    elements: Rows
    befores: Integers  # elements that must stand before another
    copies: Rows
    launchers: Rows
    families: Rows
    types: Rows
    outages: Rows
    milestones: Rows
    spans: Rows
    returns: Rows
    takes: Rows
    people_kg: Floats  # (kind, stock): what one person uses in a day
    machine_kg: Floats  # (element, stock): what one copy uses in a day
    activity_kg: Floats  # (stock, day)
    thrust_kg: Floats  # (stock, day): what planned reboosts burn
    visit_kg: Floats  # (stock, day): what those of visiting ships would burn from the stock
    running: Floats  # (maker, day): share of what it could make that the plan has it make
    recovering: Floats  # (recovery, day): the same of what life support could recover
    planned_kg: Floats  # (stock, day): at each day's end
    planned_people: Floats  # (node, day)
    planned_short_d: Floats  # by node: as `State.short_d` when nothing goes wrong
    eaters: Integers  # (recovery, kind): those who use most first
    crew_kinds: NDArray[np.bool_]  # (milestone, kind)
    reserve_stocks: NDArray[np.bool_]  # (milestone, stock)
    open_at_d: Floats  # (window, day): from when on a flight may leave that is ready on that day
    year_edges_d: Floats
    borders_d: Floats
    sun: Floats  # (course, month): need for thrust as drawn, by that planned
    month_of_day: Integers
    sun_level: int
    horizon_d: int


def rows(kind: np.dtype[Any], entries: Iterable[Mapping[str, Any]]) -> Rows:
    """A table of one row an entry; what an entry leaves out is 0."""
    given = list(entries)
    made = np.zeros(len(given), kind)
    for index, entry in enumerate(given):
        for name, value in entry.items():
            made[name][index] = value
    return made
