"""Problem -> Model: the rows of every constraint family, as sparse arrays that a solver takes whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from moonwright.optimise import crew, demand, element, flight, home, keeping, money, power, stock, vehicle
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, label

Family = Callable[[Problem], Iterator[Row]]

FAMILIES: tuple[Family, ...] = (
    flight.flight_limits,
    flight.item_needs_flight,
    flight.big_items,
    flight.cadence,
    flight.turnaround,
    vehicle.vehicle_balance,
    vehicle.longest_stay,
    vehicle.ports,
    vehicle.fleet,
    vehicle.worn_out,
    element.element_active,
    element.element_quantity,
    element.prerequisites,
    element.commissioning_work,
    element.robot_hours,
    stock.stock_balance,
    stock.stock_surplus,
    stock.stock_covers,
    stock.storage,
    stock.recovery,
    stock.production,
    crew.crew_balance,
    crew.longest_rotation,
    crew.shortest_rotation,
    crew.berths,
    home.ride_home,
    home.boats_wait,
    crew.crew_hours,
    power.power_by_day,
    power.power_by_night,
    power.power_by_light,
    keeping.orbit_kept,
    keeping.thruster_at_work,
    keeping.visitors_push,
    money.budgets,
    demand.crew_demand,
    demand.build_demand,
    demand.deliver_demand,
    demand.fly_demand,
    demand.contracts,
    demand.finish_day,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Entries = Sequence[tuple[int, int, float]]  # (row, column, weight)


@dataclass(frozen=True)
class Model:
    """min cost x, row_lower <= A x <= row_upper, column bounds, some x whole. A is stored row by row."""

    column_lower: Floats
    column_upper: Floats
    whole: NDArray[np.bool_]
    column_labels: tuple[str, ...]
    row_lower: Floats
    row_upper: Floats
    row_labels: tuple[str, ...]
    starts: Ints
    indices: Ints
    values: Floats


def assemble(problem: Problem, families: tuple[Family, ...] = FAMILIES) -> Model:
    """The model of a problem, every row labelled by its family and key."""
    rows = [(family.__name__, row) for family in families for row in family(problem)]
    return model_of(problem, rows)


def model_of(problem: Problem, rows: Sequence[tuple[str, Row]]) -> Model:
    """The arrays of rows, each with its family, over a problem's columns."""
    columns, none = problem.columns, np.zeros(0)
    bare = Model(
        column_lower=np.array(columns.lower),
        column_upper=np.array(columns.upper),
        whole=np.array(columns.whole, dtype=bool),
        column_labels=tuple(columns.labels),
        row_lower=none,
        row_upper=none,
        row_labels=(),
        starts=np.zeros(1, dtype=np.int32),
        indices=np.zeros(0, dtype=np.int32),
        values=none,
    )
    return with_rows(bare, rows)


def _merged(terms: Terms) -> Terms:
    """Terms with each column once, in order, without zeros."""
    sums: dict[int, float] = defaultdict(float)
    for column, weight in terms:
        sums[column] += weight
    return sorted((column, weight) for column, weight in sums.items() if weight)


def dense(problem: Problem, terms: Terms) -> Floats:
    """Terms as a cost for every column of a problem."""
    return _costs(len(problem.columns.labels), terms)


def costs_of(model: Model, terms: Terms) -> Floats:
    """Terms as a cost for every column of a model, which may have more than its problem."""
    return _costs(len(model.column_lower), terms)


def _costs(count: int, terms: Terms) -> Floats:
    costs = np.zeros(count)
    for column, weight in terms:
        costs[column] += weight
    return costs


def with_rows(model: Model, rows: Sequence[tuple[str, Row]]) -> Model:
    """The model with more rows, each labelled by its family and key."""
    merged = [_merged(row.terms) for _, row in rows]
    ends = len(model.values) + np.cumsum([len(terms) for terms in merged], dtype=np.int32)
    return replace(
        model,
        row_lower=np.append(model.row_lower, [row.lower for _, row in rows]),
        row_upper=np.append(model.row_upper, [row.upper for _, row in rows]),
        row_labels=(*model.row_labels, *(label(family, row.key) for family, row in rows)),
        starts=np.append(model.starts, ends).astype(np.int32),
        indices=np.append(model.indices, [c for terms in merged for c, _ in terms]).astype(np.int32),
        values=np.append(model.values, [weight for terms in merged for _, weight in terms]),
    )


def with_row(model: Model, family: str, row: Row) -> Model:
    """The model with one more row."""
    return with_rows(model, [(family, row)])


def with_columns(
    model: Model,
    lower: Floats,
    upper: Floats,
    *,
    whole: Sequence[bool] = (),
    labels: Sequence[str] = (),
    entries: Entries = (),
) -> Model:
    """The model with more columns, the first of them numbered as the model has columns; not whole unless it is said.

    `entries` put them into rows that are there. Columns that nobody will read need no `labels`.
    """
    added = np.array(whole, dtype=bool) if len(whole) else np.zeros(len(lower), dtype=bool)
    sizes = np.diff(model.starts)
    into = np.array([row for row, _, _ in entries], dtype=np.int64)
    order = np.argsort(np.concatenate([np.repeat(np.arange(len(sizes)), sizes), into]), kind="stable")
    ends = np.cumsum(sizes + np.bincount(into, minlength=len(sizes)))
    return replace(
        model,
        column_lower=np.append(model.column_lower, lower),
        column_upper=np.append(model.column_upper, upper),
        whole=np.append(model.whole, added),
        column_labels=(*model.column_labels, *labels),
        starts=np.append(0, ends).astype(np.int32),
        indices=np.append(model.indices, [column for _, column, _ in entries])[order].astype(np.int32),
        values=np.append(model.values, [weight for _, _, weight in entries])[order],
    )


def divisible(model: Model) -> Model:
    """The linear relaxation: nothing need be whole."""
    return replace(model, whole=np.zeros_like(model.whole))


def with_whole_held(model: Model, held: NDArray[np.bool_], values: Floats) -> Model:
    """The model in which some whole columns keep their values, rounded."""
    fixed = np.round(values)
    return replace(
        model,
        column_lower=np.where(held, fixed, model.column_lower),
        column_upper=np.where(held, fixed, model.column_upper),
        whole=model.whole & ~held,
    )


def with_whole_fixed(model: Model, values: Floats) -> Model:
    """The LP that is left when every whole column keeps its value, rounded."""
    return with_whole_held(model, model.whole, values)
